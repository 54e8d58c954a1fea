package io.github.bms4j.charge;

/**
 * Where the highest and the least current lead from every node of the SOC grid within one slot, in nodes.
 *
 * <p>The time from node to node adds up, so two fingers that run along the grid find the ends for all starts in one sweep.
 */
final class SlotReach {
    /** Below this rate, 1/s, a state is not left: a slot of a day would not move it by a node. */
    private static final double LEAST_RATE_PER_S = 1e-9;

    private final PackCircuit pack;
    private final ChargeCeiling ceiling;
    private final PlanHorizon horizon;
    private final int nodes;
    private final double step;
    private final double[] limitA;
    /** Seconds between a node and the next at the highest current. */
    private final double[] crossingS;

    /** Where the highest charge current leads to by the end of the slot. */
    final double[] up;
    /** Where the highest discharge current leads to. */
    final double[] down;

    /** How many nodes the least current moves the SOC in the slot. */
    double leastNodes;

    SlotReach(PackCircuit pack, ChargeCeiling ceiling, PlanHorizon horizon, int nodes, double step) {
        this.pack = pack;
        this.ceiling = ceiling;
        this.horizon = horizon;
        this.nodes = nodes;
        this.step = step;
        limitA = new double[nodes];
        crossingS = new double[nodes - 1];
        up = new double[nodes];
        down = new double[nodes];
    }

    /** Finds the ends of slot k. */
    void find(SocTable table, int k) {
        ceiling.slot(horizon, k);
        double dtS = horizon.durationS[k];
        leastNodes = leastNodes(k);
        if (horizon.capW[k] > 0.0) {
            ceiling.stations(table.cellA, table.ocvV, table.ohm, limitA);
            cross();
            sweepUp(dtS);
        }
        if (horizon.sellW[k] > 0.0) {
            ceiling.dischargeStations(table.cellBackA, table.ocvV, table.ohm, limitA);
            cross();
            sweepDown(dtS);
        }
    }

    /** How many nodes the least current moves the SOC in slot k. */
    double leastNodes(int k) {
        return ceiling.leastA * horizon.durationS[k] / (3600.0 * pack.capacityAh * step);
    }

    private void cross() {
        double halfPerA = 0.5 / (3600.0 * pack.capacityAh);
        for (int i = 0; i < nodes - 1; i++) {
            double mean = (limitA[i] + limitA[i + 1]) * halfPerA;
            crossingS[i] = mean > LEAST_RATE_PER_S ? step / mean : Double.POSITIVE_INFINITY;
        }
    }

    private void sweepUp(double dtS) {
        int to = 0;
        double usedS = 0.0;
        for (int i = 0; i < nodes; i++) {
            if (to < i) {
                to = i;
                usedS = 0.0;
            }
            while (to < nodes - 1 && usedS + crossingS[to] <= dtS) {
                usedS += crossingS[to];
                to++;
            }
            double part = to < nodes - 1 ? (dtS - usedS) / crossingS[to] : 0.0;
            up[i] = to + part;
            if (to > i) {
                usedS -= crossingS[i];
            }
        }
    }

    private void sweepDown(double dtS) {
        int to = nodes - 1;
        double usedS = 0.0;
        for (int i = nodes - 1; i >= 0; i--) {
            if (to > i) {
                to = i;
                usedS = 0.0;
            }
            while (to > 0 && usedS + crossingS[to - 1] <= dtS) {
                usedS += crossingS[to - 1];
                to--;
            }
            double part = to > 0 ? (dtS - usedS) / crossingS[to - 1] : 0.0;
            down[i] = to - part;
            if (to < i) {
                usedS -= crossingS[i - 1];
            }
        }
    }
}
