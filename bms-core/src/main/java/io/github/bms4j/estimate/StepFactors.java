package io.github.bms4j.estimate;

/**
 * What one step has in common for all cells, in the form in which the kernels multiply by it: {@link FilterStep} times the
 * noise model. A plain holder, so that several steps can wait while one block of cells after the other is taken through them.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class StepFactors {
    /** Time over which the misfit is a mean, s. */
    private static final double MISFIT_MEMORY_S = 60.0;

    /** Time of the sample, monotonic nanoseconds. */
    long nanos;
    /** Whether the cells are opened by this sample: nothing lies before it. */
    boolean opens;
    /** Whether nothing is known of what happened since the last sample. */
    boolean blind;
    /** Whether this sample takes the covariance through the span since the last correction, and corrects. */
    boolean corrects;

    final StepSpan span = new StepSpan();
    /** Current of this sample, A of one cell. */
    double nowA;
    /** SOC that the mean current takes away, and what one ampere of offset gives back. */
    double movedSoc;

    double perA;
    /** exp(-dt / tau) of the RC pairs, and what drives them, A: (1 - exp(-dt / tau)) times the mean current. */
    final double[] decay = new double[3];

    final double[] drive = new double[3];
    /** What the step multiplies hysteresis, offset and lasting error by, and what it adds to the hysteresis. */
    double stay;

    double biasStay;
    double errorStay;
    double push;
    /** Variance of a voltage's quick error, V², and what it grows by per ohm² of R0. */
    double sampleV2;

    double sampleV2PerOhm2;
    /** By how much the mean current may be off in a gap that is bridged, A; 0 where there is none. */
    double unseenA;
    /** How the current moved, as far as a voltage answers it. */
    final SwingStep swing = new SwingStep();
    /** What one correction counts for in the mean of the misfit. */
    double misfitShare;

    /** Takes over the step that was just taken. */
    void take(FilterStep s, NoiseModel noise, long atNanos, boolean opening) {
        nanos = atNanos;
        opens = opening;
        blind = s.blind;
        unseenA = s.unseenA;
        nowA = s.nowA;
        movedSoc = s.movedSoc;
        perA = s.blind ? 0.0 : s.perA;
        for (int j = 0; j < decay.length; j++) {
            decay[j] = s.decay[j];
            drive[j] = (1.0 - s.decay[j]) * s.meanA;
        }
        stay = s.stay;
        biasStay = s.biasStay;
        errorStay = s.errorStay;
        push = (1.0 - s.stay) * Math.signum(-s.meanA);
        corrects = s.corrects;
        if (corrects) {
            span.set(s.span);
        }
        NoiseModel.SampleNoise quick = noise.sample();
        double fresh = quick.stepShare() * s.freshA;
        sampleV2 = quick.sigmaV() * quick.sigmaV() * s.quick;
        sampleV2PerOhm2 = Math.fma(fresh * fresh, s.quick, s.apartA2);
        misfitShare = s.spanS / (MISFIT_MEMORY_S + s.spanS);
    }
}
