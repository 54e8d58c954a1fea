package io.github.bms4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
    private static final Plausible VOLTS = new Plausible(0.5, 5.0, 0.25);

    private final Channel channel = new Channel(3, VOLTS);

    @Test
    void startsUnknownWithoutAValue() {
        assertEquals(3, channel.size());
        assertEquals(Quality.UNKNOWN, channel.quality(0));
        assertTrue(Double.isNaN(channel.value(0)));
        assertEquals(Double.POSITIVE_INFINITY, channel.ageS(0, 5));
        assertEquals(-1, channel.highest());
        assertEquals(-1, channel.lowest());
        assertFalse(channel.allUsable());
    }

    @Test
    void staysUnknownUntilTheFirstValidReading() {
        channel.begin();
        assertEquals(Quality.MISSING, channel.read(0, Double.NaN, 0));
        assertEquals(Quality.SUSPECT, channel.read(1, 9.0, 0));
        assertEquals(Quality.UNKNOWN, channel.quality(0));
        assertEquals(Quality.UNKNOWN, channel.quality(1));
        assertTrue(Double.isNaN(channel.value(1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.49, 5.01, 4.2})
    void keepsTheLastValidReadingWhateverArrives(double nonsense) {
        channel.begin();
        channel.read(0, 3.7, 1_000_000_000L);
        channel.begin();
        assertEquals(Quality.MISSING, channel.quality(0));
        Quality q = channel.read(0, nonsense, 3_000_000_000L);
        assertFalse(q.usable());
        assertEquals(q, channel.quality(0));
        assertEquals(3.7, channel.value(0));
        assertEquals(4.0, channel.ageS(0, 5_000_000_000L), 1e-12);
    }

    @Test
    void believesAJumpOnceASecondReadingAgrees() {
        channel.begin();
        channel.read(0, 3.7, 0);
        channel.begin();
        assertEquals(Quality.SUSPECT, channel.read(0, 4.2, 1));
        channel.begin();
        assertEquals(Quality.VALID, channel.read(0, 4.19, 2));
        assertEquals(4.19, channel.value(0));
    }

    @Test
    void doesNotTakeAnOldSpikeForConfirmation() {
        channel.begin();
        channel.read(0, 3.7, 0);
        channel.read(0, 4.5, 1);
        channel.read(0, 3.7, 2);
        assertEquals(Quality.SUSPECT, channel.read(0, 4.5, 3));
        assertEquals(3.7, channel.value(0));
    }

    @Test
    void takesValuesOnTheEdgeOfItsRangeAndJump() {
        channel.begin();
        assertEquals(Quality.VALID, channel.read(0, 0.5, 0));
        assertEquals(Quality.VALID, channel.read(1, 5.0, 0));
        assertEquals(Quality.VALID, channel.read(2, 1.0, 0));
        assertEquals(Quality.VALID, channel.read(2, 1.25, 0));
        assertTrue(channel.allUsable());
        assertTrue(channel.usable(2));
    }

    @Test
    void namesTheSensorsOfTheExtremesAndTheOldestAge() {
        channel.begin();
        channel.read(0, 3.7, 0);
        channel.read(1, 3.9, 2_000_000_000L);
        assertEquals(Double.POSITIVE_INFINITY, channel.maxAgeS(3_000_000_000L));
        channel.read(2, 3.5, 3_000_000_000L);
        assertEquals(1, channel.highest());
        assertEquals(2, channel.lowest());
        assertEquals(3.0, channel.maxAgeS(3_000_000_000L), 1e-12);
    }

    @Test
    void refusesARangeThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new Plausible(1.0, 1.0, 1.0));
        assertThrows(IllegalArgumentException.class, () -> new Plausible(0.0, 1.0, 0.0));
        assertThrows(IllegalArgumentException.class, () -> new Plausible(0.0, 1.0, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Plausible(Double.NaN, 1.0, 1.0));
    }
}
