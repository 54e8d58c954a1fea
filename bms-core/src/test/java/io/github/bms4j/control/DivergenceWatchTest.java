package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.CellEkf;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;

/** A pack of two cells at rest, read once a second. */
class DivergenceWatchTest {
    private final PackLayout layout = new PackLayout(2, 1, 1);
    private final CellEkf ekf = new CellEkf(SampleCells.straight(), layout, NoiseModel.sloped());
    private final PackEstimate estimate = new PackEstimate(layout);
    private final PackSample sample = new PackSample(layout);
    private final DivergenceWatch watch = new DivergenceWatch();
    private long nanos;

    private void second(double v0, double v1) {
        nanos += 1_000_000_000L;
        sample.begin(nanos);
        sample.readCurrent(0.0);
        sample.readCellVoltage(0, v0);
        sample.readCellVoltage(1, v1);
        sample.readTemperature(0, 25.0);
        ekf.step(sample, estimate);
    }

    private static void write(PackEstimate into, long atNanos, double sigma, double misfit) {
        Estimates.misfit(into, 1, misfit);
        Estimates.write(into, atNanos, sigma, 0.5, 0.5);
    }

    @Test
    void whatIsNotKnownYetDoesNotDiverge() {
        assertFalse(watch.look(estimate));
        assertTrue(Double.isNaN(watch.worst()));
        ekf.start(0.5, 0.3);
        second(3.65, 3.65);
        assertFalse(watch.look(estimate), "a wide sigma at the start is honest");
    }

    @Test
    void anEstimateThatFollowsItsCellsDoesNotDiverge() {
        ekf.start(0.5, 0.02);
        for (int k = 0; k < 200; k++) {
            second(3.65, 3.66);
            assertFalse(watch.look(estimate));
        }
        assertTrue(watch.worst() < 5.0, () -> "misfit " + watch.worst());
    }

    @Test
    void innovationsFarBeyondWhatTheFilterStatesAreDivergence() {
        PackEstimate strange = new PackEstimate(layout);
        write(strange, 1L, 0.02, 10.0);
        assertFalse(watch.look(strange));
        assertEquals(10.0, watch.worst());
        write(strange, 2L, 0.02, 11.0);
        assertTrue(watch.look(strange));
        assertEquals(11.0, watch.worst());
    }

    @Test
    void aSocThatWasKnownAndIsLostIsDivergence() {
        PackEstimate lost = new PackEstimate(layout);
        write(lost, 1L, 0.20, 1.0);
        assertFalse(watch.look(lost), "never known");
        write(lost, 2L, 0.04, 1.0);
        assertFalse(watch.look(lost));
        write(lost, 3L, 0.09, 1.0);
        assertFalse(watch.look(lost), "less sure, not lost");
        write(lost, 4L, 0.11, 1.0);
        assertTrue(watch.look(lost));
    }
}
