package io.github.bms4j.cell.fit;

import io.github.bms4j.num.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * One measured file for a fit: time, current, voltage and what else was recorded.
 *
 * <p>Units and sign: s, A (positive discharging), V, °C, Ah discharged. Rows without a finite time, current or voltage, with a
 * time not after that of the row before, or with a voltage outside 0.5…6 V are left out. Thread: any, immutable.
 */
public final class FitRecord {
    private static final double LEAST_V = 0.5;
    private static final double MOST_V = 6.0;

    /** What was measured, which decides how it is used. */
    public enum Kind {
        /** A slow run, C/10 or slower, one direction or both. */
        OCV,
        /** Pulses and rests. */
        PULSE,
        /** Any other load, steady or changing. */
        DRIVE
    }

    private final String name;
    private final Kind kind;
    private final double nominalDegC;
    private final boolean fullAtStart;
    private final double[][] column;

    private FitRecord(Builder from, double[][] column) {
        this.name = from.name;
        this.kind = from.kind;
        this.nominalDegC = from.nominalDegC;
        this.fullAtStart = from.fullAtStart;
        this.column = column;
    }

    /**
     * Starts a record.
     *
     * @param name what reports call it
     * @param nominalDegC temperature where none was recorded, °C, within [-60, 120]
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public static Builder of(
            String name, Kind kind, double nominalDegC, double[] timeS, double[] currentA, double[] voltageV) {
        return new Builder(name, kind, nominalDegC, timeS, currentA, voltageV);
    }

    /** Collects the columns of a record; a column that is not given was not measured. */
    public static final class Builder {
        private final String name;
        private final Kind kind;
        private final double nominalDegC;
        private boolean fullAtStart;
        private final double[][] column = new double[Column.values().length][];

        private Builder(String name, Kind kind, double nominalDegC, double[] timeS, double[] currentA, double[] volts) {
            this.name = name;
            this.kind = kind;
            this.nominalDegC = Check.within("nominalDegC", nominalDegC, -60.0, 120.0);
            Arrays.fill(column, new double[0]);
            column[Column.TIME.ordinal()] = timeS.clone();
            put(Column.CURRENT, currentA);
            put(Column.VOLTAGE, volts);
        }

        private Builder put(Column which, double[] values) {
            int rows = column[Column.TIME.ordinal()].length;
            if (values.length != rows) {
                throw new IllegalArgumentException(
                        name + ": column " + which + " must have " + rows + " values but has " + values.length);
            }
            column[which.ordinal()] = values.clone();
            return this;
        }

        /** Cell temperature, °C; NaN where it was not measured. */
        public Builder temperature(double[] degC) {
            boolean any = Arrays.stream(degC).anyMatch(Double::isFinite);
            return any ? put(Column.TEMPERATURE, degC) : this;
        }

        /** Temperature around the cell, °C; that of the cell where its own was not measured. */
        public Builder ambient(double[] degC) {
            return put(Column.AMBIENT, degC);
        }

        /** The recorder's charge counter, Ah discharged. */
        public Builder counter(double[] dischargedAh) {
            return put(Column.COUNTER, dischargedAh);
        }

        /** A number that changes where a new run begins that does not continue the one before. */
        public Builder runs(double[] run) {
            return put(Column.RUN, run);
        }

        /** Nominal SOC, 0…1, as a label of the run. */
        public Builder nominalSoc(double[] soc) {
            return put(Column.LABEL, soc);
        }

        /** Whether every run begins with a full cell, known from the test plan. */
        public Builder fullAtStart(boolean full) {
            this.fullAtStart = full;
            return this;
        }

        /**
         * The record.
         *
         * @throws IllegalArgumentException when fewer than ten rows are usable
         */
        public FitRecord build() {
            double[] timeS = column[Column.TIME.ordinal()];
            double[] currentA = column[Column.CURRENT.ordinal()];
            double[] voltageV = column[Column.VOLTAGE.ordinal()];
            int[] usable = new int[timeS.length];
            int rows = 0;
            double lastS = Double.NEGATIVE_INFINITY;
            double oddV = Double.NaN;
            for (int k = 0; k < timeS.length; k++) {
                boolean sound = Double.isFinite(timeS[k]) && Double.isFinite(currentA[k]) && timeS[k] > lastS;
                if (sound && voltageV[k] >= LEAST_V && voltageV[k] <= MOST_V) {
                    usable[rows++] = k;
                    lastS = timeS[k];
                } else if (sound && !Double.isNaN(voltageV[k])) {
                    oddV = voltageV[k];
                }
            }
            if (rows < 10 && !Double.isNaN(oddV)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s: found voltages such as %s V, expected those of one cell, %.1f to %.1f V (millivolts? a pack?)",
                        name,
                        oddV,
                        LEAST_V,
                        MOST_V));
            }
            if (rows < 10) {
                throw new IllegalArgumentException(
                        name + ": found " + rows + " usable rows, expected at least 10 with time, current and voltage");
            }
            double[][] kept = new double[column.length][];
            for (int c = 0; c < column.length; c++) {
                kept[c] = new double[column[c].length == 0 ? 0 : rows];
                for (int k = 0; k < kept[c].length; k++) {
                    kept[c][k] = column[c][usable[k]];
                }
            }
            return new FitRecord(this, kept);
        }
    }

    enum Column {
        TIME,
        CURRENT,
        VOLTAGE,
        TEMPERATURE,
        AMBIENT,
        COUNTER,
        RUN,
        LABEL
    }

    /** What reports call it. */
    public String name() {
        return name;
    }

    /** What was measured. */
    public Kind kind() {
        return kind;
    }

    /** Temperature where none was recorded, °C. */
    public double nominalDegC() {
        return nominalDegC;
    }

    /** Whether every run is known to begin with a full cell. */
    public boolean fullAtStart() {
        return fullAtStart;
    }

    /** Usable rows. */
    public int rows() {
        return column[0].length;
    }

    boolean has(Column which) {
        return column[which.ordinal()].length > 0;
    }

    /** Value of a row, NaN where it was not measured. */
    double at(Column which, int row) {
        double[] values = column[which.ordinal()];
        return values.length == 0 ? Double.NaN : values[row];
    }
}
