package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendTimerTest {

    @Test
    void keepsItsGridWhenAskedLate() {
        SendTimer timer = new SendTimer(50);
        timer.start(1_000);
        assertTrue(timer.due(1_000));
        assertFalse(timer.due(1_000));
        assertFalse(timer.due(1_049));
        assertTrue(timer.due(1_057));
        assertFalse(timer.due(1_099));
        assertTrue(timer.due(1_100));
    }

    @Test
    void leavesOutPointsThatPassed() {
        SendTimer timer = new SendTimer(50);
        timer.start(0);
        assertTrue(timer.due(1_010));
        assertFalse(timer.due(1_049));
        assertTrue(timer.due(1_050));
    }

    @Test
    void runsAcrossTheEndOfTheClock() {
        SendTimer timer = new SendTimer(50);
        timer.start(Long.MAX_VALUE - 10);
        assertTrue(timer.due(Long.MAX_VALUE - 10));
        assertFalse(timer.due(Long.MIN_VALUE + 38));
        assertTrue(timer.due(Long.MIN_VALUE + 39));
    }

    @Test
    void saysNothingWhileStopped() {
        SendTimer timer = new SendTimer(50);
        assertFalse(timer.due(Long.MAX_VALUE));
        timer.start(0);
        assertTrue(timer.running());
        timer.stop();
        assertFalse(timer.running());
        assertFalse(timer.due(100));
        timer.start(107);
        assertTrue(timer.due(107));
        assertFalse(timer.due(156));
        assertEquals(true, timer.due(157));
    }

    @Test
    void refusesAPeriodOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new SendTimer(0));
        assertThrows(IllegalArgumentException.class, () -> new SendTimer(-1));
    }
}
