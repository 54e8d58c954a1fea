package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireFieldTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest(name = "{0} bits at {1}: {4} reads {5}")
    @CsvSource({
        // bits, first bit, per unit, zero, payload, value
        "16,  0,  10, 4000, a00f,     0.0",
        "16,  0,  10, 4000, dc05,  -250.0",
        "16,  0,  10, 4000, 0000,  -400.0",
        "16,  0, -10, 4000, 0000,   400.0",
        "16,  0, -10, 4000, a00f,     0.0",
        "16,  0,  10,    0, 5217,   597.0",
        "16,  0,  10,    0, feff,  6553.4",
        "16,  0,  10,    0, ffff,     NaN",
        "12,  0, 100,    0, 7311,    3.71",
        "12,  0, 100,    0, ff1f,     NaN",
        "12,  0, 100,    0, fe1f,   40.94",
        " 4, 12,   1,    0, 7311,       1",
        " 8,  0,   1,   50, 00,       -50",
        " 8,  0,   1,   50, fe,       204",
        " 8,  0,   1,   50, ff,       NaN",
        " 8,  8,   1,   -1, 0000,       1",
        "24,  0,   1,    0, 010203, 197121",
        "32,  8,   1,    0, 00feffffff, 4294967294",
        "32,  8,   1,    0, 00ffffffff, NaN",
        "32,  8,   1,    0, 0000000080, 2147483648",
    })
    void readsAndWritesTheSameBytes(int bits, int firstBit, double perUnit, double zero, String payload, double value) {
        WireField field = new WireField(firstBit, bits, perUnit, zero, (1L << bits) - 2);
        byte[] bytes = HEX.parseHex(payload);

        assertEquals(value, field.get(bytes, 0));
        byte[] written = bytes.clone();
        field.putRaw(written, 0, ~field.raw(bytes, 0));
        field.put(written, 0, value);
        assertArrayEquals(bytes, written);
    }

    @ParameterizedTest(name = "{0} is stored as {1}")
    @CsvSource({
        "  1e9, feff",
        "-1e9, 0000",
        "NaN, ffff",
        "-399.96, 0000",
        "-399.95, 0100",
        "Infinity, feff",
        "0.04, a00f",
        "0.06, a10f"
    })
    void clampsAndTakesTheNearestStep(double value, String payload) {
        byte[] bytes = new byte[2];
        new WireField(0, 16, 10, 4000, 0xFFFE).put(bytes, 0, value);
        assertEquals(payload, HEX.formatHex(bytes));
    }

    @Test
    void aRawValueAboveTheTopIsNoReading() {
        WireField minutes = new WireField(0, 16, 1, 0, 600);
        byte[] bytes = HEX.parseHex("5902");
        assertEquals(Double.NaN, minutes.get(bytes, 0));
        minutes.put(bytes, 0, 601);
        assertEquals(600, minutes.get(bytes, 0));
    }

    @Test
    void leavesEveryOtherBitAlone() {
        long seed = 27930;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int bits = 1 + random.nextInt(32);
            int firstBit = random.nextInt(64 - bits + 1);
            int offset = random.nextInt(3);
            WireField field = new WireField(firstBit, bits, 1, 0, 0);
            byte[] before = new byte[12];
            random.nextBytes(before);
            byte[] after = before.clone();
            long raw = random.nextLong() & field.notAvailable();

            field.putRaw(after, offset, raw);

            for (int bit = 0; bit < 96; bit++) {
                int inField = bit - 8 * offset - firstBit;
                boolean own = inField >= 0 && inField < bits;
                long expected = own ? raw >>> inField & 1 : before[bit / 8] >>> bit % 8 & 1;
                assertEquals(expected, after[bit / 8] >>> bit % 8 & 1, "seed " + seed + ", case " + i + ", bit " + bit);
            }
            assertEquals(raw, field.raw(after, offset), "seed " + seed + ", case " + i);
        }
    }
}
