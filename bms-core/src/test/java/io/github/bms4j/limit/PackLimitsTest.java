package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PackLimitsTest {
    private static final long SECOND = 1_000_000_000L;

    private final PackLimits limits = new PackLimits();

    @Test
    void explainsACellWithItsReadingSinceWhenAndTheNextRule() {
        Limit limit = limits.charge(Horizon.S10);
        limit.restart(150.0, LimitRule.TEMPERATURE, 37);
        limit.lowerTo(225.0, LimitRule.STATION_POWER, Limit.WHOLE_PACK);
        limit.reading(46.13);
        limit.close(134 * SECOND);
        limits.power(Direction.CHARGE, Horizon.S10, 62_400.0, 400.0);
        assertEquals(
                "62.4 kW: cell 37 at 46.1 °C (temperature derate, since 00:02:14), next: station 90.0 kW",
                limits.explain(Direction.CHARGE, Horizon.S10, 0L));
        assertEquals(
                "62.4 kW: cell 37 at 46.1 °C (temperature derate, since 01:02:14), next: station 90.0 kW",
                limits.explain(Direction.CHARGE, Horizon.S10, -3600 * SECOND));
        assertSame(limit, limits.limit(Direction.CHARGE, Horizon.S10));
        assertEquals(62_400.0, limits.chargeW(Horizon.S10));
        assertEquals(0.0, limits.dischargeW(Horizon.S10));
    }

    @Test
    void explainsTheWholePackAndWhoAskedForIt() {
        Limit limit = limits.discharge(Horizon.S1);
        limit.restart(100.0, LimitRule.CELL_VOLTAGE, 5);
        limit.lowerTo(40.0, LimitRule.REMOTE, Limit.WHOLE_PACK, "house");
        limit.close(0L);
        limits.power(Direction.DISCHARGE, Horizon.S1, 15_960.0, 399.0);
        assertEquals(
                "16.0 kW: remote limit of house (since 12:00:01), next: cell 5 cell voltage 39.9 kW",
                limits.explain(Direction.DISCHARGE, Horizon.S1, -43_201 * SECOND));
    }

    @Test
    void explainsAVoltageToTheMillivoltAndAColdCellWithItsSign() {
        Limit limit = limits.discharge(Horizon.S60);
        limit.restart(10.0, LimitRule.CELL_VOLTAGE, 2);
        limit.reading(3.0494);
        limit.close(SECOND);
        limits.power(Direction.DISCHARGE, Horizon.S60, 49.0, 4.9);
        assertEquals(
                "0.0 kW: cell 2 at 3.049 V (cell voltage, since -00:00:59)",
                limits.explain(Direction.DISCHARGE, Horizon.S60, 60 * SECOND));
        limit.restart(10.0, LimitRule.TEMPERATURE, 2);
        limit.reading(-17.96);
        limit.close(90 * SECOND);
        assertEquals(
                "0.0 kW: cell 2 at -18.0 °C (temperature derate, since 00:00:30)",
                limits.explain(Direction.DISCHARGE, Horizon.S60, 60 * SECOND));
        limit.restart(10.0, LimitRule.SOC_WINDOW, 2);
        limit.reading(0.04);
        limit.close(90 * SECOND);
        assertEquals(
                "0.0 kW: cell 2 at 0.0 % (SOC window, since 00:00:30)",
                limits.explain(Direction.DISCHARGE, Horizon.S60, 60 * SECOND));
    }

    @Test
    void saysThatNothingIsKnownYet() {
        assertEquals(
                "0.0 kW: not known yet (since 00:00:00)", limits.explain(Direction.CHARGE, Horizon.CONTINUOUS, 0L));
    }
}
