package io.github.bms4j.control;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.protect.TemperatureSettings;
import io.github.bms4j.thermal.ThermalNeed;
import io.github.bms4j.thermal.ThermalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the parts of a pack's settings fit each other. Each is sound by itself; together they may belong to different packs.
 *
 * <p>A pack whose parts contradict each other is not armed: the fault stands from the first cycle on. Allocates.
 */
final class Consistency {
    /** Thresholds further away than this share of the voltage window guard another cell. */
    private static final double FAR_SHARE = 0.35;

    private static final double FAR_K = 15.0;

    private final BatterySettings settings;
    private final List<String> findings = new ArrayList<>();

    private Consistency(BatterySettings settings) {
        this.settings = settings;
    }

    /** All contradictions, in one line each; empty if there are none. */
    static List<String> findings(BatterySettings settings) {
        Consistency check = new Consistency(settings);
        check.voltages();
        check.temperatures();
        check.currents();
        check.contactors();
        check.heat();
        return List.copyOf(check.findings);
    }

    private void voltages() {
        CellRating rating = settings.cell().rating();
        ProtectSettings protect = settings.equipment().protect();
        double far = FAR_SHARE * (rating.maxV() - rating.minV());
        double high = protect.voltage().cellHigh().operating();
        double low = protect.voltage().cellLow().operating();
        within("protect.voltage.cellHigh.operating", high, rating.maxV(), rating.maxV() + far, "V");
        within("protect.voltage.cellLow.operating", low, rating.minV() - far, rating.minV(), "V");
        int n = settings.layout().series();
        double packHigh = protect.voltage().packHigh().operating();
        within("protect.voltage.packHigh.operating", packHigh, n * rating.maxV(), n * (rating.maxV() + far), "V");
        double packLow = protect.voltage().packLow().operating();
        within("protect.voltage.packLow.operating", packLow, n * (rating.minV() - far), n * rating.minV(), "V");
        double workingV = protect.signal().workingV();
        within("protect.signal.workingV", workingV, n * rating.nominalV(), 2.0 * n * rating.maxV(), "V");
    }

    private void temperatures() {
        CellRating rating = settings.cell().rating();
        TemperatureSettings t = settings.equipment().protect().temperature();
        double chargeMax = rating.charge().maxDegC();
        within(
                "protect.temperature.chargeHigh.operating",
                t.chargeHigh().operating(),
                chargeMax,
                chargeMax + FAR_K,
                "°C");
        double chargeMin = rating.charge().minDegC();
        within(
                "protect.temperature.chargeLow.operating",
                t.chargeLow().operating(),
                chargeMin - FAR_K,
                chargeMin,
                "°C");
        double max = rating.discharge().maxDegC();
        within("protect.temperature.dischargeHigh.operating", t.dischargeHigh().operating(), max, max + FAR_K, "°C");
        double min = rating.discharge().minDegC();
        within("protect.temperature.dischargeLow.operating", t.dischargeLow().operating(), min - FAR_K, min, "°C");
    }

    private void currents() {
        CellRating rating = settings.cell().rating();
        PackLayout layout = settings.layout();
        double charge = settings.equipment().protect().current().chargeA();
        double discharge = settings.equipment().protect().current().dischargeA();
        double ratedCharge = rating.maxChargeA() * layout.parallel();
        double ratedDischarge = rating.maxDischargeA() * layout.parallel();
        within("protect.current.chargeA", charge, 0.2 * ratedCharge, 1.2 * ratedCharge, "A");
        within("protect.current.dischargeA", discharge, 0.2 * ratedDischarge, 1.2 * ratedDischarge, "A");
    }

    private void contactors() {
        ContactorRating rating = settings.equipment().contactors();
        if (rating != null) {
            double packV = settings.layout().series() * settings.cell().rating().maxV();
            within("contactors.maxPackV", rating.maxPackV(), packV, 3.0 * packV, "V");
        }
    }

    private void heat() {
        ThermalSettings thermal = settings.equipment().thermal();
        CellRating rating = settings.cell().rating();
        double hottest = rating.charge().maxDegC();
        double full = thermal.band(ThermalNeed.CHARGING).coolFullyDegC();
        within("thermal.charging.coolFullyDegC", full, rating.charge().minDegC(), hottest, "°C");
        double driving = thermal.band(ThermalNeed.DRIVING).coolFullyDegC();
        double most = rating.discharge().maxDegC();
        within("thermal.driving.coolFullyDegC", driving, rating.discharge().minDegC(), most, "°C");
    }

    private void within(String name, double value, double least, double most, String unit) {
        if (!(value >= least && value <= most)) {
            findings.add(String.format(
                    Locale.ROOT,
                    "%s is %.3f %s, expected %.3f to %.3f %s for %s",
                    name,
                    value,
                    unit,
                    least,
                    most,
                    unit,
                    settings.cell().name()));
        }
    }
}
