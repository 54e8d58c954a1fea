package io.github.bms4j.contactor;

/**
 * What may lead the contactors from one state to another, the most pressing first: of all that happens in one cycle the
 * first with a row in the table is taken.
 */
public enum ContactorEvent {
    /** Opening is demanded while the current is above what the contactors break, or is not known. */
    FUSE_FIRST("open demanded, current above the break current or unknown"),
    /** The current may be broken now, by the positive contactor. */
    BREAK_POSITIVE("current may be broken, positive contactor first"),
    /** The current may be broken now, by the negative contactor, which is built for its direction. */
    BREAK_NEGATIVE("current may be broken, negative contactor first (polarised, charging)"),
    /** A contact that must be open conducts. */
    WELD_SEEN("a contact commanded open conducts"),
    /** A contact that must be closed does not conduct. */
    NOT_CLOSED("a contact commanded closed does not conduct"),
    /** The wish to be closed, or the permission to close, was withdrawn. */
    ABANDONED("request or permission withdrawn"),
    /** A reading that this state rests on is missing for too long. */
    BLIND("readings missing too long"),
    /** Precharge leaves its envelope, or the resistor is at its energy limit. */
    PRECHARGE_FAULT("precharge outside its envelope, or resistor at its budget"),
    /** The bus is held by others and this string does not fit onto it. */
    JOIN_REFUSED("string does not fit onto the bus"),
    /** Something forbids closing. */
    LOCK_STANDS("a lock stands"),
    /** Asked to stay closed, with a full set of fresh readings since the last time: the timeout starts anew. */
    CONFIRMED("request stands, all readings fresh"),
    /** The state has lasted as long as it may. */
    TIMEOUT("timeout"),
    /** No lock stands any more. */
    UNLOCKED("no lock stands"),
    /** Asked and allowed to close; the link is low enough for the weld check. */
    START_CHECK("close asked and allowed, link low enough to check for welds"),
    /** Asked and allowed to close; the link is near the pack voltage, so contact feedback alone speaks for open contacts. */
    START_LIVE("close asked and allowed, link charged, feedback open"),
    /** The link stayed where it is for the whole check. */
    LINK_QUIET("link stayed, contacts as commanded"),
    /** Link and pack voltage agree within the gate, in two fresh pairs of readings. */
    LINK_MATCHES("link within the gate of the pack voltage, current small"),
    /** All contacts are as commanded and have settled. */
    CONTACTS_SET("contacts as commanded"),
    /** The contactor that opened first is known to be open, or there is no time to find out. */
    CONTACT_OPEN("first contactor open, or opening is urgent"),
    /** Everything is open and no lock stands. */
    ALL_OPEN("all open, no current, no lock");

    private final String text;

    ContactorEvent(String text) {
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }

    /** The bit that stands for this event in a set. */
    int bit() {
        return 1 << ordinal();
    }
}
