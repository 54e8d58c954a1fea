package io.github.bms4j.journal;

import io.github.bms4j.num.Check;

/**
 * How often what is written.
 *
 * @param stateEveryS SOC and its standard deviations, s, above 0: what may flow unseen before a power loss
 * @param healthEveryS capacities, resistances and the life record, s, above 0
 * @param rule what a memory is worth when the power comes back
 * @param journal how the medium is treated
 */
public record MemorySettings(double stateEveryS, double healthEveryS, RestartRule rule, JournalSettings journal) {
    /** Checks both times. */
    public MemorySettings {
        Check.positive("stateEveryS", stateEveryS);
        Check.positive("healthEveryS", healthEveryS);
    }

    /** State every 10 s, health every 10 min, each record forced: 4.4 MB a day for 96 cells. */
    public static MemorySettings standard() {
        return new MemorySettings(10.0, 600.0, RestartRule.standard(), JournalSettings.standard());
    }
}
