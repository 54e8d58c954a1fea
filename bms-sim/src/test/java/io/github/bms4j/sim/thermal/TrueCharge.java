package io.github.bms4j.sim.thermal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.limit.LimitSettings;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.thermal.HeaterRating;
import io.github.bms4j.thermal.PreconditioningNeed;

/**
 * The true pack heated and charged as fast as its limits let it: what {@link io.github.bms4j.thermal.Preconditioner} foretells. The
 * current follows the plating map at the coldest true cell and is cut back so that no true voltage exceeds the limit; second by second.
 */
final class TrueCharge {
    /** The heater goes on again when the pack has cooled by this, K. */
    private static final double HOLD_K = 2.5;

    private final SimPack pack;
    private final CellType type;
    private final PackLayout layout;
    private final LimitSettings limits;
    private final HeaterRating heater;
    private double heaterWh;
    private double stationWh;
    private double heatingS;
    private double chargeS;

    TrueCharge(
            TrueCell truth,
            CellType type,
            PackLayout layout,
            HeaterRating heater,
            PreconditioningNeed need,
            long seed) {
        this.type = type;
        this.layout = layout;
        this.heater = heater;
        limits = LimitSettings.standard();
        PackSpread spread = new PackSpread(0.005, 0.02, 0.0, 0.05);
        pack = new SimPack(truth, layout, spread, heater.cooling(), need.soc(), need.packDegC(), new NoiseSource(seed));
    }

    double heaterWh() {
        return heaterWh;
    }

    double stationWh() {
        return stationWh;
    }

    double heatingS() {
        return heatingS;
    }

    double chargeS() {
        return chargeS;
    }

    private double meanDegC() {
        return 0.5 * (pack.lowestDegC() + pack.highestDegC());
    }

    /** Heats at rest until a temperature; gives the time, s. */
    double heatTo(double toDegC, double ambientDegC) {
        double s = 0.0;
        while (meanDegC() < toDegC && s < 86_400.0) {
            heat(heater.powerW());
            pack.step(0.0, 1.0, ambientDegC);
            s += 1.0;
        }
        return s;
    }

    private void heat(double w) {
        pack.heat(w * heater.efficiency() / (layout.series() * layout.parallel()) / heater.bulk());
    }

    /** Heats before the plug on the pack's own energy, then charges; at rest until the heater may begin. */
    void run(PreconditioningNeed need, double startS, double toDegC) {
        boolean heating = toDegC > need.packDegC();
        for (double s = -need.leadS(); s < 0.0; s += 1.0) {
            boolean on = heating && s >= startS && meanDegC() < toDegC;
            heat(on ? heater.powerW() : 0.0);
            pack.step(on ? heater.powerW() / pack.packV() : 0.0, 1.0, need.ambientDegC());
            heaterWh += on ? heater.powerW() / 3600.0 : 0.0;
            heatingS += on ? 1.0 : 0.0;
        }
        double a = 0.0;
        while (pack.packSoc() < need.targetSoc() && chargeS < 86_400.0) {
            heating = meanDegC() < (heating ? toDegC : toDegC - HOLD_K);
            double heaterW = heating ? Math.min(heater.powerW(), need.stationW()) : 0.0;
            heat(heaterW);
            a = currentA(a, need.stationW() - heaterW, need.ambientDegC());
            pack.step(-a * layout.parallel(), 1.0, need.ambientDegC());
            heaterWh += heaterW / 3600.0;
            heatingS += heating ? 1.0 : 0.0;
            stationWh += (heaterW + a * layout.parallel() * pack.packV()) / 3600.0;
            chargeS += 1.0;
        }
    }

    private double currentA(double lastA, double stationW, double ambientDegC) {
        double coldDegC = pack.lowestDegC();
        double plateDegC = coldDegC
                - limits.sigmas().sensorK()
                - limits.sigmas().uneven() * heater.cooling() * Math.max(0.0, coldDegC - ambientDegC);
        double map = type.chargeMap().maxRatePerH(pack.highestSoc(), plateDegC)
                * type.rating().capacityAh();
        double a = Math.min(type.rating().maxChargeA(), map);
        a *= limits.hotShare(type.rating().charge(), pack.highestDegC());
        if (coldDegC <= type.rating().charge().minDegC()) {
            a = 0.0;
        }
        a = Math.min(a, stationW / (pack.packV() * layout.parallel()));
        double roomV = type.rating().maxV() - limits.voltageMarginV() - pack.highestV();
        double ohm = type.circuit().r0().ohm(pack.highestSoc(), coldDegC);
        return Math.max(0.0, Math.min(a, lastA + 0.5 * roomV / ohm));
    }
}
