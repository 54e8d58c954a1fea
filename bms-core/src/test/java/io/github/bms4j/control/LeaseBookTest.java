package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.journal.Lease;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.journal.RestartRule;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.limit.RemoteSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A required and a free source, and one whose name is too long to be kept. */
class LeaseBookTest {
    private static final List<RemoteSource> SOURCES = List.of(
            new RemoteSource("grid", true), new RemoteSource("house", false), new RemoteSource("x".repeat(201), false));
    private static final long NOW = 5_000_000_000L;

    private final LimitRequests requests = new LimitRequests(SOURCES);

    private static List<Lease> leases(String name, double chargeA, double remainingS) {
        return List.of(
                new Lease(name + " discharge A", 30.0, remainingS),
                new Lease(name + " discharge W", Double.POSITIVE_INFINITY, remainingS),
                new Lease(name + " charge A", chargeA, remainingS),
                new Lease(name + " charge W", 900.0, remainingS + 5.0));
    }

    private void restore(List<Lease> leases) {
        PackMemory memory = new PackMemory(SampleCells.straight(), new PackLayout(2, 1, 1));
        memory.leases(leases);
        // nobody knows when they were written
        LeaseBook.restore(Restart.of(memory, RestartRule.standard(), 1e9), requests, NOW);
    }

    @Test
    void whatIsHeldIsFourLeasesOfEachSource() {
        assertEquals(List.of(), LeaseBook.held(requests, NOW));
        requests.remote(1, Direction.CHARGE, 5.0, 900.0, NOW + 2_500_000_000L);
        requests.remote(2, Direction.CHARGE, 5.0, 900.0, NOW + 2_500_000_000L);
        assertEquals(
                List.of(
                        new Lease("house discharge A", Double.POSITIVE_INFINITY, 2.5),
                        new Lease("house discharge W", Double.POSITIVE_INFINITY, 2.5),
                        new Lease("house charge A", 5.0, 2.5),
                        new Lease("house charge W", 900.0, 2.5)),
                LeaseBook.held(requests, NOW));
        assertEquals(List.of(), LeaseBook.held(requests, NOW + 2_500_000_000L));
    }

    @Test
    void ofAnUnknownTimeTheFreeSourceKeepsItsLimitAndTheRequiredOneIsOver() {
        List<Lease> both = new ArrayList<>(leases("grid", 5.0, 60.0));
        both.addAll(leases("house", 6.0, 60.0));
        restore(both);
        assertFalse(requests.leased(0, NOW));
        assertTrue(requests.leased(1, NOW));
        assertEquals(6.0, requests.remoteA(1, Direction.CHARGE));
        assertEquals(900.0, requests.remoteW(1, Direction.CHARGE));
        assertEquals(30.0, requests.remoteA(1, Direction.DISCHARGE));
        assertEquals(Double.POSITIVE_INFINITY, requests.remoteW(1, Direction.DISCHARGE));
        assertEquals(NOW + 60_000_000_000L, requests.untilNanos(1), "the shortest of the four");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "-1"})
    void aLeaseWithoutAFigureIsNone(double chargeA) {
        restore(leases("house", chargeA, 60.0));
        assertFalse(requests.leased(1, NOW));
    }

    @Test
    void partOfALeaseIsNone() {
        restore(leases("house", 5.0, 60.0).subList(0, 3));
        assertFalse(requests.leased(1, NOW));
    }

    @Test
    void aLeaseWithoutEndEndsSomeDay() {
        restore(leases("house", 5.0, Double.POSITIVE_INFINITY));
        assertTrue(requests.leased(1, NOW + 900_000_000_000_000_000L));
        assertFalse(requests.leased(1, NOW + 1_000_000_000_000_000_001L));
    }

    @Test
    void timeThatGoesByIsNoChange() {
        List<Lease> before = leases("house", 5.0, 60.0);
        assertFalse(LeaseBook.differ(leases("house", 5.0, 50.0), before));
        assertTrue(LeaseBook.differ(leases("house", 4.0, 60.0), before));
        assertTrue(LeaseBook.differ(leases("grid", 5.0, 60.0), before));
        assertTrue(LeaseBook.differ(List.of(), before));
    }
}
