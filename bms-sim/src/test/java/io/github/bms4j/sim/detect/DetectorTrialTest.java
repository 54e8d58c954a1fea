package io.github.bms4j.sim.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.detect.DetectorSettings;
import io.github.bms4j.detect.Detectors;
import io.github.bms4j.detect.InternalShortDetector;
import io.github.bms4j.sim.detect.DetectorBench.Mix;
import io.github.bms4j.sim.detect.DetectorTrial.Outcome;
import io.github.bms4j.sim.detect.DetectorTrial.Quiet;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small part of what {@code docs/detector-trial.sh} prints, with all detectors running at once. */
class DetectorTrialTest {
    @ParameterizedTest(name = "{0} {1} in pack {2} within {3} h")
    @CsvSource({
        "LEAK, 50, 1, 60",
        "LEAK, 200, 2, 15",
        "LEAK, 2000, 3, 5",
        "PLATED_CELL, 2, 0, 1",
        "PLATED_CELL, 5, 2, 3",
        "PLATED_CELL, 10, 4, 3",
        "PLATED_PACK, 5, 1, 2",
        "CELL_STEP, 11, 0, 1",
        "CELL_STEP, -25, 4, 1",
        "CELL_DRIFT, 11, 2, 48",
        "PACK_STEP, 50, 0, 1",
        "CURRENT_STEP, 2, 1, 30",
        "CURRENT_STEP, -6, 3, 8",
        "TEMPERATURE_STEP, 4, 1, 1",
        "TEMPERATURE_DRIFT, 3, 0, 48"
    })
    void namesTheRightOneAndTheTrueSizeIsInsideTheInterval(Fault.Kind kind, double size, int mix, double hours) {
        Outcome outcome = DetectorTrial.shipped().run(new Fault(kind, size), DetectorBench.MIXES[mix], 11);
        assertTrue(outcome.found(), outcome.toString());
        assertTrue(outcome.others().isEmpty(), outcome.toString());
        assertTrue(outcome.inside(), outcome.toString());
        assertTrue(outcome.hours() > 0.0 && outcome.hours() <= hours, outcome.toString());
    }

    @ParameterizedTest(name = "pack {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void findsNothingInASoundPack(int mix) {
        Quiet quiet = DetectorTrial.shipped().quiet(DetectorBench.MIXES[mix], 2, 6);
        assertEquals(0, quiet.total(), () -> quiet.what().toString());
        assertEquals(288.0, quiet.packHours());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1})
    void onAPlateauALeakIsKnownLessWellAndSaysSo(long seed) {
        double slopedA = sigmaA(DetectorTrial.shipped(), seed);
        double flatA = sigmaA(OtherCell.lfpTrial(), seed);
        assertTrue(flatA > 2.0 * slopedA, "seed " + seed + ": " + flatA + " A against " + slopedA);
        assertEquals(0, OtherCell.lfpTrial().quiet(DetectorBench.MIXES[0], 1, 6).total());
    }

    private static double sigmaA(DetectorTrial trial, long seed) {
        Mix mix = DetectorBench.MIXES[0];
        Detectors detectors = trial.detectors(DetectorSettings.all());
        trial.bench(mix, seed, (sample, estimate) -> detectors.step(sample, estimate, false))
                .day();
        InternalShortDetector leak = Objects.requireNonNull(detectors.internalShort());
        double sum = 0.0;
        for (int c = 0; c < DetectorBench.CELLS; c++) {
            sum += leak.sigmaA(c) / DetectorBench.CELLS;
        }
        return sum;
    }
}
