package io.github.bms4j.charge;

/**
 * How full the pack will be at departure, and when the target is reached, given what is not known for certain: the SOC, the
 * capacity, and whether the station gives what it offers.
 *
 * @param soc90 SOC at departure that is reached or passed with 90 % probability, 0…1
 * @param soc50 the same with 50 %
 * @param finish50S time by which the target is reached with 50 % probability, s; NaN if it is less probable than that by
 *     departure
 * @param finish90S the same with 90 %: the station's shortfall, the error of the SOC and the rate at the end make the way from one to the
 *     other
 * @param targetProbability probability of the target at departure, within half a point of SOC
 */
public record ArrivalForecast(
        double soc90, double soc50, double finish50S, double finish90S, double targetProbability) {}
