package io.github.bms4j.config;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our own cell file, format 1: the keys are the names of the records' components. Described in docs/cell-file.md. */
final class CellFile {
    private static final int FORMAT = 1;

    private CellFile() {}

    static CellType read(ConfigNode root) throws ConfigException {
        root.get("cell").whole(FORMAT, FORMAT);
        root.rejectUnknown(
                "cell", "name", "chemistry", "rating", "ocv", "circuit", "thermal", "chargeMap", "provenance");
        String name = root.get("name").text();
        Chemistry chemistry = root.get("chemistry").constant(Chemistry.class);
        CellRating rating = rating(root.get("rating"));
        OcvCurve ocv = ocv(root.get("ocv"));
        Circuit circuit = circuit(root.get("circuit"));
        ThermalRating thermal = thermal(root.get("thermal"));
        ChargeMap chargeMap = chargeMap(root.get("chargeMap"));
        Provenance provenance = provenance(root.get("provenance"));
        return root.make(
                "parts that fit each other",
                () -> new CellType(name, chemistry, rating, ocv, circuit, thermal, chargeMap, provenance));
    }

    private static CellRating rating(ConfigNode node) throws ConfigException {
        node.rejectUnknown(
                "capacityAh", "nominalV", "minV", "maxV", "maxDischargeA", "maxChargeA", "dischargeDegC", "chargeDegC");
        double capacityAh = node.get("capacityAh").number();
        double nominalV = node.get("nominalV").number();
        double minV = node.get("minV").number();
        double maxV = node.get("maxV").number();
        double maxDischargeA = node.get("maxDischargeA").number();
        double maxChargeA = node.get("maxChargeA").number();
        TemperatureWindow discharge = window(node.get("dischargeDegC"));
        TemperatureWindow charge = window(node.get("chargeDegC"));
        return node.make(
                "a sound rating",
                () -> new CellRating(capacityAh, nominalV, minV, maxV, maxDischargeA, maxChargeA, discharge, charge));
    }

    private static TemperatureWindow window(ConfigNode node) throws ConfigException {
        double[] ends = node.numbers();
        if (ends.length != 2) {
            throw node.finding(ends.length + " numbers", "two, the lowest and the highest temperature");
        }
        return node.make("a temperature window", () -> new TemperatureWindow(ends[0], ends[1]));
    }

    private static OcvCurve ocv(ConfigNode node) throws ConfigException {
        node.rejectUnknown("referenceDegC", "soc", "v", "entropicVPerK", "hysteresis");
        double referenceDegC = node.get("referenceDegC").number();
        double[] soc = node.get("soc").numbers();
        double[] v = node.get("v").numbers();
        Optional<ConfigNode> entropic = node.optional("entropicVPerK");
        double[] entropicVPerK = entropic.isPresent() ? entropic.get().numbers() : new double[soc.length];
        Optional<ConfigNode> gap = node.optional("hysteresis");
        Hysteresis hysteresis = gap.isPresent() ? hysteresis(gap.get()) : Hysteresis.NONE;
        return node.make("a sound OCV curve", () -> new OcvCurve(soc, v, entropicVPerK, referenceDegC, hysteresis));
    }

    private static Hysteresis hysteresis(ConfigNode node) throws ConfigException {
        node.rejectUnknown("soc", "halfGapV", "turnPerSoc");
        double[] soc = node.get("soc").numbers();
        double[] halfGapV = node.get("halfGapV").numbers();
        double turnPerSoc = node.get("turnPerSoc").number();
        return node.make("sound hysteresis", () -> new Hysteresis(soc, halfGapV, turnPerSoc));
    }

    private static Circuit circuit(ConfigNode node) throws ConfigException {
        node.rejectUnknown("r0", "branches");
        ResistanceMap r0 = resistance(node.get("r0"), "soc", "temperatureDegC", "ohm", "activationJPerMol");
        List<RcBranch> branches = new ArrayList<>();
        ConfigNode list = node.get("branches");
        for (ConfigNode item : list.items()) {
            ResistanceMap resistance = resistance(item, "tauS", "soc", "temperatureDegC", "ohm", "activationJPerMol");
            double tauS = item.get("tauS").number();
            branches.add(item.make("a sound branch", () -> new RcBranch(resistance, tauS)));
        }
        return list.make("a sound circuit", () -> new Circuit(r0, branches));
    }

    private static ResistanceMap resistance(ConfigNode node, String... known) throws ConfigException {
        node.rejectUnknown(known);
        double[] soc = node.get("soc").numbers();
        double[] temperatureDegC = node.get("temperatureDegC").numbers();
        double[][] ohm = node.get("ohm").rows();
        double activationJPerMol = node.get("activationJPerMol").number();
        return node.make(
                "a sound resistance map", () -> new ResistanceMap(soc, temperatureDegC, ohm, activationJPerMol));
    }

    private static ThermalRating thermal(ConfigNode node) throws ConfigException {
        node.rejectUnknown("heatCapacityJPerK", "toAmbientWPerK");
        double heatCapacityJPerK = node.get("heatCapacityJPerK").number();
        double toAmbientWPerK = node.get("toAmbientWPerK").number();
        return node.make("sound thermal figures", () -> new ThermalRating(heatCapacityJPerK, toAmbientWPerK));
    }

    private static ChargeMap chargeMap(ConfigNode node) throws ConfigException {
        node.rejectUnknown("soc", "temperatureDegC", "ratePerH");
        double[] soc = node.get("soc").numbers();
        double[] temperatureDegC = node.get("temperatureDegC").numbers();
        double[][] ratePerH = node.get("ratePerH").rows();
        return node.make("a sound charge map", () -> new ChargeMap(soc, temperatureDegC, ratePerH));
    }

    private static Provenance provenance(ConfigNode node) throws ConfigException {
        node.rejectUnknown("origin", "licence", "method");
        String origin = node.get("origin").text();
        String licence = node.get("licence").text();
        String method = node.get("method").text();
        return node.make("a full provenance", () -> new Provenance(origin, licence, method));
    }
}
