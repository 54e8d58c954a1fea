package io.github.bms4j.thermal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.num.Findings;

/**
 * At which temperatures heater and coolant act, and how hastily.
 *
 * @param standby temperatures while nothing is wanted
 * @param driving temperatures for driving
 * @param charging temperatures for charging
 * @param heater the heater, and how the pack keeps its warmth
 * @param heaterInCoolant whether the heater warms the coolant, which then has to flow
 * @param leastOnS heater or coolant stay on at least so long, s, 0 or more, unless something is unknown or a cell too warm
 * @param leastOffS and off at least so long, s, 0 or more, unless a cell is so hot that all the flow is wanted
 * @param leastFlow share of the flow with which the coolant begins, within (0, 1]
 * @param unevenK difference of two cells from which the coolant flows to even it out, K, above 0; until half of it is left
 * @param coreSigmas by how many standard deviations a core is taken for worse than estimated, 0 or more
 * @param maxAgeS oldest temperature that counts as known, s, above 0
 */
public record ThermalSettings(
        ThermalBand standby,
        ThermalBand driving,
        ThermalBand charging,
        HeaterRating heater,
        boolean heaterInCoolant,
        double leastOnS,
        double leastOffS,
        double leastFlow,
        double unevenK,
        double coreSigmas,
        double maxAgeS) {
    /** SOC at which a charge map is asked from which temperature on it allows much. */
    private static final double CHARGE_SOC = 0.5;

    private static final double SCAN_K = 0.5;

    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public ThermalSettings {
        Findings findings = new Findings();
        findings.notNegative("leastOnS", leastOnS);
        findings.notNegative("leastOffS", leastOffS);
        findings.within("leastFlow", leastFlow, 0.01, 1.0);
        findings.positive("unevenK", unevenK);
        findings.notNegative("coreSigmas", coreSigmas);
        findings.positive("maxAgeS", maxAgeS);
        findings.refuse();
    }

    /** The same with {@link HeaterRating#of} a power, W. */
    public ThermalSettings(
            ThermalBand standby,
            ThermalBand driving,
            ThermalBand charging,
            double heaterW,
            boolean heaterInCoolant,
            double leastOnS,
            double leastOffS,
            double leastFlow,
            double unevenK,
            double coreSigmas,
            double maxAgeS) {
        this(
                standby,
                driving,
                charging,
                HeaterRating.of(heaterW),
                heaterInCoolant,
                leastOnS,
                leastOffS,
                leastFlow,
                unevenK,
                coreSigmas,
                maxAgeS);
    }

    /** Electric power of the heater, W; 0 for none. */
    public double heaterW() {
        return heater.powerW();
    }

    /** Settings for a type of cell with {@link HeaterRating#of} a power, W. */
    public static ThermalSettings of(CellType type, double heaterW, boolean heaterInCoolant) {
        return of(type, HeaterRating.of(heaterW), heaterInCoolant);
    }

    /**
     * Settings for a type of cell, by our judgement: for charging it is heated below the temperature at which the charge map allows half
     * of its best at 50 % SOC, up to that at which it allows nine tenths; for driving below 10 K above the coldest discharge, standing
     * by below 2 K above it, either 5 K on. Chilled 15, 15 and 5 K before the hottest charge or discharge, 5 K down, fully 5 K before it
     * (standing by 2 K). On for 60 s and off for 60 s at least, flow from a fifth on, 8 K of difference, one sigma, 30 s.
     */
    public static ThermalSettings of(CellType type, HeaterRating heater, boolean heaterInCoolant) {
        TemperatureWindow charge = type.rating().charge();
        TemperatureWindow discharge = type.rating().discharge();
        double half = allows(type.chargeMap(), charge, 0.5);
        double most = Math.max(half + 2.0, allows(type.chargeMap(), charge, 0.9));
        ThermalBand charging = band(half, most, charge.maxDegC(), 15.0, 5.0);
        double cold = discharge.minDegC();
        ThermalBand driving = band(cold + 10.0, cold + 15.0, discharge.maxDegC(), 15.0, 5.0);
        ThermalBand standby = band(cold + 2.0, cold + 7.0, discharge.maxDegC(), 5.0, 2.0);
        return new ThermalSettings(
                standby, driving, charging, heater, heaterInCoolant, 60.0, 60.0, 0.2, 8.0, 1.0, 30.0);
    }

    private static ThermalBand band(double heatBelow, double heatTo, double maxDegC, double above, double fully) {
        double coolAbove = maxDegC - above;
        double coolTo = coolAbove - 5.0;
        double to = Math.min(heatTo, coolTo - 1.0);
        return new ThermalBand(Math.min(heatBelow, to - 1.0), to, coolTo, coolAbove, maxDegC - fully);
    }

    /** The coldest temperature at which the map allows a share of the best it allows at that SOC, °C. */
    private static double allows(ChargeMap map, TemperatureWindow window, double share) {
        double best = 0.0;
        for (double t = window.minDegC(); t <= window.maxDegC(); t += SCAN_K) {
            best = Math.max(best, map.maxRatePerH(CHARGE_SOC, t));
        }
        double coldest = window.minDegC();
        while (coldest < window.maxDegC() && map.maxRatePerH(CHARGE_SOC, coldest) < share * best) {
            coldest += SCAN_K;
        }
        return coldest;
    }

    /** The temperatures for a need. */
    public ThermalBand band(ThermalNeed need) {
        return switch (need) {
            case STANDBY -> standby;
            case DRIVING -> driving;
            case CHARGING -> charging;
        };
    }
}
