package io.github.bms4j.charge;

import java.util.HashMap;
import java.util.Map;

/**
 * The cheapest way to the goal from every state of charge at the start of every slot: dynamic programming backwards.
 *
 * <p>State: SOC on an even grid. Decision: the SOC at the end of the slot, at a steady current, up to what the limits
 * allow. With B the price of what is stored, A that of losses and wear, both summed over the grid, and slots of h,
 *
 * <pre>V(k, s) = min over t of  V(k+1, t) + B(t) - B(s) + (t - s) (A(t) - A(s)) / h + overhead</pre>
 *
 * <p>A rises with SOC because a loss always counts as one, whatever the price. So the cost is Monge, the best t rises
 * with s, and one slot takes N log N comparisons. See docs/theory/charge-planner.md.
 */
final class SocProgram {
    /** Temperatures fall together within this, K. */
    private static final double BIN_K = 0.5;
    /** A short way to the goal gets shorter steps. */
    private static final int LEAST_STEPS = 300;

    /** Below this rate, 1/s, a state is not left: a slot of a day would not move it by a node. */
    private static final double LEAST_RATE_PER_S = 1e-9;

    private final PackCircuit pack;
    private final ChargeCeiling ceiling;
    private final PlanHorizon horizon;
    private final ChargeNeed need;
    private final int first;
    private final int nodes;
    private final double step;
    private final double[] soc;
    private final double[][] value;
    private final double[][] ownValue;
    private final SocTable[] tableOfSlot;
    private final Map<Long, SocTable> tables = new HashMap<>();

    private final double[] rate;
    /** SOC that the highest current leads to by the end of the slot, in nodes. */
    private final double[] reach;

    private final double[] atEnd;
    private final double[] priced;
    private double[] slotValue;
    private double perHour;
    private double fixedCost;

    /** The slots that follow those of {@code start}, from where it ends to where the goal or the fullest cell ends it. */
    SocProgram(
            PackCircuit pack,
            ChargeCeiling ceiling,
            PlanHorizon horizon,
            ChargeNeed need,
            PlanRun start,
            double longestStep) {
        double fromSoc = start.soc();
        double topSoc = start.topSoc();
        this.pack = pack;
        this.ceiling = ceiling;
        this.horizon = horizon;
        this.need = need;
        first = start.slots();
        nodes = Math.max(LEAST_STEPS, (int) Math.ceil((topSoc - fromSoc) / longestStep)) + 1;
        step = (topSoc - fromSoc) / (nodes - 1);
        soc = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            soc[i] = i == nodes - 1 ? topSoc : fromSoc + i * step;
        }
        value = new double[horizon.slots + 1][];
        ownValue = new double[horizon.slots + 1][];
        tableOfSlot = new SocTable[horizon.slots];
        rate = new double[nodes];
        reach = new double[nodes];
        atEnd = new double[nodes];
        priced = new double[nodes];
        slotValue = new double[nodes];
        for (int k = first; k < horizon.slots; k++) {
            if (horizon.capW[k] > 0.0) {
                ownValue[k] = new double[nodes];
            }
        }
        double[] last = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            last[i] = need.missedPerKwh() * pack.storedKwh(soc[i], need.targetSoc());
        }
        value[horizon.slots] = last;
    }

    /** Solves for the mean temperatures of the coldest and the hottest cell expected in each slot. */
    void solve(double[] coldDegC, double[] hotDegC) {
        for (int k = horizon.slots - 1; k >= first; k--) {
            if (!(horizon.capW[k] > 0.0)) {
                value[k] = value[k + 1];
                continue;
            }
            SocTable table = table(coldDegC[k], hotDegC[k]);
            boolean same = k + 1 < horizon.slots
                    && table == tableOfSlot[k + 1]
                    && horizon.capW[k] == horizon.capW[k + 1]
                    && horizon.durationS[k] == horizon.durationS[k + 1];
            tableOfSlot[k] = table;
            if (!same) {
                findReach(table, k);
            }
            solveSlot(table, k);
        }
    }

    private SocTable table(double coldDegC, double hotDegC) {
        long cold = Math.round(coldDegC / BIN_K);
        long hot = Math.round(hotDegC / BIN_K);
        return tables.computeIfAbsent(
                cold * 4096 + hot, key -> new SocTable(pack, ceiling, soc, cold * BIN_K, hot * BIN_K));
    }

    /** Where the highest current leads from every node, by two fingers on the grid. */
    private void findReach(SocTable table, int k) {
        for (int i = 0; i < nodes; i++) {
            ceiling.limitA = table.cellA[i];
            ceiling.station(table.ocvV[i], table.ohm[i], horizon.capW[k]);
            rate[i] = ceiling.limitA / (3600.0 * pack.capacityAh);
        }
        double dtS = horizon.durationS[k];
        int to = 0;
        double usedS = 0.0;
        for (int i = 0; i < nodes; i++) {
            if (to < i) {
                to = i;
                usedS = 0.0;
            }
            while (to < nodes - 1 && usedS + crossingS(to) <= dtS) {
                usedS += crossingS(to);
                to++;
            }
            double part = to < nodes - 1 ? (dtS - usedS) / crossingS(to) : 0.0;
            reach[i] = to + part;
            if (to > i) {
                usedS -= crossingS(i);
            }
        }
    }

    /** Seconds from a node to the next at the highest current. */
    private double crossingS(int i) {
        double mean = 0.5 * (rate[i] + rate[i + 1]);
        return mean > LEAST_RATE_PER_S ? step / mean : Double.POSITIVE_INFINITY;
    }

    private void solveSlot(SocTable table, int k) {
        double[] next = value[k + 1];
        slotValue = ownValue[k];
        value[k] = slotValue;
        double lossPrice = horizon.lossPricePerKwh(k);
        double stored = horizon.pricePerKwh[k] + horizon.preferencePerKwh[k];
        perHour = 3600.0 / horizon.durationS[k];
        fixedCost = lossPrice * pack.overheadW * horizon.durationS[k] / 3.6e6;
        for (int i = 0; i < nodes; i++) {
            priced[i] = lossPrice * table.lostKwhPerRate[i] + need.wearPerKwh() * table.storedKwh[i];
            atEnd[i] = next[i] + stored * table.storedKwh[i];
            slotValue[i] = atEnd[i];
        }
        divide(0, nodes - 1, 0, nodes - 1);
        for (int i = 0; i < nodes; i++) {
            tryReach(i);
            slotValue[i] -= stored * table.storedKwh[i];
        }
    }

    /** Best ends among the nodes for the starts low…high, known to lie in bestLow…bestHigh. */
    private void divide(int low, int high, int bestLow, int bestHigh) {
        if (low > high) {
            return;
        }
        int middle = (low + high) >>> 1;
        int found = best(middle, Math.max(middle + 1, bestLow), Math.min((int) reach[middle], bestHigh));
        divide(low, middle - 1, bestLow, found < 0 ? bestHigh : found);
        divide(middle + 1, high, found < 0 ? bestLow : found, bestHigh);
    }

    /** Enters the best of the ends from…to for a start and gives it; -1 if there is none. */
    private int best(int i, int from, int to) {
        int found = -1;
        double lowest = Double.POSITIVE_INFINITY;
        double s = soc[i];
        double a = priced[i];
        for (int j = from; j <= to; j++) {
            double cost = atEnd[j] + (soc[j] - s) * (priced[j] - a) * perHour;
            if (cost < lowest) {
                lowest = cost;
                found = j;
            }
        }
        slotValue[i] = Math.min(slotValue[i], lowest + fixedCost);
        return found;
    }

    /** The end at the highest current, which lies between two nodes. */
    private void tryReach(int i) {
        int j = (int) reach[i];
        double part = reach[i] - j;
        if (part > 0.0 && reach[i] > i) {
            double end = atEnd[j] + part * (atEnd[j + 1] - atEnd[j]);
            double a = priced[j] + part * (priced[j + 1] - priced[j]);
            double cost = end + (reach[i] - i) * step * (a - priced[i]) * perHour + fixedCost;
            slotValue[i] = Math.min(slotValue[i], cost);
        }
    }

    /** The best SOC at the end of a slot, from any SOC and up to the highest one in reach. */
    double bestEnd(int k, double fromSoc, double reachSoc) {
        SocTable table = tableOfSlot[k];
        double from = Math.min(nodes - 1.0, Math.max(0.0, (fromSoc - soc[0]) / step));
        double to = Math.min(nodes - 1.0, (reachSoc - soc[0]) / step);
        double lowest = cost(table, k, from, from);
        double found = fromSoc;
        for (int j = (int) Math.floor(from) + 1; j <= to; j++) {
            double cost = cost(table, k, from, j);
            if (cost < lowest) {
                lowest = cost;
                found = soc[j];
            }
        }
        if (to > from && cost(table, k, from, to) < lowest) {
            found = reachSoc;
        }
        return found;
    }

    private double cost(SocTable table, int k, double from, double to) {
        double left = at(value[k + 1], to);
        if (!(to > from)) {
            return left;
        }
        double lossPrice = horizon.lossPricePerKwh(k);
        double hours = horizon.durationS[k] / 3600.0;
        double storedKwh = at(table.storedKwh, to) - at(table.storedKwh, from);
        double lostPerRate = at(table.lostKwhPerRate, to) - at(table.lostKwhPerRate, from);
        double ratePerH = (to - from) * step / hours;
        return left
                + (horizon.pricePerKwh[k] + horizon.preferencePerKwh[k]) * storedKwh
                + ratePerH * (lossPrice * lostPerRate + need.wearPerKwh() * storedKwh)
                + lossPrice * pack.overheadW * hours / 1000.0;
    }

    private static double at(double[] y, double x) {
        int i = Math.min((int) x, y.length - 2);
        return y[i] + (x - i) * (y[i + 1] - y[i]);
    }
}
