package io.github.bms4j.can.j1939;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.log.CandumpReader;
import io.github.bms4j.can.log.FrameText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Two ends of the transport protocol on a scripted bus, with the message of a real session. */
abstract class TransportFixture {
    static final long MS = 1_000_000;
    /** The BRM of the recorded session, packet by packet. */
    static final String BRM = "01010006B40039" + "134B4C49450100" + "00001E01010100" + "0001FF00000000"
            + "00000000000000" + "00000000000083" + "FFFFFFFFFFFFFF";

    final ScriptedBus bus = new ScriptedBus();
    final J1939Transport bms = new J1939Transport(bus, 0xF4, 0x56);
    final J1939Transport charger = new J1939Transport(bus, 0x56, 0xF4);
    final TransportMessage message = new TransportMessage();
    final byte[] brm = HexFormat.of().parseHex(BRM);

    /** Runs our own two ends to completion and gives the frames of the BMS. */
    List<String> handshake(long now) throws IOException {
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

    void startBrm() throws IOException {
        assertTrue(bms.send(0x200, brm, 49, 0));
        bms.step(0);
        assertEquals(List.of("1CEC56F4#10310007FF000200"), bus.take());
    }

    String text() {
        return HexFormat.of().withUpperCase().formatHex(message.data(), 0, message.length());
    }

    static void give(J1939Transport to, String text, long now) {
        to.accept(FrameText.parse(text), now);
    }

    static List<CanFrame> session() throws IOException {
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
