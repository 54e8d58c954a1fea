package io.github.bms4j.sim.trace;

import io.github.bms4j.num.Check;
import java.util.Arrays;
import java.util.List;

/**
 * A growing table of numbers: columns named once, one row per instant.
 *
 * <p>{@link #row()} begins a row in which every value is NaN (not known); {@link #set} fills it. A run keeps the column
 * indices in constants or fields and pays one array store per value.
 *
 * <p>Columns carry their unit in the name ({@code current_a}). Misuse (a column that is not there, a value before the
 * first row) throws at once, unchecked. Thread: one. Allocation: only when the table outgrows its arrays, which then grow
 * by half, so n rows cost a number of copies that is proportional to n.
 */
public final class Trace {
    private static final int FIRST_CAPACITY = 1024;

    private final List<Column> columns;
    private final double[][] values;
    private int capacity = FIRST_CAPACITY;
    private int rows;

    /**
     * A column's name and how many decimals it is written with.
     *
     * @param name a letter, then letters, digits, {@code _}, {@code .} or {@code -}: needs no quotes in a CSV header
     * @param decimals digits after the decimal point, within [0, 9]
     */
    public record Column(String name, int decimals) {
        public Column {
            if (!name.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
                throw new IllegalArgumentException(
                        "column name must be a letter, then letters, digits, '_', '.' or '-' but is \"" + name + "\"");
            }
            Check.within("decimals of column " + name, decimals, 0, FixedDecimal.MAX_DECIMALS);
        }
    }

    /**
     * An empty table.
     *
     * @throws IllegalArgumentException for no columns or two of the same name
     */
    public Trace(List<Column> columns) {
        this.columns = List.copyOf(columns);
        if (this.columns.isEmpty()) {
            throw new IllegalArgumentException("a trace must have at least one column");
        }
        for (int c = 0; c < this.columns.size(); c++) {
            String name = this.columns.get(c).name();
            if (indexOrMinus(name) != c) {
                throw new IllegalArgumentException("column names must differ but \"" + name + "\" is there twice");
            }
        }
        this.values = new double[this.columns.size()][];
        for (int c = 0; c < values.length; c++) {
            values[c] = new double[capacity];
            Arrays.fill(values[c], Double.NaN);
        }
    }

    /** Begins the next row, all of it NaN, and returns its index. */
    public int row() {
        if (rows == capacity) {
            grow();
        }
        return rows++;
    }

    /**
     * Sets one value of the row begun last.
     *
     * @throws IndexOutOfBoundsException if there is no such column or no row yet
     */
    public void set(int column, double value) {
        values[column][rows - 1] = value;
    }

    /**
     * One value.
     *
     * @throws IndexOutOfBoundsException if there is no such column or row
     */
    public double get(int column, int row) {
        return values[column][checkRow(row)];
    }

    /** How many rows were begun. */
    public int rows() {
        return rows;
    }

    /** The columns in their order. */
    public List<Column> columns() {
        return columns;
    }

    /**
     * Where the column of this name stands.
     *
     * @throws IllegalArgumentException if there is none
     */
    public int indexOf(String name) {
        int index = indexOrMinus(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column \"" + name + "\" among "
                    + columns.stream().map(Column::name).toList());
        }
        return index;
    }

    /** A copy of one column, as long as there are rows. */
    public double[] column(int column) {
        return Arrays.copyOf(values[column], rows);
    }

    /**
     * A copy of the column of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public double[] column(String name) {
        return column(indexOf(name));
    }

    private int checkRow(int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        return row;
    }

    private int indexOrMinus(String name) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).name().equals(name)) {
                return c;
            }
        }
        return -1;
    }

    private void grow() {
        int larger = capacity + (capacity >> 1);
        for (int c = 0; c < values.length; c++) {
            values[c] = Arrays.copyOf(values[c], larger);
            Arrays.fill(values[c], capacity, larger, Double.NaN);
        }
        capacity = larger;
    }
}
