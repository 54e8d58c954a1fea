package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a fit hands over beside its curves, from recordings of a hundred rows: ratings, scores, provenance. */
class CellFitResultTest {
    private static final double OHM = 0.05;

    /** Alternating stretches of current from full; the voltage 3.2 V + 0.9 V x SOC less an ohmic drop. */
    private static FitRecord.Builder load(String name, Kind kind, double degC, double ohm, double... currentA) {
        return load(3.2, 0.9, name, kind, degC, ohm, currentA);
    }

    private static FitRecord.Builder load(
            double emptyV, double riseV, String name, Kind kind, double degC, double ohm, double... currentA) {
        int each = 12;
        int n = each * currentA.length + 1;
        double[] t = new double[n];
        double[] a = new double[n];
        double[] v = new double[n];
        double[] ah = new double[n];
        v[0] = emptyV + riseV;
        for (int k = 1; k < n; k++) {
            t[k] = 20.0 * k;
            a[k] = currentA[(k - 1) / each];
            ah[k] = ah[k - 1] + a[k] * 20.0 / 3600.0;
            v[k] = emptyV + riseV * (1.0 - ah[k] / 2.0) - ohm * a[k];
        }
        double[] held = new double[n];
        Arrays.fill(held, degC);
        return FitRecord.of(name, kind, degC, t, a, v).counter(ah).temperature(held);
    }

    private static FitRecord drive(String name, double degC, double ohm) {
        return load(name, Kind.DRIVE, degC, ohm, 2.0, 0.0, 3.0, 1.0, 4.0, 0.5, 2.0, 0.0)
                .build();
    }

    private static FitResult fit(Chemistry chemistry, FitRecord... records) {
        return fit(3.2, 0.9, chemistry, records);
    }

    private static FitResult fit(double emptyV, double riseV, Chemistry chemistry, FitRecord... records) {
        FitSettings settings = new FitSettings("c", 2.0, Optional.of(chemistry), "made for tests", "Apache-2.0");
        OcvTable drawn = DrawnTracks.table(25.0, s -> emptyV + riseV * s);
        return CellFit.fit(settings, List.of(records), List.of(drawn));
    }

    @ParameterizedTest(name = "{0} seen at {1} and {2} A: {3} and {4} A, {5} per hour")
    @CsvSource({
        "NMC, 5.04, -3.01, 5.1, 3.1, 0.5",
        "NMC, 0.5, -0.2, 2.0, 1.0, 0.5",
        "LFP, 0.5, -0.2, 2.0, 1.0, 0.5",
        "LFP, 3.0, -1.6, 3.0, 1.6, 0.8",
        "LFP, 3.0, -4.0, 3.0, 4.0, 1.0"
    })
    void currentsSeenAreAllowedAndTheUsualOnesAtLeast(
            Chemistry chemistry, double out, double in, double maxOut, double maxIn, double perH) {
        double emptyV = chemistry == Chemistry.LFP ? 3.1 : 3.2;
        double riseV = chemistry == Chemistry.LFP ? 0.4 : 0.9;
        FitRecord load = load(emptyV, riseV, "l", Kind.DRIVE, 25.0, 0.01, out, in, 0.0, out, in)
                .build();
        CellType cell = fit(emptyV, riseV, chemistry, load).cell();
        CellRating rating = cell.rating();
        assertEquals(maxOut, rating.maxDischargeA(), 1e-9);
        assertEquals(maxIn, rating.maxChargeA(), 1e-9);
        assertEquals(perH, cell.chargeMap().maxRatePerH(0.5, 30.0), 1e-9);
        assertEquals(chemistry, cell.chemistry());
    }

    @Test
    void withoutALoadTheUsualIsSaid() {
        FitResult result = fit(Chemistry.NMC);
        assertEquals(32.0, result.cell().thermal().heatCapacityJPerK());
        assertEquals(0.0867, result.cell().thermal().toAmbientWPerK());
        assertTrue(result.notes()
                .contains("Resistances are typical of the chemistry and size: no pulse or drive was given."));
        assertTrue(
                result.notes()
                        .contains(
                                "Heat capacity and loss are typical of the size: no temperature was logged that moves by 2 K or more."));
        FitResult loaded = fit(Chemistry.NMC, drive("d", 25.0, OHM));
        assertFalse(loaded.notes().stream().anyMatch(n -> n.startsWith("Resistances are typical")));
        assertEquals(3.65, result.cell().rating().nominalV(), 0.011);
        assertEquals(3.2, result.cell().rating().minV());
        assertEquals(4.1, result.cell().rating().maxV());
    }

    @Test
    void theProvenanceNamesEveryFileWithItsError() {
        FitRecord ends = load("top", Kind.PULSE, 25.0, OHM, 0.2, 0.0).build();
        FitResult result = fit(Chemistry.NMC, drive("drive one", 25.0, OHM), ends);
        assertTrue(Double.isNaN(result.scores().get(1).insideV()), "all of it above 95 %");
        assertTrue(result.scores().get(1).rmsV() > 0.0);
        assertEquals("made for tests", result.cell().provenance().origin());
        assertEquals("Apache-2.0", result.cell().provenance().licence());
        String begins = String.format(
                Locale.ROOT,
                "Fitted by bms fit (docs/theory/cell-fit.md). Open-loop voltage residual, RMS mV between 5 and 95 %% SOC:"
                        + " drive one %.1f; top %.1f; The charge map",
                1e3 * result.scores().get(0).insideV(),
                1e3 * result.scores().get(1).rmsV());
        String method = result.cell().provenance().method();
        assertEquals(begins, method.substring(0, begins.length()));
        assertTrue(method.endsWith(String.join(" ", result.notes())), "and what was assumed");
    }

    @Test
    void aFileOfShortRunsIsNamedAsNotUsed() {
        FitRecord drive = drive("drive", 25.0, OHM);
        double[] runs = new double[drive.rows()];
        Arrays.setAll(runs, k -> Math.floor(k / 4.0));
        FitRecord torn = load("torn", Kind.DRIVE, 25.0, OHM, 2.0, 0.0, 3.0, 1.0, 4.0, 0.5, 2.0, 0.0)
                .runs(runs)
                .build();
        FitResult result = fit(Chemistry.NMC, torn, drive);
        assertTrue(result.notes().contains("torn was not used: no run of five rows or more."));
        assertEquals(
                List.of("drive"), result.scores().stream().map(FileScore::name).toList());
        assertEquals(2, result.misses().size());
        assertEquals("torn", result.misses().get(0).name());
        assertTrue(Double.isNaN(result.misses().get(0).volts()[190]));
        assertFalse(Double.isNaN(result.misses().get(1).volts()[190]));
        assertTrue(Double.isNaN(result.scores().get(0).unseenV()), "one load cannot stand in for itself");
    }

    @Test
    void everyLoadIsAlsoJudgedByAFitThatDidNotSeeIt() {
        FitRecord slow = load("slow", Kind.OCV, 25.0, 0.0, repeated(0.1, 30)).build();
        FitRecord high = drive("high", 25.0, 0.09);
        FitRecord low = drive("low", 25.0, 0.03);
        FitResult result = fit(Chemistry.NMC, slow, high, low);
        FileScore slowScore = result.scores().get(0);
        FileScore highScore = result.scores().get(1);
        FileScore lowScore = result.scores().get(2);
        assertTrue(Double.isNaN(slowScore.unseenV()), "a slow run is not left out");
        assertTrue(highScore.unseenV() > 1.4 * highScore.insideV(), highScore.toString());
        assertTrue(lowScore.unseenV() > 1.4 * lowScore.insideV(), lowScore.toString());
        assertEquals(Kind.OCV, slowScore.kind());
        assertEquals(97, high.rows());
        assertEquals(97, highScore.rows(), "rows of 20 s are all kept");
        assertEquals(25.0, highScore.degC());
        assertEquals(1.0, highScore.startSoc(), 1e-12);
        for (FileScore score : List.of(highScore, lowScore)) {
            assertTrue(score.insideV() > 0.02 && score.insideV() < 0.09, "between both: " + score);
        }
    }

    private static double[] repeated(double value, int times) {
        double[] all = new double[times];
        Arrays.fill(all, value);
        return all;
    }

    @Test
    void runsOfOneFileCannotStandInForEachOther() {
        double[] runs = new double[97];
        Arrays.fill(runs, 49, 97, 1.0);
        FitRecord twice = load("twice", Kind.DRIVE, 25.0, OHM, 2.0, 0.0, 3.0, 1.0, 4.0, 0.5, 2.0, 0.0)
                .runs(runs)
                .build();
        FitResult result = fit(Chemistry.NMC, twice);
        assertEquals(1, result.scores().size());
        assertEquals(97, result.scores().get(0).rows());
        assertTrue(Double.isNaN(result.scores().get(0).unseenV()));
    }

    @Test
    void theFileLeftOutLastCountsAgainInTheEnd() {
        FitResult result = fit(Chemistry.NMC, drive("warm", 25.0, OHM), drive("cold", 0.0, 2.0 * OHM));
        List<String> unsupported = new ArrayList<>(result.identifiability().unsupported());
        assertTrue(unsupported.stream().anyMatch(u -> u.startsWith("0.0 °C")), "below half charge nothing was seen");
        assertFalse(unsupported.contains("0.0 °C, SOC 0.00 to 1.00"), unsupported.toString());
        assertFalse(unsupported.contains("25.0 °C, SOC 0.00 to 1.00"), unsupported.toString());
        assertEquals(2.0, result.capacityAh());
    }
}
