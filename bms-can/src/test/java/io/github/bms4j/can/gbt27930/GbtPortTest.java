package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.j1939.J1939Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GbtPortTest {
    private static final long MS = 1_000_000L;

    private final Cable cable = new Cable();
    private final GbtPort port = new GbtPort(cable.vehicle, GbtNode.VEHICLE);
    private final Log log = new Log();

    /** Says yes to everything and keeps what it was asked and told. */
    private static final class Log implements GbtPort.Owner {
        final List<String> received = new ArrayList<>();
        final List<GbtMessage> filled = new ArrayList<>();
        final List<GbtMessage> sent = new ArrayList<>();
        boolean willing = true;

        @Override
        public void received(GbtBody body, long nowNanos) {
            received.add(body.message() + " " + GbtBodyTest.hex(body) + " " + nowNanos);
        }

        @Override
        public boolean fill(GbtBody body) {
            filled.add(body.message());
            if (body.message() == GbtMessage.BMV) {
                body.length(40);
            }
            return willing;
        }

        @Override
        public void sent(GbtMessage message) {
            sent.add(message);
        }
    }

    @Test
    void theBatteryStateGoesBeforeTheLists() {
        GbtPort charger = new GbtPort(cable.charger, GbtNode.CHARGER);
        Log heard = new Log();
        port.run(Set.of(GbtMessage.BMV, GbtMessage.BCS, GbtMessage.BMT, GbtMessage.BSP), 0);
        for (int i = 0; i < 20; i++) {
            port.receive(10 * MS * i, log);
            port.send(10 * MS * i, log);
            charger.receive(10 * MS * i, heard);
            charger.send(10 * MS * i, heard);
        }
        assertEquals(List.of(GbtMessage.BCS, GbtMessage.BMV, GbtMessage.BMT, GbtMessage.BSP), log.sent);
        assertEquals(
                List.of(
                        "BCS " + "ff".repeat(9) + " " + 10 * MS,
                        "BMV " + "ff".repeat(40) + " " + 30 * MS,
                        "BMT ff " + 40 * MS,
                        "BSP " + "ff".repeat(16) + " " + 50 * MS),
                heard.received);
        port.run(Set.of(GbtMessage.BMV), 300 * MS);
        port.send(300 * MS, log);
        port.run(Set.of(GbtMessage.BMV, GbtMessage.BCS, GbtMessage.BSP), 301 * MS);
        for (int i = 31; i < 60; i++) {
            port.receive(10 * MS * i, log);
            port.send(10 * MS * i, log);
            charger.receive(10 * MS * i, heard);
            charger.send(10 * MS * i, heard);
        }
        assertEquals(List.of(GbtMessage.BCS, GbtMessage.BSP), log.sent.subList(4, 6), "BCS first again");
    }

    @Test
    void keepsTheGridOfWhatGoesOnAndForgetsWhatDoesNot() {
        port.run(Set.of(GbtMessage.BCL, GbtMessage.BSM), 0);
        port.send(0, log);
        port.run(Set.of(GbtMessage.BCL, GbtMessage.BRO), 40 * MS);
        port.send(40 * MS, log);
        port.send(50 * MS, log);
        port.send(290 * MS, log);
        // at 0: both; at 40 ms: BRO at once; at 50 ms: BCL on its grid; at 290 ms: both, BCL once
        assertEquals(
                List.of(GbtMessage.BCL, GbtMessage.BSM, GbtMessage.BRO, GbtMessage.BCL, GbtMessage.BRO, GbtMessage.BCL),
                log.sent);
    }

    @Test
    void aMessageThatWaitsForTheConnectionIsDroppedWithItsPhase() {
        port.run(Set.of(GbtMessage.BCS, GbtMessage.BMV), 0);
        port.send(0, log);
        assertEquals(List.of(GbtMessage.BCS), log.filled);
        port.run(Set.of(), 10 * MS);
        for (int i = 1; i < 300; i++) {
            port.send(10 * MS * i, log);
        }
        assertEquals(List.of(GbtMessage.BCS), log.filled);
    }

    @Test
    void leavesOutWhatItsOwnerDoesNotFill() {
        log.willing = false;
        port.run(Set.of(GbtMessage.BCL), 0);
        port.send(0, log);
        assertEquals(List.of(GbtMessage.BCL), log.filled);
        assertEquals(List.of(), log.sent);
        assertEquals(List.of(), cable.vehicle.sent);
    }

    @Test
    void aBusThatRefusesIsCountedAndNotToldAsSent() {
        cable.vehicle.broken = true;
        port.run(Set.of(GbtMessage.BCL, GbtMessage.BCS), 0);
        port.send(0, log);
        assertEquals(2, port.busFailures(), "the frame and the request of the transfer");
        assertEquals(List.of(GbtMessage.BCS), log.sent, "the transfer tries again");
        port.receive(0, log);
        assertEquals(3, port.busFailures());
        cable.vehicle.broken = false;
        port.send(10 * MS, log);
        assertEquals("1CEC56F4#10090002FF001100", cable.vehicle.sent.get(0).frame());
    }

    @Test
    void takesInOnlySoMuchAtOnce() {
        CanFrame cro = new GbtBody(GbtMessage.CRO).into(new CanFrame());
        for (int i = 0; i < 300; i++) {
            cable.vehicle.arrive(cro);
        }
        port.receive(0, log);
        assertEquals(GbtPort.MAX_FRAMES_PER_STEP, log.received.size());
        port.receive(7, log);
        assertEquals(300, log.received.size());
        assertEquals("CRO ff 7", log.received.get(299));
        assertEquals(0, port.rejected());
    }

    @Test
    void countsMalformedMessagesOfThePeerOnly() {
        cable.vehicle.arrive(new CanFrame().extended(GbtMessage.CCS.id()).length(5));
        cable.vehicle.arrive(new CanFrame().extended(GbtMessage.BCL.id()).length(2));
        cable.vehicle.arrive(new CanFrame().extended(0x1844F456).length(2));
        port.receive(0, log);
        assertEquals(1, port.rejected());
        assertEquals(List.of(), log.received);
    }

    @Test
    void aTransferOfAnythingElseIsPassedOver() {
        GbtPort charger = new GbtPort(cable.charger, GbtNode.CHARGER);
        Log heard = new Log();
        J1939Transport transport = new J1939Transport(cable.vehicle, 0xF4, 0x56);
        CanFrame frame = new CanFrame();
        int[] groups = {0xFECA, GbtMessage.CCS.pgn(), GbtMessage.BCP.pgn(), GbtMessage.BCP.pgn()};
        int[] lengths = {20, 9, 12, 13};
        for (int g = 0; g < groups.length; g++) {
            assertTrue(transport.send(groups[g], new byte[32], lengths[g], 0));
            while (transport.sending()) {
                assertFalse(poll(frame) && !transport.accept(frame, 0));
                step(transport);
                charger.receive(5, heard);
                charger.send(5, heard);
            }
        }
        assertEquals(List.of("BCP " + "00".repeat(13) + " 5"), heard.received);
        assertEquals(1, charger.rejected());
    }

    @Test
    void resetStopsEverything() {
        port.run(Set.of(GbtMessage.BCL, GbtMessage.BCS), 0);
        port.send(0, log);
        int before = cable.vehicle.sent.size();
        port.reset();
        for (int i = 0; i < 300; i++) {
            port.send(10 * MS * i, log);
        }
        assertEquals(before, cable.vehicle.sent.size());
        port.run(Set.of(GbtMessage.BCS), 0);
        port.send(0, log);
        assertEquals(before + 1, cable.vehicle.sent.size(), "the connection is free again");
    }

    private boolean poll(CanFrame frame) {
        try {
            return cable.vehicle.poll(frame);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void step(J1939Transport transport) {
        try {
            transport.step(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
