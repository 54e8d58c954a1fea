package io.github.bms4j.sim.station;

import io.github.bms4j.num.Check;
import java.time.LocalDateTime;

/**
 * What one GB/T 27930 station is.
 *
 * @param output its DC output
 * @param edition the edition it speaks
 * @param insulationTestS time from the vehicle's first answer to CRM, s; recorded chargers took 1 to 16 s
 * @param chargerNumber number in CRM and CSD, 0 to 4,294,967,294
 * @param region region code in CRM, at most 3 ASCII characters; empty for none
 * @param clockAtZero what CTS shows at 0 ns of virtual time
 */
public record GbtStationRating(
        StationOutput output,
        GbtEdition edition,
        double insulationTestS,
        long chargerNumber,
        String region,
        LocalDateTime clockAtZero) {
    private static final int REGION_LENGTH = 3;
    private static final double MAX_NUMBER = 0xFFFF_FFFEL;

    /** Checks every figure. */
    public GbtStationRating {
        Check.notNegative("insulationTestS", insulationTestS);
        Check.within("chargerNumber", (double) chargerNumber, 0, MAX_NUMBER);
        if (region.length() > REGION_LENGTH || region.chars().anyMatch(c -> c < ' ' || c >= 0x7F)) {
            throw new IllegalArgumentException("region must be at most 3 ASCII characters but is \"" + region + "\"");
        }
    }

    /** Station number 1 of the 2015 edition with a 5 s insulation test. */
    public static GbtStationRating of(StationOutput output) {
        return new GbtStationRating(output, GbtEdition.V2015, 5.0, 1, "", LocalDateTime.of(2025, 1, 1, 8, 0));
    }

    /** The same station with another edition. */
    public GbtStationRating with(GbtEdition other) {
        return new GbtStationRating(output, other, insulationTestS, chargerNumber, region, clockAtZero);
    }
}
