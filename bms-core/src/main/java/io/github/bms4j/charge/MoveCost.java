package io.github.bms4j.charge;

/**
 * What it costs in one slot to go from one SOC of the grid to another at a steady current.
 *
 * <p>With E the energy stored and L the losses per rate, both summed over the grid, slots of h and c the C-rate (t - s) / h,
 *
 * <pre>
 * charging      h G((E(t) - E(s) + c (L(t) - L(s))) / (efficiency h) + overhead) + (wear and preference) (E(t) - E(s)) + …
 * discharging   -f (efficiency (E(s) - E(t) - c (L(s) - L(t))) - overhead h) + wear (E(s) - E(t)) + …
 * </pre>
 *
 * with G the cost of power ({@link PowerCost}) and f what is paid for energy given back. A loop object for one slot after the other.
 */
final class MoveCost {
    /** Costs closer than this share of themselves are alike. */
    private static final double ROUNDING = 1e-12;

    private final PackCircuit pack;
    private final PlanHorizon horizon;
    private final double efficiency;
    private final int nodes;
    private final double step;

    private SocTable table;
    private PowerCost power = PowerCost.NONE;
    private double hours;
    private double lossExtra;
    private double preference;
    private double sellPerKwh;
    private double sellLoss;
    private double perNode;

    /** What the way to the node that {@link #best} found costs with all that follows. */
    double bestCost;

    /** Cost of staying by node, without what follows. */
    final double[] idle;

    /** Cost of the end of a charge or discharge by node, but for what depends on both ends. */
    private final double[] atEnd;
    /** What is multiplied with the C-rate by node. */
    private final double[] priced;
    /** The least that ends from a node on in the direction of the move can cost, without what the start gives. */
    private final double[] leastOnward;

    /** Factor of E in {@link #atEnd}. */
    private double perKwh;

    private double fixed;
    private boolean up;
    private boolean blocks;
    private double leastFixed;
    private double leastPerKwh;

    // The start of the moves asked for: see leave().
    private double from;
    private double storedFrom;
    private double lostFrom;
    private double pricedFrom;
    private double startCost;

    MoveCost(PackCircuit pack, PlanHorizon horizon, double efficiency, SocTable first, double step) {
        this.pack = pack;
        this.horizon = horizon;
        this.efficiency = efficiency;
        this.step = step;
        table = first;
        nodes = first.storedKwh.length;
        idle = new double[nodes];
        atEnd = new double[nodes];
        priced = new double[nodes];
        leastOnward = new double[nodes];
    }

    /** Takes over slot k at the temperature of a table. */
    void slot(SocTable newTable, int k) {
        table = newTable;
        power = horizon.cost[k];
        hours = horizon.durationS[k] / 3600.0;
        perNode = step / hours;
        lossExtra = horizon.lossExtraPerKwh(k);
        preference = horizon.preferencePerKwh[k];
        sellPerKwh = horizon.sellPerKwh[k];
        sellLoss = horizon.sellLossExtraPerKwh(k);
        double[] calendar = table.calendarPerH;
        for (int i = 0; i < nodes; i++) {
            idle[i] = hours * calendar[i];
        }
    }

    /** Prepares the search over ends that charging leads to. */
    void charging(double[] next) {
        up = true;
        blocks = power.ranges() > 1;
        double price = blocks ? 0.0 : power.worthPerKwh[0];
        double worth = price + lossExtra;
        perKwh = worth / efficiency - lossExtra + preference + table.cyclePerKwh;
        fixed = worth * pack.overheadW * hours / 1000.0;
        leastPerKwh = perKwh + (blocks ? power.worthPerKwh[0] / efficiency : 0.0);
        leastFixed = blocks ? -hours * Math.max(0.0, power.offsetPerH[0]) : 0.0;
        fill(next, worth / efficiency);
        for (int j = nodes - 2; j >= 0; j--) {
            leastOnward[j] = leastOnward[j] < leastOnward[j + 1] ? leastOnward[j] : leastOnward[j + 1];
        }
    }

    /** Prepares the search over ends that discharging leads to. */
    void discharging(double[] next) {
        up = false;
        blocks = false;
        double worth = sellPerKwh + sellLoss;
        perKwh = worth * efficiency - sellLoss - table.cyclePerKwh;
        fixed = worth * pack.overheadW * hours / 1000.0;
        leastPerKwh = perKwh;
        leastFixed = 0.0;
        fill(next, worth * efficiency);
        for (int j = 1; j < nodes; j++) {
            leastOnward[j] = leastOnward[j] < leastOnward[j - 1] ? leastOnward[j] : leastOnward[j - 1];
        }
    }

    private void fill(double[] next, double lossPrice) {
        double[] stored = table.storedKwh;
        double[] lost = table.lostKwhPerRate;
        double more = leastPerKwh - perKwh;
        double perKwhAndRate = table.cyclePerKwhAndRate;
        for (int j = 0; j < nodes; j++) {
            double end = next[j] + perKwh * stored[j] + 0.5 * idle[j];
            atEnd[j] = end;
            priced[j] = lossPrice * lost[j] + perKwhAndRate * stored[j];
            leastOnward[j] = end + more * stored[j];
        }
    }

    /** Cost of staying at a point of the grid, without what follows. */
    double idle(double at) {
        return at(idle, at);
    }

    /**
     * Whether no move from node i in the direction that was prepared can cost less than a sum. It is asked of costs that are never
     * higher than those of a move: no losses, no overhead, all energy in the cheapest block.
     */
    boolean dearer(int i, double sum) {
        return dearer(leastOnward[i], table.storedKwh[i], idle[i], sum);
    }

    /** The same from any point of the grid. */
    boolean dearer(double at, double sum) {
        double stored = at(table.storedKwh, at);
        int next = up ? Math.min((int) at + 1, nodes - 1) : (int) at;
        double onward = Math.min(leastOnward[next], at(atEnd, at) + (leastPerKwh - perKwh) * stored);
        return dearer(onward, stored, at(idle, at), sum);
    }

    private boolean dearer(double onward, double stored, double idleCost, double sum) {
        double start = leastFixed - leastPerKwh * stored + 0.5 * idleCost;
        return onward + start >= sum - ROUNDING * (Math.abs(sum) + Math.abs(start));
    }

    /** The moves asked for from now on begin at node i. */
    void leave(int i) {
        leave(i, table.storedKwh[i], table.lostKwhPerRate[i], priced[i], idle[i]);
    }

    /** The moves asked for from now on begin at a point of the grid. */
    void leave(double at) {
        leave(at, at(table.storedKwh, at), at(table.lostKwhPerRate, at), at(priced, at), at(idle, at));
    }

    private void leave(double at, double stored, double lost, double rated, double idleCost) {
        from = at;
        storedFrom = stored;
        lostFrom = lost;
        pricedFrom = rated;
        startCost = 0.5 * idleCost - perKwh * stored;
    }

    /** The best node among first…last, or -1 if there is none; {@link #bestCost} says what it costs with all that follows. */
    int best(int first, int last) {
        pack.effort.moves += Math.max(0, last - first + 1);
        int found = blocks ? bestOfBlocks(first, last) : bestOfLine(first, last);
        bestCost += startCost + fixed;
        return found;
    }

    private int bestOfLine(int first, int last) {
        int found = -1;
        double lowest = Double.POSITIVE_INFINITY;
        double a = pricedFrom;
        double begin = from;
        double each = perNode;
        for (int j = first; j <= last; j++) {
            double cost = atEnd[j] + (j - begin) * each * (priced[j] - a);
            if (cost < lowest) {
                lowest = cost;
                found = j;
            }
        }
        bestCost = lowest;
        return found;
    }

    private int bestOfBlocks(int first, int last) {
        int found = -1;
        double lowest = Double.POSITIVE_INFINITY;
        double[] stored = table.storedKwh;
        double[] lost = table.lostKwhPerRate;
        double a = pricedFrom;
        double begin = from;
        double each = perNode;
        double share = 1.0 / (efficiency * hours);
        double overheadKw = pack.overheadW / 1000.0;
        int range = 0;
        double worth = power.worthPerKwh[0];
        double offset = power.offsetPerH[0];
        double untilKw = power.untilKw(0);
        for (int j = first; j <= last; j++) {
            double rate = (j - begin) * each;
            double kw = (stored[j] - storedFrom + rate * (lost[j] - lostFrom)) * share + overheadKw;
            while (kw > untilKw) { // power rises with the end
                range++;
                worth = power.worthPerKwh[range];
                offset = power.offsetPerH[range];
                untilKw = power.untilKw(range);
            }
            double cost = atEnd[j] + rate * (priced[j] - a) + hours * (worth * kw - offset);
            if (cost < lowest) {
                lowest = cost;
                found = j;
            }
        }
        bestCost = lowest;
        return found;
    }

    /** Cost of the way to any point of the grid and of what follows, at the end's own rate. */
    double to(double end) {
        pack.effort.moves++;
        int j = Math.min((int) end, nodes - 2);
        double part = end - j;
        double rate = (end - from) * perNode;
        double cost = between(atEnd, j, part) + rate * (between(priced, j, part) - pricedFrom) + startCost + fixed;
        return blocks ? cost + hours * power.worthPerH(powerW(j, part, rate, hours)) : cost;
    }

    /** The same for a charge at a higher rate than the whole slot would need, which ends before the slot does. */
    double early(double end, double ratePerH) {
        int j = Math.min((int) end, nodes - 2);
        double part = end - j;
        double onHours = (end - from) * step / ratePerH;
        double cost = between(atEnd, j, part) + ratePerH * (between(priced, j, part) - pricedFrom);
        cost += startCost + fixed * (onHours / hours);
        return blocks ? cost + onHours * power.worthPerH(powerW(j, part, ratePerH, onHours)) : cost;
    }

    private double powerW(int j, double part, double rate, double onHours) {
        double moved = between(table.storedKwh, j, part) - storedFrom;
        double lost = rate * (between(table.lostKwhPerRate, j, part) - lostFrom);
        return (moved + lost) / (efficiency * onHours) * 1000.0 + pack.overheadW;
    }

    private static double between(double[] y, int j, double part) {
        return y[j] + part * (y[j + 1] - y[j]);
    }

    /** Linear between nodes. */
    static double at(double[] y, double x) {
        int i = Math.min((int) x, y.length - 2);
        return between(y, i, x - i);
    }
}
