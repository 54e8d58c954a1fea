package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.ParameterSet;
import io.github.bms4j.estimate.ShadowDecision;
import io.github.bms4j.estimate.ShadowDecision.Reason;
import io.github.bms4j.estimate.ShadowDecision.Verdict;
import io.github.bms4j.estimate.ShadowEstimator;
import io.github.bms4j.estimate.ShadowPhase;
import io.github.bms4j.estimate.ShadowScore;
import io.github.bms4j.estimate.ShadowSettings;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.replay.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Candidates beside the estimator in charge, against the simulated true pack and on a measured drive. */
class ShadowTrialTest {
    private static final long SEED = 7;
    private static final NoiseModel USUAL = NoiseModel.sloped();

    /** One who takes the converter's noise for all that is wrong. */
    private static final NoiseModel ADC_NOISE = white(0.002);

    /** One with more noise, but white. */
    private static final NoiseModel WHITE_NOISE = white(0.025);

    /** One who trusts in a calibrated current sensor. */
    private static final NoiseModel CALIBRATED = new NoiseModel(
            new NoiseModel.CurrentNoise(1e-5, 36_000.0, 0.002),
            USUAL.voltage(),
            USUAL.sample(),
            USUAL.circuit(),
            USUAL.start());

    private static NoiseModel white(double sigmaV) {
        return new NoiseModel(
                new NoiseModel.CurrentNoise(1e-4, 36_000.0, 0.0),
                new NoiseModel.VoltageNoise(0.0, false, 1e-6, 0.0, 3600.0, 0.08),
                new NoiseModel.SampleNoise(sigmaV, 0.0, 0.0, 30.0),
                new NoiseModel.CircuitNoise(1e-6, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                new NoiseModel.StartNoise(1e-3, 1e-3, 0.0, 0.0));
    }

    private static final ParameterSet AS_NEW = ShadowBench.set("as-new", 1.0, 1.0, 0.0, USUAL);

    private static void propose(ShadowBench bench, String estimator, ParameterSet set) {
        bench.days(1);
        bench.shadow.propose(set.estimator(estimator, ShadowBench.LAYOUT), set);
    }

    private static List<Verdict> verdicts(ShadowEstimator shadow) {
        return shadow.decisions().stream().map(ShadowDecision::verdict).toList();
    }

    @ParameterizedTest(name = "{0}: capacity × {1}, OCV {2} V")
    @CsvSource({
        "ekf, 1.30, 0.00",
        "ekf, 1.15, 0.00",
        "ekf, 0.75, 0.00",
        "ekf, 1.00, 0.08",
        "ekf, 1.00, -0.08",
        "counter, 1.00, 0.00"
    })
    void aWorseOneIsKeptOut(String estimator, double capacity, double ocvV) {
        ShadowBench bench = new ShadowBench(ShippedData.truth(), AS_NEW, SEED);
        propose(bench, estimator, ShadowBench.set("candidate", capacity, 1.0, ocvV, USUAL));
        bench.days(2);
        assertEquals(
                List.of(Verdict.KEPT), verdicts(bench.shadow), () -> "seed " + SEED + " " + bench.shadow.decisions());
        ShadowDecision kept = bench.shadow.decisions().get(0);
        assertEquals("ekf as-new", kept.inCharge());
        assertEquals(estimator + " candidate", kept.other());
        assertTrue(kept.score().stretches() <= 12, kept::toString);
        assertSame(AS_NEW, bench.shadow.parameters());
        assertTrue(bench.error() < 0.01, "seed " + SEED + " error " + bench.error());
    }

    @Test
    void anEqualOneIsNoReasonToChange() {
        ShadowBench bench = new ShadowBench(ShippedData.truth(), AS_NEW, SEED);
        propose(bench, "ekf", ShadowBench.set("twin", 1.0, 1.0, 0.0, USUAL));
        bench.days(7);
        assertEquals(List.of(Verdict.KEPT), verdicts(bench.shadow));
        ShadowDecision kept = bench.shadow.decisions().get(0);
        assertEquals(Reason.NOT_BETTER, kept.reason());
        assertEquals(ShadowSettings.standard().maxStretches(), kept.score().stretches());
        assertTrue(Math.abs(kept.score().evidence()) < 2.0, kept::toString);
    }

    private static ShadowBench agedPack() {
        TrueCell aged = ShadowBench.aged(0.75, 1.5);
        return new ShadowBench(aged, AS_NEW, SEED);
    }

    @Test
    void theRightParametersOfAnAgedPackTakeOverAtRest() {
        ShadowBench bench = agedPack();
        ParameterSet measured = ShadowBench.set("measured", 0.75, 1.5, 0.0, USUAL);
        propose(bench, "ekf", measured);
        double before = bench.error();
        bench.days(4);
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED, Verdict.CONFIRMED), verdicts(bench.shadow));
        ShadowDecision promoted = bench.shadow.decisions().get(1);
        assertEquals(Reason.AT_REST, promoted.reason());
        assertEquals("ekf measured", promoted.inCharge());
        assertEquals("ekf as-new", promoted.other());
        assertTrue(promoted.score().evidence() > ShadowSettings.standard().evidence(), promoted::toString);
        assertTrue(
                promoted.score().active().innovation()
                        > 10.0 * promoted.score().shadow().innovation(),
                promoted::toString);
        assertSame(measured, bench.shadow.parameters());
        assertEquals(ShadowPhase.ALONE, bench.shadow.phase());
        assertTrue(before > 0.02 && bench.error() < 0.01, "seed " + SEED + " " + before + " then " + bench.error());
    }

    @Test
    void itDoesNotTakeOverUnderLoad() {
        ShadowBench bench = new ShadowBench(ShadowBench.aged(1.0, 1.5), AS_NEW, SEED);
        propose(bench, "ekf", ShadowBench.set("measured", 1.0, 1.5, 0.0, USUAL));
        while (bench.shadow.phase() == ShadowPhase.TRIAL) {
            bench.seconds(1);
        }
        double approvedS = bench.clock.nowNanos() * 1e-9;
        while (bench.shadow.phase() == ShadowPhase.APPROVED) {
            assertSame(AS_NEW, bench.shadow.parameters());
            bench.seconds(1);
        }
        assertEquals(ShadowPhase.PROBATION, bench.shadow.phase());
        assertTrue(bench.clock.nowNanos() * 1e-9 > approvedS + 60.0, "approved during the drive");
        assertTrue(bench.restedS() >= 60.0, "rested " + bench.restedS());
    }

    @ParameterizedTest(name = "the current sensor goes off by {0} A per cell")
    @CsvSource({"0.06", "0.08", "0.1"})
    void onePromotedOnACalibrationThatIsLostIsRolledBack(double offsetA) {
        ShadowBench bench = new ShadowBench(ShadowBench.aged(1.0, 1.25), AS_NEW, SEED);
        propose(bench, "ekf", ShadowBench.set("calibrated", 1.0, 1.25, 0.0, CALIBRATED));
        bench.days(2);
        assertEquals(ShadowPhase.PROBATION, bench.shadow.phase());
        bench.offset(offsetA);
        bench.days(1);
        double trusting = bench.error();
        bench.days(2);
        assertEquals(List.of(Verdict.APPROVED, Verdict.PROMOTED, Verdict.ROLLED_BACK), verdicts(bench.shadow));
        ShadowDecision back = bench.shadow.decisions().get(2);
        assertEquals("ekf as-new", back.inCharge());
        assertEquals("ekf calibrated", back.other());
        assertEquals(Reason.INNOVATION, back.reason());
        assertTrue(back.score().evidence() > 0.0, back::toString);
        ShadowScore.Figures former = back.score().shadow();
        assertTrue(former.innovation() < former.innovationLimit(), "the one put back keeps its word: " + back);
        assertSame(AS_NEW, bench.shadow.parameters());
        assertTrue(bench.error() < 3.0 * bench.manager.estimate().socSigma(0), "and is honest: " + bench.error());
        assertTrue(bench.error() < 0.5 * trusting || trusting < 0.01, trusting + " then " + bench.error());
    }

    @Test
    void oneThatClaimsMoreThanItKnowsIsNotPromotedOnAPackWhoseModelIsAnother() {
        ShadowBench bench = new ShadowBench(ShippedData.truth(), AS_NEW, SEED);
        propose(bench, "ekf", ShadowBench.set("white", 1.0, 1.0, 0.0, WHITE_NOISE));
        bench.days(5);
        assertEquals(List.of(Verdict.KEPT), verdicts(bench.shadow));
        assertEquals(Reason.BETTER_EVIDENCE, bench.shadow.decisions().get(0).reason());
        assertTrue(bench.error() < 0.01, "seed " + SEED + " error " + bench.error());
    }

    @Test
    void onAskingTheFormerComesBackAtTheNextRest() {
        ShadowBench bench = agedPack();
        propose(bench, "ekf", ShadowBench.set("measured", 0.75, 1.5, 0.0, USUAL));
        bench.days(4);
        assertEquals(ShadowPhase.ALONE, bench.shadow.phase());
        bench.seconds(600);
        bench.shadow.rollBack();
        bench.seconds(600);
        assertEquals("measured", bench.shadow.parameters().version());
        bench.days(1);
        assertEquals("as-new", bench.shadow.parameters().version());
        ShadowDecision last = bench.shadow.decisions().get(3);
        assertEquals(Verdict.ROLLED_BACK, last.verdict());
        assertEquals(Reason.REQUESTED, last.reason());
    }

    @Test
    void theSameSamplesGiveTheSameDecisions() {
        ShadowBench one = agedPack();
        ShadowBench two = agedPack();
        for (ShadowBench bench : List.of(one, two)) {
            propose(bench, "ekf", ShadowBench.set("measured", 0.75, 1.5, 0.0, USUAL));
            bench.days(1);
        }
        assertFalse(one.shadow.decisions().isEmpty());
        assertEquals(one.shadow.decisions(), two.shadow.decisions());
        assertEquals(one.manager.estimate().soc(0), two.manager.estimate().soc(0));
    }

    /** Real data: the US06 drive of the shipped cell, from full to empty; the start is 20 points low. */
    @ParameterizedTest(name = "{0} noise")
    @CsvSource({"ADC, KEPT", "WHITE, KEPT"})
    void oneThatTakesItsErrorsForWhiteIsNotPromotedOnAMeasuredDrive(String noise, Verdict verdict) {
        ParameterSet naive = ShadowBench.set("naive", 1.0, 1.0, 0.0, "ADC".equals(noise) ? ADC_NOISE : WHITE_NOISE);
        ShadowEstimator shadow = drive(naive, "ekf");
        assertEquals(verdict == null ? List.of() : List.of(verdict), verdicts(shadow));
        ShadowScore score =
                verdict == null ? shadow.score() : shadow.decisions().get(0).score();
        assertNotNull(score);
        assertTrue(score.evidence() < -3.0, score::toString);
    }

    @Test
    void theCounterForeseesAMeasuredDriveNoBetterThanTheFilter() {
        ShadowEstimator shadow = drive(AS_NEW, "counter");
        assertEquals(List.of(Verdict.KEPT), verdicts(shadow));
        assertEquals(Reason.BETTER_EVIDENCE, shadow.decisions().get(0).reason());
    }

    private static ShadowEstimator drive(ParameterSet candidate, String estimator) {
        PackLayout one = new PackLayout(1, 1, 1);
        ParameterSet shipped = new ParameterSet("shipped", ShippedData.cell(), USUAL, "ships with the project");
        ShadowEstimator shadow =
                new ShadowEstimator(one, shipped.estimator("ekf", one), shipped, ShadowSettings.standard());
        BatteryManager manager = new BatteryManager(BatterySettings.standard(shipped.cell(), one), shadow);
        assertSame(shadow, manager.estimator());
        manager.start(0.8, 0.2);
        shadow.propose(candidate.estimator(estimator, one), candidate);
        assertNotNull(shadow.score());
        PackSample sample = new PackSample(one);
        Recording recording = ShippedData.drive();
        for (int k = 0; k < recording.rows(); k++) {
            sample.begin(Math.round(recording.timeS(k) * 1e9));
            sample.readCurrent(recording.currentA(k));
            sample.readCellVoltage(0, recording.voltageV(k));
            sample.readTemperature(0, recording.temperatureDegC(k));
            manager.step(sample);
        }
        assertSame(shipped, shadow.parameters());
        return shadow;
    }
}
