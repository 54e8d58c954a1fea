package io.github.bms4j.num;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Table2DStackTest {
    private static final double[] X = {0.0, 0.1, 0.5, 1.0};
    private static final double[] Y = {-20.0, 0.0, 25.0};

    private static Table2D table(double[] x, double[] y, long seed) {
        Random random = new Random(seed);
        double[][] z = new double[y.length][x.length];
        for (double[] row : z) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble();
            }
        }
        return new Table2D(x, y, z);
    }

    @ParameterizedTest(name = "columns of the second table {0}, rows of the third {1}")
    @CsvSource({"4, 3", "3, 3", "4, 2", "1, 1"})
    void givesTheSameBitsAsEachTableByItself(int columns, int rows) {
        double[] x = Arrays.copyOf(X, columns);
        double[] y = Arrays.copyOf(Y, rows);
        Table2D[] tables = {table(X, Y, 1L), table(x, Y, 2L), table(X, y, 3L)};
        check(tables);
    }

    @Test
    void readsAnAxisOfOneNode() {
        double[] one = {0.5};
        check(table(one, Y, 4L), table(one, Y, 5L));
        check(table(X, one, 6L), table(X, one, 7L));
        check(table(one, one, 8L));
    }

    private static void check(Table2D... tables) {
        Table2DStack stack = new Table2DStack(tables);
        double[] values = new double[tables.length];
        Random random = new Random(9L);
        for (int k = 0; k < 2_000; k++) {
            double x = k == 0 ? Double.NaN : k < 5 ? X[k - 1] : -0.2 + 1.4 * random.nextDouble();
            double y = k == 1 ? Double.NaN : k < 5 ? Y[k % 3] : -30.0 + 70.0 * random.nextDouble();
            stack.at(x, y, values);
            for (int t = 0; t < tables.length; t++) {
                assertEquals(tables[t].at(x, y), values[t], "table " + t + " at " + x + ", " + y);
            }
        }
    }

    @Test
    void refusesToBeEmpty() {
        Exception e = assertThrows(IllegalArgumentException.class, Table2DStack::new);
        assertEquals("tables must be >= 1 but is 0", e.getMessage());
    }
}
