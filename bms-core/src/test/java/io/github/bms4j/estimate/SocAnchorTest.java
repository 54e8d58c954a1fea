package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.cell.ThermalRating;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Straight cell: 0.9 V per unit SOC, model good to 12 mV between 0 and 45 °C. */
class SocAnchorTest {
    private static final double[] ENDS = {0.0, 1.0};

    private final SocAnchor anchor = new SocAnchor(SampleCells.straight(), 0.05);

    private static CellType hysteretic(double halfGapV) {
        OcvCurve curve = new OcvCurve(
                ENDS,
                new double[] {3.2, 4.1},
                new double[] {0.0, 0.0},
                25.0,
                new Hysteresis(ENDS, new double[] {halfGapV, halfGapV}, 20.0));
        return MeasuredCells.of("hysteretic", 3.0, curve, 20e-3, new ThermalRating(40.0, 0.1), 0.012);
    }

    /** An iron phosphate cell's shape: steep ends, a plateau of 60 mV between 20 and 95 %. */
    private static CellType flat() {
        OcvCurve curve = MeasuredCells.curve(
                new double[] {0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.7, 0.9, 0.95, 0.98, 1.0},
                new double[] {2.6, 3.1, 3.21, 3.275, 3.29, 3.302, 3.320, 3.328, 3.335, 3.40, 3.55});
        return MeasuredCells.of("flat", 2.3, shifted(curve), 10e-3, new ThermalRating(80.0, 0.1), 0.012);
    }

    /** The same shape 0.35 V higher, where the helper's chemistry may have it. */
    private static OcvCurve shifted(OcvCurve curve) {
        double[] soc = new double[101];
        double[] v = new double[101];
        for (int k = 0; k <= 100; k++) {
            soc[k] = 0.01 * k;
            v[k] = curve.v(soc[k], 25.0) + 0.35;
        }
        return MeasuredCells.curve(soc, v);
    }

    @Test
    void readsTheSocOfAStraightCellWithTheModelsError() {
        assertTrue(anchor.read(3.65, 25.0, 0.0, 0.0, 0.0));
        assertEquals(0.5, anchor.soc(), 1e-9);
        assertEquals(0.012 / 0.9, anchor.lastingSigma(), 1e-9);
        assertEquals(0.002 / 0.9, anchor.passingSigma(), 1e-9);
        assertEquals(Math.sqrt(0.012 * 0.012 + 0.002 * 0.002) / 0.9, anchor.sigma(), 1e-9);
        assertEquals(0.5, anchor.nearSoc(3.65, 25.0), 1e-9);
        assertEquals(1.0, anchor.nearSoc(4.5, 25.0));
        assertEquals(0.0, anchor.nearSoc(2.5, 25.0));
    }

    @Test
    void growsUnsureByWhatRelaxationHasLeft() {
        assertTrue(anchor.read(3.65, 25.0, 0.0, 0.0, 0.009));
        assertEquals(Math.sqrt(81.0 + 4.0) * 1e-3 / 0.9, anchor.passingSigma(), 1e-9);
        assertEquals(0.012 / 0.9, anchor.lastingSigma(), 1e-9);
        assertFalse(anchor.read(3.65, 25.0, 0.0, 0.0, 0.06), "7 points are no anchor");
    }

    @ParameterizedTest(name = "{0} degC: {1} V")
    @CsvSource({"0, 0.012", "45, 0.012", "-10, 0.015", "55, 0.015"})
    void trustsTheCurveLessBeyondTheTemperaturesItWasMeasuredAt(double tDegC, double modelV) {
        assertTrue(anchor.read(3.65, tDegC, 0.0, 0.0, 0.0));
        assertEquals(modelV / 0.9, anchor.lastingSigma(), 1e-9);
    }

    @ParameterizedTest(name = "state {0} +- {1}")
    @CsvSource({"1.0, 0.0, 0.3", "-1.0, 0.0, 0.3", "0.0, 0.577, 0.577", "0.5, 0.3, 0.3"})
    void takesHysteresisOffButNeverAllOfItsDoubt(double state, double sigma, double counted) {
        SocAnchor split = new SocAnchor(hysteretic(0.02), 0.05);
        assertTrue(split.read(3.65 + 0.02 * state, 25.0, state, sigma, 0.0));
        assertEquals(0.5, split.soc(), 1e-9);
        assertEquals(Math.sqrt(0.012 * 0.012 + 0.02 * 0.02 * counted * counted) / 0.9, split.lastingSigma(), 1e-9);
    }

    @ParameterizedTest(name = "at {0} an anchor: {1}")
    @CsvSource({
        "0.03, true",
        "0.05, true",
        "0.25, false",
        "0.40, false",
        "0.55, false",
        "0.65, false",
        "0.70, false",
        "0.85, false",
        "0.99, true"
    })
    void givesNoAnchorOnAPlateau(double soc, boolean given) {
        CellType type = flat();
        SocAnchor plateau = new SocAnchor(type, 0.05);
        assertEquals(given, plateau.read(type.ocv().v(soc, 25.0), 25.0, 0.0, 0.0, 0.0), "sigma " + plateau.sigma());
    }

    @ParameterizedTest(name = "{0} V")
    @CsvSource({"3.15, false", "3.157, true", "4.143, true", "4.15, false"})
    void refusesAVoltageOfAnotherCell(double v, boolean given) {
        assertEquals(given, anchor.read(v, 25.0, 0.0, 0.0, 0.0));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertFalse(anchor.read(Double.NaN, 25.0, 0.0, 0.0, 0.0));
        assertFalse(anchor.read(3.65, 25.0, 0.0, 0.0, Double.NaN));
    }
}
