package io.github.bms4j.contactor;

import io.github.bms4j.measure.Contact;

/**
 * The states of a string's contactors with all that they put out: three coil commands and the share of the pack's limits.
 *
 * <p>Outputs are columns of this table and of nothing else. {@link ContactorTable} holds what leads from one state to another.
 */
public enum ContactorState {
    /** All open: waits for the contacts to settle, then judges whether everything is open. The first state after the start. */
    INSPECT(false, false, false),
    /** All open and found so; may close when asked. */
    STANDBY(false, false, false),
    /** All open; something forbids closing until it has cooled, was reset, or could be inspected. */
    LOCKED(false, false, false),
    /** Precharge contactor alone: the link must stay where it is, or the negative contactor is welded. */
    CHECK_NEGATIVE(false, false, true),
    /** All open again, so that the next check begins with an open precharge contactor. */
    CHECK_RELEASE(false, false, false),
    /** Negative contactor alone: the link must stay where it is, or another contactor is welded. */
    CLOSE_NEGATIVE(false, true, false),
    /** The link is charged through the precharge resistor. */
    PRECHARGE(false, true, true),
    /** The positive contactor closes onto the matched link. */
    CLOSE_POSITIVE(true, true, true),
    /** The precharge contactor opens; verifies that both main contactors carry the link. */
    OPEN_PRECHARGE(true, true, false),
    /** In operation; the only state that passes the pack's limits on. */
    CLOSED(true, true, false),
    /** Asks for zero current and waits for it. */
    ZERO_CURRENT(true, true, false),
    /** Asks for zero current above the break current: the fuse, the load or the hardware must end it first. */
    WAIT_FUSE(true, true, false),
    /** Nobody ended the current within the deadline and the rating says to stay closed. */
    HELD_CLOSED(true, true, false),
    /** The positive contactor has opened first; the link must fall away from the pack. */
    OPEN_POSITIVE(false, true, false),
    /** The negative contactor has opened first; the link must fall away from the pack. */
    OPEN_NEGATIVE(true, false, false);

    private final boolean positive;
    private final boolean negative;
    private final boolean precharge;

    ContactorState(boolean positive, boolean negative, boolean precharge) {
        this.positive = positive;
        this.negative = negative;
        this.precharge = precharge;
    }

    /** Whether the coil of the positive contactor is on. */
    public boolean positive() {
        return positive;
    }

    /** Whether the coil of the negative contactor is on. */
    public boolean negative() {
        return negative;
    }

    /** Whether the coil of the precharge contactor is on. */
    public boolean precharge() {
        return precharge;
    }

    /** Whether a contact is commanded to conduct; the interlock is not ours to command. */
    public boolean commands(Contact contact) {
        return switch (contact) {
            case POSITIVE -> positive;
            case NEGATIVE -> negative;
            case PRECHARGE -> precharge;
            case INTERLOCK -> false;
        };
    }

    /** Share of the pack's current limits to pass on: 1 in operation, 0 in every other state. */
    public double limitShare() {
        return this == CLOSED ? 1.0 : 0.0;
    }

    /** Whether the string is connected through both main contactors. */
    public boolean connected() {
        return positive && negative;
    }

    /** Whether no coil is on. */
    public boolean allOpen() {
        return !positive && !negative && !precharge;
    }

    /** The three coils as three letters, positive, negative, precharge: {@code PN-}. */
    String coils() {
        return (positive ? "P" : "-") + (negative ? "N" : "-") + (precharge ? "C" : "-");
    }
}
