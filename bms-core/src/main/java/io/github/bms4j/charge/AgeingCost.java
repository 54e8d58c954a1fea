package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * What it costs a pack to be at a SOC and a temperature, and to be charged at a C-rate.
 *
 * <pre>
 * calendar   perYear x (1 + socSlope (soc - 0.5)) x exp(activationK (1/298.15 K - 1/T))           of the capacity a year
 * cycle      (perCycle + perRate C) / 2 x |dSOC| x exp(coldPerK max(0, 25 °C - T))               of the capacity
 * cost       pricePerLostKwh x rated energy x both
 * </pre>
 *
 * <p>A semi-empirical form: Arrhenius with a linear SOC for the shelf, throughput with a linear C-rate and a cold that
 * weighs exponentially for the cycle. What fails first in practice is the linearity in time: a fresh pack ages faster than one
 * of some years. {@link #nmc} says where its figures come from; a maker's own replace them.
 *
 * <p>Units: 1/a, K, 1/h (1C), °C, currency per kWh. Immutable; thread: any.
 *
 * @param pricePerLostKwh what a kWh of capacity that is lost for good is worth, 0 or more
 * @param calendar ageing by time
 * @param cycle ageing by throughput
 * @param source where the figures come from, not blank
 */
public record AgeingCost(double pricePerLostKwh, Calendar calendar, Cycle cycle, String source) {
    private static final double REFERENCE_DEG_C = 25.0;
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final double HOURS_PER_YEAR = 8766.0;

    /** @throws IllegalArgumentException when a figure does not fit */
    public AgeingCost {
        Check.notNegative("pricePerLostKwh", pricePerLostKwh);
        if (source.isBlank()) {
            throw new IllegalArgumentException("source must say where the figures come from but is blank");
        }
    }

    /**
     * Ageing by time.
     *
     * @param perYear share of the capacity lost in a year at SOC 0.5 and 25 °C, 0…1
     * @param socSlope rise of that per unit SOC, as a share of itself, 0…2
     * @param activationK activation temperature, K, 0…20000
     */
    public record Calendar(double perYear, double socSlope, double activationK) {
        /** @throws IllegalArgumentException when a figure does not fit */
        public Calendar {
            Check.fraction("perYear", perYear);
            Check.within("socSlope", socSlope, 0.0, 2.0);
            Check.within("activationK", activationK, 0.0, 20_000.0);
        }
    }

    /**
     * Ageing by throughput.
     *
     * @param perCycle share of the capacity lost in a full cycle at a very low current from 25 °C on, 0…0.1
     * @param perRate rise of that per 1C, in capacity per full cycle, 0…0.1
     * @param coldPerK exponential rise per kelvin below 25 °C, 1/K, 0…1
     */
    public record Cycle(double perCycle, double perRate, double coldPerK) {
        /** @throws IllegalArgumentException when a figure does not fit */
        public Cycle {
            Check.within("perCycle", perCycle, 0.0, 0.1);
            Check.within("perRate", perRate, 0.0, 0.1);
            Check.within("coldPerK", coldPerK, 0.0, 1.0);
        }
    }

    /** Ageing costs nothing. */
    public static AgeingCost none() {
        return new AgeingCost(0.0, new Calendar(0.0, 0.0, 0.0), new Cycle(0.0, 0.0, 0.0), "ageing not counted");
    }

    /**
     * Wear in proportion to the C-rate alone.
     *
     * @param perKwh price of a kWh stored at 1C, 0 or more
     */
    public static AgeingCost byRate(double perKwh) {
        Check.notNegative("wearPerKwh", perKwh);
        // 0.1 of the capacity per full cycle at 1C is 0.05 of a lost kWh per kWh stored.
        return new AgeingCost(
                perKwh / 0.05, new Calendar(0.0, 0.0, 0.0), new Cycle(0.0, 0.1, 0.0), "price per kWh at 1C, as told");
    }

    /**
     * A graphite/NMC pack of some years at a price per kWh of lost capacity. The calendar figures are those of the published
     * model of a graphite/NMC111 cell (Schmalstieg et al., J. Power Sources 257 (2014) 325, as transcribed in NREL's BLAST-Lite),
     * linearised at four years: 1.27 % a year at SOC 0.5 and 25 °C, 6976 K, rising with the SOC from 0.4 to 2.1 %. The cycle figures
     * are our own assumption: 0.006 % of the capacity per slow full cycle (20 % in 3,300 cycles), the same again per 1C, twice
     * as much for every 14 K below 25 °C.
     */
    public static AgeingCost nmc(double pricePerLostKwh) {
        return new AgeingCost(
                pricePerLostKwh,
                new Calendar(0.0127, 1.3, 6976.0),
                new Cycle(0.00006, 0.00006, 0.05),
                "calendar: Schmalstieg et al. 2014 as in BLAST-Lite, at four years; cycle: assumed");
    }

    /** The same ageing, counted so many times. */
    public AgeingCost times(double weight) {
        return new AgeingCost(pricePerLostKwh * Check.notNegative("weight", weight), calendar, cycle, source);
    }

    /** Cost of an hour at a SOC and a temperature, per kWh of rated energy. */
    public double calendarPerH(double soc, double temperatureDegC) {
        if (calendar.perYear() == 0.0) {
            return 0.0;
        }
        double bySoc = Math.max(0.0, 1.0 + calendar.socSlope() * (soc - 0.5));
        double k = temperatureDegC + ZERO_CELSIUS_K;
        double byHeat = StrictMath.exp(calendar.activationK() * (1.0 / (REFERENCE_DEG_C + ZERO_CELSIUS_K) - 1.0 / k));
        return pricePerLostKwh * calendar.perYear() / HOURS_PER_YEAR * bySoc * byHeat;
    }

    /** Cost of a kWh moved into or out of the cells at a very low current. */
    public double perKwh(double temperatureDegC) {
        return 0.5 * pricePerLostKwh * cycle.perCycle() * cold(temperatureDegC);
    }

    /** How much dearer that is per 1C. */
    public double perKwhAndRate(double temperatureDegC) {
        return 0.5 * pricePerLostKwh * cycle.perRate() * cold(temperatureDegC);
    }

    private double cold(double temperatureDegC) {
        double below = Math.max(0.0, REFERENCE_DEG_C - temperatureDegC);
        return cycle.coldPerK() == 0.0 || below == 0.0 ? 1.0 : StrictMath.exp(cycle.coldPerK() * below);
    }
}
