package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * What a plan starts from: the state of the pack now.
 *
 * @param soc pack SOC, 0…1: what can be taken until a cell is empty, over that and what can be put in until a cell is full
 * @param socLead how far the fullest cell is likely to be ahead of it, 0…1; the plan tapers for that cell, with the margins that
 *     the limits keep for {@link PackCondition#socSigma}
 * @param coldestDegC temperature of the coldest cell, °C, from -60 on; plating and resistance are judged there
 * @param hottestDegC temperature of the hottest cell, °C, {@code coldestDegC}…120
 * @param ambientDegC temperature that the cells lose their heat to, °C, -60…120
 * @param polarisation what the last current left behind in the cells
 * @param condition how it stands against its ratings, and how well that is known
 */
public record PackNow(
        double soc,
        double socLead,
        double coldestDegC,
        double hottestDegC,
        double ambientDegC,
        Polarisation polarisation,
        PackCondition condition) {
    private static final double LEAST_DEG_C = -60.0;
    private static final double MOST_DEG_C = 120.0;

    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public PackNow {
        Check.fraction("soc", soc);
        Check.fraction("socLead", socLead);
        Check.within("hottestDegC", hottestDegC, LEAST_DEG_C, MOST_DEG_C);
        Check.within("coldestDegC", coldestDegC, LEAST_DEG_C, hottestDegC);
        Check.within("ambientDegC", ambientDegC, LEAST_DEG_C, MOST_DEG_C);
    }

    /** A rested pack as rated, known exactly. */
    public PackNow(double soc, double socLead, double coldestDegC, double hottestDegC, double ambientDegC) {
        this(soc, socLead, coldestDegC, hottestDegC, ambientDegC, Polarisation.none(), PackCondition.asRated());
    }
}
