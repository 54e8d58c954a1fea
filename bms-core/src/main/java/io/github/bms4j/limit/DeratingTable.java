package io.github.bms4j.limit;

import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.Table1D;

/**
 * Which share of a current is left at a temperature, a SOC or a state of health: data, as a maker's sheet gives it.
 *
 * <p>Straight lines between the nodes, held flat beyond them. Several tables combine by their minimum. A temperature or SOC
 * that is not known leaves nothing; a state of health that is not known leaves all, because it takes hundreds of hours to
 * know it. Thread: any, immutable. Allocation: none after construction.
 */
public final class DeratingTable {
    /** What a table goes by. */
    public enum By {
        /** Temperature of a cell, °C: of sensor and core whichever leaves less. */
        TEMPERATURE(LimitRule.TEMPERATURE),
        /** SOC of a cell, 0…1, at its conservative bound. */
        SOC(LimitRule.SOC_DERATE),
        /** Capacity of a cell over its rated one. */
        SOH_C(LimitRule.HEALTH_DERATE),
        /** Health by resistance of a cell: 1 new, 0 doubled. */
        SOH_R(LimitRule.HEALTH_DERATE);

        private final LimitRule rule;

        By(LimitRule rule) {
            this.rule = rule;
        }

        /** The rule that a limit of such a table is named by. */
        public LimitRule rule() {
            return rule;
        }
    }

    private final Direction direction;
    private final By by;
    private final Table1D table;
    private final double[] nodes;
    private final double[] shares;
    private final double fullFrom;
    private final double fullTo;

    /**
     * @param direction the current that it derates
     * @param by what it goes by
     * @param at nodes, strictly increasing, in the unit of {@code by}
     * @param share share left at each node, within [0, 1]
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public DeratingTable(Direction direction, By by, double[] at, double[] share) {
        this.direction = direction;
        this.by = by;
        this.table = new Table1D(at, share);
        this.nodes = at.clone();
        this.shares = share.clone();
        for (int k = 0; k < share.length; k++) {
            Check.fraction("share[" + k + "]", share[k]);
        }
        int last = share.length - 1;
        int from = 0;
        while (from <= last && share[from] < 1.0) {
            from++;
        }
        int to = from;
        while (to < last && share[to + 1] >= 1.0) {
            to++;
        }
        boolean full = from <= last;
        fullFrom = !full ? Double.POSITIVE_INFINITY : from == 0 ? Double.NEGATIVE_INFINITY : at[from];
        fullTo = !full ? Double.NEGATIVE_INFINITY : to == last ? Double.POSITIVE_INFINITY : at[to];
    }

    /** Falls linearly to nothing at {@code marginK} below the window's maximum, over the {@code spanK} kelvins before. */
    static DeratingTable hot(Direction direction, TemperatureWindow window, double marginK, double spanK) {
        double end = window.maxDegC() - marginK;
        return new DeratingTable(direction, By.TEMPERATURE, new double[] {end - spanK, end}, new double[] {1.0, 0.0});
    }

    /** Rises linearly from nothing at the window's minimum over the next {@code spanK} kelvins. */
    static DeratingTable cold(Direction direction, TemperatureWindow window, double spanK) {
        double start = window.minDegC();
        return new DeratingTable(
                direction, By.TEMPERATURE, new double[] {start, start + spanK}, new double[] {0.0, 1.0});
    }

    /** The current that it derates. */
    public Direction direction() {
        return direction;
    }

    /** What it goes by. */
    public By by() {
        return by;
    }

    /** Nodes, in the unit of {@link #by}; a copy. */
    public double[] nodes() {
        return nodes.clone();
    }

    /** Share left at each node; a copy. */
    public double[] shares() {
        return shares.clone();
    }

    /** Whether all is left from one figure up to another. */
    boolean full(double from, double to) {
        return from >= fullFrom && to <= fullTo;
    }

    /** The share left, 0…1. */
    public double share(double at) {
        if (at >= fullFrom && at <= fullTo) {
            return 1.0;
        }
        if (Double.isNaN(at)) {
            return by == By.SOH_C || by == By.SOH_R ? 1.0 : 0.0;
        }
        return table.at(at);
    }
}
