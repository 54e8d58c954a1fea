package io.github.bms4j.charge;

import java.util.List;

/**
 * One of the ways in which a charging point offers its power over time; the vehicle takes one of them as a whole.
 *
 * <p>A step holds from its start to the next one's; before the first step nothing is offered.
 *
 * @param name what to call it when it is chosen, such as the identifier of a schedule tuple; not blank
 * @param steps at least one, by rising start
 */
public record OfferSchedule(String name, List<OfferStep> steps) {
    /** @throws IllegalArgumentException when the name is blank or the steps do not rise */
    public OfferSchedule {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must say what to call the schedule but is blank");
        }
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
    }
}
