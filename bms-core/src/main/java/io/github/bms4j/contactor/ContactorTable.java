package io.github.bms4j.contactor;

import io.github.bms4j.num.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a string's contactors as data: for every state its outputs, its timeout, and what leads out of it.
 *
 * <p>A table is refused unless every state has a timeout that leads to another state and every event leads from a state to
 * one other at most. Thread: any. Allocation: none in {@link #event} and {@link #next}.
 */
public final class ContactorTable {
    private static final ContactorState[] STATES = ContactorState.values();
    private static final ContactorEvent[] EVENTS = ContactorEvent.values();

    private final List<ContactorTransition> rows;
    private final @Nullable ContactorState[][] next = new ContactorState[STATES.length][EVENTS.length];
    private final int[] events = new int[STATES.length];
    private final double[] timeoutS;

    ContactorTable(List<ContactorTransition> rows, double[] timeoutS) {
        this.rows = List.copyOf(rows);
        this.timeoutS = timeoutS.clone();
        for (ContactorTransition row : rows) {
            int from = row.from().ordinal();
            int event = row.event().ordinal();
            if (next[from][event] != null) {
                throw new IllegalArgumentException(row.event() + " leads from " + row.from() + " to two states");
            }
            next[from][event] = row.to();
            events[from] |= row.event().bit();
        }
        for (ContactorState state : STATES) {
            Check.positive("timeout of " + state, this.timeoutS[state.ordinal()]);
            ContactorState late = next[state.ordinal()][ContactorEvent.TIMEOUT.ordinal()];
            if (late == null || late == state) {
                throw new IllegalArgumentException("the timeout of " + state + " must lead to another state");
            }
        }
    }

    /** The table for a rating: its timeouts, and its rule for a current that nobody ends. */
    public static ContactorTable of(ContactorRating rating) {
        double[] timeouts = Arrays.stream(STATES).mapToDouble(rating::timeoutS).toArray();
        return new ContactorTable(ContactorRows.of(rating.opening().fuseRule()), timeouts);
    }

    /** All rows, in the order in which they are printed. */
    public List<ContactorTransition> rows() {
        return rows;
    }

    /** Longest time a state may last, s. */
    public double timeoutS(ContactorState state) {
        return timeoutS[state.ordinal()];
    }

    /**
     * The most pressing event of a set that leads out of a state.
     *
     * @param state where the machine stands
     * @param set bits of the events that happen now
     * @return the event, or null when none of them has a row
     */
    @Nullable
    ContactorEvent event(ContactorState state, int set) {
        int hit = set & events[state.ordinal()];
        return hit == 0 ? null : EVENTS[Integer.numberOfTrailingZeros(hit)];
    }

    /** Where an event leads from a state; the state itself when it has no row. */
    public ContactorState next(ContactorState state, ContactorEvent event) {
        ContactorState to = next[state.ordinal()][event.ordinal()];
        return to == null ? state : to;
    }

    /** The whole table as text: a line for every state, below it one for every way out. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append("state            coils limit    timeout    (coils: P positive, N negative, C precharge)\n");
        for (ContactorState state : STATES) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-16s %s   %.0f    %8.3f s%n",
                    state,
                    state.coils(),
                    state.limitShare(),
                    timeoutS(state)));
            for (ContactorTransition row : rows) {
                if (row.from() == state) {
                    text.append(String.format(
                            Locale.ROOT,
                            "    %-15s -> %-15s %s%n",
                            row.event(),
                            row.to(),
                            row.event().text()));
                }
            }
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** The graph in the language of Mermaid, which draws it. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    [*] --> INSPECT\n");
        for (ContactorState state : STATES) {
            text.append("    ")
                    .append(state)
                    .append(" : ")
                    .append(state)
                    .append(' ')
                    .append(state.coils())
                    .append('\n');
        }
        for (ContactorTransition row : rows) {
            text.append("    ").append(row.from()).append(" --> ").append(row.to());
            text.append(" : ").append(row.event()).append('\n');
        }
        return text.toString();
    }
}
