package io.github.bms4j.sim.detect;

import io.github.bms4j.detect.PlatingDetector;
import java.util.ArrayList;
import java.util.List;

/** The true relaxation of the plated cell, to hold the detector's bulge against. */
final class Relaxation {
    private final List<double[]> rows = new ArrayList<>();

    /** Notes true voltage and what plated lithium adds to it, V, at a time since the end of the charge, s. */
    void note(double atS, double trueV, double addedV) {
        rows.add(new double[] {atS, trueV, addedV});
    }

    /** The bulge that a detector without noise would have seen over its clearest triple, V. */
    double trueBulgeV(PlatingDetector detector, int cell) {
        int column = detector.againstNeighbours(cell) ? 2 : 1;
        double from = detector.tripleS(cell, 0);
        double middle = detector.tripleS(cell, 1);
        double to = detector.tripleS(cell, 2);
        double w = (to - middle) / (to - from);
        return at(middle, column) - w * at(from, column) - (1.0 - w) * at(to, column);
    }

    /** Mean over the span that a mean time stands for: a ninth of it to either side. */
    private double at(double s, int column) {
        double sum = 0.0;
        int n = 0;
        for (double[] row : rows) {
            if (Math.abs(row[0] - s) <= Math.max(5.0, s / 9.0)) {
                sum += row[column];
                n++;
            }
        }
        return sum / n;
    }
}
