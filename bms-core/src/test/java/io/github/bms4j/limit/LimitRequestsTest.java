package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitRequestsTest {
    private static final long SECOND = 1_000_000_000L;

    private final LimitRequests requests =
            new LimitRequests(List.of(new RemoteSource("house", false), new RemoteSource("fleet", true)));
    private final Limit limit = new Limit();

    private Limit ask(LimitRequests from, Direction direction, long nanos) {
        from.step(nanos);
        limit.restart(100.0, LimitRule.CELL_VOLTAGE, 3);
        from.lower(direction, 400.0, limit);
        return limit;
    }

    @Test
    void leavesALimitAloneWhileNobodyAsks() {
        LimitRequests nobody = new LimitRequests();
        assertEquals(100.0, ask(nobody, Direction.CHARGE, 0L).limitA());
        assertEquals(LimitRule.CELL_VOLTAGE, limit.rule());
        assertEquals(Double.POSITIVE_INFINITY, nobody.mostW(Direction.CHARGE));
        assertEquals(Double.POSITIVE_INFINITY, limit.nextA());
    }

    @ParameterizedTest(name = "{0} A {1} W while {2}: {3} A by {4}")
    @CsvSource({
        "80, Infinity, CHARGE, 80, STATION_CURRENT",
        "Infinity, 20000, CHARGE, 50, STATION_POWER",
        "80, 20000, CHARGE, 50, STATION_POWER",
        "NaN, Infinity, CHARGE, 0, STATION_CURRENT",
        "Infinity, NaN, CHARGE, 0, STATION_POWER",
        "-5, Infinity, CHARGE, 0, STATION_CURRENT",
        "80, 20000, DISCHARGE, 100, CELL_VOLTAGE",
        "120, 90000, CHARGE, 100, CELL_VOLTAGE"
    })
    void takesTheStationForAChargeOnly(double a, double w, Direction direction, double expectedA, LimitRule rule) {
        LimitRequests station = new LimitRequests();
        station.station(a, w);
        assertEquals(expectedA, ask(station, direction, 0L).limitA());
        assertEquals(rule, limit.rule());
    }

    @ParameterizedTest(name = "shares {0} and {1}: {2} A discharging, {3} A charging")
    @CsvSource({"1, 1, 100, 100", "0.5, 1, 50, 100", "1, 0.25, 100, 25", "0, 0, 0, 0", "NaN, 2, 0, 100", "-1, NaN, 0, 0"
    })
    void multipliesByWhatFaultsLeave(double dischargeShare, double chargeShare, double dischargeA, double chargeA) {
        LimitRequests faulty = new LimitRequests();
        faulty.faults(dischargeShare, "cold", chargeShare, "hot");
        assertEquals(dischargeA, ask(faulty, Direction.DISCHARGE, 0L).limitA());
        assertEquals(dischargeA < 100.0 ? LimitRule.FAULT : LimitRule.CELL_VOLTAGE, limit.rule());
        assertEquals(chargeA, ask(faulty, Direction.CHARGE, 0L).limitA());
        if (chargeA < 100.0) {
            assertEquals(LimitRule.FAULT, limit.rule());
            assertEquals("hot", limit.source());
            assertEquals(LimitRule.CELL_VOLTAGE, limit.nextRule());
            assertEquals(100.0, limit.nextA());
        }
    }

    @ParameterizedTest(name = "contactors leave {0}, faults {1}: {2} A by {3}")
    @CsvSource({
        "0, 1, 0, CONTACTORS_OPEN",
        "1, 1, 100, CELL_VOLTAGE",
        "0, 0, 0, FAULT",
        "0.5, 0.5, 25, CONTACTORS_OPEN",
        "NaN, 1, 0, CONTACTORS_OPEN"
    })
    void openContactorsLeaveNothing(double contactors, double faults, double expectedA, LimitRule rule) {
        LimitRequests open = new LimitRequests();
        open.contactors(contactors);
        open.faults(faults, "weld", faults, "weld");
        for (Direction direction : Direction.values()) {
            assertEquals(expectedA, ask(open, direction, 0L).limitA());
            assertEquals(rule, limit.rule());
            assertEquals(rule == LimitRule.FAULT ? "weld" : "", limit.source());
        }
    }

    @Test
    void obeysARemoteLimitUntilItsLeaseEnds() {
        requests.remote(0, Direction.DISCHARGE, 30.0, Double.POSITIVE_INFINITY, 10 * SECOND);
        requests.remote(1, Direction.DISCHARGE, 60.0, Double.POSITIVE_INFINITY, 20 * SECOND);
        assertEquals(30.0, ask(requests, Direction.DISCHARGE, 10 * SECOND - 1).limitA());
        assertEquals(LimitRule.REMOTE, limit.rule());
        assertEquals("house", limit.source());
        assertEquals(60.0, limit.nextA());
        assertEquals("fleet", limit.nextSource());
        assertTrue(requests.leased(0, 10 * SECOND - 1));
        assertEquals(60.0, ask(requests, Direction.DISCHARGE, 10 * SECOND).limitA());
        assertEquals("fleet", limit.source());
        assertFalse(requests.leased(0, 10 * SECOND));
        assertEquals(0.0, ask(requests, Direction.DISCHARGE, 20 * SECOND).limitA());
        assertEquals(LimitRule.LEASE_EXPIRED, limit.rule());
        assertEquals("fleet", limit.source());
        assertEquals(20 * SECOND, requests.untilNanos(1));
    }

    @Test
    void allowsNothingBeforeARequiredSourceIsHeard() {
        assertEquals(0.0, ask(requests, Direction.CHARGE, 0L).limitA());
        assertEquals(LimitRule.LEASE_EXPIRED, limit.rule());
        requests.remote(1, Direction.CHARGE, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, SECOND);
        assertEquals(100.0, ask(requests, Direction.CHARGE, 0L).limitA());
    }

    @Test
    void doesNotBringBackWhatRanOutWithTheNextLease() {
        requests.remote(0, Direction.CHARGE, 5.0, 1000.0, SECOND);
        requests.remote(1, Direction.CHARGE, 50.0, Double.POSITIVE_INFINITY, 100 * SECOND);
        ask(requests, Direction.CHARGE, 2 * SECOND);
        requests.remote(0, Direction.DISCHARGE, 7.0, Double.POSITIVE_INFINITY, 10 * SECOND);
        assertEquals(50.0, ask(requests, Direction.CHARGE, 3 * SECOND).limitA());
        assertEquals(Double.POSITIVE_INFINITY, requests.remoteW(0, Direction.CHARGE));
        assertEquals(7.0, ask(requests, Direction.DISCHARGE, 3 * SECOND).limitA());
        assertEquals(7.0, requests.remoteA(0, Direction.DISCHARGE));
    }

    @Test
    void letsASourceGiveItsLeaseBack() {
        requests.remote(1, Direction.CHARGE, 50.0, Double.POSITIVE_INFINITY, 100 * SECOND);
        requests.release(1);
        assertEquals(0.0, ask(requests, Direction.CHARGE, SECOND).limitA());
        assertEquals(LimitRule.LEASE_EXPIRED, limit.rule());
    }

    @Test
    void countsLeasesByDifferenceWhereTheClockWraps() {
        long now = Long.MAX_VALUE - SECOND;
        requests.remote(1, Direction.CHARGE, 50.0, 9000.0, now + 5 * SECOND);
        assertEquals(22.5, ask(requests, Direction.CHARGE, now + 4 * SECOND).limitA());
        assertEquals(0.0, ask(requests, Direction.CHARGE, now + 6 * SECOND).limitA());
    }

    @Test
    void givesTheLowestPowerAnybodyAllows() {
        requests.station(Double.POSITIVE_INFINITY, 9000.0);
        requests.remote(0, Direction.CHARGE, 50.0, 7000.0, SECOND);
        requests.remote(0, Direction.DISCHARGE, 50.0, 3000.0, SECOND);
        assertEquals(7000.0, requests.mostW(Direction.CHARGE));
        assertEquals(3000.0, requests.mostW(Direction.DISCHARGE));
        requests.station(Double.POSITIVE_INFINITY, Double.NaN);
        assertEquals(0.0, requests.mostW(Direction.CHARGE));
    }

    @Test
    void refusesASourceWithoutAName() {
        assertThrows(IllegalArgumentException.class, () -> new RemoteSource(" ", false));
        assertEquals("fleet", requests.sources().get(1).name());
    }
}
