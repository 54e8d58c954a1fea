package io.github.bms4j.control;

import io.github.bms4j.contactor.StringJoin;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.PackLimits;
import java.util.Arrays;
import java.util.Locale;

/**
 * What several strings may do together: current and power for each direction and {@link Horizon}, each current with the string that
 * sets it; the cell and the rule are those of that string's own {@link PackLimits}.
 *
 * <p>The current of the pack splits by resistance and voltage, so the first string that its share brings to its own limit sets that of
 * all. A power is the current at which a string reaches its limit times the voltage at which it then promises its own power. Magnitudes in
 * A and W at the common point, 0 or more; 0 while no string is connected or anything of a connected one is unknown. Thread: one.
 * Allocation: none after construction, but for {@link #explain}.
 *
 * @see "docs/theory/contactors.md"
 */
public final class ParallelLimits {
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final Horizon[] HORIZONS = Horizon.values();

    private final BatteryManager[] strings;
    private final double[][] limitA = new double[DIRECTIONS.length][HORIZONS.length];
    private final double[][] powerW = new double[DIRECTIONS.length][HORIZONS.length];
    private final int[][] string = new int[DIRECTIONS.length][HORIZONS.length];

    ParallelLimits(BatteryManager[] strings) {
        this.strings = strings;
        for (int[] direction : string) {
            Arrays.fill(direction, StringJoin.NONE);
        }
    }

    /** Computes all; nothing is allowed while a string holds on that must open. */
    void step(StringJoin join, int holding) {
        for (int d = 0; d < DIRECTIONS.length; d++) {
            for (int h = 0; h < HORIZONS.length; h++) {
                if (holding != StringJoin.NONE || !join.limitsKnown()) {
                    set(d, h, 0.0, 0.0, holding != StringJoin.NONE ? holding : join.dischargeString());
                } else {
                    limit(join, d, h);
                }
            }
        }
    }

    private void limit(StringJoin join, int d, int h) {
        double leastA = Double.POSITIVE_INFINITY;
        double leastW = Double.POSITIVE_INFINITY;
        int least = StringJoin.NONE;
        for (int k = 0; k < strings.length; k++) {
            if (join.carries(k)) {
                PackLimits own = strings[k].limits();
                double ownA = own.limit(DIRECTIONS[d], HORIZONS[h]).limitA();
                double packA =
                        DIRECTIONS[d] == Direction.CHARGE ? join.packChargeA(k, ownA) : join.packDischargeA(k, ownA);
                double atV = ownA > 0.0 ? own.powerW(DIRECTIONS[d], HORIZONS[h]) / ownA : 0.0;
                leastW = Math.min(leastW, packA * atV);
                if (packA < leastA) {
                    leastA = packA;
                    least = k;
                }
            }
        }
        set(d, h, leastA, leastW, least);
    }

    private void set(int d, int h, double a, double w, int by) {
        limitA[d][h] = a;
        powerW[d][h] = w;
        string[d][h] = by;
    }

    /** Highest current of the pack for a direction and a horizon, A. */
    public double limitA(Direction direction, Horizon horizon) {
        return limitA[direction.ordinal()][horizon.ordinal()];
    }

    /** Highest power of the pack for a direction and a horizon, W. */
    public double powerW(Direction direction, Horizon horizon) {
        return powerW[direction.ordinal()][horizon.ordinal()];
    }

    /** The string that sets the current, or {@link StringJoin#NONE} while none is connected. */
    public int string(Direction direction, Horizon horizon) {
        return string[direction.ordinal()][horizon.ordinal()];
    }

    /**
     * Why a current is what it is, in one line: {@code 212.4 A by string 1, which gives 98.1 kW: cell 37 …}; allocates.
     *
     * @param originNanos when the clock of "since" began, as in {@link PackLimits#explain}
     */
    public String explain(Direction direction, Horizon horizon, long originNanos) {
        int by = string(direction, horizon);
        if (by == StringJoin.NONE) {
            return "0.0 A: no string connected";
        }
        return String.format(
                Locale.ROOT,
                "%.1f A by string %d, for itself %s",
                limitA(direction, horizon),
                by,
                strings[by].limits().explain(direction, horizon, originNanos));
    }
}
