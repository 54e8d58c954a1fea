package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import java.util.List;
import java.util.function.ToDoubleFunction;
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

    private static List<ToDoubleFunction<PackEstimate>> figures() {
        return List.of(
                e -> e.soc(2),
                e -> e.socSigma(2),
                e -> e.fastRcV(2),
                e -> e.slowRcV(2),
                e -> e.diffusionV(2),
                e -> e.predictedV(2),
                e -> e.r0Ohm(2),
                e -> e.fastOhm(2),
                e -> e.slowOhm(2),
                e -> e.ocvSlopeV(2),
                e -> e.predictedSigmaV(2),
                e -> e.misfit(2),
                e -> e.resistanceError(2),
                e -> e.resistanceErrorSigma(2),
                e -> e.voltageErrorV(2),
                e -> e.hysteresis(2),
                e -> e.coreDegC(2),
                e -> e.coreSigmaK(2),
                e -> e.health().capacityAh(2),
                PackEstimate::currentBiasA,
                PackEstimate::packSoc,
                PackEstimate::packSocSigma,
                PackEstimate::meanSoc,
                PackEstimate::meanSocSigma);
    }

    @Test
    void nothingIsTakenForZeroBeforeItIsKnown() {
        List<ToDoubleFunction<PackEstimate>> all = figures();
        for (int k = 0; k < all.size(); k++) {
            assertEquals(Double.NaN, all.get(k).applyAsDouble(estimate), "figure " + k);
        }
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(2));
        assertEquals(-1, estimate.strongest());
    }

    @Test
    void everyFigureOfThePackIsFormedWhenItIsAskedForFirst() {
        PackLayout layout = new PackLayout(3, 1, 1);
        double[] expected = {0.5, (0.4 * 0.03 + 0.4 * 0.02) / 0.64, 0.5, 0.02};
        List<ToDoubleFunction<PackEstimate>> figures = List.of(
                PackEstimate::packSoc, PackEstimate::packSocSigma, PackEstimate::meanSoc, PackEstimate::meanSocSigma);
        for (int k = 0; k < expected.length; k++) {
            PackEstimate fresh = new PackEstimate(layout);
            for (int c = 0; c < 3; c++) {
                fresh.cell(c, new double[] {0.5, 0.6, 0.4}[c], 0.01 * (c + 1), 0.0, 0.0, 3.6);
            }
            fresh.close(1);
            assertEquals(expected[k], figures.get(k).applyAsDouble(fresh), 1e-12, "figure " + k);
            assertEquals(k % 2 == 0 ? 2 : 1, k % 2 == 0 ? fresh.weakest() : fresh.strongest());
        }
        PackEstimate weakest = new PackEstimate(layout);
        Estimates.write(weakest, 1, 0.01, 0.5, 0.6, 0.4);
        assertEquals(2, weakest.weakest());
        PackEstimate strongest = new PackEstimate(layout);
        Estimates.write(strongest, 1, 0.01, 0.5, 0.6, 0.4);
        assertEquals(1, strongest.strongest());
        Estimates.write(strongest, 2, 0.01, 0.7, 0.6, 0.4);
        assertEquals(0, strongest.strongest(), "formed again after the next round");
    }

    @Test
    void ofCellsAlikeTheFirstIsNamed() {
        Estimates.write(estimate, 1, 0.01, 0.5, 0.5, 0.5);
        assertEquals(0, estimate.weakest());
        assertEquals(0, estimate.strongest());
    }

    @Test
    void keepsWhatWasWrittenOfACell() {
        estimate.cell(1, 0.4, 0.02, 0.01, 0.02, 3.7);
        estimate.diffusion(1, 0.003);
        estimate.circuit(1, 0.020, 0.010, 0.015, 0.9);
        estimate.expected(1, 0.005, 0.8);
        estimate.resistanceError(1, 0.2, 0.05);
        estimate.voltageError(1, 0.004, -0.5);
        estimate.voltageTrust(1, VoltageTrust.STUCK);
        estimate.currentBias(0.12);
        estimate.core(1, 31.0, 1.5);
        double[] figures = {
            estimate.soc(1),
            estimate.socSigma(1),
            estimate.fastRcV(1),
            estimate.slowRcV(1),
            estimate.predictedV(1),
            estimate.diffusionV(1),
            estimate.r0Ohm(1),
            estimate.fastOhm(1),
            estimate.slowOhm(1),
            estimate.ocvSlopeV(1),
            estimate.predictedSigmaV(1),
            estimate.misfit(1),
            estimate.resistanceError(1),
            estimate.resistanceErrorSigma(1),
            estimate.voltageErrorV(1),
            estimate.hysteresis(1),
            estimate.currentBiasA(),
            estimate.coreDegC(1),
            estimate.coreSigmaK(1)
        };
        assertArrayEquals(
                new double[] {
                    0.4, 0.02, 0.01, 0.02, 3.7, 0.003, 0.020, 0.010, 0.015, 0.9, 0.005, 0.8, 0.2, 0.05, 0.004, -0.5,
                    0.12, 31.0, 1.5
                },
                figures,
                1e-15);
        assertEquals(VoltageTrust.STUCK, estimate.voltageTrust(1));
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(0));
        estimate.voltageTrust(0, VoltageTrust.JUMPED);
        estimate.voltageTrust(2, VoltageTrust.JUMPED);
        estimate.soundVoltages(1, 2);
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(1));
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(2));
        assertEquals(VoltageTrust.JUMPED, estimate.voltageTrust(0));
    }

    @Test
    void aNewcomerStartsFromTheSameButLessSure() {
        PackEstimate from = new PackEstimate(new PackLayout(3, 1, 1));
        for (int c = 0; c < 3; c++) {
            from.cell(c, 0.3 + 0.1 * c, 0.03, 0.01 * c, 0.02 * c, 3.6 + 0.01 * c);
            from.diffusion(c, 0.003 * c);
            from.circuit(c, 0.020 + c, 0.010 + c, 0.015 + c, 0.9 + c);
        }
        from.close(77);
        estimate.widened(from, 0.04);
        for (int c = 0; c < 3; c++) {
            assertEquals(0.3 + 0.1 * c, estimate.soc(c), 1e-15);
            assertEquals(0.05, estimate.socSigma(c), 1e-15);
            assertEquals(0.01 * c, estimate.fastRcV(c));
            assertEquals(0.02 * c, estimate.slowRcV(c));
            assertEquals(3.6 + 0.01 * c, estimate.predictedV(c));
            assertEquals(0.003 * c, estimate.diffusionV(c));
            assertEquals(0.020 + c, estimate.r0Ohm(c));
            assertEquals(0.010 + c, estimate.fastOhm(c));
            assertEquals(0.015 + c, estimate.slowOhm(c));
            assertEquals(0.9 + c, estimate.ocvSlopeV(c));
        }
        assertEquals(77, estimate.nanos());
        assertTrue(estimate.known());
    }

    @Test
    void onlyAKnownEstimateOfAsManyCellsIsTakenOver() {
        assertEquals(
                "estimate must be known and of 3 cells but is unknown",
                assertThrows(IllegalArgumentException.class, () -> estimate.requireKnown(3))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> estimate.widened(new PackEstimate(new PackLayout(3, 1, 1)), 0.1));
        cells(0.1, 0.2, 0.3);
        assertEquals(
                "estimate must be known and of 4 cells but has 3",
                assertThrows(IllegalArgumentException.class, () -> estimate.requireKnown(4))
                        .getMessage());
        assertSame(estimate, estimate.requireKnown(3));
    }
}
