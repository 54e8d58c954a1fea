package io.github.bms4j.can.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanFrameTest {
    private final CanFrame frame = new CanFrame();

    @Test
    void startsAsAnEmptyStandardFrame() {
        assertEquals("000#", frame.toString());
        assertEquals(0, frame.timestampNanos());
        assertFalse(frame.extended() || frame.remote() || frame.fd() || frame.error() || frame.bitRateSwitch());
    }

    @Test
    void carriesIdentifierBytesAndTime() {
        frame.extended(0x1826F456)
                .length(3)
                .putByte(0, 1)
                .putByte(1, 0x1FF)
                .putByte(2, -2)
                .timestampNanos(7);
        assertEquals(0x1826F456, frame.id());
        assertTrue(frame.extended());
        assertEquals(3, frame.length());
        assertEquals(1, frame.dataByte(0));
        assertEquals(0xFF, frame.dataByte(1));
        assertEquals(0xFE, frame.dataByte(2));
        assertEquals(7, frame.timestampNanos());
        assertEquals("1826F456#01FFFE", frame.toString());
    }

    @Test
    void aNewStartClearsFlagsAndLengthButKeepsTheTime() {
        frame.fd(0x123, true, true).errorState(true).length(64).timestampNanos(9);
        frame.classic(0x7FF, false);
        assertEquals("7FF#", frame.toString());
        assertFalse(frame.fd() || frame.bitRateSwitch() || frame.errorState() || frame.extended());
        assertEquals(9, frame.timestampNanos());
        assertEquals("00000012#", frame.classic(0x12, true).toString());
        assertEquals("012#", frame.standard(0x12).toString());
    }

    @Test
    void bytesGainedByALongerLengthAreZero() {
        Arrays.fill(frame.data(), (byte) 0x55);
        frame.standard(1).length(2).putByte(0, 0xAA).putByte(1, 0xBB).length(1).length(3);
        assertEquals("001#AA0000", frame.toString());
    }

    @Test
    void takesAPayloadOutOfAnArray() {
        byte[] source = {1, 2, 3, 4, 5};
        frame.standard(0x10).data(source, 1, 3);
        source[1] = 99;
        assertEquals("010#020304", frame.toString());
    }

    @Test
    void remoteAndErrorFramesShowTheirKind() {
        assertEquals("123#R8", frame.remote(0x123, false, 8).toString());
        assertTrue(frame.remote());
        assertEquals("00000123#R", frame.remote(0x123, true, 0).toString());
        frame.error(0x4).length(8).putByte(1, 0x10);
        assertTrue(frame.error() && frame.extended());
        assertEquals("20000004#0010000000000000", frame.toString());
        assertEquals(4, frame.id());
    }

    @Test
    void fdFramesShowTheirFlags() {
        frame.fd(0x123, false, true).length(2).putByte(0, 0xAA).putByte(1, 0xBB);
        assertEquals("123##1AABB", frame.toString());
        assertEquals("123##3AABB", frame.errorState(true).toString());
        assertEquals("123##1AABB", frame.errorState(false).toString());
        assertTrue(frame.fd() && frame.bitRateSwitch());
        assertEquals(
                "00000123##2", frame.fd(0x123, true, false).errorState(true).toString());
    }

    @Test
    void copiesEverything() {
        frame.fd(0x1ABCDEF0, true, true)
                .errorState(true)
                .length(12)
                .putByte(11, 0x77)
                .timestampNanos(123);
        CanFrame copy = new CanFrame().copyFrom(frame);
        frame.standard(1).length(1).timestampNanos(5);
        assertEquals("1ABCDEF0##3000000000000000000000077", copy.toString());
        assertEquals(123, copy.timestampNanos());
        assertTrue(copy.bitRateSwitch() && copy.errorState() && copy.fd() && copy.extended());
        assertArrayEquals(
                new byte[12],
                Arrays.copyOf(new CanFrame().copyFrom(frame.standard(1)).data(), 12));
    }

    @ParameterizedTest
    @CsvSource({"0x800, false", "-1, false", "0x20000000, true", "-1, true"})
    void refusesIdentifiersThatNoFrameHas(String id, boolean extended) {
        frame.standard(5);
        int value = Integer.decode(id);
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> frame.classic(value, extended))
                        .getMessage());
        assertTrue(message.startsWith("id must be within [0x0, 0x" + (extended ? "1FFFFFFF" : "7FF")), message);
        assertEquals(5, frame.id());
    }

    @ParameterizedTest
    @CsvSource({"0x7FF, false", "0, false", "0x1FFFFFFF, true"})
    void acceptsTheLargestIdentifiers(String id, boolean extended) {
        assertEquals(
                Integer.decode(id), frame.classic(Integer.decode(id), extended).id());
    }

    @Test
    void allowsExactlyTheLengthsOfItsKind() {
        for (int n = -1; n <= 66; n++) {
            int length = n;
            boolean classic = n >= 0 && n <= 8;
            boolean fd = classic || n == 12 || n == 16 || n == 20 || n == 24 || n == 32 || n == 48 || n == 64;
            assertEquals(classic, allows(() -> new CanFrame().standard(1).length(length)), "classic " + n);
            assertEquals(classic, allows(() -> new CanFrame().remote(1, false, length)), "remote " + n);
            assertEquals(fd, allows(() -> new CanFrame().fd(1, false, false).length(length)), "fd " + n);
            byte[] source = new byte[70];
            assertEquals(classic, allows(() -> new CanFrame().standard(1).data(source, 0, length)), "data " + n);
        }
    }

    @Test
    void aRefusedRemoteFrameLeavesTheFrameAsItWas() {
        frame.standard(5).length(1);
        assertThrows(IllegalArgumentException.class, () -> frame.remote(6, false, 9));
        assertEquals("005#00", frame.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 8})
    void readingOrWritingOutsideThePayloadFails(int i) {
        frame.standard(1).length(3);
        assertThrows(IndexOutOfBoundsException.class, () -> frame.dataByte(i));
        assertThrows(IndexOutOfBoundsException.class, () -> frame.putByte(i, 0));
    }

    @Test
    void onlyFdFramesHaveAnErrorState() {
        assertThrows(IllegalArgumentException.class, () -> frame.standard(1).errorState(true));
    }

    private static boolean allows(Runnable action) {
        try {
            action.run();
            return true;
        } catch (IllegalArgumentException refused) {
            assertTrue(String.valueOf(refused.getMessage()).startsWith("length must be 0 to 8"), refused.getMessage());
            return false;
        }
    }
}
