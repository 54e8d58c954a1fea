package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that no charger should send. */
class GbtFuzzTest {
    private static final List<GbtMessage> ALL = List.of(GbtMessage.values());
    private static final int[] TRANSPORT = {0x1CECF456, 0x1CEBF456};
    private static final int[] CONTROL = {0x10, 0x11, 0x13, 0xFF, 0x00, 0x20};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void garbageNeverThrowsAndNeverPermitsCurrentOutsideCharging(long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench(20, 4);
        bench.cable.vehicle.recording = false;
        bench.cable.charger.recording = false;
        Set<VehiclePhase> phases = EnumSet.noneOf(VehiclePhase.class);
        for (int i = 0; i < 6_000; i++) {
            for (int n = random.nextInt(3); n > 0; n--) {
                bench.cable.vehicle.arrive(garbage(random));
            }
            if (random.nextInt(500) == 0) {
                bench.charger.say(random.nextBoolean() ? GbtMessage.CHM : GbtMessage.CRM);
                bench.charger.recognised = GbtAnswer.NO;
            }
            bench.demand.ready(random.nextInt(100) != 0);
            StationState state = bench.step();
            String where = "seed " + seed + ", step " + i + ", " + bench.link.phase();
            phases.add(bench.link.phase());
            if (state.phase != ChargePhase.CHARGING) {
                assertEquals(false, state.permitted, where);
            } else {
                assertTrue(state.maxV > 0.0 && state.maxA >= 0.0, where);
            }
            assertEquals(bench.link.phase().phase(), state.phase, where);
            if (state.phase.over()) {
                assertNotEquals(StopCause.NONE, state.stop, where);
                bench.demand.reset();
                bench.link.reset();
            }
        }
        assertTrue(phases.contains(VehiclePhase.CHARGING), "seed " + seed + " reached charging");
        assertEquals(0, bench.link.busFailures());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void pureNoiseNeverStartsACharge(long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench();
        bench.charger.say();
        CanFrame frame = new CanFrame();
        for (int i = 0; i < 20_000; i++) {
            byte[] data = new byte[random.nextInt(9)];
            random.nextBytes(data);
            frame.classic(random.nextInt(CanFrame.MAX_EXTENDED_ID + 1), true).data(data, 0, data.length);
            bench.cable.vehicle.arrive(frame);
            bench.link.step(bench.nowNanos += Bench.STEP_NANOS, bench.demand);
            assertEquals(ChargePhase.WAITING, bench.link.state().phase, "seed " + seed);
        }
        assertEquals(0, bench.cable.vehicle.sent.size());
    }

    private static CanFrame garbage(Random random) {
        byte[] data = new byte[random.nextInt(9)];
        random.nextBytes(data);
        int id;
        if (random.nextInt(3) == 0) {
            id = TRANSPORT[random.nextInt(2)];
            data = new byte[8];
            random.nextBytes(data);
            data[0] = (byte) CONTROL[random.nextInt(CONTROL.length)];
            data[5] = 0;
            data[6] = (byte) (random.nextBoolean() ? 0x11 : 0x15);
            data[7] = 0;
        } else {
            GbtMessage any = ALL.get(random.nextInt(ALL.size()));
            id = (any.id() & ~0xFFFF) | 0xF456;
        }
        CanFrame frame = new CanFrame();
        return random.nextInt(20) == 0
                ? frame.remote(id, true, 8)
                : frame.extended(id).data(data, 0, data.length);
    }
}
