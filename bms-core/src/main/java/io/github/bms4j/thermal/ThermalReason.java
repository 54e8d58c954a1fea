package io.github.bms4j.thermal;

/** Why heater or coolant are on or off. */
public enum ThermalReason {
    /** Between the temperatures at which anything is to be done. */
    IN_BAND,
    /** The coldest cell is below its band, or has not yet reached the temperature up to which it is heated. */
    COLD,
    /** A charge, planned or expected, wants the pack warmer and gives the power. */
    REQUESTED,
    /** The hottest cell is above its band, or has not yet come down to the temperature down to which it is cooled. */
    HOT,
    /** A cell is so warm already that heating for the others has to wait. */
    ONE_IS_WARM,
    /** Cells differ too much. */
    UNEVEN,
    /** The coolant carries the heater's warmth. */
    HEATER_ON,
    /** It was switched on so lately that it stays on. */
    LEAST_ON_TIME,
    /** It was switched off so lately that it stays off. */
    LEAST_OFF_TIME,
    /** Nobody grants the power. */
    NO_POWER,
    /** A temperature is not known: no heat, and all the flow there is. */
    NOT_KNOWN
}
