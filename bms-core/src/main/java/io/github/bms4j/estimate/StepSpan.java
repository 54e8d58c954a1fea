package io.github.bms4j.estimate;

import static io.github.bms4j.estimate.FilterState.B;
import static io.github.bms4j.estimate.FilterState.E;
import static io.github.bms4j.estimate.FilterState.H;
import static io.github.bms4j.estimate.FilterState.V1;
import static io.github.bms4j.estimate.FilterState.V2;
import static io.github.bms4j.estimate.FilterState.W;

import java.util.Arrays;

/**
 * What all steps since the last correction come to together: one step of the covariance, F the product of theirs and Q their
 * noises, each taken through the steps after it.
 *
 * <pre>F = Fn … F1,   Q = Qn + Fn Q(n-1) Fn' + …</pre>
 *
 * <p>One step alone gives that step. Left out is what a drifting current offset moves the SOC by within one span; docs/theory/cell-ekf.md
 * says how little that is. Thread: one. Allocation: none after construction.
 */
final class StepSpan {
    /** What every state is multiplied by, and what an ampere of offset at the beginning moves the SOC by, 1/A. */
    final double[] f = new double[W + 1];

    double perA;
    /** What the variances grow by; that of an RC pair per ohm², of R0's and the lasting error per their variance. */
    final double[] branchGrowth = new double[2];

    double socGrowth;
    double hysteresisGrowth;
    double r0Growth;
    double biasGrowth;
    double errorGrowth;
    /** Time, s. */
    double lengthS;

    StepSpan() {
        clear();
    }

    /** Makes it a span without a step. */
    void clear() {
        Arrays.fill(f, 1.0);
        Arrays.fill(branchGrowth, 0.0);
        perA = 0.0;
        socGrowth = 0.0;
        hysteresisGrowth = 0.0;
        r0Growth = 0.0;
        biasGrowth = 0.0;
        errorGrowth = 0.0;
        lengthS = 0.0;
    }

    /** Takes one more step in. */
    void add(FilterStep s, NoiseModel noise, double offsetA) {
        perA = Math.fma(s.blind ? 0.0 : s.perA, f[B], perA);
        f[V1] *= s.decay[0];
        f[V2] *= s.decay[1];
        f[H] *= s.stay;
        f[B] *= s.biasStay;
        f[E] *= s.errorStay;
        for (int j = 0; j < branchGrowth.length; j++) {
            branchGrowth[j] = Math.fma(s.decay[j] * s.decay[j], branchGrowth[j], s.branchGrowth[j] * s.meanA * s.meanA);
        }
        double turned = noise.circuit().hysteresisSigma();
        socGrowth += s.socGrowth;
        hysteresisGrowth = (1.0 - f[H] * f[H]) * turned * turned;
        r0Growth += s.r0Growth;
        biasGrowth = (1.0 - f[B] * f[B]) * offsetA * offsetA;
        errorGrowth = 1.0 - f[E] * f[E];
        lengthS += s.dtS;
    }

    /** Becomes a copy of another. */
    void set(StepSpan other) {
        System.arraycopy(other.f, 0, f, 0, f.length);
        System.arraycopy(other.branchGrowth, 0, branchGrowth, 0, branchGrowth.length);
        perA = other.perA;
        socGrowth = other.socGrowth;
        hysteresisGrowth = other.hysteresisGrowth;
        r0Growth = other.r0Growth;
        biasGrowth = other.biasGrowth;
        errorGrowth = other.errorGrowth;
        lengthS = other.lengthS;
    }
}
