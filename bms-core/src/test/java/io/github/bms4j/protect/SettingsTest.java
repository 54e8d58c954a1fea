package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    private final ProtectSettings settings = ProtectSettings.of(SampleCells.straight(), new PackLayout(96, 2, 8));

    private static void refused(String says, Executable build) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, build).getMessage());
        assertTrue(message.contains(says), message);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 3, true",
        "3, 2, 1, true",
        "1, 1, 2, false",
        "1, 3, 2, false",
        "2, 1, 3, false",
        "2, 2, 1, false",
        "3, 2, 2, false",
        "1, 2, 2, false"
    })
    void thresholdsLieInOneOrder(double operating, double warning, double safety, boolean sound) {
        if (sound) {
            TierLimits limits = new TierLimits(operating, warning, safety, 0.1);
            assertEquals(safety > operating, limits.rising());
            assertEquals(operating, limits.at(Tier.OPERATING));
            assertEquals(warning, limits.at(Tier.WARNING));
            assertEquals(safety, limits.at(Tier.SAFETY));
        } else {
            refused("ordered", () -> new TierLimits(operating, warning, safety, 0.1));
        }
    }

    @Test
    void thresholdsAreFiniteWithAHysteresis() {
        refused("operating", () -> new TierLimits(Double.NaN, 2, 3, 0.1));
        refused("warning", () -> new TierLimits(1, Double.NaN, 3, 0.1));
        refused("safety", () -> new TierLimits(1, 2, Double.POSITIVE_INFINITY, 0.1));
        refused("hysteresis", () -> new TierLimits(1, 2, 3, 0.0));
    }

    @ParameterizedTest(name = "{0} of rising 1, 2, 3 with 0.25: beyond {1}, recovered {2}, share {3}")
    @CsvSource({
        "1.9,  false, false, 0.1",
        "2.0,  false, false, 0.0",
        "2.1,  true,  false, 0.0",
        "1.75, false, false, 0.25",
        "1.74, false, true,  0.26",
        "0.5,  false, true,  1.0",
        "NaN,  false, false, NaN"
    })
    void risingLimitsAreJudgedFromBelow(double v, boolean beyond, boolean recovered, double share) {
        TierLimits rising = new TierLimits(1, 2, 3, 0.25);
        TierLimits falling = new TierLimits(-1, -2, -3, 0.25);
        assertEquals(beyond, rising.beyond(Tier.WARNING, v));
        assertEquals(recovered, rising.recovered(Tier.WARNING, v));
        assertEquals(share, rising.share(v), 1e-9);
        assertEquals(beyond, falling.beyond(Tier.WARNING, -v));
        assertEquals(recovered, falling.recovered(Tier.WARNING, -v));
        assertEquals(share, falling.share(-v), 1e-9);
    }

    @ParameterizedTest(name = "{0}: high by {1}, {2}, {3} V, low by {4}, {5}, {6} V")
    @CsvSource({
        "NMC,    0.01, 0.03, 0.05, 0.02, 0.10, 0.20",
        "NCA,    0.01, 0.03, 0.05, 0.02, 0.10, 0.20",
        "LFP,    0.03, 0.08, 0.15, 0.02, 0.10, 0.20",
        "LTO,    0.02, 0.05, 0.10, 0.02, 0.06, 0.12",
        "NA_ION, 0.02, 0.05, 0.10, 0.02, 0.06, 0.12"
    })
    void voltagesFollowTheChemistry(
            Chemistry chemistry, double o, double w, double s, double lo, double lw, double ls) {
        CellType type = cellOf(chemistry);
        VoltageSettings v = ProtectSettings.of(type, new PackLayout(10, 1, 1)).voltage();
        double maxV = type.rating().maxV();
        double minV = type.rating().minV();
        assertEquals(new TierLimits(maxV + o, maxV + w, maxV + s, 0.02), v.cellHigh());
        assertEquals(new TierLimits(minV - lo, minV - lw, minV - ls, 0.1), v.cellLow());
        assertEquals(10.05 * (maxV + s), v.packHigh().safety(), 1e-9);
        assertEquals(10.05 * (maxV + w), v.packHigh().warning(), 1e-9);
        assertEquals(10.05 * (maxV + o), v.packHigh().operating(), 1e-9);
        assertEquals(9.95 * (minV - ls), v.packLow().safety(), 1e-9);
        assertEquals(0.2, v.packHigh().hysteresis(), 1e-9);
        assertEquals(1.0, v.packLow().hysteresis(), 1e-9);
        assertEquals(3.0, v.mismatchV());
    }

    private static CellType cellOf(Chemistry chemistry) {
        double mid = 0.5 * (chemistry.leastMidOcvV() + chemistry.mostMidOcvV());
        double[] soc = {0.0, 0.5, 1.0};
        CellType t = SampleCells.straight();
        CellRating r = new CellRating(
                3.0, mid, mid - 0.4, mid + 0.2, 9.0, 3.0, new TemperatureWindow(-20, 60), new TemperatureWindow(0, 45));
        OcvCurve ocv = new OcvCurve(soc, new double[] {mid - 0.4, mid, mid + 0.15}, new double[] {0.0, 0.0, 0.0}, 25.0);
        ChargeMap map = t.chargeMap();
        return new CellType(t.name(), chemistry, r, ocv, t.circuit(), t.thermal(), map, t.provenance());
    }

    @Test
    void aLongPackIsComparedToOnePercent() {
        assertEquals(0.01 * 96 * 4.2, settings.voltage().mismatchV(), 1e-9);
    }

    @Test
    void temperaturesFollowTheRatedWindows() {
        TemperatureSettings t = settings.temperature();
        assertEquals(new TierLimits(46, 48, 51, 5), t.chargeHigh());
        assertEquals(new TierLimits(-1, -3, -6, 5), t.chargeLow());
        assertEquals(new TierLimits(61, 63, 66, 5), t.dischargeHigh());
        assertEquals(new TierLimits(-21, -23, -26, 5), t.dischargeLow());
        assertEquals(0.3, t.idleA(), 1e-12);
    }

    @Test
    void currentsFollowTheRatingOfTheGroup() {
        CurrentSettings c = settings.current();
        assertEquals(6.0, c.chargeA());
        assertEquals(18.0, c.dischargeA());
        assertEquals(72.0, c.shortA());
        assertEquals(22.5, c.fuseA());
        assertEquals(2.4 * 22.5 * 22.5, c.fuseA2s(), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "OPERATING, 1.1, 1.0",
        "OPERATING, 1.5, 0.168",
        "OPERATING, 9.0, 0.1",
        "SAFETY, 1.5, 1.0",
        "SAFETY, 2.0, 0.41666667",
        "SAFETY, 1.2, 1.0"
    })
    void theTimeToSetKeepsTheHeatTheSame(Tier tier, double ratio, double s) {
        assertEquals(s, settings.current().setS(tier, ratio), 1e-8);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.2, 5.0, 0.5", "0.1, 0.3, 5.0, 0.5", "1.0, 3.0, 5.0, 2.0", "2.0, 6.0, 6.0, 4.0"})
    void staleIsThreePeriods(double periodS, double staleS, double temperatureS, double rampS) {
        SensorSettings s = ProtectSettings.of(SampleCells.straight(), Rig.LAYOUT, Equipment.bench(), periodS)
                .sensor();
        assertEquals(staleS, s.currentStaleS(), 1e-12);
        assertEquals(staleS, s.voltageStaleS(), 1e-12);
        assertEquals(temperatureS, s.temperatureStaleS(), 1e-12);
        assertEquals(rampS, s.rampS(), 1e-12);
        assertEquals(30.0, s.temperatureRampS());
        assertEquals(0.5, s.moveA(), 1e-12, "10 mV over 20 mOhm");
    }

    @Test
    void sensorsOfParallelCellsMoveByMoreCurrent() {
        assertEquals(1.0, settings.sensor().moveA(), 1e-12);
        refused("periodS", () -> ProtectSettings.of(SampleCells.straight(), Rig.LAYOUT, Equipment.bench(), 0.0));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1.0, 1.0, 3.0", "1.0, 3.0, 3.0, 3.0", "2.0, 6.0, 6.0, 6.0"})
    void silenceOfSignalsIsAtLeastThreePeriods(double periodS, double interlockS, double chargerS, double inverterS) {
        SignalSettings s = ProtectSettings.of(SampleCells.straight(), Rig.LAYOUT, Equipment.bench(), periodS)
                .signal();
        assertEquals(interlockS, s.interlockStaleS(), 1e-12);
        assertEquals(chargerS, s.chargerSilentS(), 1e-12);
        assertEquals(inverterS, s.inverterSilentS(), 1e-12);
    }

    @Test
    void insulationFollowsTheHighestVoltage() {
        assertEquals(96 * 4.2, settings.signal().workingV(), 1e-9);
        assertEquals(500 * 96 * 4.2, settings.signal().insulationOhm(Tier.WARNING), 1e-6);
        assertEquals(100 * 96 * 4.2, settings.signal().insulationOhm(Tier.SAFETY), 1e-6);
        assertEquals(Equipment.vehicle(), settings.signal().equipment());
    }

    @Test
    void voltagesThatContradictEachOtherAreRefused() {
        TierLimits up = new TierLimits(4.2, 4.3, 4.4, 0.02);
        TierLimits down = new TierLimits(3.0, 2.9, 2.8, 0.1);
        refused("cellHigh must be rising", () -> new VoltageSettings(down, down, up, down, 3.0));
        refused("cellLow must be falling", () -> new VoltageSettings(up, up, up, down, 3.0));
        refused("packHigh", () -> new VoltageSettings(up, down, down, down, 3.0));
        refused("packLow", () -> new VoltageSettings(up, down, up, up, 3.0));
        refused("mismatchV", () -> new VoltageSettings(up, down, up, down, 0.0));
        TierLimits close = new TierLimits(4.085, 4.0, 3.9, 0.1);
        refused("no room", () -> new VoltageSettings(up, close, up, down, 3.0));
        assertEquals(up, new VoltageSettings(up, new TierLimits(4.075, 4.0, 3.9, 0.1), up, down, 3.0).cellHigh());
    }

    @Test
    void temperaturesThatContradictEachOtherAreRefused() {
        TierLimits up = new TierLimits(45, 48, 50, 5);
        TierLimits down = new TierLimits(0, -3, -6, 5);
        refused("chargeHigh", () -> temperatures(down, down, up, down, 1, 1, 0.3, 2, 0.1, 60));
        refused("chargeLow", () -> temperatures(up, up, up, down, 1, 1, 0.3, 2, 0.1, 60));
        refused("dischargeHigh", () -> temperatures(up, down, down, down, 1, 1, 0.3, 2, 0.1, 60));
        refused("dischargeLow", () -> temperatures(up, down, up, up, 1, 1, 0.3, 2, 0.1, 60));
        refused("idleA", () -> temperatures(up, down, up, down, 0, 1, 0.3, 2, 0.1, 60));
        refused("runawayKPerS", () -> temperatures(up, down, up, down, 1, 0, 0.3, 2, 0.1, 60));
        refused("neighbourKPerS", () -> temperatures(up, down, up, down, 1, 1, 0, 2, 0.1, 60));
        refused("must be below", () -> temperatures(up, down, up, down, 1, 1, 1, 2, 0.1, 60));
        refused("rateTauS", () -> temperatures(up, down, up, down, 1, 1, 0.3, 0, 0.1, 60));
        refused("dropV", () -> temperatures(up, down, up, down, 1, 1, 0.3, 2, 0, 60));
        refused("evidenceS", () -> temperatures(up, down, up, down, 1, 1, 0.3, 2, 0.1, 0));
    }

    private static TemperatureSettings temperatures(
            TierLimits ch,
            TierLimits cl,
            TierLimits dh,
            TierLimits dl,
            double i,
            double r,
            double n,
            double t,
            double d,
            double e) {
        return new TemperatureSettings(ch, cl, dh, dl, i, r, n, t, d, e);
    }

    @Test
    void currentsThatContradictEachOtherAreRefused() {
        TierLimits ratio = new TierLimits(1.1, 1.25, 1.5, 0.05);
        refused("chargeA", () -> new CurrentSettings(0, 9, ratio, 1, 0.1, 40, 12, 300));
        refused("dischargeA", () -> new CurrentSettings(3, 0, ratio, 1, 0.1, 40, 12, 300));
        refused("ratio", () -> new CurrentSettings(3, 9, new TierLimits(1.5, 1.2, 1.1, 0.05), 1, 0.1, 40, 12, 300));
        refused("above 1", () -> new CurrentSettings(3, 9, new TierLimits(1.0, 1.2, 1.4, 0.05), 1, 0.1, 40, 12, 300));
        refused("above 1", () -> new CurrentSettings(3, 9, new TierLimits(1.1, 1.2, 1.4, 1.1), 1, 0.1, 40, 12, 300));
        refused("longestS", () -> new CurrentSettings(3, 9, ratio, 0, 0.1, 40, 12, 300));
        refused("shortestS", () -> new CurrentSettings(3, 9, ratio, 1, 0, 40, 12, 300));
        refused("shortestS", () -> new CurrentSettings(3, 9, ratio, 1, 1.1, 40, 12, 300));
        refused("shortA", () -> new CurrentSettings(3, 9, ratio, 1, 0.1, 13.5, 12, 300));
        refused("shortA", () -> new CurrentSettings(30, 9, ratio, 1, 0.1, 45, 12, 300));
        refused("fuseA", () -> new CurrentSettings(3, 9, ratio, 1, 0.1, 40, 0, 300));
        refused("fuseA2s", () -> new CurrentSettings(3, 9, ratio, 1, 0.1, 40, 12, 0));
        assertEquals(13.6, new CurrentSettings(3, 9, ratio, 1, 1, 13.6, 12, 300).shortA());
    }

    @Test
    void sensorSettingsAreCheckedOneByOne() {
        double[] sound = {5, 0.3, 0.3, 5, 0.5, 30, 60, 5, 1, 0.01, 8, 0.3, 0.8};
        String[] names = {
            "startGraceS",
            "currentStaleS",
            "voltageStaleS",
            "temperatureStaleS",
            "rampS",
            "temperatureRampS",
            "stuckS",
            "stuckMoves",
            "moveA",
            "moveV",
            "moveK",
            "jumpV",
            "suspectShare"
        };
        assertEquals(8.0, sensors(sound).moveK());
        for (int k = 0; k < sound.length; k++) {
            double[] broken = sound.clone();
            broken[k] = -1.0;
            refused(names[k], () -> sensors(broken));
        }
    }

    private static SensorSettings sensors(double[] v) {
        return new SensorSettings(
                v[0], v[1], v[2], v[3], v[4], v[5], v[6], (int) v[7], v[8], v[9], v[10], v[11], v[12]);
    }

    @Test
    void signalSettingsAreCheckedOneByOne() {
        double[] sound = {400, 500, 100, 60, 1, 2, 3, 1, 5};
        String[] names = {
            "workingV",
            "insulationWarningOhmPerV",
            "insulationFaultOhmPerV",
            "insulationStaleS",
            "interlockStaleS",
            "standstillS",
            "inverterSilentS",
            "chargerSilentS",
            "openAfterS"
        };
        assertEquals(5.0, signals(sound).openAfterS());
        for (int k = 0; k < sound.length; k++) {
            double[] broken = sound.clone();
            broken[k] = -1.0;
            refused(names[k], () -> signals(broken));
        }
        refused("must be below", () -> signals(new double[] {400, 100, 100, 60, 1, 2, 3, 1, 5}));
    }

    private static SignalSettings signals(double[] v) {
        return new SignalSettings(Equipment.vehicle(), v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]);
    }

    @Test
    void delaysAreChecked() {
        refused("setS", () -> new Delay(-0.1, 1, 1.0, 1));
        refused("setSamples", () -> new Delay(0.1, 0, 1.0, 1));
        refused("clearS", () -> new Delay(0.1, 1, 0.0, 1));
        refused("clearSamples", () -> new Delay(0.1, 1, 1.0, 0));
    }

    @ParameterizedTest(name = "{0} {1}...{2}: {3}")
    @CsvSource({
        "nothing,      0,     0,   ''",
        "current,     -7.6,  22.6, ''",
        "current,     -7.4,  22.6, 'current sensor of -7.4...22.6 A does not reach the warning tier at -7.5 and 22.5 A'",
        "current,     -7.6,  22.5, 'current sensor of -7.6...22.5 A does not reach the warning tier at -7.5 and 22.5 A'",
        "current,     -7.5,  22.6, 'current sensor of -7.5...22.6 A does not reach the warning tier at -7.5 and 22.5 A'",
        "cell,         2.79,  4.26, ''",
        "cell,         2.81,  4.26, 'cell voltage sensor of 2.81...4.26 V does not reach the safety tier at 2.8 and 4.25 V'",
        "cell,         2.79,  4.25, 'cell voltage sensor of 2.79...4.25 V does not reach the safety tier at 2.8 and 4.25 V'",
        "pack,         0,     410,  'pack voltage sensor of 0.0...410.0 V does not reach the safety tier at'",
        "pack,         268,   420,  'pack voltage sensor of 268.0...420.0 V does not reach the safety tier at'",
        "temperature, -27,    67,   ''",
        "temperature, -26,    67,   'temperature sensor of -26.0...67.0 degC does not reach the safety tier at -26.0 and 66.0 degC'",
        "temperature, -6,     67,   'temperature sensor of -6.0...67.0 degC does not reach the safety tier at -6.0 and 51.0 degC'"
    })
    void thresholdsThatNoSensorReachesAreFound(String what, double min, double max, String finding) {
        SensorRange usual = SensorRange.lithiumIon(new PackLayout(96, 2, 8));
        Plausible narrow = what.equals("nothing") ? usual.current() : new Plausible(min, max, 1e9);
        SensorRange range = new SensorRange(
                what.equals("current") ? narrow : usual.current(),
                what.equals("pack") ? narrow : usual.packVoltage(),
                what.equals("cell") ? narrow : usual.cellVoltage(),
                what.equals("temperature") ? narrow : usual.temperature());
        List<String> findings = settings.contradictions(range);
        assertEquals(finding.isEmpty(), findings.isEmpty(), findings.toString());
        assertTrue(finding.isEmpty() || findings.get(0).startsWith(finding), findings.toString());
    }

    @Test
    void settingsKeepACopyOfTheDelays() {
        Map<Fault, Delay> mine = new HashMap<>();
        ProtectSettings s = new ProtectSettings(
                settings.voltage(),
                settings.temperature(),
                settings.current(),
                settings.sensor(),
                settings.signal(),
                mine);
        mine.put(Fault.WELDED, Delay.atOnce(1.0));
        assertEquals(Fault.WELDED.delay(), s.delay(Fault.WELDED));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theTableNamesEveryFaultWithItsThreshold(Fault fault) {
        String row = FaultTable.describe(settings)
                .lines()
                .filter(l -> l.startsWith(fault.dtcText()))
                .findFirst()
                .orElseThrow();
        assertTrue(row.contains(fault.text()), row);
        assertTrue(row.contains(FaultTable.threshold(fault, settings)), row);
        assertEquals(fault.reported(), row.contains("reported"), row);
        assertEquals(fault.latching(), row.contains(" yes "), row);
    }

    @Test
    void theTableIsToldInFull() {
        List<String> lines = FaultTable.describe(settings).lines().toList();
        assertEquals(1 + Fault.values().length, lines.size());
        assertEquals(
                "code       fault                                      set when                             after                cleared after        latch  reaction             budget",
                lines.get(0).stripTrailing());
        assertEquals(
                "P1B0317    cell voltage high (safety)                 > 4.25 V, back by 0.02               0.5 s, >= 3 readings 5 s, >= 3 readings   no     open                  1.5 s",
                lines.get(3).stripTrailing());
        assertFalse(lines.get(3).contains("\r"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CELL_UNDERVOLTAGE_WARNING         | < 2.9 V, back by 0.1",
                "PACK_OVERVOLTAGE_SAFETY           | > 410.04 V, back by 1.92",
                "PACK_UNDERVOLTAGE_OPERATING       | < 284.65 V, back by 9.6",
                "CHARGE_OVERTEMPERATURE_OPERATING  | > 46 degC, back by 5",
                "CHARGE_UNDERTEMPERATURE_WARNING   | < -3 degC, back by 5",
                "DISCHARGE_OVERTEMPERATURE_SAFETY  | > 66 degC, back by 5",
                "DISCHARGE_UNDERTEMPERATURE_SAFETY | < -26 degC, back by 5",
                "CHARGE_OVERCURRENT_WARNING        | > 1.25 x 6 A, back by 0.05",
                "DISCHARGE_OVERCURRENT_SAFETY      | > 1.5 x 18 A, back by 0.05",
                "SHORT_CIRCUIT_SAFETY              | > 72 A",
                "FUSE_HEAT_WARNING                 | > 50 % of 1215 A2s",
                "FUSE_HEAT_SAFETY                  | > 1215 A2s",
                "RAPID_HEATING_WARNING             | >= 1 K/s",
                "THERMAL_RUNAWAY_SAFETY            | >= 1 K/s and a second sign",
                "CELL_VOLTAGE_JUMPED               | > 0.3 V against the others",
                "CELL_VOLTAGE_FROZEN               | same 60 s, 5 steps of 1 A",
                "CURRENT_FROZEN                    | same 60 s, 5 steps of 0.01 V",
                "TEMPERATURE_FROZEN                | same 60 s, others 8 K",
                "CELL_VOLTAGE_STALE_WARNING        | > 0.3 s old",
                "CELL_VOLTAGE_STALE_SAFETY         | > 0.8 s old",
                "CURRENT_STALE_SAFETY              | > 0.8 s old",
                "TEMPERATURE_STALE_SAFETY          | > 35 s old",
                "PACK_VOLTAGE_MISMATCH_SAFETY      | > 4.032 V apart",
                "INSULATION_WARNING                | < 201.6 kOhm",
                "INSULATION_CHARGING               | < 40.32 kOhm while charging",
                "INSULATION_STALE_WARNING          | > 60 s old",
                "INTERLOCK_SAFETY                  | loop open",
                "INTERLOCK_STALE_WARNING           | > 1 s old",
                "INVERTER_SILENT_SAFETY            | > 8 s old",
                "CHARGER_SILENT_WARNING            | > 1 s old",
                "CHARGER_CORRUPT                   | 2 wrong CRC, 3 repeated or 5 lost",
                "CURRENT_OUT_OF_RANGE              | outside the sensor's range",
                "TEMPERATURE_JUMPED                | step no cell makes"
            })
    void thresholdsAreToldWithTheirUnits(Fault fault, String text) {
        assertEquals(text, FaultTable.threshold(fault, settings));
    }

    @ParameterizedTest
    @CsvSource({
        "WELDED,                     ' 0.2 s, >= 1 readings '",
        "CELL_VOLTAGE_JUMPED,        ' 1 reading '",
        "INTERLOCK_SAFETY,           ' 0.05 s, >= 2 readings '",
        "CELL_VOLTAGE_STALE_WARNING, ' 0.05 s, >= 5 readings '"
    })
    void delaysAreToldAsTimeAndReadings(Fault fault, String text) {
        String row = FaultTable.describe(settings)
                .lines()
                .filter(l -> l.startsWith(fault.dtcText()))
                .findFirst()
                .orElseThrow();
        assertTrue(row.contains(text), row);
    }

    @Test
    void monitorDescribesItsOwnSettings() {
        Rig rig = new Rig();
        assertEquals(FaultTable.describe(rig.settings), rig.monitor.describe());
    }

    @Test
    void overcurrentIsToldByItsRange() {
        Set<String> lines = FaultTable.describe(settings)
                .lines()
                .filter(l -> l.contains("0.1 ... 1 s by ratio"))
                .map(l -> l.substring(0, 7))
                .collect(Collectors.toSet());
        assertEquals(Set.of("P1B2119", "P1B2219", "P1B2319", "P1B2419", "P1B2519", "P1B2619"), lines);
    }
}
