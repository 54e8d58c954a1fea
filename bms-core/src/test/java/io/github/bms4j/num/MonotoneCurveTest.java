package io.github.bms4j.num;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonotoneCurveTest {
    private static final double[] X = {0.0, 1.0, 3.0, 4.0, 7.0};
    private static final double[] Y = {0.0, 2.0, 2.5, 6.0, 6.2};
    private final MonotoneCurve curve = new MonotoneCurve(X, Y);

    /** Expected: SciPy 1.x PchipInterpolator and its derivative on the same points. Its last segment is left out: our end slope differs there. */
    @ParameterizedTest(name = "at {0}: {1}, slope {2}")
    @CsvSource({
        "0, 0.0, 2.5833333333333335",
        "0.25, 0.6529771959459459, 2.5823479729729732",
        "0.5, 1.262105855855856, 2.232545045045045",
        "1, 2.0, 0.4864864864864865",
        "1.7, 2.2025177226406734, 0.15373836951705802",
        "2.9, 2.452081302614089, 0.44323770491803305",
        "3, 2.5, 0.5163934426229508",
        "3.3, 3.3220916542473913, 4.394718969555034",
        "3.9, 5.894024164360229, 1.9003949329359173",
        "4, 6.0, 0.15584415584415598"
    })
    void agreesWithAnIndependentImplementationInside(double x, double y, double slope) {
        assertEquals(y, curve.at(x), 1e-12);
        assertEquals(slope, curve.slopeAt(x), 1e-12);
    }

    /** The three-point slope at the last node would be below zero there; a quarter of the secant is kept instead. */
    @Test
    void keepsRisingBeyondItsEnds() {
        double firstSlope = 2.0 + (2.0 - 0.25) / 3.0;
        assertEquals(firstSlope, curve.slopeAt(0.0), 1e-12);
        assertEquals(-firstSlope, curve.at(-1.0), 1e-12);
        double lastSlope = 0.25 * 0.2 / 3.0;
        assertEquals(lastSlope, curve.slopeAt(7.0), 1e-12);
        assertEquals(lastSlope, curve.slopeAt(1e6), 1e-12);
        assertEquals(6.2 + lastSlope, curve.at(8.0), 1e-12);
        assertEquals(8.0, curve.inverse(6.2 + lastSlope), 1e-9);
        assertEquals(-1.0, curve.inverse(-firstSlope), 1e-12);
    }

    @Test
    void takesTheThreePointSlopeAtAnEndWhereItRisesEnough() {
        MonotoneCurve hook = new MonotoneCurve(new double[] {0.0, 1.0, 2.0}, new double[] {0.0, 0.0, 1.0});
        assertEquals(0.0, hook.slopeAt(0.0));
        assertEquals(1.5, hook.slopeAt(2.0), 1e-12);
        MonotoneCurve uneven = new MonotoneCurve(new double[] {0.0, 10.0, 11.0}, new double[] {0.0, 10.0, 10.5});
        assertEquals((21.0 - 10.0 * 0.5) / 11.0, uneven.slopeAt(0.0), 1e-12);
        assertEquals((12.0 * 0.5 - 1.0) / 11.0, uneven.slopeAt(11.0), 1e-12);
    }

    @Test
    void isAStraightLineThroughTwoPoints() {
        MonotoneCurve line = new MonotoneCurve(new double[] {1.0, 3.0}, new double[] {2.0, 8.0});
        for (double x : new double[] {-4.0, 1.0, 1.7, 3.0, 11.0}) {
            assertEquals(2.0 + 3.0 * (x - 1.0), line.at(x), 1e-12);
            assertEquals(3.0, line.slopeAt(x), 1e-12);
            assertEquals(x, line.inverse(2.0 + 3.0 * (x - 1.0)), 1e-12);
        }
    }

    @Test
    void risesWithAPositiveSlopeAndInvertsForAnyRisingData() {
        long seed = 7L;
        Random random = new Random(seed);
        for (int trial = 0; trial < 200; trial++) {
            int n = 2 + random.nextInt(30);
            double[] x = new double[n];
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = (i == 0 ? -1.0 : x[i - 1]) + StrictMath.exp(-5.0 * random.nextDouble());
                y[i] = (i == 0 ? 2.0 : y[i - 1]) + StrictMath.exp(-9.0 * random.nextDouble());
            }
            MonotoneCurve any = new MonotoneCurve(x, y);
            String where = "seed " + seed + " trial " + trial;
            double from = x[0] - 0.5;
            double span = x[n - 1] - x[0] + 1.0;
            double before = Double.NEGATIVE_INFINITY;
            for (int k = 0; k <= 400; k++) {
                double at = from + span * k / 400.0;
                double value = any.at(at);
                double slope = any.slopeAt(at);
                assertTrue(slope > 0.0, where + " slope at " + at);
                assertTrue(value > before, where + " value at " + at);
                before = value;
                assertEquals(at, any.inverse(value), 1e-9 + 1e-12 / slope, where);
                double h = 1e-6;
                double numeric = (any.at(at + h) - any.at(at - h)) / (2.0 * h);
                assertEquals(numeric, slope, 1e-3 * (1.0 + slope), where + " slope at " + at);
            }
            for (int i = 0; i < n; i++) {
                assertEquals(y[i], any.at(x[i]), 1e-12, where);
            }
        }
    }

    @Test
    void staysLevelWhereTheDataAreLevel() {
        MonotoneCurve step =
                new MonotoneCurve(new double[] {0.0, 1.0, 2.0, 3.0, 4.0}, new double[] {1.0, 1.0, 2.0, 2.0, 2.0});
        assertEquals(1.0, step.at(0.5));
        assertEquals(1.5, step.at(1.5), 1e-15);
        assertEquals(2.0, step.at(2.5));
        assertEquals(0.0, step.slopeAt(2.5));
        assertEquals(2.0, step.inverse(2.0), 1e-9);
        assertEquals(0.0, step.inverse(1.0));
        assertEquals(0.0, step.inverse(0.5));
        assertEquals(4.0, step.inverse(2.5));
    }

    @Test
    void givesNaNForNaN() {
        assertEquals(Double.NaN, curve.at(Double.NaN));
        assertEquals(Double.NaN, curve.slopeAt(Double.NaN));
        assertEquals(Double.NaN, curve.inverse(Double.NaN));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0       | 1       | x must have at least 2 nodes but has 1",
                "0;1;2   | 1;3;2   | y must not fall but y[2] = 2.0 follows 3.0",
                "0;1;1   | 1;2;3   | x must be strictly increasing but x[2] = 1.0 follows 1.0",
                "0;1;2   | 1;2     | y must have 3 values but has 2",
                "0;1;2   | 1;NaN;3 | y[1] must be finite but is NaN"
            })
    void refusesWhatCannotBeMonotone(String x, String y, String message) {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new MonotoneCurve(Table1DTest.numbers(x), Table1DTest.numbers(y)));
        assertEquals(message, e.getMessage());
    }
}
