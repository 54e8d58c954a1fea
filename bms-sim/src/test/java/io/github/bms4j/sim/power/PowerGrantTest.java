package io.github.bms4j.sim.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerGrantTest {
    private static final CellType CELL = ShippedData.cell();

    private static SimPack pack(double soc, double degC) {
        PackSpread none = new PackSpread(0.0, 0.0, 0.0, 0.0);
        return new SimPack(ShippedData.truth(), new PackLayout(4, 1, 1), none, 1.0, soc, degC, new NoiseSource(1L));
    }

    private static double most(PowerGrant grant, SimPack start, double sign, double mostW, double forS) {
        double[] soundW = new double[1];
        grant.most(start, sign, mostW, new double[] {forS}, soundW);
        return soundW[0];
    }

    @ParameterizedTest(name = "SOC {0}, {1} °C, {2}")
    @CsvSource({"0.5, 25, 1", "0.5, -10, 1", "0.1, 20, 1", "0.5, 3, -1", "0.95, 25, -1", "0.5, 55, 1", "0.5, -5, -1"})
    void findsForManyTimesWhatItFindsForEach(double soc, double degC, double sign) {
        SimPack start = pack(soc, degC);
        PowerGrant grant = new PowerGrant(CELL, start, degC);
        double[] forS = {1.0, 10.0, 60.0, 300.0};
        double[] soundW = new double[forS.length];
        grant.most(start, sign, 400.0, forS, soundW);
        for (int k = 0; k < forS.length; k++) {
            assertEquals(most(grant, start, sign, 400.0, forS[k]), soundW[k], 400.0 / 4096.0, forS[k] + " s");
            assertTrue(k == 0 || soundW[k] <= soundW[k - 1] + 400.0 / 4096.0, forS[k] + " s");
        }
    }

    @ParameterizedTest(name = "SOC {0}, {1} °C, {2} for {3} s")
    @CsvSource({
        "0.5, 25, 1, 10",
        "0.5, -10, 1, 30",
        "0.1, 20, 1, 60",
        "0.5, 25, -1, 10",
        "0.95, 25, -1, 60",
        "0.5, 55, 1, 60"
    })
    void findsTheMostThatBreaksNothing(double soc, double degC, double sign, double forS) {
        SimPack start = pack(soc, degC);
        PowerGrant grant = new PowerGrant(CELL, start, degC);
        double most = most(grant, start, sign, 400.0, forS);
        assertTrue(most > 1.0 && most < 400.0, "most " + most);
        assertTrue(grant.excess(start, sign * most, forS) <= 0.0);
        assertTrue(grant.excess(start, sign * most * 1.01, forS) > 0.0);
        assertEquals(soc, start.lowestSoc(), "the pack itself is left alone");
    }

    @Test
    void givesNothingWhereNothingIsAllowed() {
        SimPack start = pack(0.5, -5.0);
        assertEquals(0.0, most(new PowerGrant(CELL, start, -5.0), start, -1.0, 100.0, 10.0));
        assertEquals(Double.POSITIVE_INFINITY, new PowerGrant(CELL, start, -5.0).excess(start, 1e6, 10.0));
    }

    @ParameterizedTest(name = "{0} A at SOC {1}, {2} °C: {3}")
    @CsvSource({
        "22.22, 0.5, 25, 0.01", // 1 % above the rating
        "-1.54, 0.5, 10, 0.0267", // 0.5 1/h is allowed, 0.5138 flows
        "-0.3, 0.5, -1, 1.0", // nothing is allowed: over a tenth
        "1, 0.5, 60.5, 0.01", // half a kelvin
        "1, 0.5, -20.5, 0.01"
    })
    void weighsTheBounds(double cellA, double soc, double degC, double excess) {
        assertEquals(excess, new PackBounds(CELL).excess(pack(soc, degC), cellA), 0.003);
    }

    @Test
    void findsARestingPackWithinItsBoundsWhereverItIs() {
        assertTrue(new PackBounds(CELL).excess(pack(0.5, 70.0), 0.0) <= 0.0);
    }

    @Test
    void aCopyGoesItsOwnWayAndComesBack() {
        SimPack pack = pack(0.6, 20.0);
        pack.step(5.0, 30.0, 20.0);
        SimPack copy = pack.copy();
        double v = pack.packV();
        copy.step(9.0, 60.0, 20.0);
        assertEquals(v, pack.packV());
        assertTrue(copy.packV() < v);
        copy.restore(pack);
        assertEquals(v, copy.packV());
        copy.step(1.0, 7.0, 20.0);
        pack.step(1.0, 7.0, 20.0);
        assertEquals(pack.packV(), copy.packV());
        assertEquals(pack.highestDegC(), copy.highestDegC());
        double ah = pack.capacityAh(0);
        copy.age(0.8, 1.5);
        assertEquals(ah, pack.capacityAh(0));
        assertEquals(0.8 * ah, copy.capacityAh(0), 1e-12);
        copy.step(5.0, 1.0, 20.0);
        pack.step(5.0, 1.0, 20.0);
        assertTrue(copy.packV() < pack.packV());
    }
}
