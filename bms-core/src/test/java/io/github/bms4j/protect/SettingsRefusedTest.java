package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.SampleCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that cannot be. */
class SettingsRefusedTest {
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
    void readingsNeedAPeriod() {
        refused("periodS", () -> ProtectSettings.of(SampleCells.straight(), Rig.LAYOUT, Equipment.bench(), 0.0));
    }

    @Test
    void delaysAreChecked() {
        refused("setS", () -> new Delay(-0.1, 1, 1.0, 1));
        refused("setSamples", () -> new Delay(0.1, 0, 1.0, 1));
        refused("clearS", () -> new Delay(0.1, 1, 0.0, 1));
        refused("clearSamples", () -> new Delay(0.1, 1, 1.0, 0));
    }
}
