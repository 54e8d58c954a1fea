package io.github.bms4j.estimate;

/** How the current moved up to one sample, as far as a voltage answers it; written by {@link CurrentSwing}. Thread: one. */
final class SwingStep {
    /** Time since the last sample, s. */
    double dtS;
    /** Whether a leap of a voltage would show: the sample before is near and what nobody saw has died away. */
    boolean looking;
    /** Change of the current, A of one cell. */
    double stepA;
    /** All changes that still may move a voltage, A. */
    double movingA;
    /** How often the current has turned after a swing, up to this sample and up to the one before. */
    long swings;

    long swingsBefore;
}
