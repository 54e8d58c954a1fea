package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.UsableEnergy.End;
import io.github.bms4j.measure.PackSample;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two straight groups of ten 3 Ah cells: OCV 3.2 V + 0.9 V × SOC, 20 + 10 + 15 mΩ, 3.0 V at least. */
class EnergyForecastTest {
    private final CellType type = SampleCells.sure();
    private final PackLayout layout = new PackLayout(2, 10, 1);
    private final NoiseModel noise = Noises.plain();
    private final EnergyForecast forecast = new EnergyForecast(type, layout, noise);
    private final PackEstimate estimate = new PackEstimate(layout);
    private final PackSample sample = new PackSample(layout);

    @BeforeEach
    void reads25Degrees() {
        sample.begin(0);
        sample.readTemperature(0, 25.0);
    }

    private UsableEnergy at(double powerW) {
        return forecast.at(sample, estimate, powerW, Double.NaN);
    }

    /** Energy of a pack of two such groups by tiny steps, until a cell is at 3.0 V or empty. */
    private static double obviousWh(double socA, double socB, double powerW) {
        double[] soc = {socA, socB};
        double[] v1 = new double[2];
        double[] v2 = new double[2];
        double dtS = 0.05;
        double a1 = StrictMath.exp(-dtS / 10.0);
        double a2 = StrictMath.exp(-dtS / 300.0);
        for (long k = 0; ; k++) {
            double e = 0.0;
            for (int c = 0; c < 2; c++) {
                e += 3.2 + 0.9 * soc[c] - v1[c] - v2[c];
            }
            double i = (e - Math.sqrt(e * e - 4.0 * 0.040 * powerW / 10.0)) / 0.080;
            for (int c = 0; c < 2; c++) {
                if (soc[c] <= 0.0 || 3.2 + 0.9 * soc[c] - v1[c] - v2[c] - 0.020 * i <= 3.0) {
                    return powerW * k * dtS / 3600.0;
                }
                v1[c] = a1 * v1[c] + (1.0 - a1) * 0.010 * i;
                v2[c] = a2 * v2[c] + (1.0 - a2) * 0.015 * i;
                soc[c] -= i * dtS / 10_800.0;
            }
        }
    }

    @ParameterizedTest(name = "SOC {0} and {1} at {2} W end by {3} of cell {4}")
    @CsvSource({
        "0.8, 0.8, 40, EMPTY, 0",
        "0.8, 0.6, 40, EMPTY, 1",
        "0.8, 0.6, 400, CELL_VOLTAGE, 1",
        "0.3, 0.9, 800, CELL_VOLTAGE, 0",
        "0.03, 0.9, 40, EMPTY, 0"
    })
    void isWhatTinyStepsGive(double socA, double socB, double powerW, End end, int cell) {
        Estimates.write(estimate, 0, 0.02, socA, socB);
        UsableEnergy energy = at(powerW);
        double obvious = obviousWh(socA, socB, powerW);
        assertEquals(obvious, energy.energyWh(), 0.002 * obvious + 0.02);
        assertEquals(end, energy.end());
        assertEquals(cell, energy.cell());
        assertEquals(energy.energyWh(), powerW * energy.durationS() / 3600.0, 1e-9);
    }

    @Test
    void itsIntervalIsThatOfFourCauses() {
        Estimates.write(estimate, 0, 0.02, 0.8, 0.8);
        UsableEnergy energy = at(40.0);
        // At little power the energy is charge times voltage: 30 Ah × 2 groups × 0.02 at the bottom of the curve, and 3
        // % of 0.8.
        double bySoc = 30.0 * 2.0 * 0.02 * 4.0;
        double byCapacity = energy.energyWh() * 0.03 / 1.03;
        assertEquals(Math.hypot(bySoc, byCapacity), energy.sigmaWh(), 0.12 * energy.sigmaWh());
        assertEquals(energy.energyWh() - 1.96 * energy.sigmaWh(), energy.lowWh(), 1e-9);
        assertEquals(energy.energyWh() + 1.96 * energy.sigmaWh(), energy.highWh(), 1e-9);
        Estimates.write(estimate, 0, 0.1, 0.8, 0.8);
        assertTrue(at(40.0).sigmaWh() > 3.0 * energy.sigmaWh() * 0.9, "less sure of the SOC, less sure of the energy");
        Estimates.write(estimate, 0, 0.1, 0.05, 0.8);
        assertEquals(0.0, at(40.0).lowWh(), "never less than nothing");
        Estimates.write(estimate, 0, 1e-6, 0.8, 0.8);
        NoiseModel sure = Noises.of(0.001, 0.0, 1e-6, 1e-9, 1.0, 1.0);
        EnergyForecast exact = new EnergyForecast(type, layout, sure);
        assertEquals(0.0, exact.at(sample, estimate, 40.0, Double.NaN).sigmaWh(), 0.1);
        NoiseModel weak = Noises.of(0.001, 0.0, 1e-6, 0.15, 1.0, 1.0);
        double byResistance = new EnergyForecast(type, layout, weak)
                .at(sample, estimate, 600.0, Double.NaN)
                .sigmaWh();
        NoiseModel low = Noises.of(0.001, 0.0, 0.030, 1e-9, 1.0, 1.0);
        double byVoltage = new EnergyForecast(type, layout, low)
                .at(sample, estimate, 600.0, Double.NaN)
                .sigmaWh();
        assertTrue(byResistance > 2.0 && byVoltage > 2.0, byResistance + " " + byVoltage);
    }

    @Test
    void aWeakCellEndsItSooner() {
        Estimates.write(estimate, 0, 0.02, 0.8, 0.8);
        double sound = at(600.0).energyWh();
        estimate.circuit(1, 40e-3, 10e-3, 15e-3, 0.9); // twice its ohmic resistance stands for all of it
        UsableEnergy weak = at(600.0);
        assertTrue(weak.energyWh() < 0.8 * sound, weak + " against " + sound);
        assertEquals(End.CELL_VOLTAGE, weak.end());
        assertEquals(1, weak.cell());
    }

    @Test
    void polarisationThatIsThereCounts() {
        Estimates.write(estimate, 0, 0.02, 0.4, 0.4);
        double rested = at(600.0).energyWh();
        for (int c = 0; c < 2; c++) {
            estimate.cell(c, 0.4, 0.02, 0.04, 0.06, Double.NaN);
        }
        assertTrue(at(600.0).energyWh() < rested - 0.5, "a pack that has just been driven gives less at once");
    }

    @Test
    void coldCellsGiveLess() {
        CellType cold = arrhenius();
        EnergyForecast f = new EnergyForecast(cold, layout, noise);
        Estimates.write(estimate, 0, 0.02, 0.8, 0.8);
        double warm = f.at(sample, estimate, 400.0, Double.NaN).energyWh();
        assertEquals(warm, f.at(sample, estimate, 400.0, 25.0).energyWh(), 1e-9);
        double frozen = f.at(sample, estimate, 400.0, -10.0).energyWh();
        assertTrue(frozen < 0.7 * warm, frozen + " against " + warm);
        assertEquals(warm, f.at(sample, estimate, 400.0, Double.NaN).energyWh(), "nothing stays of another forecast");
    }

    /** Three pairs, all resistances rising with 40 kJ/mol below 25 °C. */
    private CellType arrhenius() {
        double[] soc = {0.0, 1.0};
        double[] degC = {25.0};
        List<RcBranch> branches = List.of(
                new RcBranch(new ResistanceMap(soc, degC, new double[][] {{10e-3, 10e-3}}, 40_000.0), 10.0),
                new RcBranch(new ResistanceMap(soc, degC, new double[][] {{15e-3, 15e-3}}, 40_000.0), 300.0),
                new RcBranch(new ResistanceMap(soc, degC, new double[][] {{15e-3, 15e-3}}, 40_000.0), 3000.0));
        Circuit circuit =
                new Circuit(new ResistanceMap(soc, degC, new double[][] {{20e-3, 20e-3}}, 40_000.0), branches);
        for (int c = 0; c < 2; c++) {
            estimate.diffusion(c, 0.0);
        }
        return new CellType(
                "cold",
                type.chemistry(),
                type.rating(),
                type.ocv(),
                circuit,
                type.thermal(),
                type.chargeMap(),
                type.provenance());
    }

    @Test
    void saysWhenNoCurrentGivesThatPower() {
        Estimates.write(estimate, 0, 0.02, 0.8, 0.8);
        UsableEnergy none = at(1e5);
        assertEquals(0.0, none.energyWh());
        assertEquals(End.POWER, none.end());
        assertEquals(-1, none.cell());
        assertEquals("0.0 Wh (0.0 to 0.0) in 0 s until POWER", none.toString());
        assertTrue(at(40.0).toString().endsWith("until EMPTY of cell 0"), at(40.0)::toString);
    }

    @Test
    void anEmptyPackGivesNothing() {
        Estimates.write(estimate, 0, 0.02, 0.0, 0.8);
        UsableEnergy none = at(40.0);
        assertEquals(0.0, none.energyWh());
        assertEquals(End.EMPTY, none.end());
        assertEquals(0, none.cell());
        Estimates.write(estimate, 0, 0.02, 0.1, 0.1);
        assertEquals(End.CELL_VOLTAGE, at(1200.0).end());
        assertEquals(0.0, at(1200.0).energyWh(), "below its voltage from the start");
    }

    @Test
    void refusesWhatItCannotForesee() {
        assertThrows(IllegalArgumentException.class, () -> at(40.0));
        Estimates.write(estimate, 0, 0.02, 0.8, 0.8);
        assertThrows(IllegalArgumentException.class, () -> at(0.0));
        assertThrows(IllegalArgumentException.class, () -> at(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> forecast.at(sample, estimate, 40.0, 300.0));
    }
}
