package io.github.bms4j.contactor;

import static io.github.bms4j.contactor.ContactorEvent.ABANDONED;
import static io.github.bms4j.contactor.ContactorEvent.ALL_OPEN;
import static io.github.bms4j.contactor.ContactorEvent.BLIND;
import static io.github.bms4j.contactor.ContactorEvent.BREAK_NEGATIVE;
import static io.github.bms4j.contactor.ContactorEvent.BREAK_POSITIVE;
import static io.github.bms4j.contactor.ContactorEvent.CONFIRMED;
import static io.github.bms4j.contactor.ContactorEvent.CONTACTS_SET;
import static io.github.bms4j.contactor.ContactorEvent.CONTACT_OPEN;
import static io.github.bms4j.contactor.ContactorEvent.FUSE_FIRST;
import static io.github.bms4j.contactor.ContactorEvent.JOIN_REFUSED;
import static io.github.bms4j.contactor.ContactorEvent.LINK_MATCHES;
import static io.github.bms4j.contactor.ContactorEvent.LINK_QUIET;
import static io.github.bms4j.contactor.ContactorEvent.LOCK_STANDS;
import static io.github.bms4j.contactor.ContactorEvent.NOT_CLOSED;
import static io.github.bms4j.contactor.ContactorEvent.PRECHARGE_FAULT;
import static io.github.bms4j.contactor.ContactorEvent.START_CHECK;
import static io.github.bms4j.contactor.ContactorEvent.START_LIVE;
import static io.github.bms4j.contactor.ContactorEvent.TIMEOUT;
import static io.github.bms4j.contactor.ContactorEvent.UNLOCKED;
import static io.github.bms4j.contactor.ContactorEvent.WELD_SEEN;
import static io.github.bms4j.contactor.ContactorState.CHECK_NEGATIVE;
import static io.github.bms4j.contactor.ContactorState.CHECK_RELEASE;
import static io.github.bms4j.contactor.ContactorState.CLOSED;
import static io.github.bms4j.contactor.ContactorState.CLOSE_NEGATIVE;
import static io.github.bms4j.contactor.ContactorState.CLOSE_POSITIVE;
import static io.github.bms4j.contactor.ContactorState.HELD_CLOSED;
import static io.github.bms4j.contactor.ContactorState.INSPECT;
import static io.github.bms4j.contactor.ContactorState.LOCKED;
import static io.github.bms4j.contactor.ContactorState.OPEN_NEGATIVE;
import static io.github.bms4j.contactor.ContactorState.OPEN_POSITIVE;
import static io.github.bms4j.contactor.ContactorState.OPEN_PRECHARGE;
import static io.github.bms4j.contactor.ContactorState.PRECHARGE;
import static io.github.bms4j.contactor.ContactorState.STANDBY;
import static io.github.bms4j.contactor.ContactorState.WAIT_FUSE;
import static io.github.bms4j.contactor.ContactorState.ZERO_CURRENT;

import java.util.ArrayList;
import java.util.List;

/** The rows of the table: what leads from where to where. */
final class ContactorRows {
    private final List<ContactorTransition> rows = new ArrayList<>();

    private ContactorRows() {}

    /** All rows; those after the fuse's deadline follow the rule. */
    static List<ContactorTransition> of(FuseRule rule) {
        ContactorRows table = new ContactorRows();
        table.open();
        table.closing();
        table.closed();
        table.opening(rule);
        return table.rows;
    }

    private void open() {
        from(INSPECT).to(LOCKED, WELD_SEEN, LOCK_STANDS, TIMEOUT).to(STANDBY, ALL_OPEN);
        from(STANDBY)
                .to(INSPECT, WELD_SEEN, LOCK_STANDS, TIMEOUT)
                .to(CHECK_NEGATIVE, START_CHECK)
                .to(CLOSE_NEGATIVE, START_LIVE);
        from(LOCKED).to(INSPECT, UNLOCKED, TIMEOUT);
    }

    private void closing() {
        from(CHECK_NEGATIVE)
                .to(INSPECT, WELD_SEEN, NOT_CLOSED, ABANDONED, BLIND, TIMEOUT)
                .to(CHECK_RELEASE, LINK_QUIET);
        from(CHECK_RELEASE).to(INSPECT, WELD_SEEN, ABANDONED, BLIND, TIMEOUT).to(CLOSE_NEGATIVE, CONTACTS_SET);
        from(CLOSE_NEGATIVE)
                .to(INSPECT, WELD_SEEN, NOT_CLOSED, ABANDONED, BLIND, TIMEOUT)
                .to(PRECHARGE, LINK_QUIET);
        from(PRECHARGE)
                .to(INSPECT, WELD_SEEN, NOT_CLOSED, ABANDONED, BLIND, PRECHARGE_FAULT, JOIN_REFUSED, TIMEOUT)
                .to(CLOSE_POSITIVE, LINK_MATCHES);
        breakable(CLOSE_POSITIVE).to(WAIT_FUSE, TIMEOUT).to(OPEN_PRECHARGE, CONTACTS_SET);
        breakable(OPEN_PRECHARGE)
                .to(ZERO_CURRENT, WELD_SEEN, NOT_CLOSED, ABANDONED, BLIND, TIMEOUT)
                .to(CLOSED, CONTACTS_SET);
    }

    private void closed() {
        breakable(CLOSED).to(ZERO_CURRENT, NOT_CLOSED, ABANDONED, TIMEOUT).to(CLOSED, CONFIRMED);
    }

    private void opening(FuseRule rule) {
        breakable(ZERO_CURRENT).to(WAIT_FUSE, TIMEOUT);
        from(WAIT_FUSE)
                .to(OPEN_POSITIVE, BREAK_POSITIVE)
                .to(OPEN_NEGATIVE, BREAK_NEGATIVE)
                .to(rule == FuseRule.STAY_CLOSED ? HELD_CLOSED : OPEN_POSITIVE, TIMEOUT);
        from(HELD_CLOSED)
                .to(OPEN_POSITIVE, BREAK_POSITIVE, BLIND)
                .to(OPEN_NEGATIVE, BREAK_NEGATIVE)
                .to(WAIT_FUSE, TIMEOUT);
        from(OPEN_POSITIVE).to(INSPECT, WELD_SEEN, TIMEOUT, CONTACT_OPEN);
        from(OPEN_NEGATIVE).to(INSPECT, WELD_SEEN, TIMEOUT, CONTACT_OPEN);
    }

    /** A state with both main contactors closed and the ways of breaking a current that go with it. */
    private Way breakable(ContactorState state) {
        return from(state)
                .to(WAIT_FUSE, FUSE_FIRST)
                .to(OPEN_POSITIVE, BREAK_POSITIVE)
                .to(OPEN_NEGATIVE, BREAK_NEGATIVE);
    }

    private Way from(ContactorState state) {
        return new Way(state);
    }

    /** The ways out of one state. */
    private final class Way {
        private final ContactorState from;

        private Way(ContactorState from) {
            this.from = from;
        }

        private Way to(ContactorState to, ContactorEvent... events) {
            for (ContactorEvent event : events) {
                rows.add(new ContactorTransition(from, event, to));
            }
            return this;
        }
    }
}
