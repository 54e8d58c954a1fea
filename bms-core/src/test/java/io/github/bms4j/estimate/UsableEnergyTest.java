package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.estimate.UsableEnergy.End;
import org.junit.jupiter.api.Test;

class UsableEnergyTest {
    @Test
    void givesTheRangeThatHoldsNineteenTimesOfTwenty() {
        UsableEnergy energy = new UsableEnergy(100.0, 10.0, 3600.0, End.EMPTY, 3);
        assertEquals(80.4, energy.lowWh(), 1e-12);
        assertEquals(119.6, energy.highWh(), 1e-12);
        assertEquals(0.0, new UsableEnergy(10.0, 10.0, 360.0, End.EMPTY, 3).lowWh(), "no pack gives less than nothing");
    }

    @Test
    void readsAsASentence() {
        assertEquals(
                "100.0 Wh (80.4 to 119.6) in 3600 s until EMPTY of cell 3",
                new UsableEnergy(100.0, 10.0, 3600.0, End.EMPTY, 3).toString());
        assertEquals(
                "100.0 Wh (100.0 to 100.0) in 60 s until CELL_VOLTAGE of cell 0",
                new UsableEnergy(100.0, 0.0, 60.0, End.CELL_VOLTAGE, 0).toString());
        assertEquals(
                "0.0 Wh (0.0 to 0.0) in 0 s until POWER", new UsableEnergy(0.0, 0.0, 0.0, End.POWER, -1).toString());
    }
}
