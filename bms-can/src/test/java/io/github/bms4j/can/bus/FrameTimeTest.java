package io.github.bms4j.can.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.can.frame.CanFrame;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the frame written out bit by bit, slowly. */
class FrameTimeTest {
    private static final int[] FD_LENGTHS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

    private final FrameTime at1Mbit = new FrameTime(1_000_000, 4_000_000);

    @ParameterizedTest(name = "{0}, {1} bytes of {2}: {3} bits")
    @CsvSource({
        // 34 dominant bits from the start through a CRC of 0: a stuff bit after every fifth, 6; and 10 bits of tail
        "000, 0, 00, 50",
        // 19 header, 15 CRC, 10 tail; stuff bits after the 5th and 10th recessive and the 5th dominant bit
        "7FF, 0, 00, 47",
        // 19 header, 64 data, 15 CRC, 10 tail; alternating bits need none, one falls into the CRC
        "555, 8, 55, 109",
    })
    void knownFrames(String id, int length, String fill, int bits) {
        CanFrame frame = new CanFrame().standard(Integer.parseInt(id, 16)).length(length);
        for (int i = 0; i < length; i++) {
            frame.putByte(i, Integer.parseInt(fill, 16));
        }
        assertEquals(slowBits(frame), at1Mbit.frameNanos(frame) / 1000);
        assertEquals(bits, at1Mbit.frameNanos(frame) / 1000);
    }

    @Test
    void classicFramesAgreeWithTheSlowCount() {
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            CanFrame frame = new CanFrame();
            boolean extended = random.nextBoolean();
            int id = sparse(random) & (extended ? CanFrame.MAX_EXTENDED_ID : CanFrame.MAX_STANDARD_ID);
            int length = random.nextInt(9);
            if (random.nextInt(5) == 0) {
                frame.remote(id, extended, length);
            } else {
                frame.classic(id, extended).length(length);
                fill(frame, random);
            }
            assertEquals(1000L * slowBits(frame), at1Mbit.frameNanos(frame), "seed " + seed + ": " + frame);
        }
    }

    @Test
    void fdFramesAgreeWithTheSlowCount() {
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            boolean extended = random.nextBoolean();
            int id = sparse(random) & (extended ? CanFrame.MAX_EXTENDED_ID : CanFrame.MAX_STANDARD_ID);
            CanFrame frame = new CanFrame().fd(id, extended, random.nextBoolean());
            frame.errorState(random.nextInt(4) == 0).length(FD_LENGTHS[random.nextInt(FD_LENGTHS.length)]);
            fill(frame, random);
            assertEquals(slowFdNanos(frame), at1Mbit.frameNanos(frame), "seed " + seed + ": " + frame);
        }
    }

    @Test
    void timesFollowTheBitRate() {
        CanFrame frame = new CanFrame().standard(0x555).length(8);
        long bits = slowBits(frame);
        assertEquals(bits * 4000, new FrameTime(250_000, 250_000).frameNanos(frame));
        assertEquals(bits * 1_000_000_000L / 83_333, new FrameTime(83_333, 83_333).frameNanos(frame));
        assertEquals(12_000, new FrameTime(250_000, 250_000).intermissionNanos());
    }

    /** Any number, but often one with long runs of equal bits. */
    private static int sparse(Random random) {
        int any = random.nextInt();
        return switch (random.nextInt(4)) {
            case 0 -> any;
            case 1 -> any & random.nextInt() & -random.nextInt(1 << 30);
            case 2 -> any | random.nextInt() | -random.nextInt(1 << 30);
            default -> any >> 31;
        };
    }

    private static void fill(CanFrame frame, Random random) {
        int same = sparse(random);
        boolean constant = random.nextBoolean();
        for (int i = 0; i < frame.length(); i++) {
            frame.putByte(i, constant ? same : sparse(random));
        }
    }

    private static int slowBits(CanFrame frame) {
        StringBuilder bits = new StringBuilder("0");
        if (frame.extended()) {
            binary(bits, frame.id() >>> 18, 11);
            bits.append("11");
            binary(bits, frame.id() & 0x3FFFF, 18);
            bits.append(frame.remote() ? "100" : "000");
        } else {
            binary(bits, frame.id(), 11);
            bits.append(frame.remote() ? "100" : "000");
        }
        binary(bits, frame.length(), 4);
        for (int i = 0; !frame.remote() && i < frame.length(); i++) {
            binary(bits, frame.dataByte(i), 8);
        }
        int crc = 0; // the shift register of the standard, bit by bit
        for (int i = 0; i < bits.length(); i++) {
            boolean invert = (bits.charAt(i) == '1') != ((crc & 0x4000) != 0);
            crc = (crc << 1 & 0x7FFF) ^ (invert ? 0x4599 : 0);
        }
        binary(bits, crc, 15);
        return stuffed(bits.toString()).length() + "1.1".length() + "1111111".length();
    }

    private static long slowFdNanos(CanFrame frame) {
        StringBuilder slow = new StringBuilder("0");
        if (frame.extended()) {
            binary(slow, frame.id() >>> 18, 11);
            slow.append("11");
            binary(slow, frame.id() & 0x3FFFF, 18);
            slow.append("010");
        } else {
            binary(slow, frame.id(), 11);
            slow.append("0010");
        }
        slow.append(frame.bitRateSwitch() ? '1' : '0');
        int nominal = stuffed(slow.toString()).length();
        StringBuilder all = new StringBuilder(slow).append(frame.errorState() ? '1' : '0');
        int code = 0;
        while (FD_LENGTHS[code] != frame.length()) {
            code++;
        }
        binary(all, code, 4);
        for (int i = 0; i < frame.length(); i++) {
            binary(all, frame.dataByte(i), 8);
        }
        // a stuff bit after the very last bit is replaced by the first fixed one: stuff all but that bit, then add it
        int dynamic = stuffed(all.substring(0, all.length() - 1)).length() + 1;
        long crcField = frame.length() > 16 ? 25 : 21;
        long fixed = (crcField + 3) / 4;
        long fast = dynamic - nominal + crcField + fixed;
        return (nominal + 10) * 1000L + fast * (frame.bitRateSwitch() ? 250 : 1000);
    }

    private static String stuffed(String bits) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bits.length(); i++) {
            char bit = bits.charAt(i);
            out.append(bit);
            int n = out.length();
            if (n >= 5 && out.substring(n - 5).equals(String.valueOf(bit).repeat(5))) {
                out.append(bit == '0' ? '1' : '0');
            }
        }
        return out.toString();
    }

    private static void binary(StringBuilder to, int value, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            to.append((value >>> i & 1) == 1 ? '1' : '0');
        }
    }
}
