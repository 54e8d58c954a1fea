package io.github.bms4j.charge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The cheapest way on from every state of charge at the start of every slot: dynamic programming backwards.
 *
 * <p>State: SOC on an even grid and, where starts are counted, how many are left and whether energy flows. Decision: the SOC at the
 * end of the slot, at a steady current, up to what the limits allow either way, or no current. What a move costs is Monge (see
 * docs/theory/charge-planner.md), so the best end rises with the start and one slot takes N log N comparisons.
 *
 * <p>Each call of {@link #solve} takes one slot, the last first, so that the work can be shared out over many cycles.
 */
final class SocProgram {
    /** Temperatures fall together within this, K. */
    private static final double BIN_K = 0.5;
    /** A short way to the goal gets shorter steps. */
    private static final int LEAST_STEPS = 300;
    /** Energy that goes both ways is moved more often and in smaller parts: so much finer is the grid then. */
    private static final int TWO_WAY_FINER = 2;

    private final PackCircuit pack;
    private final ChargeCeiling ceiling;
    private final PlanHorizon horizon;
    private final ChargeNeed need;
    private final int first;
    private final int nodes;
    private final int goalNode;
    private final double step;
    private final double[] soc;
    private final boolean counted;
    private final Pinch pinch;
    private final int mostLeft;
    /** By slot and plane: see {@link #plane}. */
    private final double[][][] value;

    private final SocTable[] tableOfSlot;
    private final Map<Long, SocTable> tables = new HashMap<>();
    private final SlotReach reach;
    private final MoveCost cost;
    private int reachOf = -1;
    private final double[] moved;
    private final double[] movedBefore;
    private final int[] fromNode;
    private final int[] toNode;
    /** The starts from which a move may be worth something. */
    private final int[] rows;

    // The best of the candidates for one start.
    private double lowest;
    private double bestEnd;

    /** The slots that follow those of {@code start}, from where it ends. */
    SocProgram(
            PackCircuit pack,
            ChargeCeiling ceiling,
            PlanHorizon horizon,
            PlanRequest request,
            PlanRun start,
            Pinch pinch,
            double longestStep,
            boolean counted) {
        this.pack = pack;
        this.ceiling = ceiling;
        this.horizon = horizon;
        this.need = request.need();
        this.counted = counted;
        this.pinch = pinch;
        first = start.slots();
        mostLeft = counted ? start.startsLeft() : 0;
        DischargeTerms terms = need.rules().discharge();
        double highest = start.highestSoc();
        double low = terms.allowed() ? Math.min(start.soc(), terms.floorSoc()) : start.soc();
        double high = Math.max(highest, start.soc());
        int finer = terms.allowed() ? TWO_WAY_FINER : 1;
        nodes = finer * Math.max(LEAST_STEPS, (int) Math.ceil((high - low) / longestStep)) + 1;
        step = (high - low) / (nodes - 1);
        goalNode = Math.min(nodes - 1, (int) Math.round((highest - low) / step));
        soc = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            soc[i] = i == nodes - 1 ? high : low + i * step;
        }
        value = new double[horizon.slots + 1][][];
        tableOfSlot = new SocTable[horizon.slots];
        reach = new SlotReach(pack, ceiling, horizon, nodes, step);
        moved = new double[nodes];
        movedBefore = new double[nodes];
        fromNode = new int[nodes];
        toNode = new int[nodes];
        rows = new int[nodes];
        double[][] end = new double[planes()][];
        Arrays.fill(end, missed());
        value[horizon.slots] = end;
        double degC = request.pack().hottestDegC();
        cost = new MoveCost(pack, horizon, request.offer().rating().efficiency(), table(degC, degC), step);
    }

    /** What is missing at departure costs so much by node. */
    private double[] missed() {
        double target = need.targetSoc();
        double[] cost = new double[nodes];
        double kwh = 0.0;
        for (int i = nodes - 1; i >= 0; i--) {
            double above = i == nodes - 1 ? target : Math.min(target, soc[i + 1]);
            kwh += pack.storedKwh(soc[i], above);
            cost[i] = need.missedPerKwh() * kwh;
        }
        return cost;
    }

    private int planes() {
        return counted ? 2 * (mostLeft + 1) : 1;
    }

    private int plane(int left, boolean flowing) {
        return counted ? 2 * Math.min(left, mostLeft) + (flowing ? 1 : 0) : 0;
    }

    /** First slot that is solved, which is solved last. */
    int first() {
        return first;
    }

    /** Solves slot k for the mean temperatures of the coldest and the hottest cell expected in it; after slot k + 1. */
    void solve(int k, double coldDegC, double hotDegC) {
        SocTable table = table(coldDegC, hotDegC);
        boolean ages = table.calendarPerH[nodes - 1] > 0.0 || table.calendarPerH[0] > 0.0;
        if (!horizon.open(k) && !ages && !counted) {
            value[k] = value[k + 1];
            return;
        }
        tableOfSlot[k] = table;
        cost.slot(table, k);
        double[][] own = own(k);
        if (!horizon.open(k)) {
            for (int p = 0; p < planes(); p++) {
                stay(own[p], value[k + 1][p - (p & 1)]);
            }
            return;
        }
        if (!sameReach(k)) {
            reach.find(table, k);
        }
        reachOf = k;
        if (!counted) {
            move(k, value[k + 1][0], value[k + 1][0]);
            take(own[0], value[k + 1][0], moved);
            return;
        }
        Arrays.fill(movedBefore, Double.POSITIVE_INFINITY);
        for (int left = 0; left <= mostLeft; left++) {
            double[] rest = value[k + 1][plane(left, false)];
            move(k, value[k + 1][plane(left, true)], rest);
            take(own[plane(left, true)], rest, moved);
            take(own[plane(left, false)], rest, movedBefore);
            System.arraycopy(moved, 0, movedBefore, 0, nodes);
        }
    }

    private double[][] own(int k) {
        if (value[k] == null || value[k] == value[k + 1]) {
            value[k] = new double[planes()][nodes];
        }
        return value[k];
    }

    private boolean sameReach(int k) {
        int r = reachOf;
        return r >= 0
                && tableOfSlot[k] == tableOfSlot[r]
                && horizon.stationW[k] == horizon.stationW[r]
                && horizon.siteW[k] == horizon.siteW[r]
                && horizon.heaterW[k] == horizon.heaterW[r]
                && horizon.notYet[k] == horizon.notYet[r]
                && horizon.sellW[k] == horizon.sellW[r]
                && horizon.durationS[k] == horizon.durationS[r];
    }

    private void stay(double[] own, double[] next) {
        double[] idle = cost.idle;
        for (int i = 0; i < nodes; i++) {
            own[i] = next[i] + idle[i];
        }
    }

    private void take(double[] own, double[] rest, double[] byMoving) {
        double[] idle = cost.idle;
        for (int i = 0; i < nodes; i++) {
            own[i] = Math.min(rest[i] + idle[i], byMoving[i]);
        }
    }

    private SocTable table(double coldDegC, double hotDegC) {
        long cold = Math.round(coldDegC / BIN_K);
        long hot = Math.round(hotDegC / BIN_K);
        return tables.computeIfAbsent(
                cold * 4096 + hot, key -> new SocTable(pack, ceiling, need, soc, pinch, cold * BIN_K, hot * BIN_K));
    }

    /** The best move from every node into what follows, either way, where it may be better than to stay. */
    private void move(int k, double[] next, double[] rest) {
        Arrays.fill(moved, Double.POSITIVE_INFINITY);
        double least = reach.leastNodes;
        if (horizon.capW[k] > 0.0) {
            cost.charging(next);
            int count = 0;
            for (int i = 0; i < goalNode; i++) {
                if (reach.up[i] > i && !cost.dearer(i, rest[i] + cost.idle[i])) {
                    rows[count++] = i;
                    fromNode[i] = Math.max(i + 1, (int) Math.ceil(i + least));
                    toNode[i] = Math.min(goalNode, (int) reach.up[i]);
                }
            }
            divide(true, 0, count - 1, 0, nodes - 1);
        }
        if (horizon.sellW[k] > 0.0) {
            cost.discharging(next);
            int count = 0;
            for (int i = 1; i < nodes; i++) {
                double sum = rest[i] + cost.idle[i];
                if (reach.down[i] < i && !cost.dearer(i, moved[i] < sum ? moved[i] : sum)) {
                    rows[count++] = i;
                    fromNode[i] = (int) Math.ceil(reach.down[i]);
                    toNode[i] = Math.min(i - 1, (int) Math.floor(i - least));
                }
            }
            divide(false, 0, count - 1, 0, nodes - 1);
        }
    }

    /** Best ends for the starts rows[low…high]; those among the nodes are known to lie in bestLow…bestHigh. */
    private void divide(boolean up, int low, int high, int bestLow, int bestHigh) {
        if (low > high) {
            return;
        }
        int middle = (low + high) >>> 1;
        int i = rows[middle];
        cost.leave(i);
        int found = cost.best(Math.max(fromNode[i], bestLow), Math.min(toNode[i], bestHigh));
        lowest = Math.min(moved[i], cost.bestCost);
        if (up) {
            edgesUp(i, Math.min(goalNode, reach.up[i]));
        } else {
            edgesDown(i, reach.down[i]);
        }
        moved[i] = lowest;
        divide(up, low, middle - 1, bestLow, found < 0 ? bestHigh : found);
        divide(up, middle + 1, high, found < 0 ? bestLow : found, bestHigh);
    }

    /** The ends of a charge that lie between nodes: at the highest and the least current, and at the goal before the slot's end. */
    private void edgesUp(double from, double highest) {
        double least = from + reach.leastNodes;
        if (highest > from && highest >= least) {
            consider(cost.to(highest), highest);
        }
        if (reach.leastNodes > 0.0 && least <= highest) {
            consider(cost.to(least), least);
        }
        if (least > goalNode && highest >= goalNode && goalNode > from) {
            consider(cost.early(goalNode, ceiling.leastA / pack.capacityAh), goalNode);
        }
    }

    private void edgesDown(double from, double farthest) {
        double least = from - reach.leastNodes;
        if (farthest < from && farthest <= least) {
            consider(cost.to(farthest), farthest);
        }
        if (reach.leastNodes > 0.0 && least >= farthest) {
            consider(cost.to(least), least);
        }
    }

    private void consider(double candidate, double end) {
        if (candidate < lowest) {
            lowest = candidate;
            bestEnd = end;
        }
    }

    /** The best SOC at the end of slot k, from where a run stands. */
    double bestEnd(PlanRun run, int k) {
        int left = run.startsLeft();
        boolean flowing = run.flowing();
        if (!horizon.open(k) || (counted && !flowing && left == 0)) {
            return run.soc();
        }
        double from = node(run.soc());
        double[] onwards = value[k + 1][plane(flowing || !counted ? left : left - 1, true)];
        double[] rest = value[k + 1][plane(left, false)];
        cost.slot(tableOfSlot[k], k);
        reach.leastNodes = reach.leastNodes(k);
        reachOf = -1;
        lowest = MoveCost.at(rest, from) + cost.idle(from);
        bestEnd = from;
        double endSoc = run.soc();
        if (horizon.capW[k] > 0.0) {
            cost.charging(onwards);
            if (!cost.dearer(from, lowest)) {
                double reachSoc = run.reach();
                double to = Math.min(goalNode, node(reachSoc));
                cost.leave(from);
                considerNodes((int) Math.floor(Math.max(from, from + reach.leastNodes - 1e-9)) + 1, (int) to);
                edgesUp(from, to);
                endSoc = bestEnd == from ? endSoc : bestEnd == to ? reachSoc : soc(bestEnd);
            }
        }
        if (horizon.sellW[k] > 0.0) {
            double before = lowest;
            cost.discharging(onwards);
            if (!cost.dearer(from, lowest)) {
                double drainSoc = run.drain();
                double to = node(drainSoc);
                cost.leave(from);
                considerNodes((int) Math.ceil(to), (int) Math.floor(Math.min(from - 1e-9, from - reach.leastNodes)));
                edgesDown(from, to);
                if (lowest < before) {
                    endSoc = bestEnd == to ? drainSoc : soc(bestEnd);
                }
            }
        }
        return endSoc;
    }

    private void considerNodes(int first, int last) {
        int found = cost.best(first, last);
        if (found >= 0) {
            consider(cost.bestCost, found);
        }
    }

    private double soc(double node) {
        int j = (int) node;
        return node == j ? soc[j] : soc[0] + node * step;
    }

    private double node(double atSoc) {
        return Math.min(nodes - 1.0, Math.max(0.0, (atSoc - soc[0]) / step));
    }
}
