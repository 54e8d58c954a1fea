package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the standard settings make of a cell and its pack, and when a threshold is beyond. */
class SettingsTest {
    private final ProtectSettings settings = ProtectSettings.of(SampleCells.straight(), new PackLayout(96, 2, 8));

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
}
