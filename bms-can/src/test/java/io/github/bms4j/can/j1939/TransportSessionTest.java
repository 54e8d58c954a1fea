package io.github.bms4j.can.j1939;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends against frames written down by hand or taken from a real session; BMS 0xF4, charger 0x56. */
class TransportSessionTest extends TransportFixture {
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
}
