package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.charge.CellSpread;
import io.github.bms4j.charge.PackCondition;
import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;

/** Where the cells of a pack will be when it is charged. */
class PackConditionsTest {
    private static final double TO_SOC = 0.9;

    private final CellType cell = SampleCells.straight();

    private PackEstimate estimate(double... socs) {
        PackEstimate estimate = new PackEstimate(new PackLayout(socs.length, 10, 1));
        Estimates.write(estimate, 0L, 0.0, socs);
        return estimate;
    }

    /** Writes capacities as shares of the rated one, known to another share. */
    private void learn(PackEstimate estimate, double sigma, double... shares) {
        PackLayout layout = new PackLayout(shares.length, 10, 1);
        CapacityEstimator capacity = new CapacityEstimator(cell, layout, CapacitySettings.standard());
        double ratedAh = cell.rating().capacityAh();
        for (int c = 0; c < shares.length; c++) {
            capacity.start(c, shares[c] * ratedAh, sigma * ratedAh);
        }
        PackSample sample = new PackSample(layout);
        sample.begin(0L);
        sample.readCurrent(0.0);
        for (int c = 0; c < shares.length; c++) {
            sample.readCellVoltage(c, 3.6);
        }
        sample.readTemperature(0, 25.0);
        capacity.step(sample, estimate);
    }

    private static double mean(PackEstimate estimate, CellSpread spread, double soc) {
        double now = estimate.packSoc();
        return now + spread.meanLead() + spread.meanRise() * (soc - now);
    }

    private static double fullest(PackEstimate estimate, CellSpread spread, double soc) {
        return estimate.soc(estimate.strongest()) + spread.fullestRise() * (soc - estimate.packSoc());
    }

    @Test
    void oneCellIsThePack() {
        PackCondition condition = PackConditions.of(estimate(0.4), cell, TO_SOC);
        assertEquals(0.0, condition.spread().meanLead(), 1e-12);
        assertEquals(1.0, condition.spread().meanRise(), 1e-9);
        assertEquals(1.0, condition.spread().fullestRise(), 1e-9);
        assertEquals(1.0, condition.capacityShare(), 1e-9);
    }

    @Test
    void cellsApartLeaveLessToCharge() {
        PackEstimate estimate = estimate(0.38, 0.40, 0.42);
        PackCondition condition = PackConditions.of(estimate, cell, TO_SOC);
        CellSpread spread = condition.spread();
        assertEquals(0.4, mean(estimate, spread, estimate.packSoc()), 1e-12);
        double mean = mean(estimate, spread, TO_SOC);
        double full = fullest(estimate, spread, TO_SOC);
        double empty = 2.0 * mean - full;
        assertEquals(TO_SOC, empty / (1.0 + empty - full), 1e-9);
        // 2 points now, and what the unknown capacities add: the farthest of three, about 0.9 of one percent of the
        // way.
        assertEquals(Math.hypot(0.02, 0.009 * (mean - 0.4)), full - mean, 3e-4);
        assertEquals(condition.capacityShare(), spread.meanRise(), 1e-12);
    }

    @Test
    void believesOfLearnedCapacitiesOnlyWhatTheDoubtLeaves() {
        double[] shares = {0.97, 1.00, 1.03, 0.99, 1.01};
        PackEstimate doubtful = estimate(0.4, 0.4, 0.4, 0.4, 0.4);
        PackEstimate sure = estimate(0.4, 0.4, 0.4, 0.4, 0.4);
        learn(doubtful, 0.03, shares);
        learn(sure, 0.0005, shares);
        PackCondition loosely = PackConditions.of(doubtful, cell, TO_SOC);
        PackCondition firmly = PackConditions.of(sure, cell, TO_SOC);
        double loose = fullest(doubtful, loosely.spread(), TO_SOC) - mean(doubtful, loosely.spread(), TO_SOC);
        double firm = fullest(sure, firmly.spread(), TO_SOC) - mean(sure, firmly.spread(), TO_SOC);
        // The smallest has gone 0.5 / 0.97 when the mean has gone 0.5: 1.5 points ahead, if it is that small.
        assertEquals(0.015, firm, 1.5e-3);
        assertTrue(loose > 0.003 && loose < 0.009, "doubtful spread " + loose);
        assertTrue(loosely.capacityShare() > firmly.capacityShare());
        assertEquals(0.03, loosely.capacitySigma(), 2e-3);
    }

    @Test
    void aChargeThatIsAlmostOverIsStillAWay() {
        PackEstimate estimate = estimate(0.93, 0.95);
        CellSpread spread = PackConditions.of(estimate, cell, 0.5).spread();
        assertTrue(spread.meanRise() > 0.9 && spread.meanRise() < 1.0, spread.toString());
        assertTrue(spread.fullestRise() > 0.9 && spread.fullestRise() < 1.0, spread.toString());
    }
}
