package io.github.bms4j.bench;

import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.limit.LimitSettings;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.limit.PowerPredictor;
import io.github.bms4j.limit.RandomPack;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints what all limits of a pack cost, by number of cells and by the state that the pack is in: one step is six horizons in two
 * directions over all cells. Medians of samples of a tenth of a second.
 */
public final class PowerTable {
    private static final int STATES = 32;
    private static final int SAMPLES = 21;
    private static final long SAMPLE_NANOS = 100_000_000L;

    private PowerTable() {}

    /** Prints the table. */
    public static void main(String[] args) {
        System.out.println(
                "state                          cells   us/step   ns/cell and horizon   binds (discharge 10 s, charge 10 s)");
        for (int cells : new int[] {12, 96, 400}) {
            row("25 degC, half full", cells, 0.5, 25.0);
            row("25 degC, almost full", cells, 0.93, 25.0);
            row("10 degC, almost empty", cells, 0.08, 10.0);
            row("-10 degC, half full", cells, 0.4, -10.0);
            row("52 degC, half full", cells, 0.5, 52.0);
        }
    }

    private static void row(String state, int cells, double soc, double degC) {
        RandomPack[] packs = new RandomPack[STATES];
        PowerPredictor[] predictors = new PowerPredictor[STATES];
        PackLimits limits = new PackLimits();
        LimitRequests requests = new LimitRequests();
        for (int k = 0; k < STATES; k++) {
            packs[k] = new RandomPack(SampleCells.bent(), cells, k);
            packs[k].put(soc + 0.0005 * k, degC, 1.0 - k % 3);
            predictors[k] = new PowerPredictor(packs[k].type, packs[k].layout, LimitSettings.standard());
        }
        double[] nanos = new double[SAMPLES];
        for (int s = -SAMPLES; s < SAMPLES; s++) {
            long start = System.nanoTime();
            long now = start;
            int steps = 0;
            while (now - start < SAMPLE_NANOS) {
                RandomPack pack = packs[steps % STATES];
                predictors[steps % STATES].step(pack.sample, pack.estimate, requests, limits);
                steps++;
                now = System.nanoTime();
            }
            if (s >= 0) {
                nanos[s] = (double) (now - start) / steps;
            }
        }
        Arrays.sort(nanos);
        double median = nanos[SAMPLES / 2];
        System.out.printf(
                Locale.ROOT,
                "%-28s %7d %9.1f %21.2f   %s, %s%n",
                state,
                cells,
                median * 1e-3,
                median / (cells * 2.0 * Horizon.values().length),
                limits.limit(Direction.DISCHARGE, Horizon.S10).rule(),
                limits.limit(Direction.CHARGE, Horizon.S10).rule());
    }
}
