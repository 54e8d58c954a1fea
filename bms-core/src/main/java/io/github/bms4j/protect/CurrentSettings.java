package io.github.bms4j.protect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;

/**
 * Current thresholds. Currents are magnitudes of the pack.
 *
 * @param chargeA rated charge current, A
 * @param dischargeA rated discharge current, A
 * @param ratio current over rated current, rising, all above 1
 * @param longestS time to set right at a threshold, s; more current sets sooner
 * @param shortestS time to set however large the current, s, at most {@code longestS}
 * @param shortA current that only a short circuit draws, A
 * @param fuseA current that the fuse carries for good, A
 * @param fuseA2s melting integral of the fuse above that current, A²s
 */
public record CurrentSettings(
        double chargeA,
        double dischargeA,
        TierLimits ratio,
        double longestS,
        double shortestS,
        double shortA,
        double fuseA,
        double fuseA2s) {
    private static final double SHORT_RATIO = 4.0;
    private static final double FUSE_RATIO = 1.25;
    /** At five times its rated current the fuse opens within 0.1 s: (25 - 1) times 0.1 s. */
    private static final double FUSE_MELT_S = 2.4;

    /** Checks every figure. */
    public CurrentSettings {
        Check.positive("chargeA", chargeA);
        Check.positive("dischargeA", dischargeA);
        VoltageSettings.rising("ratio", ratio, true);
        if (ratio.operating() - ratio.hysteresis() <= 0.0 || ratio.operating() <= 1.0) {
            throw new IllegalArgumentException("ratio must begin above 1 with a hysteresis below it but is " + ratio);
        }
        Check.positive("longestS", longestS);
        Check.within("shortestS", shortestS, Double.MIN_VALUE, longestS);
        Check.positive("fuseA", fuseA);
        Check.positive("fuseA2s", fuseA2s);
        if (!(shortA > ratio.safety() * Math.max(chargeA, dischargeA))) {
            throw new IllegalArgumentException(
                    "shortA (" + shortA + ") must exceed the safety tier of both directions");
        }
    }

    /** 1.10, 1.25 and 1.50 times the rating, 1 s at the threshold down to 0.1 s; a short circuit is four times it. */
    static CurrentSettings of(CellType type, PackLayout layout) {
        double chargeA = type.rating().maxChargeA() * layout.parallel();
        double dischargeA = type.rating().maxDischargeA() * layout.parallel();
        double mostA = Math.max(chargeA, dischargeA);
        double fuseA = FUSE_RATIO * mostA;
        return new CurrentSettings(
                chargeA,
                dischargeA,
                new TierLimits(1.10, 1.25, 1.50, 0.05),
                1.0,
                0.1,
                SHORT_RATIO * mostA,
                fuseA,
                FUSE_MELT_S * fuseA * fuseA);
    }

    /**
     * Time to set at a ratio beyond a tier's threshold, s: the heat above the rated current is the same whatever the ratio,
     * {@code t (r^2 - 1) = longest (threshold^2 - 1)}.
     */
    double setS(Tier tier, double r) {
        double threshold = ratio.at(tier);
        double t = longestS * (threshold * threshold - 1.0) / (r * r - 1.0);
        return Math.min(longestS, Math.max(shortestS, t));
    }
}
