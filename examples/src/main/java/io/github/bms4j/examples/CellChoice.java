package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.config.CellTypes;
import io.github.bms4j.sim.run.ShippedData;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --cell} means: a file, or the name of a shipped cell where no file is called that. */
final class CellChoice {
    private CellChoice() {}

    /** The cell; a file that is no cell, or a word that is neither, ends the command with {@link Bms#BAD_INPUT}. */
    static CellType of(Path choice) {
        if (!Files.exists(choice)) {
            if (isShipped(choice.toString())) {
                return ShippedData.cell(choice.toString());
            }
            if (choice.getNameCount() == 1 && !choice.isAbsolute()) {
                throw CommandFailure.badInput(
                        choice + ": found no such file, expected a readable file or one of the shipped cells "
                                + String.join(", ", ShippedData.cells()),
                        null);
            }
        }
        return CommandFailure.orUnreadable(choice, CellTypes::load);
    }

    /** A cell that a file names: a file seen from it, or any other word. */
    static Path beside(Path file, String cell) {
        Path there = file.resolveSibling(cell);
        return Files.exists(there) ? there : Path.of(cell);
    }

    /** Whether a shipped cell has this name. */
    static boolean isShipped(String name) {
        return ShippedData.cells().contains(name);
    }
}
