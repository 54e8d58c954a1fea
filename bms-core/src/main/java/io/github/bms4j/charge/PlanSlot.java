package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;

/**
 * One slot of a plan. Energy that the pack gives back counts below 0.
 *
 * @param startS start, s on the clock that steps the pack
 * @param durationS length, s
 * @param powerW mean power at the connector, W; below 0 when it is given back
 * @param currentA mean charge current, A; below 0 when it is given back
 * @param energyWh energy through the connector, Wh; below 0 when it is given back
 * @param pricePerKwh mean price of that energy; of the first watt where none flows; NaN where nothing is offered
 * @param startSoc SOC at its start
 * @param endSoc SOC at its end
 * @param temperatureDegC expected cell temperature at its end, °C
 * @param cost what it costs; nothing is missed in a slot
 * @param cause why the power is not higher
 * @param heaterW mean power of the heater, W at the connector; part of {@code powerW}
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
        PlanCost cost,
        LimitRule cause,
        double heaterW) {
    /** A slot without heat. */
    public PlanSlot(
            double startS,
            double durationS,
            double powerW,
            double currentA,
            double energyWh,
            double pricePerKwh,
            double startSoc,
            double endSoc,
            double temperatureDegC,
            PlanCost cost,
            LimitRule cause) {
        this(
                startS,
                durationS,
                powerW,
                currentA,
                energyWh,
                pricePerKwh,
                startSoc,
                endSoc,
                temperatureDegC,
                cost,
                cause,
                0.0);
    }

    /** Whether energy flows, either way. */
    public boolean flows() {
        return energyWh != 0.0;
    }

    /** Whether the heater runs. */
    public boolean heats() {
        return heaterW > 0.0;
    }

    /** Mean power at the connector without the heater's, W; below 0 when it is given back. */
    public double withoutHeatW() {
        return !heats() ? powerW : currentA == 0.0 ? 0.0 : powerW - heaterW;
    }
}
