package io.github.bms4j.contactor;

import static io.github.bms4j.contactor.ContactorEvent.BLIND;
import static io.github.bms4j.contactor.ContactorEvent.BREAK_NEGATIVE;
import static io.github.bms4j.contactor.ContactorEvent.BREAK_POSITIVE;
import static io.github.bms4j.contactor.ContactorEvent.CONTACTS_SET;
import static io.github.bms4j.contactor.ContactorEvent.LINK_MATCHES;
import static io.github.bms4j.contactor.ContactorEvent.LINK_QUIET;
import static io.github.bms4j.contactor.ContactorEvent.START_CHECK;
import static io.github.bms4j.contactor.ContactorEvent.START_LIVE;
import static io.github.bms4j.contactor.ContactorEvent.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.measure.Contact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole graph, walked: every state with every set of events. */
class ContactorTableTest {
    private static final Set<ContactorEvent> CLOSING =
            EnumSet.of(START_CHECK, START_LIVE, LINK_QUIET, LINK_MATCHES, CONTACTS_SET);

    private static ContactorTable table(FuseRule rule) {
        return ContactorTable.of(rating(rule));
    }

    private static ContactorRating rating(FuseRule rule) {
        ContactorRating r = ContactorRating.standard(400.0);
        return new ContactorRating(
                r.maxPackV(),
                r.weldV(),
                r.joinV(),
                r.restS(),
                r.contacts(),
                r.precharge(),
                new OpeningRating(2.0, 3.0, rule),
                r.readings());
    }

    private static int coils(ContactorState state) {
        return (state.positive() ? 4 : 0) | (state.negative() ? 2 : 0) | (state.precharge() ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(FuseRule.class)
    void everyStateLeavesByItsTimeout(FuseRule rule) {
        ContactorTable table = table(rule);
        for (ContactorState state : ContactorState.values()) {
            assertTrue(table.timeoutS(state) > 0.0 && table.timeoutS(state) <= 60.0, state + " lasts too long");
            assertEquals(TIMEOUT, table.event(state, TIMEOUT.bit()), state.name());
            assertNotEquals(state, table.next(state, TIMEOUT), state.name());
        }
    }

    @Test
    void timeoutsAloneOpenEverythingWithinSeconds() {
        ContactorTable table = table(FuseRule.OPEN_ANYWAY);
        for (ContactorState start : ContactorState.values()) {
            double timeS = 0.0;
            ContactorState state = start;
            while (!state.allOpen()) {
                timeS += table.timeoutS(state);
                state = table.next(state, TIMEOUT);
                assertTrue(timeS < 20.0, start + " is still at " + state + " after " + timeS + " s");
            }
        }
    }

    @Test
    void timeoutsAloneEndInWaitingForTheFuseWhenTheRuleSaysStay() {
        ContactorTable table = table(FuseRule.STAY_CLOSED);
        Set<ContactorState> waiting = EnumSet.of(ContactorState.WAIT_FUSE, ContactorState.HELD_CLOSED);
        for (ContactorState start : ContactorState.values()) {
            ContactorState state = start;
            for (int i = 0; i < 20 && !state.allOpen(); i++) {
                state = table.next(state, TIMEOUT);
            }
            assertTrue(state.allOpen() || waiting.contains(state), start + " ends at " + state);
        }
        assertEquals(ContactorState.OPEN_POSITIVE, table.next(ContactorState.HELD_CLOSED, BLIND));
    }

    @ParameterizedTest
    @EnumSource(FuseRule.class)
    void everyStateHasAWayToOpenThatTurnsNoCoilOn(FuseRule rule) {
        ContactorTable table = table(rule);
        for (ContactorState start : ContactorState.values()) {
            Set<ContactorState> seen = EnumSet.of(start);
            Deque<ContactorState> open = new ArrayDeque<>(seen);
            while (!open.isEmpty()) {
                ContactorState state = open.remove();
                for (ContactorTransition row : table.rows()) {
                    boolean off = (coils(row.to()) & ~coils(row.from())) == 0;
                    if (row.from() == state && off && seen.add(row.to())) {
                        open.add(row.to());
                    }
                }
            }
            assertTrue(seen.contains(ContactorState.INSPECT), start + " reaches only " + seen);
        }
    }

    @ParameterizedTest
    @CsvSource({"STAY_CLOSED, ''", "OPEN_ANYWAY, HELD_CLOSED"})
    void everyStateIsReachedFromTheFirst(FuseRule rule, String never) {
        Set<ContactorState> reached = EnumSet.of(ContactorState.INSPECT);
        for (int i = 0; i < ContactorState.values().length; i++) {
            for (ContactorTransition row : table(rule).rows()) {
                if (reached.contains(row.from())) {
                    reached.add(row.to());
                }
            }
        }
        Set<ContactorState> missing = EnumSet.complementOf(EnumSet.copyOf(reached));
        assertEquals(never.isEmpty() ? Set.of() : Set.of(ContactorState.valueOf(never)), missing);
    }

    /** 2^20 sets of events in each of 15 states. */
    @Test
    void everySetOfEventsIsDecidedByItsMostPressingOne() {
        ContactorTable table = table(FuseRule.STAY_CLOSED);
        ContactorEvent[] events = ContactorEvent.values();
        for (ContactorState state : ContactorState.values()) {
            int leads = 0;
            for (ContactorTransition row : table.rows()) {
                leads |= row.from() == state ? row.event().bit() : 0;
            }
            for (int set = 0; set < 1 << events.length; set++) {
                ContactorEvent taken = table.event(state, set);
                if (taken == null) {
                    assertEquals(0, set & leads);
                } else if (!(Integer.lowestOneBit(set & leads) == taken.bit())) {
                    throw new AssertionError(state + " takes " + taken + " of " + Integer.toBinaryString(set));
                } else if ((coils(table.next(state, taken)) & ~coils(state)) != 0
                        && (set & leads & ~bits(CLOSING)) != 0) {
                    throw new AssertionError(state + " closes a contactor by " + taken + " although "
                            + Integer.toBinaryString(set) + " holds a reason not to");
                }
            }
        }
    }

    private static int bits(Set<ContactorEvent> events) {
        return events.stream().mapToInt(ContactorEvent::bit).sum();
    }

    @ParameterizedTest
    @EnumSource(FuseRule.class)
    void onlyAMatchedLinkClosesThePositiveContactor(FuseRule rule) {
        for (ContactorTransition row : table(rule).rows()) {
            if (row.to().positive() && !row.from().positive()) {
                assertEquals(LINK_MATCHES, row.event(), row.toString());
                assertEquals(ContactorState.PRECHARGE, row.from());
            }
            if ((coils(row.to()) & ~coils(row.from())) != 0) {
                assertTrue(CLOSING.contains(row.event()), row + " turns a coil on");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FuseRule.class)
    void aConnectedStringIsBrokenByABreakOrAfterTheDeadlineForTheFuseOnly(FuseRule rule) {
        for (ContactorTransition row : table(rule).rows()) {
            if (row.from().connected() && !row.to().connected()) {
                boolean late = (row.from() == ContactorState.WAIT_FUSE && row.event() == TIMEOUT)
                        || (row.from() == ContactorState.HELD_CLOSED && row.event() == BLIND);
                assertTrue(late || row.event() == BREAK_POSITIVE || row.event() == BREAK_NEGATIVE, row.toString());
                assertTrue(row.to().positive() != row.to().negative(), "one after the other: " + row);
            }
        }
    }

    @ParameterizedTest(name = "{0}: coils {1}, share {2}")
    @CsvSource({
        "INSPECT, ---, 0",
        "STANDBY, ---, 0",
        "LOCKED, ---, 0",
        "CHECK_NEGATIVE, --C, 0",
        "CHECK_RELEASE, ---, 0",
        "CLOSE_NEGATIVE, -N-, 0",
        "PRECHARGE, -NC, 0",
        "CLOSE_POSITIVE, PNC, 0",
        "OPEN_PRECHARGE, PN-, 0",
        "CLOSED, PN-, 1",
        "ZERO_CURRENT, PN-, 0",
        "WAIT_FUSE, PN-, 0",
        "HELD_CLOSED, PN-, 0",
        "OPEN_POSITIVE, -N-, 0",
        "OPEN_NEGATIVE, P--, 0"
    })
    void outputsAreColumnsOfTheState(ContactorState state, String coils, double share) {
        assertEquals(coils, state.coils());
        assertEquals(share, state.limitShare());
        assertEquals(coils.charAt(0) == 'P', state.commands(Contact.POSITIVE));
        assertEquals(coils.charAt(1) == 'N', state.commands(Contact.NEGATIVE));
        assertEquals(coils.charAt(2) == 'C', state.commands(Contact.PRECHARGE));
        assertEquals(false, state.commands(Contact.INTERLOCK));
        assertEquals("---".equals(coils), state.allOpen());
        assertEquals(coils.startsWith("PN"), state.connected());
    }

    @Test
    void anEventWithoutARowChangesNothing() {
        ContactorTable table = table(FuseRule.OPEN_ANYWAY);
        assertNull(table.event(ContactorState.STANDBY, LINK_MATCHES.bit()));
        assertEquals(ContactorState.STANDBY, table.next(ContactorState.STANDBY, LINK_MATCHES));
    }

    @Test
    void printsEveryStateAndEveryRow() {
        ContactorTable table = table(FuseRule.OPEN_ANYWAY);
        List<String> lines = table.describe().lines().toList();
        assertEquals(1 + ContactorState.values().length + table.rows().size(), lines.size());
        assertTrue(lines.contains("CLOSED           PN-   1       1.000 s"), table.describe());
        assertTrue(lines.contains(
                "    LINK_MATCHES    -> CLOSE_POSITIVE  link within the gate of the pack voltage, current small"));
        int precharge = lines.indexOf("PRECHARGE        -NC   0       0.372 s");
        assertEquals("    TIMEOUT         -> INSPECT         timeout", lines.get(precharge + 7));
        List<String> drawn = table.mermaid().lines().toList();
        assertEquals("stateDiagram-v2", drawn.get(0));
        assertEquals(2 + ContactorState.values().length + table.rows().size(), drawn.size());
        assertTrue(drawn.contains("    PRECHARGE --> CLOSE_POSITIVE : LINK_MATCHES"));
        assertTrue(drawn.contains("    CLOSED : CLOSED PN-"));
    }

    @Test
    void refusesATableWithAHole() {
        List<ContactorTransition> rows = ContactorRows.of(FuseRule.OPEN_ANYWAY);
        double[] timeouts = new double[ContactorState.values().length];
        Arrays.fill(timeouts, 1.0);
        assertNotNull(new ContactorTable(rows, timeouts));
        for (ContactorState state : ContactorState.values()) {
            List<ContactorTransition> without = new ArrayList<>(rows);
            without.removeIf(row -> row.from() == state && row.event() == TIMEOUT);
            String said = assertThrows(IllegalArgumentException.class, () -> new ContactorTable(without, timeouts))
                    .getMessage();
            assertEquals("the timeout of " + state + " must lead to another state", said);
            without.add(new ContactorTransition(state, TIMEOUT, state));
            assertThrows(IllegalArgumentException.class, () -> new ContactorTable(without, timeouts));
            double[] none = timeouts.clone();
            none[state.ordinal()] = Double.NaN;
            assertThrows(IllegalArgumentException.class, () -> new ContactorTable(rows, none));
            none[state.ordinal()] = 0.0;
            assertThrows(IllegalArgumentException.class, () -> new ContactorTable(rows, none));
        }
        List<ContactorTransition> twice = new ArrayList<>(rows);
        twice.add(new ContactorTransition(ContactorState.CLOSED, TIMEOUT, ContactorState.LOCKED));
        assertThrows(IllegalArgumentException.class, () -> new ContactorTable(twice, timeouts));
    }
}
