package io.github.bms4j.thermal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Charging: heated below 10 up to 15 °C, chilled above 35 down to 30 °C, fully at 40 °C; 60 s on, 60 s off, flow from a fifth on. */
class ThermalControlTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ThermalBand STANDBY = new ThermalBand(-20.0, -15.0, 45.0, 50.0, 58.0);
    private static final ThermalBand DRIVING = new ThermalBand(-10.0, -5.0, 40.0, 45.0, 55.0);
    private static final ThermalBand CHARGING = new ThermalBand(10.0, 15.0, 30.0, 35.0, 40.0);

    private final PackLayout layout = new PackLayout(4, 1, 2);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private ThermalControl control = new ThermalControl(layout, settings(false));
    private long nanos;
    private double availableW = 10_000.0;

    private static ThermalSettings settings(boolean inCoolant) {
        return new ThermalSettings(STANDBY, DRIVING, CHARGING, 2000.0, inCoolant, 60.0, 60.0, 0.2, 8.0, 1.0, 30.0);
    }

    private void step(double dtS, ThermalNeed need, double firstDegC, double secondDegC) {
        nanos += Math.round(dtS * SECOND);
        sample.begin(nanos);
        sample.readTemperature(0, firstDegC);
        sample.readTemperature(1, secondDegC);
        control.step(sample, estimate, need, availableW);
    }

    private void charging(double dtS, double degC) {
        step(dtS, ThermalNeed.CHARGING, degC, degC);
    }

    private String heater() {
        return (control.heaterOn() ? "on " : "off ") + control.heaterReason();
    }

    private String coolant() {
        return control.coolantMode() + " " + control.coolantReason();
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "STANDBY, -20.1, true", "STANDBY, -20.0, false", "DRIVING, -10.1, true", "DRIVING, -10.0, false",
        "CHARGING, 9.9, true", "CHARGING, 10.0, false", "CHARGING, -19.0, true", "DRIVING, -9.0, false"
    })
    void heatsTheColderTheMoreIsWanted(ThermalNeed need, double degC, boolean on) {
        step(100.0, need, degC, degC);
        assertEquals(on, control.heaterOn());
        assertEquals(on ? 2000.0 : 0.0, control.heaterW());
        assertEquals(on ? ThermalReason.COLD : ThermalReason.IN_BAND, control.heaterReason());
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "STANDBY, 50.0, OFF, 0",
        "STANDBY, 50.1, CHILL, 0.51384615",
        "DRIVING, 45.0, OFF, 0",
        "DRIVING, 47.5, CHILL, 0.6",
        "CHARGING, 35.0, OFF, 0",
        "CHARGING, 36.0, CHILL, 0.68",
        "CHARGING, 41.0, CHILL, 1"
    })
    void chillsTheWarmerTheMore(ThermalNeed need, double degC, CoolantMode mode, double flow) {
        step(100.0, need, degC, degC);
        assertEquals(mode, control.coolantMode());
        assertEquals(flow, control.coolantFlow(), 1e-6);
        assertFalse(control.heaterOn());
    }

    @Test
    void theHeaterHasAHysteresisAndKeepsItsLeastTimes() {
        charging(1.0, 9.0);
        assertEquals("on COLD", heater());
        charging(30.0, 12.0);
        assertEquals("on COLD", heater());
        charging(20.0, 15.0);
        assertEquals("on LEAST_ON_TIME", heater());
        assertEquals(2000.0, control.heaterW());
        charging(10.0, 15.0);
        assertEquals("off IN_BAND", heater());
        charging(50.0, 9.0);
        assertEquals("off LEAST_OFF_TIME", heater());
        assertEquals(0.0, control.heaterW());
        charging(10.0, 9.0);
        assertEquals("on COLD", heater());
        charging(100.0, 14.9);
        assertEquals("on COLD", heater(), "warm enough to begin nothing, too cold to end it");
        charging(1.0, 15.0);
        assertEquals("off IN_BAND", heater());
        charging(100.0, 10.0);
        assertEquals("off IN_BAND", heater());
    }

    @Test
    void theCoolantHasAHysteresisAndKeepsItsLeastTimes() {
        charging(1.0, 36.0);
        assertEquals("CHILL HOT", coolant());
        charging(30.0, 30.1);
        assertEquals("CHILL HOT", coolant());
        charging(20.0, 30.0);
        assertEquals("CIRCULATE LEAST_ON_TIME", coolant(), "it flows on, but nothing is chilled");
        assertEquals(0.2, control.coolantFlow());
        charging(10.0, 30.0);
        assertEquals("OFF IN_BAND", coolant());
        assertEquals(0.0, control.coolantFlow());
        charging(30.0, 36.0);
        assertEquals("OFF LEAST_OFF_TIME", coolant());
        charging(10.0, 40.0);
        assertEquals("CHILL HOT", coolant(), "so hot that no least time counts");
        assertEquals(1.0, control.coolantFlow());
        charging(1.0, 36.0);
        assertEquals(0.68, control.coolantFlow(), 1e-9);
    }

    @Test
    void theColdestIsHeatedForAndTheHottestCooledFor() {
        step(1.0, ThermalNeed.CHARGING, 9.0, 16.0);
        assertTrue(control.heaterOn());
        assertEquals(0, control.coldest());
        assertEquals(2, control.hottest());
        assertEquals(9.0, control.coldestDegC());
        assertEquals(16.0, control.hottestDegC());
        step(1.0, ThermalNeed.CHARGING, 40.0, 31.0); // so sudden that it is doubted
        step(1.0, ThermalNeed.CHARGING, 40.0, 31.0);
        assertEquals(0, control.hottest());
        assertEquals("CHILL HOT", coolant());
    }

    @Test
    void oneWarmCellEndsTheHeatAtOnce() {
        step(1.0, ThermalNeed.CHARGING, 9.0, 16.0);
        step(1.0, ThermalNeed.CHARGING, 9.0, 30.0);
        assertEquals("off ONE_IS_WARM", heater());
        step(100.0, ThermalNeed.CHARGING, 9.0, 29.9);
        assertEquals("on COLD", heater());
        assertEquals("CIRCULATE UNEVEN", coolant(), "meanwhile the coolant evens them out");
    }

    @Test
    void unevenCellsAreEvenedOutToHalfTheDifference() {
        step(1.0, ThermalNeed.CHARGING, 20.0, 28.0);
        assertEquals("OFF IN_BAND", coolant());
        step(100.0, ThermalNeed.CHARGING, 20.0, 28.1);
        assertEquals("CIRCULATE UNEVEN", coolant());
        assertEquals(0.2, control.coolantFlow());
        step(100.0, ThermalNeed.CHARGING, 20.0, 24.1);
        assertEquals("CIRCULATE UNEVEN", coolant());
        step(1.0, ThermalNeed.CHARGING, 20.0, 24.0);
        assertEquals("OFF IN_BAND", coolant());
    }

    @Test
    void aHeaterInTheCoolantMakesItFlow() {
        control = new ThermalControl(layout, settings(true));
        charging(1.0, 20.0);
        assertEquals("OFF IN_BAND", coolant());
        charging(1.0, 9.0);
        assertEquals("on COLD", heater());
        assertEquals("CIRCULATE HEATER_ON", coolant());
        assertEquals(1.0, control.coolantFlow());
        charging(100.0, 16.0);
        assertEquals("off IN_BAND", heater());
        assertEquals("OFF IN_BAND", coolant());
        charging(1.0, 9.0);
        assertEquals("off LEAST_OFF_TIME", heater());
        charging(60.0, 9.0);
        assertEquals("CIRCULATE HEATER_ON", coolant());
    }

    @ParameterizedTest(name = "{0} W granted: {1} W")
    @CsvSource({"3000, 2000", "500, 500", "0, 0", "-1, 0", "NaN, 0"})
    void takesNoMorePowerThanIsGranted(double granted, double expected) {
        availableW = granted;
        charging(100.0, 5.0);
        assertEquals(expected, control.heaterW());
        assertEquals(expected > 0.0 ? "on COLD" : "off NO_POWER", heater());
        charging(100.0, 20.0);
        assertEquals("off IN_BAND", heater(), "who wants nothing misses nothing");
    }

    @Test
    void powerThatIsTakenAwayEndsTheHeatAtOnce() {
        charging(1.0, 5.0);
        availableW = 0.0;
        charging(1.0, 5.0);
        assertEquals("off NO_POWER", heater());
    }

    @Test
    void notKnowingATemperatureMeansNoHeatAndAllTheFlow() {
        control.step(sample, estimate, ThermalNeed.CHARGING, 1e4);
        assertUnknown();
        step(1.0, ThermalNeed.CHARGING, 5.0, Double.NaN);
        assertUnknown();
        charging(1.0, 5.0);
        charging(60.0, 5.0);
        assertEquals("on COLD", heater(), "a known temperature is believed again");
        assertEquals("OFF IN_BAND", coolant());
        step(29.9, ThermalNeed.CHARGING, 5.0, Double.NaN);
        assertEquals("on COLD", heater(), "not yet 30 s old is still known");
        step(0.2, ThermalNeed.CHARGING, 5.0, Double.NaN);
        assertUnknown();
    }

    private void assertUnknown() {
        assertEquals("off NOT_KNOWN", heater());
        assertEquals("CHILL NOT_KNOWN", coolant());
        assertEquals(0.0, control.heaterW());
        assertEquals(1.0, control.coolantFlow());
        assertTrue(Double.isNaN(control.coldestDegC()));
        assertTrue(Double.isNaN(control.hottestDegC()));
        assertEquals(-1, control.coldest());
        assertEquals(-1, control.hottest());
    }

    @Test
    void aCoreCountsWithItsSigmaWhereItIsWorse() {
        Estimates.write(estimate, 1, 0.1, 0.5, 0.5, 0.5, 0.5);
        Estimates.core(estimate, 3, 36.0); // ± 1 K
        charging(1.0, 20.0);
        assertEquals(37.0, control.hottestDegC());
        assertEquals(3, control.hottest());
        assertEquals(20.0, control.coldestDegC());
        Estimates.core(estimate, 3, 10.5);
        charging(100.0, 20.0);
        assertEquals(9.5, control.coldestDegC());
        assertEquals(3, control.coldest());
        assertEquals(20.0, control.hottestDegC());
        assertTrue(control.heaterOn());
    }

    @Test
    void explainsItselfInOneLine() {
        charging(1.0, 36.0);
        assertEquals(
                "heater 0 W: IN_BAND, cell 0 at 36.0 °C; coolant CHILL 68 %: HOT, cell 0 at 36.0 °C",
                control.explain());
    }

    @Test
    void timeThatGoesBackwardsEndsNoLeastTime() {
        charging(100.0, 5.0);
        charging(-50.0, 15.0);
        assertEquals("on LEAST_ON_TIME", heater());
        charging(59.0, 15.0);
        assertEquals("on LEAST_ON_TIME", heater());
        charging(1.0, 15.0);
        assertEquals("off IN_BAND", heater());
    }

    @Test
    void allocatesNothing() {
        Estimates.write(estimate, 1, 0.1, 0.5, 0.5, 0.5, 0.5);
        assertEquals(0.0, Allocation.bytesPerCall(2000, () -> charging(1.0, nanos % 7 + 5.0)), 0.5);
    }

    @Test
    void aRequestWarmsBeyondTheBandWithThePowerThatItBrings() {
        availableW = 0.0;
        step(100.0, ThermalNeed.DRIVING, 5.0, 5.0);
        assertEquals("off IN_BAND", heater());
        control.request(20.0, 1500.0);
        step(1.0, ThermalNeed.DRIVING, 5.0, 5.0);
        assertEquals("on REQUESTED", heater());
        assertEquals(1500.0, control.heaterW());
        step(1.0, ThermalNeed.DRIVING, 20.0, 19.9);
        assertTrue(control.heaterOn());
        step(1.0, ThermalNeed.DRIVING, 20.0, 20.0);
        assertEquals("off IN_BAND", heater());
        step(100.0, ThermalNeed.DRIVING, 17.5, 17.5);
        assertEquals("off IN_BAND", heater(), "until it has cooled by more than 2.5 K");
        step(1.0, ThermalNeed.DRIVING, 17.4, 17.5);
        assertEquals("on REQUESTED", heater());
        control.request(Double.NaN, 1500.0);
        step(1.0, ThermalNeed.DRIVING, 17.4, 17.4);
        assertEquals("off IN_BAND", heater(), "at once: nobody gives the power any more");
        control.request(18.0, 5000.0);
        step(100.0, ThermalNeed.DRIVING, 17.4, 17.4);
        assertEquals("on REQUESTED", heater(), "a new request is followed however little is missing");
        assertEquals(2000.0, control.heaterW(), "no more than the heater has");
    }

    @Test
    void belowItsBandThePackTakesTheGreaterOfBothPowers() {
        control.request(20.0, 500.0);
        charging(100.0, 5.0);
        assertEquals("on COLD", heater());
        assertEquals(2000.0, control.heaterW());
        availableW = 100.0;
        charging(1.0, 5.0);
        assertEquals("on REQUESTED", heater());
        assertEquals(500.0, control.heaterW());
        control.request(20.0, 0.0);
        availableW = Double.NaN;
        charging(1.0, 5.0);
        assertEquals("off NO_POWER", heater());
        control.request(40.0, 500.0);
        availableW = 0.0;
        for (double degC = 5.0; degC < 30.0; degC += 2.5) {
            charging(20.0, degC);
        }
        assertEquals("on REQUESTED", heater());
        charging(20.0, 30.0);
        assertEquals("off ONE_IS_WARM", heater(), "never into the coolant's band, whatever is asked for");
    }
}
