package io.github.bms4j.estimate;

import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.List;

/**
 * Follows the state of every cell of a pack, sample by sample.
 *
 * <p>Contract: the first sample sets the time and integrates nothing. A step without a usable current holds the whole
 * state; a cell without a usable voltage is counted on without a correction. Nothing that is not a number enters the
 * state. Thread: one. Allocation: none per step.
 */
public interface SocEstimator {
    /** Short name for logs and command lines. */
    String name();

    /**
     * Forgets everything and starts every cell at the same SOC.
     *
     * @param soc starting SOC, 0…1
     * @param sigma its standard deviation, above 0
     */
    void start(double soc, double sigma);

    /**
     * Forgets everything and starts every cell at a SOC of its own, for instance at what was known of it before the power went.
     *
     * @param soc starting SOC of every cell, 0…1; read, not kept
     * @param sigma its standard deviation, above 0; read, not kept
     * @throws IllegalArgumentException when there are not as many as cells, or one is out of range
     */
    void startEach(double[] soc, double[] sigma);

    /**
     * Says what was known of the sensors and the cells before: comes after a start and before the first step. An estimator
     * that follows neither ignores it; what it does not know stays at its usual start.
     *
     * @param currentBiasA offset of the pack's current reading, A; NaN if not known
     * @param currentBiasSigmaA its standard deviation, A; NaN for the usual one
     * @param resistanceRatio R0 of every cell over the model's; NaN where not known; read, not kept
     */
    default void startFurther(double currentBiasA, double currentBiasSigmaA, double[] resistanceRatio) {}

    /**
     * Takes over in mid-flight: every cell goes on from the SOC, the standard deviation and the polarisation that another
     * estimator gave it. The next sample sets the time and integrates nothing.
     *
     * @param now a known estimate of the same cells; read, not kept
     * @throws IllegalArgumentException when it is unknown or has another number of cells
     */
    void startFrom(PackEstimate now);

    /**
     * Takes one sample and writes what it now knows.
     *
     * @param sample readings with their time
     * @param into receives the estimate; left as it is when the step is held
     * @return whether the sample entered the state
     */
    StepResult step(PackSample sample, PackEstimate into);

    /**
     * Takes many samples in order, as if each were stepped, and writes what it knows after the last one that could be
     * used. The state comes out bit for bit the same; an estimator of many cells may take a few of them through all
     * samples before the next few, which is faster when its state is larger than the caches: for replay.
     *
     * @param samples samples in the order of their time
     * @param into receives the estimate; left as it is when no sample could be used
     * @return how many samples entered the state
     */
    default int stepAll(List<PackSample> samples, PackEstimate into) {
        int used = 0;
        for (int k = 0; k < samples.size(); k++) {
            if (step(samples.get(k), into) == StepResult.USED) {
                used++;
            }
        }
        return used;
    }
}
