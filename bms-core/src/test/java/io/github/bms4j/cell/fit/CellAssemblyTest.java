package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.TemperatureWindow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cell type that a parameter vector says, digit by digit. */
class CellAssemblyTest {
    private final FitLayout layout = new FitLayout(new double[] {0.0, 25.0}, 20.0, DrawnTracks.CAPACITY_AH);
    private final double[] x = new double[layout.size()];

    @BeforeEach
    void roundNumbers() {
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            x[k] = 3.2 + 0.9 * FitLayout.OCV_SOC[k];
        }
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            x[layout.entropy + k] = 0.1 * k - 0.4;
        }
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            x[layout.gap + k] = Math.log(0.010004 + 0.001 * k);
        }
        for (int m = 0; m < FitLayout.MAPS; m++) {
            for (int t = 0; t < 2; t++) {
                for (int n = 0; n < FitLayout.OHM_SOC.length; n++) {
                    x[layout.ohm(m, t, n)] = Math.log(1e-3 * (10 * (m + 1) + n + 40 * (1 - t)));
                }
            }
            x[layout.activation + m] = 20.0044 + m;
        }
        for (int b = 0; b < FitLayout.MAPS - 1; b++) {
            x[layout.tau + b] = Math.log(10.004 * Math.pow(10.0, b));
        }
        x[layout.turn] = Math.log(24.996);
    }

    @Test
    void theCurveIsGivenToTenMicrovolts() {
        x[31] = 3.650004;
        x[32] = 3.668006;
        OcvCurve ocv = new CellAssembly(layout, x).ocv();
        assertEquals(0.5, ocv.socs()[31]);
        assertEquals(3.65, ocv.voltages()[31], 1e-12);
        assertEquals(3.66801, ocv.voltages()[32], 1e-12);
        assertEquals(3.2, ocv.voltages()[0], 1e-12);
        assertEquals(4.1, ocv.voltages()[60], 1e-12);
        assertEquals(20.0, ocv.referenceDegC());
        assertArrayEquals(FitLayout.OCV_SOC, ocv.socs());
    }

    @Test
    void aCurveThatFallsIsMadeToRise() {
        x[1] = 3.1;
        x[31] = 3.60;
        x[32] = x[30] + 5e-6;
        OcvCurve ocv = new CellAssembly(layout, x).ocv();
        assertEquals(3.20001, ocv.voltages()[1], 1e-12);
        assertEquals(x[30] + 1e-5, ocv.voltages()[31], 1e-12);
        assertEquals(x[30] + 2e-5, ocv.voltages()[32], 1e-12);
        assertEquals(3.2 + 0.9 * 0.54, ocv.voltages()[33], 1e-12);
    }

    @ParameterizedTest(name = "at SOC {0}: {1} mV/K")
    @CsvSource({"0, -0.4", "0.05, -0.35", "0.1, -0.3", "0.2, -0.2", "0.26, -0.16", "0.5, 0.0", "0.8, 0.2", "1, 0.4"})
    void entropyLiesOnStraightLinesBetweenItsNodes(double soc, double mvPerK) {
        OcvCurve ocv = new CellAssembly(layout, x).ocv();
        assertEquals(1e-3 * mvPerK, ocv.entropicVPerK(soc), 1e-12);
        assertEquals(ocv.v(soc, 20.0) + 1e-2 * mvPerK, ocv.v(soc, 30.0), 1e-12);
    }

    @Test
    void noEntropyIsPlainZero() {
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            x[layout.entropy + k] = -1e-9;
        }
        for (double entropic : new CellAssembly(layout, x).ocv().entropics()) {
            assertEquals(0L, Double.doubleToRawLongBits(entropic), "a file must not say -0.0");
        }
    }

    @Test
    void hysteresisIsTheGapsAndTheTurn() {
        OcvCurve ocv = new CellAssembly(layout, x).ocv();
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            assertEquals(0.01 + 0.001 * k, ocv.hysteresis().halfGapV(FitLayout.GAP_SOC[k]), 1e-12);
        }
        assertEquals(-Math.expm1(-25.0 * 0.1), ocv.hysteresis().turn(0.1), 1e-12);
    }

    @Test
    void theCircuitIsR0AndThreePairs() {
        Circuit circuit = new CellAssembly(layout, x).circuit();
        assertEquals(3, circuit.branches().size());
        assertArrayEquals(new double[] {0.0, 25.0}, circuit.r0().temperatures());
        for (int n = 0; n < FitLayout.OHM_SOC.length; n++) {
            double soc = FitLayout.OHM_SOC[n];
            assertEquals(1e-3 * (50 + n), circuit.r0().ohm(soc, 0.0), 1e-12);
            assertEquals(1e-3 * (10 + n), circuit.r0().ohm(soc, 25.0), 1e-12);
            for (int b = 0; b < 3; b++) {
                assertEquals(
                        1e-3 * (20 + 10 * b + n),
                        circuit.branches().get(b).resistance().ohm(soc, 25.0),
                        1e-12);
            }
        }
        assertEquals(10.0, circuit.branches().get(0).tauS(), 1e-9);
        assertEquals(100.04, circuit.branches().get(1).tauS(), 1e-9);
        assertEquals(1000.4, circuit.branches().get(2).tauS(), 1e-9);
        assertEquals(20_000.0, circuit.r0().activationJPerMol(), 1e-9);
        assertEquals(23_000.0, circuit.branches().get(2).resistance().activationJPerMol(), 1e-9);
    }

    @Test
    void theActivationEnergyIsGivenToTenJoules() {
        x[layout.activation] = 21.2351;
        x[layout.activation + 1] = 21.2349;
        Circuit circuit = new CellAssembly(layout, x).circuit();
        assertEquals(21_240.0, circuit.r0().activationJPerMol(), 1e-9);
        assertEquals(21_230.0, circuit.branches().get(0).resistance().activationJPerMol(), 1e-9);
    }

    @ParameterizedTest(name = "{0} V in the middle of {1} to {2} V: {3} V")
    @CsvSource({"3.654, 3.0, 4.2, 3.65", "3.656, 3.0, 4.2, 3.66", "2.9, 3.0, 4.2, 3.0", "4.3, 3.0, 4.2, 4.2"})
    void theRatingIsThatOfTheDataAndTheChemistry(double middleV, double minV, double maxV, double nominalV) {
        CellRating rating = CellAssembly.rating(
                TypicalCell.LTO, 2.0, new double[] {minV, maxV}, middleV, new double[] {6.0, 3.0}, 0.998);
        assertEquals(
                new CellRating(
                        2.0,
                        nominalV,
                        minV,
                        maxV,
                        6.0,
                        3.0,
                        new TemperatureWindow(-20.0, 60.0),
                        new TemperatureWindow(-20.0, 55.0),
                        0.998),
                rating);
    }

    @ParameterizedTest(name = "{1} °C, SOC {0}: {2} per hour")
    @CsvSource({
        "0.5, 0, 0",
        "0.5, 5, 0.1",
        "0.5, 10, 0.175",
        "0.5, 15, 0.25",
        "0.5, 25, 0.5",
        "0.5, 45, 0.5",
        "0.8, 25, 0.5",
        "0.85, 25, 0.4",
        "0.9, 25, 0.3",
        "1, 25, 0.15",
        "1, 5, 0.03"
    })
    void theChargeMapTapersTowardsFullAndTheCold(double soc, double degC, double perH) {
        ChargeMap map = CellAssembly.chargeMap(TypicalCell.NMC, 0.5);
        assertEquals(perH, map.maxRatePerH(soc, degC), 1e-12);
    }
}
