package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackEstimateTest {
    private final PackEstimate estimate = new PackEstimate(new PackLayout(3, 1, 1));

    private void cells(double... soc) {
        for (int c = 0; c < soc.length; c++) {
            estimate.cell(c, soc[c], 0.01 * (c + 1), 0.0, 0.0, 3.6);
        }
        estimate.close(42);
    }

    @Test
    void isUnknownUntilWritten() {
        assertFalse(estimate.known());
        assertTrue(Double.isNaN(estimate.packSoc()));
        assertTrue(Double.isNaN(estimate.soc(0)));
        assertEquals(-1, estimate.weakest());
        assertEquals(3, estimate.cells());
    }

    @ParameterizedTest(name = "cells {0} {1} {2} make {3}")
    @CsvSource({
        "0.5, 0.5, 0.5, 0.5",
        "0.0, 0.5, 0.9, 0.0", // the empty cell ends discharge
        "0.4, 0.5, 1.0, 1.0", // the full cell ends charge
        "0.4, 0.5, 0.6, 0.5", // 40 % can be taken, 40 % put in
        "0.2, 0.3, 0.3, 0.22222222222222"
    })
    void countsToTheFirstEmptyAndTheFirstFullCell(double a, double b, double c, double pack) {
        cells(a, b, c);
        assertEquals(pack, estimate.packSoc(), 1e-12);
        assertTrue(estimate.known());
        assertEquals(42, estimate.nanos());
    }

    @Test
    void namesTheWeakestAndTheStrongestCell() {
        cells(0.4, 0.6, 0.2);
        assertEquals(2, estimate.weakest());
        assertEquals(1, estimate.strongest());
    }

    @Test
    void knowsTheMeanWithErrorsThatAllCellsShare() {
        assertEquals(Double.NaN, estimate.meanSoc());
        assertEquals(Double.NaN, estimate.meanSocSigma());
        cells(0.4, 0.6, 0.2);
        assertEquals(0.4, estimate.meanSoc(), 1e-12);
        assertEquals(0.02, estimate.meanSocSigma(), 1e-12);
    }

    @Test
    void carriesTheUncertaintyOfBothEnds() {
        cells(0.5, 0.5, 0.5);
        assertEquals(0.01, estimate.packSocSigma(), 1e-12); // both ends are cell 0
        cells(0.4, 0.5, 0.6);
        assertEquals((0.4 * 0.01 + 0.4 * 0.03) / 0.64, estimate.packSocSigma(), 1e-12);
    }

    @Test
    void staysFiniteWhenOneCellIsEmptyWhileAnotherIsFull() {
        cells(0.0, 0.5, 1.0);
        assertEquals(0.0, estimate.packSoc());
        assertEquals(0.03, estimate.packSocSigma(), 1e-12);
    }

    @Test
    void showsSocWithinItsRange() {
        cells(-0.02, 0.5, 1.03);
        assertEquals(0.0, estimate.soc(0));
        assertEquals(1.0, estimate.soc(2));
    }
}
