package io.github.bms4j.sim.run;

import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.limit.LimitRule;
import java.util.List;

/**
 * Adds up a charge: energy and cost at the connector, and how long which rule held the power.
 *
 * <p>Units: s, A (negative while charging), V, Wh. Thread: one. Allocation: none after construction.
 */
final class ChargeTally {
    private final List<OfferStep> tariff;
    private final double[] heldS = new double[LimitRule.values().length];
    private double energyWh;
    private double cost;
    private double chargingS;
    private double firstS = Double.NaN;
    private double lastS = Double.NaN;
    private double peakW;

    ChargeTally(List<OfferStep> tariff) {
        this.tariff = tariff;
    }

    /** One cycle in which energy may flow; {@code sincePlugS} at its end. */
    void add(double sincePlugS, double dtS, double packA, double packV, LimitRule cause) {
        double powerW = Math.max(0.0, -packA * packV);
        double wh = powerW * dtS / 3600.0;
        energyWh += wh;
        cost += wh / 1000.0 * pricePerKwh(sincePlugS - 0.5 * dtS);
        heldS[cause.ordinal()] += dtS;
        chargingS += dtS;
        peakW = Math.max(peakW, powerW);
        if (powerW > 0.0) {
            firstS = Double.isNaN(firstS) ? sincePlugS - dtS : firstS;
            lastS = sincePlugS;
        }
    }

    private double pricePerKwh(double sincePlugS) {
        double price = 0.0;
        for (int i = 0; i < tariff.size() && tariff.get(i).startS() <= sincePlugS; i++) {
            price = tariff.get(i).pricePerKwh();
        }
        return price;
    }

    double energyWh() {
        return energyWh;
    }

    double cost() {
        return cost;
    }

    double sessionS() {
        return chargingS;
    }

    double flowS() {
        return Double.isNaN(firstS) ? 0.0 : lastS - firstS;
    }

    double peakW() {
        return peakW;
    }

    double heldS(LimitRule rule) {
        return heldS[rule.ordinal()];
    }
}
