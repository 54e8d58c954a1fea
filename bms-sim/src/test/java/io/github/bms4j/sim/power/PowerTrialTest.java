package io.github.bms4j.sim.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.sim.power.PowerScore.Row;
import io.github.bms4j.sim.run.ShippedData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PowerTrialTest {
    private static PowerScore trial(int states, long seed) {
        return new PowerTrial(ShippedData.cell(), ShippedData.truth(), seed).run(states);
    }

    private static void check(PowerScore score, double mostBroken, double leastMedian, double leastRowMedian) {
        assertTrue(score.brokenShare() <= mostBroken, score.table());
        assertTrue(score.medianTightness() >= leastMedian, score.table());
        for (Row row : score.rows()) {
            assertTrue(row.grants() > 0.2 * row.possible(), row.toString());
            assertTrue(row.medianTightness() >= leastRowMedian, row + "\n" + score.table());
        }
    }

    @Test
    void keepsWhatItPromisesAndPromisesWhatIsThere() {
        PowerScore score = trial(150, 11L);
        assertEquals(150, score.states());
        check(score, 0.003, 0.88, 0.78);
        String table = score.table();
        assertTrue(table.startsWith("150 states"), table);
        assertTrue(table.contains("discharge") && table.contains("cont.") && table.contains("60 s"), table);
        assertEquals(Direction.CHARGE, score.row(Direction.CHARGE, Horizon.S10).direction());
    }

    @Test
    void givesTheSameScoreForTheSameSeed() {
        assertEquals(trial(3, 5L), trial(3, 5L));
    }

    @Test
    @Tag("endurance")
    void keepsItInAThousandStates() {
        check(trial(1_000, 4L), 0.001, 0.90, 0.79);
    }
}
