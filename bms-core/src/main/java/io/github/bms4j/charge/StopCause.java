package io.github.bms4j.charge;

/** Why a charge stops. */
public enum StopCause {
    /** It does not. */
    NONE("none"),
    /** The target SOC is reached. */
    SOC_REACHED("target SOC reached"),
    /** The pack's highest voltage is reached. */
    PACK_VOLTAGE_REACHED("pack voltage reached"),
    /** A cell's highest voltage is reached and its current has tapered out. */
    CELL_VOLTAGE_REACHED("cell voltage reached"),
    /** Departure time has come. */
    DEPARTURE("departure"),
    /** The driver unplugs or asked to stop. */
    DRIVER("driver"),
    /** The station stopped the session. */
    STATION("station"),
    /** The pack is too hot or too cold. */
    TEMPERATURE("pack temperature"),
    /** Readings are missing for too long. */
    BAD_SAMPLE("readings missing"),
    /** Current or voltage is not what was agreed. */
    MISMATCH("current or voltage mismatch"),
    /** The insulation of the pack or the station failed. */
    INSULATION("insulation"),
    /** The peer is silent. */
    COMMUNICATION("communication lost"),
    /** Any other fault of the pack. */
    PACK_FAULT("pack fault");

    private final String text;

    StopCause(String text) {
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }
}
