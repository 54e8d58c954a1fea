package io.github.bms4j.sim.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Table1D;
import io.github.bms4j.num.Table2D;
import io.github.bms4j.sim.random.NoiseSource;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimPackTest {
    private static final double R0 = 0.010;
    private static final double R1 = 0.020;
    private static final double TAU_S = 10.0;
    private static final double HALF_GAP_V = 0.05;
    private static final double HEAT_J_PER_K = 40.0;
    private static final double COOLING_W_PER_K = 0.1;
    private static final double AIR = 20.0;
    private static final PackSpread NO_SPREAD = new PackSpread(0.0, 0.0, 0.0, 0.0);

    /** 2 Ah, OCV 3 V + SOC, one RC pair. */
    private static TrueCell cell(double hysteresisPerSoc) {
        Table2D ohm1 = new Table2D(new double[] {0.0}, new double[] {0.0}, new double[][] {{R1}});
        return new TrueCell(
                "plain",
                2.0,
                new Table1D(new double[] {0.0, 1.0}, new double[] {3.0, 4.0}),
                new Table2D(new double[] {0.0}, new double[] {0.0}, new double[][] {{R0}}),
                List.of(new TrueCell.TrueBranch(ohm1, TAU_S)),
                new Table1D(new double[] {0.0}, new double[] {HALF_GAP_V}),
                hysteresisPerSoc,
                HEAT_J_PER_K,
                COOLING_W_PER_K);
    }

    private static SimPack pack(int series, int parallel, PackSpread spread, double soc) {
        return new SimPack(
                cell(100.0), new PackLayout(series, parallel, 1), spread, 1.0, soc, AIR, new NoiseSource(11));
    }

    @Test
    void chargeIsConserved() {
        SimPack pack = pack(5, 3, PackSpread.oneBatch(), 0.5);
        double[] before = IntStream.range(0, 5).mapToDouble(pack::soc).toArray();
        NoiseSource random = new NoiseSource(3);
        double chargeAs = 0.0;
        for (int k = 0; k < 2000; k++) {
            double packA = 10.0 * random.bell();
            double dtS = 0.05 + 0.2 * random.uniform();
            chargeAs += packA / 3 * dtS;
            pack.step(packA, dtS, AIR);
        }
        for (int c = 0; c < 5; c++) {
            assertEquals(before[c] - chargeAs / (3600.0 * pack.capacityAh(c)), pack.soc(c), 1e-12);
        }
    }

    @Test
    void aRestedPackStaysAsItIs() {
        SimPack pack = pack(4, 1, PackSpread.oneBatch(), 0.6);
        double packV = pack.packV();
        double soc = pack.packSoc();
        for (int k = 0; k < 1000; k++) {
            pack.step(0.0, 10.0, AIR);
        }
        assertEquals(packV, pack.packV());
        assertEquals(soc, pack.packSoc());
        assertEquals(AIR, pack.highestDegC());
        assertEquals(AIR, pack.lowestDegC());
        assertEquals(3.0 + pack.soc(2), pack.cellV(2), 1e-12, "open circuit, hysteresis in the middle");
    }

    @ParameterizedTest(name = "{0} A leaves {1} V of hysteresis")
    @CsvSource({"2.0, -0.05", "-2.0, 0.05"})
    void hysteresisPullsDownAfterADischargeAndUpAfterACharge(double packA, double leftV) {
        SimPack pack = pack(1, 1, NO_SPREAD, 0.5);
        for (int k = 0; k < 6000; k++) {
            pack.step(packA, 0.1, AIR);
        }
        for (int k = 0; k < 3000; k++) {
            pack.step(0.0, 0.1, AIR); // the RC pair relaxes, the hysteresis does not
        }
        assertEquals(3.0 + pack.soc(0) + leftV, pack.cellV(0), 1e-6);
    }

    @Test
    void hysteresisTurnsOverWithTheChargeMoved() {
        SimPack pack = pack(1, 1, NO_SPREAD, 0.5);
        pack.step(2.0, 36.0, AIR); // moves 0.01 of SOC: h = -(1 - exp(-100 x 0.01))
        double relaxed = pack.cellV(0) + R0 * 2.0 + R1 * 2.0 * -Math.expm1(-36.0 / TAU_S);
        assertEquals(3.49 + HALF_GAP_V * Math.expm1(-1.0), relaxed, 1e-9);
    }

    @Test
    void voltageIsOpenCircuitLessItsDrops() {
        SimPack pack = pack(3, 2, NO_SPREAD, 0.8);
        pack.step(8.0, 5.0, AIR); // 4 A a cell
        double rcV = 4.0 * R1 * -Math.expm1(-5.0 / TAU_S);
        double soc = 0.8 - 4.0 * 5.0 / 7200.0;
        double h = Math.expm1(-100.0 * 4.0 * 5.0 / 7200.0);
        assertEquals(3.0 + soc + h * HALF_GAP_V - rcV - 4.0 * R0, pack.cellV(1), 1e-6);
        assertEquals(3.0 * pack.cellV(1), pack.packV(), 1e-12);
    }

    @ParameterizedTest(name = "steps of {0} s")
    @ValueSource(doubles = {0.1, 1.0, 60.0, 300.0, 600.0})
    void theLengthOfAStepDoesNotMatterWhileTheCurrentIsConstant(double dtS) {
        SimPack pack = pack(1, 1, NO_SPREAD, 0.9);
        SimPack once = pack(1, 1, NO_SPREAD, 0.9);
        for (int k = 0; k < Math.round(600.0 / dtS); k++) {
            pack.step(1.0, dtS, AIR);
        }
        once.step(1.0, 600.0, AIR);
        assertEquals(once.soc(0), pack.soc(0), 1e-10);
        assertEquals(once.cellV(0), pack.cellV(0), 1e-7);
    }

    @ParameterizedTest(name = "steps of {0} s")
    @ValueSource(doubles = {0.1, 20.0, 1000.0})
    void temperatureFollowsTheHeatBalance(double dtS) {
        SimPack pack = pack(1, 1, NO_SPREAD, 0.9);
        for (int k = 0; k < 10; k++) {
            pack.step(1.0, 20.0, AIR); // lets the RC pair settle: from here the heat is constant
        }
        double heatW = R0 + R1; // at 1 A
        double settledDegC = AIR + heatW / COOLING_W_PER_K;
        double startDegC = pack.temperatureDegC(0);
        for (int k = 0; k < Math.round(1000.0 / dtS); k++) {
            pack.step(1.0, dtS, AIR);
        }
        double expected = settledDegC + (startDegC - settledDegC) * Math.exp(-1000.0 * COOLING_W_PER_K / HEAT_J_PER_K);
        assertEquals(expected, pack.temperatureDegC(0), 1e-6);
    }

    @Test
    void chargingAndDischargingHeatAlike() {
        SimPack out = pack(1, 1, NO_SPREAD, 0.5);
        SimPack in = pack(1, 1, NO_SPREAD, 0.5);
        for (int k = 0; k < 100; k++) {
            out.step(3.0, 1.0, AIR);
            in.step(-3.0, 1.0, AIR);
        }
        assertTrue(out.highestDegC() > AIR + 0.1);
        assertEquals(out.highestDegC(), in.highestDegC(), 1e-12);
    }

    @Test
    void aColderPlaceCoolsBetter() {
        SimPack tight = new SimPack(cell(0.0), new PackLayout(1, 1, 1), NO_SPREAD, 0.5, 0.5, 40.0, new NoiseSource(1));
        tight.step(0.0, HEAT_J_PER_K / (0.5 * COOLING_W_PER_K), AIR); // one time constant
        assertEquals(AIR + 20.0 * Math.exp(-1.0), tight.temperatureDegC(0), 1e-9);
    }

    @Test
    void cellsDifferAsTheSpreadSays() {
        int n = 20_000;
        SimPack pack = pack(n, 1, new PackSpread(0.02, 0.05, 0.01, 0.10), 0.5);
        assertMoments(2.0, 0.04, n, pack::capacityAh);
        assertMoments(0.5, 0.01, n, pack::soc);
        double[] restV = IntStream.range(0, n).mapToDouble(pack::cellV).toArray();
        pack.step(1.0, 1e-9, AIR); // no charge moves: the drop over R0 alone
        assertMoments(R0, 0.05 * R0, n, c -> restV[c] - pack.cellV(c));
    }

    @Test
    void coolingDiffersAsTheSpreadSays() {
        int n = 20_000;
        SimPack pack = new SimPack(
                cell(0.0),
                new PackLayout(n, 1, 1),
                new PackSpread(0.0, 0.0, 0.0, 0.10),
                1.0,
                0.5,
                30.0,
                new NoiseSource(2));
        pack.step(0.0, 100.0, AIR);
        assertMoments(
                COOLING_W_PER_K,
                0.1 * COOLING_W_PER_K,
                n,
                c -> -HEAT_J_PER_K / 100.0 * Math.log((pack.temperatureDegC(c) - AIR) / 10.0));
    }

    private static void assertMoments(double mean, double sigma, int n, IntToDoubleFunction value) {
        double sum = 0.0;
        double squares = 0.0;
        for (int c = 0; c < n; c++) {
            sum += value.applyAsDouble(c) - mean;
            squares += Math.pow(value.applyAsDouble(c) - mean, 2);
        }
        assertEquals(0.0, sum / n, 4.0 * sigma / Math.sqrt(n), "mean less " + mean);
        assertEquals(sigma, Math.sqrt(squares / n), 0.03 * sigma, "sigma");
    }

    @Test
    void theSameSeedGivesTheSamePackAndAnotherSeedAnother() {
        PackLayout layout = new PackLayout(8, 1, 1);
        double[][] capacity = new double[3][];
        long[] seeds = {5, 5, 6};
        for (int k = 0; k < 3; k++) {
            SimPack pack =
                    new SimPack(cell(1.0), layout, PackSpread.oneBatch(), 1.0, 0.5, AIR, new NoiseSource(seeds[k]));
            capacity[k] = IntStream.range(0, 8).mapToDouble(pack::capacityAh).toArray();
        }
        assertArrayEquals(capacity[0], capacity[1]);
        assertNotEquals(capacity[0][0], capacity[2][0]);
    }

    @Test
    void packSocIsWhatCanBeTakenOverThatAndWhatFits() {
        SimPack pack = pack(6, 1, new PackSpread(0.05, 0.0, 0.03, 0.0), 0.4);
        double takeable = IntStream.range(0, 6)
                .mapToDouble(c -> pack.soc(c) * pack.capacityAh(c))
                .min()
                .orElseThrow();
        double room = IntStream.range(0, 6)
                .mapToDouble(c -> (1 - pack.soc(c)) * pack.capacityAh(c))
                .min()
                .orElseThrow();
        assertEquals(takeable / (takeable + room), pack.packSoc(), 1e-15);
        pack.step(takeable, 3600.0, AIR);
        assertEquals(0.0, pack.packSoc(), 1e-12, "the first cell is empty");
        assertEquals(0.0, pack.lowestSoc(), 1e-12);
        pack.step(-(takeable + room), 3600.0, AIR);
        assertEquals(1.0, pack.packSoc(), 1e-12, "the first cell is full");
        assertEquals(1.0, pack.highestSoc(), 1e-12);
        assertTrue(pack.lowestSoc() < 0.99);
    }

    @Test
    void extremesAreThoseOfAllCells() {
        SimPack pack = pack(7, 1, PackSpread.oneBatch(), 0.5);
        for (int k = 0; k < 50; k++) {
            pack.step(4.0, 2.0, AIR);
        }
        assertEquals(IntStream.range(0, 7).mapToDouble(pack::cellV).max().orElseThrow(), pack.highestV());
        assertEquals(IntStream.range(0, 7).mapToDouble(pack::cellV).min().orElseThrow(), pack.lowestV());
        assertEquals(
                IntStream.range(0, 7).mapToDouble(pack::temperatureDegC).max().orElseThrow(), pack.highestDegC());
        assertEquals(
                IntStream.range(0, 7).mapToDouble(pack::temperatureDegC).min().orElseThrow(), pack.lowestDegC());
        assertTrue(pack.highestV() > pack.lowestV() && pack.highestDegC() > pack.lowestDegC());
    }

    @ParameterizedTest(name = "cooling {0}, SOC {1}, {2} °C")
    @CsvSource({"0, 0.5, 20", "NaN, 0.5, 20", "1, 1.1, 20", "1, NaN, 20", "1, 0.5, NaN"})
    void refusesFiguresThatMakeNoPack(double cooling, double soc, double degC) {
        PackLayout layout = new PackLayout(1, 1, 1);
        NoiseSource random = new NoiseSource(1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new SimPack(cell(1.0), layout, NO_SPREAD, cooling, soc, degC, random));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
    @CsvSource({"0.26, 0, 0, 0", "-0.1, 0, 0, 0", "0, 0.26, 0, 0", "0, 0, 0.11, 0", "0, 0, 0, 0.26", "NaN, 0, 0, 0"})
    void refusesASpreadThatCouldLeaveACellWithoutASubstance(
            double capacity, double resistance, double soc, double cooling) {
        assertThrows(IllegalArgumentException.class, () -> new PackSpread(capacity, resistance, soc, cooling));
    }

    /** 3.5 V on 35 ohm over a group of two 2 Ah cells: 50 mA from each. */
    @Test
    void aBleedResistorTakesItsCurrentFromItsGroupAlone() {
        SimPack pack = pack(3, 2, NO_SPREAD, 0.5);
        pack.bleed(1, 35.0);
        assertEquals(0.05, pack.bleedA(1), 1e-12);
        assertEquals(0.0, pack.bleedA(0));
        for (int k = 0; k < 720; k++) {
            pack.step(0.0, 10.0, AIR);
        }
        assertEquals(0.5, pack.soc(0), 1e-12);
        assertEquals(0.5 - 2.0 * 0.05 / 2.0, pack.soc(1), 1.5e-3, "two hours, the voltage falling a little");
        assertEquals(AIR, pack.temperatureDegC(0));
        double settledV = 3.0 + pack.soc(1) - HALF_GAP_V * -StrictMath.expm1(-100.0 * (0.5 - pack.soc(1)));
        assertEquals(
                settledV - pack.bleedA(1) * (R0 + R1), pack.cellV(1), 2e-4, "it drops over the cell's resistances");
        double before = pack.soc(1);
        pack.bleed(1, Double.POSITIVE_INFINITY);
        pack.step(0.0, 100.0, AIR);
        assertEquals(before, pack.soc(1));
        assertThrows(IllegalArgumentException.class, () -> pack.bleed(1, 0.0));
        assertThrows(IllegalArgumentException.class, () -> pack.bleed(1, Double.NaN));
    }

    @Test
    void aBleedAddsToThePacksCurrent() {
        SimPack pack = pack(2, 1, NO_SPREAD, 0.5);
        pack.bleed(0, 35.0);
        double a = pack.bleedA(0);
        pack.step(-a, 1.0, AIR);
        assertEquals(0.5, pack.soc(0), 1e-12, "what the pack is charged with is bled");
        assertTrue(pack.soc(1) > 0.5);
    }

    /** 2 W into a cell that loses 0.1 W/K: 20 K more in the end, tau 400 s. */
    @Test
    void aHeaterWarmsEveryCellAlike() {
        SimPack pack = pack(2, 1, NO_SPREAD, 0.5);
        pack.heat(2.0);
        for (int k = 0; k < 40; k++) {
            pack.step(0.0, 10.0, AIR);
        }
        double expected = AIR + 20.0 * -StrictMath.expm1(-1.0);
        assertEquals(expected, pack.lowestDegC(), 1e-4);
        assertEquals(expected, pack.highestDegC(), 1e-4);
        assertThrows(IllegalArgumentException.class, () -> pack.heat(-1.0));
    }

    /** 0.3 W/K to 60 °C beside 0.1 W/K to 20 °C: 50 °C in the end, tau 100 s. */
    @Test
    void aCoolantIsASecondWayForTheHeat() {
        SimPack pack = pack(1, 1, NO_SPREAD, 0.5);
        pack.coolant(0.3, 60.0);
        for (int k = 0; k < 10; k++) {
            pack.step(0.0, 10.0, AIR);
        }
        assertEquals(AIR + 30.0 * -StrictMath.expm1(-1.0), pack.temperatureDegC(0), 1e-4);
        pack.coolant(0.3, -10.0);
        pack.heat(1.0);
        for (int k = 0; k < 1000; k++) {
            pack.step(0.0, 10.0, AIR);
        }
        assertEquals((1.0 + 0.1 * AIR - 0.3 * 10.0) / 0.4, pack.temperatureDegC(0), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> pack.coolant(-0.1, 10.0));
        assertThrows(IllegalArgumentException.class, () -> pack.coolant(0.1, Double.NaN));
    }
}
