package io.github.bms4j.control;

import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.ResistanceTrend;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.limit.PowerPredictor;

/**
 * Puts what was remembered besides the SOC into those who follow it: the sensor's offset, capacities, resistances, what limits have
 * learned and carry.
 */
final class Remembered {
    private static final double DAY_S = 86_400.0;
    /** An age nobody knows is taken for this when a capacity grows less sure, days. */
    private static final double UNKNOWN_DAYS = 365.0;

    /** After so many days what was learned of a response counts for 1/e: temperature and SOC move on, cells age. Our judgement. */
    private static final double RESPONSE_DAYS = 90.0;

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
        double days = days(offS);
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

    /**
     * What fuse and contactors carried cools for the time off, after what may have flowed unseen; what was learned of the cells'
     * responses counts less the longer nobody looked.
     */
    static void restore(Restart restart, PowerPredictor predictor) {
        CarriedState carried = restart.memory().carried();
        double offS = restart.offS();
        double restS = restart.unseenS() > 0.0 ? Math.max(0.0, offS - restart.unseenS()) : offS;
        predictor.recallLoads(carried.loadsA2(), restart.unseenA(), restart.unseenS(), restS);
        double days = days(offS);
        predictor.recallResponses(carried.responsesV2(), StrictMath.exp(-days / RESPONSE_DAYS));
    }

    static void keep(PowerPredictor predictor, CarriedState into) {
        predictor.keepLoads(into.loadsA2(predictor.loads()));
        predictor.keepResponses(into.responsesV2());
    }

    /** A time off in days; one that nobody knows is a year. */
    static double days(double offS) {
        return Double.isNaN(offS) ? UNKNOWN_DAYS : offS / DAY_S;
    }
}
