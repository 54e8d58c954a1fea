package io.github.bms4j.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.SampleCells;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellFileWriterTest {
    private static String written(CellType cell, String comment) throws Exception {
        StringBuilder text = new StringBuilder();
        CellTypes.write(cell, comment, text);
        return text.toString();
    }

    private static CellType again(CellType cell) throws Exception {
        return CellTypes.read("again.yaml", new StringReader(written(cell, "")));
    }

    private static void assertSame(ResistanceMap expected, ResistanceMap found) {
        assertArrayEquals(expected.socs(), found.socs());
        assertArrayEquals(expected.temperatures(), found.temperatures());
        assertEquals(expected.ohms().length, found.ohms().length);
        for (int t = 0; t < expected.ohms().length; t++) {
            assertArrayEquals(expected.ohms()[t], found.ohms()[t], 1e-6);
        }
        assertEquals(expected.activationJPerMol(), found.activationJPerMol());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWrittenIsReadAgain(boolean rich) throws Exception {
        CellType cell = rich ? SampleCells.rich() : SampleCells.straight();
        CellType back = again(cell);
        assertEquals(cell.name(), back.name());
        assertEquals(cell.chemistry(), back.chemistry());
        assertEquals(cell.rating(), back.rating());
        assertArrayEquals(cell.ocv().socs(), back.ocv().socs());
        assertArrayEquals(cell.ocv().voltages(), back.ocv().voltages());
        assertArrayEquals(cell.ocv().entropics(), back.ocv().entropics());
        assertEquals(cell.ocv().referenceDegC(), back.ocv().referenceDegC());
        assertArrayEquals(
                cell.ocv().hysteresis().socs(), back.ocv().hysteresis().socs());
        assertArrayEquals(
                cell.ocv().hysteresis().halfGaps(), back.ocv().hysteresis().halfGaps());
        assertEquals(
                cell.ocv().hysteresis().turnPerSoc(), back.ocv().hysteresis().turnPerSoc());
        assertSame(cell.circuit().r0(), back.circuit().r0());
        assertEquals(cell.circuit().branches().size(), back.circuit().branches().size());
        for (int b = 0; b < cell.circuit().branches().size(); b++) {
            assertEquals(
                    cell.circuit().branches().get(b).tauS(),
                    back.circuit().branches().get(b).tauS());
            assertSame(
                    cell.circuit().branches().get(b).resistance(),
                    back.circuit().branches().get(b).resistance());
        }
        assertEquals(cell.thermal().heatCapacityJPerK(), back.thermal().heatCapacityJPerK());
        assertEquals(cell.thermal().coreToSurfaceWPerK(), back.thermal().coreToSurfaceWPerK(), 1e-5);
        assertArrayEquals(cell.chargeMap().socs(), back.chargeMap().socs());
        assertArrayEquals(cell.chargeMap().temperatures(), back.chargeMap().temperatures());
        for (int t = 0; t < cell.chargeMap().rates().length; t++) {
            assertArrayEquals(cell.chargeMap().rates()[t], back.chargeMap().rates()[t]);
        }
        assertArrayEquals(cell.error().temperatures(), back.error().temperatures());
        assertArrayEquals(cell.error().sigmas(), back.error().sigmas());
        assertEquals(cell.error().resistanceSigma(), back.error().resistanceSigma());
        assertEquals(cell.error().correlationS(), back.error().correlationS());
        assertEquals(cell.error().correlationSoc(), back.error().correlationSoc());
        assertEquals(cell.error().capacitySigma(), back.error().capacitySigma());
        assertEquals(cell.provenance(), back.provenance());
    }

    @Test
    void aSecondWritingIsTheSameText() throws Exception {
        String once = written(SampleCells.rich(), "comment");
        CellType back = CellTypes.read("again.yaml", new StringReader(once));
        assertEquals(once, written(back, "comment"));
    }

    @Test
    void commentsStandAboveAndCannotBreakOut() throws Exception {
        String text = written(SampleCells.straight(), "made by hand\n\nwith\tcare");
        assertTrue(text.startsWith("# made by hand\n#\n# with care\ncell: 1\n"), text.substring(0, 60));
        assertFalse(text.contains("entropicVPerK"), "zeros are left out");
        assertTrue(written(SampleCells.rich(), "")
                .contains("entropicVPerK: [0.0002, 0.0001, -0.0001, 0.0, 0.0001, 0.0001]"));
    }

    @Test
    void textsKeepTheirQuotesAndBackslashes() throws Exception {
        CellType plain = SampleCells.straight();
        CellType odd = new CellType(
                "a \"b\" \\ c: #d",
                plain.chemistry(),
                plain.rating(),
                plain.ocv(),
                plain.circuit(),
                plain.thermal(),
                plain.chargeMap(),
                plain.error(),
                new Provenance("it's \"here\"", "CC BY 4.0: yes", "- x\\y"));
        assertEquals(odd.name(), again(odd).name());
        assertEquals(odd.provenance(), again(odd).provenance());
    }

    @Test
    void linesAreShort() throws Exception {
        List<String> lines = written(SampleCells.rich(), "").lines().toList();
        for (String line : lines) {
            assertTrue(line.length() <= 120, line);
        }
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "0, 0.0",
        "-0.0, 0.0",
        "1, 1.0",
        "-2.5, -2.5",
        "1234567.8, 1234570.0",
        "0.0123456789, 0.0123457",
        "0.0001, 0.0001",
        "0.00001, 1.0e-5",
        "-0.000012345678, -1.23457e-5",
        "2.9973, 2.9973",
        "100, 100.0",
        "3.14159265, 3.14159"
    })
    void sixDigits(double value, String text) {
        assertEquals(text, CellFileWriter.number(value));
    }
}
