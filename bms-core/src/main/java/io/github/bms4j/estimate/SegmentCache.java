package io.github.bms4j.estimate;

import java.util.Arrays;

/**
 * Of every cell of a block the segment its SOC lies in, with that segment's coefficients at the cell's temperature. Most
 * steps only compare the SOC with the segment's ends; {@link CellSegments} is asked when it left them or the temperature
 * moved.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class SegmentCache implements BlockTemperature.Follower {
    /** Half the width of a segment no SOC lies in. */
    private static final double NOWHERE = -1.0;

    private final CellSegments tables;
    private final int[] segment;
    private final double[] tDegC;
    private final int[] row;
    private final double[] partOfRow;
    private final double[] resistanceScale;

    /** The cell's SOC is within the segment while its distance from the middle is at most half. */
    final double[] middle;

    final double[] half;
    /** OCV = c0 + soc (c1 + soc (c2 + soc c3)), V. */
    final double[] c0;

    final double[] c1;
    final double[] c2;
    final double[] c3;
    /** Half the hysteresis gap = gap0 + soc gap1, V. */
    final double[] gap0;

    final double[] gap1;
    /** By how much the squared slope of the curve itself exceeds that of the cubic: below 0 where the cubic was made steeper. */
    final double[] beyond;
    /** Resistance r = at0[r] + soc slope[r], ohm. */
    final double[][] at0;

    final double[][] slope;

    /**
     * @param n cells
     * @param resistances how many of R0 and the pairs are wanted: 0 for a sigma point, which needs only the curve
     */
    SegmentCache(CellSegments tables, int n, int resistances) {
        this.tables = tables;
        segment = new int[n];
        tDegC = new double[Passes.length(n)];
        row = new int[n];
        partOfRow = new double[Passes.length(n)];
        resistanceScale = new double[Passes.length(n)];
        middle = new double[Passes.length(n)];
        half = new double[Passes.length(n)];
        c0 = new double[Passes.length(n)];
        c1 = new double[Passes.length(n)];
        c2 = new double[Passes.length(n)];
        c3 = new double[Passes.length(n)];
        gap0 = new double[Passes.length(n)];
        gap1 = new double[Passes.length(n)];
        beyond = new double[Passes.length(n)];
        at0 = new double[resistances][Passes.length(n)];
        slope = new double[resistances][Passes.length(n)];
        Arrays.fill(resistanceScale, 1.0);
        Arrays.fill(half, NOWHERE);
    }

    /** Scales all resistances of one cell. */
    void scale(int i, double factor) {
        resistanceScale[i] = factor;
        forget(i);
    }

    @Override
    public void temperature(int first, int end, double newDegC) {
        int newRow = CellSegments.row(newDegC);
        double newPart = CellSegments.partOfRow(newDegC);
        for (int i = first; i < end; i++) {
            tDegC[i] = newDegC;
            row[i] = newRow;
            partOfRow[i] = newPart;
            tables.warm(segment[i], newDegC, this, i);
            lines(i);
        }
    }

    private void forget(int i) {
        half[i] = NOWHERE;
    }

    /** Makes the coefficients those of these SOCs. */
    void follow(double[] soc, int n) {
        for (int i = outside(soc, middle, half, 0, n); i < n; i = outside(soc, middle, half, i + 1, n)) {
            load(i, soc[i]);
        }
    }

    /** The first cell from i on that left its segment, or n: a loop of its own, with nothing in it that is rare. */
    private static int outside(double[] soc, double[] middle, double[] half, int i, int n) {
        for (int k = i; k < n; k++) {
            if (Math.abs(soc[k] - middle[k]) > half[k]) {
                return k;
            }
        }
        return n;
    }

    /** The same for one cell. */
    void follow(int i, double soc) {
        if (Math.abs(soc - middle[i]) > half[i]) {
            load(i, soc);
        }
    }

    private void load(int i, double soc) {
        int k = tables.segment(soc, segment[i]);
        segment[i] = k;
        tables.curve(k, tDegC[i], this, i);
        lines(i);
    }

    private void lines(int i) {
        if (at0.length > 0) {
            tables.lines(segment[i], row[i], partOfRow[i], resistanceScale[i], at0, slope, i);
        }
    }

    /** Resistance r of one cell at a SOC of its segment, ohm. */
    double ohm(int r, int i, double soc) {
        return Math.fma(slope[r][i], soc, at0[r][i]);
    }

    /** The slope of the curve there, V. */
    double slopeV(int i, double soc) {
        return Math.fma(soc, Math.fma(soc, 3.0 * c3[i], 2.0 * c2[i]), c1[i]);
    }

    /** The curve there with what hysteresis adds to it, V. */
    double openV(int i, double soc, double hysteresis) {
        double middleV = Math.fma(soc, Math.fma(soc, Math.fma(soc, c3[i], c2[i]), c1[i]), c0[i]);
        return Math.fma(Math.fma(gap1[i], soc, gap0[i]), hysteresis, middleV);
    }
}
