package io.github.bms4j.balance;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.Findings;

/**
 * What the board with the bleed resistors can do and stand.
 *
 * @param resistanceOhm bleed resistance across one cell (one parallel group), switch and leads included, ohm, above 0
 * @param tolerance relative error of a bleed current worked out with it, within [0, 0.5]
 * @param mostChannels channels that may be on at once, 1 or more
 * @param mostW heat of all channels together that the board stands for good, W, above 0
 * @param neighbours whether two neighbouring channels may be on together: they share a lead and heat each other
 * @param hotDegC board temperature at which all channels go off, °C; infinite for a board without a thermometer, which {@code mostW}
 *     alone protects
 * @param coolDegC board temperature below which they may come on again, °C, below {@code hotDegC}
 * @param leaseS time after which the board itself ends a bleed that is not asked for again, s, above 0
 */
public record BleedBoard(
        double resistanceOhm,
        double tolerance,
        int mostChannels,
        double mostW,
        boolean neighbours,
        double hotDegC,
        double coolDegC,
        double leaseS) {
    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public BleedBoard {
        Findings findings = new Findings();
        findings.positive("resistanceOhm", resistanceOhm);
        findings.within("tolerance", tolerance, 0.0, 0.5);
        findings.positive("mostW", mostW);
        findings.positive("leaseS", leaseS);
        findings.refuse();
        Check.atLeast("mostChannels", mostChannels, 1);
        if (!(hotDegC >= -40.0 && coolDegC < hotDegC)) {
            throw new IllegalArgumentException(
                    "hotDegC must be >= -40 and above coolDegC (" + coolDegC + ") but is " + hotDegC);
        }
    }

    /**
     * Resistors for a tenth of an ampere at 3.3 V, 5 % exact, every second channel at a time, off at 85 °C and on again below 75 °C, a
     * lease of a minute: a usual passive board, our choice.
     */
    public static BleedBoard usual(PackLayout layout) {
        int channels = (layout.cells() + 1) / 2;
        return new BleedBoard(33.0, 0.05, channels, 0.55 * channels, false, 85.0, 75.0, 60.0);
    }

    /** Whether it says how hot it is. */
    boolean thermometer() {
        return hotDegC < Double.POSITIVE_INFINITY;
    }
}
