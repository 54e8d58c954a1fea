package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a predictor keeps while the power is off, and what it makes of it. */
class RememberedLimitsTest {
    private static final double BOUND_A2 = 10_000.0;
    private static final double TAU_S = 5.0;
    private final CurrentTimeRating fuse = CurrentTimeRating.fuse(100.0, 50_000.0, 1.0);

    @ParameterizedTest(name = "{0} A², {1} A for {2} s unseen, {3} s of rest")
    @CsvSource({
        // remembered, unseen A, unseen s, rest s, share of the bound after all
        "4000, 0, 0, 0, 0.4",
        "4000, 0, 0, 5, 0.14715177646857694",
        "4000, 0, 0, NaN, 0.4",
        "4000, 50, 10, 0, 0.4", // it would have cooled: nobody knows
        "4000, 100, 5, 0, 0.7792723352971346",
        "4000, 100, 5, 5, 0.2866782712294747",
        "4000, 100, NaN, 0, 0.4",
        "20000, 0, 0, 0, 2.0", // overloaded when the power went
        "0, 0, 0, 0, 0.0",
        "NaN, 0, 0, 0, 1.0",
        "-1, 0, 0, 0, 1.0",
        "Infinity, 0, 0, 0, 1.0",
        "NaN, 0, 0, 5, 0.36787944117144233",
    })
    void aFuseGoesOnWhereItWas(double a2, double unseenA, double unseenS, double restS, double share) {
        CurrentTimeLoad load = new CurrentTimeLoad(fuse);
        load.recall(0, a2, unseenA, unseenS, restS);
        assertEquals(share * BOUND_A2, load.meanA2(0), 1e-9 * BOUND_A2);
        double part = 1.0 - StrictMath.exp(-1.0 / TAU_S);
        double roomA2 = Math.max(0.0, (BOUND_A2 - (1.0 - part) * share * BOUND_A2) / part);
        assertEquals(Math.sqrt(roomA2), load.mostA(Horizon.S1), 1e-6);
    }

    @Test
    void aLoadThatWasNotKeptCountsAsUsedUp() {
        CellType type = SampleCells.straight();
        PackLayout layout = new PackLayout(2, 1, 1);
        CurrentTimeRating contactor = CurrentTimeRating.contactor(200.0, new double[] {10.0}, new double[] {500.0});
        LimitSettings settings = LimitSettings.standard().withSwitchgear(List.of(fuse, contactor));
        PowerPredictor predictor = new PowerPredictor(type, layout, settings);
        assertEquals(3, predictor.loads());
        double[] kept = new double[3];
        predictor.recallLoads(new double[] {1.0, 2.0, 3.0}, 0.0, 0.0, 0.0);
        predictor.keepLoads(kept);
        assertArrayEquals(new double[] {1.0, 2.0, 3.0}, kept);
        predictor.recallLoads(new double[] {1.0, 2.0}, 0.0, 0.0, 0.0);
        predictor.keepLoads(kept);
        assertEquals(BOUND_A2, kept[0]);
        assertEquals(contactor.boundA2(0), kept[1]);
        assertEquals(contactor.boundA2(1), kept[2]);
    }

    private static ResponseRatio ratio() {
        return new ResponseRatio(2, 1.0, 0.002, 0.01, 0.2, 0.05);
    }

    /** A cell that answers a quarter stronger than its model. */
    private static ResponseRatio learned() {
        ResponseRatio ratio = ratio();
        for (int k = 0; k < 40; k++) {
            double modelV = k % 2 == 0 ? 0.0 : 0.05;
            ratio.begin(1.0);
            for (int c = 0; c < 2; c++) {
                ratio.cell(c, 3.7 - 1.25 * modelV, 3.7, modelV);
            }
        }
        return ratio;
    }

    @Test
    void aResponseIsTakenUpWhereItWasLearned() {
        ResponseRatio before = learned();
        assertEquals(1.25, before.ratio(0, 1.0), 0.01);
        ResponseRatio after = ratio();
        after.recall(0, before.sumXx(0), before.sumXy(0), 1.0);
        assertEquals(before.ratio(0, 1.0), after.ratio(0, 1.0));
        assertEquals(before.sigma(0), after.sigma(0));
        assertEquals(1.0, after.ratio(1, 1.0), "the other one was not told");
        after.recall(1, before.sumXx(0), before.sumXy(0), 0.01);
        assertTrue(after.sigma(1) > after.sigma(0), "a hundredth of the evidence is less sure");
        assertTrue(after.ratio(1, 1.0) > 1.0 && after.ratio(1, 1.0) < after.ratio(0, 1.0), "and nearer to the model");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 0.01, 1",
        "0.005, NaN, 1",
        "-0.005, 0.005, 1",
        "0, 0, 1",
        "0.011, 0.011, 1",
        "0.005, 0.051, 1",
        "0.005, -0.051, 1",
        "0.005, 0.005, 0",
        "0.005, 0.005, 1.01",
        "0.005, 0.005, NaN",
        "Infinity, 1, 1"
    })
    void sumsThatNoCellCanLeaveChangeNothing(double xx, double xy, double share) {
        ResponseRatio ratio = ratio();
        double sigma = ratio.sigma(0);
        ratio.recall(0, xx, xy, share);
        assertEquals(1.0, ratio.ratio(0, 1.0));
        assertEquals(sigma, ratio.sigma(0));
        assertEquals(0.0, ratio.sumXx(0));
    }

    @Test
    void aPredictorKeepsBothResponsesOfEveryCell() {
        PowerPredictor predictor =
                new PowerPredictor(SampleCells.straight(), new PackLayout(2, 1, 1), LimitSettings.standard());
        double[] kept = new double[2 * PowerPredictor.RESPONSES];
        double[] told = {1e-6, 1.1e-6, 2e-6, 2.4e-6, 3e-6, 3.3e-6, Double.NaN, 1.0};
        predictor.recallResponses(told, 1.0);
        predictor.keepResponses(kept);
        assertArrayEquals(new double[] {1e-6, 1.1e-6, 2e-6, 2.4e-6, 3e-6, 3.3e-6, 0.0, 0.0}, kept);
    }
}
