package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.sim.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateReplayTest {
    private static final int TIME = 0;
    private static final int CURRENT = 1;
    private static final int VOLTAGE = 2;
    private static final int TEMPERATURE = 3;
    private static final int REFERENCE = 4;
    private static final ReplayStart TEN_OFF = ReplayStart.offReference(-0.1, Double.NaN);

    private static SocEstimator make(String name) {
        return Estimators.create(name, DriveLog.CELL, new PackLayout(1, 1, 1), NoiseModel.of(DriveLog.CELL));
    }

    private static EstimateReplay replay(DriveLog log, ReplaySetup setup) {
        Recording recording = log.recording();
        return new EstimateReplay(recording, new RecordingScreen(recording, DriveLog.CELL), DriveLog.CELL, setup);
    }

    private static EstimateReplay replay(DriveLog log) {
        return replay(log, ReplaySetup.PLAIN);
    }

    private static ReplaySetup of(ReplayRange range) {
        return new ReplaySetup(range, ReplaySetup.Bias.NONE, Double.NaN, ReplaySetup.Reference.EXACT);
    }

    private static Trace ekf(DriveLog log) {
        return replay(log).run(make("ekf"), TEN_OFF);
    }

    @Test
    void findsTheSocOfACleanDriveAndScoresIt() {
        EstimateReplay replay = replay(DriveLog.of(1800, 1.0));
        Trace trace = replay.run(make("ekf"), TEN_OFF);
        SocScore score = replay.score(trace, ReplayTrace.SOC, TEN_OFF, 600.0);
        assertEquals(1200, score.rows());
        assertEquals(-0.1, score.startError(), 1e-9);
        assertTrue(score.error().rms() < 0.02, score::toString);
        assertEquals(1.0, score.band().coverage());
        SocScore counting = replay.score(trace, ReplayTrace.SOC_COUNTER, TEN_OFF, 600.0);
        assertEquals(0.1, counting.error().rms(), 2e-4);
        assertEquals(-0.1, counting.error().end(), 2e-4);
        assertEquals(Double.NaN, counting.band().meanSigma());
    }

    @Test
    void everyRowGivesARowAndABadOneIsHeld() {
        DriveLog log = DriveLog.of(600, 1.0)
                .set(0, VOLTAGE, "")
                .set(100, TIME, "99.0")
                .set(200, TIME, "NaN")
                .set(300, CURRENT, "NaN")
                .set(400, VOLTAGE, "inf")
                .set(599, CURRENT, "x");
        Trace trace = ekf(log);
        assertEquals(600, trace.rows());
        for (int row : new int[] {100, 200, 300, 599}) {
            assertEquals(0.0, trace.get(ReplayTrace.USED, row), "row " + row);
            assertEquals(trace.get(ReplayTrace.SOC, row - 1), trace.get(ReplayTrace.SOC, row), "row " + row);
            assertEquals(trace.get(ReplayTrace.SOC_SIGMA, row - 1), trace.get(ReplayTrace.SOC_SIGMA, row));
            assertEquals(Double.NaN, trace.get(ReplayTrace.VOLTAGE_PRED_V, row));
        }
        assertEquals(99.0, trace.get(ReplayTrace.TIME_S, 100), "as recorded");
        assertEquals(Double.NaN, trace.get(ReplayTrace.TIME_S, 200));
        assertEquals(1.0, trace.get(ReplayTrace.USED, 400), "counted on without a voltage");
        assertTrue(Double.isFinite(trace.get(ReplayTrace.VOLTAGE_PRED_V, 400)));
        double[] soc = trace.column(ReplayTrace.SOC);
        for (int row = 0; row < 600; row++) {
            assertTrue(soc[row] >= 0.0 && soc[row] <= 1.0 && trace.get(ReplayTrace.SOC_SIGMA, row) > 0.0, "row " + row);
        }
    }

    @Test
    void rowsBeforeTheFirstThatEntersHoldTheStart() {
        Trace trace = ekf(DriveLog.of(100, 1.0).set(0, CURRENT, "").set(1, TIME, ""));
        for (int row = 0; row < 2; row++) {
            assertEquals(0.8, trace.get(ReplayTrace.SOC, row), 1e-9);
            assertEquals(0.2, trace.get(ReplayTrace.SOC_SIGMA, row));
            assertEquals(0.8, trace.get(ReplayTrace.SOC_COUNTER, row), 1e-9);
        }
        assertEquals(1.0, trace.get(ReplayTrace.USED, 2));
    }

    @Test
    void aGapWidensTheBandInsteadOfBeingCountedAcross() {
        DriveLog log = DriveLog.of(1500, 1.0);
        log.rows.subList(600, 1200).clear();
        Trace trace = replay(log).run(make("counter"), ReplayStart.offReference(0.0, 0.01));
        double before = trace.get(ReplayTrace.SOC, 599);
        assertEquals(before, trace.get(ReplayTrace.SOC, 600), 1e-9, "nothing is integrated");
        assertTrue(trace.get(ReplayTrace.SOC_SIGMA, 600) > trace.get(ReplayTrace.SOC_SIGMA, 599) + 0.03);
        double missed = trace.get(ReplayTrace.SOC, 600) - trace.get(ReplayTrace.SOC_REF, 600);
        assertTrue(Math.abs(missed) < 3 * trace.get(ReplayTrace.SOC_SIGMA, 600), "what was missed is covered");
        Trace filtered = ekf(log);
        assertTrue(filtered.get(ReplayTrace.SOC_SIGMA, 600) > filtered.get(ReplayTrace.SOC_SIGMA, 599));
    }

    @Test
    void aLongHoldGrowsLessSureRowByRow() {
        DriveLog log = DriveLog.of(1500, 1.0);
        for (int row = 600; row < 1200; row++) {
            log.set(row, CURRENT, "");
        }
        Trace trace = ekf(log);
        double held = trace.get(ReplayTrace.SOC_SIGMA, 599);
        assertEquals(held, trace.get(ReplayTrace.SOC_SIGMA, 609), "10 s are no gap");
        for (int row : new int[] {610, 700, 1199}) {
            double unseen = 0.5 / 3600.0 * (row - 599);
            assertEquals(Math.sqrt(held * held + unseen * unseen), trace.get(ReplayTrace.SOC_SIGMA, row), 1e-12);
        }
        assertEquals(trace.get(ReplayTrace.SOC, 599), trace.get(ReplayTrace.SOC, 1199));
        for (int row = 600; row < 1500; row++) {
            double miss = Math.abs(trace.get(ReplayTrace.SOC, row) - trace.get(ReplayTrace.SOC_REF, row));
            assertTrue(miss <= 3 * trace.get(ReplayTrace.SOC_SIGMA, row), "row " + row);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1.0, 5.0, 20.0, 60.0, 300.0})
    void countsASlowLogAsWellAsAFastOne(double stepS) {
        DriveLog log = DriveLog.of((int) (2400 / stepS) + 1, stepS);
        Trace trace = replay(log).run(make("counter"), ReplayStart.offReference(0.0, 0.01));
        int last = trace.rows() - 1;
        assertEquals(trace.get(ReplayTrace.SOC_REF, last), trace.get(ReplayTrace.SOC, last), 2e-4);
        assertEquals(trace.get(ReplayTrace.SOC, last), trace.get(ReplayTrace.SOC_COUNTER, last), 1e-12);
    }

    @Test
    void biasesAreAddedToWhatTheEstimatorSees() {
        ReplaySetup biased = new ReplaySetup(
                ReplayRange.WHOLE, new ReplaySetup.Bias(0.5, 0.01), Double.NaN, ReplaySetup.Reference.EXACT);
        DriveLog log = DriveLog.of(1201, 1.0);
        Trace trace = replay(log, biased).run(make("counter"), ReplayStart.offReference(0.0, 0.01));
        double drift = -0.5 * 1200 / (3600 * DriveLog.CELL.rating().capacityAh());
        assertEquals(trace.get(ReplayTrace.SOC_REF, 1200) + drift, trace.get(ReplayTrace.SOC, 1200), 2e-4);
        assertEquals(log.number(50, VOLTAGE) + 0.01, trace.get(ReplayTrace.VOLTAGE_V, 50), 1e-12);
        assertEquals(log.number(50, CURRENT) + 0.5, trace.get(ReplayTrace.CURRENT_A, 50), 1e-12);
        assertEquals(0.75, biased.plusCurrent(0.25).bias().currentA());
        assertEquals(0.01, biased.plusCurrent(0.25).bias().voltageV());
    }

    @Test
    void theReferenceEntersNothingButAnOffsetAndTheScore() {
        DriveLog with = DriveLog.of(600, 1.0);
        DriveLog without = DriveLog.of(600, 1.0).clear(REFERENCE);
        DriveLog wrong = DriveLog.of(600, 1.0).scale(REFERENCE, 0.5);
        ReplayStart told = ReplayStart.given(0.7, Double.NaN);
        double[] soc = replay(with).run(make("ekf"), told).column(ReplayTrace.SOC);
        assertArrayEquals(soc, replay(without).run(make("ekf"), told).column(ReplayTrace.SOC));
        assertArrayEquals(soc, replay(wrong).run(make("ekf"), told).column(ReplayTrace.SOC));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> replay(without).run(make("ekf"), TEN_OFF));
        assertEquals("found no soc_ref at 0.0 s, expected one that the start is off", e.getMessage());
    }

    @Test
    void aStartMayStandAShortWayOffItsReference() {
        DriveLog log = DriveLog.of(300, 1.0);
        for (int row = 0; row < 50; row++) {
            log.set(row, REFERENCE, "");
        }
        EstimateReplay replay = replay(log);
        Trace trace = replay.run(make("counter"), TEN_OFF);
        assertEquals(log.number(50, REFERENCE) - 0.1, trace.get(ReplayTrace.SOC, 0), 1e-6);
        assertEquals(-0.1, replay.score(trace, ReplayTrace.SOC, TEN_OFF, 0.0).startError(), 1e-9);
    }

    @Test
    void anOpenStartIsReadFromTheFirstVoltage() {
        Trace trace = replay(DriveLog.of(100, 1.0).set(0, VOLTAGE, "x"))
                .run(make("counter"), ReplayStart.fromVoltage(Double.NaN));
        assertEquals(0.9, trace.get(ReplayTrace.SOC, 0), 0.01);
    }

    @ParameterizedTest(name = "from {0} to {1}: rows {2} to {3}")
    @CsvSource({"NaN, NaN, 0, 599", "100, NaN, 100, 599", "100.5, 200.5, 101, 200", "-5, 3, 0, 3", "599, 1e9, 599, 599"
    })
    void replaysTheRowsOfTheRange(double fromS, double toS, int first, int last) {
        Trace trace = replay(DriveLog.of(600, 1.0), of(ReplayRange.between(fromS, toS)))
                .run(make("ekf"), TEN_OFF);
        assertEquals(last - first + 1, trace.rows());
        assertEquals(first, trace.get(ReplayTrace.TIME_S, 0));
        assertEquals(last, trace.get(ReplayTrace.TIME_S, trace.rows() - 1));
    }

    @Test
    void aStampThatLeapsBeginsNoRange() {
        DriveLog log = DriveLog.of(600, 1.0).set(10, TIME, "1000000");
        Trace trace = replay(log, of(ReplayRange.between(100.0, 500.0))).run(make("ekf"), TEN_OFF);
        assertEquals(401, trace.rows());
        assertEquals(100.0, trace.get(ReplayTrace.TIME_S, 0));
    }

    @ParameterizedTest(name = "{0} to {1} s")
    @CsvSource({
        "700, NaN, the recording from 700.0 s to its end",
        "NaN, -1, the recording from its head to -1.0 s",
        "700, 800, the recording from 700.0 s to 800.0 s"
    })
    void aRangeWithoutRowsIsRefused(double fromS, double toS, String range) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> replay(DriveLog.of(600, 1.0), of(ReplayRange.between(fromS, toS))));
        assertEquals("found no row with a time and a current in " + range + ", expected some", e.getMessage());
    }

    @Test
    void aLogWithoutAnyCurrentIsRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> replay(DriveLog.of(600, 1.0).clear(CURRENT)));
        assertEquals("found no row with a time and a current in the recording, expected some", e.getMessage());
    }

    @Test
    void aTemperatureIsNeededFromSomewhere() {
        DriveLog log = DriveLog.of(100, 1.0).clear(TEMPERATURE);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> replay(log));
        assertEquals("found no temperature_c, expected the column or a temperature given", e.getMessage());
        ReplaySetup given =
                new ReplaySetup(ReplayRange.WHOLE, ReplaySetup.Bias.NONE, -5.0, ReplaySetup.Reference.EXACT);
        Trace cold = replay(log, given).run(make("ekf"), TEN_OFF);
        assertEquals(-5.0, cold.get(ReplayTrace.TEMPERATURE_C, 50));
        assertEquals(1.0, cold.get(ReplayTrace.USED, 50));
        assertTrue(cold.get(ReplayTrace.R0_OHM, 50)
                > 1.5 * ekf(DriveLog.of(100, 1.0)).get(ReplayTrace.R0_OHM, 50));
    }

    @Test
    void theFirstTemperatureCountsUntilOneWasMeasured() {
        DriveLog log = DriveLog.of(100, 1.0)
                .set(0, TEMPERATURE, "-2731")
                .set(1, TEMPERATURE, "")
                .set(2, TEMPERATURE, "");
        Trace trace = ekf(log);
        assertEquals(1.0, trace.get(ReplayTrace.USED, 0));
        assertEquals(1.0, trace.get(ReplayTrace.USED, 2));
    }

    @Test
    void startsAnewWhereAColumnChanges() {
        DriveLog log = DriveLog.of(600, 1.0).header("time_s,current_a,voltage_v,cycle,soc_ref");
        for (int row = 0; row < 600; row++) {
            log.set(row, TEMPERATURE, row < 200 ? "1" : "2");
        }
        ReplaySetup setup = new ReplaySetup(
                new ReplayRange(Double.NaN, Double.NaN, "cycle", Double.NaN),
                ReplaySetup.Bias.NONE,
                25.0,
                new ReplaySetup.Reference("soc_ref", 0.04, true));
        EstimateReplay replay = replay(log, setup);
        Trace trace = replay.run(make("counter"), TEN_OFF);
        assertEquals(600, trace.rows());
        assertEquals(trace.get(ReplayTrace.SOC_REF, 200) - 0.1, trace.get(ReplayTrace.SOC, 200), 1e-9);
        assertEquals(0.2, trace.get(ReplayTrace.SOC_SIGMA, 200), 1e-9);
        assertEquals(
                2 * 100 + 200,
                replay.score(trace, ReplayTrace.SOC, TEN_OFF, 100.0).rows());
        assertEquals(0.0, trace.get(ReplayTrace.SOC_REF_TRUST, 0));
        assertEquals(0.0, trace.get(ReplayTrace.SOC_REF_TRUST, 200), "the reference is exact at each head");
        assertTrue(trace.get(ReplayTrace.SOC_REF_TRUST, 199) > 0.01);
        assertEquals(0.04, max(trace.column(ReplayTrace.SOC_REF_TRUST)), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> replay(log, of(new ReplayRange(Double.NaN, Double.NaN, "lap", Double.NaN))));
    }

    private static double max(double[] values) {
        double max = values[0];
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    @Test
    void beginsWhereTheReferenceHasFallenToASoc() {
        ReplaySetup setup = of(new ReplayRange(Double.NaN, Double.NaN, "", 0.88));
        DriveLog log = DriveLog.of(600, 1.0);
        EstimateReplay replay = replay(log, setup);
        Trace trace = replay.run(make("ekf"), TEN_OFF);
        assertTrue(trace.rows() < 600);
        double first = trace.get(ReplayTrace.SOC_REF, 0);
        assertTrue(first <= 0.88 && first > 0.879, "found " + first);
    }

    @Test
    void aConstantTrustHoldsEverywhere() {
        ReplaySetup setup = new ReplaySetup(
                ReplayRange.WHOLE,
                ReplaySetup.Bias.NONE,
                Double.NaN,
                new ReplaySetup.Reference("soc_ref", 0.02, false));
        Trace trace = replay(DriveLog.of(100, 1.0), setup).run(make("ekf"), TEN_OFF);
        assertEquals(0.02, trace.get(ReplayTrace.SOC_REF_TRUST, 0));
        assertEquals(0.02, trace.get(ReplayTrace.SOC_REF_TRUST, 99));
    }

    @Test
    void anotherColumnMayBeTheReference() {
        DriveLog log = DriveLog.of(700, 1.0).header("time_s,current_a,voltage_v,temperature_c,soc_ref_aged");
        ReplaySetup aged = new ReplaySetup(
                ReplayRange.WHOLE,
                ReplaySetup.Bias.NONE,
                Double.NaN,
                new ReplaySetup.Reference("soc_ref_aged", 0.0, false));
        EstimateReplay replay = replay(log, aged);
        assertEquals(
                100,
                replay.score(replay.run(make("ekf"), TEN_OFF), ReplayTrace.SOC, TEN_OFF, 600.0)
                        .rows());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> replay(DriveLog.of(700, 1.0), aged));
        assertEquals("found no column soc_ref_aged, expected one with the reference SOC", e.getMessage());
    }

    @Test
    void scoresFromWhereTheReferenceLeavesARange() {
        DriveLog log = DriveLog.of(1200, 1.0);
        EstimateReplay replay = replay(log);
        Trace trace = replay.run(make("counter"), TEN_OFF);
        int first = 0;
        while (log.number(first, REFERENCE) >= 0.85) {
            first++;
        }
        SocScore score = replay.scoreOutside(trace, ReplayTrace.SOC, TEN_OFF, 0.0, 0.85, 0.95);
        assertEquals(1200 - first, score.rows());
        assertEquals(0.1, score.error().rms(), 2e-4);
        assertEquals(
                0,
                replay.scoreOutside(trace, ReplayTrace.SOC, TEN_OFF, 0.0, 0.1, 0.95)
                        .rows());
        assertEquals(
                1200,
                replay.scoreOutside(trace, ReplayTrace.SOC, TEN_OFF, 0.0, 0.1, 0.8)
                        .rows(),
                "above at once");
    }

    @Test
    void whatCannotBeAReadingIsWithheld() {
        Trace clean = ekf(DriveLog.of(600, 1.0));
        Trace spiked = ekf(DriveLog.of(600, 1.0).set(250, VOLTAGE, "4.6").set(350, VOLTAGE, "2.7"));
        assertEquals(clean.get(ReplayTrace.SOC, 599), spiked.get(ReplayTrace.SOC, 599), 1e-3);
        assertEquals(4.6, spiked.get(ReplayTrace.VOLTAGE_V, 250), "the trace shows what was recorded");
    }

    @Test
    void aRunMayBeRepeatedAndIsTheSame() {
        EstimateReplay replay = replay(DriveLog.of(600, 1.0));
        assertArrayEquals(
                replay.run(make("ekf"), TEN_OFF).column(ReplayTrace.SOC),
                replay.run(make("ekf"), TEN_OFF).column(ReplayTrace.SOC));
    }
}
