package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.charge.StopCause;
import io.github.bms4j.sim.run.KeptPlan.Case;
import io.github.bms4j.sim.run.KeptPlan.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What was planned at the plug is what happens: energy within 2 %, finish within 3 minutes, and no limit of the true cells broken.
 *
 * <p>Packs of 48 and 96 groups whose cells differ, after a drive, with capacities as rated or as learned to 3 %. How often that holds
 * over many packs, and where it cannot, is printed by docs/plan-kept.sh and explained in docs/theory/charge-planner.md.
 */
class PlanKeptTest {
    @ParameterizedTest(name = "{0} groups at {1} °C, SOC {2} to {3} at {4} W a cell, learned {5}, seed {6}")
    @CsvSource({
        "48, 15, 0.40, 0.85, 20, false, 12",
        "48, 25, 0.30, 0.80, 20, true,  13",
        "48, 25, 0.60, 0.92, 10, false, 14",
        "96, 25, 0.50, 0.90, 20, false, 15",
        "48, 35, 0.50, 0.95, 20, false, 16",
    })
    void isKept(int groups, double degC, double fromSoc, double toSoc, double cellW, boolean learned, long seed) {
        Outcome o = run(new Case(groups, true, degC, fromSoc, toSoc, cellW, learned, 300.0, 0.0, seed));
        String what = "seed " + seed + ": " + o;
        assertEquals(0.0, o.energyError(), 0.02, what);
        assertEquals(0.0, o.lateS(), 180.0, what);
    }

    // Where the way is short or the cold makes the SOC unsure, that alone is more than 2 %: then the energy is held
    // against its 90 %. At
    // 40 °C a tenth of a kelvin is six percent of the derated current.
    @ParameterizedTest(name = "fast {0}, 48 groups at {1} °C, SOC {2} to {3}, seed {5}: within {4} s")
    @CsvSource({
        "true,   6, 0.45, 0.70, 240, 11",
        "true,  40, 0.60, 0.80, 600, 17",
        "false, 25, 0.45, 0.80, 180, 21",
    })
    void isKeptAsFarAsThePackIsKnown(
            boolean fast, double degC, double fromSoc, double toSoc, double withinS, long seed) {
        Outcome o = run(new Case(48, fast, degC, fromSoc, toSoc, 20.0, true, 300.0, fast ? 0.0 : 1500.0, seed));
        String what = "seed " + seed + ": " + o;
        assertEquals(0.0, o.energyError(), Math.max(0.02, o.energyDoubt()), what);
        assertEquals(0.0, o.lateS(), withinS, what);
    }

    /** Charges; the target is reached and no limit of a true cell is broken. */
    private static Outcome run(Case one) {
        Outcome o = new KeptPlan(one).run();
        String what = one + ": " + o;
        assertTrue(o.ended(), what);
        assertEquals(StopCause.SOC_REACHED, o.stop(), what);
        assertEquals(one.toSoc(), o.endSoc(), 0.005, what);
        assertTrue(o.steps() > 5000, what);
        assertEquals(0, o.broken(), what);
        return o;
    }
}
