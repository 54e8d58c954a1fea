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
import java.util.List;

/**
 * The cells that ship with the project (docs/theory/shipped-cells.md, NOTICE). The one of the simulator is a Panasonic
 * NCR18650PF as measured by P. Kollmeyer (CC BY 4.0).
 *
 * <p>What cannot be read here is a broken build, so it fails unchecked.
 */
public final class ShippedData {
    private static final String PANASONIC = "panasonic-ncr18650pf";
    private static final String TRUTH = "cells/panasonic-ncr18650pf.truth.yaml";
    private static final String US06 = "recordings/panasonic-ncr18650pf.us06-25c.csv.gz";

    private static final List<String> CELLS = List.of(
            PANASONIC,
            PANASONIC + ".fitted",
            "dmegc-inr18650",
            "lg-m50",
            "nissan-leaf-2013",
            "maxamps-lipo-5450",
            "generic-nmc",
            "generic-nca",
            "generic-lfp",
            "generic-lto",
            "generic-na-ion",
            "generic-solid-state");

    private ShippedData() {}

    /** The simulator's cell as estimators and limits know it. */
    public static CellType cell() {
        return cell(PANASONIC);
    }

    /**
     * Names of all cells as estimators and limits know them: the simulator's, those fitted by {@code bms fit} to permissively
     * licensed measurements (docs/fit-shipped-cells.sh), and a generic one per chemistry for cells that nobody has measured.
     */
    public static List<String> cells() {
        return CELLS;
    }

    /**
     * One of {@link #cells}.
     *
     * @throws IllegalArgumentException for another name
     */
    public static CellType cell(String name) {
        if (!CELLS.contains(name)) {
            throw new IllegalArgumentException("found cell '" + name + "', expected one of " + CELLS);
        }
        String file = "cells/" + name + ".yaml";
        return open(file, in -> CellTypes.read(file, new InputStreamReader(in, StandardCharsets.UTF_8)));
    }

    /** The simulator's cell as it really is there: another structure, fitted to other files. */
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
