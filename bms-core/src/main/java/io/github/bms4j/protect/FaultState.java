package io.github.bms4j.protect;

/** Where a fault stands. */
public enum FaultState {
    /** Never judged since the start: nobody can say. */
    UNKNOWN(false),
    /** Judged and not there. */
    ABSENT(false),
    /** Seen, but not yet for long enough. */
    PENDING(false),
    /** There. */
    PRESENT(true),
    /** Gone, but kept until somebody acknowledges it. */
    LATCHED(true);

    private final boolean stands;

    FaultState(boolean stands) {
        this.stands = stands;
    }

    /** Whether its reaction is in force. */
    public boolean stands() {
        return stands;
    }
}
