package io.github.bms4j.limit;

/**
 * Somebody outside who may limit the pack: an energy manager, an inverter, a fleet server.
 *
 * @param name what explanations call it, not blank
 * @param required whether nothing is allowed while it holds no lease; otherwise a limit that ran out is simply gone
 */
public record RemoteSource(String name, boolean required) {
    /** Checks the name. */
    public RemoteSource {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }
}
