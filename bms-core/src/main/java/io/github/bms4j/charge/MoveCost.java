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

    /** Cost of the end of a charge or discharge by node, but for what depends on both ends. */
    final double[] atEnd;
    /** What is multiplied with the C-rate by node. */
    final double[] priced;

    /** Factor of E in {@link #atEnd}. */
    private double perKwh;

    private double fixed;
    private boolean blocks;

    MoveCost(PackCircuit pack, PlanHorizon horizon, double efficiency, SocTable first, double step) {
        this.pack = pack;
        this.horizon = horizon;
        this.efficiency = efficiency;
        this.step = step;
        table = first;
        nodes = first.storedKwh.length;
        atEnd = new double[nodes];
        priced = new double[nodes];
    }

    /** Takes over slot k at the temperature of a table. */
    void slot(SocTable newTable, int k) {
        table = newTable;
        power = horizon.cost[k];
        hours = horizon.durationS[k] / 3600.0;
        lossExtra = horizon.lossExtraPerKwh(k);
        preference = horizon.preferencePerKwh[k];
        sellPerKwh = horizon.sellPerKwh[k];
        sellLoss = horizon.sellLossExtraPerKwh(k);
    }

    /** Prepares the search over ends that charging leads to. */
    void charging(double[] next) {
        blocks = power.ranges() > 1;
        double price = blocks ? 0.0 : power.worthPerKwh[0];
        double worth = price + lossExtra;
        perKwh = worth / efficiency - lossExtra + preference + table.cyclePerKwh;
        fixed = worth * pack.overheadW * hours / 1000.0;
        fill(next, perKwh, worth / efficiency);
    }

    /** Prepares the search over ends that discharging leads to. */
    void discharging(double[] next) {
        blocks = false;
        double worth = sellPerKwh + sellLoss;
        perKwh = worth * efficiency - sellLoss - table.cyclePerKwh;
        fixed = worth * pack.overheadW * hours / 1000.0;
        fill(next, perKwh, worth * efficiency);
    }

    private void fill(double[] next, double each, double lossPrice) {
        double half = 0.5 * hours;
        for (int j = 0; j < nodes; j++) {
            atEnd[j] = next[j] + each * table.storedKwh[j] + half * table.calendarPerH[j];
            priced[j] = lossPrice * table.lostKwhPerRate[j] + table.cyclePerKwhAndRate * table.storedKwh[j];
        }
    }

    /** Cost of staying at a point of the grid, without what follows. */
    double idle(double from) {
        return hours * at(table.calendarPerH, from);
    }

    /** Cost of staying at node i, without what follows. */
    double idle(int i) {
        return hours * table.calendarPerH[i];
    }

    /** Cost of the way from i to the node j and of what follows, without what {@link #atStart} gives. */
    double of(int i, int j) {
        double rate = (j - i) * step / hours;
        double cost = atEnd[j] + rate * (priced[j] - priced[i]);
        return blocks ? cost + hours * power.worthPerH(powerW(i, j, rate, hours)) : cost;
    }

    /** What belongs to the start alone. */
    double atStart(int i) {
        return fixed - perKwh * table.storedKwh[i] + 0.5 * hours * table.calendarPerH[i];
    }

    private double powerW(double from, double to, double rate, double onHours) {
        double moved = at(table.storedKwh, to) - at(table.storedKwh, from);
        double lost = rate * (at(table.lostKwhPerRate, to) - at(table.lostKwhPerRate, from));
        return (moved + lost) / (efficiency * onHours) * 1000.0 + pack.overheadW;
    }

    /** The best node among from…to for the start i, or -1 if there is none. */
    int best(int i, int from, int to) {
        return blocks ? bestOfBlocks(i, from, to) : bestOfLine(i, from, to);
    }

    private int bestOfLine(int i, int from, int to) {
        int found = -1;
        double lowest = Double.POSITIVE_INFINITY;
        double a = priced[i];
        double perNode = step / hours;
        for (int j = from; j <= to; j++) {
            double cost = atEnd[j] + (j - i) * perNode * (priced[j] - a);
            if (cost < lowest) {
                lowest = cost;
                found = j;
            }
        }
        return found;
    }

    private int bestOfBlocks(int i, int from, int to) {
        int found = -1;
        double lowest = Double.POSITIVE_INFINITY;
        double[] stored = table.storedKwh;
        double[] lost = table.lostKwhPerRate;
        double[] worth = power.worthPerKwh;
        double[] offset = power.offsetPerH;
        int ranges = power.ranges();
        double a = priced[i];
        double storedHere = stored[i];
        double lostHere = lost[i];
        double perNode = step / hours;
        double share = 1.0 / (efficiency * hours);
        double overheadKw = pack.overheadW / 1000.0;
        for (int j = from; j <= to; j++) {
            double rate = (j - i) * perNode;
            double kw = (stored[j] - storedHere + rate * (lost[j] - lostHere)) * share + overheadKw;
            double perH = worth[0] * kw - offset[0];
            for (int m = 1; m < ranges; m++) {
                perH = Math.max(perH, worth[m] * kw - offset[m]);
            }
            double cost = atEnd[j] + rate * (priced[j] - a) + hours * perH;
            if (cost < lowest) {
                lowest = cost;
                found = j;
            }
        }
        return found;
    }

    /** Cost of a way between any two points of the grid and of what follows, at the end's own rate. */
    double between(double from, double to) {
        double rate = (to - from) * step / hours;
        double cost = at(atEnd, to) + rate * (at(priced, to) - at(priced, from));
        cost += fixed - perKwh * at(table.storedKwh, from) + 0.5 * hours * at(table.calendarPerH, from);
        return blocks ? cost + hours * power.worthPerH(powerW(from, to, rate, hours)) : cost;
    }

    /** The same for a charge at a higher rate than the whole slot would need, which ends before the slot does. */
    double early(double from, double to, double ratePerH) {
        double onHours = (to - from) * step / ratePerH;
        double onShare = onHours / hours;
        double cost = at(atEnd, to) + ratePerH * (at(priced, to) - at(priced, from));
        cost += fixed * onShare - perKwh * at(table.storedKwh, from) + 0.5 * hours * at(table.calendarPerH, from);
        return blocks ? cost + onHours * power.worthPerH(powerW(from, to, ratePerH, onHours)) : cost;
    }

    /** Linear between nodes. */
    static double at(double[] y, double x) {
        int i = Math.min((int) x, y.length - 2);
        return y[i] + (x - i) * (y[i + 1] - y[i]);
    }
}
