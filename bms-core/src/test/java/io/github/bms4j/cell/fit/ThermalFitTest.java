package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heat capacity and loss of cells that warm up exactly as the equation says. */
class ThermalFitTest {
    private static final double CAPACITY_AH = DrawnTracks.CAPACITY_AH;

    /** A load of a changing current whose temperature follows C dT/dt = P - K (T - Tambient), step by step, exactly. */
    private static Residuals warming(int record, double heatJPerK, double perS, double ambientDegC, double firstDegC) {
        FitLayout layout = new FitLayout(new double[] {25.0}, 25.0, CAPACITY_AH);
        FitTrack track = DrawnTracks.load(record, Kind.DRIVE, 400, 0.0, 3.7, 25.0);
        Residuals r = Residuals.of(new VoltageModel(layout), new double[layout.size()], track, CAPACITY_AH);
        double degC = firstDegC;
        for (int k = 0; k < track.rows(); k++) {
            track.timeS[k] = k < 200 ? 5.0 * k : 1000.0 + 20.0 * (k - 200);
            track.stepA[k] = 3.0 + 2.0 * Math.sin(k / 15.0 + record) - (k > 300 ? 3.0 : 0.0);
            r.dropV[k] = 0.1 * track.stepA[k] + 0.01 * Math.cos(k);
            if (k > 0) {
                double keep = Math.exp(-perS * (track.timeS[k] - track.timeS[k - 1]));
                double powerW = track.stepA[k] * (r.dropV[k] + r.dropV[k - 1]) / 2.0;
                double end = ambientDegC + powerW / (heatJPerK * perS);
                degC = end + (degC - end) * keep;
            }
            track.degC[k] = degC;
        }
        return r;
    }

    private static FitRecord record(boolean logged) {
        double[] t = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        double[] v = new double[10];
        Arrays.fill(v, 3.7);
        FitRecord.Builder builder = FitRecord.of("r", Kind.DRIVE, 25.0, t, new double[10], v);
        return (logged ? builder.temperature(t) : builder).build();
    }

    private static Optional<ThermalRating> fit(Residuals... all) {
        return ThermalFit.of(List.of(all), List.of(record(true), record(true)), CAPACITY_AH);
    }

    @ParameterizedTest(name = "{0} J/K, time constant of 1/{1} s")
    @CsvSource({"50, 0.001", "50, 0.0001", "50, 0.01", "9, 0.001", "290, 0.001", "123, 0.001"})
    void findsWhatTheTemperatureFollows(double heatJPerK, double perS) {
        ThermalRating found = fit(warming(0, heatJPerK, perS, 22.0, 24.0)).orElseThrow();
        assertEquals(heatJPerK, found.heatCapacityJPerK(), 1e-9);
        assertEquals(heatJPerK * perS, found.toAmbientWPerK(), 1e-9);
    }

    @Test
    void filesMayHaveTheirOwnSurroundings() {
        ThermalRating found = fit(warming(0, 60.0, 0.001, 22.0, 24.0), warming(1, 60.0, 0.001, -15.0, -5.0))
                .orElseThrow();
        assertEquals(60.0, found.heatCapacityJPerK(), 1e-9);
        assertEquals(0.06, found.toAmbientWPerK(), 1e-9);
    }

    @ParameterizedTest(name = "{0} J/K in 2 Ah")
    @CsvSource({"7.9, false", "8.1, true", "299, true", "301, false"})
    void whatIsNoCellIsNotBelieved(double heatJPerK, boolean believed) {
        assertEquals(believed, fit(warming(0, heatJPerK, 0.0001, 22.0, 26.0)).isPresent());
    }

    @Test
    void aCellThatCoolsUnderLoadIsNotBelieved() {
        Residuals turned = warming(0, 50.0, 0.001, 22.0, 24.0);
        for (int k = 0; k < turned.track.rows(); k++) {
            turned.track.stepA[k] = -turned.track.stepA[k];
        }
        assertTrue(fit(turned).isEmpty());
    }

    @Test
    void aMoveOfTwoKelvinIsTheLeast() {
        Residuals r = warming(0, 50.0, 0.001, 22.0, 24.0);
        double[] degC = r.track.degC;
        double rise = Arrays.stream(degC).max().orElseThrow()
                - Arrays.stream(degC).min().orElseThrow();
        scale(r, 1.99 / rise);
        assertTrue(fit(r).isEmpty());
        scale(r, 2.01 / 1.99);
        assertEquals(50.0, fit(r).orElseThrow().heatCapacityJPerK(), 1e-9);
    }

    /** So much of the polarisation, and with it of every rise. */
    private static void scale(Residuals r, double share) {
        for (int k = 0; k < r.dropV.length; k++) {
            r.dropV[k] *= share;
            r.track.degC[k] *= share;
        }
    }

    @Test
    void aTemperatureNobodyLoggedIsNotFitted() {
        Residuals real = warming(0, 50.0, 0.001, 22.0, 24.0);
        Residuals other = warming(1, 90.0, 0.002, 22.0, 24.0);
        ThermalRating found = ThermalFit.of(List.of(real, other), List.of(record(true), record(false)), CAPACITY_AH)
                .orElseThrow();
        assertEquals(50.0, found.heatCapacityJPerK(), 1e-9);
        assertTrue(ThermalFit.of(List.of(other), List.of(record(true), record(false)), CAPACITY_AH)
                .isEmpty());
    }

    @ParameterizedTest(name = "{0} of {1} Ah")
    @CsvSource({
        "NMC, 3, 48, 0.13",
        "NMC, 6, 96, 0.26",
        "NMC, 0.3, 4.8, 0.013",
        "LFP, 2, 60, 0.0867",
        "LFP, 100, 3000, 4.33",
        "LCO, 3, 48, 0.13"
    })
    void heatIsUsualForTheSizeToThreeDigits(String chemistry, double ah, double heatJPerK, double lossWPerK) {
        ThermalRating usual = ThermalFit.usual(TypicalCell.valueOf(chemistry), ah);
        assertEquals(heatJPerK, usual.heatCapacityJPerK(), 1e-12);
        assertEquals(lossWPerK, usual.toAmbientWPerK(), 1e-12);
    }
}
