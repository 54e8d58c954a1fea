package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Six cells with three sensors, in two blocks: cells 0 to 2 see sensors 0 and 1, cells 3 to 5 sensors 1 and 2. */
class BlockTemperatureTest {
    private final PackLayout layout = new PackLayout(6, 1, 3);
    private final PackSample sample = new PackSample(layout);
    private final BlockTemperature first = new BlockTemperature(layout, 0, 3);
    private final BlockTemperature second = new BlockTemperature(layout, 3, 3);
    private final List<String> told = new ArrayList<>();
    private long seconds;

    private List<String> follow(BlockTemperature block, double... degC) {
        told.clear();
        seconds += 10;
        sample.begin(seconds * 1_000_000_000L);
        for (int s = 0; s < degC.length; s++) {
            sample.readTemperature(s, degC[s]);
        }
        block.follow(sample.temperature(), (from, end, t) -> told.add(from + " to " + end + ": " + t));
        return told;
    }

    @Test
    void everyCellHearsOfItsOwnSensor() {
        assertEquals(List.of("0 to 2: 20.0", "2 to 3: 25.0"), follow(first, 20.0, 25.0, 30.0));
        assertEquals(List.of("0 to 1: 25.0", "1 to 3: 30.0"), follow(second, 20.0, 25.0, 30.0));
    }

    @Test
    void whatHardlyMovesChangesNothing() {
        follow(first, 20.0, 25.0, 30.0);
        assertEquals(List.of(), follow(first, 20.04, 24.96, 30.0));
        assertEquals(List.of("2 to 3: 24.94"), follow(first, 20.04, 24.94, 30.0));
        assertEquals(List.of("0 to 2: 20.06"), follow(first, 20.06, 24.94, 35.0), "not a sensor of this block");
        assertEquals(List.of("0 to 2: 20.0"), follow(first, 20.0, 24.94, 35.0), "counted from what was handed on");
    }

    @Test
    void aStepOfTheSmallestAmountIsHandedOn() {
        follow(first, 0.0, 0.0, 0.0);
        assertEquals(List.of("0 to 2: 0.05"), follow(first, BlockTemperature.FOLLOWED_K, 0.0, 0.0));
    }
}
