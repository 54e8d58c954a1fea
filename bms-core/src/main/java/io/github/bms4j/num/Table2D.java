package io.github.bms4j.num;

import java.util.Arrays;

/**
 * A table z(x, y) on a rectangular grid: bilinear between its nodes, held flat outside them in each direction.
 *
 * <p>An axis of one node means no dependence on that coordinate. Bad input: NaN in, NaN out (also where the axis has
 * one node). Thread: any, immutable. Allocation: none after construction.
 */
public final class Table2D {
    private final Axis x;
    private final Axis y;
    /** Row after row: z(x[i], y[j]) at j * columns + i. */
    private final double[] z;

    /**
     * @param x strictly increasing, finite, at least one node
     * @param y strictly increasing, finite, at least one node
     * @param z finite values, {@code z[j][i]} belonging to {@code x[i]} and {@code y[j]}: one row per y
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public Table2D(double[] x, double[] y, double[][] z) {
        this.x = new Axis("x", x, 1);
        this.y = new Axis("y", y, 1);
        if (z.length != y.length) {
            throw new IllegalArgumentException("z must have " + y.length + " rows but has " + z.length);
        }
        this.z = new double[x.length * y.length];
        for (int j = 0; j < y.length; j++) {
            System.arraycopy(Table1D.values("z[" + j + "]", z[j], x.length), 0, this.z, j * x.length, x.length);
        }
    }

    /** The value at (x, y); outside the grid that of its nearest edge point. */
    public double at(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        int columns = columns();
        int i = column(x);
        int j = row(y);
        double u = alongColumn(i, x);
        double v = alongRow(j, y);
        int low = j * columns + i;
        int right = columns > 1 ? 1 : 0;
        int up = rows() > 1 ? columns : 0;
        double below = z[low] + u * (z[low + right] - z[low]);
        double above = z[low + up] + u * (z[low + up + right] - z[low + up]);
        return below + v * (above - below);
    }

    /** Whether another table stands on the same nodes. */
    boolean sameGrid(Table2D other) {
        return Arrays.equals(x.toArray(), other.x.toArray()) && Arrays.equals(y.toArray(), other.y.toArray());
    }

    int columns() {
        return x.size();
    }

    int rows() {
        return y.size();
    }

    /** The value of a node, counted row after row. */
    double node(int k) {
        return z[k];
    }

    /** The column that x lies in or, between two nodes, to the right of. */
    int column(double x) {
        return this.x.segment(x);
    }

    /** The row that y lies in or above. */
    int row(double y) {
        return this.y.segment(y);
    }

    /** How far x lies along the way from a column to the next, 0…1. */
    double alongColumn(int i, double x) {
        return part(this.x, i, x);
    }

    /** How far y lies along the way from a row to the next, 0…1. */
    double alongRow(int j, double y) {
        return part(this.y, j, y);
    }

    /** How far along segment k the coordinate lies, within [0, 1]; 0 on an axis of one node. */
    private static double part(Axis axis, int k, double at) {
        if (axis.size() == 1) {
            return 0.0;
        }
        double from = axis.node(k);
        return Math.min(1.0, Math.max(0.0, (at - from) / (axis.node(k + 1) - from)));
    }
}
