package io.github.bms4j.charge;

import io.github.bms4j.limit.AnodeShare;
import io.github.bms4j.num.Check;

/**
 * How a fast charge stays below the plating map, how its stages move, and how much time it may take to stay cool.
 *
 * @param share what of the cell's voltage drops lies on its anode
 * @param mapSigma relative standard deviation of the charge map, 0…0.5
 * @param mapSigmas by how many of them the charge stays below it, 0 or more, the product below 1
 * @param socSigmas by how many standard deviations the SOC is taken for higher, 0 or more
 * @param colderK by how much a cell may be colder than its sensor, K, 0 or more
 * @param stepPerH height of a stage, 1/h, above 0
 * @param holdS how long a higher stage must be allowed before it is taken, s, 0 or more
 * @param stretch how many times as long as the fastest charge one may take to stay cooler, where the price is one until departure
 *     and nothing is wanted at once; 1 or more
 */
public record FastChargeSettings(
        AnodeShare share,
        double mapSigma,
        double mapSigmas,
        double socSigmas,
        double colderK,
        double stepPerH,
        double holdS,
        double stretch) {
    /** Checks every figure. */
    public FastChargeSettings {
        Check.within("mapSigma", mapSigma, 0.0, 0.5);
        Check.notNegative("mapSigmas", mapSigmas);
        Check.notNegative("socSigmas", socSigmas);
        Check.notNegative("colderK", colderK);
        Check.positive("stepPerH", stepPerH);
        Check.notNegative("holdS", holdS);
        Check.within("stretch", stretch, 1.0, 10.0);
        if (!(mapSigma * mapSigmas < 1.0)) {
            throw new IllegalArgumentException("mapSigma * mapSigmas must be below 1 but is " + mapSigma * mapSigmas);
        }
    }

    /**
     * For a charge map that is itself meant as a limit, as those of cell files are: taken as it is, for SOC and temperature on the safe side as the
     * power limits have them. Stages of C/100, half a minute; up to half as long again to stay cool.
     */
    public static FastChargeSettings standard() {
        return new FastChargeSettings(AnodeShare.usual(), 0.0, 0.0, 1.5, 0.6, 0.01, 30.0, 1.5);
    }

    /**
     * For a map that says where plating begins as well as one knows, such as {@link io.github.bms4j.limit.AnodeModel#chargeMap} makes: known to 10 %,
     * two sigmas below it, SOC by two sigmas and 1 K on the safe side; the rest as {@link #standard}.
     */
    public static FastChargeSettings derivedMap() {
        return new FastChargeSettings(AnodeShare.usual(), 0.10, 2.0, 2.0, 1.0, 0.01, 30.0, 1.5);
    }

    /** Share of the map that is used. */
    double mapShare() {
        return 1.0 - mapSigma * mapSigmas;
    }
}
