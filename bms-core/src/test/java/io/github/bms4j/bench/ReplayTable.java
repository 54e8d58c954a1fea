package io.github.bms4j.bench;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.CellEkf;
import io.github.bms4j.estimate.CellSpkf;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PlainEkf;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.measure.PackSample;
import java.util.List;
import java.util.Locale;

/**
 * What JMH is not made for: a fleet of a million cells, stepped sample after sample and block after block, and a pack that has
 * rested for two days against the same pack on the road. Each figure is the best of a few, in nanoseconds per cell and step.
 */
final class ReplayTable {
    private static final int FLEET = 1_000_000;
    private static final int PACK = 96;
    private static final int LAPS = 4;
    private static final long SECOND = 1_000_000_000L;
    private static final String[] FILTERS = {"PLAIN_EKF", "CELL_EKF", "CELL_SPKF"};

    private ReplayTable() {}

    /** Prints both; takes a minute and three gigabytes. */
    static void print() {
        System.out.printf(Locale.ROOT, "%n%-22s %9s %9s %9s%n", FLEET + " cells", "by sample", "by block", "ratio");
        Drive drive = new Drive(FLEET);
        List<PackSample> samples = drive.samples();
        for (String name : FILTERS) {
            double bySample = fleet(name, drive, samples, false);
            double byBlock = fleet(name, drive, samples, true);
            row(name, bySample, byBlock);
        }
        System.out.printf(Locale.ROOT, "%n%-22s %9s %9s %9s%n", PACK + " cells", "rest 48 h", "driving", "ratio");
        for (String name : FILTERS) {
            pack(name, false); // the compiler is warm for both
            row(name, pack(name, true), pack(name, false));
        }
    }

    private static void row(String name, double first, double second) {
        System.out.printf(Locale.ROOT, "%-22s %9.2f %9.2f %9.2f%n", name, first, second, first / second);
    }

    private static SocEstimator filter(String name, Drive drive) {
        return switch (name) {
            case "CELL_EKF" -> new CellEkf(drive.type, drive.layout, NoiseModel.sloped());
            case "CELL_SPKF" -> new CellSpkf(drive.type, drive.layout, NoiseModel.sloped());
            default -> new PlainEkf("plain", drive.type, drive.layout, 0.025);
        };
    }

    private static double fleet(String name, Drive drive, List<PackSample> samples, boolean byBlock) {
        SocEstimator filter = filter(name, drive);
        filter.start(Drive.START_SOC, 0.1);
        PackEstimate estimate = new PackEstimate(drive.layout);
        double best = Double.POSITIVE_INFINITY;
        for (int lap = 0; lap < LAPS; lap++) {
            drive.read(samples, lap);
            long from = System.nanoTime();
            if (byBlock) {
                filter.stepAll(samples, estimate);
            } else {
                for (PackSample sample : samples) {
                    filter.step(sample, estimate);
                }
            }
            best = Math.min(best, (double) (System.nanoTime() - from) / FLEET / Drive.SAMPLES);
        }
        return best;
    }

    /** Two days of samples ten seconds apart, all but the first ten minutes at rest or on the road; the time of the last ones. */
    private static double pack(String name, boolean rest) {
        Drive drive = new Drive(PACK);
        SocEstimator filter = filter(name, drive);
        PackLayout layout = drive.layout;
        filter.start(Drive.START_SOC, 0.1);
        PackSample sample = new PackSample(layout);
        PackEstimate estimate = new PackEstimate(layout);
        double best = Double.POSITIVE_INFINITY;
        for (int block = 0; block < 216; block++) {
            long inStep = 0;
            for (int k = 0; k < 80; k++) {
                int at = block * 80 + k;
                boolean still = rest && at > 60;
                sample.begin(10L * at * SECOND);
                sample.readCurrent(still ? 0.0 : drive.currentA[k % Drive.SAMPLES]);
                for (int c = 0; c < PACK; c++) {
                    sample.readCellVoltage(c, drive.cellV[still ? 0 : k % Drive.SAMPLES][c]);
                }
                for (int s = 0; s < layout.temperatureSensors(); s++) {
                    sample.readTemperature(s, 25.0);
                }
                long from = System.nanoTime();
                filter.step(sample, estimate);
                inStep += System.nanoTime() - from;
            }
            if (block >= 108) {
                best = Math.min(best, (double) inStep / 80.0 / PACK);
            }
        }
        return best;
    }
}
