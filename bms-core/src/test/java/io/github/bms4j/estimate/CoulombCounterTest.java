package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoulombCounterTest {
    private static final long SECOND = 1_000_000_000L;

    /** Offset 0.01/h, capacity 4 %: 3 Ah cells, two in parallel. */
    private final NoiseModel noise = new NoiseModel(
            new NoiseModel.CurrentNoise(0.01, 36_000.0, 0.04),
            NoiseModel.sloped().voltage(),
            NoiseModel.sloped().sample(),
            NoiseModel.sloped().circuit(),
            NoiseModel.sloped().start());

    private final PackLayout layout = new PackLayout(2, 2, 1);
    private final CoulombCounter counter = new CoulombCounter(withEfficiency(0.98), layout, noise);
    private final PackSample sample = new PackSample(layout);

    private static CellType withEfficiency(double efficiency) {
        CellType t = SampleCells.straight();
        CellRating r = t.rating();
        CellRating rating = new CellRating(
                r.capacityAh(),
                r.nominalV(),
                r.minV(),
                r.maxV(),
                r.maxDischargeA(),
                r.maxChargeA(),
                r.discharge(),
                r.charge(),
                efficiency);
        return new CellType(
                t.name(), t.chemistry(), rating, t.ocv(), t.circuit(), t.thermal(), t.chargeMap(), t.provenance());
    }

    private StepResult step(double timeS, double packA) {
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(packA);
        return counter.step(sample);
    }

    private void hold(int fromS, int toS, double packA) {
        for (int s = fromS; s <= toS; s++) {
            assertEquals(StepResult.USED, step(s, packA));
        }
    }

    @ParameterizedTest(name = "{0} A of the pack for {1} s takes SOC 0.5 to {2}")
    @CsvSource({
        " 6.0, 600, 0.333333333333",
        "-6.0, 600, 0.663333333333", // 98 of 100 parts can be taken out again
        " 0.0, 600, 0.5",
        " 1.2, 3600, 0.3"
    })
    void movesByChargeOverCapacityLessWhatChargingLoses(double packA, int seconds, double soc) {
        counter.start(0.5, 0.01);
        hold(0, seconds, packA);
        assertEquals(soc, counter.soc(0), 1e-9);
        assertEquals(soc, counter.soc(1), 1e-9);
    }

    @Test
    void theFirstSampleOnlySetsTheClock() {
        counter.start(0.5, 0.01);
        assertEquals(StepResult.USED, step(1.7e9, 6.0));
        assertEquals(0.5, counter.soc(0));
        assertEquals(0.01, counter.sigma(0));
        assertEquals(0.0, counter.stepS());
        assertEquals(3.0, counter.stepA());
    }

    @Test
    void meansTheCurrentsAtBothEndsOfAStep() {
        counter.start(0.5, 0.01);
        step(0, 0.0);
        step(10, 6.0);
        assertEquals(0.5 - 1.5 * 10 / 10_800.0, counter.soc(0), 1e-15);
        assertEquals(10.0, counter.stepS());
        assertEquals(1.5, counter.stepA());
    }

    @Test
    void countsALogWhoseSamplesLieAsFarApartAsIsBridged() {
        counter.start(0.9, 0.01);
        for (int k = 0; k <= 30; k++) { // 3 A of 3 Ah a cell for an hour, a sample every two minutes
            step(120 * k, 3.0);
        }
        assertEquals(0.9 - 0.5, counter.soc(0), 1e-9);
    }

    @Test
    void tellsEveryPartOfItsUncertainty() {
        counter.start(0.8, 0.02);
        hold(0, 1800, 6.0); // half an hour at 1C: down by 0.5
        hold(1801, 3600, -3.0); // and at C/2 back by 0.245
        SocLineage lineage = counter.lineage(1);
        assertEquals(SocLineage.Anchor.START, lineage.anchor());
        assertEquals(0.8, lineage.anchorSoc());
        assertEquals(0.02, lineage.anchorSigma());
        assertEquals(3600.0, lineage.sinceS());
        assertEquals(1.5, lineage.dischargedAh(), 2e-3); // 3 Ah out, 1.5 Ah in, of two cells in parallel
        assertEquals(0.01, lineage.offsetSigma(), 1e-12);
        assertEquals(0.04 * 0.255, lineage.capacitySigma(), 2e-5); // 4 % of the net movement
        assertEquals(0.0, lineage.gapSigma());
        assertEquals(0.545, lineage.soc(), 1e-3);
        assertEquals(Math.sqrt(0.02 * 0.02 + 0.01 * 0.01 + 0.0102 * 0.0102), lineage.sigma(), 1e-5);
        assertEquals(counter.soc(1), lineage.soc());
        assertEquals(counter.sigma(1), lineage.sigma());
        assertEquals(
                "54.48 % ± 2.46: START 80.00 % ± 2.00 1.00 h ago, +1.501 Ah discharged since, ± 1.00 current offset,"
                        + " ± 1.02 capacity, ± 0.00 gaps",
                lineage.toString());
    }

    @Test
    void aGapWidensAndIsNotCounted() {
        counter.start(0.5, 0.01);
        step(0, 6.0);
        step(10, 6.0); // still counted
        double soc = counter.soc(0);
        assertEquals(0.5 - 30.0 / 10_800.0, soc, 1e-12);
        step(730, 6.0); // 12 min unseen, at C/2 10 points
        step(1090, 6.0); // 6 min unseen, 5 points
        assertEquals(soc, counter.soc(0));
        assertEquals(Math.sqrt(0.01 + 0.0025), counter.lineage(0).gapSigma(), 1e-12);
        assertTrue(counter.sigma(0) > 0.11, "sigma " + counter.sigma(0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e7})
    void holdsWithoutACurrentAndTakesTheNextStepWhole(double nonsense) {
        counter.start(0.5, 0.01);
        step(0, 6.0);
        assertEquals(StepResult.HELD, step(1, nonsense));
        assertEquals(0.5, counter.soc(0));
        assertEquals(StepResult.USED, step(2, 6.0));
        assertEquals(0.5 - 6.0 / 10_800.0, counter.soc(0), 1e-15);
    }

    @Test
    void holdsWhenTimeStandsOrRunsBackwards() {
        counter.start(0.5, 0.01);
        step(5, 6.0);
        assertEquals(StepResult.HELD, step(5, 6.0));
        assertEquals(StepResult.HELD, step(4, 6.0));
        assertEquals(0.5, counter.soc(0));
    }

    @Test
    void anAnchorThatIsSurerBeginsTheCountAnewForItsCellAlone() {
        counter.start(0.5, 0.05);
        hold(0, 600, 6.0);
        step(1000, 6.0);
        counter.anchorAtRest(0, 0.30, 0.08);
        assertEquals(SocLineage.Anchor.START, counter.lineage(0).anchor(), "a worse one is no anchor");
        counter.anchorAtRest(0, 0.30, 0.015);
        assertEquals(0.30, counter.soc(0));
        assertEquals(0.015, counter.sigma(0));
        assertEquals(0.5 - 1.0 / 6.0, counter.soc(1), 1e-9);
        hold(1001, 1060, 6.0);
        SocLineage lineage = counter.lineage(0);
        assertEquals(SocLineage.Anchor.REST, lineage.anchor());
        assertEquals(0.30 - 60.0 / 3600.0, lineage.soc(), 1e-9);
        assertEquals(60.0, lineage.sinceS());
        assertEquals(0.1, lineage.dischargedAh(), 1e-9);
        assertEquals(0.0, lineage.gapSigma(), 1e-12);
        assertEquals(SocLineage.Anchor.START, counter.lineage(1).anchor());
        assertTrue(counter.lineage(1).gapSigma() > 0.05);
    }

    @Test
    void aNewStartForgetsTheOldCount() {
        counter.start(0.5, 0.05);
        hold(0, 600, 6.0);
        counter.anchorAtRest(0, 0.3, 0.001);
        counter.start(0.9, 0.02);
        assertEquals(StepResult.USED, step(100, 6.0), "time may begin elsewhere");
        assertEquals(0.9, counter.soc(0));
        assertEquals(0.02, counter.sigma(0));
        assertEquals(SocLineage.Anchor.START, counter.lineage(0).anchor());
        assertEquals(0.0, counter.lineage(0).dischargedAh());
        assertEquals(2, counter.cells());
    }

    @Test
    void refusesToRunUnstartedAndBadStarts() {
        assertThrows(IllegalStateException.class, () -> step(0, 1.0));
        assertThrows(IllegalArgumentException.class, () -> counter.start(Double.NaN, 0.1));
        assertThrows(IllegalArgumentException.class, () -> counter.start(0.5, -0.1));
    }

    @Tag("endurance")
    @Test
    void leavesNothingOnTheHeap() {
        counter.start(0.5, 0.05);
        long[] nanos = {0};
        double bytes = Allocation.bytesPerCall(10_000, () -> {
            nanos[0] += SECOND / 10;
            sample.begin(nanos[0]);
            sample.readCurrent(0.1);
            counter.step(sample);
        });
        assertEquals(0.0, bytes, 0.01);
    }
}
