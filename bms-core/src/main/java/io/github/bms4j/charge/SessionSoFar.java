package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * What has happened in the session before a plan is made (again).
 *
 * @param flowing whether energy flows now: going on is no start
 * @param starts how often energy began to flow, 0 or more
 * @param spent what the session's energy has cost, 0 or more; below 0 it has earned
 */
public record SessionSoFar(boolean flowing, int starts, double spent) {
    private static final SessionSoFar FRESH = new SessionSoFar(false, 0, 0.0);

    /** @throws IllegalArgumentException when a figure does not fit */
    public SessionSoFar {
        Check.atLeast("starts", starts, 0);
        Check.finite("spent", spent);
    }

    /** Nothing has happened. */
    public static SessionSoFar fresh() {
        return FRESH;
    }
}
