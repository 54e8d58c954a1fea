package io.github.bms4j.cell.fit;

/**
 * Where each parameter stands in the vector of the fit.
 *
 * <p>Open-circuit voltages and entropy stand as they are (V, mV/K), half gaps and resistances as logarithms, time constants
 * and the turn of hysteresis as logarithms, activation energies in kJ/mol, start SOC as fraction, drift in SOC per hour.
 */
final class FitLayout {
    /** R0 and three RC pairs. */
    static final int MAPS = 4;

    static final double[] OCV_SOC = {
        0.0, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.24,
                0.26,
        0.28, 0.3, 0.32, 0.34, 0.36, 0.38, 0.4, 0.42, 0.44, 0.46, 0.48, 0.5, 0.52, 0.54, 0.56, 0.58, 0.6, 0.62, 0.64,
                0.66,
        0.68, 0.7, 0.72, 0.74, 0.76, 0.78, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.97, 0.98, 0.985, 0.99,
                0.995,
        1.0
    };
    static final double[] ENTROPY_SOC = {0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0};
    static final double[] GAP_SOC = {0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0};
    static final double[] OHM_SOC = {0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0};
    static final double[] OFFSET_SOC = {0.0, 0.2, 0.4, 0.6, 0.8, 1.0};

    final double[] rowDegC;
    final double referenceDegC;
    final double capacityAh;
    final int ocv = 0;
    final int entropy;
    final int gap;
    final int[] ohm = new int[MAPS];
    final int activation;
    final int tau;
    final int turn;
    private int size;

    FitLayout(double[] rowDegC, double referenceDegC, double capacityAh) {
        this.rowDegC = rowDegC.clone();
        this.referenceDegC = referenceDegC;
        this.capacityAh = capacityAh;
        entropy = OCV_SOC.length;
        gap = entropy + ENTROPY_SOC.length;
        int next = gap + GAP_SOC.length;
        for (int m = 0; m < MAPS; m++) {
            ohm[m] = next;
            next += rowDegC.length * OHM_SOC.length;
        }
        activation = next;
        tau = activation + MAPS;
        turn = tau + MAPS - 1;
        size = turn + 1;
    }

    /** Takes room for further parameters at the end; the first of them. */
    int add(int count) {
        int first = size;
        size += count;
        return first;
    }

    int size() {
        return size;
    }

    /** ln R of a map at a temperature row and an SOC node. */
    int ohm(int map, int row, int node) {
        return ohm[map] + row * OHM_SOC.length + node;
    }

    /** The segment k with nodes[k] <= x < nodes[k + 1], the first below, the last above. */
    static int segment(double[] nodes, double x) {
        int k = 0;
        while (k < nodes.length - 2 && x >= nodes[k + 1]) {
            k++;
        }
        return k;
    }
}
