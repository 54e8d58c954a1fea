package io.github.bms4j.can.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.log.FrameText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryBusTest {
    private static final long MS = 1_000_000;

    private final MemoryBus bus = new MemoryBus(250_000);
    private final MemoryNode a = bus.node("a");
    private final MemoryNode b = bus.node("b");
    private final MemoryNode c = bus.node("c");
    private final CanFrame frame = new CanFrame();
    private final List<String> tapped = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    @BeforeEach
    void tap() {
        bus.tap(f -> {
            tapped.add(f.toString());
            times.add(f.timestampNanos());
        });
    }

    @Test
    void aFrameReachesAllOthersWhenItsLastBitIsOnTheWire() throws IOException {
        bus.advance(5 * MS);
        frame.extended(0x1826F456).length(3).timestampNanos(99);
        a.send(frame);
        long endNanos = 5 * MS + new FrameTime(250_000, 250_000).frameNanos(frame);
        frame.standard(1);
        bus.advance(endNanos - 1);
        assertFalse(b.poll(frame));
        assertEquals("001#", frame.toString());
        bus.advance(endNanos);
        assertTrue(b.poll(frame));
        assertEquals("1826F456#000000", frame.toString());
        assertEquals(endNanos, frame.timestampNanos());
        assertFalse(b.poll(frame));
        assertTrue(c.poll(frame));
        assertFalse(a.poll(frame), "own frame received");
        assertEquals(List.of(endNanos), times);
        assertEquals(1, bus.frames());
        assertEquals(endNanos, bus.nowNanos());
    }

    @ParameterizedTest(name = "{0} goes before {1}")
    @CsvSource({
        "100#, 101#",
        "0FF#FF, 100#",
        "100#, 100#R",
        "100#, 04000000#", // the same first 11 bits: standard before extended
        "100#R, 04000000#",
        "03FFFFFF#, 100#", // extended with lower first 11 bits
        "04000000#, 04000000#R1",
        "04000000#R1, 04000001#",
        "1CEB56F4#, 1CEC56F4#",
        "100#, 100##0",
        "100##0, 100#R",
        "000#, 00000000#",
    })
    void theMoreDominantFrameGoesFirst(String first, String second) throws IOException {
        send(a, second);
        send(b, first);
        send(c, second);
        bus.advance(10 * MS);
        assertEquals(List.of(first, second, second), tapped);
        tapped.clear();
        send(a, first);
        send(b, second);
        bus.advance(20 * MS);
        assertEquals(List.of(first, second), tapped);
    }

    @Test
    void equalIdentifiersGoInTheOrderOfTheNodes() throws IOException {
        send(c, "100#03");
        send(b, "100#02");
        bus.advance(MS * 10);
        assertEquals(List.of("100#02", "100#03"), tapped);
    }

    @Test
    void aNodeKeepsItsOwnOrder() throws IOException {
        send(a, "300#");
        send(a, "100#");
        send(b, "200#");
        bus.advance(10 * MS);
        assertEquals(List.of("200#", "300#", "100#"), tapped);
    }

    @Test
    void aFrameOnTheWireIsNotInterrupted() throws IOException {
        send(a, "700#0011223344556677");
        bus.advance(1);
        send(b, "001#");
        bus.advance(10 * MS);
        assertEquals(List.of("700#0011223344556677", "001#"), tapped);
    }

    @Test
    void framesFollowEachOtherAfterTheIntermission() throws IOException {
        send(a, "123#55");
        send(b, "124#AA");
        bus.advance(10 * MS);
        FrameTime time = new FrameTime(250_000, 250_000);
        long first = time.frameNanos(frame.standard(0x123).length(1).putByte(0, 0x55));
        long second = time.frameNanos(frame.standard(0x124).length(1).putByte(0, 0xAA));
        assertEquals(List.of(first, first + 12_000 + second), times);
        assertEquals(first + second + 24_000, bus.busyNanos());
    }

    @Test
    void aFrameQueuedLaterStartsThenAndNotBefore() throws IOException {
        send(a, "123#");
        bus.advance(10 * MS);
        long lengthNanos = times.get(0);
        bus.advance(50 * MS);
        send(a, "123#");
        bus.advance(60 * MS);
        assertEquals(50 * MS + lengthNanos, times.get(1));
    }

    @Test
    void theStepOfTheClockDoesNotChangeWhatHappens() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(run(seed, 1_000_000), run(seed, 1_000_000 / 8), "seed " + seed);
        }
    }

    private static List<String> run(int seed, long stepNanos) throws IOException {
        MemoryBus bus = new MemoryBus(500_000);
        List<String> seen = new ArrayList<>();
        bus.tap(f -> seen.add(f.timestampNanos() + " " + f));
        List<MemoryNode> nodes = List.of(bus.node("a"), bus.node("b"), bus.node("c"));
        Random random = new Random(seed);
        CanFrame frame = new CanFrame();
        for (long now = 0; now < 100 * MS; now += stepNanos) {
            bus.advance(now);
            if (now % MS == 0) {
                for (int i = random.nextInt(8); i > 0; i--) {
                    frame.classic(random.nextInt(0x800), random.nextBoolean()).length(random.nextInt(9));
                    nodes.get(random.nextInt(3)).send(frame);
                }
            }
        }
        bus.advance(200 * MS);
        assertTrue(seen.size() > 200, "frames: " + seen.size());
        return seen;
    }

    @Test
    void countsWhatNobodyReads() throws IOException {
        MemoryBus small = new MemoryBus(1_000_000, 1_000_000, 3);
        MemoryNode sender = small.node("sender");
        MemoryNode sleeper = small.node("sleeper");
        for (int i = 0; i < 5; i++) {
            sender.send(frame.standard(i));
            small.advance((i + 1) * MS);
        }
        assertEquals(2, sleeper.lost());
        assertEquals(0, sender.lost());
        assertEquals(List.of("000#", "001#", "002#"), drain(sleeper));
        sender.send(frame.standard(9));
        small.advance(9 * MS);
        assertEquals(List.of("009#"), drain(sleeper));
    }

    @Test
    void refusesMoreThanTheSendQueueHolds() throws IOException {
        MemoryBus small = new MemoryBus(1_000_000, 1_000_000, 2);
        MemoryNode sender = small.node("tx");
        sender.send(frame.standard(1));
        sender.send(frame.standard(2));
        String message =
                assertThrows(IOException.class, () -> sender.send(frame)).getMessage();
        assertEquals("send queue of node tx is full", message);
        small.advance(MS);
        sender.send(frame.standard(3));
        assertEquals(2, small.frames());
    }

    @Test
    void aClosedNodeIsGoneAndItsNameFree() throws IOException {
        send(b, "100#");
        b.close();
        b.close();
        send(a, "200#");
        bus.advance(10 * MS);
        assertEquals(List.of("200#"), tapped);
        assertThrows(IOException.class, () -> b.poll(frame));
        assertEquals(
                "node b is closed",
                assertThrows(IOException.class, () -> b.send(frame)).getMessage());
        MemoryNode again = bus.node("b");
        assertEquals("b", again.name());
        send(a, "201#");
        bus.advance(20 * MS);
        assertEquals(List.of("201#"), drain(again));
    }

    @Test
    void aFrameOnTheWireSurvivesItsSender() throws IOException {
        send(a, "100#");
        bus.advance(1);
        a.close();
        bus.advance(MS);
        assertEquals(List.of("100#"), drain(b));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> bus.node("a"));
        assertThrows(IllegalArgumentException.class, () -> new MemoryBus(0));
        assertThrows(IllegalArgumentException.class, () -> new MemoryBus(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new MemoryBus(1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> a.send(frame.error(4)));
        bus.advance(5);
        bus.advance(5);
        assertThrows(IllegalArgumentException.class, () -> bus.advance(4));
    }

    @Test
    void fdFramesUseTheDataRate() throws IOException {
        MemoryBus fast = new MemoryBus(500_000, 2_000_000, 4);
        MemoryNode sender = fast.node("a");
        List<Long> ends = new ArrayList<>();
        fast.tap(f -> ends.add(f.timestampNanos()));
        sender.send(frame.fd(0x123, false, true).length(64));
        fast.advance(MS);
        assertEquals(new FrameTime(500_000, 2_000_000).frameNanos(frame), ends.get(0));
    }

    @Test
    void everyFrameSentIsReceivedOnceByEachOther() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            MemoryBus any = new MemoryBus(1_000_000);
            MemoryNode one = any.node("one");
            MemoryNode two = any.node("two");
            Random random = new Random(seed);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                frame.standard(random.nextInt(0x800)).length(2).putByte(0, i).putByte(1, i >>> 8);
                one.send(frame);
                sent.add(frame.toString());
            }
            any.advance(1000 * MS);
            assertEquals(sent, drain(two), "seed " + seed);
            assertEquals(Collections.emptyList(), drain(one));
        }
    }

    @Test
    void allocatesNothingPerFrame() throws IOException {
        MemoryBus quiet = new MemoryBus(1_000_000);
        MemoryNode one = quiet.node("one");
        MemoryNode two = quiet.node("two");
        long[] count = {0};
        quiet.tap(f -> count[0]++);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            one.send(frame.extended(i).length(8));
            quiet.advance(i * MS);
            while (two.poll(frame)) {
                frame.timestampNanos(0);
            }
        }
        long perFrame = (threads.getCurrentThreadAllocatedBytes() - before) / 10_000;
        assertEquals(0, perFrame);
        assertEquals(20_000, count[0]);
    }

    private static void send(MemoryNode node, String text) throws IOException {
        node.send(FrameText.parse(text));
    }

    private static List<String> drain(MemoryNode node) throws IOException {
        CanFrame into = new CanFrame();
        Stream.Builder<String> all = Stream.builder();
        while (node.poll(into)) {
            all.add(into.toString());
        }
        return all.build().toList();
    }
}
