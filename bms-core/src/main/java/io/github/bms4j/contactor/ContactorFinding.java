package io.github.bms4j.contactor;

import io.github.bms4j.protect.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a string's contactors have to say, each with how long it stands. */
public enum ContactorFinding {
    /** The positive contactor conducts although it is commanded open. */
    WELDED_POSITIVE(Lasts.UNTIL_RESET, "positive contactor welded", Fault.WELDED),
    /** The negative contactor conducts although it is commanded open. */
    WELDED_NEGATIVE(Lasts.UNTIL_RESET, "negative contactor welded", Fault.WELDED),
    /** The precharge contactor conducts although it is commanded open. */
    WELDED_PRECHARGE(Lasts.UNTIL_RESET, "precharge contactor welded", Fault.WELDED),
    /** Current flows although everything is commanded open. */
    CURRENT_WHEN_OPEN(Lasts.UNTIL_RESET, "current with all contactors open", Fault.WELDED),
    /** The positive contactor does not conduct although it is commanded closed. */
    NOT_CLOSED_POSITIVE(Lasts.UNTIL_RESET, "positive contactor does not close", Fault.NOT_CLOSED),
    /** The negative contactor does not conduct although it is commanded closed. */
    NOT_CLOSED_NEGATIVE(Lasts.UNTIL_RESET, "negative contactor does not close", Fault.NOT_CLOSED),
    /** The precharge contactor does not conduct although it is commanded closed. */
    NOT_CLOSED_PRECHARGE(Lasts.UNTIL_RESET, "precharge contactor does not close", Fault.NOT_CLOSED),
    /** The link does not follow the pack although both main contactors are closed: a contactor or the fuse is open. */
    LINK_LOST(Lasts.UNTIL_RESET, "link does not follow the pack", Fault.NOT_CLOSED),
    /** The link rose faster than its capacitor allows: resistor bridged, capacitor missing, or a source on the link. */
    PRECHARGE_TOO_FAST(Lasts.UNTIL_CLOSED, "precharge too fast", Fault.PRECHARGED_TOO_FAST),
    /** The link rises too slowly and the current is not known. */
    PRECHARGE_TOO_SLOW(Lasts.UNTIL_CLOSED, "precharge too slow", Fault.PRECHARGED_TOO_SLOW),
    /** The link rises too slowly and hardly any current flows: the precharge path is open. */
    PRECHARGE_NO_CURRENT(Lasts.UNTIL_CLOSED, "precharge path carries no current", Fault.PRECHARGED_TOO_SLOW),
    /** The link rises too slowly although the resistor carries its current: a load, or a short, takes it. */
    PRECHARGE_LOADED(Lasts.UNTIL_CLOSED, "load or short on the link during precharge", Fault.PRECHARGED_TOO_SLOW),
    /** More current than the resistor can pass: it is bridged. */
    PRECHARGE_CURRENT_HIGH(Lasts.UNTIL_CLOSED, "precharge current high", Fault.PRECHARGED_AT_HIGH_CURRENT),
    /** The allowed tries of precharge are used up. */
    TRIES_USED_UP(Lasts.UNTIL_COOL, "precharge tries used up", Fault.PRECHARGE_GIVEN_UP),
    /** The precharge resistor is too warm for another try. */
    RESISTOR_HOT(Lasts.WHILE_SEEN, "precharge resistor hot"),
    /** The bus is held by others, and voltage or predicted equalisation current forbid to join it. */
    JOIN_REFUSED(Lasts.WHILE_SEEN, "join refused"),
    /** Asked to close, but a fault or the caller does not allow it. */
    CLOSING_BARRED(Lasts.WHILE_SEEN, "closing not allowed"),
    /** Asked to close, but pack voltage, link voltage or current are not read. */
    READINGS_MISSING(Lasts.WHILE_SEEN, "readings missing"),
    /** The feedback of a contact is not read although the rating says it is wired. */
    FEEDBACK_MISSING(Lasts.WHILE_SEEN, "contact feedback missing"),
    /** Asked to close without feedback contacts onto a charged link: no weld check is possible until it has fallen. */
    LINK_CHARGED(Lasts.WHILE_SEEN, "link still charged"),
    /** Zero current was asked for and did not come within its deadline. */
    CURRENT_DID_NOT_FALL(Lasts.UNTIL_CLOSED, "current did not fall to zero when asked"),
    /** The first contactor opened, but its weld check came to no verdict. */
    OPENING_NOT_CHECKED(Lasts.UNTIL_CLOSED, "opening could not be checked"),
    /** Neither fuse nor load ended the current within the deadline. */
    FUSE_DID_NOT_OPEN(Lasts.UNTIL_RESET, "fuse did not open");

    /** How long a finding stands, and whether it forbids closing. */
    public enum Lasts {
        /** Judged anew in every cycle. */
        WHILE_SEEN,
        /** Stands until the string has closed once or is reset; forbids nothing. */
        UNTIL_CLOSED,
        /** Forbids closing until the string has rested and the precharge resistor has cooled, or a reset. */
        UNTIL_COOL,
        /** Forbids closing until somebody has looked at it and resets. */
        UNTIL_RESET
    }

    private final Lasts lasts;
    private final String text;
    private final @Nullable Fault fault;

    ContactorFinding(Lasts lasts, String text) {
        this(lasts, text, null);
    }

    ContactorFinding(Lasts lasts, String text, @Nullable Fault fault) {
        this.lasts = lasts;
        this.text = text;
        this.fault = fault;
    }

    /** How long it stands. */
    public Lasts lasts() {
        return lasts;
    }

    /** The fault of the fault table that it is reported as; null where there is none. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** All faults that findings are reported as, each once. */
    public static List<Fault> faults() {
        return Arrays.stream(values())
                .map(ContactorFinding::fault)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whether it forbids closing while it stands. */
    public boolean locks() {
        return lasts == Lasts.UNTIL_COOL || lasts == Lasts.UNTIL_RESET;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }
}
