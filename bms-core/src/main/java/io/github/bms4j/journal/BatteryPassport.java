package io.github.bms4j.journal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackHealth;
import java.time.Instant;

/**
 * What a battery passport wants to know of a pack in use, as JSON: the part that a battery management system can know.
 *
 * <p>The names under {@code batteryCondition} are those of the Battery Pass data model 1.2.1, which follows DIN DKE SPEC 99100:2025-02;
 * the mapping is ours and stands in docs/theory/memory.md with what is left out and why. Percentages are percent. Under {@code bms4j}
 * stands what the model has no name for: standard deviations, both directions of throughput, classes, extremes. Thread: any.
 * Allocates: outside the control cycle.
 *
 * @see "BatteryPass/BatteryPassDataModel, io.BatteryPass.Performance 1.2.1, PerformanceAndDurability.ttl"
 */
public final class BatteryPassport {
    private static final String LAST_UPDATE = "lastUpdate";
    private static final double PERCENT = 100.0;

    private final PackKind kind;
    private final PackLayout layout;

    /** The passport's part for packs of this kind. */
    public BatteryPassport(CellType type, PackLayout layout) {
        this(PackKind.of(type, layout));
    }

    /** The same for a pack of which only the kind is known. */
    public BatteryPassport(PackKind kind) {
        this.kind = kind;
        this.layout = kind.layout();
    }

    /** What a pack is, wherever that is known from. */
    private record Condition(
            double sohC, double sohCSigma, double sohR, double sohRSigma, double soc, double socSigma) {
        static Condition of(PackEstimate estimate) {
            PackHealth health = estimate.health();
            return new Condition(
                    health.sohC(),
                    health.sohCSigma(),
                    health.sohR(),
                    health.sohRSigma(),
                    estimate.packSoc(),
                    estimate.packSocSigma());
        }

        static Condition of(PackMemory memory) {
            int smallest = memory.smallest();
            int stiffest = memory.stiffest();
            double ratedAh = memory.ratedAh;
            PackEstimate estimate = memory.estimate();
            return new Condition(
                    smallest < 0 ? Double.NaN : memory.capacityAh(smallest) / ratedAh,
                    smallest < 0 ? Double.NaN : memory.capacitySigmaAh(smallest) / ratedAh,
                    stiffest < 0 ? Double.NaN : 2.0 - memory.resistanceRatio(stiffest),
                    stiffest < 0 ? Double.NaN : memory.resistanceSigma(stiffest),
                    estimate.packSoc(),
                    estimate.packSocSigma());
        }
    }

    /**
     * One JSON object on one line; what is not known is null.
     *
     * @param life what was counted
     * @param estimate what the pack is; may be unknown
     * @param utcS time of the statement, s since 1970; NaN if not known
     */
    public String json(LifeRecord life, PackEstimate estimate, double utcS) {
        return json(life, Condition.of(estimate), utcS);
    }

    /** The same of what a memory knows: the SOC is the one that was written, not what it is worth by now. */
    public String json(LifeRecord life, PackMemory memory, double utcS) {
        return json(life, Condition.of(memory), utcS);
    }

    private String json(LifeRecord life, Condition is, double utcS) {
        JsonWriter json = new JsonWriter();
        json.object("batteryCondition");
        value(json, "energyThroughput", life.chargedKwh() + life.dischargedKwh(), utcS);
        value(json, "capacityThroughput", life.chargedAh() + life.dischargedAh(), utcS);
        json.object("numberOfFullCycles").count("numberOfFullCyclesValue", (long) life.fullCycles());
        update(json, utcS).endObject();
        value(json, "capacityFade", PERCENT * (1.0 - is.sohC()), utcS);
        double ratedAh = kind.rating().capacityAh() * layout.parallel();
        value(json, "remainingCapacity", is.sohC() * ratedAh, utcS);
        negativeEvents(json, life, utcS);
        temperatures(json, life, utcS);
        json.array("internalResistanceIncrease").element();
        json.number("internalResistanceIncreaseValue", PERCENT * (1.0 - is.sohR()));
        update(json, utcS).text("batteryComponent", "pack").endObject().endArray();
        value(json, "stateOfCharge", PERCENT * is.soc(), utcS);
        json.endObject();
        own(json, life, is);
        return json.toString();
    }

    private static void value(JsonWriter json, String name, double value, double utcS) {
        json.object(name).number(name + "Value", value);
        update(json, utcS).endObject();
    }

    private static JsonWriter update(JsonWriter json, double utcS) {
        return time(json, LAST_UPDATE, utcS);
    }

    private static JsonWriter time(JsonWriter json, String name, double utcS) {
        return Math.abs(utcS) < 1e11
                ? json.text(name, Instant.ofEpochSecond((long) Math.floor(utcS)).toString())
                : json.nothing(name);
    }

    private static void negativeEvents(JsonWriter json, LifeRecord life, double utcS) {
        json.array("negativeEvents");
        event(json, "deep discharge below the rated cell voltage", life.deepDischarges(), utcS);
        event(json, "over-charge above the rated cell voltage", life.overVoltages(), utcS);
        event(json, "over-temperature above the rated window", life.overTemperatures(), utcS);
        event(json, "charge below the rated charge temperature", life.coldCharges(), utcS);
        json.endArray();
    }

    private static void event(JsonWriter json, String what, int times, double utcS) {
        if (times > 0) {
            json.element().text("negativeEvent", what + ": " + times + (times == 1 ? " time" : " times"));
            update(json, utcS).endObject();
        }
    }

    /** The model counts minutes. */
    private static void temperatures(JsonWriter json, LifeRecord life, double utcS) {
        json.object("temperatureInformation");
        json.number("timeExtremeHighTemp", life.figures().sum(LifeFigures.Sum.HOT_S) / 60.0);
        json.number("timeExtremeLowTemp", life.figures().sum(LifeFigures.Sum.COLD_S) / 60.0);
        json.number("timeExtremeHighTempCharging", life.figures().sum(LifeFigures.Sum.HOT_CHARGING_S) / 60.0);
        json.number("timeExtremeLowTempCharging", life.figures().sum(LifeFigures.Sum.COLD_CHARGING_S) / 60.0);
        update(json, utcS).endObject();
    }

    private void own(JsonWriter json, LifeRecord life, Condition is) {
        json.object("bms4j");
        json.text("cell", kind.cell());
        json.count("series", layout.series()).count("parallel", layout.parallel());
        time(json, "countedSince", life.sinceUtcS());
        json.number("sohC", is.sohC()).number("sohCSigma", is.sohCSigma());
        json.number("sohR", is.sohR()).number("sohRSigma", is.sohRSigma());
        json.number("socSigma", is.socSigma());
        json.number("fullCycles", life.fullCycles());
        json.number("chargedAh", life.chargedAh()).number("dischargedAh", life.dischargedAh());
        json.number("chargedKwh", life.chargedKwh()).number("dischargedKwh", life.dischargedKwh());
        json.number("seenS", life.seenS()).number("unseenS", life.unseenS());
        json.number("chargingS", life.figures().sum(LifeFigures.Sum.CHARGING_S));
        json.number("dischargingS", life.figures().sum(LifeFigures.Sum.DISCHARGING_S));
        json.count("deepDischargeEvents", life.deepDischarges());
        json.count("overVoltageEvents", life.overVoltages());
        json.count("overTemperatureEvents", life.overTemperatures());
        json.count("coldChargeEvents", life.coldCharges());
        json.number("highestCellV", life.figures().extreme(LifeFigures.Extreme.HIGHEST_CELL_V));
        json.number("lowestCellV", life.figures().extreme(LifeFigures.Extreme.LOWEST_CELL_V));
        json.number("highestDegC", life.figures().extreme(LifeFigures.Extreme.HIGHEST_DEG_C));
        json.number("lowestDegC", life.figures().extreme(LifeFigures.Extreme.LOWEST_DEG_C));
        json.number("mostDischargeA", life.figures().extreme(LifeFigures.Extreme.MOST_DISCHARGE_A));
        json.number("mostChargeA", life.figures().extreme(LifeFigures.Extreme.MOST_CHARGE_A));
        json.array("classBoundsDegC").row(LifeFigures.CLASS_DEG_C).endArray();
        json.array("classS");
        for (int t = 0; t < LifeFigures.TEMPERATURE_CLASSES; t++) {
            double[] row = new double[LifeFigures.SOC_CLASSES];
            for (int s = 0; s < row.length; s++) {
                row[s] = life.classS(t, s);
            }
            json.row(row);
        }
        json.endArray().endObject();
    }
}
