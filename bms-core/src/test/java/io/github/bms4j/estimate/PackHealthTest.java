package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PackHealthTest {
    private final PackHealth health = new PackHealth(3);

    @Test
    void isUnknownUntilWritten() {
        assertTrue(Double.isNaN(health.sohC()));
        assertTrue(Double.isNaN(health.sohCSigma()));
        assertTrue(Double.isNaN(health.sohR()));
        assertTrue(Double.isNaN(health.sohRSigma()));
        assertTrue(Double.isNaN(health.capacityAh(0)));
        assertTrue(Double.isNaN(health.sohC(1)));
        assertTrue(Double.isNaN(health.sohR(2)));
        assertEquals(-1, health.smallest());
        assertEquals(-1, health.stiffest());
    }

    @Test
    void isAsHealthyAsItsSmallestCell() {
        health.capacity(0, 2.7, 0.09);
        health.capacity(1, 2.4, 0.06);
        health.capacity(2, 3.3, 0.03);
        health.closeCapacity(3.0);
        assertEquals(1, health.smallest());
        assertEquals(0.8, health.sohC(), 1e-12);
        assertEquals(0.02, health.sohCSigma(), 1e-12);
        assertEquals(1.1, health.sohC(2), 1e-12);
        assertEquals(0.03, health.sohCSigma(0), 1e-12);
        assertEquals(2.7, health.capacityAh(0));
        assertEquals(0.03, health.capacitySigmaAh(2));
    }

    @Test
    void isAsHealthyAsItsStiffestKnownCell() {
        health.resistance(1, 1.2, 0.1);
        health.resistance(2, 1.7, 0.2);
        health.closeResistance();
        assertEquals(2, health.stiffest());
        assertEquals(0.3, health.sohR(), 1e-12);
        assertEquals(0.2, health.sohRSigma());
        assertEquals(0.8, health.sohR(1), 1e-12);
        assertEquals(1.7, health.resistanceRatio(2));
        health.resistance(2, 2.1, 0.2);
        assertEquals(-0.1, health.sohR(2), 1e-12);
        health.resistance(2, 0.9, 0.2);
        health.closeResistance();
        assertEquals(1, health.stiffest());
    }
}
