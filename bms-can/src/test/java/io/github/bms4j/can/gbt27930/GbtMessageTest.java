package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.bms4j.can.frame.CanFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GbtMessageTest {

    @ParameterizedTest
    @CsvSource({
        "CHM, 1826F456, 3, 3, 250",
        "BHM, 182756F4, 2, 2, 250",
        "CRM, 1801F456, 8, 8, 250",
        "BRM, 1C0256F4, 41, 49, 250",
        "BCP, 1C0656F4, 13, 13, 500",
        "CTS, 1807F456, 7, 7, 500",
        "CML, 1808F456, 6, 8, 250",
        "BRO, 100956F4, 1, 1, 250",
        "CRO, 100AF456, 1, 1, 250",
        "BCL, 181056F4, 5, 5, 50",
        "BCS, 1C1156F4, 9, 9, 250",
        "CCS, 1812F456, 6, 8, 50",
        "BSM, 181356F4, 7, 7, 250",
        "BMV, 1C1556F4, 2, 512, 10000",
        "BMT, 1C1656F4, 1, 128, 10000",
        "BSP, 1C1756F4, 1, 16, 10000",
        "BST, 101956F4, 4, 4, 10",
        "CST, 101AF456, 4, 4, 10",
        "BSD, 181C56F4, 7, 7, 250",
        "CSD, 181DF456, 5, 8, 250",
        "BEM, 081E56F4, 4, 4, 250",
        "CEM, 081FF456, 4, 4, 250",
    })
    void isSentUnderItsIdentifier(GbtMessage message, String id, int minLength, int maxLength, int periodMs) {
        assertEquals(Integer.parseInt(id, 16), message.id());
        assertEquals(minLength, message.minLength());
        assertEquals(maxLength, message.maxLength());
        assertEquals(periodMs * 1_000_000L, message.periodNanos());
        assertSame(message, GbtMessage.ofPgn(message.pgn()));
        assertSame(message, GbtMessage.in(new CanFrame().extended(message.id()), message.sender()));
        assertNull(GbtMessage.in(
                new CanFrame().extended(message.id()), message.sender().peer()));
    }

    @Test
    void isFoundAtAnyPriority() {
        assertSame(GbtMessage.CCS, GbtMessage.in(new CanFrame().extended(0x1C12F456), GbtNode.CHARGER));
    }

    @ParameterizedTest
    @CsvSource({
        "1812F457, another source",
        "1812F556, another destination",
        "1814F456, no such message",
        "1912F456, data page 1",
        "1A12F456, reserved bit",
        "181056F4, the vehicle's own",
        "1810F456, of the vehicle"
    })
    void isNotSeenIn(String id, String why) {
        assertNull(GbtMessage.in(new CanFrame().extended(Integer.parseInt(id, 16)), GbtNode.CHARGER), why);
    }

    @Test
    void isNotSeenInFramesThatAreNoClassicExtendedData() {
        int id = GbtMessage.CCS.id();
        assertNull(GbtMessage.in(new CanFrame().remote(id, true, 8), GbtNode.CHARGER));
        assertNull(GbtMessage.in(new CanFrame().error(id), GbtNode.CHARGER));
        assertNull(GbtMessage.in(new CanFrame().fd(id, true, false), GbtNode.CHARGER));
        assertNull(GbtMessage.in(new CanFrame().standard(0x456), GbtNode.CHARGER));
    }
}
