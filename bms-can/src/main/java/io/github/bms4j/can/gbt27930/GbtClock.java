package io.github.bms4j.can.gbt27930;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The wall clock in CTS: decimal digits as hex, second first, {@code 36 24 08 16 05 15 20} is 2015-05-16 08:24:36.
 *
 * <p>Of four recorded chargers one sent a valid clock; the others sent ones, swapped bytes or binary figures. So it is
 * checked and shown, and no decision rests on it.
 *
 * <p>Thread: any. Allocation: the result.
 */
public final class GbtClock {
    private static final int CENTURY = 20;

    private GbtClock() {}

    /**
     * The charger's clock in its own time zone, or nothing when the digits are no date of the years 2000 to 2099: a
     * charger that swaps its bytes sends valid digits of the year 3624.
     *
     * @throws IllegalArgumentException when the body is not a CTS
     */
    public static Optional<LocalDateTime> read(GbtBody cts) {
        try {
            LocalDateTime time = LocalDateTime.of(
                    digits(cts.raw(GbtField.CTS_YEAR)),
                    digits(cts.raw(GbtField.CTS_MONTH)),
                    digits(cts.raw(GbtField.CTS_DAY)),
                    digits(cts.raw(GbtField.CTS_HOUR)),
                    digits(cts.raw(GbtField.CTS_MINUTE)),
                    digits(cts.raw(GbtField.CTS_SECOND)));
            return time.getYear() / 100 == CENTURY ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** Writes a clock of the years 2000 to 2099 into a CTS. */
    public static void write(GbtBody cts, LocalDateTime time) {
        cts.setRaw(GbtField.CTS_YEAR, coded(time.getYear()))
                .setRaw(GbtField.CTS_MONTH, coded(time.getMonthValue()))
                .setRaw(GbtField.CTS_DAY, coded(time.getDayOfMonth()))
                .setRaw(GbtField.CTS_HOUR, coded(time.getHour()))
                .setRaw(GbtField.CTS_MINUTE, coded(time.getMinute()))
                .setRaw(GbtField.CTS_SECOND, coded(time.getSecond()));
    }

    private static int digits(int coded) {
        int value = 0;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = (coded >>> shift) & 0xF;
            if (digit > 9) {
                throw new DateTimeException("no decimal digit");
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int coded(int value) {
        return Integer.parseInt(Integer.toString(value), 16);
    }
}
