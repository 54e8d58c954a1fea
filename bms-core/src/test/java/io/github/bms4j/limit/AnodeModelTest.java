package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the straight cell: R0 20 mΩ, pairs of 10 mΩ (10 s) and 15 mΩ (300 s); anode shares 0.5, 0.4, 0.6: 10, 4 and 9 mΩ. */
class AnodeModelTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final AnodeShare SHARE = new AnodeShare(0.5, 0.4, 0.6, 0.0, 0.1);
    private static final AnodeModel GRAPHITE = AnodeModel.graphite(0.0, 0.8, SHARE);
    private static final double STEADY = 0.023;

    @ParameterizedTest(name = "soc {0}: {1} V")
    @CsvSource({"0.125, 0.2181", "0.5, 0.1244", "0.46875, 0.12625", "0.6875, 0.1231", "1.0, 0.0842"})
    void restsAtThePotentialOfGraphite(double soc, double v) {
        assertEquals(v, GRAPHITE.restV(soc), 1e-9);
    }

    @Test
    void aCurrentTakesItDownByItsShareOfTheResistances() {
        assertEquals(0.1244 - 2.0 * STEADY, GRAPHITE.chargedV(TYPE, 0.5, 25.0, 2.0), 1e-9);
    }

    @Test
    void theMapIsWhereTheReserveIsReached() {
        ChargeMap map = GRAPHITE.chargeMap(TYPE, 0.065);
        assertEquals(21, map.socs().length);
        for (double soc : new double[] {0.5, 0.75, 1.0}) {
            double a = 3.0 * map.maxRatePerH(soc, 25.0);
            assertEquals(0.065, GRAPHITE.chargedV(TYPE, soc, 25.0, a), 1e-6, "soc " + soc);
        }
        assertEquals(1.0, map.maxRatePerH(0.0, 25.0), "the rating: 3 A");
        assertEquals(0.0, map.maxRatePerH(0.5, 0.0));
        assertEquals(map.maxRatePerH(0.5, 1.0), map.maxRatePerH(0.5, 45.0), 1e-12);
        assertEquals(0.0, map.maxRatePerH(0.5, 45.1));
        assertTrue(map.maxRatePerH(1.0, 25.0) < map.maxRatePerH(0.5, 25.0));
        assertEquals(
                0.0, GRAPHITE.chargeMap(TYPE, 0.3).maxRatePerH(0.5, 25.0), "nothing is left of less than the reserve");
        assertEquals(45.0, map.temperatures()[map.temperatures().length - 1]);
        assertEquals(0.0, map.temperatures()[0]);
        assertThrows(IllegalArgumentException.class, () -> GRAPHITE.chargeMap(TYPE, -0.01));
    }

    @Test
    void refusesWhatIsNoElectrode() {
        assertThrows(IllegalArgumentException.class, () -> AnodeModel.graphite(0.5, 0.5, SHARE));
        assertThrows(IllegalArgumentException.class, () -> AnodeModel.graphite(-0.1, 0.5, SHARE));
        assertThrows(IllegalArgumentException.class, () -> AnodeModel.graphite(0.1, 1.5, SHARE));
        assertThrows(IllegalArgumentException.class, () -> new AnodeShare(0.0, 0.0, 0.0, 0.0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new AnodeShare(1.1, 0.0, 0.0, 0.0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new AnodeShare(0.5, -0.1, 0.0, 0.0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new AnodeShare(0.5, 0.1, Double.NaN, 0.0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new AnodeShare(0.5, 0.1, 0.1, 2.0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new AnodeShare(0.5, 0.1, 0.1, 0.1, -0.1));
    }

    private static final PackLayout TWO = new PackLayout(2, 10, 2);

    /** Two groups at 25 °C under a charge of {@code packA}; cell 1 with the pairs' voltages given. */
    private static AnodeMargin margin(double packA, double soc1, double fastV, double slowV, double sigmas) {
        AnodeMargin margin = new AnodeMargin(TYPE, TWO, SHARE, 1.0, sigmas, 0.0);
        PackSample sample = new PackSample(TWO);
        PackEstimate estimate = new PackEstimate(TWO);
        sample.begin(0);
        sample.readCurrent(-packA);
        sample.readTemperature(0, 25.0);
        sample.readTemperature(1, 25.0);
        estimate.cell(0, 0.5, 0.01, 0.0, 0.0, 3.7);
        estimate.cell(1, soc1, 0.01, -fastV, -slowV, 3.7);
        estimate.close(0);
        margin.step(sample, estimate);
        return margin;
    }

    @Test
    void theMarginIsTheMapsDropLessTheDropThatIsThere() {
        AnodeMargin margin = margin(20.0, 0.5, 0.015, 0.02, 0.0);
        double dropV = 2.0 * 0.010 + 0.4 * 0.015 + 0.6 * 0.02;
        assertEquals(3.0 * STEADY - dropV, margin.marginV(1), 1e-9);
        assertEquals(0.1 * dropV, margin.sigmaV(1), 1e-9);
        assertEquals(3.0 * STEADY - 0.02, margin.marginV(0), 1e-9);
    }

    @Test
    void sustainedItAllowsTheMapAndMoreForAMomentBeforeTheDropHasBuiltUp() {
        AnodeMargin fresh = margin(0.0, 0.5, 0.0, 0.0, 0.0);
        assertEquals(30.0, fresh.chargeA(Horizon.CONTINUOUS), 1e-9);
        double s10 = 0.010 + (1 - Math.exp(-1)) * 0.004 + (1 - Math.exp(-10.0 / 300)) * 0.009;
        assertEquals(10.0 * 3.0 * STEADY / s10, fresh.chargeA(Horizon.S10), 1e-6);
        AnodeMargin built = margin(30.0, 0.5, 0.03, 0.045, 0.0);
        double kept = Math.exp(-1) * 0.012 + Math.exp(-10.0 / 300) * 0.027;
        assertEquals(10.0 * (3.0 * STEADY - kept) / s10, built.chargeA(Horizon.S10), 1e-6);
        assertEquals(1, built.cell(Horizon.S10));
        assertTrue(fresh.chargeA(Horizon.S1) > fresh.chargeA(Horizon.S10));
        assertTrue(built.chargeA(Horizon.CONTINUOUS) < built.chargeA(Horizon.S10));
        assertEquals(30.0 / 1.2, margin(0.0, 0.5, 0.0, 0.0, 2.0).chargeA(Horizon.CONTINUOUS), 1e-9);
    }

    @Test
    void theFullerCellBindsAtItsSocTakenHigher() {
        AnodeMargin margin = margin(0.0, 0.89, 0.0, 0.0, 0.0);
        assertEquals(1, margin.cell(Horizon.CONTINUOUS));
        assertEquals(30.0 * (1.0 - 0.8 * 0.5), margin.chargeA(Horizon.CONTINUOUS), 1e-9, "map at 0.9");
        assertTrue(margin(0.0, 0.8, 0.0, 0.0, 0.0).chargeA(Horizon.CONTINUOUS) < 30.0);
    }

    @Test
    void aDischargeLeavesNothingOnTheAnode() {
        AnodeMargin margin = margin(-20.0, 0.5, -0.02, -0.03, 0.0);
        assertEquals(3.0 * STEADY, margin.marginV(1), 1e-9);
        assertEquals(0.0, margin.sigmaV(1));
    }

    @Test
    void notKnowingAllowsNothing() {
        AnodeMargin margin = new AnodeMargin(TYPE, TWO, SHARE, 0.0, 0.0, 0.0);
        assertEquals(0.0, margin.chargeA(Horizon.S10));
        assertEquals(Limit.WHOLE_PACK, margin.cell(Horizon.S10));
        PackSample sample = new PackSample(TWO);
        PackEstimate estimate = new PackEstimate(TWO);
        margin.step(sample, estimate);
        assertEquals(0.0, margin.chargeA(Horizon.CONTINUOUS));
        assertTrue(Double.isNaN(margin.marginV(0)) && Double.isNaN(margin.sigmaV(0)));
        sample.begin(0);
        sample.readCurrent(0.0);
        estimate.cell(0, 0.5, 0.01, 0.0, 0.0, 3.7);
        estimate.cell(1, 0.5, 0.01, 0.0, 0.0, 3.7);
        estimate.close(0);
        margin.step(sample, estimate);
        assertEquals(0.0, margin.chargeA(Horizon.S10), "no temperature");
        sample.readTemperature(0, 25.0);
        sample.readTemperature(1, 25.0);
        assertEquals(0.0, Allocation.bytesPerCall(1000, () -> margin.step(sample, estimate)), 0.01);
        assertEquals(30.0, margin.chargeA(Horizon.CONTINUOUS), 1e-9);
    }

    @Test
    void takesItsCellsInTurn() {
        AnodeMargin margin = new AnodeMargin(TYPE, TWO, SHARE, 0.0, 0.0, 0.0);
        assertTrue(Double.isNaN(margin.mapShare()));
        PackSample sample = new PackSample(TWO);
        PackEstimate estimate = new PackEstimate(TWO);
        see(sample, estimate, 0.5, 0.0);
        margin.step(sample, estimate, 1);
        assertEquals(30.0, margin.chargeA(Horizon.CONTINUOUS), 1e-9, "all of them at first");
        assertEquals(1.0, margin.mapShare(), 1e-9);
        see(sample, estimate, 0.9, 0.25);
        margin.step(sample, estimate, 1);
        assertEquals(30.0, margin.chargeA(Horizon.CONTINUOUS), 1e-9, "cell 0 as before");
        margin.step(sample, estimate, 1);
        assertEquals(30.0 * 0.6 / 1.25, margin.chargeA(Horizon.CONTINUOUS), 1e-9);
        assertEquals(1, margin.cell(Horizon.CONTINUOUS));
        assertEquals(0.8, margin.mapShare(), 1e-9);
        see(sample, estimate, 0.5, -0.25);
        margin.step(sample, estimate);
        assertEquals(30.0, margin.chargeA(Horizon.CONTINUOUS), 1e-9, "never above the map");
        assertEquals(1.0, margin.mapShare(), 1e-9);
        Estimates.capacity(estimate, 1, 2.4, 3.0);
        margin.step(sample, estimate);
        assertEquals(24.0, margin.chargeA(Horizon.CONTINUOUS), 1e-9, "a rate is one of the capacity that is left");
    }

    @Test
    void takesTheTemperatureForColder() {
        AnodeMargin margin = new AnodeMargin(TYPE, TWO, SHARE, 0.0, 0.0, 10.0);
        PackSample sample = new PackSample(TWO);
        PackEstimate estimate = new PackEstimate(TWO);
        see(sample, estimate, 0.5, 0.0);
        margin.step(sample, estimate);
        assertEquals(30.0 * 0.7, margin.chargeA(Horizon.CONTINUOUS), 1e-9, "map at 15 degC");
    }

    private static void see(PackSample sample, PackEstimate estimate, double soc1, double grown1) {
        sample.begin(0);
        sample.readCurrent(0.0);
        sample.readTemperature(0, 25.0);
        sample.readTemperature(1, 25.0);
        estimate.cell(0, 0.5, 0.01, 0.0, 0.0, 3.7);
        estimate.cell(1, soc1, 0.01, 0.0, 0.0, 3.7);
        Estimates.resistance(estimate, 1, grown1, 0.01);
        estimate.close(0);
    }
}
