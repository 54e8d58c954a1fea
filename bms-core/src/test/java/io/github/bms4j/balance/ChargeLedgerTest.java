package io.github.bms4j.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of two straight 3 Ah cells: 6 Ah a group, so a point of SOC is 0.06 Ah; capacity ±3 % where nobody learned it. */
class ChargeLedgerTest {
    private static final double DAY_S = 86_400.0;
    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(3, 2, 1);
    private final PackEstimate estimate = new PackEstimate(layout);

    private ChargeLedger ledger(double goalSoc, double curveShare, double driftPerDay) {
        BalanceSettings settings =
                new BalanceSettings(goalSoc, 2.0, curveShare, 0.002, 0.2, driftPerDay, 300.0, 60.0, 5.0);
        return new ChargeLedger(type, layout, settings, 0.05);
    }

    private void says(double sigma, double... soc) {
        Estimates.write(estimate, 1, sigma, soc);
    }

    @Test
    void knowsNothingBeforeTheFirstEstimate() {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.0);
        assertFalse(ledger.known());
        assertEquals(-1, ledger.least());
        assertEquals(Double.POSITIVE_INFINITY, ledger.sigmaAh(1));
    }

    @ParameterizedTest(name = "goal {0}")
    @CsvSource({"1.0", "0.5"})
    void differencesAreThoseOfChargeWhateverTheGoalWhileCapacitiesAreEqual(double goal) {
        ChargeLedger ledger = ledger(goal, 0.0, 0.0);
        says(0.01, 0.92, 0.90, 0.97);
        ledger.take(estimate);
        assertTrue(ledger.known());
        assertEquals(1, ledger.least());
        assertEquals(0.12, ledger.excessAh(0), 1e-12);
        assertEquals(0.0, ledger.excessAh(1), 1e-12);
        assertEquals(0.42, ledger.excessAh(2), 1e-12);
        assertEquals(6.0 * (0.92 - 0.93), ledger.differenceAh(0), 1e-12);
        double sum = ledger.differenceAh(0) + ledger.differenceAh(1) + ledger.differenceAh(2);
        assertEquals(0.0, sum, 1e-12);
    }

    /** A group of 5 Ah at 90 % has 0.5 Ah to go, one of 6 Ah 0.6: it will be full first, though both show 90 %. */
    @ParameterizedTest(name = "goal {0}: {1} Ah")
    @CsvSource({"1.0, 0.1, 0", "0.0, 0.9, 1", "0.9, 0.0, 0"})
    void aSmallerCellIsAheadOfItsSocTowardsTheGoal(double goal, double excess, int ahead) {
        ChargeLedger ledger = ledger(goal, 0.0, 0.0);
        Learned.capacity(estimate, type, layout, 2.5, 3.0, 3.0);
        says(0.01, 0.9, 0.9, 0.9);
        ledger.take(estimate);
        assertEquals(excess, ledger.excessAh(ahead), 1e-9);
    }

    /** Far from the goal the capacity's own uncertainty counts: 3 % of 6 Ah over half the SOC are 0.09 Ah. */
    @ParameterizedTest(name = "soc {0} ± {1}")
    @CsvSource({"1.0, 0.01, 0.06", "0.5, 0.01, 0.10816654", "0.5, 0.0001, 0.0900020"})
    void sigmaIsThatOfTheSocAndOfTheCapacityOverTheWayToTheGoal(double soc, double sigma, double expected) {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.0);
        says(sigma, soc, soc, soc);
        ledger.take(estimate);
        assertEquals(expected, ledger.sigmaAh(0), 1e-6);
        assertEquals(expected * Math.sqrt(2.0), ledger.excessSigmaAh(1), 1e-6, "of two cells, both errors");
        assertEquals(0.0, ledger.excessSigmaAh(ledger.least()), "and of a cell to itself none");
    }

    @Test
    void learnedCapacitiesBringTheirOwnSigma() {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.0);
        Learned.capacity(estimate, type, layout, 3.0, 3.0, 3.0);
        says(1e-6, 0.5, 0.5, 0.5);
        ledger.take(estimate);
        assertEquals(2.0 * estimate.health().capacitySigmaAh(0) * 0.5, ledger.sigmaAh(0), 1e-4);
    }

    @Test
    void anEstimatorThatComparesCellsIsBelievedInItsDifferences() {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.0);
        for (int c = 0; c < 3; c++) {
            estimate.socDifference(c, new double[] {0.01, -0.03, 0.02}[c], 0.001);
        }
        says(0.05, 1.0, 0.97, 1.0); // held within 0…1, the differences are not
        ledger.take(estimate);
        double mean = estimate.meanSoc();
        assertEquals(0.06, ledger.differenceAh(0), 1e-12);
        assertEquals(-0.18, ledger.differenceAh(1), 1e-12);
        double capacity = 0.18 * (mean + 0.01 - 1.0);
        assertEquals(Math.sqrt(0.006 * 0.006 + capacity * capacity), ledger.sigmaAh(0), 1e-12);
    }

    @Test
    void aDifferenceIsNotBelievedBetterThanAShareOfIt() {
        ChargeLedger ledger = ledger(1.0, 0.25, 0.0);
        says(1e-9, 1.0, 0.94, 0.97);
        ledger.take(estimate);
        assertEquals(0.18, ledger.differenceAh(0), 1e-9);
        assertEquals(0.045, ledger.sigmaAh(0), 1e-9);
        assertEquals(0.18 * 0.03, ledger.sigmaAh(2), 1e-6, "the mean cell's is that of its capacity alone");
    }

    @Test
    void keepsWhatItKnowsThroughEstimatesThatAreLessSure() {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.0);
        says(0.005, 1.0, 0.96, 0.98);
        ledger.take(estimate);
        says(0.006, 0.5, 0.5, 0.5);
        ledger.take(estimate);
        assertEquals(0.24, ledger.excessAh(0), 1e-12, "an estimate that is less sure changes nothing");
        says(0.004, 1.0, 0.97, 0.98);
        ledger.take(estimate);
        assertEquals(0.18, ledger.excessAh(0), 1e-12, "one that is surer does");
    }

    @Test
    void whatIsKnownAgesUntilALessSureEstimateIsBetter() {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.001);
        says(0.005, 1.0, 0.96, 0.98);
        ledger.take(estimate);
        ledger.pass(5.0 * DAY_S);
        assertEquals(Math.sqrt(0.03 * 0.03 + 0.03 * 0.03), ledger.sigmaAh(0), 1e-9, "0.1 % of 6 Ah a day");
        says(0.008, 1.0, 0.98, 0.98);
        ledger.take(estimate);
        assertEquals(0.24, ledger.excessAh(0), 1e-12);
        ledger.pass(3.0 * DAY_S);
        ledger.take(estimate);
        assertEquals(0.12, ledger.excessAh(0), 1e-12);
        assertEquals(0.048, ledger.sigmaAh(1), 0.01, "and its age begins anew");
    }

    @Test
    void aBleedMovesTheCellAgainstAllOthersAndIsKnownToItsTolerance() {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.0);
        says(1e-6, 1.0, 0.96, 0.98);
        ledger.take(estimate);
        ledger.bleed(0, 0.15);
        assertEquals(0.24 - 0.15, ledger.excessAh(0), 1e-9);
        assertEquals(0.12, ledger.excessAh(2), 1e-9);
        double sum = ledger.differenceAh(0) + ledger.differenceAh(1) + ledger.differenceAh(2);
        assertEquals(0.0, sum, 1e-12, "differences stay differences to the mean");
        assertEquals(0.05 * 0.15, ledger.sigmaAh(0), 1e-5);
        assertEquals(0.18 * 0.02, ledger.sigmaAh(2), 1e-5, "that of its capacity alone");
        ledger.bleed(0, 0.05);
        assertEquals(0.05 * 0.20, ledger.sigmaAh(0), 1e-5, "the resistor stays as wrong as it is");
        says(1e-7, 1.0, 0.96, 0.98);
        ledger.take(estimate);
        assertEquals(0.0, ledger.sigmaAh(0), 1e-5, "until the next good estimate");
    }

    @Test
    void takesUpWhatWasRememberedUntilSomethingIsSurer() {
        ChargeLedger ledger = ledger(1.0, 0.0, 0.0);
        ledger.pass(DAY_S);
        ledger.remember(0, 0.3, 0.02);
        ledger.remember(1, -0.1, 0.02);
        ledger.remember(2, -0.2, 0.02);
        assertFalse(ledger.known(), "not before there is an estimate");
        says(0.5, 0.5, 0.5, 0.5);
        ledger.take(estimate);
        assertEquals(2, ledger.least());
        assertEquals(0.5, ledger.excessAh(0), 1e-12);
        assertEquals(0.02, ledger.sigmaAh(0), 1e-12);
    }
}
