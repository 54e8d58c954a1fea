package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainEkfTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double SIGMA_V = 0.005;
    private static final double[] OPEN = {1.0, 1.0, 1.0};

    private final CellType bent = SampleCells.bent();

    /** A sample of cells around one open-circuit voltage. */
    private static PackSample fill(
            PackSample sample, long nanos, double packA, double middleV, double tDegC, Random random, double missing) {
        sample.begin(nanos);
        sample.readCurrent(packA);
        for (int c = 0; c < sample.layout().cells(); c++) {
            double v = middleV + 0.02 * random.nextGaussian();
            sample.readCellVoltage(c, random.nextDouble() < missing ? Double.NaN : v);
        }
        for (int s = 0; s < sample.layout().temperatureSensors(); s++) {
            sample.readTemperature(s, tDegC + 3.0 * s);
        }
        return sample;
    }

    /** The textbook filter of one cell of the bent type with the same noise. */
    private final class Reference {
        final JosephFilter filter = new JosephFilter(3);
        final double capacityAs;
        final double ohmScale;
        double v3;
        double predictedV;

        Reference(double soc, double sigma, double capacity, double ohmScale) {
            capacityAs = 18_000.0 * capacity;
            this.ohmScale = ohmScale;
            filter.x.set(0, soc);
            filter.p = CommonOps_DDRM.diag(sigma * sigma, 4e-4, 4e-4);
        }

        double ohm(int pair, double soc, double tDegC) {
            return ohmScale * bent.circuit().branches().get(pair).resistance().ohm(soc, tDegC);
        }

        double decay(int pair, double dtS) {
            RcBranch branch = bent.circuit().branches().get(pair);
            return StrictMath.exp(-dtS / branch.tauS());
        }

        void predict(double meanA, double tDegC, double dtS) {
            double[] a = {decay(0, dtS), decay(1, dtS), decay(2, dtS)};
            double moved = meanA * dtS * (meanA < 0 ? 0.995 : 1.0) / capacityAs;
            double soc = filter.x(0) - moved;
            DMatrixRMaj f = CommonOps_DDRM.diag(1.0, a[0], a[1]);
            double[] drive = {-moved, (1 - a[0]) * ohm(0, soc, tDegC) * meanA, (1 - a[1]) * ohm(1, soc, tDegC) * meanA};
            v3 = a[2] * v3 + (1 - a[2]) * ohm(2, soc, tDegC) * meanA;
            filter.predict(f, drive, new double[] {1e-10 * dtS, 1e-8 * dtS, 1e-8 * dtS});
        }

        void correct(double cellV, double nowA, double tDegC) {
            double soc = filter.x(0);
            predictedV = bent.ocv().v(soc, tDegC)
                    - filter.x(1)
                    - filter.x(2)
                    - v3
                    - ohmScale * bent.circuit().r0().ohm(soc, tDegC) * nowA;
            double[] h = {bent.ocv().slopeV(soc, tDegC), -1.0, -1.0};
            if (!Double.isNaN(cellV)) {
                filter.correct(h, SIGMA_V * SIGMA_V, cellV - predictedV, OPEN);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}, cell by cell: {1}")
    @CsvSource({"1, true", "2, false", "3, true", "4, false"})
    void agreesWithTheTextbookFilterInJosephForm(long seed, boolean scalar) {
        Random random = new Random(seed);
        PackLayout layout = new PackLayout(3, 2, 1);
        PlainEkf ekf = new PlainEkf("plain", bent, layout, SIGMA_V, scalar);
        ekf.scale(1, 0.9, 1.3);
        ekf.start(0.6, 0.1);
        Reference reference = new Reference(0.6, 0.1, 0.9, 1.3);
        PackSample sample = new PackSample(layout);
        PackEstimate estimate = new PackEstimate(layout);
        long nanos = 0;
        double lastA = 0.0;
        for (int k = 0; k < 800; k++) {
            double dtS = k == 0 ? 0.0 : (1 + random.nextInt(40)) * 0.05;
            nanos += Math.round(dtS * 1e9);
            double packA = 20.0 * (random.nextDouble() - 0.4);
            int block = k / 100;
            double tDegC = block; // a degree every 100 steps: below that the filter does not follow
            fill(sample, nanos, packA, 3.7 - packA / 2.0 * 0.02, tDegC, random, 0.1);
            double v = sample.cellVoltage().usable(1) ? sample.cellVoltage().value(1) : Double.NaN;
            if (k > 0) {
                reference.predict(0.5 * (lastA + packA) / 2.0, tDegC, dtS);
            }
            reference.correct(v, packA / 2.0, tDegC);
            assertEquals(StepResult.USED, ekf.step(sample, estimate));
            String at = "seed " + seed + " step " + k;
            JosephFilter filter = reference.filter;
            assertEquals(reference.predictedV, estimate.predictedV(1), 1e-9, at);
            assertEquals(Math.min(1.0, Math.max(0.0, filter.x(0))), estimate.soc(1), 1e-9, at);
            assertEquals(filter.x(1), estimate.fastRcV(1), 1e-9, at);
            assertEquals(filter.x(2), estimate.slowRcV(1), 1e-9, at);
            assertEquals(reference.v3, estimate.diffusionV(1), 1e-9, at);
            assertEquals(Math.sqrt(filter.p(0, 0)), estimate.socSigma(1), 1e-9, at);
            lastA = packA;
        }
        double soc = estimate.soc(1); // the state moved a little after the tables were read
        assertEquals(1.3 * bent.circuit().r0().ohm(soc, 7.0), estimate.r0Ohm(1), 1e-4);
        assertEquals(reference.ohm(0, soc, 7.0), estimate.fastOhm(1), 1e-4);
        assertEquals(reference.ohm(1, soc, 7.0), estimate.slowOhm(1), 1e-4);
        assertEquals(bent.ocv().slopeV(soc, 7.0), estimate.ocvSlopeV(1), 0.05);
    }

    private static void same(PackEstimate expected, PackEstimate actual, String at) {
        for (int c = 0; c < expected.cells(); c++) {
            String where = at + " cell " + c;
            assertEquals(expected.soc(c), actual.soc(c), where);
            assertEquals(expected.socSigma(c), actual.socSigma(c), where);
            assertEquals(expected.fastRcV(c), actual.fastRcV(c), where);
            assertEquals(expected.slowRcV(c), actual.slowRcV(c), where);
            assertEquals(expected.diffusionV(c), actual.diffusionV(c), where);
            assertEquals(expected.predictedV(c), actual.predictedV(c), where);
            assertEquals(expected.r0Ohm(c), actual.r0Ohm(c), where);
            assertEquals(expected.fastOhm(c), actual.fastOhm(c), where);
            assertEquals(expected.slowOhm(c), actual.slowOhm(c), where);
            assertEquals(expected.ocvSlopeV(c), actual.ocvSlopeV(c), where);
        }
        assertEquals(expected.packSoc(), actual.packSoc(), at);
        assertEquals(expected.nanos(), actual.nanos(), at);
    }

    /** 12 minutes with missing voltages, held samples, a gap and changing temperatures. */
    private static List<PackSample> drive(PackLayout layout, long seed) {
        Random random = new Random(seed);
        List<PackSample> samples = new ArrayList<>();
        long nanos = 5 * SECOND;
        for (int k = 0; k < 150; k++) {
            nanos += k == 90 ? 300 * SECOND : SECOND * (k % 7 == 0 ? 2 : 1);
            double packA = k % 40 == 13 ? Double.NaN : 30.0 * (random.nextDouble() - 0.3);
            double tDegC = -5.0 + 0.04 * k;
            samples.add(fill(new PackSample(layout), nanos, packA, 3.7, tDegC, random, k % 3 == 0 ? 0.2 : 0.0));
        }
        return samples;
    }

    @ParameterizedTest(name = "{0} cells of a pack with {1} sensors")
    @CsvSource({"1, 1", "7, 2", "96, 8", "140, 3", "409, 30"})
    void givesTheSameBitsCellByCellAndInPasses(int cells, int sensors) {
        PackLayout layout = new PackLayout(cells, 1, sensors);
        for (CellType type : List.of(bent, SampleCells.straight(), SampleCells.onePair())) {
            PlainEkf one = new PlainEkf("plain", type, layout, SIGMA_V, true);
            PlainEkf many = new PlainEkf("plain", type, layout, SIGMA_V, false);
            PackEstimate fromOne = new PackEstimate(layout);
            PackEstimate fromMany = new PackEstimate(layout);
            for (PlainEkf ekf : List.of(one, many)) {
                ekf.scale(cells - 1, 1.1, 0.7);
                ekf.start(0.55, 0.15);
            }
            int k = 0;
            for (PackSample sample : drive(layout, 21)) {
                assertEquals(one.step(sample, fromOne), many.step(sample, fromMany));
                same(fromOne, fromMany, type.name() + " seed 21 step " + k++);
            }
        }
    }

    @ParameterizedTest(name = "{0} cells")
    @CsvSource({"3", "96", "300"})
    void givesTheSameBitsBlockAfterBlockAndSampleAfterSample(int cells) {
        PackLayout layout = new PackLayout(cells, 1, 2);
        List<PackSample> samples = drive(layout, 22);
        PlainEkf stepped = new PlainEkf("plain", bent, layout, SIGMA_V);
        PlainEkf replayed = new PlainEkf("plain", bent, layout, SIGMA_V);
        stepped.start(0.5, 0.2);
        replayed.start(0.5, 0.2);
        PackEstimate fromSteps = new PackEstimate(layout);
        PackEstimate fromReplay = new PackEstimate(layout);
        int used = 0;
        for (PackSample sample : samples) {
            used += stepped.step(sample, fromSteps) == StepResult.USED ? 1 : 0;
        }
        assertEquals(
                used,
                replayed.stepAll(samples.subList(0, 70), fromReplay)
                        + replayed.stepAll(samples.subList(70, 150), fromReplay));
        assertEquals(146, used);
        same(fromSteps, fromReplay, "seed 22");
        assertEquals(0, replayed.stepAll(List.of(), fromReplay));
        assertEquals(0, replayed.stepAll(samples.subList(149, 150), fromReplay));
    }

    @Test
    void wantsNothingButTheDefaultOfTheContractFromOtherEstimators() {
        PackLayout layout = new PackLayout(3, 1, 1);
        List<PackSample> samples = drive(layout, 23);
        CellEkf other = new CellEkf(bent, layout, NoiseModel.sloped());
        CellEkf stepped = new CellEkf(bent, layout, NoiseModel.sloped());
        other.start(0.5, 0.2);
        stepped.start(0.5, 0.2);
        PackEstimate all = new PackEstimate(layout);
        PackEstimate single = new PackEstimate(layout);
        assertEquals(146, other.stepAll(samples, all));
        samples.forEach(sample -> stepped.step(sample, single));
        same(single, all, "seed 23");
    }

    private final PackLayout two = new PackLayout(2, 10, 1);
    private final PlainEkf ekf = new PlainEkf("plain", SampleCells.straight(), two, 0.025);
    private final PackSample sample = new PackSample(two);
    private final PackEstimate estimate = new PackEstimate(two);

    private StepResult step(long nanos, double packA, double v0, double v1, double tDegC) {
        sample.begin(nanos);
        sample.readCurrent(packA);
        sample.readCellVoltage(0, v0);
        sample.readCellVoltage(1, v1);
        sample.readTemperature(0, tDegC);
        return ekf.step(sample, estimate);
    }

    @Test
    void countsChargeOfOneCellOfTheGroupFromItsSecondSampleOn() {
        ekf.start(0.5, 0.1);
        step(1_700_000_000L * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(0.5, estimate.soc(0));
        assertEquals(0.1, estimate.socSigma(0), 1e-12);
        for (int s = 1; s <= 360; s++) {
            step((1_700_000_000L + s) * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        }
        assertEquals(0.4, estimate.soc(0), 1e-9); // 3 A of 3 Ah for 0.1 h
        assertEquals(0.03, estimate.fastRcV(0), 1e-9); // 3 A × 10 mΩ, settled
        assertEquals(0.045 * (1.0 - StrictMath.exp(-1.2)), estimate.slowRcV(0), 1e-9);
        assertEquals(Math.sqrt(0.01 + 360e-10), estimate.socSigma(0), 1e-12); // 1e-5 per root second
    }

    @Test
    void takesOutLessThanWasPutIn() {
        PackLayout one = new PackLayout(1, 1, 1);
        PlainEkf charged = new PlainEkf("plain", bent, one, 0.025);
        PackSample reading = new PackSample(one);
        PackEstimate into = new PackEstimate(one);
        charged.start(0.5, 0.1);
        for (int s = 0; s <= 360; s++) {
            reading.begin(s * SECOND);
            reading.readCurrent(-5.0);
            reading.readTemperature(0, 25.0);
            charged.step(reading, into);
        }
        assertEquals(0.5 + 0.0995, into.soc(0), 1e-9); // C/10 at an efficiency of 0.995
    }

    @Test
    void holdsWithoutCurrentTemperatureOrTimeThatRuns() {
        ekf.start(0.5, 0.1);
        assertEquals(StepResult.HELD, step(0, 10.0, 3.7, 3.7, Double.NaN));
        assertFalse(estimate.known());
        assertEquals(StepResult.USED, step(5 * SECOND, 10.0, 3.7, 3.7, 25.0));
        double soc = estimate.soc(0);
        assertEquals(StepResult.HELD, step(6 * SECOND, Double.NaN, 3.9, 3.9, 25.0));
        assertEquals(StepResult.HELD, step(5 * SECOND, 10.0, 3.9, 3.9, 25.0));
        assertEquals(StepResult.HELD, step(4 * SECOND, 10.0, 3.9, 3.9, 25.0));
        assertEquals(soc, estimate.soc(0));
        assertEquals(5 * SECOND, estimate.nanos());
        assertEquals(StepResult.USED, step(7 * SECOND, 10.0, 3.9, 3.9, 25.0));
        assertEquals(StepResult.HELD, ekf.step(new PackSample(two), estimate));
    }

    @Test
    void correctsOnlyTheCellWhoseVoltageCame() {
        ekf.start(0.5, 0.1);
        step(0, 0.0, 3.65, 3.65, 25.0);
        double other = estimate.soc(1);
        double otherSigma = estimate.socSigma(1);
        step(SECOND, 0.0, 3.7, Double.NaN, 25.0);
        assertTrue(estimate.soc(0) > other, "cell 0 follows its voltage");
        assertEquals(other, estimate.soc(1));
        assertTrue(estimate.socSigma(1) > otherSigma, "an uncorrected cell grows less sure");
    }

    @Test
    void widensItsUncertaintyOverAGapInsteadOfIntegrating() {
        ekf.start(0.5, 0.1);
        step(0, 30.0, 3.6, 3.6, 25.0);
        double soc = estimate.soc(0);
        double sigma = estimate.socSigma(0);
        double fastV = estimate.fastRcV(0);
        step(720 * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(soc, estimate.soc(0));
        assertEquals(Math.sqrt(sigma * sigma + 0.01), estimate.socSigma(0), 1e-12); // 12 min at C/2 is 10 points
        assertEquals(fastV * StrictMath.exp(-72.0), estimate.fastRcV(0), 1e-15);
        step(721 * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(soc - 3.0 / 10_800.0, estimate.soc(0), 1e-12);
    }

    @Test
    void integratesTwoMinutesAndNotMore() {
        ekf.start(0.5, 0.1);
        step(0, 30.0, Double.NaN, Double.NaN, 25.0);
        step(119 * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(0.5 - 357.0 / 10_800.0, estimate.soc(0), 1e-12);
        step(240 * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(0.5 - 357.0 / 10_800.0, estimate.soc(0), 1e-12);
    }

    @ParameterizedTest(name = "taken over {0}, cell by cell {1}")
    @CsvSource({"false, true", "false, false", "true, true", "true, false"})
    void oneStartedAgainHasForgottenEverything(boolean takenOver, boolean scalar) {
        PackLayout layout = new PackLayout(6, 1, 2);
        PlainEkf used = new PlainEkf("used", bent, layout, SIGMA_V, scalar);
        PlainEkf fresh = new PlainEkf("fresh", bent, layout, SIGMA_V, scalar);
        PackSample sample = new PackSample(layout);
        PackEstimate before = new PackEstimate(layout);
        PackEstimate usedSays = new PackEstimate(layout);
        PackEstimate freshSays = new PackEstimate(layout);
        Random random = new Random(11);
        used.start(0.6, 0.1);
        for (int s = 0; s < 50; s++) {
            fill(sample, s * SECOND, 20.0 * random.nextGaussian(), 3.7, 25.0, random, 0.1);
            assertEquals(StepResult.USED, used.step(sample, before));
        }
        if (takenOver) {
            used.startFrom(before);
            fresh.startFrom(before);
        } else {
            used.start(0.4, 0.2);
            fresh.start(0.4, 0.2);
        }
        for (int s = 50; s < 80; s++) {
            fill(sample, s * SECOND, 20.0 * random.nextGaussian(), 3.6, 25.0, random, 0.1);
            assertEquals(StepResult.USED, used.step(sample, usedSays));
            assertEquals(StepResult.USED, fresh.step(sample, freshSays));
            same(freshSays, usedSays, "second " + s + ", Random(11)");
        }
    }

    @Test
    void takesOverSocDoubtAndPolarisation() {
        PlainEkf other = new PlainEkf("other", bent, two, 0.025);
        assertThrows(IllegalArgumentException.class, () -> other.startFrom(estimate));
        estimate.cell(0, 0.61, 0.03, 0.011, 0.022, 3.7);
        estimate.cell(1, 0.62, 0.04, 0.012, 0.023, 3.7);
        estimate.diffusion(0, 0.005);
        estimate.diffusion(1, 0.006);
        estimate.close(3 * SECOND);
        other.startFrom(estimate);
        sample.begin(9 * SECOND);
        sample.readCurrent(10.0);
        sample.readTemperature(0, 25.0);
        PackEstimate taken = new PackEstimate(two);
        assertEquals(StepResult.USED, other.step(sample, taken));
        for (int c = 0; c < 2; c++) {
            assertEquals(estimate.soc(c), taken.soc(c));
            assertEquals(estimate.socSigma(c), taken.socSigma(c));
            assertEquals(estimate.fastRcV(c), taken.fastRcV(c));
            assertEquals(estimate.slowRcV(c), taken.slowRcV(c));
            assertEquals(estimate.diffusionV(c), taken.diffusionV(c));
        }
    }

    @Test
    void isSurerOfItselfTheMoreItTrustsTheVoltage() {
        double[] sigma = new double[2];
        double[] trusted = {0.025, 0.002};
        for (int k = 0; k < 2; k++) {
            PlainEkf plain = new PlainEkf("plain", SampleCells.straight(), two, trusted[k]);
            plain.start(0.4, 0.2);
            for (int s = 0; s < 600; s++) {
                sample.begin(s * SECOND);
                sample.readCurrent(0.0);
                sample.readCellVoltage(0, 3.83);
                sample.readTemperature(0, 25.0);
                plain.step(sample, estimate);
            }
            assertEquals(0.7, estimate.soc(0), 0.02);
            sigma[k] = estimate.socSigma(0);
        }
        assertTrue(sigma[0] > 1.5 * sigma[1], sigma[0] + " against " + sigma[1]);
    }

    @Test
    void neverComputesWithDenormalsHoweverLongItRests() {
        PlainEkf resting = new PlainEkf("plain", SampleCells.straight(), two, 0.025, false);
        resting.start(0.5, 0.1);
        for (int k = 0; k < 60_000; k++) { // 48 h in steps below the gap limit, most without a voltage
            sample.begin(3L * k * SECOND);
            sample.readCurrent(k < 100 ? 30.0 : 0.0);
            sample.readCellVoltage(0, k < 200 ? 3.65 : Double.NaN);
            sample.readTemperature(0, 25.0);
            resting.step(sample, estimate);
        }
        assertEquals(0.0, estimate.fastRcV(0), 1e-70);
        assertFalse(Math.abs(estimate.fastRcV(0)) > 0.0 && Math.abs(estimate.fastRcV(0)) < Double.MIN_NORMAL);
    }

    @Test
    void saysItsNameAndRefusesNonsense() {
        assertEquals("plain", ekf.name());
        assertThrows(IllegalStateException.class, () -> ekf.step(sample, estimate));
        assertThrows(IllegalStateException.class, () -> ekf.stepAll(List.of(sample), estimate));
        assertThrows(IllegalArgumentException.class, () -> ekf.start(1.1, 0.1));
        assertThrows(IllegalArgumentException.class, () -> ekf.start(0.5, 0.0));
        assertThrows(IllegalArgumentException.class, () -> ekf.scale(0, 0.0, 1.0));
        assertThrows(IllegalArgumentException.class, () -> ekf.scale(0, 1.0, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new PlainEkf("plain", bent, two, 0.0));
    }

    @ParameterizedTest(name = "{0} cells")
    @CsvSource({"2", "96"})
    void leavesNothingOnTheHeap(int cells) {
        PackLayout layout = new PackLayout(cells, 1, 1);
        PlainEkf plain = new PlainEkf("plain", bent, layout, 0.025);
        PackSample reading = new PackSample(layout);
        PackEstimate into = new PackEstimate(layout);
        plain.start(0.5, 0.1);
        long[] nanos = {0};
        List<PackSample> samples = List.of(reading);
        double bytes = Allocation.bytesPerCall(2_000, () -> {
            nanos[0] += SECOND / 10;
            reading.begin(nanos[0]);
            reading.readCurrent(nanos[0] % SECOND == 0 ? 5.0 : -5.0);
            reading.readCellVoltage(0, 3.7);
            reading.readTemperature(0, 25.0);
            plain.step(reading, into);
            reading.begin(nanos[0] + 1);
            reading.readCurrent(0.0);
            plain.stepAll(samples, into);
        });
        assertEquals(0.0, bytes, 0.01);
    }
}
