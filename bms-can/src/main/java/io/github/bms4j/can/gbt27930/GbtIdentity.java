package io.github.bms4j.can.gbt27930;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Who the vehicle and its pack are; everything but the numbers may be left unknown.
 *
 * @param maker up to 4 printable ASCII characters, empty when unknown
 * @param packNumber 0 to 4294967294
 * @param built day of production from 1985 to 2238, or null
 * @param chargeCount how often the pack was charged, 0 to 16777214
 * @param vin 17 capital letters and digits, or empty when unknown
 */
public record GbtIdentity(
        String maker, long packNumber, @Nullable LocalDate built, int chargeCount, String vin) {
    /** @throws IllegalArgumentException when a value does not fit its field */
    public GbtIdentity {
        if (!maker.matches("[ -~]{0,4}")) {
            throw new IllegalArgumentException(
                    "maker must be up to 4 printable ASCII characters but is '" + maker + "'");
        }
        if (packNumber < 0 || packNumber > 0xFFFF_FFFEL) {
            throw new IllegalArgumentException("packNumber must be within [0, 4294967294] but is " + packNumber);
        }
        if (built != null && (built.getYear() < 1985 || built.getYear() > 2238)) {
            throw new IllegalArgumentException("built must be within the years [1985, 2238] but is " + built);
        }
        if (chargeCount < 0 || chargeCount > 0xFF_FFFE) {
            throw new IllegalArgumentException("chargeCount must be within [0, 16777214] but is " + chargeCount);
        }
        if (!vin.isEmpty() && !vin.matches("[A-Z0-9]{17}")) {
            throw new IllegalArgumentException("vin must be 17 capital letters and digits but is '" + vin + "'");
        }
    }
}
