package io.github.bms4j.config;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.AgeingCost;
import io.github.bms4j.charge.PackCondition;
import io.github.bms4j.charge.PackNow;
import io.github.bms4j.charge.Polarisation;
import io.github.bms4j.thermal.HeaterRating;
import java.util.Optional;

/**
 * What a pack file says (docs/plan.md): a pack as it stands before a charge.
 *
 * @param cell what the cell is: a file, seen from the pack file, or a name that the reader knows
 * @param layout how the cells are wired
 * @param now how it stands
 * @param ageing what ageing costs
 * @param heater what may heat it, and how it keeps its warmth
 */
public record PackFile(String cell, PackLayout layout, PackNow now, AgeingCost ageing, HeaterRating heater) {
    private static final int FORMAT = 1;
    private static final int MOST_CELLS = 100_000;

    static PackFile read(ConfigNode root) throws ConfigException {
        root.get("pack").whole(FORMAT, FORMAT);
        ConfigParts parts = new ConfigParts();
        parts.part(() -> {
            root.rejectUnknown(
                    "pack",
                    "cell",
                    "series",
                    "parallel",
                    "temperatureSensors",
                    "soc",
                    "socSigma",
                    "socLead",
                    "temperatureDegC",
                    "ambientDegC",
                    "capacityShare",
                    "capacitySigma",
                    "resistanceShare",
                    "ageing",
                    "heater");
            return root;
        });
        String cell = parts.part(() -> root.get("cell").text());
        PackLayout layout = parts.part(() -> layout(root));
        PackNow now = parts.part(() -> now(root));
        AgeingCost ageing = parts.optional(root, "ageing", AgeingCost.none(), PackFile::ageing);
        HeaterRating heater = parts.optional(root, "heater", HeaterRating.none(), PackFile::heater);
        parts.refuse();
        if (cell == null || layout == null || now == null || ageing == null || heater == null) {
            throw root.finding("a part that is not sound", "a sound pack");
        }
        return new PackFile(cell, layout, now, ageing, heater);
    }

    private static PackLayout layout(ConfigNode root) throws ConfigException {
        ConfigParts parts = new ConfigParts();
        Integer series = parts.part(() -> root.get("series").whole(1, MOST_CELLS));
        Integer parallel = parts.optional(root, "parallel", 1, node -> node.whole(1, MOST_CELLS));
        Integer sensors = parts.optional(root, "temperatureSensors", 1, node -> node.whole(1, MOST_CELLS));
        parts.refuse();
        int s = series == null ? 1 : series;
        int p = parallel == null ? 1 : parallel;
        int t = sensors == null ? 1 : sensors;
        return root.make("a sound layout", () -> new PackLayout(s, p, t));
    }

    private static PackNow now(ConfigNode root) throws ConfigException {
        ConfigParts parts = new ConfigParts();
        double soc = parts.number(root, "soc");
        double lead = parts.number(root, "socLead", 0.0);
        double[] degC = parts.part(() -> temperatures(root.get("temperatureDegC")));
        double ambient = parts.number(root, "ambientDegC", degC == null ? Double.NaN : degC[0]);
        PackCondition condition = parts.part(() -> condition(root));
        parts.refuse();
        if (degC == null || condition == null) {
            throw root.finding("a part that is not sound", "a sound pack");
        }
        return root.make(
                "a sound state",
                () -> new PackNow(soc, lead, degC[0], degC[1], ambient, Polarisation.none(), condition));
    }

    /** One temperature, or the coldest and the hottest cell's. */
    private static double[] temperatures(ConfigNode node) throws ConfigException {
        if (!node.isList()) {
            double degC = node.number();
            return new double[] {degC, degC};
        }
        double[] both = node.numbers();
        if (both.length != 2) {
            throw node.finding(
                    both.length + " numbers", "one temperature, or that of the coldest and of the hottest cell");
        }
        return both;
    }

    private static PackCondition condition(ConfigNode root) throws ConfigException {
        ConfigParts parts = new ConfigParts();
        double capacity = parts.number(root, "capacityShare", 1.0);
        double resistance = parts.number(root, "resistanceShare", 1.0);
        double socSigma = parts.number(root, "socSigma", 0.0);
        double capacitySigma = parts.number(root, "capacitySigma", 0.0);
        parts.refuse();
        return root.make("a sound condition", () -> new PackCondition(capacity, resistance, socSigma, capacitySigma));
    }

    private static HeaterRating heater(ConfigNode node) throws ConfigException {
        node.rejectUnknown("powerW", "efficiency", "cooling", "bulk");
        ConfigParts parts = new ConfigParts();
        double power = parts.number(node, "powerW");
        double efficiency = parts.number(node, "efficiency", 1.0);
        double cooling = parts.number(node, "cooling", 1.0);
        double bulk = parts.number(node, "bulk", 1.0);
        parts.refuse();
        return node.make("a sound heater", () -> new HeaterRating(power, efficiency, cooling, bulk));
    }

    /** A price for the figures that ship, or figures of one's own. */
    private static AgeingCost ageing(ConfigNode node) throws ConfigException {
        node.rejectUnknown("pricePerLostKwh", "calendar", "cycle", "source");
        double price = node.get("pricePerLostKwh").number();
        Optional<ConfigNode> calendar = node.optional("calendar");
        Optional<ConfigNode> cycle = node.optional("cycle");
        if (calendar.isEmpty() && cycle.isEmpty()) {
            return node.make("a sound price", () -> AgeingCost.nmc(price));
        }
        ConfigParts parts = new ConfigParts();
        AgeingCost.Calendar byTime = parts.part(() -> calendar(node.get("calendar")));
        AgeingCost.Cycle byUse = parts.part(() -> cycle(node.get("cycle")));
        String source = parts.part(() -> node.get("source").text());
        parts.refuse();
        if (byTime == null || byUse == null || source == null) {
            throw node.finding("a part that is not sound", "sound ageing");
        }
        return node.make("sound ageing", () -> new AgeingCost(price, byTime, byUse, source));
    }

    private static AgeingCost.Calendar calendar(ConfigNode node) throws ConfigException {
        node.rejectUnknown("perYear", "socSlope", "activationK");
        double perYear = node.get("perYear").number();
        double socSlope = node.get("socSlope").number();
        double activationK = node.get("activationK").number();
        return node.make("sound ageing by time", () -> new AgeingCost.Calendar(perYear, socSlope, activationK));
    }

    private static AgeingCost.Cycle cycle(ConfigNode node) throws ConfigException {
        node.rejectUnknown("perCycle", "perRate", "coldPerK");
        double perCycle = node.get("perCycle").number();
        double perRate = node.get("perRate").number();
        double coldPerK = node.get("coldPerK").number();
        return node.make("sound ageing by use", () -> new AgeingCost.Cycle(perCycle, perRate, coldPerK));
    }
}
