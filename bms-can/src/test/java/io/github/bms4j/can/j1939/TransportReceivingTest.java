package io.github.bms4j.can.j1939;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The receiving end of a transfer with request and clearance. */
class TransportReceivingTest extends TransportFixture {
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
}
