package io.github.bms4j.sim.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static boolean kept(int[] rows, int row) {
        return Arrays.binarySearch(rows, row) >= 0;
    }

    @Test
    void keepsEveryRowOfAShortColumn() {
        assertArrayEquals(new int[] {0, 1, 2, 3}, Thinning.rows(4, List.of(new double[] {1, 1, 1, 1}), 4));
        assertArrayEquals(new int[] {}, Thinning.rows(0, List.of(), 4));
    }

    @Test
    void keepsASinglePeakATroughAndTheEnds() {
        double[] peak = new double[100_000];
        double[] trough = new double[100_000];
        peak[54_321] = 1.0;
        trough[12_345] = -1.0;
        int[] rows = Thinning.rows(100_000, List.of(peak, trough), 4000);
        assertTrue(rows.length <= 4000, rows.length + " rows");
        assertTrue(rows.length >= 1500, rows.length + " rows: room was left unused");
        for (int row : new int[] {0, 12_345, 54_321, 99_999}) {
            assertTrue(kept(rows, row), "row " + row);
        }
    }

    @Test
    void keepsTheExtremesOfEveryBucketOfManyNoisyColumns() {
        long seed = 5;
        Random random = new Random(seed);
        int count = 20_000;
        double[][] columns = new double[6][count];
        for (double[] column : columns) {
            Arrays.setAll(column, i -> random.nextGaussian());
        }
        int[] rows = Thinning.rows(count, List.of(columns), 4000);
        assertTrue(rows.length <= 4000 && rows.length > 3000, rows.length + " rows");
        for (int i = 1; i < rows.length; i++) {
            assertTrue(rows[i] > rows[i - 1], "ascending");
        }
        // 6 columns with 2 extremes each in 4000 rows are at least 300 buckets: near every row there is a kept one
        // that is as high, and one that is as low.
        int bucket = count / 300 + 1;
        for (double[] column : columns) {
            for (int row = 0; row < count; row++) {
                boolean asHigh = false;
                boolean asLow = false;
                int from = Arrays.binarySearch(rows, row - bucket);
                for (int i = from < 0 ? -from - 1 : from; i < rows.length && rows[i] <= row + bucket; i++) {
                    asHigh |= column[rows[i]] >= column[row];
                    asLow |= column[rows[i]] <= column[row];
                }
                assertTrue(asHigh && asLow, "row " + row + ", seed " + seed);
            }
        }
    }

    @Test
    void keepsGaps() {
        double[] column = new double[20_000];
        Arrays.setAll(column, i -> i);
        column[7_777] = Double.NaN;
        Arrays.fill(column, 12_000, 15_000, Double.POSITIVE_INFINITY);
        int[] rows = Thinning.rows(column.length, List.of(column), 1000);
        assertTrue(kept(rows, 7_777));
        long inGap = Arrays.stream(rows).filter(r -> r >= 12_000 && r < 15_000).count();
        assertTrue(inGap > 10, inGap + " rows tell of the gap");
        assertTrue(rows.length <= 1000, rows.length + " rows");
    }

    @Test
    void endsEvenIfTheColumnsAreMoreThanTheRowsWanted() {
        Random random = new Random(3);
        double[][] columns = new double[40][200];
        for (double[] column : columns) {
            Arrays.setAll(column, i -> random.nextDouble());
        }
        int[] rows = Thinning.rows(200, List.of(columns), 10);
        assertTrue(rows.length <= 2 * 40 + 2 && rows.length > 10, rows.length + " rows");
    }
}
