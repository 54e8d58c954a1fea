package io.github.bms4j.sim.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedDecimalTest {
    @ParameterizedTest(name = "{0} with {1} decimals is {2}")
    @CsvSource({
        "0.0, 0, 0",
        "0.0, 2, 0.00",
        "-0.0, 2, 0.00",
        "-0.004, 2, 0.00",
        "-0.005, 2, -0.01",
        "0.5, 0, 1",
        "-0.5, 0, -1",
        "0.49999999999999994, 0, 0",
        "1.5, 0, 2",
        "2.5, 0, 3",
        "0.125, 2, 0.13",
        "1.005, 2, 1.00",
        "1.115, 2, 1.11",
        "9.995, 2, 9.99",
        "9.996, 2, 10.00",
        "0.05, 3, 0.050",
        "12.35, 3, 12.350",
        "-123456.789, 1, -123456.8",
        "4503599627370495.5, 0, 4503599627370496",
        "4503599627370497.0, 0, 4503599627370497",
        "123456789012345680, 2, 123456789012345680.00",
        "0.000000001, 9, 0.000000001",
        "Infinity, 3, Infinity",
        "-Infinity, 3, -Infinity",
        "NaN, 3, ''",
    })
    void roundsHalfAwayFromZeroAndNeverWritesMinusZero(double value, int decimals, String text) {
        assertEquals(text, FixedDecimal.text(value, decimals));
    }

    @Test
    void agreesWithBigDecimalForAnyMagnitudeAndForTies() {
        long seed = 20260;
        Random random = new Random(seed);
        for (int i = 0; i < 60_000; i++) {
            int decimals = random.nextInt(FixedDecimal.MAX_DECIMALS + 1);
            double value = switch (i % 4) {
                case 0 -> random.nextGaussian() * 1000.0;
                case 1 -> (random.nextInt(2_000_001) - 1_000_000) / 1024.0; // many exact ties
                case 2 -> (random.nextInt(2_000_001) - 1_000_000) * 0.5 / 1000.0; // many near ties
                default -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(120) - 60);
            };
            String expected = new BigDecimal(value)
                    .setScale(decimals, RoundingMode.HALF_UP)
                    .toPlainString();
            assertEquals(
                    expected, FixedDecimal.text(value, decimals), () -> value + ", " + decimals + ", seed " + seed);
        }
    }

    @Test
    void fitsTheLongestNumberIntoItsBuffer() {
        byte[] buffer = new byte[FixedDecimal.MAX_BYTES];
        assertEquals(buffer.length, FixedDecimal.put(buffer, 0, -Double.MAX_VALUE, FixedDecimal.MAX_DECIMALS));
    }

    @Test
    void writesBehindWhatIsThereAndSaysWhereItEnds() {
        byte[] buffer = new byte[FixedDecimal.MAX_BYTES + 2];
        buffer[0] = 'x';
        int end = FixedDecimal.put(buffer, 1, -7.25, 1);
        assertEquals("x-7.3", new String(buffer, 0, end, StandardCharsets.US_ASCII));
        assertEquals(end, FixedDecimal.put(buffer, end, Double.NaN, 1), "NaN writes nothing");
    }

    @Test
    void doesNotCareForTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals("-1234567.5", FixedDecimal.text(-1234567.5, 1));
        } finally {
            Locale.setDefault(before);
        }
    }
}
