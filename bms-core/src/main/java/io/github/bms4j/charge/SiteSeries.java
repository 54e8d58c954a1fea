package io.github.bms4j.charge;

import io.github.bms4j.num.Check;
import java.util.List;

/**
 * What a site can spare over time: a limit on what is drawn from its grid connection, and its own solar power.
 *
 * <p>Before the first step there is neither a limit nor sun; the last step holds on. Solar energy has a price of its own, what
 * it would earn otherwise, and no CO₂; of grid and sun the cheaper is used first.
 *
 * @param steps by rising start; may be empty
 * @param solarPerKwh price of own solar energy; 0 if it is free
 */
public record SiteSeries(List<SiteStep> steps, double solarPerKwh) {
    private static final SiteSeries UNLIMITED = new SiteSeries(List.of(), 0.0);

    /** @throws IllegalArgumentException when the price is not finite or the steps do not rise */
    public SiteSeries {
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (!(steps.get(i).startS() > steps.get(i - 1).startS())) {
                throw new IllegalArgumentException("steps must have rising startS but step " + i + " starts at "
                        + steps.get(i).startS() + " s after " + steps.get(i - 1).startS() + " s");
            }
        }
        Check.finite("solarPerKwh", solarPerKwh);
    }

    /** No limit and no sun. */
    public static SiteSeries unlimited() {
        return UNLIMITED;
    }
}
