package io.github.bms4j.estimate;

import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;

/**
 * Says of a pack of straight cells (OCV 3.2 V + 0.9 V × SOC, R0 20 mΩ) what a test wants: the truth plus an error, with the
 * standard deviation it is told to claim.
 */
final class ScriptedEstimator implements SocEstimator {
    private final String name;
    double truth;
    double error;
    double sigma = 0.01;
    double predictionErrorV;
    boolean holds;
    boolean startedFromAnother;
    int steps;

    ScriptedEstimator(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(double soc, double startSigma) {
        truth = soc;
    }

    @Override
    public void startEach(double[] soc, double[] startSigma) {
        truth = soc[0];
    }

    @Override
    public void startFrom(PackEstimate now) {
        now.requireKnown(now.cells());
        startedFromAnother = true;
    }

    @Override
    public StepResult step(PackSample sample, PackEstimate into) {
        if (holds || !sample.current().usable(0)) {
            return StepResult.HELD;
        }
        steps++;
        double soc = truth + error;
        double predictedV = 3.2 + 0.9 * soc - 0.020 * sample.current().value(0) + predictionErrorV;
        for (int c = 0; c < into.cells(); c++) {
            into.cell(c, soc, sigma, 0.0, 0.0, predictedV);
            into.diffusion(c, 0.0);
            into.circuit(c, 20e-3, 10e-3, 15e-3, 0.9);
        }
        into.close(sample.nanos());
        return StepResult.USED;
    }
}
