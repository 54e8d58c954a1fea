package io.github.bms4j.config;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.num.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our own cell file, format 1: the keys are the names of the records' components. Described in docs/cell-file.md. Parts are read
 * one by one, so that one that is not sound hides nothing of what is wrong with the others.
 */
final class CellFile {
    private static final int FORMAT = 1;

    private final List<ConfigException> findings = new ArrayList<>();

    private CellFile() {}

    static CellType read(ConfigNode root) throws ConfigException {
        root.get("cell").whole(FORMAT, FORMAT);
        root.rejectUnknown(
                "cell", "name", "chemistry", "rating", "ocv", "circuit", "thermal", "chargeMap", "error", "provenance");
        CellFile file = new CellFile();
        String name = file.part(() -> root.get("name").text());
        Chemistry chemistry = file.part(() -> root.get("chemistry").constant(Chemistry.class));
        CellRating rating = file.part(() -> rating(root.get("rating")));
        OcvCurve ocv = file.part(() -> ocv(root.get("ocv")));
        Circuit circuit = file.part(() -> file.circuit(root.get("circuit")));
        ThermalRating thermal = file.part(() -> thermal(root.get("thermal")));
        ChargeMap chargeMap = file.part(() -> chargeMap(root.get("chargeMap")));
        Optional<ConfigNode> errorNode = root.optional("error");
        ModelError error = errorNode.isPresent() ? file.part(() -> error(errorNode.get())) : ModelError.usual();
        Provenance provenance = file.part(() -> provenance(root.get("provenance")));
        List<String> contradictions = CellType.contradictions(chemistry, rating, ocv, circuit, chargeMap);
        if (rating != null && ocv == null) {
            contradictions.addAll(outline(rating, root));
        }
        if (!contradictions.isEmpty()) {
            file.findings.add(root.finding(String.join("; ", contradictions), "parts that fit each other"));
        }
        if (name == null
                || chemistry == null
                || rating == null
                || ocv == null
                || circuit == null
                || thermal == null
                || chargeMap == null
                || error == null
                || provenance == null
                || !file.findings.isEmpty()) {
            throw ConfigException.all(file.findings);
        }
        return root.make(
                "parts that fit each other",
                () -> new CellType(name, chemistry, rating, ocv, circuit, thermal, chargeMap, error, provenance));
    }

    private interface Part<T> {
        T read() throws ConfigException;
    }

    /** A part of the file; null with one more finding when it is not sound. */
    private <T> @Nullable T part(Part<T> part) {
        try {
            return part.read();
        } catch (ConfigException e) {
            findings.add(e);
            return null;
        }
    }

    /** What a curve that is not sound in itself says against the rating all the same, as far as its voltages can be read. */
    private static List<String> outline(CellRating rating, ConfigNode root) {
        try {
            double[] v = root.get("ocv").get("v").numbers();
            double lowV = Arrays.stream(v).min().orElse(Double.NaN);
            double highV = Arrays.stream(v).max().orElse(Double.NaN);
            return CellType.contradictions(rating, lowV, highV);
        } catch (ConfigException e) {
            return List.of(); // among the findings already
        }
    }

    private static CellRating rating(ConfigNode node) throws ConfigException {
        node.rejectUnknown(
                "capacityAh",
                "nominalV",
                "minV",
                "maxV",
                "maxDischargeA",
                "maxChargeA",
                "dischargeDegC",
                "chargeDegC",
                "coulombicEfficiency");
        double capacityAh = node.get("capacityAh").number();
        double nominalV = node.get("nominalV").number();
        double minV = node.get("minV").number();
        double maxV = node.get("maxV").number();
        double maxDischargeA = node.get("maxDischargeA").number();
        double maxChargeA = node.get("maxChargeA").number();
        TemperatureWindow discharge = window(node.get("dischargeDegC"));
        TemperatureWindow charge = window(node.get("chargeDegC"));
        Optional<ConfigNode> efficiencyNode = node.optional("coulombicEfficiency");
        double efficiency = efficiencyNode.isPresent() ? efficiencyNode.get().number() : 1.0;
        return node.make(
                "a sound rating",
                () -> new CellRating(
                        capacityAh, nominalV, minV, maxV, maxDischargeA, maxChargeA, discharge, charge, efficiency));
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

    private Circuit circuit(ConfigNode node) throws ConfigException {
        node.rejectUnknown("r0", "branches");
        int before = findings.size();
        ResistanceMap r0 = part(() -> resistance(node.get("r0"), "soc", "temperatureDegC", "ohm", "activationJPerMol"));
        List<RcBranch> branches = new ArrayList<>();
        ConfigNode list = node.get("branches");
        for (ConfigNode item : list.items()) {
            ResistanceMap resistance =
                    part(() -> resistance(item, "tauS", "soc", "temperatureDegC", "ohm", "activationJPerMol"));
            Double tauS = part(() -> tauS(item));
            if (resistance != null && tauS != null) {
                branches.add(new RcBranch(resistance, tauS));
            }
        }
        if (r0 == null || findings.size() > before) {
            throw findings.remove(findings.size() - 1); // back among them by whoever reads this part
        }
        return list.make("a sound circuit", () -> new Circuit(r0, branches));
    }

    private static double tauS(ConfigNode branch) throws ConfigException {
        double tauS = branch.get("tauS").number();
        return branch.make("a sound branch", () -> Check.positive("tauS", tauS));
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
        node.rejectUnknown("heatCapacityJPerK", "toAmbientWPerK", "coreToSurfaceWPerK");
        double heatCapacityJPerK = node.get("heatCapacityJPerK").number();
        double toAmbientWPerK = node.get("toAmbientWPerK").number();
        Optional<ConfigNode> core = node.optional("coreToSurfaceWPerK");
        if (core.isEmpty()) {
            return node.make("sound thermal figures", () -> new ThermalRating(heatCapacityJPerK, toAmbientWPerK));
        }
        double coreToSurfaceWPerK = core.get().number();
        return node.make(
                "sound thermal figures",
                () -> new ThermalRating(heatCapacityJPerK, toAmbientWPerK, coreToSurfaceWPerK));
    }

    private static ChargeMap chargeMap(ConfigNode node) throws ConfigException {
        node.rejectUnknown("soc", "temperatureDegC", "ratePerH");
        double[] soc = node.get("soc").numbers();
        double[] temperatureDegC = node.get("temperatureDegC").numbers();
        double[][] ratePerH = node.get("ratePerH").rows();
        return node.make("a sound charge map", () -> new ChargeMap(soc, temperatureDegC, ratePerH));
    }

    private static ModelError error(ConfigNode node) throws ConfigException {
        node.rejectUnknown(
                "temperatureDegC", "sigmaV", "resistanceSigma", "correlationS", "correlationSoc", "capacitySigma");
        double[] temperatureDegC = node.get("temperatureDegC").numbers();
        double[] sigmaV = node.get("sigmaV").numbers();
        double resistanceSigma = node.get("resistanceSigma").number();
        double correlationS = node.get("correlationS").number();
        double correlationSoc = node.get("correlationSoc").number();
        double capacitySigma = node.get("capacitySigma").number();
        return node.make(
                "a sound model error",
                () -> new ModelError(
                        temperatureDegC, sigmaV, resistanceSigma, correlationS, correlationSoc, capacitySigma));
    }

    private static Provenance provenance(ConfigNode node) throws ConfigException {
        node.rejectUnknown("origin", "licence", "method");
        String origin = node.get("origin").text();
        String licence = node.get("licence").text();
        String method = node.get("method").text();
        return node.make("a full provenance", () -> new Provenance(origin, licence, method));
    }
}
