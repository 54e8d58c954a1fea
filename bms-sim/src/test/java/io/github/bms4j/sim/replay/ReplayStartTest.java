package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.RcBranch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayStartTest {
    private static final CellType CELL = DriveLog.CELL;

    private static ReplayStart read(double sigma, double currentA, double voltageV) {
        return ReplayStart.fromVoltage(sigma).resolved(Double.NaN, CELL, currentA, voltageV, 25.0);
    }

    @ParameterizedTest(name = "{0} {1} ± {2} at a reference of {3}: {4} ± {5}")
    @CsvSource({
        "GIVEN, 0.7, NaN, NaN, 0.7, 0.2",
        "GIVEN, 0.7, 0.05, 0.1, 0.7, 0.05",
        "OFF_REFERENCE, -0.2, NaN, 0.9, 0.7, 0.2",
        "OFF_REFERENCE, 0.2, 0.1, 0.9, 1.0, 0.1",
        "OFF_REFERENCE, -0.2, 0.1, 0.15, 0.0, 0.1"
    })
    void aToldStartIsTaken(
            ReplayStart.Kind kind, double soc, double sigma, double reference, double startSoc, double startSigma) {
        ReplayStart start = new ReplayStart(kind, soc, sigma).resolved(reference, CELL, 1.0, 3.7, 25.0);
        assertEquals(startSoc, start.soc(), 1e-12);
        assertEquals(startSigma, start.sigma());
    }

    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "0.9", "1.0"})
    void anOpenStartAtRestIsReadFromTheOpenCircuitVoltage(double soc) {
        ReplayStart start = read(Double.NaN, 0.0, CELL.ocv().v(soc, 25.0));
        assertEquals(soc, start.soc(), 1e-6);
        assertTrue(start.sigma() >= 0.01 && start.sigma() < 0.2, start::toString);
    }

    @Test
    void anOpenStartUnderLoadAllowsForTheDropAndIsLessSure() {
        double soc = 0.5;
        double r0Ohm = CELL.circuit().r0().ohm(soc, 25.0);
        double slowOhm = 0.0;
        for (RcBranch branch : CELL.circuit().branches()) {
            slowOhm += branch.resistance().ohm(soc, 25.0);
        }
        double voltageV = CELL.ocv().v(soc, 25.0) - 3.0 * (r0Ohm + slowOhm);
        ReplayStart start = read(Double.NaN, 3.0, voltageV);
        ReplayStart rest = read(Double.NaN, 0.0, voltageV);
        assertTrue(Math.abs(start.soc() - soc) <= start.sigma(), start::toString);
        assertTrue(start.sigma() > rest.sigma(), () -> start + " after rest " + rest);
        assertTrue(start.soc() > rest.soc() + 0.05, "the drop under load is not taken for emptiness");
    }

    @Test
    void aSigmaThatIsToldReplacesThatOfTheVoltage() {
        assertEquals(0.07, read(0.07, 0.0, 3.7).sigma());
        assertEquals(0.07, read(0.07, 0.0, Double.NaN).sigma());
    }

    @ParameterizedTest(name = "{0} V")
    @CsvSource({"NaN, 0.5, 0.288675", "5.0, 1.0, 0.01", "0.6, 0.0, 0.01"})
    void anOpenStartHoldsWhateverIsRead(double voltageV, double soc, double sigma) {
        ReplayStart start = read(Double.NaN, Double.NaN, voltageV);
        assertEquals(soc, start.soc());
        assertEquals(sigma, start.sigma(), 1e-6);
    }

    @ParameterizedTest(name = "{0} {1} ± {2}")
    @CsvSource({
        "GIVEN, 1.1, 0.1",
        "GIVEN, NaN, 0.1",
        "GIVEN, 0.5, 0",
        "GIVEN, 0.5, -1",
        "OFF_REFERENCE, -1.5, 0.1",
        "OFF_REFERENCE, NaN, 0.1",
        "FROM_VOLTAGE, NaN, 0"
    })
    void refusesAStartThatIsNone(ReplayStart.Kind kind, double soc, double sigma) {
        assertThrows(IllegalArgumentException.class, () -> new ReplayStart(kind, soc, sigma));
    }
}
