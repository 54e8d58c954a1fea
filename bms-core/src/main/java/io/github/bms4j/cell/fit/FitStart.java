package io.github.bms4j.cell.fit;

import java.util.List;

/**
 * Where the fit begins and what is known before any datum: starting values, expectations with their standard deviations, bounds.
 *
 * <p>The expectations are our judgement. They decide only where data are silent: a resistance keeps the shape of its nearest
 * measured neighbour over SOC and temperature, a half gap stays typical of its chemistry.
 */
final class FitStart {
    private static final double GAS_KJ_PER_MOL_K = 8.31446261815324e-3;
    private static final double ZERO_DEG_C_IN_K = 273.15;
    /** Resistances of a usual cell at 25 °C as volts at its one-hour current: R0 and the three pairs. */
    private static final double[] TYPICAL_V = {0.05, 0.025, 0.03, 0.02};

    private static final double[] TYPICAL_KJ_PER_MOL = {22.0, 32.0, 32.0, 30.0};
    /** How much ln R changes from one SOC node to the next above 30 % SOC, and below. */
    private static final double[] WALK = {0.02, 0.03, 0.08, 0.12};

    private static final double[] LOW_WALK = {0.08, 0.15, 0.2, 0.3};

    private static final double ACTIVATION_SIGMA = 4.0;
    private static final double[] TAU_S = {10.0, 90.0, 1000.0};
    private static final double[] LEAST_TAU_S = {3.0, 40.0, 500.0};
    private static final double[] MOST_TAU_S = {40.0, 300.0, 1500.0};
    private static final double ENTROPY_SIGMA_MV_PER_K = 0.15;
    private static final double MOST_ENTROPY_MV_PER_K = 0.8;
    private static final double OFFSET_SIGMA_V = 0.003;
    /**
     * How far a load's charge may be off from the capacity of the fit: near 25 °C, where that was measured, and per kelvin
     * away from there, where the charge that is not reached in time looks like less capacity.
     */
    private static final double SCALE_SIGMA = 0.001;

    private static final double SCALE_SIGMA_PER_K = 0.0015;

    private static final double SCALE_NEAR_K = 5.0;

    private static final double MOST_SCALE = 0.1;
    private static final double USUAL_DEG_C = 25.0;

    private final FitProblem problem;
    private final FitLayout layout;
    private final TypicalCell typical;
    private final double[] x;

    FitStart(FitProblem problem, TypicalCell typical) {
        this.problem = problem;
        this.layout = problem.layout();
        this.typical = typical;
        this.x = new double[layout.size()];
    }

    /** Typical series resistance at a temperature, Ω. */
    static double typicalOhm(int map, double capacityAh, double degC) {
        double shift = TYPICAL_KJ_PER_MOL[map]
                / GAS_KJ_PER_MOL_K
                * (1.0 / (degC + ZERO_DEG_C_IN_K) - 1.0 / (USUAL_DEG_C + ZERO_DEG_C_IN_K));
        return TYPICAL_V[map] / capacityAh * StrictMath.exp(shift);
    }

    double[] make(FirstOcv ocv, boolean entropyShows, double minV, double maxV, double[] tauS) {
        openCircuit(ocv, minV, maxV);
        entropy(entropyShows);
        hysteresis(ocv);
        for (int map = 0; map < FitLayout.MAPS; map++) {
            resistance(map);
        }
        for (int b = 0; b < FitLayout.MAPS - 1; b++) {
            x[layout.tau + b] = StrictMath.log(tauS[b]);
            problem.expect(layout.tau + b, StrictMath.log(TAU_S[b]), b == 2 ? 0.3 : 0.8);
            problem.bound(layout.tau + b, StrictMath.log(LEAST_TAU_S[b]), StrictMath.log(MOST_TAU_S[b]));
        }
        x[layout.turn] = StrictMath.log(typical.turnPerSoc);
        problem.expect(layout.turn, x[layout.turn], 0.3);
        problem.bound(layout.turn, StrictMath.log(8.0), StrictMath.log(35.0));
        return x;
    }

    private void openCircuit(FirstOcv ocv, double minV, double maxV) {
        double[] v = ocv.ocvV();
        double[] soc = FitLayout.OCV_SOC;
        for (int k = 0; k < v.length; k++) {
            x[k] = Math.min(maxV, Math.max(minV, v[k]));
            problem.bound(k, minV - 0.01, maxV + 0.01);
        }
        for (int k = 1; k < v.length - 1; k++) {
            double before = soc[k] - soc[k - 1];
            double after = soc[k + 1] - soc[k];
            double bend = (v[k + 1] - v[k]) / after - (v[k] - v[k - 1]) / before;
            double sigma = (soc[k] < 0.12 ? 0.5 : 0.05) + 0.3 * Math.abs(bend);
            problem.expect(
                    new int[] {k - 1, k, k + 1},
                    new double[] {1.0 / before, -1.0 / before - 1.0 / after, 1.0 / after},
                    bend,
                    sigma);
        }
        problem.expect(0, minV + 0.15, 0.5);
        problem.expect(v.length - 1, maxV, 0.5);
    }

    private void entropy(boolean shows) {
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            int p = layout.entropy + k;
            if (shows) {
                problem.expect(p, 0.0, ENTROPY_SIGMA_MV_PER_K);
                problem.bound(p, -MOST_ENTROPY_MV_PER_K, MOST_ENTROPY_MV_PER_K);
            } else {
                problem.expect(p, 0.0, 1e-3);
                problem.bound(p, 0.0, 0.0);
            }
        }
    }

    private void hysteresis(FirstOcv ocv) {
        double usual = StrictMath.log(typical.halfGapV);
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            int p = layout.gap + k;
            x[p] = usual;
            problem.expect(p, usual, 0.6);
            double measured = ocv.halfGapV(FitLayout.GAP_SOC[k]);
            double most = Double.isNaN(measured) ? 2.5 * typical.halfGapV : measured + 1e-3;
            problem.bound(p, StrictMath.log(2e-4), StrictMath.log(Math.min(0.08, Math.max(4e-4, most))));
            if (k > 0) {
                problem.expect(new int[] {p - 1, p}, new double[] {-1.0, 1.0}, 0.0, 0.4);
            }
        }
    }

    private void resistance(int map) {
        int nodes = FitLayout.OHM_SOC.length;
        int base = baseRow();
        int middle = FitLayout.segment(FitLayout.OHM_SOC, 0.5);
        int activation = layout.activation + map;
        x[activation] = TYPICAL_KJ_PER_MOL[map];
        problem.expect(activation, TYPICAL_KJ_PER_MOL[map], ACTIVATION_SIGMA);
        problem.bound(activation, 15.0, 50.0);
        for (int t = 0; t < layout.rowDegC.length; t++) {
            double usual = StrictMath.log(typicalOhm(map, layout.capacityAh, layout.rowDegC[t]));
            for (int n = 0; n < nodes; n++) {
                int p = layout.ohm(map, t, n);
                x[p] = usual;
                problem.bound(p, usual - 3.0, usual + 2.7);
            }
        }
        problem.expect(
                layout.ohm(map, base, middle),
                StrictMath.log(typicalOhm(map, layout.capacityAh, layout.rowDegC[base])),
                map == 3 ? 0.2 : 0.8);
        for (int n = 1; n < nodes; n++) {
            double walk = FitLayout.OHM_SOC[n] <= 0.3 ? LOW_WALK[map] : WALK[map];
            int p = layout.ohm(map, base, n);
            problem.expect(new int[] {p - 1, p}, new double[] {-1.0, 1.0}, 0.0, walk);
        }
        for (int t = 0; t < layout.rowDegC.length - 1; t++) {
            double perKj = (inverseK(t) - inverseK(t + 1)) / GAS_KJ_PER_MOL_K;
            int from = layout.ohm(map, t, 0);
            int to = layout.ohm(map, t + 1, 0);
            problem.expect(
                    new int[] {from + middle, to + middle, activation}, new double[] {1.0, -1.0, -perKj}, 0.0, 0.15);
            for (int n = 1; n < nodes; n++) {
                boolean low = FitLayout.OHM_SOC[n] <= 0.2;
                problem.expect(
                        new int[] {from + n - 1, from + n, to + n - 1, to + n},
                        new double[] {-1.0, 1.0, 1.0, -1.0},
                        0.0,
                        low ? 0.25 : 0.1);
            }
        }
    }

    private double inverseK(int row) {
        return 1.0 / (layout.rowDegC[row] + ZERO_DEG_C_IN_K);
    }

    private int baseRow() {
        int base = 0;
        for (int t = 1; t < layout.rowDegC.length; t++) {
            if (Math.abs(layout.rowDegC[t] - USUAL_DEG_C) < Math.abs(layout.rowDegC[base] - USUAL_DEG_C)) {
                base = t;
            }
        }
        return base;
    }

    /** Parameters that belong to tracks and records: starting SOC, drift of slow counters, offset of slow runs. */
    void nuisance(List<FitTrack> tracks) {
        int told = -1;
        for (FitTrack track : tracks) {
            if (track.startParameter >= 0) {
                x[track.startParameter] = track.anchorSoc;
                boolean labelled = !Double.isNaN(track.labelSoc);
                problem.expect(track.startParameter, track.anchorSoc, labelled ? 0.02 : 0.1);
                problem.bound(track.startParameter, -0.05, 1.05);
            }
            if (track.driftParameter >= 0 && track.kind != FitRecord.Kind.OCV) {
                if (track.driftParameter == told) {
                    continue; // another run of the same record
                }
                told = track.driftParameter;
                double away = Math.max(0.0, Math.abs(ResidualStatistics.meanDegC(track) - USUAL_DEG_C) - SCALE_NEAR_K);
                problem.expect(track.driftParameter, 0.0, SCALE_SIGMA + SCALE_SIGMA_PER_K * away);
                problem.bound(track.driftParameter, -MOST_SCALE, MOST_SCALE);
            } else if (track.driftParameter >= 0) {
                double rate = meanRate(track);
                problem.expect(track.driftParameter, 0.0, (bothWays(track) ? 0.03 : 0.002) * rate);
                problem.bound(track.driftParameter, -0.12 * rate, 0.12 * rate);
            }
            if (track.offsetParameter >= 0) {
                for (int k = 0; k < FitLayout.OFFSET_SOC.length; k++) {
                    problem.expect(track.offsetParameter + k, 0.0, OFFSET_SIGMA_V);
                }
            }
        }
    }

    /** Whether a track runs far both ways, so that its branches tell a drift. */
    private boolean bothWays(FitTrack track) {
        double least = 0.5 * layout.capacityAh;
        return ChargeLeg.longestDischarge(track.ah).map(ChargeLeg::ah).orElse(0.0) > least
                && -ChargeLeg.longestCharge(track.ah).map(ChargeLeg::ah).orElse(0.0) > least;
    }

    /** Mean magnitude of the current while it flows, SOC per hour. */
    private double meanRate(FitTrack track) {
        double moved = 0.0;
        double hours = 0.0;
        for (int k = 1; k < track.rows(); k++) {
            double rate = Math.abs(track.stepA[k]) / layout.capacityAh;
            if (rate > 0.005) {
                double dtH = (track.timeS[k] - track.timeS[k - 1]) / 3600.0;
                moved += rate * dtH;
                hours += dtH;
            }
        }
        return hours > 0.0 ? Math.max(1e-3, moved / hours) : 1e-3;
    }
}
