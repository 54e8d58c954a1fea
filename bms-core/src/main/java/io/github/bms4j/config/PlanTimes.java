package io.github.bms4j.config;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads the times of a plan's files: minutes from now, or local date-times where the need says what now is. */
final class PlanTimes {
    private static final double MOST_MIN = 1e6;

    private final @Nullable LocalDateTime now;

    PlanTimes(@Nullable LocalDateTime now) {
        this.now = now;
    }

    /** A time in seconds from now. */
    double seconds(ConfigNode node) throws ConfigException {
        if (node.isNumber()) {
            return 60.0 * node.number(-MOST_MIN, MOST_MIN);
        }
        LocalDateTime at = dateTime(node);
        if (now == null) {
            throw node.finding("a date-time", "minutes from now, or \"now\" in the need for date-times to count from");
        }
        return Duration.between(now, at).toMillis() / 1000.0;
    }

    /** A local date-time such as 2026-03-01T22:15. */
    static LocalDateTime dateTime(ConfigNode node) throws ConfigException {
        String text = node.text();
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw node.finding(
                    ConfigException.quoted(text), "minutes from now or a local date-time such as 2026-03-01T22:15");
        }
    }
}
