package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.SampleCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights against sums over a pair's own equation. */
class HorizonWeightsTest {
    private static final int STEPS = 20_000;

    @ParameterizedTest
    @EnumSource(value = Horizon.class, names = "CONTINUOUS", mode = EnumSource.Mode.EXCLUDE)
    void heatOfAPairIsTheMeanOfItsVoltageSquared(Horizon horizon) {
        CellType type = SampleCells.bent();
        HorizonWeights w = new HorizonWeights(type, horizon);
        double keeps = 0.0;
        for (int j = 0; j < type.circuit().branches().size(); j++) {
            double tauS = type.circuit().branches().get(j).tauS();
            double ohm = 0.012;
            double a = 7.0;
            double v0 = 0.04;
            double sumW = 0.0;
            double sumKept = 0.0;
            for (int k = 0; k < STEPS; k++) {
                double kept = StrictMath.exp(-(k + 0.5) / STEPS * horizon.seconds() / tauS);
                double v = v0 * kept + ohm * a * (1.0 - kept);
                sumW += v * v / ohm / STEPS;
                sumKept += kept * kept / STEPS;
            }
            double w2 = sumKept * v0 * v0 / ohm + w.crossing[j] * a * v0 + w.driving[j] * a * a * ohm;
            assertEquals(sumW, w2, 1e-6 * sumW, horizon + " pair " + j);
            keeps = Math.max(keeps, sumKept);
        }
        assertEquals(keeps, w.relaxing, 1e-6);
    }

    @Test
    void forGoodAPairHeatsAsAResistor() {
        HorizonWeights w = new HorizonWeights(SampleCells.bent(), Horizon.CONTINUOUS);
        assertEquals(1.0, w.driving[0]);
        assertEquals(0.0, w.crossing[0]);
        assertEquals(0.0, w.relaxing);
    }

    @Test
    void aDropRisesWithTheCurrentAsFarAsWarmingIsCountedOn() {
        for (CellType type : new CellType[] {SampleCells.bent(), SampleCells.rich(), SampleCells.straight()}) {
            CircuitTables tables = new CircuitTables(type);
            for (double degC = -30.0; degC < 60.0; degC += 3.7) {
                for (double soc = 0.02; soc < 1.0; soc += 0.07) {
                    double mostK = tables.mostWarmingK(soc, degC);
                    assertTrue(mostK > 1.0 && mostK <= 20.0, mostK + " K");
                    double last = 0.0;
                    for (int k = 1; k <= 50; k++) {
                        double part = k / 50.0; // current over that which warms by mostK
                        double drop = part * tables.ohm(0, soc, degC + mostK * part * part);
                        assertTrue(drop >= last, type.name() + " at " + soc + ", " + degC + " °C");
                        last = drop;
                    }
                }
            }
        }
    }
}
