package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes in comes out to the same bits, whatever it is, and what converters give is small. */
class ReadingCodecTest {
    private static final int SENSORS = 96;

    private final ReadingCodec writer = new ReadingCodec(SENSORS);
    private final ReadingCodec reader = new ReadingCodec(SENSORS);
    private final BitBuffer bytes = new BitBuffer(2 * ReadingCodec.mostBytes(SENSORS));
    private final double[] values = new double[SENSORS + 3];
    private final boolean[] offered = new boolean[SENSORS + 3];
    private final double[] back = new double[SENSORS + 3];
    private final boolean[] backOffered = new boolean[SENSORS + 3];

    /** Writes and reads one cycle of sensors 3…98; gives its bytes. */
    private int through(String where) {
        bytes.clear();
        writer.write(values, offered, 3, bytes);
        int size = bytes.position();
        assertTrue(size <= ReadingCodec.mostBytes(SENSORS), where + ": " + size + " bytes");
        bytes.clear();
        reader.read(back, backOffered, 3, bytes);
        assertEquals(size, bytes.position(), where);
        for (int i = 3; i < values.length; i++) {
            assertEquals(offered[i], backOffered[i], where + " sensor " + i);
            if (offered[i]) {
                assertEquals(
                        Double.doubleToRawLongBits(values[i]),
                        Double.doubleToRawLongBits(back[i]),
                        where + " sensor " + i + " " + values[i]);
            }
        }
        return size;
    }

    static Stream<Arguments> converters() {
        return Stream.of(
                Arguments.of("raw x 0.1 mV", (DoubleUnaryOperator) v -> Math.rint(v / 1e-4) * 1e-4, 100),
                Arguments.of("raw / 10 000", (DoubleUnaryOperator) v -> Math.rint(v * 1e4) / 1e4, 100),
                Arguments.of("raw / 1000", (DoubleUnaryOperator) v -> Math.rint(v * 1e3) / 1e3, 60),
                Arguments.of("raw x 1.5 mV", (DoubleUnaryOperator) v -> Math.rint(v / 0.0015) * 0.0015, 55),
                Arguments.of("raw / 2^12", (DoubleUnaryOperator) v -> Math.rint(v * 4096.0) / 4096.0, 70));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("converters")
    void whatConvertersGiveIsSmall(String name, DoubleUnaryOperator converter, int most) {
        Random random = new Random(42);
        Arrays.fill(offered, true);
        int late = 0;
        for (int k = 0; k < 300; k++) {
            double common = 3.6 + 0.1 * StrictMath.sin(0.05 * k);
            for (int i = 3; i < values.length; i++) {
                values[i] = converter.applyAsDouble(common + 0.001 * i + 0.001 * random.nextGaussian());
            }
            int size = through(name + " cycle " + k);
            late = k < 100 ? 0 : late + size;
        }
        assertTrue(late / 200 <= most, name + " takes " + late / 200 + " bytes a cycle of 96 cells");
    }

    @Test
    void nothingNewIsAlmostNothing() {
        Arrays.fill(offered, true);
        Arrays.fill(values, 3.7);
        through("first");
        assertEquals(6, through("second")); // form 6, common 5, six groups of 5 bits: 41 bits
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5"})
    void anythingComesBackToTheSameBits(long seed) {
        Random random = new Random(seed);
        double[] odd = {
            0.0,
            -0.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            1e8,
            -1e8,
            9.9999999e7,
            1e9,
            Double.longBitsToDouble(0x7ff0000000000123L),
            Math.PI,
            -12.34,
            65_535.0
        };
        for (int k = 0; k < 400; k++) {
            for (int i = 3; i < values.length; i++) {
                offered[i] = random.nextInt(20) > 0;
                int kind = random.nextInt(k % 50 < 10 ? 3 : 60);
                values[i] = kind == 0
                        ? odd[random.nextInt(odd.length)]
                        : kind == 1
                                ? Double.longBitsToDouble(random.nextLong())
                                : Math.rint(36_000 + 500 * random.nextGaussian()) / 1e4;
            }
            through("seed " + seed + " cycle " + k);
        }
    }

    @Test
    void takesToAnotherConverterWithinAMoment() {
        Arrays.fill(offered, true);
        Random random = new Random(7);
        int size = 0;
        for (int k = 0; k < 400; k++) {
            for (int i = 3; i < values.length; i++) {
                double v = 3.6 + 0.002 * random.nextGaussian();
                values[i] = k < 200 ? Math.rint(v * 100.0) / 100.0 : Math.rint(v * 1e4) / 1e4;
            }
            size = through("cycle " + k);
            if (k == 200) {
                assertTrue(size > 300, "the old form does not fit: " + size);
            }
        }
        assertTrue(size < 110, "the new one does: " + size);
    }

    @Test
    void anAbsentSensorReturnsWithoutHarm() {
        Arrays.fill(offered, true);
        for (int k = 0; k < 100; k++) {
            Arrays.fill(values, Math.rint(36_000 + 3.0 * k) / 1e4);
            offered[40] = k < 20 || k > 70;
            through("cycle " + k);
        }
    }

    @Test
    void aLeapBeyondThirtyBitsIsWritten() {
        Arrays.fill(offered, true);
        for (int k = 0; k < 20; k++) {
            for (int i = 3; i < values.length; i++) {
                values[i] = (k + i) % 2 == 0 ? 9e7 : -9e7;
            }
            through("cycle " + k);
        }
    }

    @Test
    void allocatesNothing() {
        Arrays.fill(offered, true);
        Arrays.fill(values, 3.7);
        assertEquals(
                0.0,
                Allocation.bytesPerCall(2000, () -> {
                    bytes.clear();
                    values[5] += 1e-4;
                    writer.write(values, offered, 3, bytes);
                }),
                0.1);
    }

    @Test
    void bitsAndBytesComeBack() {
        BitBuffer b = new BitBuffer(256);
        Random random = new Random(3);
        long[] numbers = new long[20];
        int[] widths = new int[20];
        for (int i = 0; i < 20; i++) {
            widths[i] = random.nextInt(58);
            numbers[i] = random.nextLong() & ((1L << widths[i]) - 1L);
            b.bits(numbers[i], widths[i]);
        }
        b.align();
        b.align();
        long[] varints = {0, 1, -1, 63, 64, -64, -65, 8191, 8192, Long.MAX_VALUE, Long.MIN_VALUE};
        for (long v : varints) {
            b.varint(v);
        }
        b.u8(255);
        b.f64(-0.0);
        b.i64(0x0123456789ABCDEFL);
        int end = b.position();
        b.clear();
        for (int i = 0; i < 20; i++) {
            assertEquals(numbers[i], b.bits(widths[i]), "number " + i);
        }
        b.align();
        for (long v : varints) {
            assertEquals(v, b.varint());
        }
        assertEquals(255, b.u8());
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(b.f64()));
        assertEquals(0x0123456789ABCDEFL, b.i64());
        assertEquals(end, b.position());
    }
}
