package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan of 96 slots takes, in operations: at most a third above the most of 200 draws when this was written, so that it cannot creep back. */
class PlanEffortTest {
    private static final int DRAWS = 20;
    private static final int SLOTS = 96;

    @ParameterizedTest(name = "{0}, cost ceiling {1}: at most {2} operations, {3} in a unit")
    @CsvSource({
        "LINEAR,         false,   530_000,  9_000",
        "LINEAR,         true,    590_000,  9_000",
        "TWO_WAY,        false,   780_000, 33_000",
        "STARTS,         false,   700_000, 13_000",
        "TWO_WAY_STARTS, false, 4_000_000, 67_000"
    })
    void takesNoMoreForDrawnOffers(LinearCase.Kind kind, boolean costCeiling, String most, String mostInUnit) {
        ChargePlanner planner = LinearCase.planner(0.002);
        for (long seed = 1; seed <= DRAWS; seed++) {
            takesNoMore("seed " + seed, planner, LinearCase.fullDay(seed, kind, costCeiling), most, mostInUnit);
        }
    }

    @ParameterizedTest(name = "at most {0} operations, {1} in a unit")
    @CsvSource("720_000, 11_000")
    void takesNoMoreForPacksThatTaperAndWarm(String most, String mostInUnit) {
        for (long seed = 1; seed <= DRAWS; seed++) {
            NonlinearDraw draw = new NonlinearDraw(seed, SLOTS);
            takesNoMore("seed " + seed, draw.planner(), draw.request(), most, mostInUnit);
        }
    }

    private static void takesNoMore(
            String seed, ChargePlanner planner, PlanRequest request, String most, String mostInUnit) {
        PlanJob job = planner.begin(request);
        long before = 0;
        boolean done = false;
        while (!done) {
            done = job.advance(1);
            long unit = job.operations() - before;
            before = job.operations();
            assertTrue(unit <= number(mostInUnit), seed + ": unit " + job.units() + " took " + unit);
        }
        assertTrue(job.operations() <= number(most), seed + ": " + job.operations() + " operations");
        assertTrue(job.operations() > 0, seed);
        assertTrue(job.units() <= 30 * SLOTS, seed + ": " + job.units() + " units");
        assertEquals(before, job.operations(), seed);
    }

    private static long number(String grouped) {
        return Long.parseLong(grouped.replace("_", ""));
    }
}
