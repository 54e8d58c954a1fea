package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.ResistanceTrend;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Two groups of two 3 Ah cells: 6 Ah rated, 3.0…4.2 V, discharged at −20…60 °C, charged at 0…45 °C. */
class LifeRecordTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final PackLayout LAYOUT = new PackLayout(2, 2, 2);

    private final LifeRecord life = new LifeRecord(TYPE, LAYOUT);
    private final PackSample sample = new PackSample(LAYOUT);
    private final PackEstimate estimate = new PackEstimate(LAYOUT);
    private double nowS;
    private double cellV = 3.6;
    private double hotDegC = 25.0;
    private double coldDegC = 25.0;

    private void seconds(int n, double packA) {
        for (int i = 0; i < n; i++) {
            nowS += 1.0;
            read(packA);
            life.step(sample, estimate);
        }
    }

    private void read(double packA) {
        sample.begin(Math.round(nowS * 1e9));
        sample.readCurrent(packA);
        sample.readCellVoltage(0, cellV);
        sample.readCellVoltage(1, 3.6);
        sample.readPackVoltage(cellV + 3.6);
        sample.readTemperature(0, hotDegC);
        sample.readTemperature(1, coldDegC);
    }

    private void known(double soc) {
        Estimates.write(estimate, Math.round(nowS * 1e9), 0.01, soc, soc);
    }

    private double seconds(LifeFigures.Sum of) {
        return life.figures().sum(of);
    }

    @Test
    void addsUpWhatFlowedEachWay() {
        seconds(1, 6.0);
        seconds(1800, 6.0); // 3 Ah at 7.2 V
        seconds(1, -3.0); // the trapezoid of this second is 1.5 A out
        seconds(3600, -3.0); // 3 Ah in
        double turn = 1.5 / 3600.0;
        assertEquals(3.0 + turn, life.dischargedAh(), 1e-9);
        assertEquals(3.0, life.chargedAh(), 1e-9);
        assertEquals((3.0 + turn) * 7.2e-3, life.dischargedKwh(), 1e-9);
        assertEquals(3.0 * 7.2e-3, life.chargedKwh(), 1e-9);
        assertEquals(6.0 / 12.0, life.fullCycles(), 1e-4);
        assertEquals(5401.0, life.seenS(), 1e-6);
        assertEquals(1801.0, seconds(LifeFigures.Sum.DISCHARGING_S), 1e-6);
        assertEquals(3600.0, seconds(LifeFigures.Sum.CHARGING_S), 1e-6);
        assertEquals(6.0, life.figures().extreme(LifeFigures.Extreme.MOST_DISCHARGE_A));
        assertEquals(3.0, life.figures().extreme(LifeFigures.Extreme.MOST_CHARGE_A));
    }

    @Test
    void aTrickleMovesChargeButIsNoCharging() {
        seconds(101, -0.05); // under a hundredth of the capacity per hour
        assertEquals(5.0 / 3600.0, life.chargedAh(), 1e-9);
        assertEquals(0.0, seconds(LifeFigures.Sum.CHARGING_S));
        assertEquals(0.0, seconds(LifeFigures.Sum.DISCHARGING_S));
    }

    @Test
    void whatNobodySawIsNotCounted() {
        seconds(10, 6.0);
        nowS += 3600.0;
        seconds(1, 6.0);
        assertEquals(9.0 * 6.0 / 3600.0, life.dischargedAh(), 1e-9);
        assertEquals(9.0, life.seenS(), 1e-9);
        assertEquals(3601.0, life.unseenS(), 1e-6);
        seconds(1, Double.NaN);
        seconds(1, 6.0);
        assertEquals(9.0 * 6.0 / 3600.0, life.dischargedAh(), 1e-9, "half a step is not known");
        seconds(1, 6.0);
        assertEquals(10.0 * 6.0 / 3600.0, life.dischargedAh(), 1e-9);
        nowS += 9.0;
        seconds(1, 6.0);
        assertEquals(20.0 * 6.0 / 3600.0, life.dischargedAh(), 1e-9, "ten seconds are near enough");
    }

    @Test
    void holdsWhenTimeStandsStill() {
        assertEquals(StepResult.HELD, life.step(new PackSample(LAYOUT), estimate));
        seconds(5, 6.0);
        double before = life.dischargedAh();
        assertEquals(StepResult.HELD, life.step(sample, estimate));
        nowS -= 3.0;
        read(6.0);
        assertEquals(StepResult.HELD, life.step(sample, estimate));
        assertEquals(before, life.dischargedAh());
    }

    @Test
    void takesTheSumOfTheCellsWhereThePackVoltageIsMissing() {
        for (int i = 0; i < 3601; i++) {
            nowS += 1.0;
            sample.begin(Math.round(nowS * 1e9));
            sample.readCurrent(1.0);
            sample.readCellVoltage(0, 3.5);
            sample.readCellVoltage(1, 3.5);
            life.step(sample, estimate);
        }
        assertEquals(7.0e-3, life.dischargedKwh(), 1e-9);
        assertTrue(Double.isNaN(life.figures().extreme(LifeFigures.Extreme.HIGHEST_DEG_C)), "never read");
    }

    @ParameterizedTest
    @CsvSource({
        "-30.0, 0.00, 0, 0",
        "-20.0, 0.099, 1, 0",
        "-0.1, 0.10, 2, 1",
        "0.0, 0.55, 3, 5",
        "25.0, 0.999, 5, 9",
        "59.9, 1.0, 8, 9",
        "60.0, 0.5, 9, 5",
        "80.0, 0.5, 9, 5"
    })
    void countsTimeInClasses(double degC, double soc, int temperatureClass, int socClass) {
        hotDegC = degC;
        coldDegC = degC - 5.0;
        known(soc);
        seconds(101, 0.0);
        for (int t = 0; t < LifeFigures.TEMPERATURE_CLASSES; t++) {
            for (int s = 0; s < LifeFigures.SOC_CLASSES; s++) {
                double expected = t == temperatureClass && s == socClass ? 100.0 : 0.0;
                assertEquals(expected, life.classS(t, s), 1e-6, t + " " + s);
            }
        }
    }

    @Test
    void anUnknownPackIsInNoClass() {
        seconds(101, 0.0);
        for (int t = 0; t < LifeFigures.TEMPERATURE_CLASSES; t++) {
            for (int s = 0; s < LifeFigures.SOC_CLASSES; s++) {
                assertEquals(0.0, life.classS(t, s));
            }
        }
    }

    @Test
    void countsADeepDischargeOnceUntilItIsClearlyOver() {
        cellV = 2.99;
        seconds(5, 1.0); // four seconds of it
        assertEquals(0, life.deepDischarges());
        cellV = 3.05;
        seconds(2, 1.0);
        cellV = 2.9;
        seconds(4, 1.0);
        assertEquals(0, life.deepDischarges(), "the time begins anew");
        seconds(1, 1.0);
        assertEquals(1, life.deepDischarges());
        seconds(100, 1.0);
        cellV = 3.05; // not yet clearly over
        seconds(10, 1.0);
        cellV = 2.9;
        seconds(10, 1.0);
        assertEquals(1, life.deepDischarges());
        cellV = 3.2;
        seconds(1, 1.0);
        cellV = 2.9;
        seconds(5, 1.0);
        assertEquals(2, life.deepDischarges());
        assertEquals(2.9, life.figures().extreme(LifeFigures.Extreme.LOWEST_CELL_V));
        assertEquals(0, life.overVoltages());
    }

    @Test
    void countsAnOverVoltage() {
        cellV = 4.25;
        seconds(6, -1.0);
        assertEquals(1, life.overVoltages());
        cellV = 4.15;
        seconds(6, -1.0);
        cellV = 4.25;
        seconds(6, -1.0);
        assertEquals(1, life.overVoltages());
        cellV = 4.05;
        seconds(1, -1.0);
        cellV = 4.25;
        seconds(5, -1.0);
        assertEquals(2, life.overVoltages());
        assertEquals(4.25, life.figures().extreme(LifeFigures.Extreme.HIGHEST_CELL_V));
        assertEquals(0, life.deepDischarges());
    }

    @Test
    void countsHeatAndItsTime() {
        hotDegC = 61.0;
        seconds(61, 0.0);
        assertEquals(1, life.overTemperatures());
        assertEquals(60.0, seconds(LifeFigures.Sum.HOT_S), 1e-6);
        assertEquals(0.0, seconds(LifeFigures.Sum.HOT_CHARGING_S));
        hotDegC = 58.0;
        seconds(10, 0.0);
        hotDegC = 61.0;
        seconds(10, 0.0);
        assertEquals(1, life.overTemperatures(), "it had not clearly cooled down");
        hotDegC = 50.0;
        seconds(10, -6.0);
        assertEquals(9.0 + 0.5, seconds(LifeFigures.Sum.HOT_CHARGING_S), 0.6, "charged above 45 °C");
        hotDegC = 61.0;
        seconds(10, 0.0);
        assertEquals(2, life.overTemperatures());
        assertEquals(61.0, life.figures().extreme(LifeFigures.Extreme.HIGHEST_DEG_C));
        assertEquals(25.0, life.figures().extreme(LifeFigures.Extreme.LOWEST_DEG_C));
    }

    @Test
    void countsChargingInTheCold() {
        coldDegC = -5.0;
        seconds(10, 6.0);
        assertEquals(0, life.coldCharges(), "discharging is allowed");
        seconds(1, 0.0);
        seconds(7, -6.0);
        assertEquals(1, life.coldCharges());
        assertEquals(7.0, seconds(LifeFigures.Sum.COLD_CHARGING_S), 1e-6);
        assertEquals(0.0, seconds(LifeFigures.Sum.COLD_S), "not below the discharge window");
        coldDegC = -10.0;
        seconds(1, 0.0);
        coldDegC = -21.0;
        seconds(10, 0.0);
        assertEquals(10.0, seconds(LifeFigures.Sum.COLD_S), 1e-6);
        coldDegC = -12.0;
        seconds(10, -6.0);
        assertEquals(2, life.coldCharges());
    }

    @Test
    void whatWasCountedBeforeIsAdded() {
        known(0.5);
        cellV = 2.9;
        hotDegC = 61.0;
        seconds(3601, 6.0);
        life.since(Double.NaN);
        life.since(1e9);
        life.since(2e9);
        ByteBuffer bytes = ByteBuffer.allocate(LifeFigures.BYTES);
        life.write(bytes);
        assertFalse(bytes.hasRemaining());
        LifeRecord other = new LifeRecord(TYPE, LAYOUT);
        assertTrue(other.read(bytes.duplicate().rewind()));
        assertTrue(other.read(bytes.duplicate().rewind()));
        assertEquals(2.0 * life.dischargedAh(), other.dischargedAh());
        assertEquals(2.0 * life.dischargedKwh(), other.dischargedKwh());
        assertEquals(2, other.deepDischarges());
        assertEquals(2, other.overTemperatures());
        assertEquals(7200.0, other.classS(9, 5), 1e-6);
        assertEquals(2.9, other.figures().extreme(LifeFigures.Extreme.LOWEST_CELL_V));
        assertEquals(6.0, other.figures().extreme(LifeFigures.Extreme.MOST_DISCHARGE_A));
        assertEquals(1e9, other.sinceUtcS());
        assertFalse(other.read(ByteBuffer.allocate(LifeFigures.BYTES - 1)));
    }

    @Test
    void allocatesNothing() {
        known(0.5);
        double bytes = Allocation.bytesPerCall(2000, () -> {
            nowS += 1.0;
            read(6.0);
            life.step(sample, estimate);
        });
        assertEquals(0.0, bytes, 0.1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> of, String name) {
        return (Map<String, Object>) of.getOrDefault(name, new HashMap<>());
    }

    private static double number(Map<String, Object> of, String name) {
        return (double) Objects.requireNonNull(of.get(name), name);
    }

    private static List<?> list(Map<String, Object> of, String name) {
        return (List<?>) Objects.requireNonNull(of.get(name), name);
    }

    /** JSON is YAML, so the parser that the module has reads it. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(String json) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(json);
    }

    @Test
    @SuppressWarnings("unchecked")
    void thePassportSaysWhatIsKnownInTheNamesOfTheDataModel() {
        CapacityEstimator capacity = new CapacityEstimator(TYPE, LAYOUT, CapacitySettings.standard());
        capacity.start(0, 2.7, 0.03);
        capacity.start(1, 2.85, 0.03);
        known(0.5);
        cellV = 2.9;
        hotDegC = 61.0;
        seconds(3601, 6.0);
        capacity.step(sample, estimate);
        new ResistanceTrend(TYPE, LAYOUT).start(0, 1.25, 0.2, estimate);
        life.since(1_700_000_000.0);
        String json = new BatteryPassport(TYPE, LAYOUT).json(life, estimate, 1_800_000_000.9);
        assertFalse(json.contains("\n"));
        Map<String, Object> root = parsed(json);
        Map<String, Object> condition = object(root, "batteryCondition");
        Map<String, Object> energy = object(condition, "energyThroughput");
        assertEquals(6.0 * 6.5e-3, number(energy, "energyThroughputValue"), 1e-4);
        assertEquals("2027-01-15T08:00:00Z", energy.get("lastUpdate"));
        assertEquals(6.0, number(object(condition, "capacityThroughput"), "capacityThroughputValue"), 1e-4);
        assertEquals(0, object(condition, "numberOfFullCycles").get("numberOfFullCyclesValue"));
        assertEquals(10.0, number(object(condition, "capacityFade"), "capacityFadeValue"), 1e-3);
        assertEquals(5.4, number(object(condition, "remainingCapacity"), "remainingCapacityValue"), 1e-3);
        assertEquals(50.0, number(object(condition, "stateOfCharge"), "stateOfChargeValue"), 1e-3);
        Map<String, Object> temperature = object(condition, "temperatureInformation");
        assertEquals(60.0, number(temperature, "timeExtremeHighTemp"), 1e-3);
        assertEquals(0.0, number(temperature, "timeExtremeLowTempCharging"));
        Map<String, Object> resistance = (Map<String, Object>)
                list(condition, "internalResistanceIncrease").get(0);
        assertEquals(25.0, number(resistance, "internalResistanceIncreaseValue"), 1e-3);
        assertEquals("pack", resistance.get("batteryComponent"));
        assertEquals(2, list(condition, "negativeEvents").size());
        assertTrue(json.contains("\"deep discharge below the rated cell voltage: 1 time\""), json);
        Map<String, Object> own = object(root, "bms4j");
        assertEquals("2023-11-14T22:13:20Z", own.get("countedSince"));
        assertEquals(0.9, number(own, "sohC"), 1e-4);
        assertEquals(0.75, number(own, "sohR"), 1e-4);
        assertEquals(1, own.get("deepDischargeEvents"));
        assertEquals(0.5, number(own, "fullCycles"), 1e-4);
        List<List<Double>> classes = (List<List<Double>>) (List<?>) list(own, "classS");
        assertEquals(10, classes.size());
        assertEquals(10, classes.get(0).size());
        assertEquals(3600.0, classes.get(9).get(5), 1e-3);
        assertEquals(9, ((List<?>) list(own, "classBoundsDegC").get(0)).size());
    }

    @Test
    void whatThePassportDoesNotKnowIsNull() {
        Map<String, Object> root = parsed(new BatteryPassport(TYPE, LAYOUT).json(life, estimate, Double.NaN));
        Map<String, Object> condition = object(root, "batteryCondition");
        for (String name : new String[] {"capacityFade", "remainingCapacity", "stateOfCharge"}) {
            Map<String, Object> value = object(condition, name);
            assertTrue(value.containsKey(name + "Value") && value.get(name + "Value") == null, name);
            assertTrue(value.containsKey("lastUpdate") && value.get("lastUpdate") == null, name);
        }
        assertEquals(0, list(condition, "negativeEvents").size());
        assertTrue(object(root, "bms4j").get("highestCellV") == null);
    }

    @Test
    void quotesWhatJsonMustQuote() {
        String json = new JsonWriter().text("a", "\"\\\n\u00e4").nothing("b").toString();
        assertEquals("{\"a\":\"\\\"\\\\\\u000a\u00e4\",\"b\":null}", json);
    }
}
