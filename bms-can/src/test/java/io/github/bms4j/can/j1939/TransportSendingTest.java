package io.github.bms4j.can.j1939;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sending end of a transfer with request and clearance. */
class TransportSendingTest extends TransportFixture {
    @Test
    void sendsTheFramesOfTheRealVehicle() throws IOException {
        List<String> recorded = new ArrayList<>();
        int transfers = 0;
        for (CanFrame real : session()) {
            if (real.id() == 0x1CEC56F4 || real.id() == 0x1CEB56F4) {
                recorded.add(real.toString());
            }
        }
        List<CanFrame> all = session();
        List<String> ours = new ArrayList<>();
        for (CanFrame real : all) {
            long now = real.timestampNanos();
            charger.accept(real, now);
            charger.step(now);
            bus.take();
            if (charger.receive(message)) {
                assertTrue(bms.send(message.pgn(), message.data(), message.length(), now));
                transfers++;
                ours.addAll(handshake(now));
            }
        }
        assertEquals(64, transfers);
        assertEquals(recorded.subList(0, 8), ours.subList(0, 8), "BRM");
        assertEquals(recorded.subList(0, recorded.size() - 1), ours, "all but the request nobody answered");
    }

    @Test
    void obeysAPeerThatNamesThePacketCountAsItsLimit() throws IOException {
        give(charger, "1CEC56F4#1031000707000200", 0);
        charger.step(0);
        assertEquals(List.of("1CECF456#110701FFFF000200"), bus.take());
        give(charger, "1CEC56F4#1031000703000200", 0);
        charger.step(0);
        assertEquals(List.of("1CECF456#110301FFFF000200"), bus.take());
        give(charger, "1CEC56F4#1031000700000200", 0);
        charger.step(0);
        assertEquals(List.of("1CECF456#110701FFFF000200"), bus.take());
    }

    @ParameterizedTest(name = "sender after {0}, silent for {1} ms: {2}")
    @CsvSource({
        "'', 1249, NONE",
        "'', 1250, NO_CLEAR_TO_SEND",
        "1CECF456#1100FFFFFF000200, 1049, NONE",
        "1CECF456#1100FFFFFF000200, 1050, HOLD_EXPIRED",
        "1CECF456#110201FFFF000200, 1249, NONE",
        "1CECF456#110201FFFF000200, 1250, NO_CLEAR_TO_SEND",
        "1CECF456#110701FFFF000200, 1249, NONE",
        "1CECF456#110701FFFF000200, 1250, NO_ACKNOWLEDGEMENT",
    })
    void theSenderGivesUpInTime(String answer, long silentMs, TransportOutcome outcome) throws IOException {
        startBrm();
        if (!answer.isEmpty()) {
            give(bms, answer, 100);
            bms.step(100);
        }
        bus.take();
        bms.step(100 + silentMs * MS);
        assertEquals(outcome, bms.lastOutcome());
        assertEquals(outcome != TransportOutcome.NONE, !bms.sending());
        assertEquals(outcome == TransportOutcome.NONE ? List.of() : List.of("1CEC56F4#FF03FFFFFF000200"), bus.take());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1CECF456#110001FFFF000200", "1CECF456#110003FFFF000200"})
    void aHeldSenderGoesOnWhenCleared(String hold) throws IOException {
        startBrm();
        give(bms, hold, 200);
        bms.step(1000 * MS);
        give(bms, hold, 1000 * MS);
        bms.step(2000 * MS);
        assertEquals(List.of(), bus.take());
        give(bms, "1CECF456#110101FFFF000200", 2000 * MS);
        bms.step(2000 * MS);
        assertEquals(List.of("1CEB56F4#0101010006B40039"), bus.take());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "1CECF456#110100FFFF000200, BAD_CLEAR_TO_SEND, 1CEC56F4#FF07FFFFFF000200",
        "1CECF456#110102FFFF000200, BAD_CLEAR_TO_SEND, 1CEC56F4#FF07FFFFFF000200",
        "1CECF456#110108FFFF000200, BAD_CLEAR_TO_SEND, 1CEC56F4#FF07FFFFFF000200",
        "1CECF456#FF01FFFFFF000200, ABORTED_BY_PEER, ''",
    })
    void endsOnAnswersThatStopIt(String answer, TransportOutcome outcome, String reaction) throws IOException {
        startBrm();
        give(bms, answer, 1);
        assertEquals(outcome, bms.lastOutcome());
        bms.step(1);
        bms.step(2);
        assertEquals(reaction.isEmpty() ? List.of() : List.of(reaction), bus.take());
        assertFalse(bms.sending());
        assertEquals(outcome == TransportOutcome.ABORTED_BY_PEER ? 1 : 0, bms.peerAbortCode());
        assertTrue(bms.send(0x200, brm, 41, 3));
    }

    @Test
    void goesBackWhereThePeerAsks() throws IOException {
        startBrm();
        give(bms, "1CECF456#110301FFFF000200", 1);
        bms.step(1);
        assertEquals(3, bus.take().size());
        give(bms, "1CECF456#110202FFFF000200", 2);
        bms.step(2);
        assertEquals(List.of("1CEB56F4#02134B4C49450100", "1CEB56F4#0300001E01010100"), bus.take());
        give(bms, "1CECF456#11FF04FFFF000200", 3);
        bms.step(3);
        assertEquals(4, bus.take().size(), "a count beyond the message ends with it");
        give(bms, "1CECF456#13300007FF000200", 4);
        assertTrue(bms.sending(), "an acknowledgement of another length");
        give(bms, "1CECF456#13310007FF000200", 5);
        assertEquals(TransportOutcome.DONE, bms.lastOutcome());
    }

    @Test
    void theNewestClearanceCountsUntilItsFirstPacketThenItIsAnError() throws IOException {
        J1939Transport slow = new J1939Transport(bus, 0xF4, 0x56, new TransportSettings(16, 1));
        slow.send(0x200, brm, 49, 0);
        slow.step(0);
        assertEquals(List.of("1CEC56F4#1031000710000200"), bus.take());
        give(slow, "1CECF456#110701FFFF000200", 1);
        give(slow, "1CECF456#110201FFFF000200", 1);
        slow.step(1);
        assertEquals(List.of("1CEB56F4#0101010006B40039"), bus.take());
        give(slow, "1CECF456#110701FFFF000200", 2);
        assertEquals(TransportOutcome.CLEAR_TO_SEND_DURING_DATA, slow.lastOutcome());
        slow.step(2);
        assertEquals(List.of("1CEC56F4#FF04FFFFFF000200"), bus.take());
    }

    @Test
    void aRefusedFrameIsTriedAgainAndNothingSkipped() throws IOException {
        startBrm();
        give(bms, "1CECF456#110701FFFF000200", 1);
        bus.acceptOnly(2);
        assertThrows(IOException.class, () -> bms.step(1));
        bus.acceptOnly(100);
        bms.step(2);
        List<String> sent = bus.take();
        assertEquals(7, sent.size());
        for (int i = 0; i < 7; i++) {
            assertTrue(sent.get(i).startsWith("1CEB56F4#0" + (i + 1)), sent.toString());
        }
    }

    @Test
    void aTransferThatCannotGoOutStalls() throws IOException {
        startBrm();
        give(bms, "1CECF456#110701FFFF000200", 0);
        bus.acceptOnly(0);
        assertThrows(IOException.class, () -> bms.step(749 * MS));
        assertEquals(TransportOutcome.NONE, bms.lastOutcome());
        assertThrows(IOException.class, () -> bms.step(750 * MS));
        assertEquals(TransportOutcome.STALLED, bms.lastOutcome());
        assertTrue(bms.sending(), "its abort is still to be sent");
        give(bms, "1CECF456#FF01FFFFFF000200", 751 * MS);
        assertEquals(TransportOutcome.STALLED, bms.lastOutcome());
        bus.acceptOnly(1);
        bms.step(752 * MS);
        assertEquals(List.of("1CEC56F4#FF03FFFFFF000200"), bus.take());
        assertFalse(bms.sending());
    }
}
