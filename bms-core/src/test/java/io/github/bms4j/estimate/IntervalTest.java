package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;

/** Two groups of two cells with two sensors of temperature. */
class IntervalTest {
    private final PackLayout layout = new PackLayout(2, 2, 2);
    private final PackSample sample = new PackSample(layout);
    private final Interval interval = new Interval(layout);

    private boolean open(double timeS, double packA) {
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(packA);
        sample.readTemperature(0, 25.0);
        sample.readTemperature(1, 25.0);
        return interval.open(sample);
    }

    @Test
    void theFirstSampleSetsTheTimeOnly() {
        assertTrue(open(100.0, 6.0));
        assertEquals(0.0, interval.dtS());
        assertEquals(3.0, interval.meanA());
        assertEquals(3.0, interval.nowA());
        assertFalse(interval.gap());
    }

    @Test
    void theNextOnesGiveTimeAndMeanCurrentOfACell() {
        open(100.0, 6.0);
        assertTrue(open(102.5, -2.0));
        assertEquals(2.5, interval.dtS(), 1e-12);
        assertEquals(1.0, interval.meanA(), 1e-12);
        assertEquals(-1.0, interval.nowA(), 1e-12);
        assertTrue(open(103.0, 4.0));
        assertEquals(0.5, interval.dtS(), 1e-12);
        assertEquals(0.5, interval.meanA(), 1e-12);
    }

    @Test
    void whatIsLongerThanCanBeBridgedIsAGap() {
        open(0.0, 1.0);
        open(Interval.MAX_GAP_S - 0.1, 1.0);
        assertFalse(interval.gap());
        open(2.0 * Interval.MAX_GAP_S, 1.0);
        assertTrue(interval.gap());
    }

    @Test
    void aSampleThatCannotBeUsedChangesNothing() {
        assertFalse(interval.open(sample), "nothing was read yet");
        open(100.0, 6.0);
        assertFalse(open(100.0, 9.0), "time stands");
        assertFalse(open(99.0, 9.0), "time runs backwards");
        assertFalse(open(101.0, Double.NaN), "no current");
        assertEquals(0.0, interval.dtS());
        assertEquals(3.0, interval.nowA());
        assertTrue(open(102.0, 2.0));
        assertEquals(2.0, interval.dtS(), 1e-12, "since the last one that was used");
        assertEquals(2.0, interval.meanA(), 1e-12);
    }

    @Test
    void waitsUntilEverySensorOfTemperatureWasRead() {
        PackSample fresh = new PackSample(layout);
        fresh.begin(0);
        fresh.readCurrent(1.0);
        assertFalse(Interval.temperaturesKnown(fresh.temperature()));
        fresh.readTemperature(0, 25.0);
        assertFalse(interval.open(fresh));
        assertFalse(Interval.temperaturesKnown(fresh.temperature()));
        fresh.readTemperature(1, 25.0);
        assertTrue(Interval.temperaturesKnown(fresh.temperature()));
        assertTrue(interval.open(fresh));
    }

    @Test
    void afterARestartTheNextSampleIsTheFirst() {
        open(100.0, 6.0);
        interval.restart();
        assertTrue(open(50.0, 2.0), "even an earlier one");
        assertEquals(0.0, interval.dtS());
        assertEquals(1.0, interval.meanA());
    }
}
