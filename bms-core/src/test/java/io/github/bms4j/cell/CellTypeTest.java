package io.github.bms4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTypeTest {
    private static final TemperatureWindow DISCHARGE = new TemperatureWindow(-20.0, 60.0);

    private Chemistry chemistry = Chemistry.NMC;
    private double minV = 2.5;
    private double maxV = 4.2;
    private double emptyV = 2.9;
    private double midV = 3.7;
    private double fullV = 4.18;
    private double ohm = 0.02;
    private double chargeFromDegC;
    private double windowFromDegC;
    private double chargeToDegC = 45.0;
    private double ratePerH = 1.0;

    private CellType build() {
        TemperatureWindow charge = new TemperatureWindow(windowFromDegC, 45.0);
        CellRating rating = new CellRating(3.0, (minV + maxV) / 2.0, minV, maxV, 10.0, 3.0, DISCHARGE, charge);
        OcvCurve ocv =
                new OcvCurve(new double[] {0.0, 0.5, 1.0}, new double[] {emptyV, midV, fullV}, new double[3], 25.0);
        return new CellType(
                "test",
                chemistry,
                rating,
                ocv,
                new Circuit(map(ohm), List.of(new RcBranch(map(0.01), 20.0))),
                new ThermalRating(45.0, 0.1),
                new ChargeMap(new double[] {0.5}, new double[] {chargeFromDegC, chargeToDegC}, new double[][] {
                    {ratePerH}, {ratePerH}
                }),
                new Provenance("made up for a test", "none", "none"));
    }

    private static ResistanceMap map(double ohm) {
        return new ResistanceMap(new double[] {0.5}, new double[] {25.0}, new double[][] {{ohm}}, 20_000.0);
    }

    @Test
    void acceptsPartsThatFit() {
        CellType cell = build();
        assertEquals(3.7, cell.ocv().v(0.5, 25.0));
        assertEquals(0.03, cell.circuit().totalOhm(0.5, 25.0), 1e-15);
    }

    /** One part changed at a time; each row is one contradiction. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "chemistry LFP | 0 | voltage window 2.500..4.200 V is not that of LFP (within 2.000..3.800 V); open-circuit voltage 3.700 V at 50 % SOC is not that of LFP (within 3.150..3.450 V)",
                "chemistry LTO | 0 | voltage window 2.500..4.200 V is not that of LTO (within 1.400..2.900 V); open-circuit voltage 3.700 V at 50 % SOC is not that of LTO (within 1.700..2.600 V)",
                "minV   | 1.9   | voltage window 1.900..4.200 V is not that of NMC (within 2.000..4.500 V)",
                "maxV   | 4.6   | voltage window 2.500..4.600 V is not that of NMC (within 2.000..4.500 V)",
                "midV   | 3.3   | open-circuit voltage 3.300 V at 50 % SOC is not that of NMC (within 3.400..4.000 V)",
                "midV   | 4.05  | open-circuit voltage 4.050 V at 50 % SOC is not that of NMC (within 3.400..4.000 V)",
                "emptyV | 2.47  | open-circuit voltages 2.470..4.180 V leave the voltage window 2.500..4.200 V",
                "fullV  | 4.23  | open-circuit voltages 2.900..4.230 V leave the voltage window 2.500..4.200 V",
                "emptyV | 3.51  | open-circuit voltage 3.510 V at 0 % SOC is more than 1.0 V above minV 2.500 V",
                "fullV  | 3.71  | ok",
                "fullV  | 3.705 | ok",
                "maxV   | 4.4   | ok",
                "minV   | 2.0   | ok",
                "maxV   | 4.5   | ok",
                "midV   | 3.4   | ok",
                "midV   | 4.0   | ok",
                "emptyV | 2.48  | ok",
                "fullV  | 4.22  | ok",
                "emptyV | 3.5   | ok",
                "ohm    | 0.3333333333333333 | ok",
                "rate   | 1.0   | ok",
                "ohm    | 20    | r0 20.000000 Ohm drops 60.0000 V at the one-hour current 3.000 A (expected 0.001..1.0 V; is its unit Ohm?)",
                "ohm    | 0.0003 | r0 0.000300 Ohm drops 0.0009 V at the one-hour current 3.000 A (expected 0.001..1.0 V; is its unit Ohm?)",
                "from   | -1    | charge map allows current below 0 °C, which plates lithium in NMC; charge map allows current outside the rated charge temperatures 0.0..45.0 °C",
                "window | -0.1  | charge temperatures begin at -0.1 °C, but charging below 0 °C plates lithium in NMC",
                "to     | 46    | charge map allows current outside the rated charge temperatures 0.0..45.0 °C",
                "rate   | 1.01  | charge map allows 3.030 A but maxChargeA is 3.000 A"
            })
    void namesWhatDoesNotFit(String part, double value, String message) {
        switch (part) {
            case "chemistry LFP" -> chemistry = Chemistry.LFP;
            case "chemistry LTO" -> chemistry = Chemistry.LTO;
            case "minV" -> minV = value;
            case "maxV" -> maxV = value;
            case "emptyV" -> emptyV = value;
            case "midV" -> midV = value;
            case "fullV" -> fullV = value;
            case "ohm" -> ohm = value;
            case "from" -> chargeFromDegC = value;
            case "window" -> windowFromDegC = value;
            case "to" -> chargeToDegC = value;
            case "rate" -> ratePerH = value;
            default -> throw new IllegalStateException(part);
        }
        if (message.equals("ok")) {
            assertEquals("test", build().name());
            return;
        }
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, this::build).getMessage());
    }

    @Test
    void namesACurveThatEndsFarBelowFull() {
        maxV = 4.45;
        fullV = 3.94;
        assertEquals(
                "open-circuit voltage 3.940 V at 100 % SOC is more than 0.5 V below maxV 4.450 V",
                assertThrows(IllegalArgumentException.class, this::build).getMessage());
    }

    @Test
    void letsTitanateChargeInTheCold() {
        chemistry = Chemistry.LTO;
        minV = 1.5;
        maxV = 2.8;
        emptyV = 1.8;
        midV = 2.3;
        fullV = 2.7;
        chargeFromDegC = -1.0;
        assertEquals(
                "charge map allows current outside the rated charge temperatures 0.0..45.0 °C",
                assertThrows(IllegalArgumentException.class, this::build).getMessage());
        windowFromDegC = -5.0;
        assertEquals("test", build().name());
        assertTrue(Chemistry.LTO.chargesBelowFreezing());
        assertFalse(Chemistry.NA_ION.chargesBelowFreezing());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"NMC", "NCA", "LFP", "LCO", "LMO", "LTO", "NA_ION", "SOLID_STATE"})
    void hasAMidVoltageInsideEveryChemistrysWindow(Chemistry each) {
        assertTrue(each.leastV() < each.leastMidOcvV());
        assertTrue(each.leastMidOcvV() < each.mostMidOcvV());
        assertTrue(each.mostMidOcvV() < each.mostV());
    }

    @Test
    void needsAName() {
        CellType cell = build();
        assertEquals(
                "name must not be blank",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new CellType(
                                        " ",
                                        cell.chemistry(),
                                        cell.rating(),
                                        cell.ocv(),
                                        cell.circuit(),
                                        cell.thermal(),
                                        cell.chargeMap(),
                                        cell.provenance()))
                        .getMessage());
    }
}
