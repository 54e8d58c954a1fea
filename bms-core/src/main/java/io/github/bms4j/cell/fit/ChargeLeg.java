package io.github.bms4j.cell.fit;

import java.util.Optional;

/**
 * A stretch of a record over which charge went, by and large, one way.
 *
 * @param from row at which it begins
 * @param to row at which it ends
 * @param ah charge discharged over it, Ah; negative when charging
 */
record ChargeLeg(int from, int to, double ah) {
    /** A leg ends when the counter has turned back by this share of its range. */
    private static final double TURN = 0.05;

    /** The discharge that moves most charge. */
    static Optional<ChargeLeg> longestDischarge(double[] ah) {
        return longest(ah, 1.0);
    }

    /** The charge that moves most charge. */
    static Optional<ChargeLeg> longestCharge(double[] ah) {
        return longest(ah, -1.0);
    }

    private static Optional<ChargeLeg> longest(double[] ah, double sign) {
        double range = range(ah);
        ChargeLeg best = null;
        int low = 0;
        int high = 0;
        for (int k = 1; k < ah.length; k++) {
            double value = sign * ah[k];
            if (value > sign * ah[high]) {
                high = k;
            }
            boolean turned = value < sign * ah[high] - TURN * range;
            boolean lower = value <= sign * ah[low];
            if (turned || lower || k == ah.length - 1) {
                double moved = sign * (ah[high] - ah[low]);
                if (moved > TURN * range && (best == null || moved > Math.abs(best.ah))) {
                    best = new ChargeLeg(low, high, sign * moved);
                }
            }
            if (turned || lower) {
                low = k;
                high = k;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double range(double[] ah) {
        double least = ah[0];
        double most = ah[0];
        for (double value : ah) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return most - least;
    }
}
