package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The planner against linear and mixed-integer programmes, where both apply. */
class ChargePlannerLinearTest {
    @ParameterizedTest(name = "{1} cases {0} of up to {3} slots")
    @CsvSource({"LINEAR, 60, 1, 48", "TWO_WAY, 20, 10001, 24", "STARTS, 14, 20001, 16", "TWO_WAY_STARTS, 6, 30001, 12"})
    void isWithinAPercentOfTheProgramme(LinearCase.Kind kind, int cases, long firstSeed, int mostSlots) {
        compare(kind, cases, firstSeed, mostSlots);
    }

    @Tag("endurance")
    @Test
    void isWithinAPercentOfTheProgrammeInFiveHundredCases() {
        compare(LinearCase.Kind.LINEAR, 350, 1, 96);
        compare(LinearCase.Kind.TWO_WAY, 80, 10_001, 32);
        compare(LinearCase.Kind.STARTS, 50, 20_001, 20);
        compare(LinearCase.Kind.TWO_WAY_STARTS, 20, 30_001, 14);
    }

    private static void compare(LinearCase.Kind kind, int cases, long firstSeed, int mostSlots) {
        List<String> outside = new ArrayList<>();
        boolean whole = kind == LinearCase.Kind.STARTS || kind == LinearCase.Kind.TWO_WAY_STARTS;
        for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
            LinearCase c = new LinearCase(seed, kind, mostSlots);
            ChargePlan plan = c.plan();
            double planned = plan.cost().total();
            double least = ReferenceProgramme.leastCost(c);
            if (whole && planned < least) {
                least = Math.min(least, ReferenceProgramme.leastCost(c, plan));
            }
            // A session may earn about as much as it costs; a percent of a currency unit is the least that is told
            // apart.
            double scale = Math.max(Math.abs(least), 1.0);
            if (!(Math.abs(planned - least) <= 0.01 * scale)) {
                outside.add("seed " + seed + ": " + planned + " planned, " + least + " by the programme");
            }
            if (plan.starts() > c.need().rules().mostStarts()) {
                outside.add("seed " + seed + ": " + plan.starts() + " starts");
            }
        }
        assertTrue(outside.isEmpty(), kind + ": " + String.join("; ", outside));
    }
}
