package io.github.bms4j.sim.station;

import io.github.bms4j.can.gbt27930.GbtMessage;

/**
 * How often one message came and how evenly; gaps are counted within one attempt of the session.
 *
 * @param message which message
 * @param count how many came
 * @param firstS when the first ended on the bus, s
 * @param lastS when the last ended on the bus, s
 * @param minPeriodMs shortest time from one to the next, ms; NaN when there is no second one
 * @param meanPeriodMs mean time from one to the next, ms; NaN when there is no second one
 * @param maxPeriodMs longest time from one to the next, ms; NaN when there is no second one
 */
public record MessageFigures(
        GbtMessage message,
        int count,
        double firstS,
        double lastS,
        double minPeriodMs,
        double meanPeriodMs,
        double maxPeriodMs) {}
