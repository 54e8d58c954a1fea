package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States move at every sample, covariance and correction come seldom: when, and that it costs little. */
class FilterRateTest {
    private static final PackLayout ONE = new PackLayout(1, 1, 1);
    private static final long MILLISECOND = 1_000_000L;

    private final CellType rich = SampleCells.rich();

    private FilterStep steps(double memoryS) {
        NoiseModel s = NoiseModel.sloped();
        NoiseModel.SampleNoise quick = new NoiseModel.SampleNoise(0.0065, memoryS, 0.21, 30.0);
        return new FilterStep(rich, ONE, new NoiseModel(s.current(), s.voltage(), quick, s.circuit(), s.start()));
    }

    private static List<Integer> correcting(FilterStep step, int samples, long everyMs) {
        List<Integer> correcting = new ArrayList<>();
        for (int k = 0; k < samples; k++) {
            step.take(k * everyMs * MILLISECOND, 1.0);
            if (step.corrects) {
                correcting.add(k);
            }
        }
        return correcting;
    }

    @ParameterizedTest(name = "memory {0} s, a sample every {1} ms: every {2} samples, quick error {3} times")
    @CsvSource({
        "8, 100, 40, 5", // half the memory
        "8, 300, 13, 5.102564", // 3.9 s is nearer than 4.2
        "8, 1000, 4, 5",
        "8, 2000, 2, 5",
        "8, 2500, 2, 4.2",
        "8, 2700, 1, 6.925926", // one of them is nearer than two
        "8, 10000, 1, 2.6",
        "14, 1000, 4, 8", // 4 s at most
        "2, 100, 10, 5",
        "2, 1000, 1, 5",
        "0, 100, 1, 1" // nothing is remembered: every voltage is news
    })
    void correctsWhereAVoltageIsNews(double memoryS, long everyMs, int every, double quick) {
        FilterStep step = steps(memoryS);
        List<Integer> expected = new ArrayList<>();
        for (int k = 0; k < 100; k += every) {
            expected.add(k);
        }
        assertEquals(expected, correcting(step, 100, everyMs));
        assertEquals(quick, step.quick, 1e-6);
        assertEquals(every * everyMs * 1e-3, step.spanS, 1e-9);
    }

    @Test
    void keepsItsBeatUnderATrembingClock() {
        Random random = new Random(3);
        FilterStep step = steps(8.0);
        for (int k = 0; k < 400; k++) {
            step.take(k * 1_000_000_000L + Math.round(4e7 * (random.nextDouble() - 0.5)), 1.0);
            assertEquals(k % 4 == 0, step.corrects, "seed 3 sample " + k);
        }
    }

    @Test
    void correctsAtOnceAfterAStartAndAGapAndCountsAnewFromThere() {
        FilterStep step = steps(8.0);
        long[] atS = {0, 1, 2, 47, 48, 49, 50, 51, 52, 452, 453, 454, 455, 456};
        boolean[] corrects = {
            true, false, false, true, false, false, false, true, false, true, false, false, false, true
        };
        for (int k = 0; k < atS.length; k++) {
            step.take(atS[k] * 1_000_000_000L, 1.0);
            assertEquals(corrects[k], step.corrects, "at " + atS[k] + " s");
            assertEquals(atS[k] == 452, step.blind, "at " + atS[k] + " s");
            assertEquals(atS[k] == 47, step.unseenA > 0.0, "at " + atS[k] + " s");
        }
        step.take(457_000_000_000L, 1.0);
        step.restart();
        step.take(458_000_000_000L, 1.0);
        assertTrue(step.corrects);
        assertEquals(1.0, step.quick);
        assertEquals(0.0, step.span.lengthS);
        assertFalse(correcting(steps(8.0), 2, 1000).contains(1));
    }

    @Test
    void aSpanIsItsStepsOneAfterTheOther() {
        FilterStep step = steps(8.0);
        Random random = new Random(9);
        step.take(0, 3.0);
        double perA = 0.0;
        double[] f = {1.0, 1.0, 1.0, 1.0, 1.0};
        double[] grown = new double[2];
        double soc = 0.0;
        double r0 = 0.0;
        for (int k = 1; k <= 40; k++) {
            step.take(k * (100 * MILLISECOND), 8.0 * (random.nextDouble() - 0.5));
            perA += step.perA * f[3];
            for (int j = 0; j < 2; j++) {
                grown[j] = step.decay[j] * step.decay[j] * grown[j] + step.branchGrowth[j] * step.meanA * step.meanA;
                f[j] *= step.decay[j];
            }
            f[2] *= step.stay;
            f[3] *= step.biasStay;
            f[4] *= step.errorStay;
            soc += step.socGrowth;
            r0 += step.r0Growth;
        }
        StepSpan span = step.span;
        assertTrue(step.corrects);
        assertArrayEquals(new double[] {1.0, f[0], f[1], f[2], 1.0, f[3], f[4], 1.0}, span.f, 1e-14);
        assertEquals(perA, span.perA, 1e-18);
        assertArrayEquals(grown, span.branchGrowth, 1e-14);
        assertEquals(soc, span.socGrowth, 1e-18);
        assertEquals(r0, span.r0Growth, 1e-15);
        assertEquals(1.0 - f[4] * f[4], span.errorGrowth, 1e-14);
        assertEquals((1.0 - f[2] * f[2]) * 0.34 * 0.34, span.hysteresisGrowth, 1e-14);
        assertEquals((1.0 - f[3] * f[3]) * 0.01 * 0.01, span.biasGrowth, 1e-18); // 2 Ah at 0.005 1/h
        assertEquals(4.0, span.lengthS, 1e-12);
        StepSpan copy = new StepSpan();
        copy.set(span);
        step.take(4_100 * MILLISECOND, 1.0);
        assertEquals(0.1, span.lengthS, 1e-12);
        assertEquals(4.0, copy.lengthS, 1e-12);
        assertArrayEquals(new double[] {1.0, f[0], f[1], f[2], 1.0, f[3], f[4], 1.0}, copy.f, 1e-14);
    }

    /** The estimator moves at every sample; its sigma only where it corrects. */
    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void movesTheSocAtEverySampleAndSigmaAtEveryFourth(String name) {
        TruthDrive drive = new TruthDrive(rich, 0.8, 25.0, 4);
        TruthDrive.Follower follower = new TruthDrive.Follower(name, rich, 0.75, 0.1);
        double soc = Double.NaN;
        double sigma = Double.NaN;
        double predictedSigmaV = Double.NaN;
        for (int k = 0; k <= 120; k++) {
            follower.step(drive, drive.readingA(), drive.readingV());
            String at = "second " + k;
            assertNotEquals(soc, follower.says.soc(0), at);
            assertEquals(k % 4 != 0, sigma == follower.says.socSigma(0), at);
            assertEquals(k % 4 != 0, predictedSigmaV == follower.says.predictedSigmaV(0), at);
            soc = follower.says.soc(0);
            sigma = follower.says.socSigma(0);
            predictedSigmaV = follower.says.predictedSigmaV(0);
            drive.go(1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void tenSamplesASecondSayWhatOneSays(String name) {
        for (long seed = 1; seed <= 5; seed++) {
            TruthDrive drive = new TruthDrive(rich, 0.9, 25.0, seed);
            TruthDrive.Follower quick = new TruthDrive.Follower(name, rich, 0.7, 0.2);
            TruthDrive.Follower slow = new TruthDrive.Follower(name, rich, 0.7, 0.2);
            double sumQuick = 0.0;
            double sumSlow = 0.0;
            double apart = 0.0;
            for (int k = 0; k < 12_000; k++) {
                double v = drive.readingV();
                quick.step(drive, drive.readingA(), v);
                if (k % 10 == 0) {
                    slow.step(drive, drive.readingA(), v);
                }
                if (k >= 3000 && k % 10 == 0) {
                    quick.score(drive.soc());
                    slow.score(drive.soc());
                    sumQuick += quick.says.socSigma(0);
                    sumSlow += slow.says.socSigma(0);
                    apart = Math.max(apart, Math.abs(quick.says.soc(0) - slow.says.soc(0)));
                }
                drive.go(0.1);
            }
            String at = name + " seed " + seed;
            assertTrue(apart < 1e-3, at + " apart by " + apart);
            assertEquals(1.0, sumQuick / sumSlow, 0.02, at);
            assertTrue(quick.rms() < 1e-3 && slow.rms() < 1e-3, at + " rms " + quick.rms() + " and " + slow.rms());
            assertEquals(1.0, quick.coverage(), at);
        }
    }

    /** Voltages at 1 Hz that are missing exactly when a correction is due. */
    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void aVoltageThatIsMissingWhenItIsDueIsTakenWhenItComes(String name) {
        for (long seed = 1; seed <= 5; seed++) {
            TruthDrive drive = new TruthDrive(rich, 0.9, 25.0, seed);
            TruthDrive.Follower due = new TruthDrive.Follower(name, rich, 0.7, 0.2);
            TruthDrive.Follower late = new TruthDrive.Follower(name, rich, 0.7, 0.2);
            for (int k = 0; k < 1200; k++) {
                double v = drive.readingV();
                due.step(drive, drive.readingA(), k % 4 == 0 ? v : Double.NaN);
                late.step(drive, drive.readingA(), k % 4 == 3 ? v : Double.NaN);
                if (k >= 300) {
                    due.score(drive.soc());
                    late.score(drive.soc());
                }
                drive.go(1.0);
            }
            String at = name + " seed " + seed;
            assertTrue(due.rms() < 1e-3 && late.rms() < 1e-3, at + " rms " + due.rms() + " and " + late.rms());
            assertEquals(due.meanSigma(), late.meanSigma(), 0.02 * due.meanSigma(), at);
            assertEquals(1.0, late.coverage(), at);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void aVoltageThatLeapsBetweenTwoCorrectionsIsAnErrorAtOnceAndStaysOne(String name) {
        TruthDrive drive = new TruthDrive(rich, 0.8, 25.0, 7);
        TruthDrive.Follower sound = new TruthDrive.Follower(name, rich, 0.8, 0.02);
        TruthDrive.Follower leaping = new TruthDrive.Follower(name, rich, 0.8, 0.02);
        for (int k = 0; k <= 900; k++) {
            double v = drive.readingV();
            sound.step(drive, drive.readingA(), v);
            double sigmaV = leaping.says.predictedSigmaV(0);
            leaping.step(drive, drive.readingA(), k >= 602 ? v + 0.4 : v);
            if (k == 602) {
                assertEquals(0.4, leaping.says.voltageErrorV(0) - sound.says.voltageErrorV(0), 0.004);
                assertEquals(sound.says.soc(0), leaping.says.soc(0), 1e-4);
                assertTrue(sigmaV < 0.04 && leaping.says.predictedSigmaV(0) > 0.39, "sigma after " + sigmaV);
                assertEquals(VoltageTrust.JUMPED, leaping.says.voltageTrust(0));
            }
            drive.go(1.0);
        }
        assertEquals(
                0.4, leaping.says.voltageErrorV(0) - sound.says.voltageErrorV(0), 0.004); // 300 s of Te would be 24 mV
        assertEquals(sound.says.soc(0), leaping.says.soc(0), 2e-3);
        assertTrue(leaping.says.socSigma(0) > 1.05 * sound.says.socSigma(0), "counted, not corrected");
    }

    @Test
    void aFirstVoltageThatComesLateIsTakenAtOnce() {
        for (String name : List.of("ekf", "spkf")) {
            SocEstimator estimator = Estimators.create(name, rich, ONE, NoiseModel.sloped());
            estimator.start(0.5, 0.2);
            PackSample sample = new PackSample(ONE);
            PackEstimate says = new PackEstimate(ONE);
            for (int k = 0; k < 3; k++) {
                sample.begin(k * 1_000_000_000L);
                sample.readCurrent(0.0);
                sample.readTemperature(0, 25.0);
                if (k == 2) {
                    sample.readCellVoltage(0, rich.ocv().v(0.8, 25.0));
                }
                assertEquals(StepResult.USED, estimator.step(sample, says));
                assertEquals(k < 2 ? 0.2 : 0.0164, says.socSigma(0), 1e-4, name + " second " + k);
            }
            assertEquals(0.8, says.soc(0), 0.03, name);
        }
    }
}
