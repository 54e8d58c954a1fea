package io.github.bms4j.can.gbt27930;

/** What a two-bit field says. */
public enum GbtFlag {
    /** 00: normal, no, not reached, pause. */
    NO(0),
    /** 01: abnormal, yes, reached, permitted. */
    YES(1),
    /** 10: the sender does not trust its own answer. */
    UNTRUSTED(2),
    /** 11: not available, or the field is absent in the older edition. */
    NOT_AVAILABLE(3);

    private final int code;

    GbtFlag(int code) {
        this.code = code;
    }

    /** The two bits on the wire. */
    public int code() {
        return code;
    }

    /** The flag of a plain yes or no. */
    public static GbtFlag of(boolean yes) {
        return yes ? YES : NO;
    }

    static GbtFlag ofCode(int code) {
        return switch (code) {
            case 0 -> NO;
            case 1 -> YES;
            case 2 -> UNTRUSTED;
            default -> NOT_AVAILABLE;
        };
    }
}
