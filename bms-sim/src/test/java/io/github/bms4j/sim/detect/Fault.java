package io.github.bms4j.sim.detect;

import io.github.bms4j.detect.Finding;
import io.github.bms4j.detect.Suspect;
import java.util.Locale;

/** A fault of one size that a bench can be given, and what a detector should say of it. */
record Fault(Kind kind, double size) {
    /** Which cell, and which temperature sensor. */
    static final int CELL = 5;

    static final int SENSOR = 2;

    /** Kinds of faults; the unit of their size. */
    enum Kind {
        /** A resistor across a cell from now on, mA at 3.7 V. */
        LEAK(Suspect.CELL_LEAK, CELL, "leak of %.0f mA"),
        /** Lithium on one anode at the end of a charge, per mille of its capacity. */
        PLATED_CELL(Suspect.CELL_PLATING, CELL, "one cell plated, %.0f per mille"),
        /** The same on all of them. */
        PLATED_PACK(Suspect.CELL_PLATING, CELL, "all cells plated, %.0f per mille"),
        /** A cell's voltage sensor steps, mV. */
        CELL_STEP(Suspect.CELL_VOLTAGE_SENSOR, CELL, "cell voltage sensor %+.0f mV"),
        /** A cell's voltage sensor drifts, mV a day. */
        CELL_DRIFT(Suspect.CELL_VOLTAGE_SENSOR, CELL, "cell voltage sensor %+.0f mV a day"),
        /** The pack's voltage sensor steps, mV. */
        PACK_STEP(Suspect.PACK_VOLTAGE_SENSOR, Finding.ONLY_ONE, "pack voltage sensor %+.0f mV"),
        /** The current sensor steps, A. */
        CURRENT_STEP(Suspect.CURRENT_SENSOR, Finding.ONLY_ONE, "current sensor %+.0f A"),
        /** A temperature sensor steps, K. */
        TEMPERATURE_STEP(Suspect.TEMPERATURE_SENSOR, SENSOR, "temperature sensor %+.0f K"),
        /** A temperature sensor drifts, K a day. */
        TEMPERATURE_DRIFT(Suspect.TEMPERATURE_SENSOR, SENSOR, "temperature sensor %+.0f K a day");

        final Suspect suspect;
        final int index;
        private final String text;

        Kind(Suspect suspect, int index, String text) {
            this.suspect = suspect;
            this.index = index;
            this.text = text;
        }

        boolean plates() {
            return suspect == Suspect.CELL_PLATING;
        }
    }

    String text() {
        return String.format(Locale.ROOT, kind.text, size);
    }

    /** Puts what does not change any more into the bench. */
    void begin(DetectorBench bench) {
        switch (kind) {
            case LEAK -> bench.defects.leak(CELL, 3.7 / (size * 1e-3));
            case PLATED_CELL -> bench.defects.plate(CELL, size * 1e-3 * bench.capacityAh());
            case PLATED_PACK -> {
                for (int c = 0; c < DetectorBench.CELLS; c++) {
                    bench.defects.plate(c, size * 1e-3 * bench.capacityAh());
                }
            }
            default -> follow(bench, 0.0);
        }
    }

    /** What changes with the days since then. */
    void follow(DetectorBench bench, double days) {
        switch (kind) {
            case CELL_STEP -> bench.sensors.driftCellV(CELL, size * 1e-3);
            case CELL_DRIFT -> bench.sensors.driftCellV(CELL, size * 1e-3 * days);
            case PACK_STEP -> bench.driftPackV(size * 1e-3);
            case CURRENT_STEP -> bench.sensors.driftA(size);
            case TEMPERATURE_STEP -> bench.sensors.driftK(SENSOR, size);
            case TEMPERATURE_DRIFT -> bench.sensors.driftK(SENSOR, size * days);
            default -> {}
        }
    }

    /** What the finding should say, in A, V or K; plating is judged by {@link Relaxation} instead. */
    double truth(DetectorBench bench, double days) {
        return switch (kind) {
            case LEAK -> bench.pack.cellV(CELL) / (3.7 / (size * 1e-3));
            case CELL_STEP, PACK_STEP -> size * 1e-3;
            case CELL_DRIFT -> size * 1e-3 * days;
            case CURRENT_STEP -> size + bench.currentOffsetA();
            case TEMPERATURE_STEP -> size;
            case TEMPERATURE_DRIFT -> size * days;
            default -> Double.NaN;
        };
    }
}
