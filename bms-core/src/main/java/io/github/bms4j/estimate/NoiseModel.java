package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.num.Check;

/**
 * How wrong the readings and the model are, and for how long they stay wrong.
 *
 * <p>Errors of a current sensor and of a cell model are not white: an offset lasts, and a model that is 10 mV off now is
 * 10 mV off a minute later. A filter that takes them for white noise trusts a thousand copies of one error as a thousand
 * measurements. Lasting errors are therefore states of the filter, with the memory given here; quick ones, whose memory
 * is not worth a state, count as white noise of as little information (docs/theory/cell-ekf.md):
 *
 * <pre>s² (1 + 2 T / dt)</pre>
 *
 * <p>The figures are shares of what the cell type says about itself, so one set serves every cell of a kind. They are our
 * judgement, held against measured drive cycles: docs/theory/estimator-noise.md.
 *
 * @param current error of the counted charge
 * @param voltage lasting error of the predicted voltage
 * @param sample quick error of the predicted voltage
 * @param circuit error of resistances and hysteresis
 * @param start what is not known when the filter begins
 */
public record NoiseModel(
        CurrentNoise current, VoltageNoise voltage, SampleNoise sample, CircuitNoise circuit, StartNoise start) {
    /**
     * Error of the counted charge.
     *
     * @param offsetPerH offset of the current sensor over the capacity, 1/h (0.002 is 2 mA per Ah), above 0
     * @param memoryS for how long the offset lasts, s, above 0
     * @param gainSigma relative error of the capacity and of the sensor's gain, 0 or more
     */
    public record CurrentNoise(double offsetPerH, double memoryS, double gainSigma) {
        /** Checks every figure. */
        public CurrentNoise {
            Check.positive("offsetPerH", offsetPerH);
            Check.positive("memoryS", memoryS);
            Check.notNegative("gainSigma", gainSigma);
        }
    }

    /**
     * Lasting error of the predicted voltage: fades with time and changes as the SOC moves along the curve.
     *
     * <pre>s² = max(leastV, cell's own)² + offsetV² + (socSigma dOCV/dsoc)²,   1 / T = 1 / memoryS + |i| / (Q memorySoc)</pre>
     *
     * @param offsetV offset of a voltage sensor, V, 0 or more
     * @param offsetAlone whether that offset is a state of its own, never fading, and not a part of the lasting error: worth its
     *     price on a plateau, where a constant millivolt is not one that fades
     * @param leastV what no model is better than, V, above 0
     * @param socSigma error of the curve along the SOC axis, 0 or more
     * @param memoryS for how long the error keeps its sign while nothing moves, s, above 0
     * @param memorySoc over how much SOC it keeps its sign, above 0
     */
    public record VoltageNoise(
            double offsetV, boolean offsetAlone, double leastV, double socSigma, double memoryS, double memorySoc) {
        /** Checks every figure. */
        public VoltageNoise {
            Check.notNegative("offsetV", offsetV);
            Check.positive("leastV", leastV);
            Check.notNegative("socSigma", socSigma);
            Check.positive("memoryS", memoryS);
            Check.positive("memorySoc", memorySoc);
        }
    }

    /**
     * Quick error of the predicted voltage: sensor noise, and what the circuit gets wrong after a change of current.
     *
     * <pre>s² = sigmaV² + (stepShare R0 (i - i settled))²</pre>
     *
     * @param sigmaV error at steady current, V, above 0
     * @param memoryS for how long it keeps its sign, s, 0 or more
     * @param stepShare error after a change of current, as a share of R0 times that change, 0 or more
     * @param stepMemoryS how long a change of current counts as one, s, above 0
     */
    public record SampleNoise(double sigmaV, double memoryS, double stepShare, double stepMemoryS) {
        /** Checks every figure. */
        public SampleNoise {
            Check.positive("sigmaV", sigmaV);
            Check.notNegative("memoryS", memoryS);
            Check.notNegative("stepShare", stepShare);
            Check.positive("stepMemoryS", stepMemoryS);
        }
    }

    /**
     * Error of resistances and hysteresis.
     *
     * @param r0Sigma relative error of R0, above 0
     * @param r0MemorySoc SOC over which R0's error may change by as much again, above 0
     * @param branchSigma relative error of what drives an RC pair, 0 or more
     * @param polarisationSigma relative error of the RC voltages themselves, 0 or more; lasts like the voltage's error
     * @param hysteresisSigma error of the hysteresis state once the cell has turned, within [0, 1]
     * @param axisSigma how far the resistances may lie off along the SOC axis, 0 or more: where they change with the SOC their
     *     errors grow by so much
     * @param perKelvin what is added to the three relative errors per kelvin beyond the temperatures the cell was fitted at
     */
    public record CircuitNoise(
            double r0Sigma,
            double r0MemorySoc,
            double branchSigma,
            double polarisationSigma,
            double hysteresisSigma,
            double axisSigma,
            double perKelvin) {
        /** Checks every figure. */
        public CircuitNoise {
            Check.positive("r0Sigma", r0Sigma);
            Check.positive("r0MemorySoc", r0MemorySoc);
            Check.notNegative("branchSigma", branchSigma);
            Check.notNegative("polarisationSigma", polarisationSigma);
            Check.fraction("hysteresisSigma", hysteresisSigma);
            Check.notNegative("axisSigma", axisSigma);
            Check.notNegative("perKelvin", perKelvin);
        }
    }

    /**
     * What is not known when the filter begins: the currents before it. All over the capacity, 1/h.
     *
     * @param restPerH standard deviation of the mean current before a start at rest, above 0
     * @param loadPerH standard deviation of the mean current before a start under load, above 0
     * @param meanPerH most that a start under load takes the current before it to have been like the one it sees, 0 or more
     * @param pastShare share of the mean current of the first minutes that it then takes the current before it to have been; 0
     *     leaves it at the guess of the start
     */
    public record StartNoise(double restPerH, double loadPerH, double meanPerH, double pastShare) {
        /** Checks every figure. */
        public StartNoise {
            Check.positive("restPerH", restPerH);
            Check.positive("loadPerH", loadPerH);
            Check.notNegative("meanPerH", meanPerH);
            Check.notNegative("pastShare", pastShare);
        }
    }

    private static final NoiseModel SLOPED = new NoiseModel(
            new CurrentNoise(0.005, 36_000.0, 0.03),
            new VoltageNoise(0.003, false, 0.010, 0.0055, 5000.0, 0.08),
            new SampleNoise(0.0088, 10.8, 0.28, 30.0),
            new CircuitNoise(0.07, 1.7, 0.10, 0.03, 0.34, 0.04, 0.01),
            new StartNoise(0.13, 0.45, 0.80, 0.9));

    private static final NoiseModel FLAT = new NoiseModel(
            new CurrentNoise(0.015, 36_000.0, 0.01),
            new VoltageNoise(0.005, true, 0.006, 0.003, 15_000.0, 0.07),
            new SampleNoise(0.022, 14.0, 0.24, 14.0),
            new CircuitNoise(0.50, 2.8, 0.09, 0.22, 0.16, 0.02, 0.01),
            new StartNoise(0.025, 0.90, 0.0, 0.0));

    /** Standard deviation of a type's predicted voltage at rest, sensor included, V. */
    double restingSigmaV(CellType type, double tDegC) {
        double modelV = Math.max(voltage.leastV(), type.error().sigmaV(tDegC));
        return Math.sqrt(modelV * modelV + voltage.offsetV() * voltage.offsetV());
    }

    /** The figures for cells whose open-circuit voltage rises throughout. */
    public static NoiseModel sloped() {
        return SLOPED;
    }

    /** The figures for cells with a plateau, where a millivolt is points of SOC. */
    public static NoiseModel flat() {
        return FLAT;
    }

    /** The figures for a type of cell, by its chemistry alone. */
    public static NoiseModel of(CellType type) {
        return type.chemistry() == Chemistry.LFP ? FLAT : SLOPED;
    }
}
