package io.github.bms4j.sim.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.CellDefects;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrueFaultsTest {
    private static final PackLayout LAYOUT = new PackLayout(3, 4, 3);
    private static final PackSpread NO_SPREAD = new PackSpread(0.0, 0.0, 0.0, 0.0);

    private static SimPack pack() {
        return new SimPack(ShippedData.truth(), LAYOUT, NO_SPREAD, 1.0, 0.7, 25.0, new NoiseSource(1));
    }

    @Test
    void aLeakTakesChargeByOhmsLawAndWarmsItsCell() {
        SimPack pack = pack();
        TrueDefects defects = new TrueDefects(3, pack.capacityAh(0));
        pack.defects(defects);
        defects.leak(1, 2.0);
        double v = pack.cellV(1);
        double soc = pack.soc(1);
        pack.step(0.0, 60.0, 25.0);
        assertEquals(soc - v / 2.0 / 4.0 * 60.0 / 3600.0 / pack.capacityAh(1), pack.soc(1), 1e-12);
        assertEquals(soc, pack.soc(0));
        assertTrue(pack.temperatureDegC(1) > 25.1);
        assertEquals(25.0, pack.temperatureDegC(0));
        defects.leak(1, Double.POSITIVE_INFINITY);
        double held = pack.soc(1);
        pack.step(0.0, 60.0, 25.0);
        assertEquals(held, pack.soc(1));
        pack.defects(CellDefects.NONE);
        pack.step(0.0, 60.0, 25.0);
        assertEquals(held, pack.soc(1));
        assertThrows(IllegalArgumentException.class, () -> defects.leak(1, 0.0));
    }

    @Test
    void platedLithiumHoldsTheVoltageUpOnAPlateauUntilItIsGone() {
        SimPack pack = pack();
        TrueDefects defects = new TrueDefects(3, pack.capacityAh(0));
        pack.defects(defects);
        defects.plate(2, 0.003 * pack.capacityAh(0));
        double soundV = pack.cellV(2);
        pack.step(0.0, 1.0, 25.0);
        double first = pack.cellV(2) - soundV;
        assertEquals(first, defects.addedV(2), 1e-12);
        assertTrue(first > 0.010 && first < 0.020, "added " + first);
        assertEquals(soundV, pack.cellV(0));
        double halfAh = 0.5 * defects.platedAh(2);
        int half = 0;
        int gone = 0;
        for (int s = 1; s < 7200 && gone == 0; s++) {
            pack.step(0.0, 1.0, 25.0);
            half = half == 0 && defects.platedAh(2) < halfAh ? s : half;
            gone = defects.addedV(2) == 0.0 ? s : 0;
            if (half == s) {
                assertTrue(defects.addedV(2) > 0.9 * first, "a plateau: " + defects.addedV(2));
            }
        }
        assertTrue(half > 300 && gone > 1.7 * half && gone < 3600, half + " s, " + gone + " s");
        assertEquals(0.0, defects.platedAh(2));
        assertThrows(IllegalArgumentException.class, () -> defects.plate(2, -1.0));
    }

    @ParameterizedTest(name = "at {0} degC it lasts {1} times as long as at 25")
    @CsvSource({"25, 1", "5, 3.18", "40, 0.463"})
    void strippingIsSlowerInTheCold(double degC, double times) {
        TrueDefects room = new TrueDefects(1, 3.0);
        TrueDefects there = new TrueDefects(1, 3.0);
        room.plate(0, 0.01);
        there.plate(0, 0.01);
        room.extraV(0, 0.0, 0.5, 25.0, 1.0);
        there.extraV(0, 0.0, 0.5, degC, 1.0);
        assertEquals(times, (0.01 - room.platedAh(0)) / (0.01 - there.platedAh(0)), 0.02 * times);
    }

    @Test
    void aDischargeStripsFirstAndALoadHidesThePlateau() {
        TrueDefects defects = new TrueDefects(1, 3.0);
        defects.plate(0, 0.01);
        assertEquals(0.0, defects.extraV(0, 3.0, 0.5, 25.0, 6.0));
        assertTrue(defects.platedAh(0) < 0.005 && defects.platedAh(0) > 0.0);
        assertEquals(0.0, defects.extraV(0, -3.0, 0.5, 25.0, 1.0), "nor does a charge show it");
        assertTrue(defects.extraV(0, 0.1, 0.5, 25.0, 1.0) > 0.005);
    }

    @Test
    void sensorsDriftByWhatTheyAreTold() {
        SimPack pack = pack();
        SimSensors sensors = new SimSensors(pack, SensorFlaws.none(), new NoiseSource(2));
        PackSample sample = new PackSample(LAYOUT);
        sensors.driftCellV(1, 0.011);
        sensors.driftA(-3.0);
        sensors.driftK(2, 4.0);
        sensors.read(pack, 10.0, 0, sample);
        assertEquals(pack.cellV(1) + 0.011, sample.cellVoltage().value(1), 1e-4);
        assertEquals(pack.cellV(0), sample.cellVoltage().value(0), 1e-4);
        assertEquals(7.0, sample.current().value(0), 0.01);
        assertEquals(29.0, sample.temperature().value(2), 0.1);
        assertEquals(25.0, sample.temperature().value(1), 0.1);
        assertEquals(pack.packV(), sample.packVoltage().value(0), 0.01);
    }

    @Test
    void theTruePlatingMapFallsWithColdAndChargeAndWithWhatIsHarder() {
        TruePlatingMap map = new TruePlatingMap(ShippedData.truth(), 2, 0.0, 1.0, new NoiseSource(4));
        assertTrue(map.mostA(0, 0.3, 25.0) > 1.5 * map.mostA(0, 0.9, 25.0));
        assertTrue(map.mostA(0, 0.5, 25.0) > 2.0 * map.mostA(0, 0.5, 5.0));
        assertEquals(0.0, map.mostA(0, 0.5, 0.0));
        TruePlatingMap harder = new TruePlatingMap(ShippedData.truth(), 2, 0.0, 1.25, new NoiseSource(4));
        assertEquals(map.mostA(1, 0.5, 25.0), 1.25 * harder.mostA(1, 0.5, 25.0), 1e-9);
        TruePlatingMap lower = new TruePlatingMap(ShippedData.truth(), 2, -0.01, 1.0, new NoiseSource(4));
        assertTrue(lower.mostA(0, 0.9, 25.0) < 0.9 * map.mostA(0, 0.9, 25.0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TruePlatingMap(ShippedData.truth(), 2, 0.1, 1.0, new NoiseSource(4)));
        SimPack pack = pack();
        TruePlatingMap three = new TruePlatingMap(ShippedData.truth(), 3, 0.0, 1.0, new NoiseSource(4));
        double worst = Double.POSITIVE_INFINITY;
        for (int c = 0; c < 3; c++) {
            worst = Math.min(worst, three.mostA(c, pack.soc(c), 25.0));
        }
        assertEquals(0.2, three.excess(pack, 4.0 * 1.2 * worst), 1e-9);
    }
}
