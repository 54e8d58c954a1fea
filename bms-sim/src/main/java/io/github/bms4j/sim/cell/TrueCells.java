package io.github.bms4j.sim.cell;

import io.github.bms4j.config.ConfigException;
import io.github.bms4j.config.ConfigNode;
import io.github.bms4j.num.Table1D;
import io.github.bms4j.num.Table2D;
import io.github.bms4j.sim.cell.TrueCell.TrueBranch;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Reads true cells from YAML, in the form that docs/cell-file.md describes. */
public final class TrueCells {
    private TrueCells() {}

    /**
     * Reads one true cell.
     *
     * @param fileName what messages call the file
     * @throws ConfigException if the content is no true cell: {@code file:line:column: found X, expected Y}
     * @throws IOException if it cannot be read
     */
    public static TrueCell read(String fileName, Reader reader) throws IOException, ConfigException {
        ConfigNode root = ConfigNode.parse(fileName, reader);
        root.rejectUnknown(
                "truth", "name", "provenance", "capacityAh", "ocv", "r0", "branches", "hysteresis", "thermal");
        root.get("truth").whole(1, 1);
        String name = root.get("name").text();
        double capacityAh = root.get("capacityAh").number();
        Table1D ocvV = curve(root.get("ocv"), "v");
        Table2D r0Ohm = map(root.get("r0"));
        List<TrueBranch> branches = new ArrayList<>();
        for (ConfigNode branch : root.get("branches").items()) {
            Table2D ohm = map(branch);
            double tauS = branch.get("tauS").number();
            branches.add(branch.make("a sound branch", () -> new TrueBranch(ohm, tauS)));
        }
        ConfigNode hysteresis = root.get("hysteresis");
        Table1D halfGapV = curve(hysteresis, "halfGapV");
        double decayPerSoc = hysteresis.get("decayPerSoc").number();
        double heatCapacityJPerK = root.get("thermal").get("heatCapacityJPerK").number();
        double toAmbientWPerK = root.get("thermal").get("toAmbientWPerK").number();
        return root.make(
                "a true cell",
                () -> new TrueCell(
                        name,
                        capacityAh,
                        ocvV,
                        r0Ohm,
                        branches,
                        halfGapV,
                        decayPerSoc,
                        heatCapacityJPerK,
                        toAmbientWPerK));
    }

    private static Table1D curve(ConfigNode node, String values) throws ConfigException {
        double[] soc = node.get("soc").numbers();
        double[] y = node.get(values).numbers();
        return node.make("a table over rising soc", () -> new Table1D(soc, y));
    }

    private static Table2D map(ConfigNode node) throws ConfigException {
        double[] soc = node.get("soc").numbers();
        double[] temperatureDegC = node.get("temperatureDegC").numbers();
        double[][] ohm = node.get("ohm").rows();
        return node.make("a table over rising soc and temperature", () -> new Table2D(soc, temperatureDegC, ohm));
    }
}
