package io.github.bms4j.sim.report;

import java.util.Arrays;
import java.util.List;

/**
 * Which rows of long columns a chart keeps so that it still looks the same.
 *
 * <p>The rows are cut into buckets of equal count. Of each bucket and column the rows of the smallest and of the largest
 * value stay, and the first row without a value, so that peaks and gaps survive; so do the first and the last row. The
 * kept values are samples as they were, nothing is averaged. Columns that move together share most of their rows,
 * therefore the number of buckets is searched for: as many as fit the wanted number of rows.
 */
final class Thinning {
    private Thinning() {}

    /** The kept rows, ascending; all of them if there are no more than {@code most}. */
    static int[] rows(int count, List<double[]> columns, int most) {
        if (count <= most) {
            int[] all = new int[count];
            Arrays.setAll(all, i -> i);
            return all;
        }
        boolean[] keep = new boolean[count];
        int buckets = most / 2;
        int kept = mark(keep, columns, buckets);
        while (kept > most && buckets > 1) {
            // The rows per bucket stay about the same; one step less at the least, so this ends.
            buckets = Math.max(1, Math.min(buckets - 1, (int) ((long) buckets * most / kept)));
            Arrays.fill(keep, false);
            kept = mark(keep, columns, buckets);
        }
        int[] rows = new int[kept];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (keep[i]) {
                rows[n++] = i;
            }
        }
        return rows;
    }

    private static int mark(boolean[] keep, List<double[]> columns, int buckets) {
        int count = keep.length;
        keep[0] = true;
        keep[count - 1] = true;
        for (double[] column : columns) {
            for (int b = 0; b < buckets; b++) {
                int from = (int) ((long) count * b / buckets);
                int to = (int) ((long) count * (b + 1) / buckets);
                markExtremes(keep, column, from, to);
            }
        }
        int kept = 0;
        for (boolean k : keep) {
            if (k) {
                kept++;
            }
        }
        return kept;
    }

    private static void markExtremes(boolean[] keep, double[] column, int from, int to) {
        int least = -1;
        int largest = -1;
        int missing = -1;
        for (int i = from; i < to; i++) {
            double v = column[i];
            if (!Double.isFinite(v)) {
                missing = missing < 0 ? i : missing;
                continue;
            }
            if (least < 0 || v < column[least]) {
                least = i;
            }
            if (largest < 0 || v > column[largest]) {
                largest = i;
            }
        }
        if (least >= 0) {
            keep[least] = true;
            keep[largest] = true;
        }
        if (missing >= 0) {
            keep[missing] = true;
        }
    }
}
