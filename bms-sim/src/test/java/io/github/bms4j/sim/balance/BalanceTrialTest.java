package io.github.bms4j.sim.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.balance.BalanceReason;
import io.github.bms4j.sim.balance.BalanceTrial.Use;
import io.github.bms4j.sim.balance.BalanceTrial.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures that docs/balance-trial.sh prints, held for weeks of single packs. */
class BalanceTrialTest {
    private static BalanceTrial lived(Way way, Use use, long seed, int days) {
        BalanceTrial trial = new BalanceTrial(way, use, seed);
        trial.live(days);
        return trial;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void byChargeCellsThatWereApartComeTogether(long seed) {
        double before = new BalanceTrial(Way.CHARGE_BAR, Use.APART, seed).apartAh();
        BalanceTrial trial = lived(Way.CHARGE_BAR, Use.APART, seed, 42);
        assertTrue(before > 5.0, "they were apart: " + before);
        assertTrue(trial.apartAh() < 0.4, "seed " + seed + ": " + before + " -> " + trial.apartAh() + " Ah");
        assertTrue(trial.usableAh() > 99.0, "seed " + seed + ": usable " + trial.usableAh());
        assertTrue(
                trial.worstSigmas() < 4.0, "seed " + seed + ": a difference was " + trial.worstSigmas() + " sigma off");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 4)
    void byChargeCellsThatAreTogetherStayTogetherAndLoseNothing(long seed) {
        for (Use use : new Use[] {Use.TOGETHER, Use.NEVER_FULL}) {
            BalanceTrial trial = lived(Way.CHARGE_BAR, use, seed, 21);
            assertTrue(trial.apartAh() < 0.02, use + " seed " + seed + ": " + trial.apartAh());
            assertTrue(trial.bledAh() < 0.1, use + " seed " + seed + ": " + trial.bledAh());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 4)
    void byChargeCellsThatLeakAreKeptTogether(long seed) {
        BalanceTrial alone = lived(Way.NOBODY, Use.LEAKING, seed, 42);
        BalanceTrial trial = lived(Way.CHARGE_BAR, Use.LEAKING, seed, 42);
        assertTrue(alone.apartAh() > 1.5, "seed " + seed + ": they leak apart: " + alone.apartAh());
        assertTrue(trial.apartAh() < 0.5 * alone.apartAh(), "seed " + seed + ": " + trial.apartAh());
        assertTrue(trial.worstSigmas() < 4.0, "seed " + seed + ": " + trial.worstSigmas());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 4)
    void byVoltageCellsThatAreTogetherAreTakenApart(long seed) {
        BalanceTrial never = lived(Way.VOLTAGE, Use.NEVER_FULL, seed, 28);
        assertTrue(never.apartAh() > 0.5, "seed " + seed + ": " + never.apartAh());
        BalanceTrial weekly = lived(Way.VOLTAGE, Use.TOGETHER, seed, 28);
        assertTrue(weekly.apartAh() > 0.25, "seed " + seed + ": " + weekly.apartAh());
        assertTrue(weekly.bledAh() > 1.0, "seed " + seed + " and " + weekly.bledAh() + " Ah are burnt for it");
    }

    @Test
    void anEstimatorThatFollowsEachCellByItselfHarmsNothing() {
        BalanceTrial trial = lived(Way.CHARGE_EKF, Use.TOGETHER, 1, 21);
        assertEquals(0.0, trial.apartAh(), 0.02);
        assertTrue(trial.worstSigmas() < 3.0, "it knows too little of the differences and says so");
        BalanceReason reason = trial.balancer().reason(trial.balancer().lowest());
        assertEquals(BalanceReason.AT_TARGET, reason);
    }

    @Test
    void whoBleedsNothingChangesNothing() {
        double before = new BalanceTrial(Way.NOBODY, Use.APART, 1).apartAh();
        assertEquals(before, lived(Way.NOBODY, Use.APART, 1, 7).apartAh(), 1e-9);
    }
}
