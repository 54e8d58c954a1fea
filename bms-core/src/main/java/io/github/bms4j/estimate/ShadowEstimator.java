package io.github.bms4j.estimate;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.ShadowDecision.Reason;
import io.github.bms4j.estimate.ShadowDecision.Verdict;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries a candidate (another filter, another parameter set, or both) beside the estimator in charge, on the same samples,
 * and lets it take over only when it has proved itself.
 *
 * <pre>
 * ALONE ── propose ──► TRIAL ── better, and keeps its word ──► APPROVED ── rest ──► PROBATION ── passed ──► ALONE
 *   ▲                    │ no better, or breaks its word          │                     │ worse, or breaks its word
 *   └──────── KEPT ──────┴────────────────────────────────────────┘                     └── ROLLED_BACK ──► ALONE
 * </pre>
 *
 * <p>Both are held to their own word by {@link ShadowScore.Figures} and compared by how well they foresaw the voltages
 * (docs/theory/shadow-scoring.md). A candidate takes over at rest only, so that no limit jumps under load; one that fails on
 * probation is put aside at once. Every decision is kept with its figures. What no score can see: an error that both share, and
 * one that never shows in a voltage, such as an OCV curve moved along the SOC axis as a whole.
 *
 * <p>Limits, ratings and the charge map never come from a candidate's cell; what a limit is computed from, the estimate, does.
 * The same samples give the same decisions. Contract and units: {@link SocEstimator}. Thread: one. Allocation: none per step
 * but for the record of a decision.
 */
public final class ShadowEstimator implements SocEstimator {
    /** A rest in which an estimator may be changed, s. */
    private static final double CHANGE_AFTER_S = 60.0;

    /** Steps that one may hold while the other uses them. */
    private static final int MOST_HELD = 100;

    /** Further apart than this, in their joint sigma, a candidate needs a rest that decides. */
    private static final double APART_SIGMAS = 3.0;

    /** A newcomer believes what it takes over a little less: another set means another SOC. */
    private static final double NEWCOMER_SIGMA = 0.05;

    private static final int KEPT_DECISIONS = 64;

    private final PackLayout layout;
    private final ShadowSettings settings;
    private final PackEstimate shadowEstimate;
    private final Contest contest;
    private final List<ShadowDecision> decisions = new ArrayList<>();

    private Contender active;
    private @Nullable Contender shadow;
    private @Nullable Contender former;
    private ShadowPhase phase = ShadowPhase.ALONE;
    private boolean shadowStarted;
    private boolean rollBackAsked;
    private long nowNanos;
    private int activeHeld;
    private int shadowHeld;

    private static final class Contender {
        final SocEstimator estimator;
        final ParameterSet set;
        final EstimatorScore score;

        Contender(SocEstimator estimator, ParameterSet set, PackLayout layout) {
            this.estimator = estimator;
            this.set = set;
            this.score = new EstimatorScore(set, layout);
        }

        String label() {
            return estimator.name() + " " + set.version();
        }
    }

    /**
     * One estimator in charge, none beside it.
     *
     * @param layout the pack
     * @param estimator the one in charge, made from {@code set}, as by {@link ParameterSet#estimator}
     * @param set what it believes
     * @param settings when a candidate has proved itself
     */
    public ShadowEstimator(PackLayout layout, SocEstimator estimator, ParameterSet set, ShadowSettings settings) {
        this.layout = layout;
        this.settings = settings;
        this.active = new Contender(estimator, set, layout);
        this.shadowEstimate = new PackEstimate(layout);
        this.contest = new Contest(set.cell(), layout, set.noise());
    }

    /**
     * Begins the trial of a candidate with the next sample; it goes on from what the one in charge knows.
     *
     * @param candidate a new estimator, made from {@code set}
     * @param set what it believes
     * @throws IllegalArgumentException when the set is for another chemistry
     * @throws IllegalStateException while another candidate is on trial or probation
     */
    public void propose(SocEstimator candidate, ParameterSet set) {
        if (phase != ShadowPhase.ALONE) {
            throw new IllegalStateException("a candidate is in phase " + phase + "; withdraw it or wait");
        }
        if (set.cell().chemistry() != active.set.cell().chemistry()) {
            throw new IllegalArgumentException("parameter set " + set.version() + " must be for "
                    + active.set.cell().chemistry() + " but is for "
                    + set.cell().chemistry());
        }
        shadow = new Contender(candidate, set, layout);
        phase = ShadowPhase.TRIAL;
        restart(false);
        shadowStarted = false;
    }

    /** Ends a trial without a winner; does nothing when there is none. */
    public void withdraw() {
        if (phase == ShadowPhase.TRIAL || phase == ShadowPhase.APPROVED) {
            drop(Reason.REQUESTED);
        }
    }

    /**
     * Asks for the former estimator and its parameter set back; it takes over at the next rest.
     *
     * @throws IllegalStateException when no candidate was ever promoted, or while one is on trial
     */
    public void rollBack() {
        if (former == null || phase == ShadowPhase.TRIAL || phase == ShadowPhase.APPROVED) {
            throw new IllegalStateException(
                    former == null ? "there is no former estimator" : "a candidate is in phase " + phase);
        }
        rollBackAsked = true;
    }

    /** The name of the one in charge. */
    @Override
    public String name() {
        return active.estimator.name();
    }

    @Override
    public void start(double soc, double sigma) {
        active.estimator.start(soc, sigma);
        restart(false);
        shadowStarted = false;
    }

    @Override
    public void startEach(double[] soc, double[] sigma) {
        active.estimator.startEach(soc, sigma);
        restart(false);
        shadowStarted = false;
    }

    @Override
    public void startFurther(double currentBiasA, double currentBiasSigmaA, double[] resistanceRatio) {
        active.estimator.startFurther(currentBiasA, currentBiasSigmaA, resistanceRatio);
    }

    @Override
    public void startFrom(PackEstimate now) {
        active.estimator.startFrom(now);
        restart(false);
        shadowStarted = false;
    }

    @Override
    public StepResult step(PackSample sample, PackEstimate into) {
        StepResult result = active.estimator.step(sample, into);
        boolean used = result == StepResult.USED;
        nowNanos = sample.nanos();
        Contender beside = shadow;
        if (beside == null) {
            if (used) {
                contest.idle(sample);
                changeAtRest(into);
            }
            return result;
        }
        if (!shadowStarted && used) {
            shadowEstimate.widened(into, NEWCOMER_SIGMA);
            beside.estimator.startFrom(shadowEstimate);
            shadowStarted = true;
        }
        boolean shadowUsed = shadowStarted && beside.estimator.step(sample, shadowEstimate) == StepResult.USED;
        activeHeld = shadowUsed && !used ? activeHeld + 1 : 0;
        shadowHeld = used && !shadowUsed ? shadowHeld + 1 : 0;
        if (used && shadowUsed) {
            contest.step(sample, active.score, into, beside.score, shadowEstimate);
        }
        decide(beside, into);
        return result;
    }

    private void decide(Contender beside, PackEstimate into) {
        if (phase == ShadowPhase.PROBATION) {
            decideProbation(beside);
        } else {
            decideTrial(beside);
        }
        changeAtRest(into);
    }

    private void decideTrial(Contender candidate) {
        double limit = settings.evidence();
        double evidence = contest.evidence();
        Reason fault = null;
        if (shadowHeld > MOST_HELD) {
            fault = Reason.UNSOUND;
        } else if (contest.settled()) {
            fault = candidate.score.fault(settings.alarmSigmas());
        }
        if (fault != null) {
            drop(fault);
        } else if (evidence <= -limit) {
            drop(Reason.BETTER_EVIDENCE);
        } else if (candidate.score.stretches() >= settings.maxStretches()) {
            drop(Reason.NOT_BETTER);
        } else if (phase == ShadowPhase.APPROVED && evidence < 0.5 * limit) {
            drop(Reason.NOT_BETTER);
        } else if (phase == ShadowPhase.TRIAL
                && evidence >= limit
                && candidate.score.stretches() >= settings.minStretches()
                && (contest.disagreement() <= APART_SIGMAS || candidate.score.rests() > 0)) {
            phase = ShadowPhase.APPROVED;
            record(Verdict.APPROVED, Reason.BETTER_EVIDENCE, active, candidate);
        }
    }

    private void decideProbation(Contender old) {
        Reason fault = activeHeld > MOST_HELD ? Reason.UNSOUND : active.score.fault(settings.alarmSigmas());
        if (fault != null && old.score.fault(settings.alarmSigmas()) == null) {
            putBack(fault);
        } else if (contest.evidence() >= settings.evidence()) {
            putBack(Reason.BETTER_EVIDENCE);
        } else if (active.score.stretches() >= settings.probationStretches()) {
            endProbation(old, fault);
        }
    }

    /**
     * One that breaks its word (if no worse than the former does), or that stands far from the former while nothing has told
     * who is right, is not confirmed but watched for another probation.
     */
    private void endProbation(Contender old, @Nullable Reason fault) {
        boolean agreed = contest.disagreement() <= APART_SIGMAS || active.score.rests() > 0;
        if (fault == null && agreed) {
            record(Verdict.CONFIRMED, Reason.PROBATION_OVER, active, old);
            alone();
        } else {
            restart(true);
        }
    }

    /** What may happen at rest only: an approved candidate takes over, a former estimator that was asked for comes back. */
    private void changeAtRest(PackEstimate into) {
        if (contest.restS() < CHANGE_AFTER_S) {
            return;
        }
        Contender beside = shadow;
        if (phase == ShadowPhase.APPROVED && beside != null) {
            record(Verdict.PROMOTED, Reason.AT_REST, beside, active);
            former = active;
            shadow = active;
            active = beside;
            phase = ShadowPhase.PROBATION;
            restart(true);
        } else if (rollBackAsked && phase == ShadowPhase.PROBATION) {
            putBack(Reason.REQUESTED);
        } else if (rollBackAsked && phase == ShadowPhase.ALONE && former != null) {
            former.estimator.startFrom(into);
            putBack(Reason.REQUESTED);
        }
    }

    /** The candidate leaves; the one in charge stays. */
    private void drop(Reason reason) {
        Contender candidate = shadow;
        if (candidate != null) {
            record(Verdict.KEPT, reason, active, candidate);
        }
        alone();
    }

    /** The former estimator takes over again; the promoted one leaves. */
    private void putBack(Reason reason) {
        Contender old = former;
        if (old != null) {
            record(Verdict.ROLLED_BACK, reason, old, active);
            active = old;
        }
        former = null;
        alone();
    }

    private void alone() {
        shadow = null;
        phase = ShadowPhase.ALONE;
        rollBackAsked = false;
        restart(false);
    }

    private void restart(boolean bothWarm) {
        contest.restart(bothWarm);
        activeHeld = 0;
        shadowHeld = 0;
    }

    private void record(Verdict verdict, Reason reason, Contender inCharge, Contender other) {
        if (decisions.size() == KEPT_DECISIONS) {
            decisions.remove(0);
        }
        Contender beside = inCharge == active ? other : inCharge;
        decisions.add(new ShadowDecision(
                nowNanos, verdict, reason, inCharge.label(), other.label(), standing(active, beside)));
    }

    private ShadowScore standing(Contender inCharge, Contender beside) {
        return new ShadowScore(
                inCharge.score.figures(settings.alarmSigmas()),
                beside.score.figures(settings.alarmSigmas()),
                contest.evidence(),
                contest.disagreement(),
                inCharge.score.stretches(),
                inCharge.score.rests());
    }

    /** The parameter set in charge. */
    public ParameterSet parameters() {
        return active.set;
    }

    /** Where the trial of a candidate stands. */
    public ShadowPhase phase() {
        return phase;
    }

    /** The decisions so far, oldest first, at most the last 64; a copy. */
    public List<ShadowDecision> decisions() {
        return List.copyOf(decisions);
    }

    /** How the two stand against each other now, or null while there is but one; allocates. */
    public @Nullable ShadowScore score() {
        Contender beside = shadow;
        return beside == null ? null : standing(active, beside);
    }

    /** What the estimator beside the one in charge says; unknown before its first sample. For logs and charts. */
    public PackEstimate shadowEstimate() {
        return shadowEstimate;
    }
}
