package io.github.bms4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import org.junit.jupiter.api.Test;

class PackSampleTest {
    private final PackLayout layout = new PackLayout(4, 2, 2);
    private final PackSample sample = new PackSample(layout);

    @Test
    void isCompleteOnlyWhenEverythingWasReadInThisCycle() {
        assertFalse(sample.complete());
        fill(1_000L);
        assertTrue(sample.complete());
        sample.begin(2_000L);
        assertFalse(sample.complete());
        assertEquals(2_000L, sample.nanos());
        assertEquals(3.6, sample.cellVoltage().value(2));
    }

    @Test
    void isNotCompleteWithoutOneOfItsQuantities() {
        for (int missing = 0; missing < 3; missing++) {
            PackSample part = new PackSample(layout);
            part.begin(0);
            part.readCurrent(missing == 0 ? Double.NaN : 1.0);
            for (int c = 0; c < 4; c++) {
                part.readCellVoltage(c, missing == 1 && c == 3 ? Double.NaN : 3.6);
            }
            part.readTemperature(0, 20.0);
            part.readTemperature(1, missing == 2 ? Double.NaN : 20.0);
            assertFalse(part.complete(), "missing " + missing);
        }
    }

    @Test
    void givesEachCellTheTemperatureOfItsSensor() {
        sample.begin(0);
        sample.readTemperature(0, 20.0);
        sample.readTemperature(1, 30.0);
        assertEquals(20.0, sample.cellTemperatureDegC(0));
        assertEquals(20.0, sample.cellTemperatureDegC(1));
        assertEquals(30.0, sample.cellTemperatureDegC(2));
        assertEquals(30.0, sample.cellTemperatureDegC(3));
    }

    @Test
    void doubtsWhatNoFrontEndReads() {
        sample.begin(0);
        assertEquals(Quality.SUSPECT, sample.readCellVoltage(0, 0.02));
        assertEquals(Quality.SUSPECT, sample.readCellVoltage(0, 5.5));
        assertEquals(Quality.SUSPECT, sample.readTemperature(0, -46.0));
        assertEquals(Quality.SUSPECT, sample.readTemperature(0, 215.0));
        assertEquals(Quality.SUSPECT, sample.readCurrent(301.0));
        assertEquals(Quality.VALID, sample.readCurrent(-300.0));
        assertEquals(Quality.SUSPECT, sample.readPackVoltage(21.0));
        assertEquals(Quality.VALID, sample.readPackVoltage(14.4));
        assertEquals(14.4, sample.packVoltage().value(0));
        assertEquals(-300.0, sample.current().value(0));
    }

    private void fill(long nanos) {
        sample.begin(nanos);
        sample.readCurrent(1.0);
        for (int c = 0; c < 4; c++) {
            sample.readCellVoltage(c, 3.6);
        }
        sample.readTemperature(0, 20.0);
        sample.readTemperature(1, 21.0);
    }

    @Test
    void carriesWhatWasBledFromCycleToCycle() {
        PackSample sample = new PackSample(new PackLayout(3, 1, 1));
        sample.begin(1);
        assertFalse(sample.bleeds());
        assertTrue(Double.isNaN(sample.bledAs(1)));
        sample.readBled(1, 12.5);
        assertTrue(sample.bleeds());
        sample.begin(2);
        sample.readBled(1, Double.NaN);
        sample.readBled(1, Double.POSITIVE_INFINITY);
        assertEquals(12.5, sample.bledAs(1));
        assertTrue(Double.isNaN(sample.bledAs(0)));
        assertTrue(sample.bleeds());
    }
}
