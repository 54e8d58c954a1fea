package io.github.bms4j.thermal;

/** What the coolant is to do. */
public enum CoolantMode {
    /** To stand. */
    OFF,
    /** To flow without being chilled, so that cells come to one temperature or the heater's warmth to them. */
    CIRCULATE,
    /** To flow colder than the cells. */
    CHILL
}
