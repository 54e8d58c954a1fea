package io.github.bms4j.num;

/**
 * A table y(x): straight lines between its nodes, held flat outside them.
 *
 * <p>One node is a constant. Bad input: NaN in, NaN out. Thread: any, immutable. Allocation: none after construction.
 */
public final class Table1D {
    private final Axis x;
    private final double[] y;

    /**
     * @param x strictly increasing, finite, at least one node
     * @param y as many finite values
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public Table1D(double[] x, double[] y) {
        this.x = new Axis("x", x, 1);
        this.y = values("y", y, x.length);
    }

    static double[] values(String name, double[] y, int length) {
        if (y.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " values but has " + y.length);
        }
        for (int i = 0; i < y.length; i++) {
            Check.finite(name + "[" + i + "]", y[i]);
        }
        return y.clone();
    }

    /** The value at {@code x}; outside the nodes that of the nearest node. */
    public double at(double x) {
        if (x <= this.x.first()) {
            return y[0];
        }
        if (x >= this.x.last()) {
            return y[y.length - 1];
        }
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        int k = this.x.segment(x);
        double x0 = this.x.node(k);
        return y[k] + (y[k + 1] - y[k]) * ((x - x0) / (this.x.node(k + 1) - x0));
    }

    /** dy/dx at {@code x}: of the segment to the right at an inner node, 0 outside the nodes and at the last one. */
    public double slopeAt(double x) {
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x < this.x.first() || x >= this.x.last()) {
            return 0.0;
        }
        int k = this.x.segment(x);
        return (y[k + 1] - y[k]) / (this.x.node(k + 1) - this.x.node(k));
    }
}
