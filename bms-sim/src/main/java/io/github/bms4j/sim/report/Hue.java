package io.github.bms4j.sim.report;

import java.util.List;
import java.util.Locale;

/**
 * The colours of lines and bands, told apart with the common kinds of colour blindness. Each has a shade for the light
 * and one for the dark page, which {@code report.css} holds.
 */
public enum Hue {
    /** The first choice. */
    BLUE,
    /** The second choice; stands off blue for every eye. */
    ORANGE,
    /** Bluish green. */
    GREEN,
    /** Reddish purple. */
    PURPLE,
    /** Light blue. */
    SKY,
    /** Vermilion; limits and faults. */
    RED,
    /** The text colour; references and truths. */
    INK,
    /** Steps back; context. */
    GREY;

    private static final List<Hue> OF_SERIES = List.of(BLUE, ORANGE, GREEN, PURPLE, SKY, RED);

    /** The hue of the n-th series that names none. */
    static Hue ofSeries(int n) {
        return OF_SERIES.get(n % OF_SERIES.size());
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
