package io.github.bms4j.charge;

import io.github.bms4j.num.Check;
import java.util.List;

/**
 * What a charging point offers: its hard limits, and power and price over time with their source.
 *
 * <p>The steps hold from their start to the next one's; before the first step nothing is offered, after {@code
 * validUntilS} nothing is known and the last step is not trusted: power is 0.
 *
 * @param source who says so: a station, a tariff service, a site controller
 * @param maxV highest voltage, V, above 0
 * @param maxA highest current, A, above 0
 * @param validUntilS end of validity, s on the clock that steps the pack
 * @param steps at least one, by rising start
 */
public record StationOffer(String source, double maxV, double maxA, double validUntilS, List<OfferStep> steps) {
    /** Checks every figure and copies the steps. */
    public StationOffer {
        if (source.isBlank()) {
            throw new IllegalArgumentException("source must name who makes the offer but is blank");
        }
        Check.positive("maxV", maxV);
        Check.positive("maxA", maxA);
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps must hold at least one step but is empty");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (!(steps.get(i).startS() > steps.get(i - 1).startS())) {
                throw new IllegalArgumentException("steps must have rising startS but step " + i + " starts at "
                        + steps.get(i).startS() + " s after " + steps.get(i - 1).startS() + " s");
            }
        }
        if (!(validUntilS > steps.get(0).startS())) {
            throw new IllegalArgumentException("validUntilS (" + validUntilS + ") must lie after the first step ("
                    + steps.get(0).startS() + ")");
        }
    }
}
