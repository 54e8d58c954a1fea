package io.github.bms4j.limit;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.ResistanceMap;

/**
 * A cell's curve and resistances on an even grid, so that a prediction finds them by an index and not by a search.
 *
 * <p>Half a point of SOC and two kelvins apart. The curve is a cubic with the values and slopes of the original at the grid's
 * points, straight beyond SOC 0 and 1; everything else is linear between the points, held at the ends. Where the tables of the
 * type have their nodes on the grid, only the temperature is coarser than in {@link ResistanceMap}: for 25 kJ/mol by 0.2 % of
 * the resistance at -10 °C. Thread: any, immutable.
 */
final class CircuitTables {
    /** Intervals per unit of SOC. */
    static final int GRID = 200;
    /** Figures per interval of the curve: c0…c3, gap and its rise, dU/dT and its rise; all over the part of the interval. */
    static final int CURVE = 8;
    /** Resistances at a point: R0 and three pairs. */
    static final int OHMS = 4;

    static final double COLDEST_DEG_C = -40.0;
    static final double STEP_K = 2.0;
    static final int ROWS = 61;
    /** Figures of one row of resistances. */
    static final int ROW = (GRID + 1) * OHMS;

    private static final double MOST_WARMING_K = 20.0;

    /** A pair may weigh more than the model says, against R0: as far as the learned ratios mostly go. */
    private static final double PAIR_SHARE = 1.5;

    /** Points of the grid to either side that a SOC may move to. */
    private static final int WARMING_REACH = 16;

    final double[] curve = new double[(GRID + 2) * CURVE];
    final double[] ohm = new double[ROWS * ROW];
    final double referenceDegC;
    private final double[] mostWarmingK = new double[ROWS * (GRID + 1)];

    CircuitTables(CellType type) {
        OcvCurve ocv = type.ocv();
        referenceDegC = ocv.referenceDegC();
        for (int k = 0; k <= GRID + 1; k++) {
            curve(ocv, k);
        }
        Circuit circuit = type.circuit();
        for (int t = 0; t < ROWS; t++) {
            double degC = COLDEST_DEG_C + t * STEP_K;
            for (int j = 0; j <= GRID; j++) {
                double soc = (double) j / GRID;
                int at = t * ROW + j * OHMS;
                ohm[at] = circuit.r0().ohm(soc, degC);
                for (int b = 0; b < circuit.branches().size(); b++) {
                    ohm[at + 1 + b] = circuit.branches().get(b).resistance().ohm(soc, degC);
                }
            }
        }
        mostWarmingK();
    }

    /**
     * From a row on, as many kelvins of warming as never make more current the lesser evil: with a resistance that falls by beta per
     * kelvin the drop i R(T + k i²) rises with i only while the warming is below 1 / (2 beta). The pairs count in every mixture.
     */
    private double mostWarmingK(int row, int point) {
        double beta = 0.0;
        double warmingK = MOST_WARMING_K;
        for (int t = row; t < ROWS - 1 && (t - row - 1) * STEP_K < warmingK; t++) {
            int at = t * ROW + point * OHMS;
            for (int pairs = 0; pairs < 1 << (OHMS - 1); pairs++) {
                double now = ohm[at];
                double warmer = ohm[at + ROW];
                for (int r = 1; r < OHMS; r++) {
                    int share = (pairs >> (r - 1)) & 1;
                    now += share * PAIR_SHARE * ohm[at + r];
                    warmer += share * PAIR_SHARE * ohm[at + ROW + r];
                }
                beta = Math.max(beta, (now / warmer - 1.0) / STEP_K);
            }
            warmingK = Math.min(warmingK, 0.5 / beta);
        }
        return warmingK;
    }

    private void mostWarmingK() {
        double[] own = new double[GRID + 1];
        for (int t = 0; t < ROWS; t++) {
            for (int j = 0; j <= GRID; j++) {
                own[j] = mostWarmingK(t, j);
            }
            for (int j = 0; j <= GRID; j++) {
                double least = own[j];
                for (int k = Math.max(0, j - WARMING_REACH); k <= Math.min(GRID, j + WARMING_REACH); k++) {
                    least = Math.min(least, own[k]);
                }
                mostWarmingK[t * (GRID + 1) + j] = least;
            }
        }
    }

    /** How many kelvins of warming from a SOC and a temperature on may be counted on, K. */
    double mostWarmingK(double soc, double degC) {
        double warm = (degC - COLDEST_DEG_C) * (1.0 / STEP_K);
        int t = Math.max(1, Math.min(ROWS - 1, (int) warm));
        double y = warm - t;
        y = y < 0.0 ? 0.0 : y > 1.0 ? 1.0 : y;
        int at = t * (GRID + 1) + Math.max(0, Math.min(GRID, (int) (soc * GRID)));
        double colder = mostWarmingK[at - GRID - 1];
        return colder + y * (mostWarmingK[at] - colder);
    }

    /** Interval k begins at point k - 1; the first and the last reach to infinity. */
    private void curve(OcvCurve ocv, int k) {
        int at = k * CURVE;
        boolean inside = k > 0 && k <= GRID;
        double from = (double) Math.max(0, k - 1) / GRID;
        double to = inside ? (double) k / GRID : from;
        double y = ocv.v(from, referenceDegC);
        double rise = ocv.v(to, referenceDegC) - y;
        double slope = ocv.slopeV(from, referenceDegC) / GRID;
        double endSlope = ocv.slopeV(to, referenceDegC) / GRID;
        curve[at] = y;
        curve[at + 1] = slope;
        if (inside) {
            curve[at + 2] = 3.0 * rise - 2.0 * slope - endSlope;
            curve[at + 3] = slope + endSlope - 2.0 * rise;
        }
        double gap = ocv.hysteresis().halfGapV(from);
        curve[at + 4] = gap;
        curve[at + 5] = ocv.hysteresis().halfGapV(to) - gap;
        double entropic = ocv.entropicVPerK(from);
        curve[at + 6] = entropic;
        curve[at + 7] = ocv.entropicVPerK(to) - entropic;
    }

    /** Place of the interval's figures in {@link #curve}. */
    static int interval(double soc) {
        return Math.max(0, Math.min(GRID + 1, (int) (soc * GRID + 1.0))) * CURVE;
    }

    /** How far the SOC is along the interval that {@link #interval} found. */
    static double part(double soc, int interval) {
        return soc * GRID - Math.max(0, interval / CURVE - 1);
    }

    /** The open-circuit voltage with what hysteresis adds, V. */
    double openV(double soc, double hysteresis, double degC) {
        int k = interval(soc);
        double x = part(soc, k);
        double[] c = curve;
        double middle = c[k] + x * (c[k + 1] + x * (c[k + 2] + x * c[k + 3]));
        double gap = c[k + 4] + x * c[k + 5];
        double entropic = c[k + 6] + x * c[k + 7];
        return middle + hysteresis * gap + entropic * (degC - referenceDegC);
    }

    /** Resistance 0 or of a pair at a SOC and temperature, Ω. */
    double ohm(int r, double soc, double degC) {
        double at = Math.max(0.0, Math.min((double) GRID, soc * GRID));
        int j = Math.min(GRID - 1, (int) at);
        double x = at - j;
        double warm = Math.max(0.0, Math.min(ROWS - 1.0, (degC - COLDEST_DEG_C) / STEP_K));
        int t = Math.min(ROWS - 2, (int) warm);
        double y = warm - t;
        int low = t * ROW + j * OHMS + r;
        int up = low + ROW;
        double below = ohm[low] + x * (ohm[low + OHMS] - ohm[low]);
        double above = ohm[up] + x * (ohm[up + OHMS] - ohm[up]);
        return below + y * (above - below);
    }
}
