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
    CELL_VOLTAGE("cell voltage", " V"),
    /** A cell is too hot or too cold, or near it. */
    TEMPERATURE("temperature derate", " °C"),
    /** A cell would become too hot within the horizon. */
    SELF_HEATING("self-heating", " °C"),
    /** Lithium plating: charge rate over SOC and temperature. */
    PLATING("plating-safe charge rate", " °C"),
    /** Lithium plating: what the anode of a cell bears by its own polarisation and the resistance it has grown to. */
    ANODE_MARGIN("anode margin"),
    /** A fast charge that has time goes no faster than it must to stay cool. */
    COOL_STAGE("cool fast-charge stage"),
    /** A cell is at the end of its SOC window. */
    SOC_WINDOW("SOC window", " %"),
    /** A derating table over the SOC. */
    SOC_DERATE("SOC derate", " %"),
    /** A derating table over the state of health. */
    HEALTH_DERATE("health derate", " %"),
    /** The fuse would melt: its I²t is used up. */
    FUSE("fuse"),
    /** The contactors' rated current over time. */
    CONTACTOR("contactor rating"),
    /** The contactors are not in operation. */
    CONTACTORS_OPEN("contactors not closed"),
    /** A fault reduces the current. */
    FAULT("fault"),
    /** Somebody else, who is in charge for a while, allows no more. */
    REMOTE("remote limit"),
    /** Somebody who must be heard was not heard in time. */
    LEASE_EXPIRED("lease expired"),
    /** The station's current limit. */
    STATION_CURRENT("station current limit"),
    /** The station's power limit. */
    STATION_POWER("station"),
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
    GOAL("goal reached"),
    /** The limits leave less than the station's or the need's least current. */
    LEAST_CURRENT("least current"),
    /** The offer says that nothing is to be had. */
    NOT_OFFERED("nothing offered"),
    /** The site spares no more. */
    SITE("site limit"),
    /** The driver wants no current yet. */
    NOT_YET("before the earliest start"),
    /** Energy may not begin to flow once more. */
    STARTS("number of starts"),
    /** The energy may not cost more. */
    COST_CEILING("cost ceiling");

    private final String text;
    private final String unit;

    LimitRule(String text) {
        this(text, "");
    }

    LimitRule(String text, String unit) {
        this.text = text;
        this.unit = unit;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }

    /** Unit of the reading that the rule looks at, with a space before it; empty if it looks at none. */
    String unit() {
        return unit;
    }
}
