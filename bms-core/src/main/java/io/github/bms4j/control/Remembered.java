package io.github.bms4j.control;

import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.ResistanceTrend;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;

/** Puts what was remembered besides the SOC into those who follow it: the sensor's offset, capacities, resistances. */
final class Remembered {
    private static final double DAY_S = 86_400.0;
    /** An age nobody knows is taken for this when a capacity grows less sure, days. */
    private static final double UNKNOWN_DAYS = 365.0;

    private Remembered() {}

    /**
     * The offset fades as the filter lets it fade while running; a capacity walks as its estimator says it may. A capacity outside the
     * estimator's believed range was not learned by it and is left out.
     */
    static void restore(
            Restart restart,
            NoiseModel noise,
            SocEstimator estimator,
            CapacityEstimator capacity,
            ResistanceTrend resistance,
            PackEstimate estimate) {
        PackMemory memory = restart.memory();
        double offS = restart.offS();
        boolean timed = !Double.isNaN(offS);
        double stay = timed ? StrictMath.exp(-offS / noise.current().memoryS()) : 0.0;
        double[] ratio = new double[memory.cells()];
        for (int c = 0; c < ratio.length; c++) {
            ratio[c] = memory.resistanceRatio(c);
        }
        estimator.startFurther(stay * memory.currentBiasA(), Double.NaN, ratio);
        CapacitySettings drift = CapacitySettings.standard();
        double days = timed ? offS / DAY_S : UNKNOWN_DAYS;
        for (int c = 0; c < ratio.length; c++) {
            double ah = memory.capacityAh(c);
            double walkAh = drift.driftPerDay() * ah * Math.sqrt(days);
            double sigmaAh = Math.sqrt(memory.capacitySigmaAh(c) * memory.capacitySigmaAh(c) + walkAh * walkAh);
            if (capacity.believes(ah) && sigmaAh > 0.0) {
                capacity.start(c, ah, sigmaAh);
            }
            if (ratio[c] > 0.0 && memory.resistanceSigma(c) > 0.0) {
                resistance.start(c, ratio[c], memory.resistanceSigma(c), estimate);
            }
        }
    }
}
