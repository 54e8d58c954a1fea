package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LimitTest {
    private final Limit limit = new Limit();

    @Test
    void allowsNothingBeforeAnythingIsKnown() {
        assertEquals(0.0, limit.limitA());
        assertEquals(LimitRule.NOT_KNOWN, limit.rule());
        assertEquals(Limit.WHOLE_PACK, limit.cell());
    }

    @Test
    void keepsTheLowestCandidateWithItsRuleAndCell() {
        limit.restart(10.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        limit.lowerTo(7.0, LimitRule.CELL_VOLTAGE, 3);
        limit.lowerTo(8.0, LimitRule.PLATING, 4);
        limit.lowerTo(7.0, LimitRule.TEMPERATURE, 5);
        assertEquals(7.0, limit.limitA());
        assertEquals(LimitRule.CELL_VOLTAGE, limit.rule());
        assertEquals(3, limit.cell());
    }

    @Test
    void takesNotKnowingForNothingAllowed() {
        limit.restart(10.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        limit.lowerTo(Double.NaN, LimitRule.CELL_VOLTAGE, 3);
        assertEquals(0.0, limit.limitA());
        assertEquals(LimitRule.BAD_SAMPLE, limit.rule());
        assertEquals(3, limit.cell());
    }

    @Test
    void neverFallsBelowZero() {
        limit.restart(10.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        limit.lowerTo(-4.0, LimitRule.CELL_VOLTAGE, 3);
        assertEquals(0.0, limit.limitA());
    }

    @Test
    void startsAFreshMinimum() {
        limit.restart(1.0, LimitRule.PLATING, 2);
        limit.restart(5.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        assertEquals(5.0, limit.limitA());
        assertEquals(LimitRule.CURRENT_RATING, limit.rule());
        limit.restart(Double.NaN, LimitRule.CURRENT_RATING, 1);
        assertEquals(0.0, limit.limitA());
    }

    @Test
    void scalesFromCellToPackAndSaysSo() {
        limit.restart(2.34, LimitRule.PLATING, 37);
        limit.scale(10.0);
        assertEquals(23.4, limit.limitA(), 1e-12);
        assertEquals("23.4 A: cell 37 plating-safe charge rate", limit.toString());
        limit.restart(2.0, LimitRule.STATION_CURRENT, Limit.WHOLE_PACK);
        assertEquals("2.0 A: station current limit", limit.toString());
    }

    @Test
    void keepsTheNextRuleAboveTheOneThatBinds() {
        limit.restart(10.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        assertEquals(Double.POSITIVE_INFINITY, limit.nextA());
        limit.lowerTo(12.0, LimitRule.PLATING, 4);
        assertEquals(12.0, limit.nextA());
        assertEquals(LimitRule.PLATING, limit.nextRule());
        assertEquals(4, limit.nextCell());
        limit.lowerTo(7.0, LimitRule.CELL_VOLTAGE, 3);
        assertEquals(10.0, limit.nextA());
        assertEquals(LimitRule.CURRENT_RATING, limit.nextRule());
        limit.lowerTo(5.0, LimitRule.CELL_VOLTAGE, 6); // the same rule at another cell is not what comes next
        assertEquals(6, limit.cell());
        assertEquals(10.0, limit.nextA());
        limit.lowerTo(6.0, LimitRule.CELL_VOLTAGE, 8);
        assertEquals(10.0, limit.nextA());
        limit.lowerTo(8.0, LimitRule.TEMPERATURE, 8);
        assertEquals(8.0, limit.nextA());
        limit.scale(2.0);
        assertEquals(16.0, limit.nextA());
    }

    @Test
    void tellsApartWhoSetTheSameRule() {
        limit.restart(10.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        limit.lowerTo(6.0, LimitRule.REMOTE, Limit.WHOLE_PACK, "house");
        limit.lowerTo(4.0, LimitRule.REMOTE, Limit.WHOLE_PACK, "fleet");
        assertEquals("fleet", limit.source());
        assertEquals("house", limit.nextSource());
        assertEquals(6.0, limit.nextA());
    }

    @Test
    void remembersSinceWhenARuleHoldsWhicheverCellItIs() {
        limit.restart(5.0, LimitRule.PLATING, 1);
        limit.close(10L);
        limit.restart(4.0, LimitRule.PLATING, 2);
        limit.close(20L);
        assertEquals(10L, limit.sinceNanos());
        limit.restart(4.0, LimitRule.REMOTE, Limit.WHOLE_PACK);
        limit.close(30L);
        assertEquals(30L, limit.sinceNanos());
        limit.restart(9.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        limit.lowerTo(4.0, LimitRule.REMOTE, Limit.WHOLE_PACK, "house");
        limit.close(40L);
        assertEquals(40L, limit.sinceNanos());
        limit.restart(4.0, LimitRule.PLATING, 2);
        limit.close(50L);
        assertEquals(50L, limit.sinceNanos());
    }

    @Test
    void namesTheSlopeOnlyWhereItTakesMuch() {
        limit.restart(10.0, LimitRule.PLATING, 2);
        limit.ramp(9.0, 0.8);
        assertEquals(9.0, limit.limitA());
        assertEquals(LimitRule.PLATING, limit.rule());
        limit.ramp(11.0, 0.8);
        assertEquals(9.0, limit.limitA());
        limit.ramp(7.0, 0.8);
        assertEquals(7.0, limit.limitA());
        assertEquals(LimitRule.RAMP, limit.rule());
        assertEquals(LimitRule.PLATING, limit.nextRule());
        assertEquals(9.0, limit.nextA());
    }

    @Test
    void takesAShareOfWhatIsAllowed() {
        limit.restart(10.0, LimitRule.PLATING, 2);
        limit.share(1.0, LimitRule.FAULT, "");
        assertEquals(LimitRule.PLATING, limit.rule());
        limit.share(0.5, LimitRule.FAULT, "");
        assertEquals(5.0, limit.limitA());
        assertEquals(LimitRule.FAULT, limit.rule());
        limit.share(Double.NaN, LimitRule.FAULT, "");
        assertEquals(0.0, limit.limitA());
    }
}
