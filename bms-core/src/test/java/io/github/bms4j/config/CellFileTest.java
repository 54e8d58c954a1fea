package io.github.bms4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.TemperatureWindow;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellFileTest {
    static String resource(String name) throws IOException {
        try (InputStream in = CellFileTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no test resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static CellType read(String text) throws IOException, ConfigException {
        return CellTypes.read("cell.yaml", new StringReader(text));
    }

    static String finding(String text) {
        String message = String.valueOf(
                assertThrows(ConfigException.class, () -> read(text)).getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    @Test
    void readsEveryPart() throws Exception {
        CellType cell = read(resource("example.yaml"));
        assertEquals("Example LFP 100 Ah", cell.name());
        assertEquals(Chemistry.LFP, cell.chemistry());
        assertEquals(100.0, cell.rating().capacityAh());
        assertEquals(3.2, cell.rating().nominalV());
        assertEquals(2.5, cell.rating().minV());
        assertEquals(3.65, cell.rating().maxV());
        assertEquals(200.0, cell.rating().maxDischargeA());
        assertEquals(100.0, cell.rating().maxChargeA());
        assertEquals(new TemperatureWindow(-20.0, 60.0), cell.rating().discharge());
        assertEquals(new TemperatureWindow(0.0, 50.0), cell.rating().charge());
        assertEquals(3.29 + 10.0 * 2e-4, cell.ocv().v(0.5, 35.0), 1e-12);
        assertEquals(1.5e-3, cell.circuit().r0().ohm(0.5, 0.0), 1e-12);
        assertEquals(0.7e-3, cell.circuit().r0().ohm(0.9, 25.0), 1e-12);
        assertEquals(30.0, cell.circuit().branches().get(0).tauS());
        assertEquals(0.5e-3, cell.circuit().branches().get(0).resistance().ohm(0.1, 25.0), 1e-12);
        double cold = cell.circuit().branches().get(0).resistance().ohm(0.1, 0.0);
        assertEquals(0.5e-3 * StrictMath.exp(30_000.0 / 8.31446261815324 * (1.0 / 273.15 - 1.0 / 298.15)), cold, 1e-9);
        assertEquals(2200.0, cell.thermal().heatCapacityJPerK());
        assertEquals(0.8, cell.thermal().toAmbientWPerK());
        assertEquals(0.65, cell.chargeMap().maxRatePerH(0.95, 30.0), 1e-12);
        assertEquals(
                "made up to show the format, no real cell", cell.provenance().origin());
        assertEquals("Apache-2.0", cell.provenance().licence());
        assertEquals("invented round figures", cell.provenance().method());
    }

    @Test
    void takesNoEntropyAsZero() throws Exception {
        String text = resource("example.yaml");
        CellType cell = read(text.replaceAll("(?m)^  entropicVPerK.*\\n", ""));
        assertEquals(0.0, cell.ocv().entropicVPerK(0.0));
        assertEquals(-2e-4, read(text).ocv().entropicVPerK(0.0));
    }

    @Test
    void readsTheInnerConductanceWhenItIsGiven() throws Exception {
        String text = resource("example.yaml");
        assertEquals(0.145 * StrictMath.cbrt(2200.0), read(text).thermal().coreToSurfaceWPerK(), 1e-12);
        String given = text.replace("toAmbientWPerK: 0.8", "toAmbientWPerK: 0.8, coreToSurfaceWPerK: 4.0");
        assertEquals(4.0, read(given).thermal().coreToSurfaceWPerK());
        assertEquals(2200.0, read(given).thermal().heatCapacityJPerK());
        assertEquals(0.8, read(given).thermal().toAmbientWPerK());
    }

    @Test
    void loadsFromAFileAndNamesItInFindings(@TempDir Path folder) throws Exception {
        Path good = folder.resolve("good.yaml");
        Files.writeString(good, resource("example.yaml"));
        assertEquals("Example LFP 100 Ah", CellTypes.load(good).name());
        Path bad = folder.resolve("bad.yaml");
        Files.writeString(bad, "cell: 2\n");
        ConfigException e = assertThrows(ConfigException.class, () -> CellTypes.load(bad));
        assertEquals(bad + ":1:7: found 2, expected a whole number within [1, 1] for cell", e.getMessage());
        assertEquals(bad.toString(), e.file());
        assertEquals(1, e.line());
        assertEquals(7, e.column());
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, new byte[] {'a', ':', ' ', (byte) 0xE4, '\n'});
        assertEquals(
                latin + ":1:1: found bytes that are not UTF-8, expected UTF-8 text",
                assertThrows(ConfigException.class, () -> CellTypes.load(latin)).getMessage());
        assertThrows(IOException.class, () -> CellTypes.load(folder.resolve("none.yaml")));
    }

    /** One replacement in the example file each; position and wording exactly. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cell: 1       | cell: one    | 1:7: found \"one\", expected a whole number within [1, 1] for cell",
                "cell: 1       | cell: 1.5    | 1:7: found 1.5, expected a whole number within [1, 1] for cell",
                "chemistry: LFP | chemistry: lfp | 3:12: found \"lfp\", expected one of NMC, NCA, LFP, LCO, LMO, LTO, NA_ION, SOLID_STATE for chemistry",
                "chemistry: LFP | chemistri: LFP | 3:1: found unknown key \"chemistri\", expected one of cell, name, chemistry, rating, ocv, circuit, thermal, chargeMap, error, provenance",
                "chemistry: LFP | '' | 1:1: found no \"chemistry\" in the file, expected the key \"chemistry\"",
                "name: Example LFP 100 Ah | name: 100 | 2:7: found 100, expected a text for name",
                "name: Example LFP 100 Ah | name: '  ' | 2:7: found the text \"  \", expected a text for name",
                "name: Example LFP 100 Ah | name: | 2:6: found nothing, expected a text for name",
                "name: Example LFP 100 Ah | name: yes: no | 2:10: found mapping values are not allowed here, expected YAML 1.2 or JSON",
                "capacityAh: 100.0 | capacityAh: -3 | 5:3: found capacityAh must be finite and > 0 but is -3.0, expected a sound rating",
                "capacityAh: 100.0 | capacityAh: .nan | 5:15: found .nan, expected a finite number for capacityAh",
                "capacityAh: 100.0 | capacityAh: .inf | 5:15: found .inf, expected a finite number for capacityAh",
                "capacityAh: 100.0 | capacityAh: 1e999 | 5:15: found \"1e999\", expected a finite number for capacityAh",
                "capacityAh: 100.0 | capacityAh: '100' | 5:15: found the text \"100\", expected a finite number for capacityAh",
                "capacityAh: 100.0 | capacityAh: 100 Ah | 5:15: found \"100 Ah\", expected a finite number for capacityAh",
                "capacityAh: 100.0 | capacityAh: [100] | 5:15: found a list, expected a finite number for capacityAh",
                "capacityAh: 100.0 | capacityAh: {a: 1} | 5:15: found a map, expected a finite number for capacityAh",
                "nominalV: 3.2 | capacityAh: 3.2 | 6:3: found a second \"capacityAh\", expected each key once",
                "minV: 2.5 | minv: 2.5 | 7:3: found unknown key \"minv\", expected one of capacityAh, nominalV, minV, maxV, maxDischargeA, maxChargeA, dischargeDegC, chargeDegC, coulombicEfficiency",
                "minV: 2.5 | minV: 3.65 | 5:3: found maxV (3.65) must exceed minV (3.65), expected a sound rating",
                "dischargeDegC: [-20.0, 60.0] | dischargeDegC: [-20.0] | 11:18: found 1 numbers, expected two, the lowest and the highest temperature",
                "dischargeDegC: [-20.0, 60.0] | dischargeDegC: [60, -20] | 11:18: found maxDegC (-20.0) must exceed minDegC (60.0), expected a temperature window",
                "referenceDegC: 25.0 | referenceDegC: 250 | 14:3: found referenceDegC must be within [-60.0, 120.0] but is 250.0, expected a sound OCV curve",
                "v: [2.70, 3.19 | v: [2.70, x | 16:13: found \"x\", expected a finite number for v[1]",
                "v: [2.70, 3.19 | v: [3.20, 3.19 | 14:3: found ocvV must be strictly increasing but ocvV[1] = 3.19 follows 3.2, expected a sound OCV curve",
                "entropicVPerK: [-2.0e-4 | entropicVPerK: [true | 17:19: found true, expected a finite number for entropicVPerK[0]",
                "- [1.6e-3, 1.5e-3, 1.5e-3] | - [1.6e-3, 1.5e-3] | 24:9: found 3 numbers, expected 2 as in the rows before",
                "- [1.6e-3, 1.5e-3, 1.5e-3] | - 7 | 23:9: found 7, expected a list for ohm[0]",
                "- [1.6e-3, 1.5e-3, 1.5e-3] | - [0, 1.5e-3, 1.5e-3] | 20:5: found ohm[0][0] must be finite and > 0 but is 0.0, expected a sound resistance map",
                "activationJPerMol: 25000 | aktivation: 25000 | 25:5: found unknown key \"aktivation\", expected one of soc, temperatureDegC, ohm, activationJPerMol",
                "tauS: 30.0 | tauS: 0 | 27:7: found tauS must be finite and > 0 but is 0.0, expected a sound branch",
                "'  branches:' | '  branches: []\n  x:' | 27:3: found unknown key \"x\", expected one of r0, branches",
                "heatCapacityJPerK: 2200.0 | heatCapacityJPerK: 0 | 32:10: found heatCapacityJPerK must be finite and > 0 but is 0.0, expected sound thermal figures",
                "toAmbientWPerK: 0.8 | 'toAmbientWPerK: 0.8, coreToSurfaceWPerK: 0' | 32:10: found coreToSurfaceWPerK must be finite and > 0 but is 0.0, expected sound thermal figures",
                "'thermal: {heat' | 'thermal: [heat' | 32:57: found }, expected ',' or ']'",
                "- [0.2, 0.2, 0.1] | - [0.2, 0.2, -0.1] | 34:3: found ratePerH[1][2] must be within [0.0, 30.0] but is -0.1, expected a sound charge map",
                "licence: Apache-2.0 | licence: '' | 44:12: found the text \"\", expected a text for licence",
                "provenance: | provenance: nobody # | 43:3: found '<block mapping start>', expected <block end>",
                "chemistry: LFP | chemistry: LTO | 1:1: found voltage window 2.500..3.650 V is not that of LTO (within 1.400..2.900 V); open-circuit voltage 3.290 V at 50 % SOC is not that of LTO (within 1.700..2.600 V), expected parts that fit each other",
                "licence: Apache-2.0 | 'licence: Apache-2.0\n  more: 1' | 45:3: found unknown key \"more\", expected one of origin, licence, method"
            })
    void saysWhereAndWhat(String from, String to, String expected) throws IOException {
        String text = resource("example.yaml");
        assertTrue(text.contains(from), from);
        String broken = text.replaceFirst(Pattern.quote(from), to == null ? "" : to);
        assertEquals("cell.yaml:" + expected, finding(broken));
    }

    private static String with(String text, String... fromTo) {
        String broken = text;
        for (int k = 0; k < fromTo.length; k += 2) {
            assertTrue(broken.contains(fromTo[k]), fromTo[k]);
            broken = broken.replaceFirst(Pattern.quote(fromTo[k]), fromTo[k + 1]);
        }
        return broken;
    }

    @Test
    void namesEverythingThatIsWrongAtOnceEachWithItsPlace() throws IOException {
        String text = with(
                resource("example.yaml"),
                "v: [2.70, 3.19, 3.27",
                "v: [2.70, 3.29, 3.27", // falls once
                "3.33, 3.40]",
                "3.33, 3.90]", // and leaves the window
                "[1.6e-3, 1.5e-3, 1.5e-3]",
                "[-1.6e-3, 1.5e-3, 0]", // two resistances
                "tauS: 30.0",
                "tauS: -30.0",
                "ohm: [[0.5e-3]]",
                "ohm: [[-0.5e-3]]",
                "chemistry: LFP",
                "chemistry: LTO", // another window
                "heatCapacityJPerK: 2200.0",
                "heatCapacityJPerK: 0",
                "licence: Apache-2.0",
                "licence: ''");
        String[] findings = finding(text).split("; (?=\\d+:)", -1);
        assertEquals(7, findings.length, String.join("\n", findings));
        assertEquals(
                "cell.yaml:14:3: found ocvV must be strictly increasing but ocvV[2] = 3.27 follows 3.29, expected a sound"
                        + " OCV curve",
                findings[0]);
        assertEquals(
                "20:5: found ohm[0][0] must be finite and > 0 but is -0.0016; ohm[0][2] must be finite and > 0 but is 0.0,"
                        + " expected a sound resistance map",
                findings[1]);
        assertEquals(
                "27:7: found ohm[0][0] must be finite and > 0 but is -5.0E-4, expected a sound resistance map",
                findings[2]);
        assertEquals("27:7: found tauS must be finite and > 0 but is -30.0, expected a sound branch", findings[3]);
        assertTrue(findings[4].contains("heatCapacityJPerK must be finite and > 0 but is 0.0"), findings[4]);
        assertEquals("44:12: found the text \"\", expected a text for licence", findings[5]);
        assertEquals(
                "1:1: found voltage window 2.500..3.650 V is not that of LTO (within 1.400..2.900 V); open-circuit voltages"
                        + " 2.700..3.900 V leave the voltage window 2.500..3.650 V, expected parts that fit each other",
                findings[6]);
        ConfigException e = assertThrows(ConfigException.class, () -> read(text));
        assertEquals("cell.yaml", e.file());
        assertEquals(14, e.line());
        assertEquals(3, e.column());
        assertEquals(6, e.getSuppressed().length);
    }

    @Test
    void aRatingSaysAllThatIsWrongWithIt() throws IOException {
        String text = with(
                resource("example.yaml"),
                "capacityAh: 100.0",
                "capacityAh: -1",
                "nominalV: 3.2",
                "nominalV: 4.2",
                "maxChargeA: 100.0",
                "maxChargeA: 0");
        assertEquals(
                "cell.yaml:5:3: found capacityAh must be finite and > 0 but is -1.0; nominalV must be within [2.5, 3.65] but"
                        + " is 4.2; maxChargeA must be finite and > 0 but is 0.0, expected a sound rating",
                finding(text));
    }

    @Test
    void aWholeColumnThatIsWrongIsCounted() throws IOException {
        String text = with(
                resource("example.yaml"),
                "entropicVPerK: [-2.0e-4, 0.0, 1.0e-4, 2.0e-4, 1.0e-4, 0.0, 0.0]",
                "entropicVPerK: [1, 2, 3, 4, 5, 6, 7]");
        String message = finding(text);
        assertTrue(
                message.contains("entropicVPerK[5] must be within [-0.005, 0.005] but is 6.0; and 1 more, expected"));
    }

    @Test
    void whatCannotBeReadHidesNothingOfTheRest() throws IOException {
        String text = with(
                resource("example.yaml"),
                "minV: 2.5",
                "minV: none",
                "v: [2.70, 3.19",
                "v: [2.70, x",
                "chemistry: LFP",
                "chemistry: lead");
        String[] findings = finding(text).split("; (?=\\d+:)", -1);
        assertEquals(3, findings.length, String.join("\n", findings));
        assertTrue(findings[0].startsWith("cell.yaml:3:12: found \"lead\", expected one of NMC"), findings[0]);
        assertEquals("7:9: found \"none\", expected a finite number for minV", findings[1]);
        assertEquals("16:13: found \"x\", expected a finite number for v[1]", findings[2]);
    }
}
