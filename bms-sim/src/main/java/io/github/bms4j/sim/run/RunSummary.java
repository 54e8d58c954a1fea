package io.github.bms4j.sim.run;

import io.github.bms4j.charge.StopCause;
import io.github.bms4j.limit.LimitRule;
import java.util.Map;

/**
 * What came out of a run.
 *
 * @param simulatedS simulated time, s
 * @param plantSteps steps of the true pack
 * @param brokenSteps steps in which a true cell was outside its voltage or temperature rating
 * @param driveS time driven, s
 * @param startSocTrue true pack SOC at the start
 * @param plugSoc estimated pack SOC at the plug-in
 * @param plugSocTrue true pack SOC at the plug-in
 * @param endSoc estimated pack SOC at the end
 * @param endSocSigma its standard deviation
 * @param endSocTrue true pack SOC at the end
 * @param energyWh energy through the connector, Wh
 * @param cost what it cost
 * @param plannedCost what the first plan expected it to cost
 * @param sessionS time the session was in its charging phase, s
 * @param flowS time from the first to the last current, s
 * @param peakW highest charge power, W
 * @param highestV highest true cell voltage, V
 * @param lowestV lowest true cell voltage, V
 * @param highestDegC highest true cell temperature, °C
 * @param targetSoc SOC that was wanted
 * @param stop why the charge ended
 * @param heldS seconds for which each rule held the charge power
 * @param replans how often the plan was made anew
 * @param frames CAN frames on the bus
 * @param restarts how often the session started again after a timeout
 * @param guard what protection, contactors and limits had to say
 */
public record RunSummary(
        double simulatedS,
        long plantSteps,
        long brokenSteps,
        double driveS,
        double startSocTrue,
        double plugSoc,
        double plugSocTrue,
        double endSoc,
        double endSocSigma,
        double endSocTrue,
        double energyWh,
        double cost,
        double plannedCost,
        double sessionS,
        double flowS,
        double peakW,
        double highestV,
        double lowestV,
        double highestDegC,
        double targetSoc,
        StopCause stop,
        Map<LimitRule, Double> heldS,
        int replans,
        long frames,
        int restarts,
        RunGuard guard) {
    /** Copies the map. */
    public RunSummary {
        heldS = Map.copyOf(heldS);
    }

    /** SOC missing at the end by the estimate, 0 when the target is reached within a tenth of a point. */
    public double missedSoc() {
        double missed = targetSoc - endSoc;
        return missed < 0.001 ? 0.0 : missed;
    }

    /** The rule, other than the plan's own wish, that held the power longest. */
    public LimitRule mainLimit() {
        LimitRule longest = LimitRule.PLAN;
        double seconds = 0.0;
        for (LimitRule rule : LimitRule.values()) {
            double held = heldS.getOrDefault(rule, 0.0);
            if (rule != LimitRule.PLAN && held > seconds) {
                longest = rule;
                seconds = held;
            }
        }
        return longest;
    }
}
