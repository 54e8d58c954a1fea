package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.SampleCells;
import org.junit.jupiter.api.Test;

/** The straight sample cell: 3 Ah, pairs of 10 mΩ (10 s) and 15 mΩ (300 s); rest is below 30 mA. */
class RestWatchTest {
    private final RestWatch watch = new RestWatch(SampleCells.straight());

    private static CellType lossy() {
        CellType type = SampleCells.straight();
        CellRating r = type.rating();
        double[] ends = {0.0, 1.0};
        return new CellType(
                type.name(),
                type.chemistry(),
                new CellRating(
                        r.capacityAh(),
                        r.nominalV(),
                        r.minV(),
                        r.maxV(),
                        r.maxDischargeA(),
                        r.maxChargeA(),
                        r.discharge(),
                        r.charge(),
                        0.98),
                new OcvCurve(
                        ends,
                        new double[] {3.2, 4.1},
                        new double[] {0.0, 0.0},
                        25.0,
                        new Hysteresis(ends, new double[] {0.01, 0.01}, 20.0)),
                type.circuit(),
                type.thermal(),
                type.chargeMap(),
                type.error(),
                type.provenance());
    }

    private void run(double fromA, double toA, double dtS, int steps) {
        for (int k = 0; k < steps; k++) {
            watch.step(k == 0 ? fromA : toA, toA, dtS);
        }
    }

    @Test
    void countsChargeAndTimeBothWays() {
        run(3.0, 3.0, 1.0, 360);
        assertEquals(0.3, watch.countedAh(), 1e-9);
        run(-6.0, -6.0, 1.0, 360);
        assertEquals(-0.3, watch.countedAh(), 1e-9);
        assertEquals(0.9, watch.throughputAh(), 1e-9);
        assertEquals(720.0, watch.elapsedS(), 1e-9);
        watch.step(0.0, 6.0, 6.0);
        assertEquals(-0.3 + 0.005, watch.countedAh(), 1e-9); // mean of both ends
    }

    @Test
    void takesTheEfficiencyOffWhatIsCharged() {
        RestWatch leaky = new RestWatch(lossy());
        leaky.step(-3.0, -3.0, 3.6);
        assertEquals(-0.98 * 3e-3, leaky.countedAh(), 1e-12);
        leaky.step(3.0, 3.0, 3.6);
        assertEquals(0.02 * 3e-3, leaky.countedAh(), 1e-12);
    }

    @Test
    void knowsWhenItRestsAndWhenThatEnds() {
        run(1.0, 1.0, 1.0, 3);
        assertEquals(0.0, watch.restS());
        watch.step(1.0, 0.03, 1.0);
        assertEquals(1.0, watch.restS());
        watch.step(0.03, -0.03, 2.0);
        assertEquals(3.0, watch.restS());
        assertFalse(watch.ended());
        watch.step(-0.03, 0.031, 1.0);
        assertTrue(watch.ended());
        assertEquals(0.0, watch.restS());
        watch.step(0.031, 0.031, 1.0);
        assertFalse(watch.ended());
    }

    @Test
    void relaxesByTheTimeConstantsOfTheCircuit() {
        run(2.0, 2.0, 10.0, 500);
        assertEquals(2.0 * 0.025, watch.polarisationV(0.5, 25.0), 1e-6);
        run(2.0, 0.0, 5.0, 61);
        double expected = 2.0 * (0.010 * StrictMath.exp(-30.0) + 0.015 * StrictMath.exp(-1.0));
        assertEquals(expected, watch.polarisationV(0.5, 25.0), 4e-4);
    }

    @Test
    void restsThroughAGapThatLiesBetweenTwoRests() {
        run(1.0, 0.0, 1.0, 20);
        watch.step(0.0, 0.0, 28_800.0);
        assertFalse(watch.broken());
        assertEquals(28_820.0, watch.restS(), 1e-9);
        assertEquals(0.0, watch.polarisationV(0.5, 25.0), 1e-9);
    }

    @Test
    void breaksItsCountInAGapUnderCurrent() {
        RestWatch turned = new RestWatch(lossy());
        for (int k = 0; k < 600; k++) {
            turned.step(3.0, 3.0, 1.0);
        }
        double counted = turned.countedAh();
        assertEquals(-1.0, turned.hysteresis(), 0.05);
        assertTrue(turned.hysteresisSigma() < 0.03);
        turned.step(3.0, 0.0, 10.0);
        assertFalse(turned.broken());
        turned.step(0.0, 3.0, 10.1);
        assertTrue(turned.broken());
        assertEquals(counted + 1.5 * 10.0 / 3600.0, turned.countedAh(), 1e-9);
        assertEquals(Math.sqrt(1.0 / 3.0), turned.hysteresisSigma(), 1e-12);
        turned.step(3.0, 0.0, 11.0);
        assertTrue(turned.broken());
        assertEquals(0.0, turned.restS(), "a broken gap is no rest");
        turned.step(0.0, 0.0, 1.0);
        assertFalse(turned.broken());
        assertEquals(1.0, turned.restS());
    }

    @Test
    void turnsItsHysteresisByTheChargeMoved() {
        RestWatch turned = new RestWatch(lossy());
        turned.step(-3.0, -3.0, 3.6); // 0.1 % of the SOC, g = 20
        assertEquals(1.0 - StrictMath.exp(-0.02), turned.hysteresis(), 1e-6);
        assertEquals(Math.sqrt(1.0 / 3.0) * StrictMath.exp(-0.02), turned.hysteresisSigma(), 1e-6);
    }
}
