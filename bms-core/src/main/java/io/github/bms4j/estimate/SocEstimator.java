package io.github.bms4j.estimate;

import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;

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
     * Takes one sample and writes what it now knows.
     *
     * @param sample readings with their time
     * @param into receives the estimate; left as it is when the step is held
     * @return whether the sample entered the state
     */
    StepResult step(PackSample sample, PackEstimate into);
}
