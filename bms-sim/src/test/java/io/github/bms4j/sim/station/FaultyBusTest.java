package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bms4j.can.bus.MemoryBus;
import io.github.bms4j.can.bus.MemoryNode;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyBusTest {
    private final MemoryBus bus = new MemoryBus(250_000);
    private final MemoryNode peer = bus.node("peer");
    private final MemoryNode inner = bus.node("own");
    private final FaultyBus cable = new FaultyBus(inner, bus::nowNanos);
    private final CanFrame frame = new CanFrame();

    /** Each side sends 100 + second and 200 + second once a second for 6 s; returns what each heard. */
    private List<String> conversation() throws IOException {
        List<String> heard = new ArrayList<>();
        for (int s = 0; s < 6; s++) {
            bus.advance(s * 1_000_000_000L);
            cable.send(frame.standard(0x100 + s));
            peer.send(frame.standard(0x200 + s));
            bus.advance(s * 1_000_000_000L + 10_000_000L);
            while (peer.poll(frame)) {
                heard.add("peer " + Integer.toHexString(frame.id()));
            }
            while (cable.poll(frame)) {
                heard.add("own " + Integer.toHexString(frame.id()));
            }
        }
        return heard;
    }

    @Test
    void passesEverythingWithoutFaults() throws IOException {
        assertEquals(12, conversation().size());
        assertEquals(0, cable.lost());
    }

    @Test
    void losesWhatMatchesFromInclusiveToExclusive() throws IOException {
        cable.loseSent(1_000_000_000L, 3_000_000_000L, any -> true);
        cable.loseReceived(3_010_000_000L, FaultyBus.FOR_EVER, any -> any.id() != 0x205);
        assertEquals(
                List.of("peer 100", "own 200", "own 201", "own 202", "peer 103", "peer 104", "peer 105", "own 205"),
                conversation());
        assertEquals(4, cable.lost());
    }

    @Test
    void mutedNodeStillHearsAndACutOneDoesNot() throws IOException {
        cable.mute(0, 2_000_000_000L);
        cable.cut(4_000_000_000L, FaultyBus.FOR_EVER);
        assertEquals(List.of("own 200", "own 201", "peer 102", "own 202", "peer 103", "own 203"), conversation());
    }

    @Test
    void aLostFrameLeavesTheCallersFrameAlone() throws IOException {
        cable.loseReceived(0, FaultyBus.FOR_EVER, any -> true);
        peer.send(frame.standard(0x7));
        bus.advance(10_000_000L);
        frame.standard(0x123);
        assertEquals(false, cable.poll(frame));
        assertEquals(0x123, frame.id());
    }

    @Test
    void closesItsBus() throws IOException {
        cable.close();
        assertThrows(IOException.class, () -> inner.send(frame));
    }
}
