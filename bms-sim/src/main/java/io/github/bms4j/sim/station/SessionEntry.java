package io.github.bms4j.sim.station;

import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.GbtNode;

/**
 * One line of a sequence chart: a run of the same message that decides the same.
 *
 * @param firstS when the first of the run ended on the bus, s
 * @param lastS when the last of the run ended on the bus, s
 * @param attempt 0 for the first try of the session, 1 after the first restart at CRM and so on
 * @param message which message
 * @param detail what the first says in a few words, and the last if it says another thing; currents are charging amperes
 * @param count messages in the run
 * @param meanPeriodMs mean time from one to the next, ms; NaN for a single one
 */
public record SessionEntry(
        double firstS, double lastS, int attempt, GbtMessage message, String detail, int count, double meanPeriodMs) {
    /** Who sent it. */
    public GbtNode sender() {
        return message.sender();
    }
}
