package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegulatedSourceTest {
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;
    private final RegulatedSource source =
            new RegulatedSource(new StationOutput(200.0, 500.0, 2.0, 150.0, 20.0, 100.0));
    private long nowNanos;

    RegulatedSourceTest() {
        source.step(Double.NaN, 0.0, 0.0, UNLIMITED, nowNanos);
    }

    private double after(double seconds, double inletV, double goalA, double targetV, double limitW) {
        long endNanos = nowNanos + Math.round(seconds * 1e9);
        while (nowNanos < endNanos) {
            nowNanos += 10_000_000;
            source.step(inletV, goalA, targetV, limitW, nowNanos);
        }
        return source.currentA();
    }

    @Test
    void movesWithTheRamps() {
        assertEquals(20.0, after(1.0, 400, 100, 450, UNLIMITED), 1e-9);
        assertEquals(100.0, after(5.0, 400, 100, 450, UNLIMITED), 1e-9);
        assertEquals(50.0, after(0.5, 400, 0, 450, UNLIMITED), 1e-9);
        assertEquals(0.0, after(1.0, 400, 0, 450, UNLIMITED));
    }

    @ParameterizedTest(name = "goal {0} A, {1} W at {2} V: {3} A")
    @CsvSource({
        "200, Infinity, 400, 150",
        "100,    20000, 400,  50",
        "100,        0, 400,   0",
        "100,      799, 400,   0",
        "  2, Infinity, 400,   2",
        "1.9, Infinity, 400,   0",
        " -5, Infinity, 400,   0",
        "NaN, Infinity, 400,   0",
        "100, Infinity, 199,   0",
        "100, Infinity, 501,   0",
        "100, Infinity, NaN,   0",
        "100, Infinity,   0,   0",
    })
    void givesTheLowestOfGoalRatingAndPower(double goalA, double limitW, double inletV, double currentA) {
        assertEquals(currentA, after(10.0, inletV, goalA, 600, limitW), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "0", "-1"})
    void withoutAVoltageCeilingTheCurrentFalls(double targetV) {
        after(5.0, 400, 100, 450, UNLIMITED);
        assertEquals(0.0, after(1.1, 400, 100, targetV, UNLIMITED));
    }

    @Test
    void theFirstStepOnlyStartsTheTime() {
        RegulatedSource late = new RegulatedSource(StationOutput.of(200.0, 500.0, 250.0));
        late.step(400, 100, 450, UNLIMITED, 3_600_000_000_000L);
        assertEquals(0.0, late.currentA());
        late.step(400, 100, 450, UNLIMITED, 3_600_100_000_000L);
        assertEquals(2.0, late.currentA(), 1e-9);
    }

    @Test
    void losesTheCurrentAtOnceWithTheConnection() {
        after(5.0, 400, 100, 450, UNLIMITED);
        assertEquals(0.0, after(0.01, Double.NaN, 100, 450, UNLIMITED));
        assertEquals(0.0, source.inletV());
        after(5.0, 400, 100, 450, UNLIMITED);
        source.cut();
        assertEquals(0.0, source.currentA());
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.05", "0.01, 1.0", "0.1, 0.05", "0.1, 1.0", "1.0, 0.15", "1.0, 1.0"})
    void settlesAtTheVoltageCeilingWithoutOvershoot(double stepS, double packOhm) {
        double packV = 395.0;
        for (int i = 0; i < 60 / stepS; i++) {
            nowNanos += Math.round(stepS * 1e9);
            source.step(packV, 150.0, 400.0, UNLIMITED, nowNanos);
            packV = 395.0 + packOhm * source.currentA();
            assertTrue(packV < 400.0 + 1e-6, packV + " V");
        }
        assertEquals(400.0, packV, 0.01);
    }

    @Test
    void reducesTheCurrentOfAPackThatIsAboveTheCeiling() {
        after(5.0, 400, 100, 450, UNLIMITED);
        double before = source.currentA();
        after(0.1, 401.0, 100, 400, UNLIMITED);
        assertEquals(before - 50.0 * 1.0 * 0.1, source.currentA(), 1e-9);
    }

    @Test
    void countsEnergyOverTheTimeThatPassed() {
        after(10.0, 400, 100, 450, UNLIMITED);
        double before = source.energyWh();
        after(36.0, 400, 100, 450, UNLIMITED);
        assertEquals(400.0, source.energyWh() - before, 1e-6);
        source.step(400, 100, 450, UNLIMITED, nowNanos);
        assertEquals(400.0, source.energyWh() - before, 1e-6, "no time, no energy");
        source.step(400, 100, 450, UNLIMITED, nowNanos - 1_000_000_000L);
        assertEquals(400.0, source.energyWh() - before, 1e-6, "time that runs backwards counts as none");
    }
}
