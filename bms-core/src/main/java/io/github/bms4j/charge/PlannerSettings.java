package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitSettings;
import io.github.bms4j.num.Check;

/**
 * How finely and how cautiously a charge is planned. Every figure is free of the pack's size and of the currency.
 *
 * @param slotS longest slot, s, at least 10; slots also end where the offer changes
 * @param socStep longest step of the SOC grid, 0.0001…0.05; a way to the goal of less than 300 steps gets 300
 * @param passes how often the plan is made again with the temperatures that the last one leads to, 1…10
 * @param reserveS how long before departure the charge shall be done, s, 0 or more; given up before energy is missed
 * @param observedCapHoldS how long a power seen at the station is taken to last, s, 0 or more
 * @param latenessShare what a kWh charged now counts dearer than one just before departure, as a share of the mean
 *     price, 0…0.1; it decides between slots of equal price and bounds what this may cost
 * @param overheadPerH what electronics and cooling take from the connector while charging, per hour, as a share of the
 *     pack's rated energy, 0…0.1; it is why the gentlest charge is not the cheapest
 * @param shortfallSigma how far stations stay below what they offer: standard deviation of the missing share, 0…0.5, where the
 *     share is taken to be the magnitude of a normal variable
 * @param keepShare a plan in force is kept until another one is better by this share of its cost, 0…0.5, or by as much of a
 *     missing kWh
 * @param margins distance from the cell's ratings, the same that the {@link io.github.bms4j.limit.PowerPredictor} keeps
 */
public record PlannerSettings(
        double slotS,
        double socStep,
        int passes,
        double reserveS,
        double observedCapHoldS,
        double latenessShare,
        double overheadPerH,
        double shortfallSigma,
        double keepShare,
        LimitSettings margins) {
    /** @throws IllegalArgumentException when a figure does not fit */
    public PlannerSettings {
        Check.within("slotS", slotS, 10.0, 86_400.0);
        Check.within("socStep", socStep, 0.0001, 0.05);
        if (passes < 1 || passes > 10) {
            throw new IllegalArgumentException("passes must be within [1, 10] but is " + passes);
        }
        Check.notNegative("reserveS", reserveS);
        Check.notNegative("observedCapHoldS", observedCapHoldS);
        Check.within("latenessShare", latenessShare, 0.0, 0.1);
        Check.within("overheadPerH", overheadPerH, 0.0, 0.1);
        Check.within("shortfallSigma", shortfallSigma, 0.0, 0.5);
        Check.within("keepShare", keepShare, 0.0, 0.5);
    }

    /** Slots of 300 s, 0.2 points of SOC, 3 passes, 300 s reserve, 900 s hold, 0.2 % lateness, 0.3 %/h overhead, 5 % shortfall, 2 % to change. */
    public static PlannerSettings standard() {
        return new PlannerSettings(300.0, 0.002, 3, 300.0, 900.0, 0.002, 0.003, 0.05, 0.02, LimitSettings.standard());
    }
}
