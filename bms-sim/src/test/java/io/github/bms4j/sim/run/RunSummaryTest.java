package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.charge.StopCause;
import io.github.bms4j.limit.LimitRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSummaryTest {
    private static RunSummary summary(double targetSoc, double endSoc, Map<LimitRule, Double> heldS) {
        return new RunSummary(
                1,
                1,
                0,
                1,
                0.9,
                0.2,
                0.2,
                endSoc,
                0.01,
                endSoc,
                1,
                1,
                1,
                1,
                1,
                1,
                4,
                3,
                30,
                targetSoc,
                StopCause.DEPARTURE,
                heldS,
                0,
                1,
                0,
                new RunGuard("none", 0, 1, "", true, 0.0, List.of()));
    }

    @ParameterizedTest(name = "{1} of {0} misses {2}")
    @CsvSource({"0.9, 0.9, 0", "0.9, 0.95, 0", "0.9, 0.8995, 0", "0.9, 0.898, 0.002", "0.9, 0.5, 0.4"})
    void aTenthOfAPointIsNotMissed(double targetSoc, double endSoc, double missed) {
        assertEquals(missed, summary(targetSoc, endSoc, Map.of()).missedSoc(), 1e-12);
    }

    @Test
    void theMainLimitIsTheLongestThatIsNotThePlansOwnWish() {
        assertEquals(LimitRule.PLAN, summary(0.9, 0.8, Map.of()).mainLimit());
        assertEquals(
                LimitRule.PLAN, summary(0.9, 0.8, Map.of(LimitRule.PLAN, 9.0)).mainLimit());
        assertEquals(
                LimitRule.TEMPERATURE,
                summary(0.9, 0.8, Map.of(LimitRule.PLAN, 9.0, LimitRule.TEMPERATURE, 3.0, LimitRule.RAMP, 1.0))
                        .mainLimit());
    }
}
