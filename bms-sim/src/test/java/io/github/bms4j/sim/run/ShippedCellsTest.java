package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.config.CellTypes;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Table1D;
import io.github.bms4j.num.Table2D;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.cell.TrueCell.TrueBranch;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shipped cell, against a true cell that differs from it by about as much as its own section {@code error} says: curve
 * tilted, resistances, time constants and capacity off, another law of interpolation.
 */
class ShippedCellsTest {
    private static final PackLayout ONE = new PackLayout(1, 1, 1);
    private static final double ROOM_DEG_C = 25.0;
    /** Rise of the voltage per SOC beyond full, where an electrode is exhausted. */
    private static final double WALL_V = 10.0;

    static List<String> cells() {
        return ShippedData.cells();
    }

    /** Off by {@code share} of every standard deviation that the type states. */
    private static TrueCell other(CellType type, double share) {
        double[] soc = new double[103];
        double[] v = new double[soc.length];
        double[] gap = new double[soc.length];
        double tiltV = share * type.error().sigmaV(ROOM_DEG_C);
        for (int k = 0; k < soc.length; k++) {
            soc[k] = k / 100.0;
            double reached = Math.min(1.0, soc[k]);
            v[k] = type.ocv().v(reached, ROOM_DEG_C) + tiltV * (2.0 * reached - 1.0) + WALL_V * (soc[k] - reached);
            gap[k] = 0.8 * type.ocv().hysteresis().halfGapV(soc[k]);
        }
        double more = 1.0 + share * type.error().resistanceSigma();
        List<TrueBranch> branches = new ArrayList<>();
        for (RcBranch branch : type.circuit().branches()) {
            branches.add(new TrueBranch(table(branch.resistance(), soc, more), 1.2 * branch.tauS()));
        }
        return new TrueCell(
                type.name(),
                type.rating().capacityAh() * (1.0 - share * type.error().capacitySigma()),
                new Table1D(soc, v),
                table(type.circuit().r0(), soc, more),
                branches,
                new Table1D(soc, gap),
                30.0,
                type.thermal().heatCapacityJPerK(),
                type.thermal().toAmbientWPerK());
    }

    private static Table2D table(ResistanceMap map, double[] soc, double factor) {
        double[] degC = {-20.0, -5.0, 10.0, 25.0, 40.0, 60.0};
        double[][] ohm = new double[degC.length][soc.length];
        for (int t = 0; t < degC.length; t++) {
            for (int k = 0; k < soc.length; k++) {
                ohm[t][k] = factor * map.ohm(soc[k], degC[t]);
            }
        }
        return new Table2D(soc, degC, ohm);
    }

    private static SimPack pack(TrueCell truth, double soc, long seed) {
        return new SimPack(truth, ONE, new PackSpread(0.0, 0.0, 0.0, 0.0), 1.0, soc, ROOM_DEG_C, new NoiseSource(seed));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void writtenAndReadItIsTheSameCell(String name) throws Exception {
        CellType cell = ShippedData.cell(name);
        StringBuilder text = new StringBuilder();
        CellTypes.write(cell, "again", text);
        CellType again = CellTypes.read(name, new StringReader(text.toString()));
        assertEquals(cell.name(), again.name());
        assertEquals(cell.chemistry(), again.chemistry());
        assertEquals(cell.rating(), again.rating());
        assertEquals(cell.provenance(), again.provenance());
        assertArrayEquals(cell.ocv().voltages(), again.ocv().voltages(), 1e-5);
        assertArrayEquals(cell.ocv().entropics(), again.ocv().entropics(), 1e-8);
        assertArrayEquals(cell.error().sigmas(), again.error().sigmas(), 1e-6);
        for (double soc = 0.0; soc <= 1.0; soc += 0.05) {
            for (double degC = -20.0; degC <= 60.0; degC += 20.0) {
                double ohm = cell.circuit().totalOhm(soc, degC);
                assertEquals(ohm, again.circuit().totalOhm(soc, degC), 1e-4 * ohm, name + " at " + soc);
                assertEquals(
                        cell.chargeMap().maxRatePerH(soc, degC),
                        again.chargeMap().maxRatePerH(soc, degC),
                        1e-6);
            }
        }
        StringBuilder twice = new StringBuilder();
        CellTypes.write(again, "again", twice);
        assertEquals(text.toString(), twice.toString());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void itsPartsArePlausible(String name) {
        CellType cell = ShippedData.cell(name);
        double perHour = cell.rating().capacityAh();
        for (double degC : new double[] {-10.0, 25.0, 45.0}) {
            for (double soc = 0.01; soc <= 1.0; soc += 0.01) {
                assertTrue(cell.ocv().v(soc, degC) > cell.ocv().v(soc - 0.01, degC), name + " " + soc + " " + degC);
            }
        }
        double dropV = cell.circuit().totalOhm(0.5, ROOM_DEG_C) * perHour;
        assertTrue(dropV > 0.03 && dropV < 0.4, name + ": " + dropV + " V at the one-hour current");
        assertTrue(cell.circuit().totalOhm(0.5, 0.0) > 1.5 * cell.circuit().totalOhm(0.5, ROOM_DEG_C), name);
        boolean titanate = cell.chemistry() == Chemistry.LTO;
        assertEquals(titanate, cell.chargeMap().maxRatePerH(0.5, -10.0) > 0.0, name);
        assertTrue(cell.chargeMap().maxRatePerH(0.5, ROOM_DEG_C) >= 0.3, name);
        if (name.startsWith("generic-")) {
            assertTrue(cell.error().sigmaV(ROOM_DEG_C) >= 0.02 && cell.error().resistanceSigma() >= 0.5, name);
            assertTrue(cell.ocv().hysteresis().halfGapV(0.5) <= 0.02, name);
            assertTrue(cell.provenance().method().contains("Assumed"), name);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void constantCurrentAndVoltageFillIt(String name) {
        CellType cell = ShippedData.cell(name);
        SimPack pack = pack(other(cell, 0.5), 0.1, 1);
        double perHour = cell.rating().capacityAh();
        double allowedA = perHour;
        double chargeA = perHour;
        double highestV = 0.0;
        int s = 0;
        while (s < 14 * 3600 && chargeA > perHour / 30.0) {
            double mapA = perHour * cell.chargeMap().maxRatePerH(pack.soc(0), pack.temperatureDegC(0));
            boolean over = pack.cellV(0) > cell.rating().maxV();
            allowedA = Math.min(Math.min(mapA, cell.rating().maxChargeA()), over ? 0.9 * allowedA : 1.01 * allowedA);
            chargeA = allowedA;
            pack.step(-chargeA, 1.0, ROOM_DEG_C);
            highestV = Math.max(highestV, pack.cellV(0));
            s++;
        }
        String what = String.format(
                Locale.ROOT, "%s: %d s, soc %.3f, %.3f V, %.1f °C", name, s, pack.soc(0), highestV, pack.highestDegC());
        assertTrue(pack.soc(0) > 0.96 && pack.soc(0) < 1.03, what);
        assertTrue(highestV < cell.rating().maxV() + 0.02, what);
        assertTrue(pack.highestDegC() < 50.0, what);
        assertTrue(s > 600 && s < 12 * 3600, what);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void isFoundFromTwentyPointsWrongAndSaysHowSure(String name) {
        CellType cell = ShippedData.cell(name);
        long seed = 7;
        SimPack pack = pack(other(cell, 0.7), 0.9, seed);
        double q = cell.rating().capacityAh() / 2.9973;
        SensorFlaws flaws = new SensorFlaws(0.005 * q, 0.002, 0.01 * q, 0.001, 0.001, 0.5, 0.1, 0.0);
        SimSensors sensors = new SimSensors(pack, flaws, new NoiseSource(seed));
        PackSample sample = new PackSample(ONE);
        PackEstimate says = new PackEstimate(ONE);
        SocEstimator filter = Estimators.create("ekf", cell, ONE, NoiseModel.of(cell));
        filter.start(0.7, 0.2);
        DriveLoad drive = new DriveLoad(ShippedData.drive());
        int rows = 0;
        int within = 0;
        double largest = 0.0;
        int s = 0;
        for (; s < 8000 && pack.soc(0) > 0.1; s++) {
            double a = 0.8 * q * drive.meanA(s % 4000, s % 4000 + 1.0);
            pack.step(a, 1.0, ROOM_DEG_C);
            sensors.read(pack, a, 1_000_000_000L * s, sample);
            filter.step(sample, says);
            if (s >= 600) {
                double error = Math.abs(says.soc(0) - pack.soc(0));
                rows++;
                within += error <= 3.0 * says.socSigma(0) ? 1 : 0;
                largest = Math.max(largest, error);
            }
        }
        double error = says.soc(0) - pack.soc(0);
        String what = String.format(
                Locale.ROOT,
                "%s: %d s to %.3f, error %.4f at the end and %.4f at most, sigma %.4f, within %.4f",
                name,
                s,
                pack.soc(0),
                error,
                largest,
                says.socSigma(0),
                (double) within / rows);
        assertTrue(pack.soc(0) < 0.15, what);
        assertTrue(within >= 0.97 * rows, what);
        assertTrue(Math.abs(error) < 0.05 && says.socSigma(0) < 0.08, what);
    }
}
