package io.github.bms4j.num;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the values of one construction, gathered so that all of it is said at once.
 *
 * <p>The checks are those of {@link Check}; {@link #refuse} throws when any of them failed. Thread: one. Allocates freely.
 */
public final class Findings {
    /** Beyond so many the rest is only counted: one broken column has as many findings as rows. */
    private static final int MOST_NAMED = 6;

    private final List<String> texts = new ArrayList<>();
    private int unnamed;

    /** Notes a finding. */
    public void add(String text) {
        if (texts.size() < MOST_NAMED) {
            texts.add(text);
        } else {
            unnamed++;
        }
    }

    /** As {@link Check#positive}; returns whether the value fits. */
    public boolean positive(String name, double value) {
        return fits(() -> Check.positive(name, value));
    }

    /** As {@link Check#notNegative}; returns whether the value fits. */
    public boolean notNegative(String name, double value) {
        return fits(() -> Check.notNegative(name, value));
    }

    /** As {@link Check#within}; returns whether the value fits. */
    public boolean within(String name, double value, double min, double max) {
        return fits(() -> Check.within(name, value, min, max));
    }

    private boolean fits(Runnable check) {
        try {
            check.run();
            return true;
        } catch (IllegalArgumentException e) {
            add(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Throws when anything was found. @throws IllegalArgumentException naming every finding, separated by "; " */
    public void refuse() {
        if (!texts.isEmpty()) {
            String more = unnamed > 0 ? "; and " + unnamed + " more" : "";
            throw new IllegalArgumentException(String.join("; ", texts) + more);
        }
    }
}
