package io.github.bms4j.limit;

/**
 * Neighbouring cells taken together by their extremes: tells of most of them at one stroke that none can break a bound.
 *
 * <p>For a block every term of {@link CellLookahead#excess} is put at the worst that any of its cells may have, each for itself:
 * what comes out is at least the excess of every cell, so a block that is sound holds no cell worth looking at. A block that is
 * not proves nothing, and its cells are looked at one by one. Resistances are bounded by the highest within eight points of SOC
 * and at any warmer temperature. Thread: one. Allocation: none after construction.
 */
final class CellBlocks {
    /** Cells of a block. */
    static final int SIZE = 8;

    /** Points of the SOC grid that a bound of the resistances reaches over. */
    private static final int REACH = 16;

    /** What rounding may differ by between a block and its cells; an excess is of the order of 1. */
    private static final double ROUNDING = 1e-9;

    private final CellLookahead cells;
    private final CircuitTables tables;
    private final double[] boundOhm;
    private final double mostGapV;
    private final double mostEntropicVPerK;
    private final int n;
    private final int blocks;
    private final double[][] lowSoc;
    private final double[][] highSoc;
    private final double[][] aboveV;
    private final double[] lowLikelySoc;
    private final double[] aboveLikelyV;
    private final double[] coldDegC;
    private final double[] hotDegC;
    private final double[] mostPlateSoc;
    private final double[] leastPlateDegC;
    private final double[] mostCoolW;
    private final double[] leastShedW;
    private final double[] leastR0;
    private final double[] mostR0;
    private final double[] mostRatio;
    private final double[] mostPairRatio;
    private final double[] mostDoubt;
    private final double[] mostPairDoubt;
    private final double[][] mostR;
    private final double[][][] mostRelaxV;
    private final double[] mostSwingV;
    private final boolean[] unknown;
    private final double[] leastPerAh;
    private final double[] mostPerAh;

    CellBlocks(CellLookahead cells, CircuitTables tables, int n) {
        this.cells = cells;
        this.tables = tables;
        this.n = n;
        boundOhm = bound(tables.ohm);
        double gap = 0.0;
        double entropic = 0.0;
        for (int k = 0; k < tables.curve.length; k += CircuitTables.CURVE) {
            gap = Math.max(gap, Math.max(tables.curve[k + 4], tables.curve[k + 4] + tables.curve[k + 5]));
            double end = tables.curve[k + 6] + tables.curve[k + 7];
            entropic = Math.max(entropic, Math.max(Math.abs(tables.curve[k + 6]), Math.abs(end)));
        }
        mostGapV = gap;
        mostEntropicVPerK = entropic;
        blocks = (n + SIZE - 1) / SIZE;
        lowSoc = new double[2][blocks];
        highSoc = new double[2][blocks];
        aboveV = new double[2][blocks];
        lowLikelySoc = new double[blocks];
        aboveLikelyV = new double[blocks];
        coldDegC = new double[blocks];
        hotDegC = new double[blocks];
        mostPlateSoc = new double[blocks];
        leastPlateDegC = new double[blocks];
        mostCoolW = new double[blocks];
        leastShedW = new double[blocks];
        leastR0 = new double[blocks];
        mostR0 = new double[blocks];
        mostRatio = new double[blocks];
        mostPairRatio = new double[blocks];
        mostDoubt = new double[blocks];
        mostPairDoubt = new double[blocks];
        mostR = new double[HorizonWeights.PAIRS][blocks];
        mostRelaxV = new double[2][HorizonWeights.PAIRS][blocks];
        mostSwingV = new double[blocks];
        unknown = new boolean[blocks];
        leastPerAh = new double[blocks];
        mostPerAh = new double[blocks];
    }

    /** Of every resistance the highest at this temperature and any warmer one, from a point of SOC to {@link #REACH} further. */
    private static double[] bound(double[] ohm) {
        double[] bound = new double[ohm.length];
        for (int t = CircuitTables.ROWS - 1; t >= 0; t--) {
            for (int j = 0; j <= CircuitTables.GRID; j++) {
                for (int r = 0; r < CircuitTables.OHMS; r++) {
                    int at = t * CircuitTables.ROW + j * CircuitTables.OHMS + r;
                    double most = t + 1 < CircuitTables.ROWS ? bound[at + CircuitTables.ROW] : 0.0;
                    for (int k = 0; k <= REACH && j + k <= CircuitTables.GRID; k++) {
                        most = Math.max(most, ohm[at + k * CircuitTables.OHMS]);
                    }
                    bound[at] = most;
                }
            }
        }
        return bound;
    }

    int size() {
        return blocks;
    }

    int first(int block) {
        return block * SIZE;
    }

    int end(int block) {
        return Math.min(n, (block + 1) * SIZE);
    }

    /** Takes the extremes of what the cells were loaded with. */
    void load() {
        for (int b = 0; b < blocks; b++) {
            int first = first(b);
            int end = end(b);
            for (int d = 0; d < 2; d++) {
                lowSoc[d][b] = least(cells.soc[d], first, end);
                highSoc[d][b] = most(cells.soc[d], first, end);
            }
            aboveV[0][b] = leastDifference(cells.v, cells.openV[0], first, end);
            aboveV[1][b] = -leastDifference(cells.openV[1], cells.v, first, end);
            lowLikelySoc[b] = least(cells.likelySoc, first, end);
            aboveLikelyV[b] = leastDifference(cells.v, cells.likelyOpenV, first, end);
            coldDegC[b] = least(cells.coldDegC, first, end);
            hotDegC[b] = most(cells.hotDegC, first, end);
            mostPlateSoc[b] = most(cells.plateSoc, first, end);
            leastPlateDegC[b] = least(cells.plateDegC, first, end);
            mostCoolW[b] = most(cells.coolW, first, end);
            leastShedW[b] = least(cells.shedW, first, end);
            leastR0[b] = least(cells.r0, first, end);
            mostR0[b] = most(cells.r0, first, end);
            mostRatio[b] = most(cells.ratio, first, end);
            mostPairRatio[b] = most(cells.pairRatio, first, end);
            mostDoubt[b] = most(cells.doubt, first, end);
            mostPairDoubt[b] = most(cells.pairDoubt, first, end);
            leastPerAh[b] = least(cells.perAh, first, end);
            mostPerAh[b] = most(cells.perAh, first, end);
            double sum = 0.0;
            for (int c = first; c < end; c++) {
                sum += cells.known(c);
            }
            unknown[b] = Double.isNaN(sum);
            double swing = 0.0;
            for (int j = 0; j < HorizonWeights.PAIRS; j++) {
                mostR[j][b] = most(cells.pairOhm[j], first, end);
                double low = least(cells.pairV[j], first, end);
                double high = most(cells.pairV[j], first, end);
                mostRelaxV[0][j][b] = -low;
                mostRelaxV[1][j][b] = high;
                swing += Math.max(-low, high);
            }
            mostSwingV[b] = swing;
        }
    }

    private static double least(double[] x, int first, int end) {
        double least = x[first];
        for (int c = first + 1; c < end; c++) {
            if (x[c] < least) {
                least = x[c];
            }
        }
        return least;
    }

    private static double most(double[] x, int first, int end) {
        double most = x[first];
        for (int c = first + 1; c < end; c++) {
            if (x[c] > most) {
                most = x[c];
            }
        }
        return most;
    }

    private static double leastDifference(double[] x, double[] y, int first, int end) {
        double least = x[first] - y[first];
        for (int c = first + 1; c < end; c++) {
            double difference = x[c] - y[c];
            if (difference < least) {
                least = difference;
            }
        }
        return least;
    }

    /** Whether no cell of a block can break a bound within a horizon under a current of {@code a} per cell; false is no answer. */
    boolean sound(int b, int d, int horizon, double a) {
        HorizonWeights w = cells.weights[horizon];
        if (unknown[b]) {
            return false;
        }
        double sign = 1.0 - 2.0 * d;
        double mostMoved = a * w.hours * mostPerAh[b];
        double leastMoved = a * w.hours * leastPerAh[b];
        double lowZ = d == 0 ? lowSoc[0][b] - mostMoved : lowSoc[1][b] + leastMoved;
        double highZ = d == 0 ? highSoc[0][b] - leastMoved : highSoc[1][b] + mostMoved;
        double coolK = w.fromNow ? w.riseKPerW * mostCoolW[b] : 0.0;
        boolean mapCounts = d == 1 && w.fromNow;
        boolean mapIsLevel =
                mostPlateSoc[b] + mostMoved <= cells.flatMapTo && leastPlateDegC[b] - coolK >= cells.levelMapFromDegC;
        if (mapCounts && !mapIsLevel) {
            return false;
        }

        int j = Math.max(0, Math.min(CircuitTables.GRID, (int) (lowZ * CircuitTables.GRID)));
        if (!(highZ * CircuitTables.GRID <= j + REACH) && highZ > 0.0 && j + REACH < CircuitTables.GRID) {
            return false; // too far apart for the bound of the resistances
        }
        double leastDegC = coldDegC[b] - coolK;
        if (w.fromNow) {
            leastDegC += CellLookahead.sureWarmingK(w, a, leastR0[b]);
        }
        double warm = (leastDegC - CircuitTables.COLDEST_DEG_C) * (1.0 / CircuitTables.STEP_K);
        int t = Math.max(0, Math.min(CircuitTables.ROWS - 2, (int) warm));
        double y = warm - t;
        y = y < 0.0 ? 0.0 : y > 1.0 ? 1.0 : y;
        int low = t * CircuitTables.ROW + j * CircuitTables.OHMS;
        int up = low + CircuitTables.ROW;
        double end0 = boundOhm[low] + y * (boundOhm[up] - boundOhm[low]);
        double end1 = boundOhm[low + 1] + y * (boundOhm[up + 1] - boundOhm[low + 1]);
        double end2 = boundOhm[low + 2] + y * (boundOhm[up + 2] - boundOhm[low + 2]);
        double end3 = boundOhm[low + 3] + y * (boundOhm[up + 3] - boundOhm[low + 3]);

        double heatW = 0.5
                        * a
                        * a
                        * (mostR0[b]
                                + mostRatio[b] * end0
                                + w.settled[0] * mostR[0][b]
                                + w.settled[1] * mostR[1][b]
                                + w.settled[2] * mostR[2][b])
                + a * mostSwingV[b];
        double riseK = w.riseKPerW * heatW;
        if (!(hotDegC[b] + riseK - w.riseKPerW * leastShedW[b] - cells.hottestDegC[d] < 0.0)) {
            return false;
        }

        double past = sign * cells.cellA;
        double drop = mostRatio[b] * end0 * a - (past > 0.0 ? leastR0[b] : mostR0[b]) * past;
        double drive = w.atStart[0] * mostR[0][b]
                + w.atStart[1] * mostR[1][b]
                + w.atStart[2] * mostR[2][b]
                + mostPairRatio[b] * (w.atEnd[0] * end1 + w.atEnd[1] * end2 + w.atEnd[2] * end3);
        double polarise = a * drive
                + w.settled[0] * mostRelaxV[d][0][b]
                + w.settled[1] * mostRelaxV[d][1][b]
                + w.settled[2] * mostRelaxV[d][2][b];
        double warmest = Math.max(
                Math.abs(coldDegC[b] - coolK - tables.referenceDegC),
                Math.abs(hotDegC[b] + riseK - tables.referenceDegC));
        double open = tables.openV(d == 0 ? lowZ : highZ, -sign, tables.referenceDegC)
                - sign * (2.0 * mostGapV + mostEntropicVPerK * warmest);
        double above = aboveV[d][b] + open;
        if (d == 0) {
            double likely = tables.openV(lowLikelySoc[b] - mostMoved, -1.0, tables.referenceDegC)
                    - (2.0 * mostGapV + mostEntropicVPerK * warmest);
            above = Math.min(above, aboveLikelyV[b] + likely);
        }
        double along = mostMoved * cells.perMovedSoc;
        double excess = sign * (cells.edgeV[d] - above)
                + worse(drop, mostDoubt[b])
                + worse(polarise, mostPairDoubt[b])
                + cells.voltageDoubt * (along > 1.0 ? 1.0 : along);
        return excess < -ROUNDING;
    }

    private static double worse(double changeV, double doubt) {
        return changeV > 0.0 ? changeV * (1.0 + doubt) : changeV * (1.0 - doubt);
    }
}
