package io.github.bms4j.cell.fit;

import java.util.Arrays;

/**
 * The voltage of a cell type along a track, with its exact derivatives by every parameter.
 *
 * <pre>
 * v = U(s) + dU/dT(s) (T - Tref) + h M(s) - v1 - v2 - v3 - R0(s, T) i
 * vb' = a vb + (1 - a) Rb(s, T) i,   a = exp(-dt / taub)
 * h'  = sign + (h - sign) exp(-g |ds|)
 * </pre>
 *
 * <p>The derivatives of the states obey the same recursions (docs/theory/cell-fit.md). A resistance lies on straight lines
 * over SOC; over temperature its logarithm is straight in 1/T between the rows and goes on by the activation energy beyond.
 * One track at a time; allocates nothing while it walks.
 */
final class VoltageModel {
    private static final double GAS_KJ_PER_MOL_K = 8.31446261815324e-3;
    private static final double ZERO_DEG_C_IN_K = 273.15;
    private static final int PAIRS = FitLayout.MAPS - 1;
    /** Sensitivities below this are left out of a row, V. */
    private static final double NEGLIGIBLE_V = 1e-7;

    /** Takes what the model says of a row. */
    interface Sink {
        /**
         * Takes a row.
         *
         * @param modelV voltage of the model, V
         * @param index parameters the voltage depends on
         * @param slope its derivatives by them
         * @param count how many
         */
        void row(FitTrack track, int row, double modelV, int[] index, double[] slope, int count);
    }

    private final FitLayout layout;
    private final int nodes = FitLayout.OHM_SOC.length;
    private final int rowCount;
    private final double[] inverseK;
    private double[] x = new double[0];

    private final int[] index;
    private final double[] slope;
    private int count;
    private double socSlopeV;

    // The four-point neighbourhood of a resistance: SOC segment, its two weights, temperature row and weight.
    private int socSegment;
    private double socWeight;
    private int lowRow;
    private double highRowWeight;
    private double beyond;
    private double atDegC = Double.NaN;
    private final double[][] along = new double[FitLayout.MAPS][FitLayout.OHM_SOC.length];
    private double ohm;
    private double ohmSlope;

    private final double[] pairV = new double[PAIRS];
    private final double[][] byNode;
    private final double[] byActivation = new double[PAIRS];
    private final double[] byTau = new double[PAIRS];
    private final double[] byStart = new double[PAIRS];
    private double hByDrift;
    private final double[] byDrift = new double[PAIRS];

    VoltageModel(FitLayout layout) {
        this.layout = layout;
        rowCount = layout.rowDegC.length;
        inverseK = new double[rowCount];
        for (int t = 0; t < rowCount; t++) {
            inverseK[t] = 1.0 / (layout.rowDegC[t] + ZERO_DEG_C_IN_K);
        }
        byNode = new double[PAIRS][rowCount * nodes];
        index = new int[layout.size() + 16];
        slope = new double[layout.size() + 16];
    }

    /** The parameters from now on; not copied. */
    void use(double[] parameters) {
        x = parameters;
        atDegC = Double.NaN;
    }

    /** Resistance of a map, Ω. */
    double ohm(int map, double soc, double degC) {
        locate(soc, degC);
        read(map);
        return ohm;
    }

    /** Slope of the open-circuit voltage, V per unit SOC. */
    double ocvSlopeV(double soc) {
        int k = FitLayout.segment(FitLayout.OCV_SOC, soc);
        return (x[k + 1] - x[k]) / (FitLayout.OCV_SOC[k + 1] - FitLayout.OCV_SOC[k]);
    }

    /** Open-circuit voltage, middle of the branches, V. */
    double ocvV(double soc, double degC) {
        int k = FitLayout.segment(FitLayout.OCV_SOC, soc);
        double v = x[k] + ocvSlopeV(soc) * (soc - FitLayout.OCV_SOC[k]);
        int e = FitLayout.segment(FitLayout.ENTROPY_SOC, soc);
        double part = part(FitLayout.ENTROPY_SOC, e, soc);
        double mvPerK = x[layout.entropy + e] * (1.0 - part) + x[layout.entropy + e + 1] * part;
        return v + 1e-3 * mvPerK * (degC - layout.referenceDegC);
    }

    /** Walks a track; its SOC axis from the parameters. */
    void walk(FitTrack track, Sink sink) {
        Arrays.fill(pairV, 0.0);
        for (double[] b : byNode) {
            Arrays.fill(b, 0.0);
        }
        Arrays.fill(byActivation, 0.0);
        Arrays.fill(byTau, 0.0);
        Arrays.fill(byStart, 0.0);
        Arrays.fill(byDrift, 0.0);
        double start = track.startParameter >= 0 ? x[track.startParameter] : track.anchorSoc;
        double drift = track.driftParameter >= 0 ? x[track.driftParameter] : 0.0;
        double turn = StrictMath.exp(x[layout.turn]);
        double h = track.startTurn;
        double hByTurn = 0.0;
        hByDrift = 0.0;
        double soc = Double.NaN;
        for (int k = 0; k < track.rows(); k++) {
            double lastSoc = soc;
            soc = start - (track.ah[k] - track.ah[track.anchorRow]) / layout.capacityAh + drift * track.driftBy(k);
            if (k > 0) {
                stepPairs(track, k, lastSoc);
                double moved = soc - lastSoc;
                double end = moved > 0.0 ? 1.0 : moved < 0.0 ? -1.0 : h;
                double kept = StrictMath.exp(-turn * Math.abs(moved));
                hByTurn = kept * (hByTurn + turn * Math.abs(moved) * (end - h));
                hByDrift = kept
                        * (hByDrift
                                + turn * Math.signum(moved) * (track.driftBy(k) - track.driftBy(k - 1)) * (end - h));
                h = end + (h - end) * kept;
            }
            sink.row(track, k, voltage(track, k, soc, h, hByTurn), index, slope, count);
        }
    }

    private void stepPairs(FitTrack track, int k, double soc) {
        double dtS = track.timeS[k] - track.timeS[k - 1];
        double currentA = track.stepA[k];
        locate(soc, track.degC[k - 1]);
        for (int b = 0; b < PAIRS; b++) {
            double tauS = StrictMath.exp(x[layout.tau + b]);
            double keep = StrictMath.exp(-dtS / tauS);
            double pull = 1.0 - keep;
            read(b + 1);
            double driven = ohm * currentA;
            byTau[b] = keep * (byTau[b] + dtS / tauS * (pairV[b] - driven));
            pairV[b] += pull * (driven - pairV[b]);
            double[] s = byNode[b];
            for (int n = 0; n < s.length; n++) {
                s[n] *= keep;
            }
            double scaled = pull * currentA;
            double[] column = along[b + 1];
            addNode(s, socSegment, (1.0 - socWeight) * column[socSegment] * scaled);
            addNode(s, socSegment + 1, socWeight * column[socSegment + 1] * scaled);
            byActivation[b] = keep * byActivation[b] + beyond * ohm * scaled;
            byStart[b] = keep * byStart[b] + ohmSlope * scaled;
            byDrift[b] = keep * byDrift[b] + ohmSlope * track.driftBy(k - 1) * scaled;
        }
    }

    private void addNode(double[] s, int node, double value) {
        s[lowRow * nodes + node] += (1.0 - highRowWeight) * value;
        if (highRowWeight != 0.0) {
            s[(lowRow + 1) * nodes + node] += highRowWeight * value;
        }
    }

    private double voltage(FitTrack track, int k, double soc, double h, double hByTurn) {
        count = 0;
        double degC = track.degC[k];
        double v = curve(FitLayout.OCV_SOC, layout.ocv, soc, 1.0);
        double byUnit = socSlopeV;
        double inside = Math.min(1.0, Math.max(0.0, soc));
        double shift = 1e-3 * (degC - layout.referenceDegC);
        v += curve(FitLayout.ENTROPY_SOC, layout.entropy, inside, shift);
        byUnit += socSlopeV;
        double gapV = logCurve(FitLayout.GAP_SOC, layout.gap, inside, h);
        v += h * gapV;
        byUnit += socSlopeV;
        if (track.offsetParameter >= 0) {
            v += curve(FitLayout.OFFSET_SOC, track.offsetParameter, inside, 1.0);
            byUnit += socSlopeV;
        }
        locate(soc, degC);
        read(0);
        double currentA = track.currentA[k];
        v -= ohm * currentA;
        byUnit -= ohmSlope * currentA;
        double[] column = along[0];
        for (int side = 0; side < 2; side++) {
            int node = socSegment + side;
            double part = (side == 0 ? 1.0 - socWeight : socWeight) * column[node] * -currentA;
            put(layout.ohm(0, lowRow, node), (1.0 - highRowWeight) * part);
            if (highRowWeight != 0.0) {
                put(layout.ohm(0, lowRow + 1, node), highRowWeight * part);
            }
        }
        put(layout.activation, -beyond * ohm * currentA);
        double byHour = byUnit * track.driftBy(k);
        for (int b = 0; b < PAIRS; b++) {
            v -= pairV[b];
            double[] s = byNode[b];
            int first = layout.ohm[b + 1];
            for (int n = 0; n < s.length; n++) {
                put(first + n, -s[n]);
            }
            put(layout.activation + b + 1, -byActivation[b]);
            put(layout.tau + b, -byTau[b]);
            byUnit -= byStart[b];
            byHour -= byDrift[b];
        }
        put(layout.turn, hByTurn * gapV);
        if (track.startParameter >= 0) {
            put(track.startParameter, byUnit);
        }
        if (track.driftParameter >= 0) {
            put(track.driftParameter, byHour + hByDrift * gapV);
        }
        return v;
    }

    /** Straight lines over nodes, going on straight beyond; adds its derivatives, times the factor. */
    private double curve(double[] at, int first, double soc, double factor) {
        int k = FitLayout.segment(at, soc);
        double part = part(at, k, soc);
        put(first + k, factor * (1.0 - part));
        put(first + k + 1, factor * part);
        socSlopeV = factor * (x[first + k + 1] - x[first + k]) / (at[k + 1] - at[k]);
        return factor * (x[first + k] * (1.0 - part) + x[first + k + 1] * part);
    }

    /** Straight lines over nodes given by their logarithms; the value, and the factor in the derivatives only. */
    private double logCurve(double[] at, int first, double soc, double factor) {
        int k = FitLayout.segment(at, soc);
        double part = part(at, k, soc);
        double low = StrictMath.exp(x[first + k]);
        double high = StrictMath.exp(x[first + k + 1]);
        put(first + k, factor * (1.0 - part) * low);
        put(first + k + 1, factor * part * high);
        socSlopeV = factor * (high - low) / (at[k + 1] - at[k]);
        return low * (1.0 - part) + high * part;
    }

    private static double part(double[] at, int k, double soc) {
        return (soc - at[k]) / (at[k + 1] - at[k]);
    }

    private void put(int parameter, double derivative) {
        if (Math.abs(derivative) > NEGLIGIBLE_V) {
            index[count] = parameter;
            slope[count++] = derivative;
        }
    }

    private void locate(double soc, double degC) {
        double inside = Math.min(1.0, Math.max(0.0, soc));
        socSegment = FitLayout.segment(FitLayout.OHM_SOC, inside);
        socWeight = part(FitLayout.OHM_SOC, socSegment, inside);
        if (degC == atDegC) {
            return;
        }
        atDegC = degC;
        double here = 1.0 / (degC + ZERO_DEG_C_IN_K);
        lowRow = 0;
        while (lowRow < rowCount - 1 && degC >= layout.rowDegC[lowRow + 1]) {
            lowRow++;
        }
        boolean colder = degC < layout.rowDegC[0];
        boolean warmer = lowRow == rowCount - 1;
        beyond = colder || warmer ? (here - inverseK[lowRow]) / GAS_KJ_PER_MOL_K : 0.0;
        highRowWeight = colder || warmer ? 0.0 : (here - inverseK[lowRow]) / (inverseK[lowRow + 1] - inverseK[lowRow]);
        for (int m = 0; m < FitLayout.MAPS; m++) {
            double shift = beyond * x[layout.activation + m];
            for (int n = 0; n < nodes; n++) {
                double ln = x[layout.ohm(m, lowRow, n)];
                if (highRowWeight != 0.0) {
                    ln += highRowWeight * (x[layout.ohm(m, lowRow + 1, n)] - ln);
                }
                along[m][n] = StrictMath.exp(ln + shift);
            }
        }
    }

    /** Resistance of a map at the located point, and its slope over SOC. */
    private void read(int map) {
        double low = along[map][socSegment];
        double high = along[map][socSegment + 1];
        ohm = low + socWeight * (high - low);
        ohmSlope = (high - low) / (FitLayout.OHM_SOC[socSegment + 1] - FitLayout.OHM_SOC[socSegment]);
    }
}
