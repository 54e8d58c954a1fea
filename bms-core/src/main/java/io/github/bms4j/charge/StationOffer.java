package io.github.bms4j.charge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a charging point offers: its hard limits, and power, price and CO₂ over time with their source.
 *
 * <p>There may be up to three schedules to choose from, as ISO 15118-2 sends them; the planner takes the best and says which.
 * After {@code validUntilS} nothing is known and the last step is not trusted: power is 0.
 *
 * @param source who says so: a station, a tariff service, a site controller
 * @param rating hard limits
 * @param validUntilS end of validity, s on the clock that steps the pack
 * @param schedules one to three, with different names
 */
public record StationOffer(String source, StationRating rating, double validUntilS, List<OfferSchedule> schedules) {
    private static final int MOST_SCHEDULES = 3;

    /** @throws IllegalArgumentException when a figure does not fit */
    public StationOffer {
        if (source.isBlank()) {
            throw new IllegalArgumentException("source must name who makes the offer but is blank");
        }
        schedules = List.copyOf(schedules);
        if (schedules.isEmpty() || schedules.size() > MOST_SCHEDULES) {
            throw new IllegalArgumentException(
                    "schedules must be 1 to " + MOST_SCHEDULES + " but are " + schedules.size());
        }
        Set<String> names = new HashSet<>();
        for (OfferSchedule schedule : schedules) {
            if (!names.add(schedule.name())) {
                throw new IllegalArgumentException(
                        "schedules must have different names but two are called " + schedule.name());
            }
            double firstS = schedule.steps().get(0).startS();
            if (!(validUntilS > firstS)) {
                throw new IllegalArgumentException(
                        "validUntilS (" + validUntilS + ") must lie after the first step (" + firstS + ")");
            }
        }
    }

    /**
     * One schedule of direct current, one way.
     *
     * @param source who says so
     * @param maxV highest voltage, V, above 0
     * @param maxA highest current, A, above 0
     * @param validUntilS end of validity, s
     * @param steps at least one, by rising start
     */
    public StationOffer(String source, double maxV, double maxA, double validUntilS, List<OfferStep> steps) {
        this(source, StationRating.oneWay(maxV, maxA), validUntilS, List.of(new OfferSchedule(source, steps)));
    }
}
