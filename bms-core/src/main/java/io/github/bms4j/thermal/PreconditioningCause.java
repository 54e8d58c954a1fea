package io.github.bms4j.thermal;

/** Why a pack is heated before or in a charge, or why not. */
public enum PreconditioningCause {
    /** The time saved is worth more than the energy. */
    WORTH_IT,
    /** Without heat the target is not reached at all. */
    MUST_HEAT,
    /** Time would be saved, but the energy costs more. */
    NOT_WORTH_IT,
    /** The station gives so little that a warmer pack would be charged no sooner. */
    STATION_LIMITS,
    /** A warmer pack would be charged no sooner. */
    WARM_ENOUGH,
    /** The heater does not get the pack any warmer. */
    OUT_OF_REACH,
    /** There is no heater. */
    NO_HEATER,
    /** There is nothing to charge. */
    TARGET_REACHED,
    /** The target is not reached, heated or not. */
    CANNOT_CHARGE
}
