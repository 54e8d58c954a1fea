package io.github.bms4j.estimate;

import java.util.Locale;

/**
 * Where the counted SOC of a cell comes from: the last anchor, what was counted since, and each part of its uncertainty.
 *
 * <p>The parts add up as squares: sigma² = anchorSigma² + offsetSigma² + capacitySigma² + gapSigma². {@link #toString}
 * says it in one line for a log. SOC and standard deviations are fractions.
 *
 * @param soc the counted SOC; may leave 0…1, which is news about capacity or sensor
 * @param sigma its standard deviation
 * @param anchor what the count began from
 * @param anchorSoc SOC at the anchor
 * @param anchorSigma standard deviation of the anchor
 * @param sinceS time counted since, s
 * @param dischargedAh charge that left the pack since, Ah, negative when charged
 * @param bledAh charge that balancing took out of the cell since, Ah, beside what left the pack
 * @param offsetSigma part that an offset of the current sensor may have brought
 * @param capacitySigma part that a wrong capacity may have brought
 * @param gapSigma part that went unseen in gaps between samples
 */
public record SocLineage(
        double soc,
        double sigma,
        Anchor anchor,
        double anchorSoc,
        double anchorSigma,
        double sinceS,
        double dischargedAh,
        double bledAh,
        double offsetSigma,
        double capacitySigma,
        double gapSigma) {
    /** Where a counted SOC had its last firm ground. */
    public enum Anchor {
        /** The SOC that the caller gave at the start. */
        START,
        /** What another estimator knew when the counter took over. */
        TAKEN_OVER,
        /** The cell's voltage after a rest, read through the open-circuit voltage. */
        REST
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f %% ± %.2f: %s %.2f %% ± %.2f %.2f h ago, %+.3f Ah discharged since,%s ± %.2f current offset,"
                        + " ± %.2f capacity, ± %.2f gaps",
                100.0 * soc,
                100.0 * sigma,
                anchor,
                100.0 * anchorSoc,
                100.0 * anchorSigma,
                sinceS / 3600.0,
                dischargedAh,
                bledAh > 0.0 ? String.format(Locale.ROOT, " %.3f Ah bled,", bledAh) : "",
                100.0 * offsetSigma,
                100.0 * capacitySigma,
                100.0 * gapSigma);
    }
}
