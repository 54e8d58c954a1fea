package io.github.bms4j.can.j1939;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.bus.MemoryBus;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two transports on one bus in virtual time, with and without lost frames. */
class TransportLoopTest {
    private static final long MS = 1_000_000;

    /** Two nodes at addresses 0xF4 and 0x56, stepped together every 10 ms; frames are counted from 1 and some lost. */
    private static final class Pair {
        final MemoryBus bus = new MemoryBus(250_000);
        final List<String> onBus = new ArrayList<>();
        final List<byte[]> atCharger = new ArrayList<>();
        final List<byte[]> atBms = new ArrayList<>();
        final J1939Transport bms;
        final J1939Transport charger;
        private final CanBus bmsBus;
        private final CanBus chargerBus;
        private final CanFrame frame = new CanFrame();
        private final TransportMessage message = new TransportMessage();
        private final LossRule lossRule;
        private int sent;
        long now;

        interface LossRule {
            boolean loses(int position);
        }

        Pair(TransportSettings settings, LossRule lossRule) {
            this.lossRule = lossRule;
            bmsBus = lossy(bus.node("bms"));
            chargerBus = lossy(bus.node("charger"));
            bms = new J1939Transport(bmsBus, 0xF4, 0x56, settings);
            charger = new J1939Transport(chargerBus, 0x56, 0xF4, settings);
            bus.tap(f -> onBus.add(f.toString()));
        }

        private CanBus lossy(CanBus node) {
            return new CanBus() {
                @Override
                public void send(CanFrame out) throws IOException {
                    if (!lossRule.loses(++sent)) {
                        node.send(out);
                    }
                }

                @Override
                public boolean poll(CanFrame into) throws IOException {
                    return node.poll(into);
                }

                @Override
                public void close() throws IOException {
                    node.close();
                }
            };
        }

        void step() throws IOException {
            bus.advance(now);
            cycle(bms, bmsBus, atBms);
            cycle(charger, chargerBus, atCharger);
            now += 10 * MS;
        }

        private void cycle(J1939Transport end, CanBus node, List<byte[]> received) throws IOException {
            while (node.poll(frame)) {
                assertTrue(end.accept(frame, now), frame.toString());
            }
            end.step(now);
            while (end.receive(message)) {
                received.add(Arrays.copyOf(message.data(), message.length()));
            }
        }

        void runUntilIdle(long limitMs) throws IOException {
            long end = now + limitMs * MS;
            while (bms.sending() || charger.sending()) {
                assertTrue(now < end, "still sending after " + limitMs + " ms: " + onBus);
                step();
            }
        }

        void runFor(long ms) throws IOException {
            for (long end = now + ms * MS; now < end; ) {
                step();
            }
        }
    }

    @Test
    void carriesAnyLengthInBothDirectionsAtOnce() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            TransportSettings settings = new TransportSettings(1 + random.nextInt(255), 1 + random.nextInt(40));
            Pair pair = new Pair(settings, position -> false);
            byte[] there = message(random, seed < 2 ? 9 + 1776 * seed : 9 + random.nextInt(1777));
            byte[] back = message(random, 9 + random.nextInt(1777));
            assertTrue(pair.bms.send(0x1500, there, there.length, 0));
            assertTrue(pair.charger.send(0x1600, back, back.length, 0));
            pair.runUntilIdle(60_000);
            String what = "seed " + seed + " " + settings;
            assertEquals(1, pair.atCharger.size(), what);
            assertEquals(1, pair.atBms.size(), what);
            assertArrayEquals(there, pair.atCharger.get(0), what);
            assertArrayEquals(back, pair.atBms.get(0), what);
            assertEquals(TransportOutcome.DONE, pair.bms.lastOutcome(), what);
            assertEquals(TransportOutcome.DONE, pair.charger.lastOutcome(), what);
        }
    }

    @ParameterizedTest(name = "frame {0} of the 49-byte transfer lost: sender {1}, receiver {2}, {3} messages")
    @CsvSource({
        "0, DONE, DONE, 1",
        "1, NO_CLEAR_TO_SEND, NONE, 0", // the request
        "2, NO_CLEAR_TO_SEND, ABORTED_BY_PEER, 0", // the clear-to-send: the sender's T3 began first
        "3, DONE, DONE, 1", // a packet in the middle is asked for again
        "4, DONE, DONE, 1",
        "5, DONE, DONE, 1",
        "6, DONE, DONE, 1",
        "7, DONE, DONE, 1",
        "8, DONE, DONE, 1",
        "9, ABORTED_BY_PEER, DATA_STOPPED, 0", // the last packet: the receiver's T1 comes first
        "10, NO_ACKNOWLEDGEMENT, DONE, 1", // the acknowledgement
    })
    void survivesTheLossOfAnyOneFrame(int lost, TransportOutcome sender, TransportOutcome receiver, int messages)
            throws IOException {
        Pair pair = new Pair(TransportSettings.DEFAULT, position -> position == lost);
        byte[] first = message(new Random(lost), 49);
        pair.bms.send(0x200, first, 49, 0);
        pair.runUntilIdle(2_000);
        pair.runFor(2_000);
        assertEquals(sender, pair.bms.lastOutcome(), pair.onBus.toString());
        assertEquals(receiver, pair.charger.lastReceiveOutcome(), pair.onBus.toString());
        assertEquals(messages, pair.atCharger.size());
        for (byte[] got : pair.atCharger) {
            assertArrayEquals(first, got);
        }
        byte[] second = message(new Random(-lost), 13);
        assertTrue(pair.bms.send(0x600, second, 13, pair.now));
        pair.runUntilIdle(2_000);
        assertEquals(TransportOutcome.DONE, pair.bms.lastOutcome(), "the next transfer");
        assertArrayEquals(second, pair.atCharger.get(pair.atCharger.size() - 1));
    }

    @Tag("endurance")
    @Test
    void neverDeliversAWrongMessageOnAVeryBadBus() throws IOException {
        int delivered = 0;
        int acknowledged = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            double loss = random.nextDouble() * 0.1;
            Pair pair = new Pair(
                    new TransportSettings(1 + random.nextInt(20), 1 + random.nextInt(10)),
                    position -> random.nextDouble() < loss);
            for (int i = 0; i < 10; i++) {
                byte[] next = message(random, 9 + random.nextInt(200));
                int before = pair.atCharger.size();
                assertTrue(pair.bms.send(0x1500, next, next.length, pair.now), "seed " + seed);
                pair.runUntilIdle(30_000);
                int got = pair.atCharger.size() - before;
                assertTrue(got <= 1, "seed " + seed + ": delivered twice");
                if (got == 1) {
                    assertArrayEquals(next, pair.atCharger.get(before), "seed " + seed);
                }
                if (pair.bms.lastOutcome() == TransportOutcome.DONE) {
                    assertEquals(1, got, "seed " + seed + ": acknowledged but not delivered");
                    acknowledged++;
                }
                delivered += got;
            }
        }
        assertTrue(acknowledged > 300 && delivered >= acknowledged && delivered < 1000, acknowledged + "/" + delivered);
    }

    @Test
    void allocatesNothingOnceBuilt() throws IOException {
        MemoryBus bus = new MemoryBus(250_000);
        CanBus left = bus.node("left");
        CanBus right = bus.node("right");
        J1939Transport bms = new J1939Transport(left, 0xF4, 0x56);
        J1939Transport charger = new J1939Transport(right, 0x56, 0xF4);
        CanFrame frame = new CanFrame();
        TransportMessage message = new TransportMessage();
        byte[] data = new byte[49];
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = 0;
        int received = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            long now = i * (5 * MS);
            bus.advance(now);
            while (left.poll(frame)) {
                bms.accept(frame, now);
            }
            while (right.poll(frame)) {
                charger.accept(frame, now);
            }
            bms.send(0x200, data, 49, now);
            bms.step(now);
            charger.step(now);
            received += charger.receive(message) ? 1 : 0;
        }
        assertEquals(0, (threads.getCurrentThreadAllocatedBytes() - before) / 10_000);
        assertTrue(received > 3_000, "received " + received);
    }

    private static byte[] message(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
