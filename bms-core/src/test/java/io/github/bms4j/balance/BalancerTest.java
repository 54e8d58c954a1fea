package io.github.bms4j.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of two straight 3 Ah cells at 3.6 V on 36 ohm: 0.1 A, 0.36 W a channel. A point of SOC is 0.06 Ah. */
class BalancerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final BalanceSettings PLAIN = new BalanceSettings(1.0, 2.0, 0.0, 0.002, 0.2, 0.0, 300.0, 60.0, 5.0);

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(4, 2, 1);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private Balancer balancer = with(PLAIN, board(4, 100.0, true));
    private long nanos;
    private double boardDegC = 40.0;
    private boolean allowed = true;
    private double cellV = 3.6;

    private Balancer with(BalanceSettings settings, BleedBoard board) {
        return new Balancer(type, layout, board, settings);
    }

    private static BleedBoard board(int channels, double mostW, boolean neighbours) {
        return new BleedBoard(36.0, 0.0, channels, mostW, neighbours, 85.0, 75.0, 60.0);
    }

    private void says(double sigma, double... soc) {
        Estimates.write(estimate, nanos, sigma, soc);
    }

    private void step(double dtS) {
        nanos += Math.round(dtS * SECOND);
        sample.begin(nanos);
        for (int c = 0; c < 4; c++) {
            sample.readCellVoltage(c, cellV);
        }
        balancer.count(sample);
        balancer.step(sample, estimate, boardDegC, allowed);
    }

    private void run(int seconds) {
        for (int s = 0; s < seconds; s++) {
            step(1.0);
        }
    }

    /** Cells are full together at 100, 99, 98 and 100 %: 0.12, 0.06, 0 and 0.12 Ah more than the third. */
    private void uneven() {
        says(1e-7, 1.0, 0.99, 0.98, 1.0);
    }

    private String reasons() {
        return balancer.reason(0) + " " + balancer.reason(1) + " " + balancer.reason(2) + " " + balancer.reason(3);
    }

    @Test
    void bleedsEveryCellToTheChargeOfTheLowestAndStopsByCharge() {
        step(1.0);
        assertEquals("UNKNOWN UNKNOWN UNKNOWN UNKNOWN", reasons());
        uneven();
        step(1.0);
        assertEquals("BLEEDING BLEEDING AT_TARGET BLEEDING", reasons());
        assertEquals(0.1, balancer.bleedA(0), 1e-12);
        assertEquals(0.0, balancer.bleedA(2));
        assertEquals(3 * 0.36, balancer.heatW(), 1e-12);
        run(2600);
        assertEquals("BLEEDING AT_TARGET AT_TARGET BLEEDING", reasons());
        run(4000);
        assertEquals("AT_TARGET AT_TARGET AT_TARGET AT_TARGET", reasons());
        double capacitySigma = 0.18 * 0.02; // 3 % of the way to the goal, twice
        assertEquals(0.12 - 2.0 * capacitySigma, balancer.bledAh(0), 3e-4);
        assertEquals(0.0, balancer.bledAh(2));
        assertEquals(0.0, balancer.heatW());
        assertEquals(2, balancer.lowest());
    }

    @Test
    void theSampleTellsTheEstimatorWhatWasBled() {
        uneven();
        step(1.0);
        step(1.0);
        assertEquals(0.1, sample.bledAs(0), 1e-9);
        assertEquals(0.0, sample.bledAs(2));
        step(0.5);
        assertEquals(0.15, sample.bledAs(0), 1e-9);
        assertEquals(0.15 / 3600.0, balancer.bledAh(0), 1e-12);
    }

    @Test
    void whatIsNotCertainStays() {
        says(0.01, 1.0, 1.0, 0.98, 1.0); // 0.12 ± 0.085 Ah
        step(1.0);
        assertEquals("NOT_SURE NOT_SURE AT_TARGET NOT_SURE", reasons());
        assertEquals(0.12, balancer.excessAh(0), 1e-12);
        assertEquals(0.0, balancer.leftAh(0));
        says(0.005, 1.0, 1.0, 0.98, 1.0); // 0.12 ± 0.0424 Ah
        step(1.0);
        assertEquals("BLEEDING BLEEDING AT_TARGET BLEEDING", reasons());
        assertEquals(0.12 - 2.0 * balancer.excessSigmaAh(0), balancer.leftAh(0), 1e-9);
        assertEquals(0.0427, balancer.excessSigmaAh(0), 2e-4);
    }

    @Test
    void aBleedBegunGoesOnBelowTheLeastThatBeginsOne() {
        says(1e-7, 1.0, 1.0, 0.9978, 1.0); // 0.0132 Ah, begun from 0.012
        step(1.0);
        assertTrue(balancer.bleeds(0));
        run(100); // 0.0027 Ah
        assertTrue(balancer.bleeds(0));
        Balancer late = with(PLAIN, board(4, 100.0, true));
        balancer = late;
        says(1e-7, 1.0, 1.0, 0.9985, 1.0);
        step(1.0);
        assertEquals("AT_TARGET AT_TARGET AT_TARGET AT_TARGET", reasons());
    }

    @Test
    void anUnknownPackIsLeftAlone() {
        run(5);
        assertEquals("UNKNOWN UNKNOWN UNKNOWN UNKNOWN", reasons());
        assertEquals(-1, balancer.lowest());
        assertTrue(Double.isNaN(balancer.excessAh(0)));
        assertTrue(Double.isNaN(balancer.excessSigmaAh(0)));
        assertEquals(Double.POSITIVE_INFINITY, balancer.differenceSigmaAh(0));
        assertEquals("cell 1 UNKNOWN", balancer.explain(1));
    }

    @Test
    void nothingIsBledWhileItIsForbidden() {
        uneven();
        step(1.0);
        allowed = false;
        step(1.0);
        assertEquals("FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN", reasons());
        assertFalse(balancer.bleeds(0));
        assertEquals(0.0, balancer.leftAh(0));
        double bled = balancer.bledAh(0);
        step(1.0);
        assertEquals(bled, balancer.bledAh(0), "and what is off bleeds nothing");
        allowed = true;
        step(1.0);
        assertTrue(balancer.bleeds(0), "it goes on at once");
    }

    @ParameterizedTest(name = "board {0}")
    @CsvSource({"84.9, BLEEDING", "85.0, HOT", "120, HOT", "NaN, BOARD_UNKNOWN"})
    void theBoardMustBeKnownAndNotHot(double degC, BalanceReason expected) {
        uneven();
        boardDegC = degC;
        step(1.0);
        assertEquals(expected, balancer.reason(0));
        assertEquals(expected == BalanceReason.BLEEDING, balancer.bleeds(0));
    }

    @Test
    void aHotBoardCoolsDownFirst() {
        uneven();
        boardDegC = 85.0;
        step(1.0);
        boardDegC = 75.0;
        step(1.0);
        assertEquals(BalanceReason.HOT, balancer.reason(0));
        boardDegC = 74.9;
        step(1.0);
        assertEquals(BalanceReason.BLEEDING, balancer.reason(0));
        boardDegC = 80.0;
        step(1.0);
        assertEquals(BalanceReason.BLEEDING, balancer.reason(0));
    }

    @Test
    void aBoardWithoutAThermometerNeedsNone() {
        balancer = with(PLAIN, new BleedBoard(36.0, 0.0, 4, 100.0, true, Double.POSITIVE_INFINITY, 75.0, 60.0));
        uneven();
        boardDegC = Double.NaN;
        step(1.0);
        assertTrue(balancer.bleeds(0));
    }

    @Test
    void aLowCellIsLeftAlone() {
        says(1e-4, 0.3, 0.21, 0.1, 0.19);
        balancer = with(new BalanceSettings(0.2, 2.0, 0.0, 0.002, 0.2, 0.0, 300.0, 60.0, 5.0), board(4, 100.0, true));
        step(1.0);
        assertEquals("BLEEDING BLEEDING AT_TARGET LOW_SOC", reasons());
        says(0.0099, 0.3, 0.2098, 0.1, 0.19);
        step(1.0);
        assertEquals("BLEEDING LOW_SOC AT_TARGET LOW_SOC", reasons(), "taken for worse by its sigma");
        says(0.009, 0.3, 0.2098, 0.1, 0.19);
        step(1.0);
        assertEquals(BalanceReason.WAITING_TURN, balancer.reason(1), "sure enough to be bled when its turn comes");
    }

    @Test
    void aCellWhoseVoltageIsLostIsNoLongerBled() {
        uneven();
        step(1.0);
        for (int s = 0; s < 130; s++) {
            nanos += SECOND;
            sample.begin(nanos);
            sample.readCellVoltage(1, cellV);
            balancer.count(sample);
            balancer.step(sample, estimate, boardDegC, allowed);
            if (s < 118) {
                assertEquals(balancer.reason(1), balancer.reason(0), "after " + (s + 1) + " s");
            } else if (s >= 120) {
                assertEquals(BalanceReason.NO_VOLTAGE, balancer.reason(0), "after " + (s + 1) + " s");
            }
        }
        assertFalse(balancer.bleeds(0));
        step(1.0);
        run(300);
        assertTrue(balancer.reason(0) == BalanceReason.BLEEDING || balancer.reason(0) == BalanceReason.MEASURING);
    }

    @Test
    void aCellWhoseVoltageWasNeverReadIsNotBled() {
        uneven();
        sample.begin(1);
        sample.readCellVoltage(1, cellV);
        balancer.count(sample);
        balancer.step(sample, estimate, boardDegC, allowed);
        assertEquals("NO_VOLTAGE BLEEDING AT_TARGET NO_VOLTAGE", reasons());
    }

    @Test
    void channelsTakeTurnsAndNeighboursStandBack() {
        balancer = with(PLAIN, board(1, 100.0, false));
        says(1e-7, 1.0, 0.9985, 0.98, 0.9995);
        step(1.0);
        assertEquals("BLEEDING WAITING_TURN AT_TARGET WAITING_TURN", reasons());
        run(299);
        assertEquals(BalanceReason.WAITING_TURN, balancer.reason(3), "a turn lasts five minutes");
        run(2);
        assertEquals(BalanceReason.BLEEDING, balancer.reason(3), "then the one with most left has its turn");
        assertEquals(BalanceReason.WAITING_TURN, balancer.reason(0));
    }

    @Test
    void aChannelThatHasDoneItsWorkFreesItsPlaceAtOnce() {
        balancer = with(new BalanceSettings(1.0, 2.0, 0.0, 1e-4, 0.2, 0.0, 300.0, 60.0, 5.0), board(1, 100.0, true));
        says(1e-9, 1.0, 0.9999, 0.9996, 0.9996); // 0.0024 and 0.0018 Ah: 86 and 65 s
        step(1.0);
        assertEquals("BLEEDING WAITING_TURN AT_TARGET AT_TARGET", reasons());
        run(95);
        assertEquals("AT_TARGET BLEEDING AT_TARGET AT_TARGET", reasons());
        assertEquals(0.0024, balancer.bledAh(0), 2.5e-4);
    }

    @Test
    void allChannelsGoOffForAWindowInEveryPeriod() {
        uneven();
        step(1.0);
        int off = 0;
        for (int s = 0; s < 600; s++) {
            step(1.0);
            boolean any = balancer.bleeds(0) || balancer.bleeds(1) || balancer.bleeds(3);
            if (!any) {
                assertEquals("MEASURING MEASURING AT_TARGET MEASURING", reasons(), "at " + s);
                assertFalse(balancer.disturbs(1));
                off++;
            }
        }
        assertEquals(50, off, "5 s in every minute");
        assertEquals(0.1 * 551, balancer.bledAh(0) * 3600.0, 0.11, "and what is off is not counted");
    }

    @Test
    void aBoardThatPausesByItselfNeedsNoWindow() {
        balancer = with(new BalanceSettings(1.0, 2.0, 0.0, 0.002, 0.2, 0.0, 300.0, 60.0, 0.0), board(4, 100.0, true));
        uneven();
        for (int s = 0; s < 600; s++) {
            step(1.0);
            assertTrue(balancer.bleeds(0), "at " + s);
        }
    }

    @Test
    void aChannelDisturbsItsOwnReadingAndItsNeighbours() {
        balancer = with(PLAIN, board(1, 100.0, true));
        says(1e-7, 0.98, 0.98, 0.98, 1.0);
        step(1.0);
        assertTrue(balancer.disturbs(3));
        assertTrue(balancer.disturbs(2));
        assertFalse(balancer.disturbs(1));
        balancer = with(PLAIN, board(1, 100.0, true));
        says(1e-7, 1.0, 0.98, 0.98, 0.98);
        step(1.0);
        assertTrue(balancer.disturbs(0));
        assertTrue(balancer.disturbs(1));
        assertFalse(balancer.disturbs(2));
    }

    @ParameterizedTest(name = "only {0} bleeds")
    @CsvSource({"0, true, true, false, false", "1, true, true, true, false", "3, false, false, true, true"})
    void nobodyButTheNeighboursIsDisturbed(int bleeding, boolean first, boolean second, boolean third, boolean fourth) {
        balancer = with(PLAIN, board(1, 100.0, true));
        double[] soc = {0.98, 0.98, 0.98, 0.98};
        soc[bleeding] = 1.0;
        says(1e-7, soc);
        step(1.0);
        boolean[] expected = {first, second, third, fourth};
        for (int c = 0; c < expected.length; c++) {
            assertEquals(expected[c], balancer.disturbs(c), "cell " + c);
        }
    }

    @Test
    void everyCellIsUnknownBeforeTheFirstStep() {
        assertEquals("UNKNOWN UNKNOWN UNKNOWN UNKNOWN", reasons());
    }

    @Test
    void aCellThatComesToHaveTooMuchNeedNotWaitForTheNextTurn() {
        says(1e-6, 0.98, 0.98, 0.98, 0.98);
        step(1.0);
        step(1.0);
        assertEquals("AT_TARGET AT_TARGET AT_TARGET AT_TARGET", reasons());
        uneven();
        step(1.0);
        assertEquals("BLEEDING BLEEDING AT_TARGET BLEEDING", reasons());
    }

    @Test
    void withoutALeastBleedTheLowestCellIsStillAtItsTarget() {
        balancer = with(new BalanceSettings(1.0, 2.0, 0.0, 0.0, 0.2, 0.0, 300.0, 60.0, 5.0), board(4, 100.0, true));
        uneven();
        step(1.0);
        assertEquals("BLEEDING BLEEDING AT_TARGET BLEEDING", reasons());
    }

    @Test
    void whatIsKnownAgesWithTheTimeThatIsCounted() {
        double driftPerDay = 0.001; // 0.006 Ah
        balancer = with(
                new BalanceSettings(1.0, 2.0, 0.0, 0.002, 0.2, driftPerDay, 300.0, 60.0, 5.0), board(4, 100.0, true));
        says(1e-7, 1.0, 1.0, 1.0, 1.0);
        step(1.0);
        says(1e-3, 1.0, 1.0, 1.0, 1.0); // as good as ten days' drift: not taken before
        for (int hour = 0; hour < 24; hour++) {
            step(3600.0);
        }
        assertEquals(0.006, balancer.differenceSigmaAh(0), 1e-5);
    }

    @Test
    void aGapCountsAsBledUpToTheBoardsLease() {
        uneven();
        step(1.0);
        step(600.0);
        assertEquals(6.0, balancer.bledAh(0) * 3600.0, 1e-9, "a minute's worth");
    }

    @Test
    void timeThatGoesBackwardsCountsNothing() {
        uneven();
        step(1.0);
        step(1.0);
        double before = balancer.bledAh(0);
        nanos -= 5 * SECOND;
        step(0.0);
        assertEquals(before, balancer.bledAh(0));
        step(6.0);
        assertEquals(
                before + 0.1 / 3600.0,
                balancer.bledAh(0),
                1e-12,
                "and what follows is counted from the last good time");
    }

    @Test
    void remembersAcrossAPowerCut() {
        balancer.remember(0, 0.2, 0.01);
        balancer.remember(1, 0.0, 0.01);
        balancer.remember(2, -0.1, 0.01);
        balancer.remember(3, -0.1, 0.01);
        says(0.2, 0.6, 0.6, 0.6, 0.6);
        step(1.0);
        assertEquals(0.2, balancer.differenceAh(0), 1e-12);
        assertEquals(0.01, balancer.differenceSigmaAh(0), 1e-12);
        assertTrue(balancer.bleeds(0));
        assertThrows(IllegalArgumentException.class, () -> balancer.remember(0, Double.NaN, 0.1));
        assertThrows(IllegalArgumentException.class, () -> balancer.remember(0, 0.1, 0.0));
    }

    @Test
    void explainsACellInOneLine() {
        says(0.005, 1.0, 1.0, 0.98, 1.0);
        step(1.0);
        assertEquals(
                "cell 0 BLEEDING: 0.120 ± 0.043 Ah more than cell 2, 0.035 Ah left, 0.000 Ah bled",
                balancer.explain(0));
    }

    @Test
    void allocatesNothing() {
        says(0.001, 1.0, 0.99, 0.98, 1.0);
        assertEquals(0.0, Allocation.bytesPerCall(2000, () -> step(1.0)), 0.5);
    }
}
