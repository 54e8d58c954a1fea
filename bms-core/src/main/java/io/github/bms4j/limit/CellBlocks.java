package io.github.bms4j.limit;

/**
 * Neighbouring cells taken together by their extremes: tells of most of them at one stroke that none can break a bound.
 *
 * <p>For a block every term of {@link CellLookahead#excess} is put at the worst that any of its cells may have, each for itself:
 * what comes out is at least the excess of every cell, so a block that is sound holds no cell worth looking at. A block that is
 * not proves nothing, and its cells are looked at one by one. Resistances are bounded by the highest within four points of SOC
 * and at any warmer temperature. Thread: one. Allocation: none after construction.
 */
final class CellBlocks {
    /** Points of the SOC grid that a bound of the resistances reaches over. */
    private static final int REACH = 8;

    /** What rounding may differ by between a block and its cells; an excess is of the order of 1. */
    private static final double ROUNDING = 1e-9;

    /** What the curve between two points of its grid may fall short of rising everywhere. */
    private static final double CURVE_SLACK_V = 1e-4;

    private final CellLookahead cells;
    private final CircuitTables tables;
    private final double[] boundOhm;
    private final double mostGapV;
    private final double mostEntropicVPerK;
    private final BlockExtremes of;
    private double end0;
    private double end1;
    private double end2;
    private double end3;

    CellBlocks(CellLookahead cells, CircuitTables tables, BlockExtremes of) {
        this.cells = cells;
        this.tables = tables;
        this.of = of;
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
    }

    /** Of every resistance the highest at this temperature and any warmer one, from a point of SOC to {@link #REACH} further. */
    private static double[] bound(double[] ohm) {
        double[] bound = ohm.clone();
        for (int at = bound.length - CircuitTables.ROW - 1; at >= 0; at--) {
            bound[at] = Math.max(bound[at], bound[at + CircuitTables.ROW]);
        }
        for (int reach = 0; reach < REACH; ) {
            int further = Math.max(1, Math.min(reach, REACH - reach)); // a point knows of the next `reach` ones by now
            for (int at = 0; at < bound.length; at++) {
                int point = at % CircuitTables.ROW / CircuitTables.OHMS;
                if (point + further <= CircuitTables.GRID) {
                    bound[at] = Math.max(bound[at], bound[at + further * CircuitTables.OHMS]);
                }
            }
            reach += further;
        }
        return bound;
    }

    /** Whether no cell of a block can break a bound within a horizon under a current of {@code a} per cell; false is no answer. */
    boolean sound(int b, int d, int horizon, double a) {
        HorizonWeights w = cells.weights[horizon];
        if (of.unknown[b]) {
            return false;
        }
        double sign = 1.0 - 2.0 * d;
        double mostMoved = a * w.hours * of.mostPerAh[b];
        double leastMoved = a * w.hours * of.leastPerAh[b];
        double lowZ = d == 0 ? of.lowSoc[0][b] - mostMoved : of.lowSoc[1][b] + leastMoved;
        double highZ = d == 0 ? of.highSoc[0][b] - leastMoved : of.highSoc[1][b] + mostMoved;
        double coolK = w.fromNow ? w.riseKPerW * of.mostCoolW[b] : 0.0;
        boolean mapCounts = d == 1 && w.fromNow;
        boolean mapIsLevel = of.mostPlateSoc[b] + mostMoved <= cells.flatMapTo
                && of.leastPlateDegC[b] - coolK >= cells.levelMapFromDegC;
        if (mapCounts && !mapIsLevel && !(a - mapA(b, mostMoved, coolK) < -ROUNDING)) {
            return false;
        }

        double leastDegC = of.coldDegC[b] - coolK;
        if (w.fromNow) {
            leastDegC += CellLookahead.sureWarmingK(w, a, of.leastR0[b], of.leastWarmingK[b]);
        }
        if (!resistances(lowZ, highZ, leastDegC)) {
            return false; // too far apart for the bound of the resistances
        }
        double start = w.atStart[0] * of.mostR[0][b] + w.atStart[1] * of.mostR[1][b] + w.atStart[2] * of.mostR[2][b];
        double drive0 = of.mostRatio[b] * end0;
        double drive = start + of.mostPairRatio[b] * (w.atEnd[0] * end1 + w.atEnd[1] * end2 + w.atEnd[2] * end3);

        double heatW = 0.5 * a * a * (of.mostR0[b] + drive0) + w.relaxing * of.mostPairsW[b];
        double mostOhm = of.mostR0[b];
        for (int p = 0; p < HorizonWeights.PAIRS; p++) {
            mostOhm += w.driving[p] * of.mostR[p][b];
            double held = Math.max(0.0, of.mostRelaxV[1 - d][p][b]);
            heatW += a * (w.driving[p] * a * of.mostR[p][b] + w.crossing[p] * held);
        }
        double riseK = w.riseKPerW * heatW;
        if (!(of.hotDegC[b] + riseK - w.riseKPerW * of.leastShedW[b] - cells.hottestDegC[d] < 0.0)) {
            return false;
        }

        double past = sign * cells.now.cellA;
        double pastV = (past > 0.0 ? of.leastR0[b] : of.mostR0[b]) * past;
        double relaxV = w.settled[0] * of.mostRelaxV[d][0][b]
                + w.settled[1] * of.mostRelaxV[d][1][b]
                + w.settled[2] * of.mostRelaxV[d][2][b];
        double drop = a * drive0 - pastV;
        double polarise = a * drive + relaxV;
        double warmest = Math.max(
                Math.abs(of.coldDegC[b] - coolK - tables.referenceDegC),
                Math.abs(of.hotDegC[b] + riseK - tables.referenceDegC));
        double offV = mostGapV + mostEntropicVPerK * warmest + CURVE_SLACK_V;
        double mostWarmK = w.fromNow ? CellLookahead.sureWarmingK(w, a, mostOhm, of.leastWarmingK[b]) : 0.0;
        double warmV = cells.warmingDoubt * mostWarmK / of.leastWarmingK[b] * a * (drive0 + drive);
        double doubtV = cells.doubtV(of.mostDoubt[b] * drop, of.mostPairDoubt[b] * polarise, warmV, mostMoved);
        if (d == 1) {
            double endV = of.aboveV[1][b] + tables.openV(highZ, 0.0, tables.referenceDegC) + offV + drop + polarise;
            return endV - cells.edgeV[1] + doubtV < -ROUNDING;
        }
        double lowLikelyZ = of.lowLikelySoc[b] - mostMoved;
        double open = of.aboveV[0][b] + tables.openV(lowZ, 0.0, tables.referenceDegC);
        double likelyOpen = of.aboveLikelyV[b] + tables.openV(lowLikelyZ, 0.0, tables.referenceDegC);
        double middleZ = of.lowMiddleSoc[b] - mostMoved;
        double middleOpen = of.aboveMiddleV[b] + tables.openV(middleZ, 0.0, tables.referenceDegC);
        double carefulV = Math.min(middleOpen, Math.min(open, likelyOpen)) - offV - drop - polarise;
        if (!resistances(lowLikelyZ, of.highLikelySoc[b] - leastMoved, leastDegC)) {
            return false;
        }
        double ends = w.atEnd[0] * end1 + w.atEnd[1] * end2 + w.atEnd[2] * end3;
        double likelyDrop = a * (of.mostRatio[b] * end0 + start + of.mostPairRatio[b] * ends);
        double likelyV = likelyOpen - offV - likelyDrop + pastV - relaxV;
        double socV = Math.max(0.0, likelyV - carefulV);
        return cells.edgeV[0] - likelyV + Math.sqrt(doubtV * doubtV + socV * socV) < -ROUNDING;
    }

    /** Bounds the resistances of all SOCs from one to another and all temperatures from one up; false if it cannot. */
    private boolean resistances(double lowZ, double highZ, double leastDegC) {
        int j = Math.max(0, Math.min(CircuitTables.GRID, (int) (lowZ * CircuitTables.GRID)));
        if (!(highZ * CircuitTables.GRID <= j + REACH) && highZ > 0.0 && j + REACH < CircuitTables.GRID) {
            return false;
        }
        double warm = (leastDegC - CircuitTables.COLDEST_DEG_C) * (1.0 / CircuitTables.STEP_K);
        int t = Math.max(0, Math.min(CircuitTables.ROWS - 2, (int) warm));
        double y = warm - t;
        y = y < 0.0 ? 0.0 : y > 1.0 ? 1.0 : y;
        int low = t * CircuitTables.ROW + j * CircuitTables.OHMS;
        int up = low + CircuitTables.ROW;
        end0 = boundOhm[low] + y * (boundOhm[up] - boundOhm[low]);
        end1 = boundOhm[low + 1] + y * (boundOhm[up + 1] - boundOhm[low + 1]);
        end2 = boundOhm[low + 2] + y * (boundOhm[up + 2] - boundOhm[low + 2]);
        end3 = boundOhm[low + 3] + y * (boundOhm[up + 3] - boundOhm[low + 3]);
        return true;
    }

    /** What the charge map allows every cell of a block that has moved so much and cooled by so much, A; 0 where that is not plain. */
    private double mapA(int b, double movedSoc, double coolK) {
        boolean plain = cells.mapFallsWithSoc && of.mostPlateDegC[b] <= cells.risingMapToDegC;
        return plain ? cells.mapA(of.mostPlateSoc[b] + movedSoc, of.leastPlateDegC[b] - coolK) : 0.0;
    }

    /**
     * Whether no cell of a block is allowed less by the rules that need no prediction than what is given: the map of now, the
     * voltage at once and the charge that is left to the end of the SOC window; false is no answer.
     */
    boolean allows(int b, int d, double windowSigmas, double platingA, double atOnceA, double windowAh) {
        if (of.unknown[b]) {
            return false;
        }
        double room = d == 0 ? of.leastV[b] - cells.edgeV[0] : cells.edgeV[1] - of.mostV[b];
        double past = (1.0 - 2.0 * d) * cells.now.cellA;
        double soc = d == 0 ? of.lowLikelySoc[b] : 1.0 - of.highLikelySoc[b];
        double left = soc - windowSigmas * of.mostSocSigma[b];
        return room > 0.0
                && past + room / (of.mostR0[b] * (1.0 + of.mostDoubt[b])) >= atOnceA
                && left > 0.0
                && left * (1.0 / of.mostPerAh[b]) >= windowAh
                && (d == 0 || (of.hotDegC[b] <= cells.risingMapToDegC && mapA(b, 0.0, 0.0) >= platingA));
    }
}
