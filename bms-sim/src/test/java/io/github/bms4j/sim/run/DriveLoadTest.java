package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.replay.Recording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriveLoadTest {
    private static Recording recording(String rows) throws IOException {
        return Recording.read(
                "test", new ByteArrayInputStream(("time_s,current_a\n" + rows).getBytes(StandardCharsets.US_ASCII)));
    }

    /** 2 A for 1 s, nothing measured for 3 s, -4 A for 1 s, then 6 A for ever; the first row is at 100 s. */
    @ParameterizedTest(name = "{0} s to {1} s: {2} A")
    @CsvSource({
        "0, 1, 2",
        "0, 0.5, 2",
        "0, 2, 1",
        "1, 4, 0",
        "0.5, 1.5, 1",
        "4, 5, -4",
        "3.5, 4.5, -2",
        "0, 5, -0.4",
        "4.5, 5.5, 1",
        "5, 6, 6",
        "100, 200, 6"
    })
    void meanCurrentHoldsARowUntilTheNext(double fromS, double toS, double meanA) throws IOException {
        DriveLoad load = new DriveLoad(recording("100,2\n101,\n104,-4\n105,6\n"));
        assertEquals(meanA, load.meanA(fromS, toS), 1e-12);
    }

    @Test
    void isOverWithItsLastRow() throws IOException {
        DriveLoad load = new DriveLoad(recording("100,2\n105,6\n"));
        assertFalse(load.over(4.999));
        assertTrue(load.over(5.0));
    }

    @Test
    void noChargeIsLostOrMadeHoweverTheStepsFall() throws IOException {
        NoiseSource random = new NoiseSource(21);
        StringBuilder rows = new StringBuilder();
        double timeS = 0.0;
        double chargeAs = 0.0;
        for (int k = 0; k < 2000; k++) {
            double currentA = Math.rint(random.bell() * 1000) / 1000;
            rows.append(String.format(Locale.ROOT, "%.3f,%.3f\n", timeS, currentA));
            double stepS = Math.rint((0.001 + 0.5 * random.uniform()) * 1000) / 1000;
            chargeAs += currentA * stepS;
            timeS += stepS;
        }
        DriveLoad load = new DriveLoad(recording(rows + String.format(Locale.ROOT, "%.3f,0\n", timeS)));
        double sumAs = 0.0;
        double atS = 0.0;
        while (!load.over(atS)) {
            double nextS = atS + 0.1;
            sumAs += load.meanA(atS, nextS) * (nextS - atS);
            atS = nextS;
        }
        assertEquals(chargeAs, sumAs, 1e-9);
    }
}
