package io.github.bms4j.can.j1939;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.log.CandumpReader;
import io.github.bms4j.can.log.FrameText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends against frames written down by hand or taken from a real session; BMS 0xF4, charger 0x56. */
class TransportSessionTest {
    private static final long MS = 1_000_000;
    /** The BRM of the recorded session, packet by packet. */
    private static final String BRM = "01010006B40039" + "134B4C49450100" + "00001E01010100" + "0001FF00000000"
            + "00000000000000" + "00000000000083" + "FFFFFFFFFFFFFF";

    private final ScriptedBus bus = new ScriptedBus();
    private final J1939Transport bms = new J1939Transport(bus, 0xF4, 0x56);
    private final J1939Transport charger = new J1939Transport(bus, 0x56, 0xF4);
    private final TransportMessage message = new TransportMessage();
    private final byte[] brm = HexFormat.of().parseHex(BRM);

    @Test
    void reassemblesAllTransfersOfARealSession() throws IOException {
        TreeMap<String, Integer> seen = new TreeMap<>();
        List<String> realAnswers = new ArrayList<>();
        List<String> ourAnswers = new ArrayList<>();
        int others = 0;
        for (CanFrame recorded : session()) {
            long now = recorded.timestampNanos();
            if (recorded.id() == 0x1CECF456) {
                realAnswers.add(recorded.toString());
            }
            others += charger.accept(recorded, now) ? 0 : 1;
            charger.step(now);
            ourAnswers.addAll(bus.take());
            while (charger.receive(message)) {
                String text = HexFormat.of().withUpperCase().formatHex(message.data(), 0, message.length());
                assertEquals(now, message.receivedNanos());
                seen.merge(
                        "%06X %s".formatted(message.pgn(), message.pgn() == 0x1100 ? message.length() : text),
                        1,
                        Integer::sum);
                assertEquals(TransportOutcome.DONE, charger.lastReceiveOutcome());
            }
        }
        assertEquals("{000200 " + BRM + "=1, 000600 9E01B80B4E008E176ECA032413=1, 001100 9=62}", seen.toString());
        assertEquals(1149 - 198, others, "frames that are no transport frames to the charger");
        assertEquals(130, ourAnswers.size());
        // the recording lacks one acknowledgement; the charger fell silent before it answered the 65th request
        assertEquals(127, realAnswers.size());
        realAnswers.forEach(ourAnswers::remove);
        Collections.sort(ourAnswers);
        assertEquals(
                List.of("1CECF456#110201FFFF001100", "1CECF456#13090002FF001100", "1CECF456#FF03FFFFFF001100"),
                ourAnswers);
    }

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

    /** Runs our own two ends to completion and gives the frames of the BMS. */
    private List<String> handshake(long now) throws IOException {
        J1939Transport peer = new J1939Transport(bus, 0x56, 0xF4);
        List<String> fromBms = new ArrayList<>();
        for (int i = 0; i < 20 && bms.sending(); i++) {
            bms.step(now);
            List<String> sent = bus.take();
            fromBms.addAll(sent);
            for (String text : sent) {
                peer.accept(FrameText.parse(text), now);
            }
            peer.step(now);
            for (String text : bus.take()) {
                bms.accept(FrameText.parse(text), now);
            }
        }
        assertEquals(TransportOutcome.DONE, bms.lastOutcome());
        return fromBms;
    }

    @Test
    void asksGrantsAndAcknowledgesAsWritten() throws IOException {
        byte[] bcs = HexFormat.of().parseHex("2513A00F7311610000");
        assertTrue(bms.send(0x1100, bcs, 9, 0));
        assertTrue(bms.sending());
        assertFalse(bms.send(0x1100, bcs, 9, 0));
        assertEquals(List.of(), bus.take());
        assertEquals(TransportOutcome.NONE, bms.lastOutcome());
        bms.step(0);
        assertEquals(List.of("1CEC56F4#10090002FF001100"), bus.take());
        give(charger, "1CEC56F4#10090002FF001100", 1);
        charger.step(2);
        assertEquals(List.of("1CECF456#110201FFFF001100"), bus.take());
        give(bms, "1CECF456#110201FFFF001100", 3);
        bms.step(4);
        assertEquals(List.of("1CEB56F4#012513A00F731161", "1CEB56F4#020000FFFFFFFFFF"), bus.take());
        give(charger, "1CEB56F4#012513A00F731161", 5);
        assertFalse(charger.receive(message));
        give(charger, "1CEB56F4#020000FFFFFFFFFF", 6);
        assertTrue(charger.receive(message));
        assertFalse(charger.receive(message));
        assertEquals("2513A00F7311610000", text());
        assertEquals(0x1100, message.pgn());
        assertEquals(0x25, message.dataByte(0));
        assertThrows(IndexOutOfBoundsException.class, () -> message.dataByte(9));
        charger.step(7);
        assertEquals(List.of("1CECF456#13090002FF001100"), bus.take());
        give(bms, "1CECF456#13090002FF001100", 8);
        assertFalse(bms.sending());
        assertEquals(TransportOutcome.DONE, bms.lastOutcome());
        assertTrue(bms.send(0x1100, bcs, 9, 9));
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

    @Test
    void grantsBlockByBlock() throws IOException {
        J1939Transport slow = new J1939Transport(bus, 0x56, 0xF4, new TransportSettings(2, 8));
        give(slow, "1CEC56F4#10160004FF000200", 0); // 22 bytes, 4 packets
        slow.step(0);
        assertEquals(List.of("1CECF456#110201FFFF000200"), bus.take());
        give(slow, "1CEB56F4#0101020304050607", 1);
        slow.step(1);
        assertEquals(List.of(), bus.take());
        give(slow, "1CEB56F4#0208090A0B0C0D0E", 2);
        slow.step(2);
        assertEquals(List.of("1CECF456#110203FFFF000200"), bus.take());
        give(slow, "1CEB56F4#030F101112131415", 3);
        give(slow, "1CEB56F4#0416FFFFFFFFFFFF", 4);
        slow.step(4);
        assertEquals(List.of("1CECF456#13160004FF000200"), bus.take());
        assertTrue(slow.receive(message));
        assertEquals("0102030405060708090A0B0C0D0E0F10111213141516", text());
    }

    @Test
    void asksAgainFromTheGapAndGivesUpAfterTwoTimes() throws IOException {
        give(charger, "1CEC56F4#10150003FF000200", 0);
        charger.step(0);
        bus.take();
        for (int attempt = 0; attempt < 3; attempt++) {
            if (attempt == 0) {
                give(charger, "1CEB56F4#0101020304050607", 1);
            }
            give(charger, "1CEB56F4#030F101112131415", 1);
            charger.step(1);
            assertEquals(List.of(attempt < 2 ? "1CECF456#110202FFFF000200" : "1CECF456#FF05FFFFFF000200"), bus.take());
        }
        assertEquals(TransportOutcome.RETRANSMIT_LIMIT, charger.lastReceiveOutcome());
        give(charger, "1CEB56F4#0208090A0B0C0D0E", 2);
        give(charger, "1CEB56F4#030F101112131415", 2);
        assertFalse(charger.receive(message));
    }

    @Test
    void repeatedPacketsChangeNothing() throws IOException {
        give(charger, "1CEC56F4#10150003FF000200", 0);
        charger.step(0);
        bus.take();
        give(charger, "1CEB56F4#0101020304050607", 1);
        give(charger, "1CEB56F4#01EEEEEEEEEEEEEE", 1);
        give(charger, "1CEB56F4#0208090A0B0C0D0E", 1);
        give(charger, "1CEB56F4#01EEEEEEEEEEEEEE", 1);
        give(charger, "1CEB56F4#00EEEEEEEEEEEEEE", 1);
        give(charger, "1CEB56F4#04EEEEEEEEEEEEEE", 1);
        give(charger, "1CEB56F4#030F101112131415", 1);
        give(charger, "1CEB56F4#03EEEEEEEEEEEEEE", 1);
        charger.step(1);
        assertEquals(List.of("1CECF456#13150003FF000200"), bus.take());
        assertTrue(charger.receive(message));
        assertEquals("0102030405060708090A0B0C0D0E0F101112131415", text());
    }

    @Test
    void aNewRequestReplacesTheOpenOne() throws IOException {
        give(charger, "1CEC56F4#10150003FF000200", 0);
        charger.step(0);
        give(charger, "1CEB56F4#01EEEEEEEEEEEEEE", 1);
        give(charger, "1CEC56F4#10090002FF001100", 2);
        assertEquals(TransportOutcome.REPLACED, charger.lastReceiveOutcome());
        bus.take();
        charger.step(2);
        assertEquals(List.of("1CECF456#110201FFFF001100"), bus.take());
        give(charger, "1CEB56F4#0101020304050607", 3);
        give(charger, "1CEB56F4#020809FFFFFFFFFF", 3);
        assertTrue(charger.receive(message));
        assertEquals("010203040506070809", text());
        assertEquals(0x1100, message.pgn());
    }

    @Test
    void holdsANewTransferUntilTheLastMessageIsTaken() throws IOException {
        give(charger, "1CEC56F4#10090002FF001100", 0);
        charger.step(0);
        give(charger, "1CEB56F4#0101020304050607", 1);
        give(charger, "1CEB56F4#020809FFFFFFFFFF", 1);
        charger.step(1);
        bus.take();
        give(charger, "1CEC56F4#100A0002FF001500", 2);
        charger.step(2);
        assertEquals(List.of("1CECF456#1100FFFFFF001500"), bus.take());
        give(charger, "1CEB56F4#01EEEEEEEEEEEEEE", 3);
        charger.step(500 * MS + 1);
        assertEquals(List.of(), bus.take());
        charger.step(500 * MS + 2);
        assertEquals(List.of("1CECF456#1100FFFFFF001500"), bus.take());
        assertTrue(charger.receive(message));
        assertEquals("010203040506070809", text());
        charger.step(500 * MS + 3);
        assertEquals(List.of("1CECF456#110201FFFF001500"), bus.take());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "1CEC56F4#10FA0600FF000200, TOO_LONG, 1CECF456#FF09FFFFFF000200",
        "1CEC56F4#10000000FF000200, BAD_REQUEST, 1CECF456#FFFAFFFFFF000200",
        "1CEC56F4#10310006FF000200, BAD_REQUEST, 1CECF456#FFFAFFFFFF000200",
        "1CEC56F4#10310008FF000200, BAD_REQUEST, 1CECF456#FFFAFFFFFF000200",
    })
    void refusesRequestsThatCannotBe(String request, TransportOutcome outcome, String abort) throws IOException {
        give(charger, request, 0);
        assertEquals(outcome, charger.lastReceiveOutcome());
        charger.step(0);
        charger.step(1);
        assertEquals(List.of(abort), bus.take());
    }

    @Test
    void takesTheLongestMessage() throws IOException {
        give(charger, "1CEC56F4#10F906FFFF000200", 0);
        charger.step(0);
        assertEquals(List.of("1CECF456#11FF01FFFF000200"), bus.take());
    }

    @ParameterizedTest(name = "receiver, {1} packets in, silent for {2} ms: {3}")
    @CsvSource({
        "0, 0, 1249, NONE",
        "0, 0, 1250, NO_DATA",
        "0, 1, 749, NONE",
        "0, 1, 750, DATA_STOPPED",
        "1, 1, 749, NONE", // first packet lost, second came
        "1, 1, 750, DATA_STOPPED",
    })
    void theReceiverGivesUpInTime(int lost, int packets, long silentMs, TransportOutcome outcome) throws IOException {
        give(charger, "1CEC56F4#10310007FF000200", 0);
        charger.step(100);
        bus.take();
        for (int i = 0; i < packets; i++) {
            give(charger, "1CEB56F4#0%d01020304050607".formatted(lost + i + 1), 100);
        }
        charger.step(100 + silentMs * MS);
        assertEquals(outcome, charger.lastReceiveOutcome());
        List<String> expected = outcome == TransportOutcome.NONE ? List.of() : List.of("1CECF456#FF03FFFFFF000200");
        assertEquals(expected, bus.take());
        charger.step(100 + 10_000 * MS);
        assertEquals(outcome == TransportOutcome.NONE ? 1 : 0, bus.take().size());
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

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "1CECF456#110701FFFF000600", // another group
                "1CECF456#FF01FFFFFF000600",
                "1CECF456#13310007FF000200", // acknowledges what was not yet sent
                "1CECF457#110701FFFF000200", // another node
                "1CEC56F4#110701FFFF000200", // our own
                "1CECFF56#20310007FF000200", // broadcast
                "1CECF456#110701FFFF0002", // too short
                "1CECF456#R8",
                "1CEBF456#0101010006B40039",
                "1CECF456#1531000700000200",
            })
    void ignoresWhatDoesNotBelongToTheTransfer(String stray) throws IOException {
        startBrm();
        give(bms, stray, 1);
        bms.step(1);
        assertEquals(List.of(), bus.take());
        assertTrue(bms.sending());
        give(bms, "1CECF456#110101FFFF000200", 2);
        bms.step(2);
        assertEquals(List.of("1CEB56F4#0101010006B40039"), bus.take());
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

    @Test
    void anAbortEndsTheReceivingEnd() throws IOException {
        give(charger, "1CEC56F4#10150003FF000200", 0);
        charger.step(0);
        bus.take();
        give(charger, "1CEC56F4#FF02FFFFFF000600", 1);
        assertEquals(TransportOutcome.NONE, charger.lastReceiveOutcome());
        give(charger, "1CEC56F4#FF02FFFFFF000200", 1);
        assertEquals(TransportOutcome.ABORTED_BY_PEER, charger.lastReceiveOutcome());
        charger.step(5000 * MS);
        assertEquals(List.of(), bus.take());
    }

    @Test
    void resetForgetsEverything() throws IOException {
        startBrm();
        give(bms, "1CECF456#10090002FF001100", 0);
        bms.step(0);
        give(bms, "1CEBF456#0101020304050607", 1);
        give(bms, "1CEBF456#020809FFFFFFFFFF", 1);
        bms.reset();
        bus.take();
        bms.step(5000 * MS);
        assertEquals(List.of(), bus.take());
        assertFalse(bms.sending());
        assertFalse(bms.receive(message));
        assertEquals(TransportOutcome.NONE, bms.lastReceiveOutcome());
        assertEquals(TransportOutcome.NONE, bms.lastOutcome());
    }

    @Test
    void refusesImpossibleArguments() {
        byte[] data = new byte[1786];
        assertThrows(IllegalArgumentException.class, () -> bms.send(0x200, data, 8, 0));
        assertThrows(IllegalArgumentException.class, () -> bms.send(0x200, data, 1786, 0));
        assertThrows(IllegalArgumentException.class, () -> bms.send(0x40000, data, 9, 0));
        assertThrows(IllegalArgumentException.class, () -> bms.send(-1, data, 9, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> bms.send(0, new byte[8], 9, 0));
        assertFalse(bms.sending());
        assertThrows(IllegalArgumentException.class, () -> new J1939Transport(bus, 0xFE, 1));
        assertThrows(IllegalArgumentException.class, () -> new J1939Transport(bus, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new J1939Transport(bus, 1, 1));
        for (int wrong : new int[] {0, 256}) {
            assertThrows(IllegalArgumentException.class, () -> new TransportSettings(wrong, 1));
            assertThrows(IllegalArgumentException.class, () -> new TransportSettings(1, wrong));
        }
        assertTrue(bms.send(J1939Id.MAX_PGN, data, 1785, 0));
    }

    private void startBrm() throws IOException {
        assertTrue(bms.send(0x200, brm, 49, 0));
        bms.step(0);
        assertEquals(List.of("1CEC56F4#10310007FF000200"), bus.take());
    }

    private String text() {
        return HexFormat.of().withUpperCase().formatHex(message.data(), 0, message.length());
    }

    private static void give(J1939Transport to, String text, long now) {
        to.accept(FrameText.parse(text), now);
    }

    private static List<CanFrame> session() throws IOException {
        List<CanFrame> all = new ArrayList<>();
        InputStream in = Objects.requireNonNull(TransportSessionTest.class.getResourceAsStream(
                "/io/github/bms4j/can/gbt27930-2015_real_charger_session.candump.log"));
        try (CandumpReader reader = new CandumpReader(in, "session")) {
            for (CanFrame next = new CanFrame(); reader.read(next); next = new CanFrame()) {
                all.add(next);
            }
        }
        return all;
    }
}
