package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Capacity from measured cells; origin, licence and changes of the data stand at the head of each table. */
class CapacityMeasuredTest {
    private static final double START_S = 11_840.0;

    /**
     * A used 33.1 Ah cell gives 31.24 Ah from full to 3.0 V at C/3 in ten steps with an hour of rest after each; the
     * curve is that of a C/15 test, the rating is not told to be wrong.
     */
    @ParameterizedTest(name = "rated {0} Ah, rest from {1} s on")
    @CsvSource({"33.1, 600", "36.0, 600", "28.0, 600", "33.1, 1800"})
    void findsTheCapacityOfAnAgedCellFromThePausesOfAPulseTest(double ratedAh, double restS, TestReporter reporter) {
        Measured ocv = new Measured("nissan-leaf-2013-ocv.csv");
        OcvCurve curve = MeasuredCells.curve(ocv.column("soc"), ocv.column("ocv_v"));
        CellType type =
                MeasuredCells.of("Nissan Leaf 2013", ratedAh, curve, 1.5e-3, new ThermalRating(750.0, 0.6), 0.012);
        CapacitySettings usual = CapacitySettings.standard();
        CapacitySettings settings = new CapacitySettings(
                usual.startSigma(),
                usual.leastShare(),
                usual.mostShare(),
                usual.currentOffsetPerH(),
                usual.currentGain(),
                restS,
                usual.mostAnchorSigma(),
                usual.leastWindow(),
                usual.driftPerCycle(),
                usual.driftPerDay());
        PackLayout one = new PackLayout(1, 1, 1);
        CapacityEstimator estimator = new CapacityEstimator(type, one, settings);
        PackSample sample = new PackSample(one);
        PackEstimate estimate = new PackEstimate(one);
        Measured test = new Measured("nissan-leaf-2013-hppc.csv");
        for (int row = 1; row < test.size(); row++) {
            double t0 = test.at(row - 1, "time_s");
            double t1 = test.at(row, "time_s");
            int parts = (int) Math.ceil((t1 - t0) / 10.0);
            for (int k = 1; k <= parts; k++) {
                double share = (double) k / parts;
                sample.begin(Math.round((t0 + share * (t1 - t0) - START_S) * 1e9));
                sample.readCurrent(between(test, "current_a", row, share));
                sample.readCellVoltage(0, between(test, "voltage_v", row, share));
                sample.readTemperature(0, 25.0);
                estimator.step(sample, estimate);
            }
        }
        String said = String.format(
                "rated %.1f Ah, rest %.0f s: %.2f +- %.2f Ah from %d windows, measured 31.24 Ah to 3.0 V",
                ratedAh, restS, estimator.capacityAh(0), estimator.sigmaAh(0), estimator.windows(0));
        reporter.publishEntry("leaf", said);
        assertTrue(estimator.windows(0) == 2, said);
        assertEquals(31.24, estimator.capacityAh(0), 0.04 * 31.24, said);
        assertEquals(31.24, estimator.capacityAh(0), 2.0 * estimator.sigmaAh(0), said);
        assertTrue(estimator.sigmaAh(0) < 0.09 * 31.24, said);
        assertEquals(estimator.capacityAh(0) / ratedAh, estimate.health().sohC(0), 1e-12);
    }

    private static double between(Measured test, String column, int row, double share) {
        double before = test.at(row - 1, column);
        return before + share * (test.at(row, column) - before);
    }

    /**
     * NASA's cells over their life: windows from full to half a dozen partial depths of each cycle, SOC from the mean
     * voltage through the curve of the first cycle of that cell alone.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"b0005, 13, 0.06", "b0047, 1, 0.08"})
    void followsACellOverItsLifeFromPartialWindows(String cell, String first, double rms, TestReporter reporter) {
        Measured table = new Measured("nasa-b0005-b0047.csv");
        int[] rows = java.util.stream.IntStream.range(0, table.size())
                .filter(k -> table.text(k, "cell").equals(cell))
                .toArray();
        int[] fresh = Arrays.stream(rows)
                .filter(k -> table.text(k, "cycle").equals(first))
                .toArray();
        double newAh = table.at(fresh[0], "capacity_ah");
        CapacityRegression regression = new CapacityRegression(1, 0.3 * newAh, 1.3 * newAh);
        regression.start(0, newAh, 0.15 * newAh);
        double sum = 0.0;
        int cycles = 0;
        int last = Integer.parseInt(first) - 1;
        StringBuilder said = new StringBuilder(cell);
        for (int k = 0; k < rows.length; ) {
            String cycle = table.text(rows[k], "cycle");
            int number = Integer.parseInt(cycle);
            regression.drift(0, 0.015 * newAh * Math.sqrt(number - last)); // these cells age a hundred times too fast
            last = number;
            double measuredAh = table.at(rows[k], "capacity_ah");
            for (; k < rows.length && table.text(rows[k], "cycle").equals(cycle); k++) {
                double ah = table.at(rows[k], "ah_from_full");
                double soc = socOf(table, fresh, newAh, table.at(rows[k], "mean_v"));
                if (soc <= 0.7) {
                    regression.add(0, 1.0 - soc, 0.12, 0.0, ah, 0.005); // neighbours share their error
                }
            }
            double off = regression.capacityAh(0) / measuredAh - 1.0;
            sum += off * off;
            cycles++;
            said.append(String.format(" | %s: %.2f of %.2f Ah", cycle, regression.capacityAh(0), measuredAh));
        }
        double found = Math.sqrt(sum / cycles);
        said.append(String.format(" | RMS %.1f %%", 100.0 * found));
        reporter.publishEntry("nasa", said.toString());
        assertTrue(cycles >= 9, said.toString());
        assertTrue(found < rms, said.toString());
    }

    /** SOC of a mean voltage by the fresh cycle's table; NaN outside it. */
    private static double socOf(Measured table, int[] fresh, double newAh, double v) {
        for (int k = 1; k < fresh.length; k++) {
            double above = table.at(fresh[k - 1], "mean_v");
            double below = table.at(fresh[k], "mean_v");
            if (v <= above && v > below) {
                double ah = table.at(fresh[k - 1], "ah_from_full") + 0.05 * (above - v) / (above - below);
                return 1.0 - ah / newAh;
            }
        }
        return Double.NaN;
    }
}
