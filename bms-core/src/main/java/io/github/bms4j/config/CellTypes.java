package io.github.bms4j.config;

import io.github.bms4j.cell.CellType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads cell types from files and writes them: our YAML (docs/cell-file.md) or BPX (JSON), told apart by content.
 *
 * <p>A file with the key {@code cell} is ours and is read strictly: an unknown key is a finding. A file with
 * {@code Header: BPX} is a BPX parameter set, from which an equivalent circuit is derived (docs/theory/bpx-to-circuit.md).
 *
 * <p>Thread: any. Allocates freely: for start-up only.
 */
public final class CellTypes {
    private CellTypes() {}

    /**
     * Reads a cell type from a file in UTF-8.
     *
     * @throws IOException when the file cannot be read
     * @throws ConfigException when it is not a sound cell type; one line saying where and why
     */
    public static CellType load(Path file) throws IOException, ConfigException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(file.toString(), reader);
        }
    }

    /**
     * Reads a cell type from a text, such as a class-path resource.
     *
     * @param name how messages call the text
     * @param reader the text; read to its end, not closed
     * @throws IOException when the reader fails
     * @throws ConfigException when it is not a sound cell type; one line saying where and why
     */
    public static CellType read(String name, Reader reader) throws IOException, ConfigException {
        ConfigNode root = ConfigNode.parse(name, reader);
        if (root.isMap() && root.optional("cell").isPresent()) {
            return CellFile.read(root);
        }
        if (root.isMap() && root.optional("Header").isPresent()) {
            return BpxCell.read(root);
        }
        throw root.finding("neither \"cell\" nor \"Header\"", "a cell file (docs/cell-file.md) or a BPX file");
    }

    /**
     * Writes a cell type as our YAML (docs/cell-file.md), numbers with six significant digits; reading it gives the same
     * nodes but for that rounding. The same type gives the same text.
     *
     * @param comment put above as comment lines; may be empty
     * @param out the text; neither flushed nor closed
     * @throws IOException when {@code out} fails
     */
    public static void write(CellType cell, String comment, Appendable out) throws IOException {
        new CellFileWriter(out).write(cell, comment);
    }
}
