package io.github.bms4j.journal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pack carries through the time without power beside what its cells are: heat in fuse and precharge resistor, what limits and
 * balancing have learned, what detectors and the fault table have found.
 *
 * <p>It keeps numbers and judges none: whoever takes them up says whether they can be true. Unknown is NaN, an empty array or an
 * empty list. Units: A², A²s, V², Ah of a measured cell, J. Thread: one. Allocation: none where an array is handed in.
 */
public final class CarriedState {
    /** Numbers that the learned responses of one cell are kept in. */
    static final int RESPONSES = 4;

    /** Means of the squared current at fuse and contactors, A²; empty while unknown. */
    double[] loadsA2 = new double[0];

    double fuseHeatA2s = Double.NaN;
    final double[] responsesV2;
    final double[] differenceAh;
    final double[] differenceSigmaAh;

    @Nullable
    StoredContactors contactors;

    double contactorsUtcS = Double.NaN;
    /** What a {@link Restart} in a flight record had worked out. */
    double unseenA;

    double unseenS;
    List<StoredFinding> findings = List.of();
    List<StoredFrame> frames = List.of();

    CarriedState(int cells) {
        responsesV2 = unknown(RESPONSES * cells);
        differenceAh = unknown(cells);
        differenceSigmaAh = unknown(cells);
    }

    private static double[] unknown(int n) {
        double[] values = new double[n];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Means of the squared current at fuse and contactors, A², for the owner to read and write; {@code n} of them, NaN at first. */
    public double[] loadsA2(int n) {
        if (loadsA2.length != n) {
            loadsA2 = unknown(n);
        }
        return loadsA2;
    }

    /** The same as they came back; empty while unknown. */
    public double[] loadsA2() {
        return loadsA2;
    }

    /** Sums of the learned responses, V², four a cell, for the owner to read and write. */
    public double[] responsesV2() {
        return responsesV2;
    }

    /** Heat in the fuse above that of its rated current, A²s; NaN while unknown. */
    public double fuseHeatA2s() {
        return fuseHeatA2s;
    }

    /** Sets it. */
    public void fuseHeatA2s(double heatA2s) {
        fuseHeatA2s = heatA2s;
    }

    /** Charge of a cell above the mean cell's as balancing counts it, Ah; NaN while unknown. */
    public double differenceAh(int cell) {
        return differenceAh[cell];
    }

    /** Its standard deviation, Ah; NaN while unknown. */
    public double differenceSigmaAh(int cell) {
        return differenceSigmaAh[cell];
    }

    /** Sets what balancing knows of a cell; a standard deviation that is not finite is not knowing. */
    public void difference(int cell, double ah, double sigmaAh) {
        boolean known = sigmaAh < Double.POSITIVE_INFINITY;
        differenceAh[cell] = known ? ah : Double.NaN;
        differenceSigmaAh[cell] = known ? sigmaAh : Double.NaN;
    }

    /** What the contactors must not forget; null for none, or while unknown. */
    public @Nullable StoredContactors contactors() {
        return contactors;
    }

    /** Sets it. */
    public void contactors(@Nullable StoredContactors newContactors) {
        contactors = newContactors;
    }

    /** What detectors had found and learned. */
    public List<StoredFinding> findings() {
        return findings;
    }

    /** Sets it; the list is copied. */
    public void findings(List<StoredFinding> newFindings) {
        findings = List.copyOf(newFindings);
    }

    /** Freeze frames of the latest faults. */
    public List<StoredFrame> frames() {
        return frames;
    }

    /** Sets them; the list is copied. */
    public void frames(List<StoredFrame> newFrames) {
        frames = List.copyOf(newFrames);
    }
}
