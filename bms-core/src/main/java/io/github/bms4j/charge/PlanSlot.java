package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;

/**
 * One slot of a plan.
 *
 * @param startS start, s on the clock that steps the pack
 * @param durationS length, s
 * @param powerW mean power at the connector, W, 0 or more
 * @param currentA mean charge current, A, 0 or more
 * @param energyWh energy through the connector, Wh
 * @param pricePerKwh mean price
 * @param startSoc SOC at its start
 * @param endSoc SOC at its end
 * @param temperatureDegC expected cell temperature at its end, °C
 * @param cause why the power is not higher
 */
public record PlanSlot(
        double startS,
        double durationS,
        double powerW,
        double currentA,
        double energyWh,
        double pricePerKwh,
        double startSoc,
        double endSoc,
        double temperatureDegC,
        LimitRule cause) {}
