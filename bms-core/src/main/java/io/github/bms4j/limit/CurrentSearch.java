package io.github.bms4j.limit;

/**
 * Finds the largest current under which no cell breaks a bound within a horizon.
 *
 * <p>Currents are whole steps of a 65536th of a rating. On such a grid the largest sound current of a cell is one number, whatever
 * bracket or guess the search began with; and because more current is always worse ({@link CellLookahead#excess}), a cell that is
 * sound at a current has its own limit there or above. So it is enough to search for one cell, look at every other one once at
 * what was found, and search only for those that break it: the answer is the same bits as the least of all cells' own limits.
 * It begins with the cell that bound last time, which mostly binds again. Thread: one. Allocation: none after construction.
 */
final class CurrentSearch {
    /** Steps of the grid. */
    static final int STEPS = 65_536;

    private static final int SECANTS = 12;

    private final CellLookahead cells;
    private final CellBlocks blocks;
    private final double[] stepA;
    private final int[][] lastCell;
    private final int[][] lastStep;

    private int step;
    private double limitA;
    private int cell;
    private LimitRule rule = LimitRule.CELL_VOLTAGE;

    /**
     * @param cells what breaks when
     * @param blocks the same cells, taken together
     * @param dischargeA current of a cell that the grid of discharging ends at, A
     * @param chargeA the same for charging, A
     */
    CurrentSearch(CellLookahead cells, CellBlocks blocks, double dischargeA, double chargeA) {
        this.cells = cells;
        this.blocks = blocks;
        stepA = new double[] {dischargeA / STEPS, chargeA / STEPS};
        lastCell = new int[2][Horizon.values().length];
        lastStep = new int[2][Horizon.values().length];
    }

    /**
     * Searches for one direction and horizon. After {@link #begin} the horizons come one after the other, the shortest first: what
     * breaks a bound on the way breaks it for the longer ones, too.
     *
     * @param mostA nobody asks for more than this current of a cell, A
     * @return whether some cell cannot do that; then {@link #limitA}, {@link #cell} and {@link #rule} say what and why
     */
    boolean run(int d, int horizon, double mostA) {
        int top = (int) Math.min((double) STEPS, Math.ceil(mostA / stepA[d]));
        boolean shorterHolds = cell != Limit.WHOLE_PACK && step < top;
        int shorterStep = step;
        if (!shorterHolds) {
            step = top;
            cell = Limit.WHOLE_PACK;
        }
        int first = lastCell[d][horizon];
        lowerBy(first, d, horizon);
        for (int b = 0; b < blocks.size(); b++) {
            if (!blocks.sound(b, d, horizon, step * stepA[d])) {
                int end = blocks.end(b);
                for (int c = blocks.first(b); c < end; c++) {
                    lowerBy(c, d, horizon);
                }
            }
        }
        if (cell == Limit.WHOLE_PACK) {
            return false;
        }
        limitA = step * stepA[d];
        if (!shorterHolds || step < shorterStep) {
            lastCell[d][horizon] = cell;
            lastStep[d][horizon] = step;
            cells.excess(cell, d, horizon, (step + 1) * stepA[d]);
            rule = cells.worstRule();
        }
        return true;
    }

    /** Forgets what the horizons before have found: another direction begins. */
    void begin() {
        cell = Limit.WHOLE_PACK;
    }

    private void lowerBy(int c, int d, int horizon) {
        double excess = cells.excess(c, d, horizon, step * stepA[d]);
        if (!(excess <= 0.0)) {
            step = search(c, d, horizon, step, excess);
            cell = c;
        }
    }

    /** The largest sound step of a cell below one that is not; 0 also when nothing is sound. By false position, weighed as Illinois. */
    private int search(int c, int d, int horizon, int broken, double excess) {
        int low = 0;
        double atLow = cells.excess(c, d, horizon, 0.0);
        if (!(atLow <= 0.0)) {
            return 0;
        }
        int high = broken;
        double atHigh = excess;
        int lastSide = 0;
        int probe = c == lastCell[d][horizon] ? lastStep[d][horizon] : 0;
        for (int k = 0; high - low > 1; k++) {
            if (probe <= low || probe >= high) {
                boolean straight = k < SECANTS && atHigh < Double.POSITIVE_INFINITY;
                double part = straight ? atLow / (atLow - atHigh) : 0.5;
                probe = Math.max(low + 1, Math.min(high - 1, low + (int) (part * (high - low))));
            }
            double at = cells.excess(c, d, horizon, probe * stepA[d]);
            if (at <= 0.0) {
                low = probe;
                atLow = at;
                atHigh = lastSide == -1 ? 0.5 * atHigh : atHigh; // an end that stands still weighs half
                lastSide = -1;
            } else {
                high = probe;
                atHigh = Double.isNaN(at) ? Double.POSITIVE_INFINITY : at;
                atLow = lastSide == 1 ? 0.5 * atLow : atLow;
                lastSide = 1;
            }
            probe = 0;
        }
        return low;
    }

    /**
     * What the cell that the last search found can hold, A, if the current begins at a share of what it ends at: more than a
     * constant current where that share is below 1. Not above {@code mostA}.
     */
    double growingA(int d, int horizon, double startShare, double mostA) {
        int top = (int) Math.min((double) STEPS, mostA / stepA[d]);
        cells.startShare(startShare);
        double excess = cells.excess(cell, d, horizon, top * stepA[d]);
        int grown = excess <= 0.0 ? top : search(cell, d, horizon, top, excess);
        cells.startShare(1.0);
        return Math.max(limitA, grown * stepA[d]);
    }

    /** What the last search found, A of one cell. */
    double limitA() {
        return limitA;
    }

    /** The cell that sets it. */
    int cell() {
        return cell;
    }

    /** What it would break above. */
    LimitRule rule() {
        return rule;
    }
}
