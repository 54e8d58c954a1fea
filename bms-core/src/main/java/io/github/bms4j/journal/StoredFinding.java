package io.github.bms4j.journal;

/**
 * What a detector had found or learned, as it outlives the power; figures in the unit of the suspect, not checked here.
 *
 * @param suspect name of what it is about
 * @param index which cell or sensor; -1 where the pack has only one
 * @param value best estimate
 * @param low lower end of its interval
 * @param high upper end
 */
public record StoredFinding(String suspect, int index, double value, double low, double high) {}
