package io.github.bms4j.num;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Table2DTest {
    /** z = 1 + 2x + 3y + 4xy on the nodes, so bilinear interpolation is exact within each cell. */
    private final Table2D table = new Table2D(new double[] {0.0, 1.0, 3.0}, new double[] {-1.0, 1.0}, new double[][] {
        {-2.0, -4.0, -8.0}, {4.0, 10.0, 22.0}
    });

    @ParameterizedTest(name = "({0}, {1}) -> {2}")
    @CsvSource({
        " 0.0, -1.0, -2.0",
        " 3.0,  1.0, 22.0",
        " 0.5,  0.0,  2.0",
        " 2.0,  0.5, 10.5",
        " 1.0,  0.25, 4.75",
        "-5.0,  0.0,  1.0",
        " 9.0,  0.0,  7.0",
        " 0.5, -9.0, -3.0",
        " 0.5,  9.0,  7.0",
        " 9.0,  9.0, 22.0",
        " NaN,  0.0,  NaN",
        " 0.0,  NaN,  NaN"
    })
    void isBilinearInsideAndFlatOutside(double x, double y, double z) {
        assertEquals(z, table.at(x, y), 1e-12);
    }

    @Test
    void ignoresAnAxisOfOneNode() {
        Table2D overX = new Table2D(new double[] {0.0, 2.0}, new double[] {25.0}, new double[][] {{1.0, 3.0}});
        assertEquals(2.0, overX.at(1.0, -40.0));
        assertEquals(2.0, overX.at(1.0, 60.0));
        assertEquals(3.0, overX.at(5.0, 25.0));
        Table2D overY = new Table2D(new double[] {0.5}, new double[] {0.0, 10.0}, new double[][] {{1.0}, {3.0}});
        assertEquals(1.5, overY.at(0.0, 2.5));
        assertEquals(3.0, overY.at(1.0, 99.0));
        assertEquals(Double.NaN, overY.at(Double.NaN, 2.5));
    }

    @Test
    void refusesRowsThatDoNotFit() {
        double[] two = {0.0, 1.0};
        Exception rows =
                assertThrows(IllegalArgumentException.class, () -> new Table2D(two, two, new double[][] {{1.0, 2.0}}));
        assertEquals("z must have 2 rows but has 1", rows.getMessage());
        Exception columns = assertThrows(
                IllegalArgumentException.class, () -> new Table2D(two, two, new double[][] {{1.0, 2.0}, {1.0}}));
        assertEquals("z[1] must have 2 values but has 1", columns.getMessage());
        Exception value = assertThrows(
                IllegalArgumentException.class,
                () -> new Table2D(two, two, new double[][] {{1.0, 2.0}, {1.0, Double.POSITIVE_INFINITY}}));
        assertEquals("z[1][1] must be finite but is Infinity", value.getMessage());
    }
}
