package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.AnodeMargin;
import io.github.bms4j.limit.AnodeShare;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Straight cells of 3 Ah in two groups of ten: 30 A are 1C. The map is 1C to 80 % SOC and falls to 0.2C at full, from 20 °C on. */
class FastChargeProfileTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final PackLayout TWO = new PackLayout(2, 10, 2);
    private static final FastChargeSettings PLAIN = new FastChargeSettings(0.1, 2.0, 0.0, 0.0, 0.05, 30.0, 5.0);

    private final PackSample sample = new PackSample(TWO);
    private final PackEstimate estimate = new PackEstimate(TWO);
    private final AnodeMargin anode = new AnodeMargin(TYPE, TWO, AnodeShare.usual(), 0.0, 0.0);
    private long seconds;

    private void see(double soc0, double soc1, double degC0, double degC1, long afterS) {
        seconds += afterS;
        sample.begin(seconds * 1_000_000_000L);
        sample.readCurrent(0.0);
        sample.readTemperature(0, degC0);
        sample.readTemperature(0, degC0); // a leap counts when it is confirmed
        sample.readTemperature(1, degC1);
        sample.readTemperature(1, degC1);
        estimate.cell(0, soc0, 0.01, 0.0, 0.0, 3.7);
        estimate.cell(1, soc1, 0.01, 0.0, 0.0, 3.7);
        estimate.circuit(0, 0.02, 0.01, 0.015, 0.9);
        estimate.circuit(1, 0.02, 0.01, 0.015, 0.9);
        estimate.close(sample.nanos());
        anode.step(sample, estimate);
    }

    private FastChargeProfile begun(FastChargeSettings settings, double target, double forS) {
        FastChargeProfile profile = new FastChargeProfile(TYPE, TWO, settings);
        profile.begin(estimate, sample, 25.0, target, forS);
        return profile;
    }

    @ParameterizedTest(name = "{0}, {1} at {2}, {3} degC: {4} A by cell {5}")
    @CsvSource({
        "0.5, 0.5, 25, 25, 24.0, 0",
        "0.5, 0.9, 25, 25, 13.5, 1", // 0.6C of the map, 0.48C, stage 0.45C
        "0.9, 0.5, 25, 25, 13.5, 0",
        "0.5, 0.5, 25, 15, 16.5, 1", // 0.7C of the map, 0.56C, stage 0.55C
        "0.5, 0.5, 1, 25, 0.48, 0", // 0.02C of the map: below the lowest stage as it is
        "0.5, 0.5, -1, 25, 0.0, 0"
    })
    void staysBelowTheMapOfTheCellThatBearsLeast(
            double soc0, double soc1, double degC0, double degC1, double packA, int cell) {
        see(soc0, soc1, degC0, degC1, 1);
        FastChargeProfile profile = begun(PLAIN, 0.95, 0.0);
        assertEquals(packA, profile.step(sample, estimate, anode).limitA(), 1e-9);
        assertEquals(cell, profile.limit().cell());
        assertEquals(LimitRule.PLATING, profile.limit().rule());
    }

    @Test
    void takesSocAndTemperatureToTheSafeSide() {
        see(0.83, 0.83, 16.0, 16.0, 1);
        FastChargeSettings wary = new FastChargeSettings(0.0, 0.0, 2.0, 1.0, 0.001, 30.0, 5.0);
        double rate = TYPE.chargeMap().maxRatePerH(0.85, 15.0);
        assertEquals(
                30.0 * rate,
                begun(wary, 0.95, 0.0).step(sample, estimate, anode).limitA(),
                0.03);
    }

    @Test
    void fallsAtOnceAndRisesAfterAWhile() {
        see(0.5, 0.5, 25.0, 25.0, 1);
        FastChargeProfile profile = begun(PLAIN, 0.95, 0.0);
        assertEquals(24.0, profile.step(sample, estimate, anode).limitA(), 1e-9);
        see(0.5, 0.9, 25.0, 25.0, 1);
        assertEquals(13.5, profile.step(sample, estimate, anode).limitA(), 1e-9);
        see(0.5, 0.5, 25.0, 25.0, 20);
        assertEquals(13.5, profile.step(sample, estimate, anode).limitA(), 1e-9);
        see(0.5, 0.5, 25.0, 25.0, 9);
        assertEquals(13.5, profile.step(sample, estimate, anode).limitA(), 1e-9);
        see(0.5, 0.5, 25.0, 25.0, 1);
        assertEquals(24.0, profile.step(sample, estimate, anode).limitA(), 1e-9);
        see(0.5, 0.9, 25.0, 25.0, 1);
        profile.step(sample, estimate, anode);
        see(0.5, 0.5, 25.0, 25.0, 20);
        profile.step(sample, estimate, anode);
        see(0.5, 0.9, 25.0, 25.0, 1);
        profile.step(sample, estimate, anode);
        see(0.5, 0.5, 25.0, 25.0, 20);
        assertEquals(13.5, profile.step(sample, estimate, anode).limitA(), 1e-9, "the wait begins anew");
    }

    @Test
    void holdsAHotCellBelowItsHighestTemperature() {
        see(0.3, 0.3, 25.0, 39.9, 1);
        FastChargeProfile profile = begun(PLAIN, 0.95, 0.0);
        double heatW = 40.0 * (40.0 - 39.9) / 600.0 + 0.1 * (39.9 - 25.0);
        double perH = Math.floor(Math.sqrt(heatW / 0.045) / 3.0 / 0.05 + 1e-9) * 0.05;
        double allowed = Math.min(0.8, perH);
        assertEquals(30.0 * allowed, profile.step(sample, estimate, anode).limitA(), 1e-9);
        see(0.3, 0.3, 25.0, 44.0, 1);
        heatW = 40.0 * (40.0 - 44.0) / 600.0 + 0.1 * (44.0 - 25.0);
        perH = Math.floor(Math.min(0.8, Math.sqrt(heatW / 0.045) / 3.0) / 0.05 + 1e-9) * 0.05;
        assertEquals(30.0 * perH, profile.step(sample, estimate, anode).limitA(), 1e-9);
        profile.begin(estimate, sample, 44.0, 0.95, 0.0);
        assertEquals(0.0, profile.step(sample, estimate, anode).limitA());
        assertEquals(LimitRule.TEMPERATURE, profile.limit().rule());
        assertEquals(1, profile.limit().cell());
    }

    @Test
    void withTimeItGoesAsGentlyAsTheTimeAllows() {
        see(0.1, 0.1, 25.0, 25.0, 1);
        FastChargeProfile fast = begun(PLAIN, 0.8, 0.0);
        assertEquals(0.7 / 0.8 * 3600.0, fast.foreseenS(), 40.0);
        FastChargeProfile gentle = begun(PLAIN, 0.8, 7200.0);
        assertTrue(gentle.foreseenS() <= 7200.0 && gentle.foreseenS() > 6300.0, "" + gentle.foreseenS());
        assertTrue(
                gentle.foreseenDegC() < fast.foreseenDegC() - 0.5, gentle.foreseenDegC() + " " + fast.foreseenDegC());
        double a = gentle.step(sample, estimate, anode).limitA();
        assertTrue(a >= 10.5 && a <= 18.0, "" + a);
        assertEquals(LimitRule.TEMPERATURE, gentle.limit().rule());
        FastChargeProfile endless = begun(PLAIN, 0.8, Double.POSITIVE_INFINITY);
        assertTrue(endless.foreseenS() > 20_000.0 && endless.foreseenDegC() < gentle.foreseenDegC());
    }

    @Test
    void aChargeThatFallsBehindIsMadeUpForAndOneThatIsAheadSlowsDown() {
        see(0.1, 0.1, 25.0, 25.0, 1);
        FastChargeProfile behind = begun(PLAIN, 0.8, 7200.0);
        FastChargeProfile ahead = begun(PLAIN, 0.8, 7200.0);
        double first = behind.step(sample, estimate, anode).limitA();
        ahead.step(sample, estimate, anode);
        see(0.1, 0.1, 25.0, 25.0, 1800);
        double later = behind.step(sample, estimate, anode).limitA();
        assertTrue(later > 1.15 * first, first + " " + later);
        see(0.6, 0.6, 25.0, 25.0, 10);
        double eased = ahead.step(sample, estimate, anode).limitA();
        assertTrue(eased < 0.7 * first, first + " " + eased);
    }

    @Test
    void theLastPointsAreChargedAsTheyWereBegun() {
        see(0.1, 0.1, 25.0, 25.0, 1);
        FastChargeProfile profile = begun(PLAIN, 0.8, 7200.0);
        double first = profile.step(sample, estimate, anode).limitA();
        see(0.79, 0.79, 25.0, 25.0, 6000);
        double last = profile.step(sample, estimate, anode).limitA();
        assertTrue(last > 0.3 * first, first + " " + last);
    }

    @Test
    void notKnowingGivesNoCurrent() {
        FastChargeProfile profile = new FastChargeProfile(TYPE, TWO, PLAIN);
        assertTrue(Double.isNaN(profile.foreseenS()) && Double.isNaN(profile.foreseenDegC()));
        assertEquals(0.0, profile.step(sample, estimate, anode).limitA());
        assertEquals(LimitRule.BAD_SAMPLE, profile.limit().rule());
    }

    @Test
    void theGrownResistanceOfTheAnodeBindsBelowTheMap() {
        see(0.5, 0.5, 25.0, 25.0, 1);
        AnodeMargin wary = new AnodeMargin(TYPE, TWO, AnodeShare.usual(), 0.0, 5.0);
        wary.step(sample, estimate);
        FastChargeProfile profile = begun(PLAIN, 0.95, 0.0);
        assertEquals(0.5 * 30.0, profile.step(sample, estimate, wary).limitA(), 1e-9, "0.8 / 1.5 C, stage 0.5C");
    }

    @Test
    void refusesAChargeThatIsNone() {
        see(0.5, 0.5, 25.0, 25.0, 1);
        assertThrows(IllegalArgumentException.class, () -> begun(PLAIN, 1.1, 0.0));
        assertThrows(IllegalArgumentException.class, () -> begun(PLAIN, 0.8, -1.0));
        assertThrows(IllegalArgumentException.class, () -> begun(PLAIN, 0.8, Double.NaN));
        FastChargeProfile profile = new FastChargeProfile(TYPE, TWO, PLAIN);
        assertThrows(IllegalArgumentException.class, () -> profile.begin(estimate, sample, Double.NaN, 0.8, 0.0));
    }

    @Test
    void aStepAllocatesNothing() {
        see(0.3, 0.3, 25.0, 25.0, 1);
        FastChargeProfile profile = begun(PLAIN, 0.8, 7200.0);
        assertEquals(
                0.0,
                Allocation.bytesPerCall(300, () -> {
                    see(0.3, 0.3, 25.0, 25.0, 1);
                    profile.step(sample, estimate, anode);
                }),
                0.01);
    }

    @ParameterizedTest
    @CsvSource({
        "0.6, 1, 1, 1, 0.05, 30, 5",
        "0.1, -1, 1, 1, 0.05, 30, 5",
        "0.5, 2, 1, 1, 0.05, 30, 5",
        "0.1, 1, -1, 1, 0.05, 30, 5",
        "0.1, 1, 1, -1, 0.05, 30, 5",
        "0.1, 1, 1, 1, 0, 30, 5",
        "0.1, 1, 1, 1, 0.05, -1, 5",
        "0.1, 1, 1, 1, 0.05, 30, -5"
    })
    void refusesSettings(double a, double b, double c, double d, double e, double f, double g) {
        assertThrows(IllegalArgumentException.class, () -> new FastChargeSettings(a, b, c, d, e, f, g));
    }
}
