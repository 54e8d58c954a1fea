package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.CellDelta;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackEstimator;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bar and differences against one full filter per cell on a simulated pack of 48 groups that differ: driven, rested, charged. */
class PackEstimatorTest {
    private static final PackLayout LAYOUT = new PackLayout(48, 40, 6);
    private static final PackSpread AGED = new PackSpread(0.02, 0.06, 0.01, 0.08);

    private static final class Score {
        double squares;
        double apartSquares;
        double largest;
        int within;
        int rows;

        void add(PackEstimate estimate, SimPack pack) {
            double mean = 0.0;
            for (int c = 0; c < LAYOUT.cells(); c++) {
                mean += (estimate.soc(c) - pack.soc(c)) / LAYOUT.cells();
            }
            for (int c = 0; c < LAYOUT.cells(); c++) {
                double error = estimate.soc(c) - pack.soc(c);
                squares += error * error;
                apartSquares += (error - mean) * (error - mean);
                largest = Math.max(largest, Math.abs(error));
                within += Math.abs(error) <= 3.0 * estimate.socSigma(c) ? 1 : 0;
                rows++;
            }
        }

        double rms() {
            return Math.sqrt(squares / rows);
        }

        double apart() {
            return Math.sqrt(apartSquares / rows);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "rms %.4f, distance %.4f, largest %.4f, within %.4f",
                    rms(),
                    apart(),
                    largest,
                    (double) within / rows);
        }
    }

    @ParameterizedTest(name = "seed {0}, start wrong by {1}")
    @CsvSource({"1, 0.0", "2, 0.15"})
    void knowsTheCellsBetterThanOneFilterEach(long seed, double wrong) {
        NoiseSource random = new NoiseSource(seed);
        SimPack pack = new SimPack(ShippedData.truth(), LAYOUT, AGED, 1.0, 0.85, 25.0, random);
        SimSensors sensors = new SimSensors(pack, SensorFlaws.goodPack(), random);
        PackSample sample = new PackSample(LAYOUT);
        NoiseModel noise = NoiseModel.sloped();
        PackEstimator bar = new PackEstimator(ShippedData.cell(), LAYOUT, noise);
        SocEstimator each = Estimators.create("ekf", ShippedData.cell(), LAYOUT, noise);
        PackEstimate barSays = new PackEstimate(LAYOUT);
        PackEstimate eachSays = new PackEstimate(LAYOUT);
        bar.start(0.85 - wrong, 0.05 + wrong);
        each.start(0.85 - wrong, 0.05 + wrong);
        Score barScore = new Score();
        Score eachScore = new Score();
        DriveLoad drive = new DriveLoad(ShippedData.drive());
        for (int s = 0; s < 8_600; s++) { // 40 minutes of driving, half an hour of rest, the rest charging at C/3
            double cellA = s < 2400 ? drive.meanA(s, s + 1.0) : s < 4200 ? 0.0 : -1.0;
            pack.step(cellA * LAYOUT.parallel(), 1.0, 25.0);
            sensors.read(pack, cellA * LAYOUT.parallel(), 1_000_000_000L * s, sample);
            bar.step(sample, barSays);
            each.step(sample, eachSays);
            if (s >= 600) {
                barScore.add(barSays, pack);
                eachScore.add(eachSays, pack);
            }
        }
        String what = "seed " + seed + ": bar " + barScore + "; each " + eachScore;
        assertTrue(barScore.rms() < eachScore.rms() && barScore.rms() < 0.010, what);
        assertTrue(barScore.apart() < 0.7 * eachScore.apart() && barScore.apart() < 0.003, what);
        assertTrue(barScore.largest < 0.025, what);
        assertTrue(barScore.within >= 0.99 * barScore.rows, what);
        double meanAh = 0.0;
        for (int c = 0; c < LAYOUT.cells(); c++) {
            meanAh += pack.capacityAh(c) / LAYOUT.cells();
        }
        int honest = 0;
        for (int c = 0; c < LAYOUT.cells(); c++) {
            CellDelta delta = bar.delta(c);
            double inverse = meanAh / pack.capacityAh(c) - 1.0;
            honest += Math.abs(delta.inverseCapacity() - inverse) <= 2.0 * delta.inverseCapacitySigma() ? 1 : 0;
        }
        assertTrue(
                honest >= 0.9 * LAYOUT.cells(), "seed " + seed + ": capacity within 2 sigma of " + honest + " cells");
    }
}
