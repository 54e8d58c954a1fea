package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.NoiseModel.CircuitNoise;
import io.github.bms4j.estimate.NoiseModel.CurrentNoise;
import io.github.bms4j.estimate.NoiseModel.SampleNoise;
import io.github.bms4j.estimate.NoiseModel.StartNoise;
import io.github.bms4j.estimate.NoiseModel.VoltageNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NoiseModelTest {
    private final List<String> refusals = new ArrayList<>();

    private void refuse(Executable make) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, make).getMessage());
        refusals.add(message.substring(0, message.indexOf(' ')));
    }

    @Test
    void namesTheFigureThatIsWrong() {
        refuse(() -> new CurrentNoise(0.0, 1.0, 0.0));
        refuse(() -> new CurrentNoise(0.01, Double.NaN, 0.0));
        refuse(() -> new CurrentNoise(0.01, 1.0, -1.0));
        refuse(() -> new VoltageNoise(-1.0, false, 0.01, 0.0, 1.0, 1.0));
        refuse(() -> new VoltageNoise(0.0, false, 0.0, 0.0, 1.0, 1.0));
        refuse(() -> new VoltageNoise(0.0, false, 0.01, -1.0, 1.0, 1.0));
        refuse(() -> new VoltageNoise(0.0, false, 0.01, 0.0, 0.0, 1.0));
        refuse(() -> new VoltageNoise(0.0, false, 0.01, 0.0, 1.0, 0.0));
        refuse(() -> new SampleNoise(0.0, 0.0, 0.0, 1.0));
        refuse(() -> new SampleNoise(0.01, -1.0, 0.0, 1.0));
        refuse(() -> new SampleNoise(0.01, 0.0, -1.0, 1.0));
        refuse(() -> new SampleNoise(0.01, 0.0, 0.0, 0.0));
        refuse(() -> new CircuitNoise(0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0));
        refuse(() -> new CircuitNoise(0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0));
        refuse(() -> new CircuitNoise(0.1, 1.0, -1.0, 0.0, 0.0, 0.0, 0.0));
        refuse(() -> new CircuitNoise(0.1, 1.0, 0.0, -1.0, 0.0, 0.0, 0.0));
        refuse(() -> new CircuitNoise(0.1, 1.0, 0.0, 0.0, 1.1, 0.0, 0.0));
        refuse(() -> new CircuitNoise(0.1, 1.0, 0.0, 0.0, 0.0, -1.0, 0.0));
        refuse(() -> new CircuitNoise(0.1, 1.0, 0.0, 0.0, 0.0, 0.0, -1.0));
        refuse(() -> new StartNoise(0.0, 1.0, 0.0, 0.0));
        refuse(() -> new StartNoise(1.0, 0.0, 0.0, 0.0));
        refuse(() -> new StartNoise(1.0, 1.0, -1.0, 0.0));
        refuse(() -> new StartNoise(1.0, 1.0, 0.0, -1.0));
        String wanted =
                "offsetPerH memoryS gainSigma offsetV leastV socSigma memoryS memorySoc sigmaV memoryS stepShare"
                        + " stepMemoryS r0Sigma r0MemorySoc branchSigma polarisationSigma hysteresisSigma axisSigma perKelvin"
                        + " restPerH loadPerH meanPerH pastShare";
        assertEquals(Arrays.asList(wanted.split(" ")), refusals);
    }

    @Test
    void goesByTheChemistryAlone() {
        assertSame(NoiseModel.sloped(), NoiseModel.of(SampleCells.straight()));
        assertTrue(NoiseModel.flat().sample().sigmaV()
                > NoiseModel.sloped().sample().sigmaV());
    }
}
