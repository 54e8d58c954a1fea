package io.github.bms4j.sim.station;

import io.github.bms4j.can.gbt27930.GbtAnswer;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtChemistry;
import io.github.bms4j.can.gbt27930.GbtClock;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtFlag;
import io.github.bms4j.can.gbt27930.GbtMessage;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a message says, in a few words for a person; currents as charging amperes, unknown figures as "NaN". */
final class GbtDetail {
    private static final int CONSTANT_VOLTAGE = 1;

    private GbtDetail() {}

    static String of(GbtBody body) {
        return switch (body.message()) {
            case CHM -> "V" + body.raw(GbtField.CHM_VERSION_MAJOR) + "." + body.raw(GbtField.CHM_VERSION_MINOR);
            case BHM -> text("at most %.1f V", body.get(GbtField.BHM_MAX_TOTAL_V));
            case CRM -> answer(body, GbtField.CRM_RECOGNISED, "recognised");
            case BRM ->
                text(
                        "V%d.%d %s %.1f Ah %.1f V",
                        body.raw(GbtField.BRM_VERSION_MAJOR),
                        body.raw(GbtField.BRM_VERSION_MINOR),
                        GbtChemistry.ofCode(body.raw(GbtField.BRM_CHEMISTRY)),
                        body.get(GbtField.BRM_CAPACITY_AH),
                        body.get(GbtField.BRM_RATED_V));
            case BCP ->
                text(
                        "cell <= %.2f V, pack <= %.1f V, <= %.1f A, now %.1f V, SOC %.1f %%",
                        body.get(GbtField.BCP_MAX_CELL_V),
                        body.get(GbtField.BCP_MAX_TOTAL_V),
                        body.get(GbtField.BCP_MAX_A),
                        body.get(GbtField.BCP_PACK_V),
                        body.get(GbtField.BCP_SOC_PERCENT));
            case CTS -> GbtClock.read(body).map(Object::toString).orElse("no valid clock");
            case CML ->
                text(
                        "%.1f...%.1f V, %.1f...%.1f A",
                        body.get(GbtField.CML_MIN_V),
                        body.get(GbtField.CML_MAX_V),
                        body.get(GbtField.CML_MIN_A),
                        body.get(GbtField.CML_MAX_A));
            case BRO -> answer(body, GbtField.BRO_READY, "ready");
            case CRO -> answer(body, GbtField.CRO_READY, "ready");
            case BCL ->
                text(
                        "%.1f V %.1f A %s",
                        body.get(GbtField.BCL_DEMAND_V),
                        chargingA(body, GbtField.BCL_DEMAND_A),
                        body.raw(GbtField.BCL_MODE) == CONSTANT_VOLTAGE ? "CV" : "CC");
            case BCS ->
                text(
                        "%.1f V %.1f A, cell %.2f V, SOC %.0f %%, %.0f min left",
                        body.get(GbtField.BCS_PACK_V),
                        chargingA(body, GbtField.BCS_PACK_A),
                        body.get(GbtField.BCS_MAX_CELL_V),
                        body.get(GbtField.BCS_SOC_PERCENT),
                        body.get(GbtField.BCS_REMAINING_MIN));
            case CCS ->
                text(
                        "%.1f V %.1f A, %.0f min, %s",
                        body.get(GbtField.CCS_OUTPUT_V),
                        chargingA(body, GbtField.CCS_OUTPUT_A),
                        body.get(GbtField.CCS_ELAPSED_MIN),
                        body.flag(GbtField.CCS_PERMITTED) == GbtFlag.NO ? "pause" : "permitted");
            case BSM ->
                text(
                        "%s, %.0f...%.0f °C%s",
                        body.flag(GbtField.BSM_PERMITS_CHARGE) == GbtFlag.YES
                                ? "charge permitted"
                                : "no charge permitted",
                        body.get(GbtField.BSM_MIN_DEG_C),
                        body.get(GbtField.BSM_MAX_DEG_C),
                        alarms(body));
            case BMV -> list(body, GbtField.BMV_CELL_V, "%d cells, %.2f...%.2f V");
            case BMT -> list(body, GbtField.BMT_DEG_C, "%d probes, %.0f...%.0f °C");
            case BSP -> body.length() + " bytes";
            case BST, CST, BEM, CEM -> reasons(body);
            case BSD ->
                text(
                        "SOC %.0f %%, cells %.2f...%.2f V, %.0f...%.0f °C",
                        body.get(GbtField.BSD_SOC_PERCENT),
                        body.get(GbtField.BSD_MIN_CELL_V),
                        body.get(GbtField.BSD_MAX_CELL_V),
                        body.get(GbtField.BSD_MIN_DEG_C),
                        body.get(GbtField.BSD_MAX_DEG_C));
            case CSD ->
                text("%.0f min, %.1f kWh", body.get(GbtField.CSD_ELAPSED_MIN), body.get(GbtField.CSD_ENERGY_KWH));
        };
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double chargingA(GbtBody body, GbtField field) {
        return 0.0 - body.get(field);
    }

    private static String answer(GbtBody body, GbtField field, String word) {
        GbtAnswer answer = body.answer(field);
        return switch (answer) {
            case NO -> "00 not " + word;
            case YES -> "AA " + word;
            case INVALID -> text("%02X invalid", body.raw(field));
        };
    }

    private static String alarms(GbtBody bsm) {
        StringBuilder alarms = new StringBuilder();
        if (bsm.raw(GbtField.BSM_CELL_VOLTAGE) != 0) {
            alarms.append(", cell voltage");
        }
        if (bsm.raw(GbtField.BSM_SOC) != 0) {
            alarms.append(", soc");
        }
        for (GbtField field : GbtField.of(GbtMessage.BSM)) {
            if (field.kind() == GbtField.Kind.FLAG
                    && field != GbtField.BSM_PERMITS_CHARGE
                    && bsm.flag(field) == GbtFlag.YES) {
                alarms.append(", ").append(words(field));
            }
        }
        return alarms.toString();
    }

    private static String reasons(GbtBody body) {
        String reasons = GbtField.of(body.message()).stream()
                .filter(field -> body.flag(field) == GbtFlag.YES)
                .map(GbtDetail::words)
                .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? "no reason given" : reasons;
    }

    private static String words(GbtField field) {
        String name = field.name();
        return name.substring(name.indexOf('_') + 1).replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    private static String list(GbtBody body, GbtField field, String format) {
        int entries = body.length() / field.stride();
        double lowest = Double.NaN;
        double highest = Double.NaN;
        for (int i = 0; i < entries; i++) {
            double value = body.get(field, i);
            if (!Double.isNaN(value)) {
                lowest = value >= lowest ? lowest : value;
                highest = value <= highest ? highest : value;
            }
        }
        return text(format, entries, lowest, highest);
    }
}
