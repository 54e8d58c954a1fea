package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.can.frame.CanFrame;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class GbtTapTest {
    private final List<String> heard = new ArrayList<>();
    private final GbtTap tap = new GbtTap((body, nanos) -> heard.add(body.message() + "@" + nanos));
    private final CanFrame frame = new CanFrame();
    private long nanos;

    private void frames(String... lines) {
        for (String line : lines) {
            byte[] data = HexFormat.of().parseHex(line.substring(9));
            nanos += 1_000_000;
            tap.frame(frame.extended(Integer.parseInt(line.substring(0, 8), 16))
                    .data(data, 0, data.length)
                    .timestampNanos(nanos));
        }
    }

    @Test
    void putsATransferTogetherAtItsLastPacket() {
        frames(
                "1CEC56F4#10090002FF001100",
                "1CECF456#110201FFFF001100",
                "1CEB56F4#012513A00F731161",
                "1CEB56F4#020000FFFFFFFFFF",
                "1CECF456#13090002FF001100");
        assertEquals(List.of("BCS@4000000"), heard);
        assertEquals(0, tap.malformed() + tap.unknownFrames());
    }

    @Test
    void followsPacketsThatWereAskedForAgain() {
        frames(
                "1CEC56F4#100D0002FF000600",
                "1CECF456#110201FFFF000600",
                "1CEB56F4#02176ECA032413FF",
                "1CECF456#110201FFFF000600",
                "1CEB56F4#019E01B80B4E008E",
                "1CEB56F4#02176ECA032413FF");
        assertEquals(List.of("BCP@6000000"), heard);
    }

    @Test
    void aBrokenTransferIsNoMessageAndTheNextOneIs() {
        frames("1CEC56F4#10090002FF001100", "1CEB56F4#012513A00F731161");
        nanos += 3_000_000_000L;
        frames(
                "1CEC56F4#10090002FF001100",
                "1CEB56F4#012513A00F731161",
                "1CEB56F4#020000FFFFFFFFFF",
                "181056F4#5217820F02");
        assertEquals(List.of("BCS@3005000000", "BCL@3006000000"), heard);
    }

    @Test
    void transfersOfNoMessageOrOfTheWrongSideAreMalformed() {
        frames("1CEC56F4#10090002FF009900", "1CEB56F4#0100000000000000", "1CEB56F4#020000FFFFFFFFFF");
        frames("1CECF456#10090002FF001100", "1CEBF456#0100000000000000", "1CEBF456#020000FFFFFFFFFF");
        frames("1CEC56F4#10090002FF000600", "1CEB56F4#0100000000000000", "1CEB56F4#020000FFFFFFFFFF");
        assertEquals(List.of(), heard);
        assertEquals(3, tap.malformed(), "an unknown group, BCS from the charger, a BCP of 9 bytes");
        assertEquals(0, tap.unknownFrames());
    }

    @Test
    void bothDirectionsMayBeOpenAtOnce() {
        frames(
                "1CEC56F4#10090002FF001100",
                "1812F456#2A00A00F0000FDFF",
                "1CEB56F4#012513A00F731161",
                "1CECF456#10090002FF001100",
                "1CEB56F4#020000FFFFFFFFFF");
        assertEquals(List.of("CCS@2000000", "BCS@5000000"), heard);
    }
}
