package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.FirstOrder;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;

/**
 * Follows the ohmic resistance of every cell against that of a new one at the same SOC and temperature: SOH-R.
 *
 * <p>Model: the filter hands over how far its resistance lies off the model's, with a standard deviation. These numbers
 * are one state seen again and again, so they are averaged over {@link #MEMORY_S} of flowing current and never counted as
 * new measurements: the trend claims no less uncertainty than the filter did, and on top the model's own error, because
 * "new" is only known that well.
 *
 * <p>Numbers less sure than {@link #MOST_SIGMA} and times without current do not enter. Thread: one. Allocation: none
 * after construction.
 */
public final class ResistanceTrend {
    /** Time of flowing current over which the trend forgets, s. */
    public static final double MEMORY_S = 7200.0;

    /** Largest relative standard deviation that still enters. */
    public static final double MOST_SIGMA = 0.2;

    /** Least current that makes a resistance visible, over the capacity, 1/h. */
    private static final double LEAST_RATE_PER_H = 0.05;

    private static final double MOST_STEP_S = 10.0;

    private final PackLayout layout;
    private final double leastA;
    private final double modelVariance;
    private final double[] ratio;
    private final double[] variance;
    private boolean timed;
    private long lastNanos;

    /** A trend of all cells of a pack, of which nothing is known. */
    public ResistanceTrend(CellType type, PackLayout layout) {
        this.layout = layout;
        this.leastA = LEAST_RATE_PER_H * type.rating().capacityAh();
        double sigma = type.error().resistanceSigma();
        this.modelVariance = sigma * sigma;
        this.ratio = new double[layout.cells()];
        this.variance = new double[layout.cells()];
        Arrays.fill(ratio, Double.NaN);
    }

    /**
     * Starts a cell's trend at what was known before.
     *
     * @param cell measured cell
     * @param newRatio R0 over that of a new cell, above 0
     * @param sigma standard deviation that {@link PackHealth#sohRSigma(int)} gave for it, above 0; the model's own part is taken off
     * @param estimate receives it at once
     */
    public void start(int cell, double newRatio, double sigma, PackEstimate estimate) {
        Check.positive("ratio", newRatio);
        Check.positive("sigma", sigma);
        ratio[cell] = newRatio;
        variance[cell] = Math.max(0.0, sigma * sigma - modelVariance);
        estimate.health().resistance(cell, newRatio, Math.sqrt(variance[cell] + modelVariance));
        estimate.health().closeResistance();
    }

    /** Takes what the filter left in the estimate of this cycle, and writes {@link PackHealth#sohR(int)}. */
    public StepResult step(PackSample sample, PackEstimate estimate) {
        if (!sample.begun()) {
            return StepResult.HELD;
        }
        double dtS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (timed && !(dtS > 0.0)) {
            return StepResult.HELD;
        }
        lastNanos = sample.nanos();
        timed = true;
        boolean flows = sample.current().usable(0)
                && Math.abs(layout.cellCurrentA(sample.current().value(0))) >= leastA;
        if (!(dtS > 0.0) || !flows) {
            return StepResult.HELD;
        }
        double share = FirstOrder.settled(Math.min(dtS, MOST_STEP_S) / MEMORY_S);
        PackHealth health = estimate.health();
        StepResult result = StepResult.HELD;
        for (int c = 0; c < ratio.length; c++) {
            double found = 1.0 + estimate.resistanceError(c);
            double sigma = estimate.resistanceErrorSigma(c);
            if (found > 0.0 && found < Double.POSITIVE_INFINITY && sigma >= 0.0 && sigma <= MOST_SIGMA) {
                boolean first = Double.isNaN(ratio[c]);
                ratio[c] = first ? found : ratio[c] + share * (found - ratio[c]);
                variance[c] = first ? sigma * sigma : variance[c] + share * (sigma * sigma - variance[c]);
                health.resistance(c, ratio[c], Math.sqrt(variance[c] + modelVariance));
                result = StepResult.USED;
            }
        }
        if (result == StepResult.USED) {
            health.closeResistance();
        }
        return result;
    }
}
