package io.github.bms4j.can.gbt27930;

/** The one-byte answer of CRM (vehicle recognised?), BRO and CRO (ready?). */
public enum GbtAnswer {
    /** 00: not yet. */
    NO(0x00),
    /** AA: recognised, ready. */
    YES(0xAA),
    /** FF and every code without a meaning. */
    INVALID(0xFF);

    private final int code;

    GbtAnswer(int code) {
        this.code = code;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    static GbtAnswer ofCode(int code) {
        return code == NO.code ? NO : code == YES.code ? YES : INVALID;
    }
}
