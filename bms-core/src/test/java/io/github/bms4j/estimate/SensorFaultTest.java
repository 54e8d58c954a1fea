package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.SampleCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A voltage that fails while driving, against the truth, over seeds: 1 Hz for half an hour, the fault after 10 min. */
class SensorFaultTest {
    private static final int SECONDS = 1800;
    private static final int FAULT_AT_S = 600;
    private static final int SEEDS = 30;

    private final CellType type = SampleCells.rich();

    private interface Fault {
        double reading(int second, double soundV);
    }

    private static final class Outcome {
        double worstRms;
        int covered;
        int named;
        double sigma;
    }

    private Outcome drive(String name, VoltageTrust expected, Fault fault) {
        Outcome outcome = new Outcome();
        for (long seed = 1; seed <= SEEDS; seed++) {
            TruthDrive drive = new TruthDrive(type, 0.9, 25.0, seed);
            TruthDrive.Follower follower = new TruthDrive.Follower(name, type, 0.9, 0.02);
            boolean named = false;
            for (int s = 0; s <= SECONDS; s++) {
                if (s > 0) {
                    drive.go(1.0);
                }
                follower.step(drive, drive.readingA(), fault.reading(s, drive.readingV()));
                named |= follower.says.voltageTrust(0) == expected && s >= FAULT_AT_S;
                if (s >= FAULT_AT_S) {
                    follower.score(drive.soc());
                }
            }
            outcome.worstRms = Math.max(outcome.worstRms, follower.rms());
            outcome.covered += follower.coverage() >= 0.95 ? 1 : 0;
            outcome.named += named ? 1 : 0;
            outcome.sigma += follower.meanSigma() / SEEDS;
        }
        return outcome;
    }

    @ParameterizedTest(name = "{0}: {1} V")
    @CsvSource({"ekf, 0.3", "ekf, -0.3", "spkf, 0.3", "spkf, -0.3", "ekf, 0.15", "spkf, -0.15"})
    void aVoltageThatJumpsAndStaysIsNamedAndNoLongerFollowed(String name, double byV) {
        Outcome outcome = drive(name, VoltageTrust.JUMPED, (s, v) -> s >= FAULT_AT_S ? v + byV : v);
        assertTrue(outcome.named >= SEEDS - 2, "named in " + outcome.named + " of seeds 1 to " + SEEDS);
        assertTrue(outcome.covered >= SEEDS - 2, "covered in " + outcome.covered + " of seeds 1 to " + SEEDS);
        assertTrue(outcome.worstRms < (Math.abs(byV) > 0.2 ? 0.06 : 0.1), "worst rms " + outcome.worstRms);
    }

    @ParameterizedTest(name = "{0}: {1} V")
    @CsvSource({"ekf, 0.1", "spkf, 0.1", "ekf, -0.1", "spkf, -0.1"})
    void smallerJumpsAreSeenUnlessTheCurrentStepsAtOnce(String name, double byV) {
        Outcome outcome = drive(name, VoltageTrust.JUMPED, (s, v) -> s >= FAULT_AT_S ? v + byV : v);
        assertTrue(outcome.named >= 0.8 * SEEDS, "named in " + outcome.named + " of seeds 1 to " + SEEDS);
        assertTrue(outcome.covered >= 0.8 * SEEDS, "covered in " + outcome.covered + " of seeds 1 to " + SEEDS);
    }

    @ParameterizedTest(name = "{0}: {1} V")
    @CsvSource({"ekf, 0.01", "ekf, -0.01", "spkf, 0.01", "spkf, -0.01"})
    void whatTheNoiseModelAllowsForIsWithinSigmaUnnamed(String name, double byV) {
        Outcome outcome = drive(name, VoltageTrust.JUMPED, (s, v) -> s >= FAULT_AT_S ? v + byV : v);
        assertEquals(0, outcome.named);
        assertTrue(outcome.covered >= SEEDS - 1, "covered in " + outcome.covered + " of seeds 1 to " + SEEDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void aVoltageThatStandsIsNamedAndLeftOut(String name) {
        double[] stood = new double[1];
        Outcome outcome = drive(name, VoltageTrust.STUCK, (s, v) -> {
            stood[0] = s < FAULT_AT_S ? v : stood[0];
            return s < FAULT_AT_S ? v : stood[0];
        });
        assertEquals(SEEDS, outcome.named, "named in seeds 1 to " + SEEDS);
        assertTrue(outcome.covered >= SEEDS - 2, "covered in " + outcome.covered + " of seeds 1 to " + SEEDS);
        assertTrue(outcome.worstRms < 0.06, "worst rms " + outcome.worstRms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void aSoundVoltageIsNeverDoubted(String name) {
        Outcome jumped = drive(name, VoltageTrust.JUMPED, (s, v) -> v);
        assertEquals(0, jumped.named);
        Outcome stuck = drive(name, VoltageTrust.STUCK, (s, v) -> v);
        assertEquals(0, stuck.named);
        Outcome coarse = drive(name, VoltageTrust.STUCK, (s, v) -> 0.01 * Math.rint(100.0 * v));
        assertEquals(0, coarse.named, "steps of 10 mV");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void afterItCameBackTheVoltageTeachesAgain(String name) {
        Outcome outcome =
                drive(name, VoltageTrust.JUMPED, (s, v) -> s >= FAULT_AT_S && s < FAULT_AT_S + 300 ? v + 0.3 : v);
        Outcome sound = drive(name, VoltageTrust.JUMPED, (s, v) -> v);
        Outcome lasting = drive(name, VoltageTrust.JUMPED, (s, v) -> s >= FAULT_AT_S ? v + 0.3 : v);
        assertTrue(outcome.covered >= SEEDS - 2, "covered in " + outcome.covered);
        assertTrue(
                sound.sigma < outcome.sigma && outcome.sigma < lasting.sigma,
                sound.sigma + " " + outcome.sigma + " " + lasting.sigma);
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource({"ekf, 0.65", "ekf, 0.95", "spkf, 0.65", "spkf, 0.95"})
    void aWrongStartIsNoFault(String name, double told) {
        for (long seed = 1; seed <= 10; seed++) {
            TruthDrive drive = new TruthDrive(type, 0.8, 25.0, seed);
            TruthDrive.Follower follower = new TruthDrive.Follower(name, type, told, 0.05); // surer than it is
            for (int s = 0; s <= 1800; s++) {
                drive.go(1.0);
                follower.step(drive, drive.readingA(), drive.readingV());
                assertEquals(VoltageTrust.SOUND, follower.says.voltageTrust(0), "seed " + seed + " second " + s);
                if (s >= 1200) {
                    follower.score(drive.soc());
                }
            }
            assertTrue(follower.rms() < 0.03, "seed " + seed + " rms " + follower.rms());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf"})
    void aGapLeavesADistrustedVoltageDistrusted(String name) {
        for (long seed = 1; seed <= 10; seed++) {
            TruthDrive drive = new TruthDrive(type, 0.9, 25.0, seed);
            TruthDrive.Follower follower = new TruthDrive.Follower(name, type, 0.9, 0.02);
            for (int s = 0; s < 600; s++) {
                drive.go(1.0);
                follower.step(drive, drive.readingA(), drive.readingV());
            }
            drive.offsetV = 0.3;
            for (int s = 0; s < 60; s++) {
                drive.go(1.0);
                follower.step(drive, drive.readingA(), drive.readingV());
            }
            double before = follower.says.socSigma(0);
            for (int s = 0; s < 300; s++) {
                drive.go(1.0);
            }
            for (int s = 0; s < 300; s++) {
                follower.step(drive, drive.readingA(), drive.readingV());
                follower.score(drive.soc());
                drive.go(1.0);
            }
            assertEquals(VoltageTrust.JUMPED, follower.says.voltageTrust(0), "seed " + seed);
            assertEquals(1.0, follower.coverage(), "seed " + seed);
            assertTrue(follower.says.socSigma(0) > before + 0.01, "seed " + seed);
        }
    }

    @Test
    void aNewStartForgetsTheFault() {
        TruthDrive drive = new TruthDrive(type, 0.7, 25.0, 5);
        TruthDrive.Follower follower = new TruthDrive.Follower("ekf", type, 0.7, 0.02);
        for (int s = 0; s < 120; s++) {
            drive.go(1.0);
            drive.offsetV = s < 60 ? 0.0 : 0.4;
            follower.step(drive, drive.readingA(), drive.readingV());
        }
        assertEquals(VoltageTrust.JUMPED, follower.says.voltageTrust(0));
        drive.offsetV = 0.0;
        follower.estimator.start(0.7, 0.02);
        drive.go(1.0);
        follower.step(drive, drive.readingA(), drive.readingV());
        assertEquals(VoltageTrust.SOUND, follower.says.voltageTrust(0));
    }
}
