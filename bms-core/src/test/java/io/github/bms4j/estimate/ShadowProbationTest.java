package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.estimate.ShadowDecision.Reason;
import io.github.bms4j.estimate.ShadowDecision.Verdict;
import io.github.bms4j.num.StepResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A promoted estimator on probation, and the way back. */
class ShadowProbationTest extends ShadowFixture {
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
}
