package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
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
import org.junit.jupiter.params.provider.MethodSource;

/** What balancing takes out of a cell is counted by whoever counts, once, and by nobody else. */
class BledChargeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int CELLS = 5;

    private final PackLayout layout = new PackLayout(CELLS, 2, 1);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private long nanos = SECOND;

    static List<String> names() {
        return Estimators.names();
    }

    private void read(PackSample into, double packA, double voltage) {
        into.begin(nanos);
        into.readCurrent(packA);
        for (int c = 0; c < CELLS; c++) {
            into.readCellVoltage(c, voltage);
        }
        into.readTemperature(0, 25.0);
    }

    /** Without voltages nothing corrects, so only what is counted moves the SOC. */
    private StepResult count(SocEstimator estimator, double packA, double dtS, double... bledAs) {
        nanos += Math.round(dtS * 1e9);
        read(sample, packA, Double.NaN);
        for (int c = 0; c < bledAs.length; c++) {
            sample.readBled(c, bledAs[c]);
        }
        return estimator.step(sample, estimate);
    }

    private SocEstimator started(String name) {
        SocEstimator estimator = Estimators.create(name, SampleCells.straight(), layout, Noises.plain());
        estimator.start(0.5, 0.05);
        return estimator;
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyEstimatorTakesItOutOfTheCellAndOfNoOther(String name) {
        SocEstimator estimator = started(name);
        count(estimator, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        double before = estimate.soc(2);
        count(estimator, 0.0, 1.0, 0.0, 216.0, 0.0, 0.0, 0.0); // 1 % of a group of two 3 Ah cells
        assertEquals(before - 0.01, estimate.soc(1), 1e-6, name);
        assertEquals(before, estimate.soc(2), 1e-6, name);
        count(estimator, 0.0, 1.0, 0.0, 216.0, 0.0, 0.0, 432.0);
        assertEquals(before - 0.01, estimate.soc(1), 1e-6, name);
        assertEquals(before - 0.02, estimate.soc(4), 1e-6, name);
        assertEquals(before, estimate.soc(0), 1e-6, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theFirstSumSaysNothingAndNeitherDoesOneThatFell(String name) {
        SocEstimator estimator = started(name);
        count(estimator, 0.0, 1.0, 5000.0, 5000.0, 5000.0, 5000.0, 5000.0);
        double before = estimate.soc(0);
        assertEquals(0.5, before, 1e-6, name);
        count(estimator, 0.0, 1.0, 0.0, 5000.0, 5000.0, 5000.0, 5000.0);
        assertEquals(before, estimate.soc(0), 1e-6, name);
        count(estimator, 0.0, 1.0, 108.0, 5000.0, 5000.0, 5000.0, 5000.0);
        assertEquals(before - 0.005, estimate.soc(0), 1e-6, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aSampleThatIsHeldOrSaysNothingLosesNoCharge(String name) {
        SocEstimator estimator = started(name);
        count(estimator, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        assertEquals(StepResult.HELD, count(estimator, Double.NaN, 1.0, 108.0, 0.0, 0.0, 0.0, 0.0), name);
        count(estimator, 0.0, 1.0, Double.NaN, 0.0, 0.0, 0.0, 0.0);
        assertEquals(0.5 - 0.005, estimate.soc(0), 1e-6, name);
        count(estimator, 0.0, 1.0, 216.0, 0.0, 0.0, 0.0, 0.0);
        assertEquals(0.5 - 0.010, estimate.soc(0), 1e-6, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatWasBledInAGapIsKnown(String name) {
        SocEstimator estimator = started(name);
        count(estimator, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        count(estimator, 0.0, 600.0, 216.0, 0.0, 0.0, 0.0, 0.0);
        assertEquals(estimate.soc(1) - 0.01, estimate.soc(0), 1e-6, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNewStartForgetsTheSum(String name) {
        SocEstimator estimator = started(name);
        count(estimator, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        estimator.start(0.6, 0.05);
        count(estimator, 0.0, 1.0, 216.0, 0.0, 0.0, 0.0, 0.0);
        assertEquals(0.6, estimate.soc(0), 1e-6, name);
        PackEstimate other = new PackEstimate(layout);
        Estimates.write(other, nanos, 0.02, 0.4, 0.4, 0.4, 0.4, 0.4);
        estimator.startFrom(other);
        count(estimator, 0.0, 1.0, 432.0, 0.0, 0.0, 0.0, 0.0);
        assertEquals(0.4, estimate.soc(0), 1e-6, name);
    }

    /** A noisy drive; {@code bleeds} tells of sums that stay where they are. */
    private static List<PackSample> drive(PackLayout layout, CellType type, boolean tells, double bledPerS) {
        Random random = new Random(5);
        List<PackSample> drive = new ArrayList<>();
        double soc = 0.8;
        for (int k = 0; k < 400; k++) {
            PackSample s = new PackSample(layout);
            double packA = 4.0 * random.nextDouble() - 1.0;
            soc -= packA / layout.parallel() / 3600.0 / type.rating().capacityAh();
            s.begin((k + 1) * SECOND);
            s.readCurrent(packA);
            for (int c = 0; c < layout.cells(); c++) {
                double v = type.ocv().v(soc, 25.0) - 0.02 * packA + 0.002 * random.nextGaussian();
                s.readCellVoltage(c, k % 37 == c % 37 ? Double.NaN : v);
            }
            for (int t = 0; t < layout.temperatureSensors(); t++) {
                s.readTemperature(t, 24.0 + 0.01 * k);
            }
            for (int c = 0; c < layout.cells() && tells; c++) {
                s.readBled(c, c % 3 == 0 ? k * bledPerS : 12.0);
            }
            drive.add(s);
        }
        return drive;
    }

    private static PackEstimate run(String name, PackLayout layout, List<PackSample> drive, boolean ahead) {
        SocEstimator estimator = Estimators.create(name, SampleCells.rich(), layout, NoiseModel.of(SampleCells.rich()));
        PackEstimate into = new PackEstimate(layout);
        estimator.start(0.8, 0.1);
        if (ahead) {
            estimator.stepAll(drive, into);
        } else {
            drive.forEach(s -> estimator.step(s, into));
        }
        return into;
    }

    @ParameterizedTest
    @MethodSource("names")
    void sumsThatStandStillLeaveEveryBitAsItWas(String name) {
        PackLayout forty = new PackLayout(40, 1, 2);
        PackEstimate silent = run(name, forty, drive(forty, SampleCells.rich(), false, 0.0), false);
        PackEstimate told = run(name, forty, drive(forty, SampleCells.rich(), true, 0.0), false);
        for (int c = 0; c < 40; c++) {
            assertEquals(silent.soc(c), told.soc(c), name);
            assertEquals(silent.socSigma(c), told.socSigma(c), name);
            assertEquals(silent.predictedV(c), told.predictedV(c), name);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void blocksAndStepsAheadCountTheSame(String name) {
        PackLayout many = new PackLayout(150, 1, 3);
        List<PackSample> drive = drive(many, SampleCells.rich(), true, 0.5);
        PackEstimate stepped = run(name, many, drive, false);
        PackEstimate ahead = run(name, many, drive, true);
        for (int c = 0; c < 150; c++) {
            assertEquals(stepped.soc(c), ahead.soc(c), name + " cell " + c);
        }
        PackEstimate unbled = run(name, many, drive(many, SampleCells.rich(), true, 0.0), true);
        assertTrue(
                ahead.soc(0) < unbled.soc(0) - 1e-5,
                name + ": what was bled stays out, as far as voltages do not deny it");
    }

    /** A cell of two branches that rests in the middle: how far bleeding turns it, by the voltage it is then expected to have. */
    @ParameterizedTest(name = "pack current {0} A")
    @CsvSource({"0.0, 1.0", "-0.4, 0.0", "-0.1, 0.6"})
    void bleedingTurnsTheHysteresisByWhatItTakesBeyondTheChargeThatGoesIn(double packA, double share) {
        CellType rich = SampleCells.rich();
        PackLayout two = new PackLayout(2, 1, 1);
        SocEstimator estimator = new CellEkf(rich, two, Noises.plain());
        PackSample s = new PackSample(two);
        PackEstimate into = new PackEstimate(two);
        estimator.start(0.5, 0.05);
        double bled = 0.0;
        for (int k = 0; k < 60; k++) { // 10 % of 2 Ah out of cell 0, at 0.25 A if the pack rests
            s.begin((k + 1) * 60L * SECOND);
            s.readCurrent(packA);
            s.readTemperature(0, 25.0);
            s.readBled(0, bled);
            s.readBled(1, 0.0);
            estimator.step(s, into);
            bled += 0.25 * 60.0;
        }
        double turned = -into.hysteresis(0) + into.hysteresis(1);
        double moved = share * 59 * 0.25 * 60.0 / 7200.0;
        double expected = packA == 0.0 ? rich.ocv().hysteresis().turn(moved) : turned;
        assertEquals(expected, turned, 1e-7);
        if (packA < -0.3) {
            assertTrue(into.hysteresis(0) > 0.5, "a cell that is charged on the whole stays on the charge branch");
            assertEquals(into.hysteresis(1), into.hysteresis(0), 1e-12);
        } else {
            assertTrue(into.hysteresis(0) < -0.5 || packA < 0.0, "bled alone it goes to the discharge branch");
            assertTrue(into.hysteresis(0) < into.hysteresis(1), "and below its neighbour in any case");
        }
    }

    @Test
    void theLineageNamesIt() {
        CoulombCounter counter = new CoulombCounter(SampleCells.straight(), layout, Noises.plain());
        counter.start(0.5, 0.02);
        read(sample, 0.0, 3.6);
        sample.readBled(3, 0.0);
        counter.step(sample);
        assertFalse(counter.lineage(3).toString().contains("bled"));
        nanos += SECOND;
        read(sample, 0.0, 3.6);
        sample.readBled(3, 432.0);
        counter.step(sample);
        assertEquals(0.12, counter.lineage(3).bledAh(), 1e-12);
        assertEquals(0.48, counter.lineage(3).soc(), 1e-12);
        assertTrue(
                counter.lineage(3).toString().contains("since, 0.120 Ah bled, ± "),
                counter.lineage(3).toString());
        assertEquals(0.0, counter.lineage(2).bledAh());
        counter.anchorAtRest(3, 0.47, 0.001);
        assertEquals(0.0, counter.lineage(3).bledAh(), "an anchor begins the sum anew");
        assertEquals(0.47, counter.soc(3), 1e-12);
    }

    /** Three cells of equal capacity; one is bled of a tenth between two rests. Left out, it would look 20 % smaller. */
    @Test
    void theCapacityEstimatorCountsItIntoTheWindow() {
        CellType type = SampleCells.straight();
        PackLayout three = new PackLayout(3, 1, 1);
        CapacityEstimator estimator = new CapacityEstimator(type, three, CapacitySettings.standard());
        PackSample s = new PackSample(three);
        PackEstimate into = new PackEstimate(three);
        double[] soc = {0.9, 0.9, 0.9};
        double bledAs = 0.0;
        double timeS = 0.0;
        double slowA = 0.0;
        for (int k = 0; k < 5 * 720; k++) {
            double hours = k / 720.0;
            boolean bleeds = hours >= 1.0 && hours < 2.5;
            double a = bleeds || hours >= 4.9 ? 1.0 : 0.0;
            timeS += 5.0;
            slowA += (1.0 - StrictMath.exp(-5.0 / 300.0)) * (a - slowA);
            bledAs += bleeds ? 0.2 * 5.0 : 0.0;
            s.begin(Math.round(timeS * 1e9));
            s.readCurrent(a);
            for (int c = 0; c < 3; c++) {
                soc[c] -= (a + (c == 1 && bleeds ? 0.2 : 0.0)) * 5.0 / 10_800.0;
                s.readCellVoltage(c, 3.2 + 0.9 * soc[c] - 0.030 * a - 0.015 * slowA);
                s.readBled(c, c == 1 ? bledAs : 0.0);
            }
            s.readTemperature(0, 25.0);
            estimator.step(s, into);
        }
        estimator.step(s, into);
        assertEquals(1, estimator.windows(1), "one window was used");
        assertEquals(estimator.capacityAh(0), estimator.capacityAh(1), 0.03);
    }

    @Test
    void theBarDeltaTellsTheDifferenceOfABledCellWithItsOwnSigma() {
        SocEstimator estimator = started("bar-delta");
        count(estimator, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        count(estimator, 0.0, 1.0, 216.0, 0.0, 0.0, 0.0, 0.0);
        assertEquals(-0.008, estimate.socDifference(0), 1e-6);
        assertEquals(0.002, estimate.socDifference(1), 1e-6);
        assertTrue(estimate.socDifferenceSigma(0) < estimate.socSigma(0));
        assertEquals(
                estimate.soc(0) - estimate.meanSoc(), estimate.socDifference(0), 1e-9, "it is what the SOCs differ by");
    }

    @Test
    void anEstimateThatIsWrittenOnByAnotherTellsNoOldDifferences() {
        SocEstimator comparing = started("bar-delta");
        count(comparing, 0.0, 1.0);
        assertTrue(estimate.socDifferenceSigma(0) > 0.0);
        SocEstimator other = started("ekf");
        count(other, 0.0, 1.0);
        assertTrue(Double.isNaN(estimate.socDifference(0)));
        assertTrue(Double.isNaN(estimate.socDifferenceSigma(0)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void allocatesNothing(String name) {
        SocEstimator estimator = started(name);
        double[] sum = new double[1];
        double bytes = Allocation.bytesPerCall(300, () -> {
            nanos += SECOND;
            read(sample, 0.5, 3.6);
            sum[0] += 0.1;
            for (int c = 0; c < CELLS; c++) {
                sample.readBled(c, sum[0]);
            }
            estimator.step(sample, estimate);
        });
        assertEquals(0.0, bytes, 1.0, name);
    }
}
