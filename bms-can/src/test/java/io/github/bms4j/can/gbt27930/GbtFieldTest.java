package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold for every row of the tables. */
class GbtFieldTest {

    @ParameterizedTest
    @EnumSource(GbtMessage.class)
    void fieldsOfAMessageDoNotOverlapAndFillItUpToItsUnusedBits(GbtMessage message) {
        BitSet used = new BitSet();
        int lastBit = -1;
        for (GbtField field : GbtField.of(message)) {
            assertTrue(field.name().startsWith(message.name() + "_"), field.name());
            WireField wire = field.wire();
            assertTrue(wire.firstBit() > lastBit, field + " is out of order or overlaps");
            lastBit = wire.firstBit() + wire.bits() - 1;
            used.set(wire.firstBit(), lastBit + 1);
            assertTrue(lastBit < 8 * (field.stride() > 0 ? field.stride() : message.maxLength()), field.name());
        }
        int entry = GbtField.of(message).get(0).stride();
        int length = entry > 0 ? entry : message.maxLength();
        int unusedBits = 8 * length - used.cardinality();
        int expected = switch (message) {
            case BRM -> 8 + 24; // byte 24 and the last three of the software version
            case CCS -> 6 + 8; // beside the permission, and byte 8
            case BSM -> 2;
            case BST -> 4;
            case CST -> 4 + 4;
            case BEM -> 4 + 4 + 4 + 6;
            case CEM -> 6 + 4 + 2 + 6;
            default -> 0;
        };
        assertEquals(expected, unusedBits);
    }

    @ParameterizedTest
    @EnumSource(GbtField.class)
    void everyRawValueSurvivesReadingAndWriting(GbtField field) {
        GbtBody body = new GbtBody(field.message());
        body.length(field.message().maxLength());
        WireField wire = field.wire();
        switch (field.kind()) {
            case NUMBER -> {
                long step = Math.max(1, (wire.topRaw() + 1) / 65_521);
                for (long raw = 0; raw <= wire.topRaw(); raw += step) {
                    wire.putRaw(body.bytes(), 0, raw);
                    double value = body.get(field);
                    wire.putRaw(body.bytes(), 0, ~raw);
                    body.set(field, value);
                    assertEquals(raw, wire.raw(body.bytes(), 0), () -> field + " = " + value);
                }
                body.set(field, Double.NaN);
                assertEquals(wire.notAvailable(), wire.raw(body.bytes(), 0));
                assertEquals(Double.NaN, body.get(field));
            }
            case FLAG -> {
                for (GbtFlag flag : GbtFlag.values()) {
                    assertEquals(flag, body.set(field, flag).flag(field));
                }
                assertEquals(2, wire.bits());
                assertEquals(0, wire.firstBit() % 2);
            }
            case CODE -> {
                for (int raw = 0; raw <= wire.notAvailable(); raw++) {
                    assertEquals(raw, body.setRaw(field, raw).raw(field));
                }
            }
            case TEXT -> {
                String full = "ABCDEFGHIJKLMNOPQ".substring(0, wire.bits() / 8);
                assertEquals(full, body.set(field, full).text(field));
                assertEquals("A", body.set(field, "A").text(field));
                assertEquals("", body.set(field, "").text(field));
                assertEquals(full, body.set(field, full + "xyz").text(field));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GbtField.class)
    void aFieldTheOlderEditionLacksIsNotAvailable(GbtField field) {
        GbtMessage message = field.message();
        byte[] zeros = new byte[message.minLength()];
        GbtBody body = new GbtBody(message);
        assertTrue(body.load(zeros, zeros.length));
        boolean inside = field.wire().firstBit() + field.wire().bits() <= 8 * zeros.length;
        switch (field.kind()) {
            case NUMBER -> assertEquals(inside, !Double.isNaN(body.get(field)));
            case FLAG -> assertEquals(inside ? GbtFlag.NO : GbtFlag.NOT_AVAILABLE, body.flag(field));
            case CODE -> assertEquals(inside ? 0 : field.wire().notAvailable(), body.raw(field));
            case TEXT -> assertEquals("", body.text(field));
        }
        assertFalse(body.load(zeros, zeros.length - 1));
    }
}
