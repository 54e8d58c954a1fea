package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.limit.AnodeShare;
import io.github.bms4j.limit.LimitRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pack of 50 Ah cells of 2 mOhm and 2000 s of thermal time constant, charged at up to 3C of its map: hot within half an hour. */
class FastChargeSearchTest {
    private static final double RESERVE_S = PlannerSettings.standard().reserveS();

    private final PlannerCells cells = new PlannerCells();

    private ChargePlanner planner() {
        return new ChargePlanner(cells.build(), PlannerCells.LAYOUT, PlannerSettings.standard());
    }

    private static FastChargeSettings stages(double stretch) {
        return new FastChargeSettings(AnodeShare.usual(), 0.0, 0.0, 0.0, 0.0, 0.01, 30.0, stretch);
    }

    private static PlanRequest request(double minSoc, double departureS, double laterPrice) {
        StationOffer offer = new StationOffer(
                "test",
                900.0,
                900.0,
                1e9,
                List.of(new OfferStep(0.0, 1e6, 0.3, Double.NaN), new OfferStep(1200.0, 1e6, laterPrice, Double.NaN)));
        ChargeNeed need = new ChargeNeed(0.8, minSoc, departureS, 5.0, 0.0);
        return new PlanRequest(0.0, new PackNow(0.1, 0.0, 20.0, 20.0, 20.0), need, offer, StationNow.silent());
    }

    private FastChargeSearch search(PlanRequest request, double stretch, double lossShare) {
        FastChargeSearch search = planner().course(request, stages(stretch), 0.6, lossShare);
        assertTrue(search.advance(Integer.MAX_VALUE));
        return search;
    }

    @ParameterizedTest(name = "SOC {0} at once, departure {1} s, price {2} later, stretch {3}: paced {4}")
    @CsvSource({
        "0.0, 7200, 0.3, 1.5, true",
        "0.1, 7200, 0.3, 1.5, true", // what is wanted at once is there
        "0.2, 7200, 0.3, 1.5, false",
        "0.0, 7200, 0.2, 1.5, false", // the plan decides when
        "0.0, 7200, 0.3, 1.0, false",
        "0.0, 1500, 0.3, 1.5, false", // no time
        "0.0,  200, 0.3, 1.5, false"
    })
    void takesTimeOnlyWhereNothingIsLost(
            double minSoc, double departureS, double price, double stretch, boolean paced) {
        assertEquals(
                paced,
                search(request(minSoc, departureS, price), stretch, 1.0)
                        .course()
                        .paced());
    }

    @Test
    void withTimeItIsCoolerAndStillInTime() {
        double fastestS = search(request(0.0, 7200.0, 0.3), 1.0001, 1.0).foreseenS();
        double fastestDegC = search(request(0.0, 7200.0, 0.3), 1.0001, 1.0).foreseenDegC();
        FastChargeSearch stretched = search(request(0.0, 7200.0, 0.3), 1.3, 1.0);
        assertTrue(stretched.foreseenS() <= 1.3 * fastestS * 1.001, stretched.foreseenS() + " after " + fastestS);
        assertTrue(stretched.foreseenS() > 1.25 * fastestS, stretched.foreseenS() + " after " + fastestS);
        assertTrue(stretched.foreseenDegC() < fastestDegC - 3.0, stretched.foreseenDegC() + " of " + fastestDegC);
        double departureS = 1.15 * fastestS + RESERVE_S;
        FastChargeSearch bound = search(request(0.0, departureS, 0.3), 10.0, 1.0);
        assertTrue(bound.foreseenS() <= departureS - RESERVE_S + 1e-6, "" + bound.foreseenS());
        assertTrue(bound.foreseenDegC() > stretched.foreseenDegC() && bound.foreseenDegC() < fastestDegC);
    }

    @Test
    void thePlanOnTheCourseIsAsWarmAsForeseenAndNamesIt() {
        PlanRequest request = request(0.0, 3600.0, 0.3);
        FastChargeSearch search = search(request, 10.0, 1.0);
        ChargePlan plan = planner().plan(request.with(search.course()));
        assertTrue(plan.meetsTarget(), plan::toString);
        double hottest = plan.slots().stream()
                .mapToDouble(PlanSlot::temperatureDegC)
                .max()
                .orElseThrow();
        assertTrue(hottest < search.foreseenDegC() + 0.3, hottest + " of " + search.foreseenDegC());
        assertTrue(hottest > search.foreseenDegC() - 3.0, hottest + " of " + search.foreseenDegC());
        assertTrue(plan.slots().stream().anyMatch(s -> s.cause() == LimitRule.COOL_STAGE), plan::toString);
    }

    @Test
    void aPackThatShedsMoreStaysCooler() {
        PlanRequest request = request(0.0, 3600.0, 0.3);
        assertTrue(search(request, 10.0, 1.5).foreseenDegC()
                < search(request, 10.0, 1.0).foreseenDegC() - 0.5);
    }

    @Test
    void aPackThatHardlyWarmsHasNothingToGain() {
        cells.heatCapacityJPerK = 1e5;
        assertFalse(search(request(0.0, 7200.0, 0.3), 1.5, 1.0).course().paced());
        cells.heatCapacityJPerK = 1000.0;
        cells.toAmbientWPerK = 0.0;
        assertFalse(search(request(0.0, 7200.0, 0.3), 1.5, 1.0).course().paced());
    }

    @Test
    void isTheSameHoweverTheWorkIsSharedOut() {
        PlanRequest request = request(0.0, 3600.0, 0.3);
        FastChargeSearch shared = planner().course(request, stages(10.0), 0.6, 1.0);
        int calls = 0;
        while (!shared.advance(3)) {
            calls++;
        }
        assertTrue(calls > 50 && calls < 300, "" + calls);
        assertEquals(search(request, 10.0, 1.0).course(), shared.course());
    }
}
