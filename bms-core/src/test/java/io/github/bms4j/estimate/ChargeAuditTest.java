package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The straight cell: 0.9 V over the SOC, so that 12 mV are 1.33 points. */
class ChargeAuditTest {
    private static final long SECOND = 1_000_000_000L;

    private final PackLayout layout = new PackLayout(2, 1, 1);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private ChargeAudit audit = new ChargeAudit(SampleCells.straight(), layout, Noises.plain());

    @BeforeEach
    void start() {
        audit.start(0.6, 0.1);
        polarised(0.0);
    }

    private void polarised(double leftV) {
        for (int c = 0; c < 2; c++) {
            estimate.cell(c, 0.1, 0.05, 0.25 * leftV, 0.5 * leftV, Double.NaN);
            estimate.diffusion(c, 0.25 * leftV);
            estimate.circuit(c, 20e-3, 10e-3, 15e-3, 0.9);
        }
        estimate.close(0);
    }

    private void step(double timeS, double packA, double v0, double v1) {
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(packA);
        sample.readCellVoltage(0, v0);
        sample.readCellVoltage(1, v1);
        sample.readTemperature(0, 25.0);
        audit.step(sample, estimate);
    }

    private void rest(int fromS, int toS, double packA, double v0, double v1) {
        for (int s = fromS; s <= toS; s++) {
            step(s, packA, v0, v1);
        }
    }

    private SocLineage.Anchor anchor(int cell) {
        return audit.counter().lineage(cell).anchor();
    }

    @Test
    void readsEveryCellsVoltageAfterHalfAnHourOfRest() {
        rest(0, 1799, 0.0, 3.65, 3.74);
        assertEquals(SocLineage.Anchor.START, anchor(0));
        step(1800, 0.0, 3.65, 3.74);
        assertEquals(SocLineage.Anchor.REST, anchor(0));
        assertEquals(0.5, audit.counter().soc(0), 1e-9);
        assertEquals(0.6, audit.counter().soc(1), 1e-9);
        assertEquals(0.012 / 0.9, audit.counter().sigma(0), 1e-4);
    }

    @Test
    void countsPolarisationThatIsLeftAndDoubtsIt() {
        polarised(0.020);
        rest(0, 1800, 0.0, 3.65, 3.65);
        assertEquals(0.5 + 0.020 / 0.9, audit.counter().soc(0), 1e-6);
        assertEquals(Math.hypot(0.012, 0.15 * 0.020) / 0.9, audit.counter().sigma(0), 1e-4);
    }

    @Test
    void aSmallLoadIsARestWithADrop() {
        rest(0, 1800, 0.059, 3.65, 3.65);
        assertEquals(SocLineage.Anchor.REST, anchor(0));
        assertEquals(0.5 + 0.059 * 0.020 / 0.9, audit.counter().soc(0), 1e-6);
    }

    @ParameterizedTest(name = "{0} A at {1} s, next at {2} s")
    @CsvSource({"0.061, 900, 901", "-0.061, 900, 901", "0.0, 900, 1021"})
    void loadOrAGapBeginsTheRestAnew(double packA, int atS, double nextS) {
        rest(0, atS - 1, 0.0, 3.65, 3.65);
        step(atS, packA, 3.65, 3.65);
        double s = nextS;
        for (; s < nextS + 1799; s++) {
            step(s, 0.0, 3.65, 3.65);
        }
        assertEquals(SocLineage.Anchor.START, anchor(0));
        step(s, 0.0, 3.65, 3.65);
        step(s + 1, 0.0, 3.65, 3.65);
        assertEquals(SocLineage.Anchor.REST, anchor(0));
    }

    @Test
    void aRestGivesOneAnchorAndTheNextRestAnother() {
        rest(0, 3700, 0.0, 3.65, 3.65);
        assertEquals(1900.0, audit.counter().lineage(0).sinceS());
        rest(3701, 5500, 3.0, 3.2, 3.2);
        rest(5501, 7305, 0.0, 3.245, 3.245);
        assertEquals(0.05, audit.counter().soc(0), 1e-6);
        assertTrue(audit.counter().lineage(0).sinceS() < 10.0);
    }

    @Test
    void aCellWithoutAVoltageKeepsItsCount() {
        rest(0, 1900, 0.0, 3.65, Double.NaN);
        assertEquals(SocLineage.Anchor.REST, anchor(0));
        assertEquals(SocLineage.Anchor.START, anchor(1));
    }

    @Test
    void anUnknownEstimateAnchorsNothing() {
        PackEstimate unknown = new PackEstimate(layout);
        for (int s = 0; s <= 1900; s++) {
            sample.begin(s * SECOND);
            sample.readCurrent(0.0);
            sample.readCellVoltage(0, 3.65);
            sample.readTemperature(0, 25.0);
            audit.step(sample, unknown);
        }
        assertEquals(SocLineage.Anchor.START, anchor(0));
    }

    @ParameterizedTest(name = "half gap {0} V")
    @CsvSource({"0.0, 0.0133", "0.009, 0.0167", "0.05, 0.0571"})
    void theGapBetweenTheBranchesMakesAnAnchorWeaker(double halfGapV, double sigma) {
        CellType t = SampleCells.straight();
        double[] soc = {0.0, 0.5, 1.0};
        Hysteresis gap = new Hysteresis(new double[] {0.0, 1.0}, new double[] {halfGapV, halfGapV}, 20.0);
        OcvCurve ocv = new OcvCurve(soc, new double[] {3.2, 3.65, 4.1}, new double[3], 25.0, gap);
        CellType cell = new CellType(
                "gap", Chemistry.NMC, t.rating(), ocv, t.circuit(), t.thermal(), t.chargeMap(), t.provenance());
        audit = new ChargeAudit(cell, layout, Noises.plain());
        audit.start(0.6, 0.1);
        rest(0, 1800, 0.0, 3.65, 3.65);
        assertEquals(sigma, audit.counter().sigma(0), 1e-4);
    }
}
