package io.github.bms4j.contactor;

/**
 * What the rest of the battery management wants of a string's contactors in one cycle.
 *
 * <p>Plain values, written by the caller before each step. As built it asks for nothing and allows nothing. Thread: one.
 * Allocation: none after construction.
 */
public final class ContactorRequest {
    /** The string shall be connected; withdrawn, it opens after the current was asked to zero. */
    public boolean close;
    /** A fault demands opening now: no handshake, but above the break current the fuse goes first. */
    public boolean openNow;
    /** No fault forbids closing; looked at until the string is closed. */
    public boolean mayClose;
    /** Another source holds the link: strings that are connected already, or a charger. It will not decay. */
    public boolean busHeld;
    /** {@link StringJoin} or the caller allows this string onto the held bus; without meaning on a free link. */
    public boolean joinAllowed;
    /** Somebody looked at what stands and clears it; taken when it becomes true and all contactors are commanded open. */
    public boolean reset;

    /** Asks for nothing, allows nothing. */
    public ContactorRequest() {}
}
