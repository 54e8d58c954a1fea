package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.num.StepResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What makes a stretch, what is kept of decisions, and what is refused. */
class ShadowStretchTest extends ShadowFixture {
    @Test
    void aNewStartBeginsTheTrialAnew() {
        a.error = 0.05;
        a.sigma = 0.02;
        shadow.propose(b, second);
        drive(4 * STRETCH_S);
        b.startedFromAnother = false;
        shadow.start(0.5, 0.1);
        drive(10);
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertEquals(0.0, score.evidence());
        assertTrue(b.startedFromAnother);
        drive(4 * STRETCH_S);
        b.startedFromAnother = false;
        shadow.startFrom(estimate);
        drive(10);
        assertTrue(b.startedFromAnother && a.startedFromAnother);
        score = shadow.score();
        assertNotNull(score);
        assertEquals(0.0, score.evidence());
    }

    @Test
    void aGapOpensANewStretch() {
        a.error = 0.05;
        shadow.propose(b, second);
        drive(1 + STRETCH_S);
        for (int k = 0; k < 5; k++) {
            drive(STRETCH_S - 10);
            seconds += 130;
        }
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertEquals(0, score.stretches());
        drive(STRETCH_S + 5);
        score = shadow.score();
        assertNotNull(score);
        assertEquals(1, score.stretches());
    }

    @Test
    void aSampleWithoutACurrentDoesNotBreakAStretch() {
        shadow.propose(b, second);
        drive(1 + STRETCH_S);
        for (int k = 0; k < 3 * STRETCH_S / 10; k++) {
            drive(9);
            seconds++;
            sample.begin(seconds * SECOND);
            assertEquals(StepResult.HELD, shadow.step(sample, estimate));
            truth -= direction / 10_800.0;
        }
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertTrue(score.stretches() >= 2, score::toString);
    }

    @Test
    void anHourThatMovedLittleIsNotScored() {
        shadow.propose(b, second);
        drive(1 + STRETCH_S);
        rest(2 * 3600);
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertEquals(0, score.stretches());
        assertEquals(1, score.rests());
    }

    @Test
    void onlyTheLast64DecisionsAreKept() {
        for (int k = 0; k < 70; k++) {
            shadow.propose(new ScriptedEstimator("c" + k), second);
            shadow.withdraw();
        }
        assertEquals(64, shadow.decisions().size());
        assertEquals("c6 2", shadow.decisions().get(0).other());
        assertEquals("c69 2", last().other());
    }

    @Test
    void saysADecisionInOneLine() {
        shadow.propose(b, second);
        drive(3 * STRETCH_S);
        shadow.withdraw();
        String line = last().toString();
        assertTrue(
                line.startsWith(
                        "1084.0 s KEPT REQUESTED: a 1 over b 2, evidence for the one beside +0.0, disagreement 0.0"
                                + " sigma, 2 stretches, 0 rests; in charge: innovation 0.00 of "),
                line);
        assertFalse(line.contains("\n"));
    }

    @Test
    void refusesAnotherChemistryAndSettingsThatDecideNothing() {
        CellType other = new CellType(
                "other",
                Chemistry.NCA,
                cell.rating(),
                cell.ocv(),
                cell.circuit(),
                cell.thermal(),
                cell.chargeMap(),
                cell.provenance());
        ParameterSet nca = new ParameterSet("nca", other, noise, "test");
        assertThrows(IllegalArgumentException.class, () -> shadow.propose(b, nca));
        assertThrows(IllegalArgumentException.class, () -> new ParameterSet(" ", cell, noise, "test"));
        assertThrows(IllegalArgumentException.class, () -> new ParameterSet("3", cell, noise, ""));
        assertThrows(IllegalArgumentException.class, () -> new ShadowSettings(0.0, 3, 12, 4, 3.0));
        assertThrows(IllegalArgumentException.class, () -> new ShadowSettings(1.0, 0, 12, 4, 3.0));
        assertThrows(IllegalArgumentException.class, () -> new ShadowSettings(1.0, 3, 2, 4, 3.0));
        assertThrows(IllegalArgumentException.class, () -> new ShadowSettings(1.0, 3, 12, 0, 3.0));
        assertThrows(IllegalArgumentException.class, () -> new ShadowSettings(1.0, 3, 12, 4, Double.NaN));
        assertEquals("ekf", second.estimator("ekf", layout).name());
    }

    @Tag("endurance")
    @Test
    void leavesNothingOnTheHeapDuringATrial() {
        ShadowEstimator real =
                new ShadowEstimator(layout, first.estimator("ekf", layout), first, ShadowSettings.standard());
        real.start(0.5, 0.02);
        real.propose(second.estimator("ekf", layout), second);
        long[] nanos = {0};
        double bytes = Allocation.bytesPerCall(5_000, () -> {
            nanos[0] += SECOND / 10;
            sample.begin(nanos[0]);
            sample.readCurrent(0.5);
            sample.readCellVoltage(0, 3.6);
            sample.readTemperature(0, 25.0);
            real.step(sample, estimate);
        });
        assertEquals(ShadowPhase.TRIAL, real.phase());
        assertEquals(0.0, bytes, 0.01);
    }
}
