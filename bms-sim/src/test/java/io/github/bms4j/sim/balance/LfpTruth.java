package io.github.bms4j.sim.balance;

import io.github.bms4j.config.ConfigException;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.cell.TrueCells;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The true iron phosphate cell of the trials: lfp.truth.yaml says what it is made of. */
public final class LfpTruth {
    private LfpTruth() {}

    /** The cell. */
    public static TrueCell cell() {
        String file = "lfp.truth.yaml";
        try (InputStream in = Objects.requireNonNull(LfpTruth.class.getResourceAsStream(file), file)) {
            return TrueCells.read(file, new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
