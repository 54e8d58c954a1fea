package io.github.bms4j.limit;

/**
 * Finds the largest current under which no cell breaks a bound within a horizon.
 *
 * <p>Currents are whole steps of a 65536th of a rating. On such a grid the largest sound current of a cell is one number, whatever
 * bracket or guess the search began with; and because more current is always worse ({@link CellLookahead#excess}), a cell that is
 * sound at a current has its own limit there or above. So it is enough to search for one cell, look at every other one once at
 * what was found, and search only for those that break it: the answer is the same bits as the least of all cells' own limits.
 * It begins with the cell that bound last time, at what it held then, and with the slope that its excess had there: from one cycle
 * to the next three looks mostly find it again. Thread: one. Allocation: none after construction.
 */
final class CurrentSearch {
    /** Steps of the grid. */
    static final int STEPS = 65_536;

    private static final int SECANTS = 14;

    /** An excess that nobody has looked at. */
    private static final double NOT_LOOKED = Double.NEGATIVE_INFINITY;

    private final CellLookahead cells;
    private final BlockExtremes extremes;
    private final CellBlocks blocks;
    private final double[] stepA;
    private final int[][] lastCell;
    private final int[][] lastStep;
    private final double[][] lastRise;
    private final int[][] grownStep;
    private final double[][] grownRise;

    private int step;
    private double limitA;
    private int cell;
    private LimitRule rule = LimitRule.CELL_VOLTAGE;
    /** Of the last {@link #largest}: how much a step more added to the excess there, and what it would break. */
    private double rise;

    private LimitRule broken = LimitRule.CELL_VOLTAGE;

    /**
     * @param cells what breaks when
     * @param extremes which cells stand together
     * @param blocks when all of them are sound
     * @param dischargeA current of a cell that the grid of discharging ends at, A
     * @param chargeA the same for charging, A
     */
    CurrentSearch(CellLookahead cells, BlockExtremes extremes, CellBlocks blocks, double dischargeA, double chargeA) {
        this.cells = cells;
        this.extremes = extremes;
        this.blocks = blocks;
        stepA = new double[] {dischargeA / STEPS, chargeA / STEPS};
        lastCell = new int[2][Horizon.values().length];
        lastStep = new int[2][Horizon.values().length];
        lastRise = new double[2][Horizon.values().length];
        grownStep = new int[2][Horizon.values().length];
        grownRise = new double[2][Horizon.values().length];
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
        first(lastCell[d][horizon], d, horizon);
        for (int b = 0; b < extremes.size(); b++) {
            if (!blocks.sound(b, d, horizon, step * stepA[d])) {
                int end = extremes.end(b);
                for (int c = extremes.first(b); c < end; c++) {
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
            lastRise[d][horizon] = rise;
            rule = broken;
        }
        return true;
    }

    /** Forgets what the horizons before have found: another direction begins. */
    void begin() {
        cell = Limit.WHOLE_PACK;
    }

    /** The cell that bound last time: looked at where it was then. */
    private void first(int c, int d, int horizon) {
        int held = largest(c, d, horizon, step + 1, NOT_LOOKED, lastStep[d][horizon], lastRise[d][horizon]);
        if (held < step) {
            step = Math.max(0, held);
            cell = c;
        }
    }

    private void lowerBy(int c, int d, int horizon) {
        double excess = cells.excess(c, d, horizon, step * stepA[d]);
        if (!(excess <= 0.0)) {
            broken = cells.worstRule();
            double slope = rise > 0.0 ? rise : lastRise[d][horizon];
            int guess = slope > 0.0 ? (int) (step - excess / slope) : 0;
            double atStep = Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
            step = Math.max(0, largest(c, d, horizon, step, atStep, guess, slope));
            cell = c;
        }
    }

    /**
     * The largest sound step of a cell below one that is not; -1 when nothing is sound. Begins at a guess and goes on from it by the
     * slope; where that does not find it, by false position, weighed as Illinois.
     *
     * @param above a step that is not sound, or one above the highest that is asked for
     * @param atAbove the excess there, or {@link #NOT_LOOKED}
     * @param guess where to look first
     * @param slope how much a step more may add to the excess, where somebody knows; above 0
     */
    private int largest(int c, int d, int horizon, int above, double atAbove, int guess, double slope) {
        int low = -1;
        int high = above;
        double atLow = Double.NaN;
        double atHigh = atAbove;
        double weighedLow = Double.NaN;
        double weighedHigh = atAbove;
        int lastSide = 0;
        int probe = guess;
        for (int k = 0; high - low > 1; k++) {
            if (probe <= low || probe >= high) {
                probe = atHigh == NOT_LOOKED ? high - 1 : low < 0 ? 0 : between(low, weighedLow, high, weighedHigh, k);
            }
            double at = cells.excess(c, d, horizon, probe * stepA[d]);
            boolean sound = at <= 0.0;
            if (sound) {
                low = probe;
                atLow = at;
                weighedLow = at;
                weighedHigh = lastSide == -1 ? 0.5 * weighedHigh : weighedHigh; // an end that stands still weighs half
                lastSide = -1;
            } else {
                high = probe;
                atHigh = Double.isNaN(at) ? Double.POSITIVE_INFINITY : at;
                weighedHigh = atHigh;
                weighedLow = lastSide == 1 ? 0.5 * weighedLow : weighedLow;
                lastSide = 1;
                broken = cells.worstRule();
            }
            probe = slope > 0.0 ? along(k, probe, at, slope, sound) : -1;
        }
        rise = atHigh - atLow;
        if (high == 0) {
            cells.excess(c, d, horizon, stepA[d]);
            broken = cells.worstRule();
        }
        return low;
    }

    /** Where the slope leads from the first look, and the step beside that; none after it. */
    private static int along(int looks, int probe, double at, double slope, boolean sound) {
        if (looks == 0) {
            int root = (int) Math.floor(probe - at / slope);
            return sound ? Math.max(probe + 1, root) : Math.min(probe - 1, root);
        }
        return looks == 1 ? probe + (sound ? 1 : -1) : -1;
    }

    private static int between(int low, double atLow, int high, double atHigh, int looks) {
        boolean straight = looks < SECANTS && atHigh < Double.POSITIVE_INFINITY;
        double part = straight ? atLow / (atLow - atHigh) : 0.5;
        return Math.max(low + 1, Math.min(high - 1, low + (int) (part * (high - low))));
    }

    /**
     * What the cell that the last search found can hold, A, if the current begins at a share of what it ends at: more than a
     * constant current where that share is below 1. Not above {@code mostA}.
     */
    double growingA(int d, int horizon, double startShare, double mostA) {
        int top = (int) Math.min((double) STEPS, mostA / stepA[d]);
        cells.startShare(startShare);
        int grown = largest(cell, d, horizon, top + 1, NOT_LOOKED, grownStep[d][horizon], grownRise[d][horizon]);
        cells.startShare(1.0);
        grownStep[d][horizon] = Math.max(0, grown);
        grownRise[d][horizon] = rise;
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
