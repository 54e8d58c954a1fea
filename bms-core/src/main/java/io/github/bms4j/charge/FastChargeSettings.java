package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * How a {@link FastChargeProfile} stays below the plating map and how its stages move.
 *
 * @param mapSigma relative standard deviation of the charge map, 0…0.5
 * @param mapSigmas by how many of them the profile stays below it, 0 or more, the product below 1
 * @param socSigmas by how many standard deviations the SOC is taken for higher, 0 or more
 * @param colderK by how much a cell may be colder than its sensor, K, 0 or more
 * @param stepPerH height of a stage, 1/h, above 0
 * @param holdS how long a higher stage must be allowed before it is taken, s, 0 or more
 * @param hotterK by how much the profile stays below the highest charging temperature, K, 0 or more
 */
public record FastChargeSettings(
        double mapSigma,
        double mapSigmas,
        double socSigmas,
        double colderK,
        double stepPerH,
        double holdS,
        double hotterK) {
    /** Checks every figure. */
    public FastChargeSettings {
        Check.within("mapSigma", mapSigma, 0.0, 0.5);
        Check.notNegative("mapSigmas", mapSigmas);
        Check.notNegative("socSigmas", socSigmas);
        Check.notNegative("colderK", colderK);
        Check.positive("stepPerH", stepPerH);
        Check.notNegative("holdS", holdS);
        Check.notNegative("hotterK", hotterK);
        if (!(mapSigma * mapSigmas < 1.0)) {
            throw new IllegalArgumentException("mapSigma * mapSigmas must be below 1 but is " + mapSigma * mapSigmas);
        }
    }

    /** A map known to 10 %, two sigmas below it, SOC by two sigmas and 1 K on the safe side; stages of C/50, half a minute; 5 K. */
    public static FastChargeSettings standard() {
        return new FastChargeSettings(0.10, 2.0, 2.0, 1.0, 0.02, 30.0, 5.0);
    }

    /** Share of the map that is used. */
    double mapShare() {
        return 1.0 - mapSigma * mapSigmas;
    }
}
