package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.ResistanceMap;
import java.util.Arrays;

/**
 * A cell's tables cut at every SOC where one of them has a node. Between two cuts the open-circuit voltage is a cubic of
 * the SOC, half the hysteresis gap and every resistance (at one temperature) a straight line, so a filter that knows its
 * cell's segment needs no look-up.
 *
 * <p>The coefficients are those of powers of the SOC itself, not of the distance from the cut: one array less per pass,
 * for at most 1e-10 V of rounding. Exact otherwise; derivation: docs/theory/vector-kernels.md. Below SOC 0 and above SOC
 * 1 lies one segment more each. Thread: any, immutable.
 */
final class CellSegments {
    /** Resistances of a circuit: R0 and up to three RC pairs. */
    static final int RESISTANCES = 4;

    /** Resistance maps are straight between whole degrees, -40 to +80 °C, and held flat beyond: so are these rows. */
    private static final int COLDEST_DEG_C = -40;

    private static final int ROWS = 121;
    private static final double SAME_SOC = 1e-9;
    /** How far beyond SOC 0 and 1 a cell is in the outer segment without looking; farther out it looks every time. */
    private static final double OUTER_WIDTH = 1.0;
    /** A SOC at the very edge looks up, so that rounding cannot keep it in the wrong segment. */
    private static final double INSIDE = 1.0 - 1e-12;

    private final double[] low;
    private final double[] high;
    private final double[] middle;
    private final double[] half;
    private final double[] perWidth;
    private final double[] c0;
    private final double[] c1;
    private final double[] c2;
    private final double[] c3;
    private final double[] entropic0;
    private final double[] entropic1;
    private final double[] gap0;
    private final double[] gap1;
    private final double[] beyond;
    private final double referenceDegC;
    /** Row after row: resistance k at cut j of row t stands at (t * cuts + j) * RESISTANCES + k. */
    private final double[] ohm;

    private final int cuts;

    /** The tables of a type as they are. */
    CellSegments(CellType type) {
        this(type, 0.0);
    }

    /**
     * @param leastEndSlopeV slope that the curve has at least below SOC 0 and above SOC 1, V per unit SOC
     */
    CellSegments(CellType type, double leastEndSlopeV) {
        OcvCurve ocv = type.ocv();
        Hysteresis hysteresis = ocv.hysteresis();
        double[] cut = cuts(type);
        cuts = cut.length;
        referenceDegC = ocv.referenceDegC();
        int segments = cuts + 1;
        low = new double[segments];
        high = new double[segments];
        middle = new double[segments];
        half = new double[segments];
        perWidth = new double[segments];
        c0 = new double[segments];
        c1 = new double[segments];
        c2 = new double[segments];
        c3 = new double[segments];
        entropic0 = new double[segments];
        entropic1 = new double[segments];
        gap0 = new double[segments];
        gap1 = new double[segments];
        beyond = new double[segments];
        for (int k = 0; k < segments; k++) {
            double from = cut[Math.max(0, k - 1)];
            double to = cut[Math.min(cuts - 1, k)];
            low[k] = k == 0 ? Double.NEGATIVE_INFINITY : from;
            high[k] = k == cuts ? Double.POSITIVE_INFINITY : to;
            double width = to > from ? to - from : OUTER_WIDTH;
            middle[k] = k == 0 ? from - 0.5 * width : from + 0.5 * width;
            half[k] = 0.5 * width * INSIDE;
            perWidth[k] = to > from ? 1.0 / (to - from) : 0.0;
            cubic(k, ocv, from, to, leastEndSlopeV);
            gap1[k] = (hysteresis.halfGapV(to) - hysteresis.halfGapV(from)) * perWidth[k];
            gap0[k] = hysteresis.halfGapV(from) - gap1[k] * from;
            entropic1[k] = (ocv.entropicVPerK(to) - ocv.entropicVPerK(from)) * perWidth[k];
            entropic0[k] = ocv.entropicVPerK(from) - entropic1[k] * from;
        }
        ohm = new double[ROWS * cuts * RESISTANCES];
        ResistanceMap[] maps = maps(type.circuit());
        for (int t = 0; t < ROWS; t++) {
            for (int j = 0; j < cuts; j++) {
                for (int k = 0; k < maps.length; k++) {
                    ohm[(t * cuts + j) * RESISTANCES + k] = maps[k].ohm(cut[j], COLDEST_DEG_C + t);
                }
            }
        }
    }

    private static ResistanceMap[] maps(Circuit circuit) {
        ResistanceMap[] maps = new ResistanceMap[1 + circuit.branches().size()];
        maps[0] = circuit.r0();
        for (int k = 1; k < maps.length; k++) {
            maps[k] = circuit.branches().get(k - 1).resistance();
        }
        return maps;
    }

    /** All nodes within [0, 1], increasing, each once. */
    private static double[] cuts(CellType type) {
        double[] all = merge(type.ocv().socs(), type.ocv().hysteresis().socs());
        for (ResistanceMap map : maps(type.circuit())) {
            all = merge(all, map.socs());
        }
        Arrays.sort(all);
        double[] kept = new double[all.length];
        int n = 0;
        for (double soc : all) {
            if (soc >= 0.0 && soc <= 1.0 && (n == 0 || soc - kept[n - 1] > SAME_SOC)) {
                kept[n++] = soc;
            }
        }
        return Arrays.copyOf(kept, n);
    }

    private static double[] merge(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** The cubic with the curve's values and slopes at both ends; beyond SOC 0 and 1 the straight line of the end. */
    private void cubic(int k, OcvCurve ocv, double from, double to, double leastEndSlopeV) {
        double y = ocv.v(from, referenceDegC);
        double slope = ocv.slopeV(from, referenceDegC);
        double b2 = 0.0;
        double b3 = 0.0;
        if (to > from) {
            double h = to - from;
            double secant = (ocv.v(to, referenceDegC) - y) / h;
            double endSlope = ocv.slopeV(to, referenceDegC);
            b2 = (3.0 * secant - 2.0 * slope - endSlope) / h;
            b3 = (slope + endSlope - 2.0 * secant) / (h * h);
        } else if (slope < leastEndSlopeV) {
            beyond[k] = slope * slope - leastEndSlopeV * leastEndSlopeV;
            slope = leastEndSlopeV;
        }
        c3[k] = b3; // y + s (slope + s (b2 + s b3)) with s = soc - from, in powers of soc
        c2[k] = b2 - 3.0 * b3 * from;
        c1[k] = slope - 2.0 * b2 * from + 3.0 * b3 * from * from;
        c0[k] = y - slope * from + b2 * from * from - b3 * from * from * from;
    }

    /** The segment with low <= soc < high, sought from a segment near it. */
    int segment(double soc, int near) {
        int k = near;
        while (soc < low[k]) {
            k--;
        }
        while (soc >= high[k]) {
            k++;
        }
        return k;
    }

    /** Puts the coefficients of segment k at one temperature (not NaN) into place i of the arrays. */
    void curve(int k, double tDegC, SegmentCache into, int i) {
        warm(k, tDegC, into, i);
        into.middle[i] = middle[k];
        into.half[i] = half[k];
        into.c2[i] = c2[k];
        into.c3[i] = c3[k];
        into.gap0[i] = gap0[k];
        into.gap1[i] = gap1[k];
        into.beyond[i] = beyond[k];
    }

    /** Only those that change with the temperature, of a segment that is in place. */
    void warm(int k, double tDegC, SegmentCache into, int i) {
        double apartK = tDegC - referenceDegC;
        into.c0[i] = c0[k] + apartK * entropic0[k];
        into.c1[i] = c1[k] + apartK * entropic1[k];
    }

    /** The row of resistances below a temperature that is not NaN: 0 to the last but one. */
    static int row(double tDegC) {
        return Math.max(0, Math.min(ROWS - 2, (int) (tDegC - COLDEST_DEG_C)));
    }

    /** How far the temperature is on the way from its row to the next: 0 to 1, held at the ends. */
    static double partOfRow(double tDegC) {
        return Math.max(0.0, Math.min(1.0, tDegC - COLDEST_DEG_C - row(tDegC)));
    }

    /** Puts the resistances of segment k at one temperature, times a scale, into place i: values at SOC 0 and slopes. */
    void lines(int k, int t, double part, double scale, double[][] at0, double[][] slope, int i) {
        int row = cuts * RESISTANCES;
        int from = t * row + Math.max(0, k - 1) * RESISTANCES;
        int to = t * row + Math.min(cuts - 1, k) * RESISTANCES;
        double scaledPerWidth = scale * perWidth[k];
        double edge = k == 0 ? high[0] : low[k];
        for (int r = 0; r < at0.length; r++) {
            double left = ohm[from + r] + part * (ohm[from + row + r] - ohm[from + r]);
            double right = ohm[to + r] + part * (ohm[to + row + r] - ohm[to + r]);
            double rise = scaledPerWidth * (right - left);
            slope[r][i] = rise;
            at0[r][i] = scale * left - rise * edge;
        }
    }
}
