package io.github.bms4j.sim.fault;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.measure.PackSample;

/**
 * Somebody who never asks more of a pack than its ratings allow, going by what is measured: nine tenths of the rated currents,
 * less towards the ends of the voltage window and of the temperatures, no charging below freezing. One cell's currents, A.
 */
final class ObedientDriver {
    private static final double RATING_SHARE = 0.9;
    private static final double MARGIN_V = 0.03;
    private static final double MARGIN_K = 2.0;
    private static final double SPAN_K = 5.0;
    /** Ohmic and fast polarisation over the tabled ohmic resistance; too much of it is on the safe side. */
    private static final double POLARISATION = 2.5;

    private static final double USUAL_SOC = 0.3;

    private final CellType type;
    private final CellRating rating;
    private double lastA;

    ObedientDriver(CellType type) {
        this.type = type;
        this.rating = type.rating();
    }

    /** The part of a wish that is allowed now, positive discharging. */
    double allowed(double wishA, PackSample sample) {
        double coldDegC = sample.temperature().value(sample.temperature().lowest());
        double hotDegC = sample.temperature().value(sample.temperature().highest());
        double ohm = POLARISATION * type.circuit().r0().ohm(USUAL_SOC, coldDegC);
        double lowV = sample.cellVoltage().value(sample.cellVoltage().lowest()) + lastA * ohm;
        double highV = sample.cellVoltage().value(sample.cellVoltage().highest()) + lastA * ohm;
        double out = RATING_SHARE
                * rating.maxDischargeA()
                * room(rating.discharge().maxDegC() - hotDegC)
                * room(coldDegC - rating.discharge().minDegC());
        double in = RATING_SHARE
                * rating.maxChargeA()
                * room(rating.charge().maxDegC() - hotDegC)
                * room(coldDegC - rating.charge().minDegC());
        out = Math.min(out, Math.max(0.0, (lowV - rating.minV() - MARGIN_V) / ohm));
        in = Math.min(in, Math.max(0.0, (rating.maxV() - MARGIN_V - highV) / ohm));
        lastA = Math.max(-in, Math.min(out, wishA));
        return lastA;
    }

    private static double room(double kelvin) {
        return Math.min(1.0, Math.max(0.0, (kelvin - MARGIN_K) / SPAN_K));
    }
}
