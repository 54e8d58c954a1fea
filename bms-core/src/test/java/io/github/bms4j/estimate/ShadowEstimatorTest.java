package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.ShadowDecision.Reason;
import io.github.bms4j.estimate.ShadowDecision.Verdict;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two scripted estimators beside each other on a straight cell that goes up and down at 1C: a stretch ends after the 361st second. */
class ShadowEstimatorTest {
    private static final int STRETCH_S = 361;
    private static final long SECOND = 1_000_000_000L;

    private final CellType cell = SampleCells.straight();
    private final NoiseModel noise = Noises.plain();
    private final PackLayout layout = new PackLayout(1, 1, 1);
    private final ParameterSet first = new ParameterSet("1", cell, noise, "test");
    private final ParameterSet second = new ParameterSet("2", cell, noise, "test");
    private final ScriptedEstimator a = new ScriptedEstimator("a");
    private final ScriptedEstimator b = new ScriptedEstimator("b");
    private final ShadowSettings settings = new ShadowSettings(4.6, 3, 12, 4, 3.09);
    private final ShadowEstimator shadow = new ShadowEstimator(layout, a, first, settings);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private double truth = 0.5;
    private double direction = 3.0;
    private long seconds;

    @BeforeEach
    void start() {
        shadow.start(0.5, 0.02);
        drive(1);
    }

    private StepResult step(double cellA) {
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

    private void drive(int steps) {
        for (int k = 0; k < steps; k++) {
            if ((truth < 0.3 && direction > 0.0) || (truth > 0.7 && direction < 0.0)) {
                direction = -direction;
            }
            step(direction);
        }
    }

    private void rest(int steps) {
        for (int k = 0; k < steps; k++) {
            step(0.0);
        }
    }

    private List<Verdict> verdicts() {
        return shadow.decisions().stream().map(ShadowDecision::verdict).toList();
    }

    private ShadowDecision last() {
        return shadow.decisions().get(shadow.decisions().size() - 1);
    }

    /** The one in charge is off by five points and says two. */
    private void promote() {
        a.error = 0.05;
        a.sigma = 0.02;
        shadow.propose(b, second);
        drive(7 * STRETCH_S);
        rest(70);
        assertEquals(ShadowPhase.PROBATION, shadow.phase());
    }

    @Test
    void aloneItIsTheOneInCharge() {
        assertEquals("a", shadow.name());
        assertEquals(ShadowPhase.ALONE, shadow.phase());
        assertSame(first, shadow.parameters());
        assertNull(shadow.score());
        assertEquals(truth, estimate.soc(0), 1e-12);
        assertTrue(shadow.decisions().isEmpty());
        a.holds = true;
        assertEquals(StepResult.HELD, step(0.0));
    }

    @Test
    void aCandidateStartsFromWhatIsKnownALittleLessSure() {
        shadow.propose(b, second);
        assertFalse(b.startedFromAnother);
        step(3.0);
        assertTrue(b.startedFromAnother);
        assertEquals(1, b.steps);
        assertEquals(ShadowPhase.TRIAL, shadow.phase());
        assertEquals(0.01, estimate.socSigma(0), "the one in charge is not touched");
        PackEstimate widened = new PackEstimate(layout);
        widened.widened(estimate, 0.05);
        assertEquals(Math.hypot(0.01, 0.05), widened.socSigma(0), 1e-12);
        assertEquals(estimate.soc(0), widened.soc(0));
        assertEquals(estimate.nanos(), widened.nanos());
    }

    @Test
    void theBetterOneIsApprovedAfterEnoughStretchesAndTakesOverInARestOfAMinute() {
        a.error = 0.05;
        a.sigma = 0.02;
        shadow.propose(b, second);
        drive(1 + STRETCH_S); // the newcomer's first stretch is not scored
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertEquals(0, score.stretches());
        drive(2 * STRETCH_S);
        score = shadow.score();
        assertNotNull(score);
        assertEquals(2, score.stretches());
        assertEquals(ShadowPhase.TRIAL, shadow.phase());
        drive(4 * STRETCH_S);
        assertEquals(List.of(Verdict.APPROVED), verdicts());
        assertEquals(ShadowPhase.APPROVED, shadow.phase());
        assertEquals("a", shadow.name());
        rest(60);
        assertEquals("a", shadow.name());
        step(0.0);
        assertEquals("b", shadow.name());
        assertSame(second, shadow.parameters());
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED), verdicts());
        assertEquals("b 2", last().inCharge());
        assertEquals("a 1", last().other());
        assertEquals(seconds * SECOND, last().nanos());
        assertTrue(last().score().evidence() >= 4.6, last()::toString);
        rest(1);
        assertEquals(truth, estimate.soc(0), 1e-12, "the next sample is the new one's");
    }

    @Test
    void aStretchAddsNoMoreThanItsBound() {
        a.error = 0.3;
        shadow.propose(b, second);
        drive(1 + 2 * STRETCH_S + 5);
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertEquals(1, score.stretches());
        assertEquals(ShadowSettings.MOST_PER_STRETCH, score.evidence());
    }

    @Test
    void aWorseOneIsDroppedByTheOdds() {
        b.error = 0.04;
        b.sigma = 0.02;
        shadow.propose(b, second);
        drive(12 * STRETCH_S);
        assertEquals(List.of(Verdict.KEPT), verdicts());
        assertEquals(Reason.BETTER_EVIDENCE, last().reason());
        assertEquals("a 1", last().inCharge());
        assertEquals(ShadowPhase.ALONE, shadow.phase());
        assertTrue(last().score().evidence() <= -4.6);
    }

    @Test
    void oneThatBreaksItsWordIsDroppedEvenIfItIsNoWorse() {
        a.error = 0.2;
        b.error = 0.1;
        b.sigma = 0.001;
        shadow.propose(b, second);
        drive(3 * STRETCH_S);
        assertEquals(List.of(Verdict.KEPT), verdicts());
        assertEquals(Reason.INNOVATION, last().reason());
    }

    @Test
    void anUndecidedTrialEnds() {
        shadow.propose(b, second);
        drive(14 * STRETCH_S);
        assertEquals(List.of(Verdict.KEPT), verdicts());
        assertEquals(Reason.NOT_BETTER, last().reason());
        assertEquals(12, last().score().stretches());
        assertEquals(0.0, last().score().evidence(), 1e-9);
        assertEquals(0.0, last().score().disagreement(), 1e-9);
    }

    @Test
    void oneThatHoldsWhereTheOtherGoesOnIsUnsound() {
        shadow.propose(b, second);
        drive(1);
        b.holds = true;
        drive(100);
        assertEquals(ShadowPhase.TRIAL, shadow.phase());
        drive(1);
        assertEquals(Reason.UNSOUND, last().reason());
        assertEquals(Verdict.KEPT, last().verdict());
    }

    @Test
    void oneFarFromTheOtherIsNotApprovedBeforeARestHasDecided() {
        a.error = 0.08;
        a.sigma = 0.02;
        shadow.propose(b, second);
        drive(7 * STRETCH_S);
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertTrue(score.evidence() > 4.6 && score.disagreement() > 3.0, score::toString);
        assertEquals(0.08 / Math.hypot(0.02, 0.01), score.disagreement(), 1e-9);
        assertEquals(ShadowPhase.TRIAL, shadow.phase());
        rest(1805);
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED), verdicts());
        assertEquals(1, last().score().rests());
    }

    @Test
    void anApprovedOneThatLosesItsLeadIsDropped() {
        a.error = 0.05;
        a.sigma = 0.02;
        shadow.propose(b, second);
        while (shadow.phase() == ShadowPhase.TRIAL) {
            drive(1);
        }
        a.error = 0.0;
        b.error = 0.04;
        b.sigma = 0.05;
        while (shadow.phase() == ShadowPhase.APPROVED) {
            drive(1);
        }
        assertEquals(List.of(Verdict.APPROVED, Verdict.KEPT), verdicts());
        assertEquals(Reason.NOT_BETTER, last().reason());
        assertTrue(last().score().evidence() < 2.3, last()::toString);
        assertEquals("a", shadow.name());
    }

    @Test
    void aPromotedOneThatFailsIsPutAsideAtOnceUnderLoad() {
        promote();
        a.error = 0.0;
        b.predictionErrorV = 0.2;
        drive(3 * STRETCH_S);
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED, Verdict.ROLLED_BACK), verdicts());
        assertEquals(Reason.INNOVATION, last().reason());
        assertEquals("a 1", last().inCharge());
        assertEquals("b 2", last().other());
        assertSame(first, shadow.parameters());
        assertEquals(ShadowPhase.ALONE, shadow.phase());
        assertThrows(IllegalStateException.class, shadow::rollBack);
    }

    @Test
    void aPromotedOneThatHoldsIsPutAside() {
        promote();
        b.holds = true;
        rest(101);
        assertEquals(Verdict.ROLLED_BACK, last().verdict());
        assertEquals(Reason.UNSOUND, last().reason());
        assertEquals(StepResult.USED, step(0.0));
    }

    @Test
    void aPromotedOneThatIsWorseIsPutAsideByTheOdds() {
        promote();
        a.error = 0.0;
        a.sigma = 0.01;
        b.error = 0.11;
        b.sigma = 0.06;
        seconds += 130; // a gap, so that the stretch begins here
        drive(4 * STRETCH_S + 10);
        assertEquals(Verdict.ROLLED_BACK, last().verdict(), last()::toString);
        assertEquals(Reason.BETTER_EVIDENCE, last().reason(), last()::toString);
        assertTrue(last().score().evidence() >= 4.6);
    }

    @Test
    void oneThatPassesIsConfirmedAndTheNextMayBeProposed() {
        promote();
        assertThrows(IllegalStateException.class, () -> shadow.propose(a, first));
        drive(5 * STRETCH_S);
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED, Verdict.CONFIRMED), verdicts());
        assertEquals(Reason.PROBATION_OVER, last().reason());
        assertEquals(4, last().score().stretches());
        assertEquals(ShadowPhase.ALONE, shadow.phase());
        assertEquals("b", shadow.name());
        shadow.propose(new ScriptedEstimator("c"), second);
        assertEquals(ShadowPhase.TRIAL, shadow.phase());
    }

    @Test
    void whenBothBreakTheirWordTheProbationGoesOn() {
        promote();
        a.sigma = b.sigma;
        seconds += 130; // a gap, so that both stretches begin here
        a.predictionErrorV = 0.2;
        b.predictionErrorV = 0.2;
        drive(6 * STRETCH_S);
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED), verdicts(), last()::toString);
        assertEquals(ShadowPhase.PROBATION, shadow.phase());
        ShadowScore score = shadow.score();
        assertNotNull(score);
        assertEquals(2, score.stretches(), "a new probation began after four");
    }

    @Test
    void oneFarFromTheFormerIsNotConfirmedWhileNothingHasToldWhoIsRight() {
        promote();
        a.error = 0.08;
        a.sigma = 0.02;
        seconds += 20; // a gap, so that both stretches begin here
        drive(5 * STRETCH_S);
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED), verdicts(), last()::toString);
        rest(1805);
        drive(5 * STRETCH_S);
        assertEquals(Verdict.CONFIRMED, last().verdict(), last()::toString);
    }

    @Test
    void theCallerMayWithdrawATrialAndAskForTheFormerOneBackAtRest() {
        shadow.withdraw();
        assertTrue(shadow.decisions().isEmpty());
        assertThrows(IllegalStateException.class, shadow::rollBack);
        shadow.propose(b, second);
        assertThrows(IllegalStateException.class, shadow::rollBack);
        shadow.withdraw();
        assertEquals(Reason.REQUESTED, last().reason());
        assertEquals(Verdict.KEPT, last().verdict());
        promote();
        shadow.withdraw();
        assertEquals(ShadowPhase.PROBATION, shadow.phase(), "too late to withdraw");
        drive(10);
        shadow.rollBack();
        drive(10);
        assertEquals("b", shadow.name());
        rest(62);
        assertEquals("a", shadow.name());
        assertEquals(Reason.REQUESTED, last().reason());
        assertEquals(Verdict.ROLLED_BACK, last().verdict());
    }

    @Test
    void aConfirmedOneCanStillBeRolledBackFromWhatIsKnown() {
        promote();
        drive(5 * STRETCH_S);
        a.startedFromAnother = false;
        shadow.rollBack();
        rest(62);
        assertEquals("a", shadow.name());
        assertTrue(a.startedFromAnother);
        assertSame(first, shadow.parameters());
        assertEquals(Reason.REQUESTED, last().reason());
    }

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
