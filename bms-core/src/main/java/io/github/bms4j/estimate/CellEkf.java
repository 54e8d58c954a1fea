package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;
import java.util.List;

/**
 * Extended Kalman filter of every cell of a pack: SOC and the voltages of up to two RC pairs.
 *
 * <pre>
 * soc' = soc - i dt / Q                                 i > 0 discharges
 * vj'  = aj vj + (1 - aj) Rj(soc, T) i                  aj = exp(-dt / tauj), j = 1, 2
 * h'   = h + (1 - exp(-g |dsoc|)) (sign(dsoc) - h)       hysteresis, moved along, not corrected
 * v    = OCV(soc, T) + h M(soc) - v1 - v2 - R0(soc, T) i
 * </pre>
 *
 * <p>The covariance is kept as U D U' and never formed: its diagonal D is a sum of squares in the time update and a
 * product of positive ratios in the measurement update, so it cannot turn negative by rounding. Noise follows {@link
 * NoiseModel}. Derivation: docs/theory/cell-ekf.md. What is not known of the hysteresis at the start is noise on the
 * voltage until the cell has turned. The assumption that fails first is the OCV: slow diffusion is no state here, its
 * error is left to the noise model.
 *
 * <p>Bad input: as {@link SocEstimator} says; a gap longer than {@link #MAX_GAP_S} widens the SOC's uncertainty instead
 * of being integrated. Units and sign: A (positive discharging), V, °C, s. Thread: one. Allocation: none after
 * construction.
 */
public final class CellEkf implements SocEstimator {
    /** Longest time between two samples that is integrated, s. */
    public static final double MAX_GAP_S = 10.0;

    /** How fast the SOC may have moved unseen during a gap, 1/s: half the capacity in an hour. */
    private static final double GAP_SIGMA_PER_S = 0.5 / 3600.0;

    /** Standard deviation of an RC voltage when the start is not known to be at rest, V. */
    private static final double START_RC_SIGMA_V = 0.02;

    /** Standard deviation of a state anywhere in [-1, 1]: 1/sqrt(3). */
    private static final double UNKNOWN_HYSTERESIS_SIGMA = Math.sqrt(1.0 / 3.0);

    private final PackLayout layout;
    private final NoiseModel noise;
    private final double capacityAs;
    private final OcvCurve ocv;
    private final Hysteresis gap;
    private final ResistanceMap r0;
    private final RcBranch first;
    private final RcBranch second;
    private final boolean twoBranches;

    private final double[] soc;
    private final double[] v1;
    private final double[] v2;
    private final double[] d0;
    private final double[] d1;
    private final double[] d2;
    private final double[] u01;
    private final double[] u02;
    private final double[] u12;
    private final double[] hysteresis;
    private final double[] hysteresisSigma;

    private boolean started;
    private boolean timed;
    private long lastNanos;
    private double lastPackA;
    private double decayDtS = Double.NaN;
    private double a1;
    private double a2;

    // Of the cell at hand, from one pass of the step to the next.
    private double predictedV;
    private double r0Ohm;
    private double fastOhm;
    private double slowOhm;
    private double slopeV;

    /** A filter of all cells of a pack; {@link #start} it before the first step. */
    public CellEkf(CellType type, PackLayout layout, NoiseModel noise) {
        this.layout = layout;
        this.noise = noise;
        this.capacityAs = type.rating().capacityAh() * 3600.0;
        this.ocv = type.ocv();
        this.gap = type.ocv().hysteresis();
        this.r0 = type.circuit().r0();
        List<RcBranch> branches = type.circuit().branches();
        this.first = branches.get(0);
        this.twoBranches = branches.size() > 1;
        this.second = branches.get(branches.size() - 1);
        int n = layout.cells();
        soc = new double[n];
        v1 = new double[n];
        v2 = new double[n];
        d0 = new double[n];
        d1 = new double[n];
        d2 = new double[n];
        u01 = new double[n];
        u02 = new double[n];
        u12 = new double[n];
        hysteresis = new double[n];
        hysteresisSigma = new double[n];
    }

    @Override
    public String name() {
        return "ekf";
    }

    @Override
    public void start(double startSoc, double sigma) {
        Check.fraction("startSoc", startSoc);
        Check.positive("sigma", sigma);
        Arrays.fill(soc, startSoc);
        Arrays.fill(v1, 0.0);
        Arrays.fill(v2, 0.0);
        Arrays.fill(hysteresis, 0.0);
        Arrays.fill(hysteresisSigma, UNKNOWN_HYSTERESIS_SIGMA);
        for (int c = 0; c < soc.length; c++) {
            covariance(c, sigma * sigma);
        }
        started = true;
        timed = false;
    }

    @Override
    public StepResult step(PackSample sample, PackEstimate into) {
        if (!started) {
            throw new IllegalStateException("start() must come before the first step");
        }
        Channel current = sample.current();
        if (!sample.begun() || !current.usable(0)) {
            return StepResult.HELD;
        }
        double dtS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (dtS < 0.0 || (timed && dtS == 0.0)) {
            return StepResult.HELD;
        }
        for (int c = 0; c < soc.length; c++) {
            if (Double.isNaN(sample.cellTemperatureDegC(c))) {
                return StepResult.HELD;
            }
        }
        double packA = current.value(0);
        double meanA = layout.cellCurrentA(timed ? 0.5 * (lastPackA + packA) : packA);
        double nowA = layout.cellCurrentA(packA);
        decay(dtS);
        Channel voltage = sample.cellVoltage();
        for (int c = 0; c < soc.length; c++) {
            double tDegC = sample.cellTemperatureDegC(c);
            fastOhm = first.resistance().ohm(soc[c], tDegC);
            slowOhm = twoBranches ? second.resistance().ohm(soc[c], tDegC) : 0.0;
            if (dtS > MAX_GAP_S) {
                widen(c, dtS);
            } else if (dtS > 0.0) {
                predict(c, meanA, dtS);
            }
            correct(c, nowA, tDegC, dtS, voltage);
            into.cell(c, soc[c], Math.sqrt(socVariance(c)), v1[c], v2[c], predictedV);
            into.circuit(c, r0Ohm, fastOhm, slowOhm, slopeV);
        }
        into.close(sample.nanos());
        lastNanos = sample.nanos();
        lastPackA = packA;
        timed = true;
        return StepResult.USED;
    }

    /** P00 of U D U'. */
    private double socVariance(int c) {
        return d0[c] + u01[c] * u01[c] * d1[c] + u02[c] * u02[c] * d2[c];
    }

    private void decay(double dtS) {
        if (dtS != decayDtS) {
            decayDtS = dtS;
            a1 = StrictMath.exp(-dtS / first.tauS());
            a2 = StrictMath.exp(-dtS / second.tauS());
        }
    }

    /** A gap: what the current did is not known. The SOC grows less sure, the polarisation is forgotten. */
    private void widen(int c, double dtS) {
        double gap = GAP_SIGMA_PER_S * dtS;
        double variance = socVariance(c) + gap * gap;
        v1[c] *= a1;
        v2[c] *= a2;
        covariance(c, variance);
    }

    private void covariance(int c, double socVariance) {
        d0[c] = socVariance;
        d1[c] = START_RC_SIGMA_V * START_RC_SIGMA_V;
        d2[c] = twoBranches ? START_RC_SIGMA_V * START_RC_SIGMA_V : 0.0;
        u01[c] = 0.0;
        u02[c] = 0.0;
        u12[c] = 0.0;
    }

    /**
     * Time update of one cell. With F = diag(1, a1, a2), the current's error entering along g = (g0, g1, g2) with
     * variance q, and independent variances (qs, q1, q2), the rows of [F U | g | I] are orthogonalised from the last to
     * the first under the weights [D | q | qs q1 q2].
     */
    private void predict(int c, double meanA, double dtS) {
        double g0 = -dtS / capacityAs;
        double g1 = (1.0 - a1) * fastOhm;
        double g2 = (1.0 - a2) * slowOhm;
        double moved = g0 * meanA;
        double turn = gap.turn(moved);
        hysteresis[c] += turn * (Math.signum(moved) - hysteresis[c]);
        hysteresisSigma[c] *= 1.0 - turn;
        soc[c] += moved;
        v1[c] = a1 * v1[c] + g1 * meanA;
        v2[c] = a2 * v2[c] + g2 * meanA;

        double inflate = 1.0 + 2.0 * noise.chargeCorrelationS() / dtS;
        double currentSigmaA = noise.currentSigmaPerH() * capacityAs / 3600.0;
        double q = currentSigmaA * currentSigmaA * inflate;
        double counted = moved * noise.capacitySigma();
        double qs = counted * counted * inflate;
        double drop1 = noise.resistanceSigma() * fastOhm * meanA;
        double drop2 = noise.resistanceSigma() * slowOhm * meanA;
        double q1 = (1.0 - a1 * a1) * drop1 * drop1;
        double q2 = (1.0 - a2 * a2) * drop2 * drop2;

        double e0 = d0[c];
        double e1 = d1[c];
        double e2 = d2[c];
        double w01 = u01[c];
        double w02 = u02[c];
        double w12 = a1 * u12[c];

        double n2 = a2 * a2 * e2 + g2 * g2 * q + q2;
        double inverse2 = n2 > 0.0 ? 1.0 / n2 : 0.0;
        double n12 = (w12 * a2 * e2 + g1 * g2 * q) * inverse2;
        double n02 = (w02 * a2 * e2 + g0 * g2 * q) * inverse2;

        double r12 = w12 - n12 * a2; // row 1 less n12 times row 2
        double r1q = g1 - n12 * g2;
        double r02 = w02 - n02 * a2; // row 0 less n02 times row 2
        double r0q = g0 - n02 * g2;

        double n1 = a1 * a1 * e1 + r12 * r12 * e2 + r1q * r1q * q + q1 + n12 * n12 * q2;
        double n01 = n1 > 0.0 ? (w01 * a1 * e1 + r02 * r12 * e2 + r0q * r1q * q + n02 * n12 * q2) / n1 : 0.0;

        double s01 = w01 - n01 * a1; // row 0 less n01 times row 1
        double s02 = r02 - n01 * r12;
        double s0q = r0q - n01 * r1q;
        double s2 = n02 - n01 * n12;
        d0[c] = e0 + s01 * s01 * e1 + s02 * s02 * e2 + s0q * s0q * q + qs + n01 * n01 * q1 + s2 * s2 * q2;
        d1[c] = n1;
        d2[c] = n2;
        u01[c] = n01;
        u02[c] = n02;
        u12[c] = n12;
    }

    /** Measurement update of one cell with h = (dOCV/dsoc, -1, -1); leaves x and P alone without a usable voltage. */
    private void correct(int c, double nowA, double tDegC, double dtS, Channel voltage) {
        r0Ohm = r0.ohm(soc[c], tDegC);
        double ohmicV = r0Ohm * nowA;
        double halfGapV = gap.halfGapV(soc[c]);
        slopeV = ocv.slopeV(soc[c], tDegC) + hysteresis[c] * gap.halfGapSlopeV(soc[c]);
        predictedV = ocv.v(soc[c], tDegC) + hysteresis[c] * halfGapV - v1[c] - v2[c] - ohmicV;
        if (!voltage.usable(c)) {
            return;
        }
        double residual = voltage.value(c) - predictedV;
        double underLoadV = noise.resistanceSigma() * ohmicV;
        double unturnedV = hysteresisSigma[c] * halfGapV;
        double sigma2 = noise.modelSigmaV() * noise.modelSigmaV() + underLoadV * underLoadV + unturnedV * unturnedV;
        double newsPerS = 1.0 / noise.modelCorrelationS() + Math.abs(nowA) / (capacityAs * noise.modelCorrelationSoc());
        double r = dtS > 0.0 ? sigma2 * (1.0 + 2.0 / (dtS * newsPerS)) : sigma2;

        double f0 = slopeV; // f = U' h'
        double f1 = f0 * u01[c] - 1.0;
        double f2 = f0 * u02[c] - u12[c] - 1.0;
        double g0 = d0[c] * f0; // g = D f
        double g1 = d1[c] * f1;
        double g2 = d2[c] * f2;
        double s0 = r + f0 * g0; // s2 = h P h' + r, built up one state at a time
        double s1 = s0 + f1 * g1;
        double s2 = s1 + f2 * g2;
        if (!(s2 > 0.0 && s2 < Double.POSITIVE_INFINITY) || !Double.isFinite(residual)) {
            return;
        }
        double k01 = g0 + g1 * u01[c]; // unscaled gain after two states
        double k0 = k01 + g2 * u02[c]; // and after all three: s2 K
        double k1 = g1 + g2 * u12[c];
        d0[c] *= r / s0;
        d1[c] *= s0 / s1;
        d2[c] *= s1 / s2;
        u01[c] -= g0 * f1 / s0;
        u02[c] -= k01 * f2 / s1;
        u12[c] -= g1 * f2 / s1;
        double step = residual / s2;
        soc[c] += k0 * step;
        v1[c] += k1 * step;
        v2[c] += g2 * step;
    }
}
