package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import io.github.bms4j.cell.fit.Identifiability.Confidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a fit says of its own parameters: by expectation alone, with data, and on a bound. */
class IdentifiabilityTest {
    private static final double[] TAU_S = {10.0, 90.0, 1000.0};

    private final FitLayout layout = new FitLayout(new double[] {0.0, 25.0}, 25.0, DrawnTracks.CAPACITY_AH);
    private final List<FitTrack> tracks = new ArrayList<>();
    private final FitProblem problem = new FitProblem(layout, tracks);
    private final double[] x = new FitStart(problem, TypicalCell.NMC)
            .make(DrawnTracks.curve(s -> 3.05 + 1.05 * s), false, 2.9, 4.15, TAU_S);

    private Confidence confidence(String name) {
        return Identifiability.of(problem, x).confidences().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}: {1} +- {2} {3}")
    @CsvSource({
        "tau1, 10, 8, s",
        "tau2, 90, 72, s",
        "tau3, 1000, 300, s",
        "hysteresis turn per SOC, 25, 7.5, 1",
        "activation energy of R0, 22, 4, kJ/mol",
        "activation energy of R1, 32, 4, kJ/mol",
        "activation energy of R2, 32, 4, kJ/mol",
        "activation energy of R3, 30, 4, kJ/mol"
    })
    void withoutDataEverythingIsAsSureAsItWasExpected(String name, double value, double sigma, String unit) {
        Confidence found = confidence(name);
        assertEquals(value, found.value(), 1e-9);
        assertEquals(sigma, found.sigma(), 1e-3 * sigma);
        assertEquals(unit, found.unit());
    }

    @Test
    void resistancesAreGivenInMilliohmWithTheirStandardDeviation() {
        Confidence middle = confidence("R0 at 25.0 °C, SOC 0.5");
        assertEquals(25.0, middle.value(), 1e-9);
        assertEquals(25.0 * 0.8, middle.sigma(), 1e-6);
        assertEquals("mΩ", middle.unit());
        double away = Math.sqrt(0.8 * 0.8 + 2 * 0.02 * 0.02 + 0.08 * 0.08);
        assertEquals(25.0 * away, confidence("R0 at 25.0 °C, SOC 0.2").sigma(), 1e-6, "less sure away from the middle");
        assertEquals(
                12.5 * Math.sqrt(0.8 * 0.8 + 3 * 0.03 * 0.03),
                confidence("R1 at 25.0 °C, SOC 0.8").sigma(),
                1e-6);
        assertEquals(10.0 * 0.2, confidence("R3 at 25.0 °C, SOC 0.5").sigma(), 1e-6);
        double perKj = (1.0 / 273.15 - 1.0 / 298.15) / 8.31446261815324e-3;
        double cold = Math.sqrt(0.8 * 0.8 + 0.15 * 0.15 + 16.0 * perKj * perKj);
        assertEquals(56.3245782132 * cold, confidence("R0 at 0.0 °C, SOC 0.5").sigma(), 1e-4);
    }

    @Test
    void theCurveIsGivenWhereOneLooksAtIt() {
        for (double soc : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
            Confidence found = confidence("OCV at SOC " + soc);
            assertEquals(3.05 + 1.05 * soc, found.value(), 1e-9);
            assertEquals("V", found.unit());
            assertTrue(found.sigma() > 0.2 && found.sigma() < 0.6, "expected within half a volt: " + found.sigma());
        }
        assertEquals(
                4 + 5 + 4 * (1 + 2 * 3),
                Identifiability.of(problem, x).confidences().size());
    }

    /** A charge at a steady 2 A that hardly moves from an SOC. */
    private void load(double soc, double degC, double weight) {
        FitTrack track = DrawnTracks.load(0, Kind.PULSE, 5, 2.0, 3.05 + 1.05 * soc - 0.05, degC);
        track.anchorSoc = soc;
        Arrays.fill(track.sigmaV, 0.004);
        Arrays.fill(track.weight, weight);
        tracks.add(track);
    }

    @Test
    void dataMakeSurerWhatTheyShow() {
        double before = confidence("R0 at 25.0 °C, SOC 0.5").sigma();
        double elsewhere = confidence("R0 at 25.0 °C, SOC 0.8").sigma();
        double unseen = confidence("tau3").sigma();
        load(0.5, 25.0, 1.0);
        double after = confidence("R0 at 25.0 °C, SOC 0.5").sigma();
        assertTrue(after < before, after + " mΩ with a load, " + before + " without");
        assertTrue(confidence("OCV at SOC 0.5").sigma() < 0.3);
        assertTrue(confidence("R0 at 25.0 °C, SOC 0.8").sigma() < elsewhere, "neighbours keep its shape");
        assertEquals(unseen, confidence("tau3").sigma(), 1e-2, "four seconds tell nothing of 1000 s");
    }

    @Test
    void stretchesWithoutDataAreNamed() {
        assertEquals(
                List.of("0.0 °C, SOC 0.00 to 1.00", "25.0 °C, SOC 0.00 to 1.00"),
                Identifiability.of(problem, x).unsupported());
        load(0.5, 25.0, 1.0);
        load(0.0, 25.0, 1.0);
        assertEquals(
                List.of("0.0 °C, SOC 0.00 to 1.00", "25.0 °C, SOC 0.03 to 0.40", "25.0 °C, SOC 0.60 to 1.00"),
                Identifiability.of(problem, x).unsupported());
        load(1.0, 0.0, 1.0);
        assertEquals(
                "0.0 °C, SOC 0.00 to 0.95",
                Identifiability.of(problem, x).unsupported().get(0));
    }

    @Test
    void aThirdIsTheLeastThatCountsAsSupport() {
        // 2 A through 25 mohm is 12.5 sigma: five rows of weight w tell ln R to 1 / (12.5 sqrt(5 w)).
        load(0.5, 25.0, 9.3 / 5 / 156.25);
        String supported = "25.0 °C, SOC 0.00 to 0.40";
        assertEquals(supported, Identifiability.of(problem, x).unsupported().get(1));
        tracks.clear();
        load(0.5, 25.0, 8.7 / 5 / 156.25);
        assertEquals(
                "25.0 °C, SOC 0.00 to 1.00",
                Identifiability.of(problem, x).unsupported().get(1));
    }

    @Test
    void parametersOnABoundAreNamedAndSure() {
        assertEquals(List.of(), Identifiability.of(problem, x).bounds());
        int ohm = layout.ohm(2, 1, Arrays.binarySearch(FitLayout.OHM_SOC, 0.3));
        x[layout.tau] = problem.highest(layout.tau);
        x[layout.tau + 2] = problem.lowest(layout.tau + 2);
        x[layout.turn] = problem.lowest(layout.turn);
        x[layout.activation + 1] = problem.highest(layout.activation + 1);
        x[ohm] = problem.lowest(ohm);
        x[layout.gap + 3] = problem.highest(layout.gap + 3);
        assertEquals(
                List.of(
                        "tau1 on its upper bound",
                        "tau3 on its lower bound",
                        "turnPerSoc on its lower bound",
                        "activation energy of R1 on its upper bound",
                        "R2 at 25.0 °C, SOC 0.3 on its lower bound",
                        "half gap at SOC 0.2 on its upper bound"),
                Identifiability.of(problem, x).bounds());
        assertEquals(0.0, confidence("tau1").sigma(), 1e-4, "held there, it does not vary");
        assertEquals(0.0, confidence("activation energy of R1").sigma(), 1e-4);
        assertEquals(72.0, confidence("tau2").sigma(), 1e-6);
    }
}
