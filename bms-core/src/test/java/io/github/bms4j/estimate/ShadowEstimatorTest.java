package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.estimate.ShadowDecision.Reason;
import io.github.bms4j.estimate.ShadowDecision.Verdict;
import io.github.bms4j.num.StepResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two scripted estimators beside each other on a straight cell that goes up and down at 1C: a stretch ends after the 361st second. */
class ShadowEstimatorTest extends ShadowFixture {
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
}
