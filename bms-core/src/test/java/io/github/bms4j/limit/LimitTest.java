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
}
