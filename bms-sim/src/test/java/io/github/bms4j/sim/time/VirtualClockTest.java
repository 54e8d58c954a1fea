package io.github.bms4j.sim.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private final VirtualClock clock = new VirtualClock();
    private final List<String> ran = new ArrayList<>();

    private Task note(String name) {
        return now -> ran.add(name + "@" + now);
    }

    @Test
    void runsByTimeThenPriorityThenOrderOfStart() {
        clock.at(20, note("late"));
        clock.at(10, 1, note("second"));
        clock.at(10, 1, note("third"));
        clock.at(10, -1, note("first"));
        clock.at(0, note("start"));

        assertTrue(clock.runUntil(20));

        assertEquals(List.of("start@0", "first@10", "second@10", "third@10", "late@20"), ran);
        assertEquals(0, clock.waiting());
    }

    @Test
    void periodicTimersKeepTheirPlaceAtSharedMoments() {
        clock.every(10, 0, note("fast"));
        clock.every(20, 0, note("slow"));
        clock.every(20, 0, -1, note("early"));

        clock.runUntil(20);

        assertEquals(List.of("early@0", "fast@0", "slow@0", "fast@10", "early@20", "fast@20", "slow@20"), ran);
    }

    @Test
    void runsUpToAndIncludingTheEndAndStandsThere() {
        clock.every(10, 5, note("tick"));

        assertTrue(clock.runUntil(25));
        assertEquals(List.of("tick@5", "tick@15", "tick@25"), ran);
        assertEquals(25, clock.nowNanos());

        assertTrue(clock.runUntil(34));
        assertEquals(3, ran.size());
        assertEquals(34, clock.nowNanos());
        assertEquals(1, clock.waiting());
    }

    @Test
    void periodicTimerDoesNotDriftOverAYear() {
        long period = 333_333_333_333L;
        long[] count = new long[1];
        clock.every(period, 7, now -> {
            assertEquals(7 + count[0] * period, now);
            count[0]++;
        });

        clock.runUntil(365L * 86_400_000_000_000L);

        assertEquals((365L * 86_400_000_000_000L - 7) / period + 1, count[0]);
    }

    @Test
    void taskMayCancelItself() {
        Timer[] self = new Timer[1];
        self[0] = clock.every(10, 10, now -> {
            ran.add("run@" + now);
            assertTrue(self[0].active());
            if (now == 30) {
                self[0].cancel();
                self[0].cancel();
            }
        });

        clock.runUntil(100);

        assertEquals(List.of("run@10", "run@20", "run@30"), ran);
        assertFalse(self[0].active());
        assertEquals(0, clock.waiting());
    }

    @Test
    void taskMayCancelAnotherThatIsDueAtTheSameMoment() {
        Timer[] victim = new Timer[1];
        clock.at(10, now -> victim[0].cancel());
        victim[0] = clock.at(10, note("victim"));
        clock.at(10, note("bystander"));

        clock.runUntil(10);

        assertEquals(List.of("bystander@10"), ran);
    }

    @Test
    void timerStartedAtThePresentMomentRunsInThisRun() {
        clock.at(10, now -> clock.at(now, note("now")));
        clock.at(10, 5, note("later"));

        clock.runUntil(10);

        assertEquals(List.of("now@10", "later@10"), ran);
    }

    @Test
    void singleTimerIsNoLongerActiveInsideItsRun() {
        Timer[] self = new Timer[1];
        self[0] = clock.at(1, now -> {
            assertFalse(self[0].active());
            self[0].cancel();
            ran.add("ran");
        });
        assertTrue(self[0].active());

        clock.runUntil(1);

        assertEquals(List.of("ran"), ran);
    }

    @Test
    void stopEndsTheRunAfterTheTaskAndTheRestCanFollow() {
        clock.at(10, now -> {
            clock.stop();
            ran.add("stopper@" + now);
        });
        clock.at(10, note("next"));
        clock.at(50, note("end"));

        assertFalse(clock.runUntil(100));
        assertEquals(List.of("stopper@10"), ran);
        assertEquals(10, clock.nowNanos());

        assertTrue(clock.runUntil(100));
        assertEquals(List.of("stopper@10", "next@10", "end@50"), ran);
    }

    @Test
    void stopOutsideARunChangesNothing() {
        clock.stop();
        clock.at(10, note("tick"));
        assertTrue(clock.runUntil(10));
        assertEquals(List.of("tick@10"), ran);
    }

    @Test
    void whatATaskThrowsComesOutAndTheClockRunsOn() {
        clock.at(10, now -> {
            throw new IllegalStateException("broken cell");
        });
        clock.at(20, note("after"));

        assertEquals(
                "broken cell",
                assertThrows(IllegalStateException.class, () -> clock.runUntil(30))
                        .getMessage());
        assertEquals(10, clock.nowNanos());

        assertTrue(clock.runUntil(30));
        assertEquals(List.of("after@20"), ran);
    }

    @Test
    void periodicTimerEndsWhereTimeEnds() {
        clock.every(Long.MAX_VALUE - 5, 10, note("tick"));
        assertTrue(clock.runUntil(Long.MAX_VALUE));
        assertEquals(List.of("tick@10"), ran);
        assertEquals(0, clock.waiting());
    }

    @Test
    void refusesThePastTheEmptyPeriodAndANestedRun() {
        clock.runUntil(100);
        Exception past = assertThrows(IllegalArgumentException.class, () -> clock.at(99, note("past")));
        assertTrue(String.valueOf(past.getMessage()).contains("100"), past::getMessage);
        assertThrows(IllegalArgumentException.class, () -> clock.every(0, 100, note("no period")));
        assertThrows(IllegalArgumentException.class, () -> clock.runUntil(99));
        clock.at(100, now -> clock.runUntil(200));
        assertThrows(IllegalStateException.class, () -> clock.runUntil(150));
        assertTrue(clock.runUntil(100));
    }

    @Test
    void agreesWithASlowSortedListUnderRandomStartsAndCancels() {
        for (long seed = 1; seed <= 20; seed++) {
            agreesWithASortedList(seed);
        }
    }

    private static void agreesWithASortedList(long seed) {
        record Expected(long nanos, int priority, int number) {}
        Random random = new Random(seed);
        VirtualClock clock = new VirtualClock();
        List<Integer> ran = new ArrayList<>();
        List<Timer> timers = new ArrayList<>();
        List<Expected> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int number = i;
            long nanos = random.nextInt(40);
            int priority = random.nextInt(3);
            timers.add(clock.at(nanos, priority, now -> ran.add(number)));
            expected.add(new Expected(nanos, priority, number));
            if (random.nextInt(3) == 0) {
                int victim = random.nextInt(timers.size());
                timers.get(victim).cancel();
                expected.removeIf(e -> e.number() == victim);
            }
        }
        expected.sort(Comparator.comparingLong(Expected::nanos)
                .thenComparingInt(Expected::priority)
                .thenComparingInt(Expected::number));

        clock.runUntil(40);

        assertEquals(expected.stream().map(Expected::number).toList(), ran, "seed " + seed);
    }

    @Test
    void runsMillionsOfEventsWithoutAllocating() {
        long[] sum = new long[1];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 16; i++) {
            clock.every(1_000 + random.nextInt(1_000), random.nextInt(1_000), now -> sum[0]++);
        }
        clock.runUntil(20_000_000);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long events = sum[0];

        clock.runUntil(120_000_000);

        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        events = sum[0] - events;
        assertTrue(events > 1_000_000, events + " events");
        assertTrue(bytes < 10_000, bytes + " bytes for " + events + " events");
    }
}
