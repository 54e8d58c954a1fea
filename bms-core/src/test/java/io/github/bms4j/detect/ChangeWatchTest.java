package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A quantity measured every 100 s to 0.1 that is usually 0, or a share of a regressor. */
class ChangeWatchTest {
    private static final double DT_S = 100.0;
    private static final double R = 0.01;
    private static final double DAY_S = 86_400.0;

    private ChangeWatch watch = watch(0.0, 0.0, 0.0);
    private long nanos;

    private static ChangeWatch watch(double offsetPerDay, double share, double learnS) {
        return new ChangeWatch(2, new ChangeWatch.Usual(1.0, share, offsetPerDay, 0.0, 0.1, learnS));
    }

    private void step(double y) {
        step(y, 0.0);
    }

    private void step(double y, double regressor) {
        nanos += 100_000_000_000L;
        watch.step(1, y, regressor, R, DT_S, nanos);
    }

    private void steps(int n, double y) {
        for (int k = 0; k < n; k++) {
            step(y);
        }
    }

    @Test
    void aStepIsAChangeAtTheFifthMeasurementWhoseWeightIsBounded() {
        steps(200, 0.0);
        steps(4, 1.0);
        assertFalse(watch.changed(1, 0.0, 0.0), "four times five sigmas");
        step(1.0);
        assertTrue(watch.changed(1, 0.0, 0.0));
        assertTrue(watch.sudden(1));
        assertEquals(1.0, watch.change(1), 1e-9);
        assertEquals(200 * 100e9, (double) watch.onset(1), "since the last one that was usual");
        assertFalse(watch.changed(0, 0.0, 0.0), "the other member has nothing to do with it");
    }

    @Test
    void theFirstMeasurementOfAChangeMayLieHalfBeforeIt() {
        steps(200, 0.0);
        step(0.6);
        step(1.0);
        assertEquals(1.0, watch.change(1), 1e-9, "the second replaces it");
        step(1.3);
        assertEquals(1.15, watch.change(1), 1e-9, "then the mean counts");
        step(1.0);
        assertEquals(1.1, watch.change(1), 1e-9);
    }

    @Test
    void aChangeIsKnownAsWellAsTheUsualAndItsMeasurements() {
        steps(200, 0.0);
        steps(9, -1.0);
        double known = 1.0 / (1.0 + 200.0 / R);
        double variance = known + R / 8.0 + 0.25 * 0.1 * 0.1;
        assertEquals(-1.0, watch.change(1), 1e-9);
        assertEquals(Math.sqrt(variance), watch.changeSigma(1), 1e-9);
        assertTrue(watch.changed(1, 1.0 - 3.1 * Math.sqrt(variance), 3.0));
        assertFalse(watch.changed(1, 1.0 - 2.9 * Math.sqrt(variance), 3.0));
        steps(6, -1.0);
        assertEquals(Math.sqrt(known + R / 14.0 + 0.0025), watch.changeSigma(1), 1e-9, "fifteen of them");
        steps(1, -1.0);
        double last = known + R / 15.0 + 0.0025;
        assertEquals(
                Math.sqrt(last + 0.15 * 0.15),
                watch.changeSigma(1),
                1e-9,
                "of more, a part may have been learned before");
        steps(30, -1.0);
        assertEquals(Math.sqrt(last + 0.15 * 0.15), watch.changeSigma(1), 1e-9, "and no more than fifteen count");
    }

    @Test
    void aSlowDriftIsNotSudden() {
        steps(200, 0.0);
        for (int k = 0; k < 400 && !watch.changed(1, 0.0, 0.0); k++) {
            step(0.02 * k);
        }
        assertTrue(watch.changed(1, 0.0, 0.0));
        assertFalse(watch.sudden(1));
    }

    @Test
    void whatIsBelowTheSlackIsNothing() {
        steps(200, 0.0);
        steps(500, 0.1);
        assertFalse(watch.changed(1, 0.0, 0.0));
        assertEquals(700 * 100e9, (double) watch.onset(1));
    }

    @Test
    void acceptedItIsTheNewUsual() {
        steps(200, 0.0);
        steps(20, 1.0);
        watch.accept(1);
        assertFalse(watch.changed(1, 0.0, 0.0));
        assertEquals(0.0, watch.change(1));
        steps(200, 1.0);
        assertFalse(watch.changed(1, 0.0, 0.0));
        steps(20, 0.0);
        assertTrue(watch.changed(1, 0.0, 0.0), "and going back is a change");
        assertEquals(-1.0, watch.change(1), 0.01);
    }

    @Test
    void acceptedItIsKnownNoBetterThanItWasMeasured() {
        steps(5000, 0.0);
        steps(20, 1.0);
        watch.accept(1);
        steps(400, 1.2); // 0.2 off at 0.05 known is learned, not found
        assertFalse(watch.changed(1, 0.0, 0.0));
        assertEquals(0.0, watch.change(1), 0.02);
    }

    @Test
    void aSumThatStandsForThreeDaysWithoutBeingTakenIsTheNewUsual() {
        steps(200, 0.0);
        int threeDays = (int) (3.0 * DAY_S / DT_S);
        steps(threeDays, 1.0);
        assertTrue(watch.changed(1, 0.0, 0.0), "it stood for three days");
        step(1.0);
        assertFalse(watch.changed(1, 0.0, 0.0), "and is dropped");
        steps(50, 1.0);
        assertFalse(watch.changed(1, 0.0, 0.0), "because it is usual now");
        assertEquals(0.0, watch.change(1), 0.01);
    }

    @Test
    void nothingIsAChangeWhileItLearns() {
        watch = watch(0.0, 0.0, 5000.0);
        steps(49, 0.0);
        watch.step(0, 0.0, 0.0, R, DT_S, nanos);
        assertEquals(49 * 100e9, (double) watch.onset(1));
        ChangeWatch early = watch(0.0, 0.0, 5000.0);
        watch = early;
        nanos = 0;
        steps(40, 0.0);
        steps(9, 1.0);
        assertFalse(watch.changed(1, 0.0, 0.0));
        assertEquals(49 * 100e9, (double) watch.onset(1), "4900 s");
        steps(10, 1.8);
        assertTrue(watch.changed(1, 0.0, 0.0));
        assertEquals(49 * 100e9, (double) watch.onset(1));
    }

    @Test
    void aShareOfTheRegressorIsLearnedAndUsual() {
        watch = watch(0.0, 1.0, 0.0);
        for (int k = 0; k < 400; k++) {
            double warm = k % 20 - 10.0;
            step(0.3 + 0.05 * warm, warm);
            assertFalse(watch.changed(1, 0.0, 0.0), "at " + k);
        }
        for (int k = 0; k < 6; k++) {
            step(0.3 + 0.05 * 30.0, 30.0);
        }
        assertFalse(watch.changed(1, 0.0, 0.0), "also where it was never so warm");
        for (int k = 0; k < 6; k++) {
            step(0.3, 30.0);
        }
        assertTrue(watch.changed(1, 0.0, 0.0), "and its absence is a change");
        assertEquals(-1.5, watch.change(1), 0.05);
    }

    @Test
    void theUsualMayWander() {
        watch = watch(0.5, 0.0, 0.0);
        steps(200, 0.0);
        nanos += Math.round(10 * DAY_S * 1e9);
        watch.step(1, 1.0, 0.0, R, 10.0 * DAY_S, nanos);
        assertFalse(watch.changed(1, 0.0, 0.0));
        step(1.0);
        steps(3, 1.0);
        assertFalse(watch.changed(1, 0.0, 0.0), "after ten days unseen a sigma is 1.6");
    }
}
