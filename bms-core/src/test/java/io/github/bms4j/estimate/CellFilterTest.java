package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out does not depend on how many cells are stepped together, nor in which order. */
class CellFilterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int CELLS = 96;
    private static final int STEPS = 700;

    private static CellType type(String name) {
        return switch (name) {
            case "straight" -> SampleCells.straight();
            case "one pair" -> SampleCells.onePair();
            case "rich" -> SampleCells.rich();
            default -> SampleCells.bent();
        };
    }

    private static SocEstimator filter(String kind, CellType type, PackLayout layout) {
        NoiseModel noise = kind.endsWith("flat") ? NoiseModel.flat() : NoiseModel.sloped();
        return kind.startsWith("ekf") ? new CellEkf(type, layout, noise) : new CellSpkf(type, layout, noise);
    }

    /** One step's readings of a pack, kept so that other packs can be given some of them. */
    private static final class Readings {
        final long nanos;
        final double currentA;
        final double[] tDegC;
        final double[] cellV;

        Readings(long nanos, double currentA, double[] tDegC, double[] cellV) {
            this.nanos = nanos;
            this.currentA = currentA;
            this.tDegC = tDegC;
            this.cellV = cellV;
        }
    }

    /**
     * A noisy drive from almost full: readings that are missing at times, a cell that is never read, one whose voltage drifts
     * far off for minutes, one that jumps, one that stands still, an hour of rest in long steps, a bridged and a blind gap, samples without a current.
     *
     * @param quick whether up to 0.3 s lie between two samples, so that most of them, and jumps, fall between two corrections; else up to 2.5 s
     */
    private static List<Readings> drive(CellType type, long seed, boolean quick) {
        Random random = new Random(seed);
        List<Readings> drive = new ArrayList<>();
        double[] soc = new double[CELLS];
        for (int c = 0; c < CELLS; c++) {
            soc[c] = 0.93 + 0.06 * random.nextDouble();
        }
        double q = type.rating().capacityAh();
        long nanos = 77 * SECOND;
        double packA = 0.0;
        double tDegC = 18.0;
        for (int k = 0; k < STEPS; k++) {
            double usualS = quick ? 0.1 * (1 + k % 3) : 0.5 + (k % 3);
            double dtS = k == 300 ? 45.0 : k == 420 ? 400.0 : k > 500 && k < 560 ? 60.0 : usualS;
            nanos += Math.round(dtS * 1e9);
            boolean rest = k > 500 && k < 560;
            packA = rest ? 0.0 : 0.8 * packA + q * (random.nextDouble() - 0.4);
            tDegC += 0.02 * random.nextGaussian();
            double[] v = new double[CELLS];
            for (int c = 0; c < CELLS; c++) {
                soc[c] = Math.max(0.0, soc[c] - packA * dtS / 3600.0 / q);
                double full = type.ocv().v(soc[c], tDegC) - type.circuit().totalOhm(soc[c], tDegC) * 0.8 * packA;
                v[c] = full
                        + 0.004 * random.nextGaussian()
                        + (c == 17 && k > 80 && k < 300 ? Math.min(1.2, 0.02 * (k - 80)) : 0.0);
                if (c == 60 && k > 100) {
                    v[c] += k < 180 ? 0.3 : 0.1; // jumps twice
                }
                if (c == 71 && k > 30 && k < 90) {
                    v[c] = 3.777; // stands
                }
                if (c == 41 || (c == 23 && k < 200) || random.nextDouble() < 0.01) {
                    v[c] = Double.NaN;
                }
            }
            double currentA = k % 111 == 110 ? Double.NaN : packA;
            drive.add(new Readings(nanos, currentA, new double[] {tDegC, tDegC + 4.0, tDegC - 30.0}, v));
        }
        return drive;
    }

    private static void read(PackSample sample, Readings r, int firstCell, int firstSensor) {
        sample.begin(r.nanos);
        sample.readCurrent(r.currentA);
        for (int s = 0; s < sample.layout().temperatureSensors(); s++) {
            sample.readTemperature(s, r.tDegC[firstSensor + s]);
        }
        for (int c = 0; c < sample.layout().cells(); c++) {
            sample.readCellVoltage(c, r.cellV[firstCell + c]);
        }
    }

    private static void same(PackEstimate expected, int c, PackEstimate actual, int d, String at) {
        assertEquals(expected.soc(c), actual.soc(d), at);
        assertEquals(expected.socSigma(c), actual.socSigma(d), at);
        assertEquals(expected.fastRcV(c), actual.fastRcV(d), at);
        assertEquals(expected.slowRcV(c), actual.slowRcV(d), at);
        assertEquals(expected.diffusionV(c), actual.diffusionV(d), at);
        assertEquals(expected.predictedV(c), actual.predictedV(d), at);
        assertEquals(expected.predictedSigmaV(c), actual.predictedSigmaV(d), at);
        assertEquals(expected.r0Ohm(c), actual.r0Ohm(d), at);
        assertEquals(expected.fastOhm(c), actual.fastOhm(d), at);
        assertEquals(expected.slowOhm(c), actual.slowOhm(d), at);
        assertEquals(expected.ocvSlopeV(c), actual.ocvSlopeV(d), at);
        assertEquals(expected.misfit(c), actual.misfit(d), at);
        assertEquals(expected.resistanceError(c), actual.resistanceError(d), at);
        assertEquals(expected.resistanceErrorSigma(c), actual.resistanceErrorSigma(d), at);
        assertEquals(expected.voltageErrorV(c), actual.voltageErrorV(d), at);
        assertEquals(expected.hysteresis(c), actual.hysteresis(d), at);
        assertEquals(expected.voltageTrust(c), actual.voltageTrust(d), at);
    }

    @ParameterizedTest(name = "{0}, {1}, quick {2}")
    @CsvSource({
        "ekf, rich, false",
        "ekf flat, rich, false",
        "spkf, rich, false",
        "spkf flat, rich, false",
        "ekf, bent, false",
        "ekf, straight, false",
        "spkf, one pair, false",
        "ekf, rich, true",
        "ekf flat, bent, true",
        "spkf, bent, true",
        "spkf flat, rich, true"
    })
    void givesAPackTheBitsOfItsCellsAlone(String kind, String cell, boolean quick) {
        long seed = 31;
        CellType type = type(cell);
        PackLayout pack = new PackLayout(CELLS, 1, 3);
        PackLayout one = new PackLayout(1, 1, 1);
        List<Readings> drive = drive(type, seed, quick);
        SocEstimator whole = filter(kind, type, pack);
        whole.start(0.7, 0.2);
        PackSample sample = new PackSample(pack);
        PackEstimate of = new PackEstimate(pack);
        SocEstimator[] single = new SocEstimator[CELLS];
        PackSample[] cellSample = new PackSample[CELLS];
        PackEstimate[] cellOf = new PackEstimate[CELLS];
        for (int c = 0; c < CELLS; c++) {
            single[c] = filter(kind, type, one);
            single[c].start(0.7, 0.2);
            cellSample[c] = new PackSample(one);
            cellOf[c] = new PackEstimate(one);
        }
        boolean jumped = false;
        for (int k = 0; k < STEPS; k++) {
            read(sample, drive.get(k), 0, 0);
            StepResult result = whole.step(sample, of);
            jumped |= of.voltageTrust(60) == VoltageTrust.JUMPED;
            double sumBiasA = 0.0;
            for (int c = 0; c < CELLS; c++) {
                read(cellSample[c], drive.get(k), c, pack.sensorOfCell(c));
                assertEquals(result, single[c].step(cellSample[c], cellOf[c]));
                same(cellOf[c], 0, of, c, "seed " + seed + " step " + k + " cell " + c);
                sumBiasA += cellOf[c].currentBiasA();
            }
            assertEquals(sumBiasA / CELLS, of.currentBiasA(), 1e-12);
        }
        int reopened = 0;
        for (SocEstimator filter : single) {
            reopened += ((CellFilter) filter).reopened();
        }
        assertEquals(reopened, ((CellFilter) whole).reopened());
        assertTrue(reopened > 0 || kind.endsWith("flat") || quick, "no cell was reopened");
        assertTrue(jumped, "no voltage jumped");
    }

    @ParameterizedTest(name = "{0}, {1} cells, quick {2}")
    @CsvSource({
        "ekf, 5, false",
        "ekf, 96, false",
        "spkf flat, 96, false",
        "ekf flat, 3, true",
        "ekf, 96, true",
        "spkf, 96, true"
    })
    void givesTheSameBitsBlockAfterBlockAndSampleAfterSample(String kind, int cells, boolean quick) {
        CellType type = SampleCells.rich();
        PackLayout layout = new PackLayout(cells, 1, 3);
        List<PackSample> samples = new ArrayList<>();
        for (Readings r : drive(type, 32, quick).subList(0, 150)) {
            PackSample sample = new PackSample(layout);
            read(sample, r, 0, 0);
            samples.add(sample);
        }
        SocEstimator stepped = filter(kind, type, layout);
        SocEstimator replayed = filter(kind, type, layout);
        stepped.start(0.7, 0.2);
        replayed.start(0.7, 0.2);
        PackEstimate fromSteps = new PackEstimate(layout);
        PackEstimate fromReplay = new PackEstimate(layout);
        int used = 0;
        for (PackSample sample : samples) {
            used += stepped.step(sample, fromSteps) == StepResult.USED ? 1 : 0;
        }
        assertEquals(149, used);
        assertEquals(
                used,
                replayed.stepAll(samples.subList(0, 70), fromReplay)
                        + replayed.stepAll(samples.subList(70, 150), fromReplay));
        for (int c = 0; c < cells; c++) {
            same(fromSteps, c, fromReplay, c, "seed 32 cell " + c);
        }
        assertEquals(fromSteps.currentBiasA(), fromReplay.currentBiasA());
        assertEquals(fromSteps.nanos(), fromReplay.nanos());
        assertEquals(0, replayed.stepAll(List.of(), fromReplay));
        assertEquals(0, replayed.stepAll(samples.subList(149, 150), fromReplay));
    }

    @Test
    void leavesABlockWhateverItsSizeToTheSameNumberOfCells() {
        PackLayout many = new PackLayout(300, 1, 3); // three blocks of 100
        CellEkf ekf = new CellEkf(SampleCells.straight(), many, NoiseModel.sloped());
        ekf.start(0.5, 0.1);
        PackSample sample = new PackSample(many);
        PackEstimate of = new PackEstimate(many);
        for (int k = 0; k < 5; k++) {
            sample.begin(k * SECOND);
            sample.readCurrent(3.0);
            for (int c = 0; c < 300; c++) {
                sample.readCellVoltage(c, 3.4 + 0.001 * c);
            }
            for (int s = 0; s < 3; s++) {
                sample.readTemperature(s, 25.0);
            }
            ekf.step(sample, of);
        }
        for (int c = 1; c < 300; c++) {
            assertTrue(of.soc(c) > of.soc(c - 1), "cell " + c + " has the higher voltage");
        }
        assertEquals(299, of.strongest());
        assertNotEquals(of.soc(0), of.soc(299));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ekf", "ekf flat", "spkf"})
    void neverComputesWithDenormalsHoweverLongItRests(String kind) {
        PackLayout layout = new PackLayout(12, 1, 1);
        SocEstimator resting = filter(kind, SampleCells.rich(), layout);
        resting.start(0.5, 0.1);
        PackSample sample = new PackSample(layout);
        PackEstimate of = new PackEstimate(layout);
        for (int k = 0; k < 60_000; k++) { // 7 days, most without a voltage
            sample.begin(10L * k * SECOND);
            sample.readCurrent(k < 100 ? 3.0 : 0.0);
            for (int c = 0; c < 12; c++) {
                sample.readCellVoltage(c, k < 200 ? 3.65 : Double.NaN);
            }
            sample.readTemperature(0, 25.0);
            resting.step(sample, of);
        }
        for (int c = 0; c < 12; c++) {
            assertEquals(0.0, of.fastRcV(c), 1e-70);
            assertEquals(0.0, of.slowRcV(c), 1e-70);
            assertTrue(of.socSigma(c) > 0.0 && of.predictedSigmaV(c) > 0.0);
        }
    }

    @ParameterizedTest(name = "{0}, {1} cells")
    @CsvSource({"ekf, 2", "ekf, 96", "spkf, 96"})
    void leavesNothingOnTheHeap(String kind, int cells) {
        PackLayout layout = new PackLayout(cells, 1, 1);
        SocEstimator filter = filter(kind, SampleCells.rich(), layout);
        PackSample reading = new PackSample(layout);
        PackEstimate into = new PackEstimate(layout);
        filter.start(0.5, 0.1);
        long[] nanos = {0};
        List<PackSample> samples = List.of(reading);
        double bytes = Allocation.bytesPerCall(2_000, () -> {
            nanos[0] += SECOND / 10;
            reading.begin(nanos[0]);
            reading.readCurrent(nanos[0] % SECOND == 0 ? 2.0 : -2.0);
            reading.readCellVoltage(0, 3.7);
            reading.readTemperature(0, 25.0);
            filter.step(reading, into);
            reading.begin(nanos[0] + 1);
            reading.readCurrent(0.0);
            filter.stepAll(samples, into);
        });
        assertEquals(0.0, bytes, 0.01);
    }
}
