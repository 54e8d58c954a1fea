package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplanTriggerTest {
    private final ReplanTrigger trigger = new ReplanTrigger();

    @ParameterizedTest(name = "planned with cap {0} W; after {1} s SOC {2}, planned {3}, cap {4} W: due {5}")
    @CsvSource({
        "Infinity,  899, 0.50, 0.50, Infinity, false",
        "Infinity,  900, 0.50, 0.50, Infinity, true", // old
        "Infinity,  100, 0.53, 0.50, Infinity, true", // ahead of the plan
        "Infinity,  100, 0.47, 0.50, Infinity, true", // behind the plan
        "Infinity,  100, 0.515, 0.50, Infinity, false",
        "Infinity,   59, 0.60, 0.50, 20000,    false", // let it settle
        "Infinity,   60, 0.50, 0.50, 20000,    true", // the station began to hold back
        "20000,     100, 0.50, 0.50, Infinity, true", // and let go
        "20000,     100, 0.50, 0.50, 21000,    false",
        "20000,     100, 0.50, 0.50, 22500,    true",
        "20000,     100, 0.50, 0.50, 17500,    true",
        "Infinity,  100, 0.50, NaN,  Infinity, false"
    })
    void isDueWhenThePlanNoLongerFits(
            double plannedCapW, double ageS, double soc, double plannedSoc, double capW, boolean due) {
        trigger.planned(1000.0, plannedCapW);
        trigger.watch(1000.0 + ageS, soc, plannedSoc, capW, false, false);
        assertEquals(due, trigger.due());
    }

    @Test
    void isDueAtOnceForAChangedOfferUntilPlanned() {
        trigger.planned(0.0, Double.POSITIVE_INFINITY);
        trigger.force();
        assertTrue(trigger.due());
        trigger.watch(1.0, 0.5, 0.5, Double.POSITIVE_INFINITY, false, false);
        assertTrue(trigger.due());
        trigger.planned(1.0, Double.POSITIVE_INFINITY);
        assertFalse(trigger.due());
    }

    @Test
    void isNoLongerDueOnceItFitsAgain() {
        trigger.planned(0.0, Double.POSITIVE_INFINITY);
        trigger.watch(100.0, 0.6, 0.5, Double.POSITIVE_INFINITY, false, false);
        assertTrue(trigger.due());
        trigger.watch(101.0, 0.5, 0.5, Double.POSITIVE_INFINITY, false, false);
        assertFalse(trigger.due());
    }

    @Test
    void aPacedChargeIsLookedAtAfterFiveMinutes() {
        trigger.planned(0.0, Double.POSITIVE_INFINITY);
        trigger.watch(299.0, 0.5, 0.5, Double.POSITIVE_INFINITY, true, false);
        assertFalse(trigger.due());
        trigger.watch(300.0, 0.5, 0.5, Double.POSITIVE_INFINITY, true, false);
        assertTrue(trigger.due());
        trigger.watch(301.0, 0.5, 0.5, Double.POSITIVE_INFINITY, false, false);
        assertFalse(trigger.due());
    }

    @Test
    void theLastOfAChargeIsNotPlannedAnew() {
        ReplanTrigger trigger = new ReplanTrigger();
        trigger.planned(0.0, Double.POSITIVE_INFINITY);
        trigger.watch(1000.0, 0.5, 0.6, Double.POSITIVE_INFINITY, false, true);
        assertFalse(trigger.due());
        trigger.force();
        assertTrue(trigger.due(), "an offer that changed counts to the end");
    }
}
