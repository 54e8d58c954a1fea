package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.journal.StoredFault;
import io.github.bms4j.journal.StoredFrame;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Faults that come, stand, are latched and go, and what is kept of them. */
class FaultBookTest {
    private static final double UTC_S = 1.8e9;
    private final BatterySettings settings = KeptPack.settings();
    private final FaultMonitor monitor = new FaultMonitor(settings.equipment().protect(), KeptPack.LAYOUT);
    private final PackSample sample = new PackSample(KeptPack.LAYOUT);
    private final PackSignals signals = new PackSignals(KeptPack.LAYOUT);
    private long nanos;

    private void seconds(int seconds) {
        for (int k = 0; k < 10 * seconds; k++) {
            nanos += 100_000_000L;
            sample.begin(nanos);
            sample.readCurrent(1.0);
            for (int c = 0; c < 4; c++) {
                sample.readCellVoltage(c, 3.6);
            }
            sample.readTemperature(0, 25.0);
            sample.readTemperature(1, 25.0);
            signals.begin(nanos);
            monitor.step(sample, signals);
        }
    }

    private List<StoredFault> changed(FaultBook book) {
        return Objects.requireNonNull(book.changed(monitor.faults(), nanos, UTC_S + nanos * 1e-9));
    }

    private void assertUnchanged(FaultBook book) {
        assertNull(book.changed(monitor.faults(), nanos, UTC_S + nanos * 1e-9));
    }

    @Test
    void aFaultIsToldWhenItComesAndWhenItIsLatchedAndWhenItIsGivenUp() {
        FaultBook book = new FaultBook(List.of(), List.of());
        seconds(2);
        assertUnchanged(book);
        monitor.report(Fault.WELDED, true, 12.5);
        seconds(2);
        StoredFault first = changed(book).get(0);
        assertEquals(Fault.WELDED.dtc(), first.dtc());
        assertEquals(StoredFault.STOOD, first.status());
        assertEquals(1, first.count());
        assertEquals(UTC_S + 2.2, first.firstUtcS(), 0.2, "when it was set, not when it was asked");
        assertEquals(first.firstUtcS(), first.lastUtcS());
        assertEquals(0, first.where());
        assertEquals(12.5, first.value());
        seconds(2);
        assertUnchanged(book);
        monitor.report(Fault.WELDED, false, 0.0);
        seconds(3);
        StoredFault latched = changed(book).get(0);
        assertEquals(StoredFault.STOOD | StoredFault.WAITED, latched.status());
        assertEquals(12.5, latched.value(), "by what it was set");
        assertTrue(monitor.acknowledge(Fault.WELDED));
        seconds(1);
        assertEquals(0, changed(book).get(0).status());
        monitor.report(Fault.WELDED, true, 3.0);
        seconds(1);
        StoredFault again = changed(book).get(0);
        assertEquals(2, again.count());
        assertEquals(first.firstUtcS(), again.firstUtcS());
        assertEquals(UTC_S + 10.2, again.lastUtcS(), 0.2);
        assertEquals(3.0, again.value());
    }

    @Test
    void aCodeThatIsNotKnownIsKeptAsItCame() {
        StoredFault strange = new StoredFault(0x7F0001, 5, 3, 1.0, 2.0, 4, 5.0);
        FaultBook book = new FaultBook(List.of(strange), List.of());
        seconds(1);
        assertUnchanged(book);
        monitor.report(Fault.WELDED, true);
        seconds(2);
        List<StoredFault> all = changed(book);
        assertEquals(2, all.size());
        assertEquals(strange, all.get(0));
        assertNull(FaultBook.of(0x7F0001));
        assertEquals(Fault.WELDED, FaultBook.of(Fault.WELDED.dtc()));
    }

    @Test
    void theLatestEightFramesAreKept() {
        List<StoredFrame> before = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            before.add(new StoredFrame(k == 3 ? Fault.WELDED.dtc() : 100 + k, 1, new double[] {k}));
        }
        FaultBook book = new FaultBook(List.of(), before);
        seconds(2);
        assertNull(book.frames(monitor.faults()), "nothing new");
        monitor.report(Fault.WELDED, true);
        seconds(5);
        List<StoredFrame> begun = Objects.requireNonNull(book.frames(monitor.faults()));
        assertEquals(8, begun.size());
        assertEquals(Fault.WELDED.dtc(), begun.get(0).dtc());
        assertEquals(
                1, begun.stream().filter(f -> f.dtc() == Fault.WELDED.dtc()).count());
        assertNull(book.frames(monitor.faults()), "it fills, but nothing else has begun");
        monitor.report(Fault.NOT_CLOSED, true);
        seconds(40);
        List<StoredFrame> full = Objects.requireNonNull(book.frames(monitor.faults()));
        assertEquals(8, full.size());
        assertEquals(Fault.NOT_CLOSED.dtc(), full.get(0).dtc(), "the latest first");
        assertEquals(Fault.WELDED.dtc(), full.get(1).dtc());
        assertTrue(full.get(1).rows().length > begun.get(0).rows().length, "filled meanwhile");
        assertNotNull(full.get(7));
        assertEquals(100, full.get(2).dtc());
        assertEquals(106, full.get(7).dtc(), "the last of the old ones has made room");
    }
}
