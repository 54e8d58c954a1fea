package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * How a pack stands against its ratings, and how well that is known.
 *
 * @param capacityShare capacity over the rated one, 0.3…1.3; what moves the pack's SOC from 0 to 1
 * @param resistanceShare resistance over the model's, 0.3…5
 * @param socSigma standard deviation of the SOC, 0…0.5
 * @param capacitySigma standard deviation of the capacity as a share of itself, 0…0.5
 * @param spread how its cells differ in SOC
 */
public record PackCondition(
        double capacityShare, double resistanceShare, double socSigma, double capacitySigma, CellSpread spread) {
    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public PackCondition {
        Check.within("capacityShare", capacityShare, 0.3, 1.3);
        Check.within("resistanceShare", resistanceShare, 0.3, 5.0);
        Check.within("socSigma", socSigma, 0.0, 0.5);
        Check.within("capacitySigma", capacitySigma, 0.0, 0.5);
    }

    /** Cells that keep their differences. */
    public PackCondition(double capacityShare, double resistanceShare, double socSigma, double capacitySigma) {
        this(capacityShare, resistanceShare, socSigma, capacitySigma, CellSpread.even());
    }

    /** As rated, and known exactly. */
    public static PackCondition asRated() {
        return new PackCondition(1.0, 1.0, 0.0, 0.0);
    }
}
