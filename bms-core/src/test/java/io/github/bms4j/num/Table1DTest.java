package io.github.bms4j.num;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Table1DTest {
    private final Table1D table = new Table1D(new double[] {-1.0, 0.0, 2.0}, new double[] {5.0, 1.0, 2.0});

    @ParameterizedTest(name = "at {0}: {1}, slope {2}")
    @CsvSource({
        "-9.0, 5.0, 0.0",
        "-1.0, 5.0, -4.0",
        "-0.5, 3.0, -4.0",
        " 0.0, 1.0, 0.5",
        " 1.0, 1.5, 0.5",
        " 2.0, 2.0, 0.0",
        " 9.0, 2.0, 0.0",
        "-Infinity, 5.0, 0.0",
        " Infinity, 2.0, 0.0",
        " NaN, NaN, NaN"
    })
    void isStraightBetweenNodesAndFlatOutside(double x, double y, double slope) {
        assertEquals(y, table.at(x));
        assertEquals(slope, table.slopeAt(x));
    }

    @Test
    void isAConstantWithOneNode() {
        Table1D constant = new Table1D(new double[] {3.0}, new double[] {7.0});
        assertEquals(7.0, constant.at(-1.0));
        assertEquals(7.0, constant.at(3.0));
        assertEquals(7.0, constant.at(10.0));
        assertEquals(0.0, constant.slopeAt(3.0));
    }

    @Test
    void findsTheSegmentAsALinearSearchDoesOnIrregularNodes() {
        long seed = 20_240_817L;
        Random random = new Random(seed);
        for (int trial = 0; trial < 50; trial++) {
            int n = 2 + random.nextInt(400);
            double[] x = new double[n];
            double[] y = new double[n];
            double at = -3.0;
            for (int i = 0; i < n; i++) {
                at += StrictMath.exp(-8.0 * random.nextDouble());
                x[i] = at;
                y[i] = random.nextDouble();
            }
            Table1D irregular = new Table1D(x, y);
            for (int k = 0; k < 300; k++) {
                double probe = k < n ? x[k] : x[0] + random.nextDouble() * (x[n - 1] - x[0]);
                assertEquals(slow(x, y, probe), irregular.at(probe), 1e-12, "seed " + seed + " trial " + trial);
            }
        }
    }

    private static double slow(double[] x, double[] y, double at) {
        int k = 0;
        while (k < x.length - 2 && x[k + 1] <= at) {
            k++;
        }
        return y[k] + (y[k + 1] - y[k]) * (at - x[k]) / (x[k + 1] - x[k]);
    }

    @Test
    void keepsItsOwnCopyOfTheNodes() {
        double[] x = {0.0, 1.0};
        double[] y = {0.0, 1.0};
        Table1D copy = new Table1D(x, y);
        Arrays.fill(x, 9.0);
        Arrays.fill(y, 9.0);
        assertEquals(0.5, copy.at(0.5));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0;1;1   | 1;2;3 | x must be strictly increasing but x[2] = 1.0 follows 1.0",
                "0;2;1   | 1;2;3 | x must be strictly increasing but x[2] = 1.0 follows 2.0",
                "0;NaN;1 | 1;2;3 | x[1] must be finite but is NaN",
                "0;1     | 1;2;3 | y must have 2 values but has 3",
                "0;1     | 1;NaN | y[1] must be finite but is NaN",
                "''      | ''    | x must have at least 1 nodes but has 0"
            })
    void refusesWhatIsNoTable(String x, String y, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Table1D(numbers(x), numbers(y)));
        assertEquals(message, e.getMessage());
    }

    static double[] numbers(String text) {
        return text.isEmpty()
                ? new double[0]
                : Arrays.stream(text.split(";"))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
    }
}
