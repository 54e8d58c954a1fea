package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fits to records of a cell whose truth is known. */
class CellFitTest {
    private static final CellType TRUTH = SampleCells.rich();
    private static final FitSettings SETTINGS =
            new FitSettings("fitted", Double.NaN, Optional.empty(), "made for tests", "Apache-2.0");
    private static FitResult both;

    @BeforeAll
    static void fitBoth() {
        both = CellFit.fit(
                SETTINGS,
                List.of(
                        TrueCell.slow(TRUTH, 25.0),
                        TrueCell.pulses(TRUTH, 25.0),
                        TrueCell.drive(TRUTH, 25.0, 0.8),
                        TrueCell.drive(TRUTH, 5.0, 0.8)),
                List.of());
    }

    @Test
    void findsTheOpenCircuitVoltage() {
        CellType cell = both.cell();
        for (double soc = 0.1; soc <= 0.951; soc += 0.05) {
            assertEquals(TRUTH.ocv().v(soc, 25.0), cell.ocv().v(soc, 25.0), 0.008, "at SOC " + soc);
        }
        assertEquals(25.0, cell.ocv().referenceDegC());
        assertArrayEquals(new double[61], cell.ocv().entropics(), "one slow run shows no entropy");
    }

    @Test
    void findsTheResistancesAtBothTemperatures() {
        for (double degC : new double[] {5.0, 25.0}) {
            for (double soc = 0.2; soc <= 0.81; soc += 0.1) {
                String where = "at SOC " + soc + ", " + degC + " °C";
                double r0 = TRUTH.circuit().r0().ohm(soc, degC);
                assertEquals(r0, both.cell().circuit().r0().ohm(soc, degC), 0.10 * r0, "R0 " + where);
                double total = TRUTH.circuit().totalOhm(soc, degC);
                assertEquals(total, both.cell().circuit().totalOhm(soc, degC), 0.25 * total, "all " + where);
            }
        }
        assertArrayEquals(new double[] {5.0, 25.0}, both.cell().circuit().r0().temperatures());
    }

    @Test
    void findsTimeConstantsInTheirOrder() {
        assertEquals(8.0, both.cell().circuit().branches().get(0).tauS(), 3.0);
        assertEquals(90.0, both.cell().circuit().branches().get(1).tauS(), 35.0);
        assertEquals(3, both.cell().circuit().branches().size());
    }

    @Test
    void findsHalfTheGapBetweenTheBranches() {
        for (double soc : new double[] {0.3, 0.5, 0.7}) {
            double truth = TRUTH.ocv().hysteresis().halfGapV(soc);
            assertEquals(truth, both.cell().ocv().hysteresis().halfGapV(soc), 0.003, "at SOC " + soc);
        }
    }

    @Test
    void takesCapacityWindowAndChemistryFromTheSlowRun() {
        assertEquals(2.0, both.capacityAh(), 0.03);
        assertEquals(both.capacityAh(), both.cell().rating().capacityAh());
        assertEquals(3.0, both.cell().rating().minV());
        assertEquals(4.2, both.cell().rating().maxV());
        assertEquals(Chemistry.NMC, both.cell().chemistry());
        assertTrue(both.notes().stream().anyMatch(n -> n.startsWith("Chemistry NMC guessed from 3.6")));
        assertTrue(both.notes().stream().anyMatch(n -> n.startsWith("Capacity from")));
    }

    @Test
    void scoresEveryFileOnceWithAndWithoutItself() {
        assertEquals(4, both.scores().size());
        assertEquals(
                List.of(Kind.OCV, Kind.PULSE, Kind.DRIVE, Kind.DRIVE),
                both.scores().stream().map(FileScore::kind).toList());
        for (FileScore score : both.scores()) {
            assertTrue(score.insideV() < 0.004, score + " follows the truth");
            assertEquals(1.0, score.startSoc(), 1e-3, score.name());
            assertEquals(score.kind() == Kind.OCV, Double.isNaN(score.unseenV()), score.name());
            assertTrue(score.kind() == Kind.OCV || score.unseenV() > 0.0, score.name());
        }
        assertEquals(5.0, both.scores().get(3).degC(), 1e-9);
        assertTrue(both.scores().get(2).unseenV() > both.scores().get(2).insideV(), "unseen is harder");
    }

    @Test
    void saysHowWrongItIs() {
        assertArrayEquals(new double[] {5.0, 25.0}, both.cell().error().temperatures());
        for (double sigma : both.cell().error().sigmas()) {
            assertEquals(0.004, sigma, 0.002, "of a cell that obeys the model, near the least that is claimed");
        }
        assertTrue(both.cell().provenance().method().contains("drive 5.0 "));
        assertEquals("made for tests", both.cell().provenance().origin());
        assertEquals("Apache-2.0", both.cell().provenance().licence());
    }

    @Test
    void leavesResidualsOverSoc() {
        assertEquals(4, both.misses().size());
        FitResult.Miss slow = both.misses().get(0);
        assertEquals("slow 25.0", slow.name());
        assertEquals(200, slow.volts().length);
        assertEquals(0.5025, slow.socs()[100], 1e-9);
        for (int k = 20; k < 180; k++) {
            assertEquals(0.0, slow.volts()[k], 0.005, "at SOC " + slow.socs()[k]);
        }
    }

    @Test
    void saysWhatTheDataLeaveOpen() {
        Identifiability known = both.identifiability();
        assertTrue(known.confidences().stream()
                .anyMatch(c -> c.name().equals("R0 at 25.0 °C, SOC 0.5")
                        && c.unit().equals("mΩ")
                        && Math.abs(c.value() - 30.0) < 2.0
                        && c.sigma() > 0.0
                        && c.sigma() < 2.0));
        assertTrue(known.confidences().stream()
                .anyMatch(c -> c.name().equals("OCV at SOC 0.5") && c.sigma() > 1e-5 && c.sigma() < 0.005));
        FitResult slowOnly = CellFit.fit(SETTINGS, List.of(TrueCell.slow(TRUTH, 25.0)), List.of());
        double surer = sigma(known, "R0 at 25.0 °C, SOC 0.5") / 30.0;
        double open = sigma(slowOnly.identifiability(), "R0 at 25.0 °C, SOC 0.5");
        assertTrue(open > 5.0 * surer * 30.0, "a slow run alone says little of R0: " + open);
    }

    private static double sigma(Identifiability known, String name) {
        return known.confidences().stream()
                .filter(c -> c.name().equals(name))
                .mapToDouble(Identifiability.Confidence::sigma)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void givesTheSameBitsAgain() {
        List<FitRecord> records = List.of(TrueCell.slow(TRUTH, 25.0), TrueCell.pulses(TRUTH, 25.0));
        FitResult one = CellFit.fit(SETTINGS, records, List.of());
        FitResult two = CellFit.fit(SETTINGS, records, List.of());
        assertArrayEquals(one.cell().ocv().voltages(), two.cell().ocv().voltages());
        assertArrayEquals(
                one.cell().circuit().r0().ohms()[0], two.cell().circuit().r0().ohms()[0]);
        assertEquals(one.notes(), two.notes());
    }

    @Test
    void takesTypicalResistancesFromASlowRunAloneAndSaysSo() {
        FitResult result = CellFit.fit(SETTINGS, List.of(TrueCell.slow(TRUTH, 25.0)), List.of());
        double ohm = result.cell().circuit().r0().ohm(0.5, 25.0);
        assertTrue(ohm > 0.005 && ohm < 0.1, "R0 " + ohm);
        assertTrue(result.notes().stream().anyMatch(n -> n.startsWith("Resistances are typical")));
        assertTrue(result.notes().stream().anyMatch(n -> n.startsWith("Heat capacity and loss are typical")));
        assertEquals(0.012, result.cell().error().sigmaV(25.0), 1e-12);
    }

    @Test
    void correctsASingleBranchByWhatPulsesTell() {
        FitRecord down = new TrueCell(TRUTH, 25.0, 1.0, 1.0, 30.0)
                .rest(600.0)
                .load(80_000.0, t -> 0.1)
                .record("down", Kind.OCV);
        FitResult result = CellFit.fit(SETTINGS, List.of(down, TrueCell.pulses(TRUTH, 25.0)), List.of());
        for (double soc = 0.2; soc < 0.9; soc += 0.1) {
            assertEquals(TRUTH.ocv().v(soc, 25.0), result.cell().ocv().v(soc, 25.0), 0.015, "at SOC " + soc);
        }
    }

    @Test
    void seesEntropyOnlyBetweenSlowRunsOfDifferentTemperature() {
        FitResult result = CellFit.fit(
                SETTINGS,
                List.of(TrueCell.slow(TRUTH, 10.0), TrueCell.slow(TRUTH, 25.0), TrueCell.slow(TRUTH, 40.0)),
                List.of());
        assertEquals(TRUTH.ocv().entropicVPerK(0.3), result.cell().ocv().entropicVPerK(0.3), 0.6e-4);
        assertTrue(result.cell().ocv().entropicVPerK(0.3) < 0.0);
        assertTrue(result.cell().ocv().entropicVPerK(0.9) > 0.0);
        assertEquals(25.0, result.cell().ocv().referenceDegC());
    }

    @Test
    void findsTheStartOfADriveThatDoesNotBeginFull() {
        TrueCell half = new TrueCell(TRUTH, 25.0, 0.62, 0.0, 1.0).rest(30.0);
        for (int k = 0; k < 6; k++) {
            half.load(300.0, t -> 1.5 + Math.sin(t / 9.0)).rest(200.0);
        }
        FitResult result = CellFit.fit(
                SETTINGS,
                List.of(TrueCell.slow(TRUTH, 25.0), half.record("half", Kind.DRIVE), TrueCell.pulses(TRUTH, 25.0)),
                List.of());
        assertEquals(0.62, result.scores().get(1).startSoc(), 0.015);
    }

    @Test
    void takesATableInsteadOfASlowRun() {
        double[] soc = new double[21];
        double[] v = new double[21];
        double[] gap = new double[21];
        for (int k = 0; k < 21; k++) {
            soc[k] = k / 20.0;
            v[k] = TRUTH.ocv().v(soc[k], 25.0);
            gap[k] = 0.01;
        }
        OcvTable table = new OcvTable("table", 25.0, soc, v, gap);
        FitSettings sized = new FitSettings("fitted", 2.0, Optional.of(Chemistry.NCA), "o", "l");
        FitResult result = CellFit.fit(sized, List.of(TrueCell.drive(TRUTH, 25.0, 0.8)), List.of(table));
        assertEquals(2.0, result.capacityAh());
        assertEquals(Chemistry.NCA, result.cell().chemistry());
        for (double s = 0.1; s < 0.95; s += 0.1) {
            assertEquals(TRUTH.ocv().v(s, 25.0), result.cell().ocv().v(s, 25.0), 0.01, "at SOC " + s);
        }
        assertFalse(result.notes().stream().anyMatch(n -> n.startsWith("Chemistry")));
    }

    @Test
    void takesTheEfficiencyFromALoopThatCloses() {
        FitRecord slow = TrueCell.slow(TRUTH, 25.0);
        double[] time = new double[slow.rows()];
        double[] current = new double[time.length];
        double[] volts = new double[time.length];
        double[] ah = new double[time.length];
        for (int k = 0; k < time.length; k++) {
            time[k] = slow.at(FitRecord.Column.TIME, k);
            current[k] = slow.at(FitRecord.Column.CURRENT, k);
            volts[k] = slow.at(FitRecord.Column.VOLTAGE, k);
            double step =
                    k == 0 ? 0.0 : slow.at(FitRecord.Column.COUNTER, k) - slow.at(FitRecord.Column.COUNTER, k - 1);
            ah[k] = k == 0 ? 0.0 : ah[k - 1] + (step < 0.0 ? 1.01 * step : step);
        }
        FitRecord leaking = FitRecord.of("loop", Kind.OCV, 25.0, time, current, volts)
                .counter(ah)
                .build();
        FitResult result = CellFit.fit(SETTINGS, List.of(leaking), List.of());
        assertEquals(0.99, result.cell().rating().coulombicEfficiency(), 0.004);
        assertTrue(
                result.notes().stream().anyMatch(n -> n.startsWith("Coulombic efficiency 0.9") && n.contains("loop")));
    }

    @Test
    void refusesToFitWithoutASlowRun() {
        List<FitRecord> drives = List.of(TrueCell.drive(TRUTH, 25.0, 0.5));
        String message = assertThrows(IllegalArgumentException.class, () -> CellFit.fit(SETTINGS, drives, List.of()))
                .getMessage();
        assertEquals("found no OCV file, expected at least one", message);
    }

    @Test
    void namesTheFileWhoseCurrentHasTheOtherSign() {
        FitRecord slow = TrueCell.slow(TRUTH, 25.0);
        double[][] c = new double[3][slow.rows()];
        for (int k = 0; k < slow.rows(); k++) {
            c[0][k] = slow.at(FitRecord.Column.TIME, k);
            c[1][k] = -slow.at(FitRecord.Column.CURRENT, k);
            c[2][k] = slow.at(FitRecord.Column.VOLTAGE, k);
        }
        FitRecord turned =
                FitRecord.of("turned", Kind.OCV, 25.0, c[0], c[1], c[2]).build();
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> CellFit.fit(SETTINGS, List.of(turned), List.of()))
                        .getMessage());
        assertTrue(
                message.startsWith("turned: found a voltage that")
                        && message.endsWith("expected current positive when discharging"),
                message);
    }

    @Test
    void settingsAreChecked() {
        assertAll(
                () -> assertThrows(
                        IllegalArgumentException.class, () -> new FitSettings(" ", 1.0, Optional.empty(), "o", "l")),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> new FitSettings("a", 0.0, Optional.empty(), "o", "l")),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> new FitSettings("a", 1e5, Optional.empty(), "o", "l")));
        assertEquals(99_999.0, new FitSettings("a", 99_999.0, Optional.empty(), "o", "l").capacityAh());
    }
}
