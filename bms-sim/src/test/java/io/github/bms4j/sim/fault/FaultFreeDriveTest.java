package io.github.bms4j.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultFreeDriveTest {
    @ParameterizedTest(name = "{0} h every {1} s, seed {2}")
    @CsvSource({"8, 1.0, 1", "8, 1.0, 2", "0.5, 0.1, 3"})
    void nothingTripsWithoutAFault(double hours, double periodS, long seed) {
        FaultFreeResult result = FaultFreeDrive.run(hours, periodS, seed);
        assertEquals(0, result.trips(), "seed " + seed + ": " + result.text());
        assertEquals(hours, result.drivenH(), 0.001);
        assertEquals(result.hours() * 3600.0 / periodS, (double) result.cycles(), 0.01 * result.cycles());
        assertTrue(result.drives() > 0 && result.hours() >= hours, result.text());
    }

    @Test
    void drivesRestsAndChargesOverTheWholeRangeOfUse() {
        FaultFreeResult result = FaultFreeDrive.run(20.0, 1.0, 4L);
        assertTrue(result.drives() > 10 && result.charges() > 5 && result.fullCycles() > 5.0, result.text());
        assertTrue(result.coldestDegC() < 0.0 && result.hottestDegC() > 35.0, result.text());
        assertEquals(0.001, result.lostCycles() / (double) result.cycles(), 0.0003, result.text());
        assertTrue(result.text().startsWith("0 trips in 20 h of driving without a fault ("), result.text());
    }

    @Tag("endurance")
    @Test
    void nothingTripsInAThousandHours() {
        FaultFreeResult result = FaultFreeDrive.run(1000.0, 1.0, 5L);
        assertEquals(0, result.trips(), result.text());
        assertTrue(result.fullCycles() > 100.0, result.text());
    }

    @Test
    void refusesNoTime() {
        assertThrows(IllegalArgumentException.class, () -> FaultFreeDrive.run(0.0, 1.0, 1L));
        assertThrows(IllegalArgumentException.class, () -> FaultFreeDrive.run(1.0, 0.0, 1L));
    }
}
