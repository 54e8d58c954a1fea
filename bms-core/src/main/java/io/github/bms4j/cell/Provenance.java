package io.github.bms4j.cell;

/**
 * Where the figures of a cell come from; none may be blank.
 *
 * @param origin the data or the publication, with its DOI or address
 * @param licence licence of that origin
 * @param method how the figures were made from it, with their residuals
 */
public record Provenance(String origin, String licence, String method) {
    /** @throws IllegalArgumentException when a text is blank */
    public Provenance {
        notBlank("origin", origin);
        notBlank("licence", licence);
        notBlank("method", method);
    }

    private static void notBlank(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
