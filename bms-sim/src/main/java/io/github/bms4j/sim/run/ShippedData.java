package io.github.bms4j.sim.run;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.config.CellTypes;
import io.github.bms4j.config.ConfigException;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.cell.TrueCells;
import io.github.bms4j.sim.replay.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The cell that ships with the project: a Panasonic NCR18650PF as measured by P. Kollmeyer (CC BY 4.0, see NOTICE).
 *
 * <p>What cannot be read here is a broken build, so it fails unchecked.
 */
public final class ShippedData {
    private static final String CELL = "cells/panasonic-ncr18650pf.yaml";
    private static final String TRUTH = "cells/panasonic-ncr18650pf.truth.yaml";
    private static final String US06 = "recordings/panasonic-ncr18650pf.us06-25c.csv.gz";

    private ShippedData() {}

    /** The cell as estimators and limits know it. */
    public static CellType cell() {
        return open(CELL, in -> CellTypes.read(CELL, new InputStreamReader(in, StandardCharsets.UTF_8)));
    }

    /** The cell as the simulator believes in it: another structure, fitted to other files. */
    public static TrueCell truth() {
        return open(TRUTH, in -> TrueCells.read(TRUTH, new InputStreamReader(in, StandardCharsets.UTF_8)));
    }

    /** A US06 drive at 25 °C until empty, 10 Hz; neither of the two was fitted to it. */
    public static Recording drive() {
        return open(US06, in -> Recording.read(US06, in));
    }

    private interface Reading<T> {
        T from(InputStream in) throws IOException, ConfigException;
    }

    private static <T> T open(String name, Reading<T> reading) {
        try (InputStream in = ShippedData.class.getResourceAsStream("/io/github/bms4j/sim/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
