package io.github.bms4j.protect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;

/**
 * Insulation, interlock and peers.
 *
 * @param equipment what the pack has
 * @param workingV highest voltage of the pack, V, by which ohms become ohms per volt
 * @param insulationWarningOhmPerV insulation below which somebody should look, Ohm/V
 * @param insulationFaultOhmPerV insulation below which nobody may touch, Ohm/V, below the warning
 * @param insulationStaleS age from which the insulation is unknown, s
 * @param interlockStaleS age from which the interlock is unknown, s
 * @param standstillS age up to which a standstill is believed, s
 * @param inverterSilentS silence of the load that stops the current, s
 * @param chargerSilentS silence of the charger that stops the current, s
 * @param openAfterS further silence that opens the contactors, s
 */
public record SignalSettings(
        Equipment equipment,
        double workingV,
        double insulationWarningOhmPerV,
        double insulationFaultOhmPerV,
        double insulationStaleS,
        double interlockStaleS,
        double standstillS,
        double inverterSilentS,
        double chargerSilentS,
        double openAfterS) {
    /** Share above its threshold at which insulation counts as recovered. */
    static final double INSULATION_RECOVERY = 1.25;

    private static final double SILENT_PERIODS = 3.0;

    /** Checks every figure. */
    public SignalSettings {
        Check.positive("workingV", workingV);
        Check.positive("insulationWarningOhmPerV", insulationWarningOhmPerV);
        Check.positive("insulationFaultOhmPerV", insulationFaultOhmPerV);
        Check.positive("insulationStaleS", insulationStaleS);
        Check.positive("interlockStaleS", interlockStaleS);
        Check.positive("standstillS", standstillS);
        Check.positive("inverterSilentS", inverterSilentS);
        Check.positive("chargerSilentS", chargerSilentS);
        Check.positive("openAfterS", openAfterS);
        if (insulationFaultOhmPerV >= insulationWarningOhmPerV) {
            throw new IllegalArgumentException("insulationFaultOhmPerV (" + insulationFaultOhmPerV
                    + ") must be below insulationWarningOhmPerV (" + insulationWarningOhmPerV + ")");
        }
    }

    /** 500 and 100 Ohm/V; the load 3 s, the charger and the interlock 1 s, all at least three periods; opening after 5 s more. */
    static SignalSettings of(CellType type, PackLayout layout, Equipment equipment, double periodS) {
        double leastS = SILENT_PERIODS * periodS;
        return new SignalSettings(
                equipment,
                type.rating().maxV() * layout.series(),
                500.0,
                100.0,
                60.0,
                Math.max(1.0, leastS),
                2.0,
                Math.max(3.0, leastS),
                Math.max(1.0, leastS),
                5.0);
    }

    /** Insulation threshold of a tier, Ohm. */
    double insulationOhm(Tier tier) {
        return workingV * (tier == Tier.WARNING ? insulationWarningOhmPerV : insulationFaultOhmPerV);
    }
}
