package io.github.bms4j.contactor;

import io.github.bms4j.measure.ContactState;

/**
 * One contactor: what it is commanded to do against what its auxiliary contact says.
 *
 * <p>While it moves, nothing is judged. Afterwards a contradiction must last before it counts, so that bounce and a single
 * wrong reading do not. Thread: one. Allocation: none.
 */
final class ContactWatch {
    private final SwitchRating rating;
    private boolean commanded;
    private double commandedForS;
    private double contradictsForS;
    private ContactState feedback = ContactState.UNKNOWN;

    ContactWatch(SwitchRating rating) {
        this.rating = rating;
    }

    /** One cycle: the command that stood since the last one, and the feedback read now. */
    void step(double dtS, boolean command, ContactState read) {
        commandedForS = command == commanded ? commandedForS + dtS : 0.0;
        commanded = command;
        feedback = read;
        contradictsForS = settled() && contradicts() ? contradictsForS + dtS : 0.0;
    }

    /** Whether it may still be on its way. */
    boolean moves() {
        return !settled();
    }

    /** Whether a wired feedback tells nothing. */
    boolean missing() {
        return rating.feedback() && feedback == ContactState.UNKNOWN;
    }

    /** Whether it had its time and, where feedback is wired, is as commanded. */
    boolean set() {
        return settled() && !contradicts() && !missing();
    }

    /** Whether it conducts although commanded open. */
    boolean stuckClosed() {
        return !commanded && contradictsForS >= rating.feedbackS();
    }

    /** Whether it does not conduct although commanded closed. */
    boolean stuckOpen() {
        return commanded && contradictsForS >= rating.feedbackS();
    }

    private boolean settled() {
        return commandedForS >= (commanded ? rating.closeS() : rating.openS());
    }

    private boolean contradicts() {
        return rating.feedback() && feedback == (commanded ? ContactState.OPEN : ContactState.CLOSED);
    }
}
