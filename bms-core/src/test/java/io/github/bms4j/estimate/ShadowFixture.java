package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.ShadowDecision.Verdict;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Two scripted estimators, one in charge of the other, on one cell that is driven and rests. */
abstract class ShadowFixture {
    static final int STRETCH_S = 361;
    static final long SECOND = 1_000_000_000L;
    final CellType cell = SampleCells.straight();
    final NoiseModel noise = Noises.plain();
    final PackLayout layout = new PackLayout(1, 1, 1);
    final ParameterSet first = new ParameterSet("1", cell, noise, "test");
    final ParameterSet second = new ParameterSet("2", cell, noise, "test");
    final ScriptedEstimator a = new ScriptedEstimator("a");
    final ScriptedEstimator b = new ScriptedEstimator("b");
    final ShadowSettings settings = new ShadowSettings(4.6, 3, 12, 4, 3.09);
    final ShadowEstimator shadow = new ShadowEstimator(layout, a, first, settings);
    final PackSample sample = new PackSample(layout);
    final PackEstimate estimate = new PackEstimate(layout);
    double truth = 0.5;
    double direction = 3.0;
    long seconds;

    @BeforeEach
    void start() {
        shadow.start(0.5, 0.02);
        drive(1);
    }

    StepResult step(double cellA) {
        seconds++;
        truth -= cellA / 10_800.0;
        a.truth = truth;
        b.truth = truth;
        sample.begin(seconds * SECOND);
        sample.readCurrent(cellA);
        sample.readCellVoltage(0, 3.2 + 0.9 * truth - 0.020 * cellA);
        sample.readTemperature(0, 25.0);
        return shadow.step(sample, estimate);
    }

    void drive(int steps) {
        for (int k = 0; k < steps; k++) {
            if ((truth < 0.3 && direction > 0.0) || (truth > 0.7 && direction < 0.0)) {
                direction = -direction;
            }
            step(direction);
        }
    }

    void rest(int steps) {
        for (int k = 0; k < steps; k++) {
            step(0.0);
        }
    }

    List<Verdict> verdicts() {
        return shadow.decisions().stream().map(ShadowDecision::verdict).toList();
    }

    ShadowDecision last() {
        return shadow.decisions().get(shadow.decisions().size() - 1);
    }

    /** The one in charge is off by five points and says two. */
    void promote() {
        a.error = 0.05;
        a.sigma = 0.02;
        shadow.propose(b, second);
        drive(7 * STRETCH_S);
        rest(70);
        assertEquals(ShadowPhase.PROBATION, shadow.phase());
    }
}
