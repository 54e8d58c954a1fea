package io.github.bms4j.can.gbt27930;

import io.github.bms4j.cell.Chemistry;

/** Cell types as BRM numbers them. */
public enum GbtChemistry {
    /** Lead acid. */
    LEAD_ACID(0x01),
    /** Nickel metal hydride. */
    NIMH(0x02),
    /** Lithium iron phosphate. */
    LFP(0x03),
    /** Lithium manganese oxide. */
    LMO(0x04),
    /** Lithium cobalt oxide. */
    LCO(0x05),
    /** Ternary lithium: nickel manganese cobalt, and nickel cobalt aluminium. */
    NMC(0x06),
    /** Lithium polymer. */
    POLYMER(0x07),
    /** Lithium titanate. */
    LTO(0x08),
    /** Anything else. */
    OTHER(0xFF);

    private final int code;

    GbtChemistry(int code) {
        this.code = code;
    }

    /** The byte in BRM. */
    public int code() {
        return code;
    }

    /** The number of one of our chemistries; sodium ion and solid state have none yet. */
    public static GbtChemistry of(Chemistry chemistry) {
        return switch (chemistry) {
            case NMC, NCA -> NMC;
            case LFP -> LFP;
            case LCO -> LCO;
            case LMO -> LMO;
            case LTO -> LTO;
            case NA_ION, SOLID_STATE -> OTHER;
        };
    }

    /** The type of a byte in BRM; an unknown byte is {@link #OTHER}. */
    public static GbtChemistry ofCode(int code) {
        for (GbtChemistry type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }
}
