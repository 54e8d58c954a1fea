package io.github.bms4j.estimate;

import java.util.Locale;

/**
 * One decision about a candidate, with the figures it rests on.
 *
 * @param nanos time of the sample that decided, monotonic nanoseconds
 * @param verdict what was decided
 * @param reason why
 * @param inCharge estimator and version of the set in charge from now on
 * @param other estimator and version of the one that is not
 * @param score the figures at that moment; {@code active} are those of the one in charge before
 */
public record ShadowDecision(
        long nanos, Verdict verdict, Reason reason, String inCharge, String other, ShadowScore score) {
    /** What was decided. */
    public enum Verdict {
        /** The candidate won; it waits for a rest. */
        APPROVED,
        /** The candidate took over. */
        PROMOTED,
        /** The candidate was dropped. */
        KEPT,
        /** The promoted candidate was put aside for the former estimator. */
        ROLLED_BACK,
        /** The promoted candidate passed its probation. */
        CONFIRMED
    }

    /** Why. */
    public enum Reason {
        /** The odds reached the settings' evidence in favour of the one in charge from now on. */
        BETTER_EVIDENCE,
        /** Neither was better by so much for as long as a trial may last. */
        NOT_BETTER,
        /** The loser's voltages were further off than it says of itself. */
        INNOVATION,
        /** The loser's SOC moved other than charge over capacity by more than it says of itself. */
        CHARGE_CLOSURE,
        /** After a rest the loser's SOC was further off than it says of itself. */
        REST_CLOSURE,
        /** The loser held samples that the other used, or gave figures that are no numbers. */
        UNSOUND,
        /** A rest came for a candidate that was approved. */
        AT_REST,
        /** Nothing spoke against the promoted candidate for the whole probation. */
        PROBATION_OVER,
        /** The caller asked for it. */
        REQUESTED
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f s %s %s: %s over %s, %s", nanos * 1e-9, verdict, reason, inCharge, other, score);
    }
}
