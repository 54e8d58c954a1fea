package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Forty straight 3 Ah cells of which a few differ, driven by their own equations. */
class PackEstimatorTest {
    private static final int CELLS = 40;
    private static final long SECOND = 1_000_000_000L;

    private final PackLayout layout = new PackLayout(CELLS, 1, 2);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private final double[] soc = new double[CELLS];
    private final double[] capacity = new double[CELLS];
    private final double[] resistance = new double[CELLS];
    private final double[] offsetV = new double[CELLS];
    private final boolean[] lost = new boolean[CELLS];
    private CellType type = SampleCells.straight();
    private double v1;
    private double v2;
    private long tenths;

    PackEstimatorTest() {
        for (int c = 0; c < CELLS; c++) {
            soc[c] = 0.6;
            capacity[c] = 1.0;
            resistance[c] = 1.0;
        }
    }

    private PackEstimator started() {
        PackEstimator estimator = new PackEstimator(type, layout, Noises.plain());
        estimator.start(0.6, 0.05);
        return estimator;
    }

    private StepResult step(SocEstimator estimator, double cellA, double dtS) {
        tenths += Math.round(10.0 * dtS);
        v1 += (1.0 - StrictMath.exp(-dtS / 10.0)) * (0.010 * cellA - v1);
        v2 += (1.0 - StrictMath.exp(-dtS / 300.0)) * (0.015 * cellA - v2);
        sample.begin(tenths * SECOND / 10);
        sample.readCurrent(cellA);
        for (int c = 0; c < CELLS; c++) {
            soc[c] -= cellA * dtS / (10_800.0 * capacity[c]);
            double v = type.ocv().v(soc[c], 25.0) - resistance[c] * (0.020 * cellA + v1 + v2) + offsetV[c];
            sample.readCellVoltage(c, lost[c] ? Double.NaN : v);
        }
        sample.readTemperature(0, 25.0);
        sample.readTemperature(1, 25.0);
        return estimator.step(sample, estimate);
    }

    private void drive(SocEstimator estimator, double cellA, int seconds) {
        for (int s = 0; s < seconds; s++) {
            assertEquals(StepResult.USED, step(estimator, cellA, 1.0));
        }
    }

    @Test
    void knowsEveryCellsDistanceFromTheFirstSampleOn() {
        soc[3] = 0.55;
        soc[30] = 0.63;
        PackEstimator estimator = started();
        step(estimator, 0.0, 1.0);
        assertEquals(0.55, estimate.soc(3), 0.003);
        assertEquals(0.63, estimate.soc(30), 0.003);
        assertEquals(3, estimate.weakest());
        assertEquals(30, estimate.strongest());
        double mean = 0.0;
        double sigma = 0.0;
        for (int c = 0; c < CELLS; c++) {
            mean += estimate.soc(c) / CELLS;
            sigma += estimate.socSigma(c) / CELLS;
        }
        assertEquals(mean, estimate.meanSoc(), 1e-12);
        assertEquals(sigma, estimate.meanSocSigma(), 1e-12);
        assertEquals(0.5995, estimate.meanSoc(), 1e-3);
        assertTrue(estimator.delta(3).socSigma() < 0.004, estimator.delta(3)::toString);
        assertTrue(estimate.socSigma(3) < 0.05, "sigma " + estimate.socSigma(3));
    }

    @Test
    void learnsResistanceCapacityAndSocOfACell() {
        soc[7] = 0.57;
        capacity[7] = 0.9;
        resistance[7] = 1.2;
        PackEstimator estimator = started();
        for (int k = 0; k < 12; k++) {
            drive(estimator, 3.0, 1500);
            drive(estimator, -3.0, 1500);
        }
        CellDelta delta = estimator.delta(7);
        assertEquals(0.2, delta.resistance(), 0.03);
        assertTrue(Math.abs(0.2 - delta.resistance()) < 3.0 * delta.resistanceSigma());
        double inverse = 1.0 / 0.9 - 1.0;
        assertEquals(inverse, delta.inverseCapacity(), 0.01);
        assertTrue(Math.abs(inverse - delta.inverseCapacity()) < 3.0 * delta.inverseCapacitySigma());
        assertEquals(soc[7], estimate.soc(7), 0.006);
        assertEquals(0.020 * (1.0 + delta.resistance()), estimate.r0Ohm(7), 0.002);
        assertEquals(
                (1.0 + delta.resistance()) / (1.0 + estimator.delta(0).resistance()),
                estimate.slowRcV(7) / estimate.slowRcV(0),
                1e-9);
        assertEquals(estimate.fastOhm(7) * 1.5, estimate.slowOhm(7), 1e-12);
        assertEquals(0.0, estimate.diffusionV(7));
        assertEquals(0.9, estimate.ocvSlopeV(7), 1e-9);
        assertEquals(sample.cellVoltage().value(7), estimate.predictedV(7), 0.004);
        assertEquals(tenths * SECOND / 10, estimate.nanos());
    }

    /** 0.02 V over the middle of the curve, steep ends: 2 mV are ten points there. */
    private static CellType flat() {
        CellType t = SampleCells.straight();
        double[] soc = {0.0, 0.3, 0.7, 1.0};
        OcvCurve ocv = new OcvCurve(soc, new double[] {3.2, 3.60, 3.62, 4.1}, new double[4], 25.0);
        return new CellType(
                "flat", t.chemistry(), t.rating(), ocv, t.circuit(), t.thermal(), t.chargeMap(), t.provenance());
    }

    @Test
    void onAFlatCurveASensorOffsetIsNotTakenForSocUntilASlopeTellsThemApart() {
        type = flat();
        offsetV[5] = 0.003;
        PackEstimator estimator = started();
        drive(estimator, 0.0, 3600);
        CellDelta onPlateau = estimator.delta(5);
        assertTrue(onPlateau.socSigma() > 0.02, "hours of one reading are one reading: " + onPlateau);
        assertTrue(Math.abs(onPlateau.soc()) < 2.0 * onPlateau.socSigma(), onPlateau::toString);
        drive(estimator, 3.0, 1700);
        CellDelta onSlope = estimator.delta(5);
        assertTrue(onSlope.socSigma() < 0.006, onSlope::toString);
        assertEquals(0.0, onSlope.soc(), 0.004, onSlope::toString);
        assertEquals(0.003, onSlope.offsetV(), 0.002, onSlope::toString);
        assertTrue(onSlope.offsetSigmaV() < 0.002);
    }

    @Test
    void aMissingVoltageNeitherMovesTheMeanNorTheCell() {
        soc[0] = 0.50;
        PackEstimator estimator = started();
        drive(estimator, 0.0, 1); // from rest: there is no past to learn of
        drive(estimator, 1.0, 300);
        lost[0] = true;
        double distance = estimate.soc(0) - estimate.soc(1);
        double predictedV = estimate.predictedV(1);
        drive(estimator, 1.0, 1);
        assertEquals(predictedV, estimate.predictedV(1), 2e-4, "the mean is not 2 mV higher");
        drive(estimator, 1.0, 300);
        assertEquals(distance, estimate.soc(0) - estimate.soc(1), 1e-3);
        assertTrue(estimate.socSigma(0) > estimate.socSigma(1));
        Arrays.fill(lost, true);
        double before = estimate.soc(1);
        drive(estimator, 3.0, 360);
        assertEquals(before - 0.1, estimate.soc(1), 2e-3, "without any voltage it counts");
    }

    @Test
    void visitsEveryCellInTenSecondsAndNotMore() {
        PackEstimator estimator = started();
        step(estimator, 0.0, 0.1);
        for (int c = 0; c < CELLS; c++) {
            soc[c] += c < CELLS / 2 ? 0.02 : -0.02;
        }
        int followed = 0;
        for (int k = 1; k <= 100; k++) {
            step(estimator, 0.0, 0.1);
            int now = 0;
            for (int c = 0; c < CELLS; c++) {
                now += Math.abs(estimator.delta(c).soc()) > 1e-6 ? 1 : 0;
            }
            assertTrue(now - followed <= 1, "at most one of forty in a tenth of a second");
            followed = now;
            assertTrue(now >= Math.min(CELLS, k) - 1, now + " after " + k);
        }
        assertEquals(CELLS, followed);
    }

    @Test
    void aPackOfOneCellIsItsBar() {
        PackLayout one = new PackLayout(1, 1, 1);
        PackEstimator pack = new PackEstimator(type, one, Noises.plain());
        CellEkf cell = new CellEkf(type, one, Noises.plain());
        PackEstimate packSays = new PackEstimate(one);
        PackEstimate cellSays = new PackEstimate(one);
        PackSample reading = new PackSample(one);
        pack.start(0.5, 0.1);
        cell.start(0.5, 0.1);
        for (int s = 0; s < 600; s++) {
            reading.begin(s * SECOND);
            reading.readCurrent(s % 7 - 2.0);
            reading.readCellVoltage(0, s % 5 == 0 ? Double.NaN : 3.7 + 0.01 * (s % 3));
            reading.readTemperature(0, 25.0);
            assertEquals(cell.step(reading, cellSays), pack.step(reading, packSays));
            assertEquals(cellSays.soc(0), packSays.soc(0), 1e-12);
            assertEquals(cellSays.socSigma(0), packSays.socSigma(0), 1e-12);
            assertEquals(cellSays.predictedV(0), packSays.predictedV(0), 1e-12);
        }
    }

    @Test
    void theBarMayBeAnotherEstimator() {
        PackEstimator counted = new PackEstimator("counter", type, layout, Noises.plain());
        counted.start(0.5, 0.05); // wrong by ten points
        soc[3] = 0.55;
        drive(counted, 3.0, 360);
        assertEquals(0.4, estimate.meanSoc(), 0.002, "the mean is counted");
        assertEquals(-0.05, estimate.soc(3) - estimate.soc(0), 0.004, "the difference is measured");
        assertEquals("bar-delta", counted.name());
    }

    @Test
    void saysWhatBarAndCellHaveLearnedOfTheModel() {
        resistance[7] = 1.3;
        offsetV[9] = 0.004;
        PackEstimator estimator = started();
        for (int k = 0; k < 8; k++) {
            drive(estimator, 3.0, 900);
            drive(estimator, -3.0, 900);
        }
        double barError =
                (1.0 + estimate.resistanceError(0)) / (1.0 + estimator.delta(0).resistance());
        assertEquals((1.0 + estimator.delta(7).resistance()) * barError - 1.0, estimate.resistanceError(7), 1e-12);
        assertTrue(estimate.resistanceError(7) > estimate.resistanceError(0) + 0.2);
        assertTrue(estimate.resistanceErrorSigma(7) > estimator.delta(7).resistanceSigma());
        assertEquals(
                estimator.delta(9).offsetV() - estimator.delta(0).offsetV(),
                estimate.voltageErrorV(9) - estimate.voltageErrorV(0),
                1e-12);
        assertTrue(estimate.voltageErrorV(9) > estimate.voltageErrorV(0));
        assertTrue(estimate.predictedSigmaV(7) > 0.0 && estimate.misfit(7) > 0.0);
        assertTrue(Math.abs(estimate.hysteresis(7)) <= 1.0);
        assertTrue(Math.abs(estimate.currentBiasA()) < 0.05);
        PackEstimator counted = new PackEstimator("counter", type, layout, NoiseModel.of(type));
        counted.start(0.6, 0.05);
        PackEstimate fresh = new PackEstimate(layout);
        assertEquals(StepResult.USED, counted.step(sample, fresh));
        assertEquals(counted.delta(7).resistance(), fresh.resistanceError(7), 1e-12);
        assertEquals(counted.delta(9).offsetV(), fresh.voltageErrorV(9), 1e-12);
    }

    @Test
    void takesOverTheMeanAndEveryDistance() {
        PackEstimate before = new PackEstimate(layout);
        for (int c = 0; c < CELLS; c++) {
            before.cell(c, 0.5 + 0.002 * c, 0.02 + 0.001 * c, 0.010 + 0.001 * c, 0.020, Double.NaN);
            before.diffusion(c, 0.0);
        }
        before.close(0);
        PackEstimator estimator = started();
        estimator.startFrom(before);
        Arrays.fill(lost, true);
        step(estimator, 0.0, 1.0);
        for (int c = 0; c < CELLS; c++) {
            assertEquals(0.5 + 0.002 * c, estimate.soc(c), 1e-9);
            double own = 0.5 * (0.02 + 0.001 * c);
            assertEquals(Math.hypot(0.0395, Math.sqrt(39.0 / 40.0) * own), estimate.socSigma(c), 1e-6);
        }
        assertEquals(0.0295, estimate.fastRcV(0), 1e-9);
        assertEquals(0.020, estimate.slowRcV(0), 1e-9);
    }

    @Test
    void holdsWhileATemperatureWasNeverRead() {
        PackEstimator estimator = started();
        sample.begin(0);
        sample.readCurrent(1.0);
        sample.readTemperature(0, 25.0);
        assertEquals(StepResult.HELD, estimator.step(sample, estimate));
        assertFalse(estimate.known());
        assertEquals(StepResult.USED, step(estimator, 1.0, 1.0));
    }

    private void sameFromHereOn(PackEstimator used, PackEstimator fresh) {
        PackEstimate other = new PackEstimate(layout);
        for (int s = 0; s < 30; s++) {
            step(used, 1.0 + s % 4, 1.0);
            assertEquals(StepResult.USED, fresh.step(sample, other));
            for (int c = 0; c < CELLS; c++) {
                assertEquals(other.soc(c), estimate.soc(c), "SOC of " + c + " after " + s + " s");
                assertEquals(other.socSigma(c), estimate.socSigma(c), "sigma of " + c + " after " + s + " s");
                assertEquals(other.predictedV(c), estimate.predictedV(c), "voltage of " + c + " after " + s + " s");
                assertEquals(other.diffusionV(c), estimate.diffusionV(c));
            }
        }
    }

    @Test
    void oneStartedAgainHasForgottenEverything() {
        type = SampleCells.rich();
        soc[4] = 0.55;
        resistance[4] = 1.2;
        PackEstimator used = started();
        drive(used, 3.0, 45);
        used.start(0.6, 0.05);
        sameFromHereOn(used, started());
    }

    @Test
    void oneThatTakesOverHasForgottenEverything() {
        type = SampleCells.rich();
        PackEstimate before = new PackEstimate(layout);
        for (int c = 0; c < CELLS; c++) {
            before.cell(c, 0.5 + 0.001 * c, 0.03, 0.010, 0.020, Double.NaN);
            before.diffusion(c, 0.004 + 0.0001 * c);
        }
        before.close(0);
        soc[4] = 0.55;
        resistance[4] = 1.2;
        PackEstimator used = started();
        drive(used, 3.0, 45);
        PackEstimator fresh = started();
        fresh.startFrom(before);
        used.startFrom(before);
        sameFromHereOn(used, fresh);
        PackEstimator again = started();
        again.startFrom(before);
        Arrays.fill(lost, true);
        step(again, 0.0, 1.0);
        assertEquals(0.00595, estimate.diffusionV(0), 1e-6, "the mean of 4.0 to 7.9 mV");
    }

    @Test
    void theBarHasTheMeanTemperatureOfTheCells() {
        type = SampleCells.rich();
        PackEstimate[] says = {new PackEstimate(layout), new PackEstimate(layout)};
        double[][] degC = {{10.0, 20.0}, {15.0, 15.0}};
        for (int k = 0; k < 2; k++) {
            PackEstimator estimator = started();
            PackSample reading = new PackSample(layout);
            reading.begin(0);
            reading.readCurrent(1.0);
            for (int c = 0; c < CELLS; c++) {
                reading.readCellVoltage(c, 3.7);
            }
            reading.readTemperature(0, degC[k][0]);
            reading.readTemperature(1, degC[k][1]);
            assertEquals(StepResult.USED, estimator.step(reading, says[k]));
        }
        assertEquals(says[1].r0Ohm(0), says[0].r0Ohm(0), 1e-15);
        assertEquals(says[1].soc(0), says[0].soc(0), 1e-15);
    }

    @Tag("endurance")
    @Test
    void leavesNothingOnTheHeap() {
        PackEstimator estimator = started();
        double bytes = Allocation.bytesPerCall(3_000, () -> step(estimator, 0.1, 0.1));
        assertEquals(0.0, bytes, 0.01);
    }
}
