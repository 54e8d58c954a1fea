package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holes of up to two minutes in what an estimator gets to see, against a truth that went on. */
@Tag("endurance")
class ShortGapTest {
    private static final List<String> NAMES = List.of("ekf", "spkf", "counter");

    @ParameterizedTest(name = "{0} s missing of every {1}")
    @CsvSource({"60, 180", "20, 60", "110, 300"})
    void whatFlowedUnseenIsWithinItsSigma(int holeS, int everyS) {
        CellType type = SampleCells.rich();
        for (String name : NAMES) {
            int covered = 0;
            double sigma = 0.0;
            for (long seed = 1; seed <= 20; seed++) {
                TruthDrive drive = new TruthDrive(type, 0.95, 25.0, seed);
                TruthDrive.Follower follower = new TruthDrive.Follower(name, type, 0.95, 0.01);
                follower.step(drive, drive.readingA(), drive.readingV());
                for (int k = 1; k <= 10_000; k++) {
                    drive.go(0.2);
                    double v = drive.readingV();
                    if (k % (5 * everyS) < 5 * (everyS - holeS)) {
                        follower.step(drive, drive.readingA(), v);
                        follower.score(drive.soc());
                    }
                }
                covered += follower.coverage() >= 0.95 ? 1 : 0;
                sigma += follower.meanSigma() / 20.0;
            }
            assertTrue(covered >= 19, name + ": covered in " + covered + " of seeds 1 to 20");
            assertTrue(sigma < 0.06, name + ": mean sigma " + sigma);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf", "counter"})
    void aSlowLogIsNoRowOfGaps(String name) {
        CellType type = SampleCells.straight();
        PackLayout one = new PackLayout(1, 1, 1);
        SocEstimator slow = Estimators.create(name, type, one, NoiseModel.sloped());
        SocEstimator quick = Estimators.create(name, type, one, NoiseModel.sloped());
        slow.start(0.9, 0.01);
        quick.start(0.9, 0.01);
        PackSample sample = new PackSample(one);
        PackEstimate slowSays = new PackEstimate(one);
        PackEstimate quickSays = new PackEstimate(one);
        for (int k = 0; k <= 3600; k++) {
            sample.begin(k * 1_000_000_000L);
            sample.readCurrent(1.5);
            sample.readTemperature(0, 25.0);
            quick.step(sample, quickSays);
            if (k % 60 == 0) {
                slow.step(sample, slowSays);
            }
        }
        assertEquals(quickSays.soc(0), slowSays.soc(0), 1e-12);
        assertEquals(quickSays.socSigma(0), slowSays.socSigma(0), 0.02 * quickSays.socSigma(0));
    }

    @Test
    void theSumOfGapsStandsInTheLineage() {
        PackLayout two = new PackLayout(1, 2, 1);
        CoulombCounter counter = new CoulombCounter(SampleCells.straight(), two, NoiseModel.sloped());
        counter.start(0.9, 0.01);
        PackSample sample = new PackSample(two);
        for (int k = 0; k < 700; k++) {
            sample.begin(k * 1_000_000_000L);
            sample.readCurrent(3.0);
            counter.step(sample);
        }
        double soc = counter.soc(0);
        assertEquals(0.0, counter.lineage(0).gapSigma());
        sample.begin(759_000_000_000L);
        sample.readCurrent(3.0);
        counter.step(sample);
        assertEquals(soc - 1.5 * 60.0 / 10_800.0, counter.soc(0), 1e-12); // the mean of its ends is the best guess
        double unseenA = 1.5 * Math.sqrt(60.0 / 660.0); // C/2 counts for 60 s against ten minutes at 1.5 A a cell
        assertEquals(unseenA * 60.0 / 10_800.0, counter.lineage(0).gapSigma(), 1e-6);
        assertEquals(0.01, Math.sqrt(counter.sigma(0) * counter.sigma(0) - rest(counter)), 1e-9);
    }

    private static double rest(CoulombCounter counter) {
        SocLineage l = counter.lineage(0);
        return l.offsetSigma() * l.offsetSigma() + l.capacitySigma() * l.capacitySigma() + l.gapSigma() * l.gapSigma();
    }

    @Test
    void polarisationIsUnknownAfterAGapToo() {
        CellType type = SampleCells.rich();
        PackLayout one = new PackLayout(1, 1, 1);
        CellEkf ekf = new CellEkf(type, one, NoiseModel.sloped());
        ekf.start(0.6, 0.01);
        PackSample sample = new PackSample(one);
        PackEstimate says = new PackEstimate(one);
        for (int k = 0; k <= 1200; k++) {
            step(ekf, sample, says, k, k / 10 % 2 == 0 ? 4.0 : 0.0);
        }
        step(ekf, sample, says, 1201, 0.0);
        double steadySigmaV = says.predictedSigmaV(0);
        step(ekf, sample, says, 1261, 0.0);
        double ohm = says.fastOhm(0) * -StrictMath.expm1(-60.0 / 8.0);
        double slowOhm = says.slowOhm(0) * -StrictMath.expm1(-60.0 / 90.0);
        double diffusionOhm = 0.025 * -StrictMath.expm1(-60.0 / 1500.0);
        double unseenA = Math.sqrt((60.0 + 600.0 * 4.0) / 660.0); // 1 A of a cell of 2 Ah, and 2 A about a mean of 2 A
        double leastV = unseenA * Math.sqrt(ohm * ohm + slowOhm * slowOhm + diffusionOhm * diffusionOhm);
        double sigmaV = says.predictedSigmaV(0);
        assertTrue(sigmaV > 0.95 * leastV, "sigma " + sigmaV + " V of at least " + leastV);
        assertTrue(sigmaV < steadySigmaV + 3.0 * leastV, "sigma " + sigmaV + " V after " + steadySigmaV);
    }

    private static void step(CellEkf ekf, PackSample sample, PackEstimate says, int second, double a) {
        sample.begin(second * 1_000_000_000L);
        sample.readCurrent(a);
        sample.readTemperature(0, 25.0);
        ekf.step(sample, says);
    }
}
