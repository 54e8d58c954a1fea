package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;

/**
 * Reads the SOC of resting cells from their voltage, with how sure that is.
 *
 * <p>A rest is half an hour at less than C/50 without a gap; it gives one anchor. The voltage is freed from what polarisation
 * the estimate still sees, and the SOC's standard deviation is the distance over which the curve moves by all that the
 * voltage may be off:
 *
 * <pre>
 * z     = OCV⁻¹(v + V),    V = R0 i + v1 + v2 + v3
 * sigma = (OCV⁻¹(v + V + s) - OCV⁻¹(v + V - s)) / 2,    s² = s_model² + M² + (r0Sigma V)²
 * </pre>
 *
 * <p>so on a flat curve an anchor weighs nothing by itself. Whichever branch of the hysteresis the cell stands on, it is at most
 * M off the middle. Thread: one. Allocation: none.
 */
final class RestAnchor {
    /** Rest before a voltage is read, s. */
    static final double REST_S = 1800.0;

    /** Current below which a cell counts as resting, over its capacity, 1/h. */
    static final double REST_PER_H = 0.02;

    private final PackLayout layout;
    private final OcvCurve ocv;
    private final NoiseModel noise;
    private final CellType type;
    private final double restA;
    private long restSince;
    private long lastNanos;
    private boolean resting;
    private boolean given;
    private double openV;
    private double doubtV;
    private double soc;
    private double sigma;

    RestAnchor(CellType type, PackLayout layout, NoiseModel noise) {
        this.layout = layout;
        this.ocv = type.ocv();
        this.noise = noise;
        this.type = type;
        this.restA = REST_PER_H * type.rating().capacityAh();
    }

    /** Follows a sample that entered the estimate; true once in every rest, for the sample that anchors. */
    boolean step(PackSample sample) {
        long now = sample.nanos();
        boolean idle = Math.abs(layout.cellCurrentA(sample.current().value(0))) < restA;
        boolean gap = (now - lastNanos) * 1e-9 > CurrentBridge.MAX_BRIDGE_S;
        lastNanos = now;
        if (!idle || !resting || gap) {
            resting = idle;
            restSince = now;
            given = false;
            return false;
        }
        if (given || (now - restSince) * 1e-9 < REST_S) {
            return false;
        }
        given = true;
        return true;
    }

    /** Reads one cell; false when its voltage is not usable or says nothing. */
    boolean read(int cell, PackSample sample, PackEstimate estimate) {
        Channel voltage = sample.cellVoltage();
        if (!voltage.usable(cell)) {
            return false;
        }
        double tDegC = sample.cellTemperatureDegC(cell);
        double leftV =
                estimate.r0Ohm(cell) * layout.cellCurrentA(sample.current().value(0))
                        + estimate.fastRcV(cell)
                        + estimate.slowRcV(cell)
                        + estimate.diffusionV(cell);
        openV = voltage.value(cell) + leftV;
        soc = Math.min(1.0, Math.max(0.0, ocv.soc(openV, tDegC)));
        double branchV = ocv.hysteresis().halfGapV(soc);
        double wrongV = noise.circuit().r0Sigma() * leftV;
        double modelV = noise.restingSigmaV(type, tDegC);
        doubtV = Math.sqrt(modelV * modelV + branchV * branchV + wrongV * wrongV);
        sigma = 0.5 * (ocv.soc(openV + doubtV, tDegC) - ocv.soc(openV - doubtV, tDegC));
        return sigma > 0.0 && sigma < 1.0;
    }

    /** For how long the cells have been resting, s; 0 under load. */
    double restS() {
        return resting ? (lastNanos - restSince) * 1e-9 : 0.0;
    }

    /** Open-circuit voltage of the cell last read, V. */
    double openV() {
        return openV;
    }

    /** What that voltage may be off, V: the s of the class comment. */
    double doubtV() {
        return doubtV;
    }

    /** SOC of the cell last read, 0…1. */
    double soc() {
        return soc;
    }

    /** Its standard deviation. */
    double sigma() {
        return sigma;
    }
}
