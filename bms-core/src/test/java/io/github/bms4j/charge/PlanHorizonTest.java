package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.limit.LimitSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanHorizonTest {
    private static final StationOffer OFFER = new StationOffer(
            "test",
            500.0,
            200.0,
            3000.0,
            List.of(
                    new OfferStep(600.0, 11_000.0, 0.30, Double.NaN),
                    new OfferStep(1200.0, 0.0, 0.20, Double.NaN),
                    new OfferStep(2400.0, 50_000.0, -0.10, Double.NaN)));

    private static PlanHorizon horizon(double nowS, double splitS, double departureS, StationNow station) {
        PlannerSettings settings =
                new PlannerSettings(300.0, 0.002, 3, 120.0, 700.0, 0.01, 0.0, 0.05, 0.02, LimitSettings.standard());
        return horizon(nowS, splitS, ChargeNeed.by(departureS, 0.8), OFFER, station, settings);
    }

    private static PlanHorizon horizon(
            double nowS, double splitS, ChargeNeed need, StationOffer offer, StationNow station, PlannerSettings set) {
        PackNow pack = new PackNow(0.5, 0.0, 25.0, 25.0, 25.0);
        PlanRequest request = new PlanRequest(nowS, pack, need, offer, station);
        return new PlanHorizon(request, offer.schedules().get(0), splitS, set, 1.0);
    }

    @Test
    void endsSlotsWhereTheOfferChanges() {
        PlanHorizon h = horizon(0.0, Double.NaN, 4000.0, StationNow.silent());
        // 700 s ends the hold of an observed power, 3880 s begins the reserve; nothing is offered in 0…600, 1200…2400
        // and from 3000 s on.
        assertArrayEquals(new double[] {0, 600, 700, 950, 1200, 2400, 2700, 3000, 3880}, h.startS, 1e-9);
        assertArrayEquals(new double[] {600, 100, 250, 250, 1200, 300, 300, 880, 120}, h.durationS, 1e-9);
        assertArrayEquals(new double[] {0, 11e3, 11e3, 11e3, 0, 50e3, 50e3, 0, 0}, h.capW, 1e-9);
        double nan = Double.NaN;
        assertArrayEquals(new double[] {nan, 0.3, 0.3, 0.3, 0.2, -0.1, -0.1, nan, nan}, h.pricePerKwh, 1e-9);
        assertEquals(9, h.slots);
    }

    @Test
    void takesAnObservedPowerToLastForItsHoldOnly() {
        PlanHorizon h = horizon(650.0, Double.NaN, 4000.0, new StationNow(100.0, 400.0, 7000.0));
        assertEquals(650.0, h.startS[0]);
        for (int k = 0; k < h.slots; k++) {
            double offered =
                    h.startS[k] < 1200.0 ? 11_000.0 : h.startS[k] < 2400.0 || h.startS[k] >= 3000.0 ? 0 : 50_000;
            assertEquals(
                    h.startS[k] < 1350.0 ? Math.min(7000.0, offered) : offered, h.capW[k], "slot at " + h.startS[k]);
        }
    }

    @Test
    void mergesBordersThatLieTooClose() {
        PlanHorizon h = horizon(0.0, 600.4, 700.6, StationNow.silent());
        // 600.4 s falls to the step at 600 s, 580.6 s begins the reserve, 700 s is too near to departure.
        assertArrayEquals(new double[] {0, 580.6, 600}, h.startS, 1e-9);
        assertEquals(100.6, h.durationS[2], 1e-9);
    }

    @Test
    void splitsAtTheGivenTime() {
        PlanHorizon h = horizon(2400.0, 2500.0, 2990.0, StationNow.silent());
        assertArrayEquals(new double[] {2400, 2500, 2685, 2870}, h.startS, 1e-9);
    }

    @Test
    void countsEarlyEnergyDearerAndTheReserveDearest() {
        PlanHorizon h = horizon(0.0, Double.NaN, 2920.0, StationNow.silent());
        // Mean price while offered: 600 s at 0.3 and 520 s at -0.1; a hundredth of it over 2800 s.
        double full = 0.01 * (600.0 * 0.3 + 520.0 * 0.1) / 1120.0;
        assertEquals(full * (2800.0 - 650.0) / 2800.0, h.preferencePerKwh[1], 1e-12);
        int last = h.slots - 1;
        assertEquals(2800.0, h.startS[last], 1e-9);
        assertEquals(full * 100.0 / 2800.0, h.preferencePerKwh[last - 1], 1e-12);
        assertEquals(0.5, h.preferencePerKwh[last], 1e-12);
    }

    @Test
    void prefersLateSlotsEvenIfEnergyIsFree() {
        StationOffer free =
                new StationOffer("test", 500.0, 200.0, 1e6, List.of(new OfferStep(0.0, 11_000.0, 0.0, Double.NaN)));
        PlanHorizon h = horizon(
                0.0, Double.NaN, ChargeNeed.by(3600.0, 0.8), free, StationNow.silent(), PlannerSettings.standard());
        assertEquals(0.002 * 0.001 * 5.0 * (3300.0 - 150.0) / 3300.0, h.preferencePerKwh[0], 1e-15);
        assertTrue(h.preferencePerKwh[1] < h.preferencePerKwh[0]);
    }

    @Test
    void stretchesSlotsOverALongHorizon() {
        StationOffer offer =
                new StationOffer("test", 500.0, 200.0, 1e9, List.of(new OfferStep(0.0, 11_000.0, 0.2, Double.NaN)));
        PlanHorizon h = horizon(
                0.0, Double.NaN, ChargeNeed.by(1e7, 0.8), offer, StationNow.silent(), PlannerSettings.standard());
        assertTrue(h.slots <= 1010, "slots " + h.slots);
        assertEquals(1e7, h.startS[h.slots - 1] + h.durationS[h.slots - 1], 1e-6);
    }
}
