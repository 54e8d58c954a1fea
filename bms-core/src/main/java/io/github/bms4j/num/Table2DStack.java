package io.github.bms4j.num;

/**
 * Several tables z(x, y) that are read at the same point: where all stand on the same nodes, the point is found once.
 *
 * <p>The values are those of {@link Table2D#at}, to the last bit. Bad input: NaN in, NaN out. Thread: any, immutable. Allocation:
 * none after construction.
 */
public final class Table2DStack {
    private final Table2D[] tables;
    private final boolean oneGrid;
    /** Where all stand on one grid, the values of a node side by side. */
    private final double[] z;

    private final int columns;
    private final int right;
    private final int up;

    /**
     * @param tables at least one
     * @throws IllegalArgumentException without a table
     */
    public Table2DStack(Table2D... tables) {
        Check.atLeast("tables", tables.length, 1);
        this.tables = tables.clone();
        boolean same = true;
        for (Table2D table : tables) {
            same &= table.sameGrid(tables[0]);
        }
        oneGrid = same;
        columns = tables[0].columns();
        right = columns > 1 ? tables.length : 0;
        up = tables[0].rows() > 1 ? columns * tables.length : 0;
        z = new double[same ? tables[0].rows() * columns * tables.length : 0];
        for (int k = 0; k < z.length; k++) {
            z[k] = tables[k % tables.length].node(k / tables.length);
        }
    }

    /** Puts the value of each table at (x, y) into {@code values}, in their order. */
    public void at(double x, double y, double[] values) {
        int n = tables.length;
        if (!oneGrid || Double.isNaN(x) || Double.isNaN(y)) {
            for (int k = 0; k < n; k++) {
                values[k] = tables[k].at(x, y);
            }
            return;
        }
        Table2D first = tables[0];
        int i = first.column(x);
        int j = first.row(y);
        double u = first.alongColumn(i, x);
        double v = first.alongRow(j, y);
        int low = (j * columns + i) * n;
        for (int k = 0; k < n; k++, low++) {
            double below = z[low] + u * (z[low + right] - z[low]);
            double above = z[low + up] + u * (z[low + up + right] - z[low + up]);
            values[k] = below + v * (above - below);
        }
    }
}
