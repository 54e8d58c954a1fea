package io.github.bms4j.limit;

/** Why a current or a power is not higher. */
public enum LimitRule {
    /** Nothing was computed yet; nothing is known, so nothing is allowed. */
    NOT_KNOWN("not known yet"),
    /** A reading that the rule needs is missing, implausible or too old. */
    BAD_SAMPLE("bad or missing reading"),
    /** The cell's current rating. */
    CURRENT_RATING("cell current rating"),
    /** A cell would leave its voltage window within the horizon. */
    CELL_VOLTAGE("cell voltage"),
    /** A cell is too hot or too cold, or near it. */
    TEMPERATURE("temperature derate"),
    /** Lithium plating: charge rate over SOC and temperature. */
    PLATING("plating-safe charge rate"),
    /** A cell is at the end of its SOC window. */
    SOC_WINDOW("SOC window"),
    /** The station's current limit. */
    STATION_CURRENT("station current limit"),
    /** The station delivers less than it was asked for. */
    STATION_DELIVERY("station delivers less"),
    /** The station has paused the charge. */
    STATION_PAUSE("station pause"),
    /** The plan asks for less here, because later is cheaper or enough. */
    PLAN("plan"),
    /** A limit was lifted a moment ago; the demand rises by its slope. */
    RAMP("ramp"),
    /** The session is not in its charging phase. */
    SESSION("session not charging"),
    /** The charge goal is reached. */
    GOAL("goal reached");

    private final String text;

    LimitRule(String text) {
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }
}
