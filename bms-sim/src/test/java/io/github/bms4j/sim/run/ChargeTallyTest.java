package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.limit.LimitRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChargeTallyTest {
    private final ChargeTally tally = new ChargeTally(
            List.of(new OfferStep(0.0, 1e5, 0.40, Double.NaN), new OfferStep(1800.0, 1e5, 0.10, Double.NaN)));

    @Test
    void energyCostsThePriceOfItsMoment() {
        for (int s = 1; s <= 3600; s++) {
            tally.add(s, 1.0, -25.0, 400.0, LimitRule.PLAN); // 10 kW for an hour, half of it dear
        }
        assertEquals(10_000.0, tally.energyWh(), 1e-6);
        assertEquals(5.0 * 0.40 + 5.0 * 0.10, tally.cost(), 1e-9);
        assertEquals(10_000.0, tally.peakW());
        assertEquals(3600.0, tally.sessionS());
        assertEquals(3600.0, tally.flowS());
    }

    @Test
    void timeIsKeptPerRuleAndFlowIsFromFirstToLastCurrent() {
        tally.add(1.0, 1.0, 0.0, 400.0, LimitRule.RAMP);
        tally.add(2.0, 1.0, -10.0, 400.0, LimitRule.RAMP);
        tally.add(3.0, 1.0, 0.0, 400.0, LimitRule.STATION_PAUSE);
        tally.add(4.0, 1.0, -20.0, 400.0, LimitRule.PLATING);
        tally.add(5.0, 1.0, 0.0, 400.0, LimitRule.PLATING);
        assertEquals(2.0, tally.heldS(LimitRule.RAMP));
        assertEquals(1.0, tally.heldS(LimitRule.STATION_PAUSE));
        assertEquals(2.0, tally.heldS(LimitRule.PLATING));
        assertEquals(0.0, tally.heldS(LimitRule.PLAN));
        assertEquals(3.0, tally.flowS(), "from 1 s to 4 s");
        assertEquals(5.0, tally.sessionS());
        assertEquals(8000.0, tally.peakW());
    }

    @Test
    void withoutCurrentNothingFlowed() {
        tally.add(1.0, 1.0, 0.0, 400.0, LimitRule.PLAN);
        tally.add(2.0, 1.0, 5.0, 400.0, LimitRule.PLAN); // out of the pack: nothing was bought
        assertEquals(0.0, tally.flowS());
        assertEquals(0.0, tally.energyWh());
        assertEquals(0.0, tally.cost());
        assertEquals(0.0, tally.peakW());
    }

    @Test
    void beforeTheFirstPriceEnergyIsFree() {
        ChargeTally later = new ChargeTally(List.of(new OfferStep(100.0, 1e5, 0.40, Double.NaN)));
        later.add(100.0, 1.0, -9.0, 400.0, LimitRule.PLAN);
        assertEquals(0.0, later.cost());
        later.add(101.0, 1.0, -9.0, 400.0, LimitRule.PLAN);
        assertEquals(0.0004, later.cost(), 1e-12);
    }
}
