package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.AnodeShare;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Straight cells of 3 Ah in two groups of ten: 30 A are 1C. The map is 1C to 80 % SOC and falls to 0.2C at full, from 20 °C on. */
class FastChargeProfileTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final PackLayout TWO = new PackLayout(2, 10, 2);
    private static final FastChargeSettings PLAIN = settings(0.1, 2.0, 0.0, 0.0, 0.05);

    private final PackSample sample = new PackSample(TWO);
    private final PackEstimate estimate = new PackEstimate(TWO);
    private final Limit binding = new Limit();
    private double slowV;
    private double resistanceError;
    private long seconds;

    private static FastChargeSettings settings(
            double sigma, double sigmas, double soc, double colderK, double stepPerH) {
        return new FastChargeSettings(AnodeShare.usual(), sigma, sigmas, soc, colderK, stepPerH, 30.0, 1.5);
    }

    private static FastChargeProfile profile(FastChargeSettings settings) {
        FastChargeProfile profile = new FastChargeProfile(TYPE, TWO, settings);
        profile.follow(FastChargeCourse.onTheMap(settings.mapShare(), settings.stepPerH(), 1.0, 1.0));
        return profile;
    }

    private void see(double soc0, double soc1, double degC0, double degC1, long afterS) {
        seconds += afterS;
        sample.begin(seconds * 1_000_000_000L);
        sample.readCurrent(0.0);
        sample.readTemperature(0, degC0);
        sample.readTemperature(0, degC0); // a leap counts when it is confirmed
        sample.readTemperature(1, degC1);
        sample.readTemperature(1, degC1);
        estimate.cell(0, soc0, 0.01, 0.0, slowV, 3.7);
        estimate.cell(1, soc1, 0.01, 0.0, 0.0, 3.7);
        estimate.circuit(0, 0.02, 0.01, 0.015, 0.9);
        estimate.circuit(1, 0.02, 0.01, 0.015, 0.9);
        Estimates.resistance(estimate, 0, resistanceError, 0.01);
        estimate.close(sample.nanos());
    }

    private double packA(FastChargeProfile profile, double dtS) {
        profile.step(sample, estimate, dtS);
        binding.restart(1000.0, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        profile.lower(binding);
        return binding.limitA();
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
        assertEquals(packA, packA(profile(PLAIN), 0.0), 1e-9);
        assertEquals(cell, binding.cell());
        assertEquals(LimitRule.ANODE_MARGIN, binding.rule());
    }

    @Test
    void takesSocAndTemperatureToTheSafeSide() {
        see(0.83, 0.83, 16.0, 16.0, 1);
        double rate = TYPE.chargeMap().maxRatePerH(0.85, 15.0);
        assertEquals(30.0 * rate, packA(profile(settings(0.0, 0.0, 2.0, 1.0, 0.001)), 0.0), 0.03);
    }

    @Test
    void aResistanceThatHasGrownCutsTheMap() {
        resistanceError = 0.25;
        see(0.5, 0.5, 25.0, 25.0, 1);
        FastChargeProfile profile = profile(PLAIN);
        assertEquals(0.8 / 1.25, profile.mapShare(sample, estimate), 1e-9);
        assertEquals(18.0, packA(profile, 0.0), 1e-9, "0.64C, stage 0.6C");
        assertEquals(0, binding.cell());
        resistanceError = -0.25;
        see(0.5, 0.5, 25.0, 25.0, 1);
        assertEquals(0.8, profile(PLAIN).mapShare(sample, estimate), 1e-9, "never more than the map");
    }

    @Test
    void aDropThatHasBuiltUpCutsTheMinuteToCome() {
        slowV = -0.05; // 0.0585 V are borne; 0.0205 V of it are left after a minute, against 13.3 mOhm
        see(0.5, 0.5, 25.0, 25.0, 1);
        assertEquals(22.5, packA(profile(PLAIN), 0.0), 1e-9, "0.8 times 2.85 A, stage 0.75C");
        assertEquals(0, binding.cell());
    }

    @Test
    void fallsAtOnceAndRisesAfterAWhile() {
        FastChargeProfile profile = profile(PLAIN);
        assertEquals(24.0, after(profile, 0.5, 1), 1e-9);
        assertEquals(13.5, after(profile, 0.9, 1), 1e-9);
        assertEquals(13.5, after(profile, 0.5, 20), 1e-9);
        assertEquals(13.5, after(profile, 0.5, 9), 1e-9);
        assertEquals(24.0, after(profile, 0.5, 1), 1e-9);
        assertEquals(13.5, after(profile, 0.9, 1), 1e-9);
        assertEquals(13.5, after(profile, 0.5, 20), 1e-9);
        assertEquals(13.5, after(profile, 0.9, 1), 1e-9);
        assertEquals(13.5, after(profile, 0.5, 20), 1e-9, "the wait begins anew");
        profile.begin();
        assertEquals(24.0, after(profile, 0.5, 1), 1e-9, "the first stage of a charge need not wait");
    }

    private double after(FastChargeProfile profile, double soc1, long afterS) {
        see(0.5, soc1, 25.0, 25.0, afterS);
        return packA(profile, (double) afterS);
    }

    @Test
    void goesToItsPeakAndHoldsIt() {
        FastChargeSettings fine = settings(0.0, 0.0, 0.0, 0.0, 0.001);
        FastChargeProfile profile = profile(fine);
        profile.follow(FastChargeCourse.onTheMap(1.0, 0.001, 1.0, 1.0).towards(20.0, 25.0, 0.5, 2.0));
        see(0.5, 0.5, 25.0, 25.0, 1);
        double heldA = Math.sqrt(0.1 * 5.0 / 0.045);
        assertEquals(10.0 * Math.min(2.0, heldA), packA(profile, 1.0), 0.03);
        assertEquals(LimitRule.COOL_STAGE, binding.rule());
        assertEquals(Limit.WHOLE_PACK, binding.cell());
        see(0.5, 0.5, 26.0, 25.0, 300); // long enough for the smoothing
        heldA = Math.sqrt((0.1 * 6.0 - 40.0 / 150.0) / 0.045);
        assertEquals(10.0 * Math.min(2.0, heldA), packA(profile, 300.0), 0.03);
        see(0.5, 0.5, 29.0, 25.0, 300);
        assertEquals(0.0, packA(profile, 300.0), 1e-9);
        profile.follow(new FastChargeCourse(1.0, 0.001, 20.0, 25.0, 0.0, 9.0, 2.0, 1.5));
        see(0.5, 0.5, 25.0, 25.0, 300);
        packA(profile, 300.0);
        assertEquals(10.0 * Math.sqrt(0.15 * 5.0 / 0.09), packA(profile, 30.0), 0.05, "as the pack sheds and resists");
    }

    @Test
    void oneNoisyReadingIsSmoothed() {
        FastChargeProfile profile = profile(settings(0.0, 0.0, 0.0, 0.0, 0.001));
        profile.follow(FastChargeCourse.onTheMap(1.0, 0.001, 2.0, 1.0).towards(20.0, 25.0, 0.0, 9.0));
        see(0.5, 0.5, 24.0, 24.0, 1);
        double before = packA(profile, 1.0);
        see(0.5, 0.5, 25.0, 24.0, 1);
        double heatW = 0.1 * (4.0 + 1.0 / 30.5) + 40.0 * (1.0 - 1.0 / 30.5) / 150.0;
        assertEquals(10.0 * Math.sqrt(heatW / 0.09), packA(profile, 1.0), 0.05);
        assertEquals(10.0 * Math.sqrt((0.4 + 40.0 / 150.0) / 0.09), before, 0.05);
    }

    @Test
    void notKnowingGivesNoCurrent() {
        FastChargeProfile profile = profile(PLAIN);
        assertEquals(0.8, profile.mapShare(sample, estimate), 1e-9);
        assertEquals(0.0, packA(profile, 1.0));
        profile.follow(FastChargeCourse.onTheMap(1.0, 0.05, 1.0, 1.0).towards(20.0, 25.0, 0.5, 2.0));
        assertEquals(0.0, packA(profile, 1.0));
        assertEquals(LimitRule.COOL_STAGE, binding.rule(), "no temperature");
    }

    @Test
    void aStepAllocatesNothing() {
        see(0.3, 0.3, 25.0, 25.0, 1);
        FastChargeProfile profile = profile(PLAIN);
        profile.follow(FastChargeCourse.onTheMap(1.0, 0.05, 1.0, 1.0).towards(20.0, 30.0, 0.5, 2.0));
        assertEquals(0.0, Allocation.bytesPerCall(300, () -> packA(profile, 0.1)), 0.01);
    }

    @ParameterizedTest
    @CsvSource({
        "0.6, 1, 1, 1, 0.05, 30, 1.5",
        "0.1, -1, 1, 1, 0.05, 30, 1.5",
        "0.5, 2, 1, 1, 0.05, 30, 1.5",
        "0.1, 1, -1, 1, 0.05, 30, 1.5",
        "0.1, 1, 1, -1, 0.05, 30, 1.5",
        "0.1, 1, 1, 1, 0, 30, 1.5",
        "0.1, 1, 1, 1, 0.05, -1, 1.5",
        "0.1, 1, 1, 1, 0.05, 30, 0.9",
        "0.1, 1, 1, 1, 0.05, 30, NaN"
    })
    void refusesSettings(double a, double b, double c, double d, double e, double f, double g) {
        AnodeShare share = AnodeShare.usual();
        assertThrows(IllegalArgumentException.class, () -> new FastChargeSettings(share, a, b, c, d, e, f, g));
    }
}
