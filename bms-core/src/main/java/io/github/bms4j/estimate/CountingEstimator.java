package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;
import java.util.List;

/**
 * The counter as an estimator: SOC by counting alone, the circuit run along without a correction, so that limits can be
 * drawn from it as from a filter. It is the baseline that every filter has to beat. Contract and units: {@link
 * SocEstimator}. Thread: one. Allocation: none per step.
 */
final class CountingEstimator implements SocEstimator {
    private static final int MOST_BRANCHES = 3;

    private final CoulombCounter counter;
    private final PackLayout layout;
    private final OcvCurve ocv;
    private final Hysteresis gap;
    private final CellType type;
    private final RcBranch[] branches;
    private final double[][] rcV;
    private final double[] decay = new double[MOST_BRANCHES];
    private final double[] ohm = new double[MOST_BRANCHES];
    private double decayDtS = Double.NaN;
    private double hysteresis;

    CountingEstimator(CellType type, PackLayout layout, NoiseModel noise) {
        counter = new CoulombCounter(type, layout, noise);
        this.type = type;
        this.layout = layout;
        ocv = type.ocv();
        gap = ocv.hysteresis();
        List<RcBranch> list = type.circuit().branches();
        branches = list.toArray(new RcBranch[0]);
        rcV = new double[MOST_BRANCHES][layout.cells()];
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public void start(double soc, double sigma) {
        counter.start(soc, sigma);
        relax();
    }

    @Override
    public void startEach(double[] soc, double[] sigma) {
        counter.startEach(soc, sigma);
        relax();
    }

    private void relax() {
        for (double[] branch : rcV) {
            Arrays.fill(branch, 0.0);
        }
        hysteresis = 0.0;
    }

    @Override
    public void startFrom(PackEstimate now) {
        counter.startFrom(now);
        for (int c = 0; c < counter.cells(); c++) {
            rcV[0][c] = now.fastRcV(c);
            rcV[1][c] = branches.length > 1 ? now.slowRcV(c) : 0.0;
            rcV[2][c] = branches.length > 2 ? now.diffusionV(c) : 0.0;
        }
        hysteresis = 0.0;
    }

    @Override
    public StepResult step(PackSample sample, PackEstimate into) {
        for (int c = 0; c < counter.cells(); c++) {
            if (Double.isNaN(sample.cellTemperatureDegC(c))) {
                return StepResult.HELD;
            }
        }
        double before = counter.moved();
        StepResult result = counter.step(sample);
        if (result == StepResult.HELD) {
            return result;
        }
        decay(counter.stepS());
        double moved = counter.moved() - before;
        hysteresis += gap.turn(moved) * (Math.signum(moved) - hysteresis);
        double meanA = counter.stepA();
        double nowA = layout.cellCurrentA(sample.current().value(0));
        for (int c = 0; c < counter.cells(); c++) {
            cell(c, meanA, nowA, sample.cellTemperatureDegC(c), into);
        }
        into.close(sample.nanos());
        return result;
    }

    private void cell(int c, double meanA, double nowA, double tDegC, PackEstimate into) {
        double soc = counter.soc(c);
        double sumV = 0.0;
        for (int j = 0; j < branches.length; j++) {
            ohm[j] = branches[j].resistance().ohm(soc, tDegC);
            rcV[j][c] += (1.0 - decay[j]) * (ohm[j] * meanA - rcV[j][c]);
            sumV += rcV[j][c];
        }
        double r0Ohm = type.circuit().r0().ohm(soc, tDegC);
        double slopeV = ocv.slopeV(soc, tDegC) + hysteresis * gap.halfGapSlopeV(soc);
        double predictedV = ocv.v(soc, tDegC) + hysteresis * gap.halfGapV(soc) - sumV - r0Ohm * nowA;
        into.cell(c, soc, counter.sigma(c), rcV[0][c], rcV[1][c], predictedV);
        into.diffusion(c, rcV[2][c]);
        into.circuit(c, r0Ohm, ohm[0], ohm[1], slopeV);
    }

    private void decay(double dtS) {
        if (dtS != decayDtS) {
            decayDtS = dtS;
            for (int j = 0; j < branches.length; j++) {
                decay[j] = StrictMath.exp(-dtS / branches[j].tauS());
            }
        }
    }
}
