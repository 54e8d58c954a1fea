package io.github.bms4j.estimate;

import io.github.bms4j.num.Check;

/**
 * How wrong the readings and the model are, and for how long they stay wrong.
 *
 * <p>Errors of a current sensor and of a cell model are not white: an offset lasts, and a model that is 10 mV off now is
 * 10 mV off a minute later. A filter that takes them for white noise trusts a thousand copies of one error as a thousand
 * measurements. An error of standard deviation s and correlation time T, sampled every dt, carries as little information
 * as a white error of variance
 *
 * <pre>s² (1 + 2 T / dt)</pre>
 *
 * <p>which is what the filter uses; derived in docs/theory/cell-ekf.md. The voltage's error has two clocks: it fades with
 * time (relaxation, temperature) and it changes as the SOC moves along the curve. At rest only the slow one runs, so an
 * hour of rest is not taken for an hour of news:
 *
 * <pre>1 / T = 1 / modelCorrelationS + |i| / (Q modelCorrelationSoc)</pre>
 *
 * @param currentSigmaPerH error of the cell current over the capacity, 1/h (0.002 is 2 mA per Ah), above 0
 * @param capacitySigma relative error of the capacity, 0 or more
 * @param chargeCorrelationS for how long current and capacity errors keep their sign, s, 0 or more
 * @param modelSigmaV error of the predicted voltage at rest, sensor included, V, above 0
 * @param resistanceSigma relative error of the model's resistance: adds to the voltage error under current, 0 or more
 * @param modelCorrelationS for how long the voltage error keeps its sign while nothing moves, s, above 0
 * @param modelCorrelationSoc over how much SOC it keeps its sign, above 0
 */
public record NoiseModel(
        double currentSigmaPerH,
        double capacitySigma,
        double chargeCorrelationS,
        double modelSigmaV,
        double resistanceSigma,
        double modelCorrelationS,
        double modelCorrelationSoc) {
    /** Checks every figure. */
    public NoiseModel {
        Check.positive("currentSigmaPerH", currentSigmaPerH);
        Check.notNegative("capacitySigma", capacitySigma);
        Check.notNegative("chargeCorrelationS", chargeCorrelationS);
        Check.positive("modelSigmaV", modelSigmaV);
        Check.notNegative("resistanceSigma", resistanceSigma);
        Check.positive("modelCorrelationS", modelCorrelationS);
        Check.positive("modelCorrelationSoc", modelCorrelationSoc);
    }

    /**
     * A fitted cell with a decent shunt: current good to C/300, capacity to 3 % for half an hour of full current, voltage
     * to 12 mV and 15 % of the ohmic drop with a memory of an hour or 8 points of SOC. Our judgement, held against
     * measured drive cycles and simulated packs; the README shows both scores.
     */
    public static NoiseModel fittedCell() {
        return new NoiseModel(1.0 / 300.0, 0.03, 1800.0, 0.012, 0.15, 3600.0, 0.08);
    }
}
