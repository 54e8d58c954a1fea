package io.github.bms4j.sim.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as decimal text with a fixed count of decimals: {@code -12.350}.
 *
 * <p>The decimal point is always {@code .}, there is no grouping and no exponent, zero has no sign. The text is that of
 * the double's exact value rounded half away from zero, so it is the same on every CPU and in every locale. NaN is the
 * empty text; the infinities are {@code Infinity} and {@code -Infinity}.
 *
 * <p>Below 2^52 scaled steps the digits come from one multiplication and a long:
 *
 * <pre>p = fl(|v| 10^d),  n = trunc(p),  up if p - n &gt; 1/2, or if p - n = 1/2 and |v| 10^d - p &gt;= 0 (by fma)</pre>
 *
 * The subtraction is exact there, and the error of the product is less than the distance of p - n from 1/2 unless p - n
 * is 1/2 itself. Larger magnitudes go through {@link BigDecimal}.
 *
 * <p>Thread: any. Allocation: none below 2^52 scaled steps in {@link #put}; {@link #text} makes its string.
 */
public final class FixedDecimal {
    /** The most decimals that can be asked for. */
    public static final int MAX_DECIMALS = 9;

    /** No text is longer: sign, 309 digits, point, decimals. */
    public static final int MAX_BYTES = 1 + 309 + 1 + MAX_DECIMALS;

    private static final double EXACT = 0x1p52;
    private static final long[] POWER = {
        1L, 10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L
    };

    private FixedDecimal() {}

    /**
     * Writes the value as ASCII.
     *
     * @param to has at least {@link #MAX_BYTES} bytes left from {@code at}
     * @param decimals within [0, {@link #MAX_DECIMALS}]
     * @return the index behind the last byte written
     */
    public static int put(byte[] to, int at, double value, int decimals) {
        if (Double.isNaN(value)) {
            return at;
        }
        double scaled = Math.abs(value) * POWER[decimals];
        if (scaled >= EXACT) {
            return putLarge(to, at, value, decimals);
        }
        long steps = (long) scaled;
        double rest = scaled - steps;
        if (rest > 0.5 || (rest == 0.5 && Math.fma(Math.abs(value), (double) POWER[decimals], -scaled) >= 0.0)) {
            steps++;
        }
        int end = at;
        if (value < 0.0 && steps != 0) {
            to[end++] = '-';
        }
        return putSteps(to, end, steps, decimals);
    }

    /** The value as a string; empty for NaN. */
    public static String text(double value, int decimals) {
        byte[] bytes = new byte[MAX_BYTES];
        return new String(bytes, 0, put(bytes, 0, value, decimals), StandardCharsets.US_ASCII);
    }

    private static int putSteps(byte[] to, int at, long steps, int decimals) {
        int end = at + Math.max(digits(steps), decimals + 1) + (decimals == 0 ? 0 : 1);
        long left = steps;
        int i = end;
        for (int d = 0; d < decimals; d++) {
            to[--i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        if (decimals > 0) {
            to[--i] = '.';
        }
        do {
            to[--i] = (byte) ('0' + left % 10);
            left /= 10;
        } while (i > at);
        return end;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long left = value; left >= 10; left /= 10) {
            digits++;
        }
        return digits;
    }

    private static int putLarge(byte[] to, int at, double value, int decimals) {
        String text = Double.isInfinite(value)
                ? Double.toString(value)
                : new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, to, at, ascii.length);
        return at + ascii.length;
    }
}
