package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthWatchTest {
    private static final CellRating RATING = ShippedData.cell().rating();

    private static SimPack pack(double soc, double degC) {
        return new SimPack(
                ShippedData.truth(),
                new PackLayout(3, 1, 1),
                new PackSpread(0.0, 0.0, 0.0, 0.0),
                1.0,
                soc,
                degC,
                new NoiseSource(1));
    }

    @Test
    void aPackInItsRatingsBreaksNothing() {
        TruthWatch watch = new TruthWatch(RATING);
        SimPack pack = pack(0.5, 25.0);
        watch.look(pack, false);
        watch.look(pack, true);
        assertEquals(2, watch.steps());
        assertEquals(0, watch.broken());
        assertEquals(pack.cellV(0), watch.highestV());
        assertEquals(pack.cellV(0), watch.lowestV());
        assertEquals(25.0, watch.highestDegC());
    }

    /** One step of 1 s at a current of one cell, then a look. */
    @ParameterizedTest(name = "SOC {0}, {1} °C, {2} A, charging {3}: {4} broken")
    @CsvSource({
        "1.0, 25, -6, true, 1", "0.98, 25, 0, true, 0", "0.0, 25, 12, false, 1", "0.5, 25, 5, false, 0",
        "0.5, 50, 0, true, 1", "0.5, 50, 0, false, 0", "0.5, 70, 0, false, 1", "0.5, -5, 0, true, 1",
        "0.5, -5, 0, false, 0", "0.5, -25, 0, false, 1"
    })
    void aStepOutsideVoltageOrTemperatureCounts(double soc, double degC, double cellA, boolean charging, long broken) {
        TruthWatch watch = new TruthWatch(RATING);
        SimPack pack = pack(soc, degC);
        pack.step(cellA, 1.0, degC);
        watch.look(pack, charging);
        assertEquals(broken, watch.broken());
        assertEquals(1, watch.steps());
    }

    @Test
    void extremesAreThoseOfAllSteps() {
        TruthWatch watch = new TruthWatch(RATING);
        SimPack full = pack(0.9, 20.0);
        SimPack empty = pack(0.1, 40.0);
        watch.look(full, false);
        watch.look(empty, false);
        watch.look(pack(0.5, 30.0), false);
        assertEquals(full.highestV(), watch.highestV());
        assertEquals(empty.lowestV(), watch.lowestV());
        assertEquals(40.0, watch.highestDegC());
    }
}
