package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.replay.SocScore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingReplayTest {
    private static final BatterySettings SETTINGS =
            BatterySettings.standard(ShippedData.cell(), new PackLayout(1, 1, 1));

    /** Real data: a US06 drive of a Panasonic NCR18650PF from full to empty; its file was not fitted to. */
    @Test
    void followsARealCellFromAStartThatIsTwentyPointsWrong() {
        Recording drive = ShippedData.drive();
        SocScore score = RecordingReplay.run(drive, SETTINGS, -0.2, 0.2);
        assertEquals(-0.2, score.startError(), 1e-9);
        assertTrue(score.rows() > 30_000, () -> score.rows() + " rows scored");
        assertTrue(score.error().rms() <= 0.010, score::toString);
        assertTrue(score.band().coverage() >= 0.97, score::toString);
        assertTrue(
                score.error().max() >= score.error().rms()
                        && score.error().max() >= Math.abs(score.error().end()),
                score::toString);
        // The filter may be modest but not idle: three of its sigmas are no wider than 10 points.
        assertTrue(score.band().meanSigma() > 0.0 && score.band().meanSigma() < 0.033, score::toString);
    }

    private static Recording rest(String before, int rows, double socRef, String more) throws IOException {
        StringBuilder text = new StringBuilder("time_s,current_a,voltage_v,temperature_c,soc_ref\n" + before);
        double v = ShippedData.cell().ocv().v(socRef, 25.0);
        for (int k = 0; k < rows; k++) {
            text.append(String.format(Locale.ROOT, "%d,0,%.4f,25,%.3f\n", 100 + k, v, socRef));
        }
        return Recording.read("rest", new ByteArrayInputStream((text + more).getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest(name = "reference {0}, {1} wrong: starts {2} wrong")
    @CsvSource({"0.5, 0.2, 0.2", "0.5, -0.2, -0.2", "0.1, -0.2, -0.1", "0.9, 0.2, 0.1"})
    void aStartOutsideTheRangeIsOnlyAsWrongAsItCanBe(double socRef, double asked, double got) throws IOException {
        assertEquals(
                got,
                RecordingReplay.run(rest("", 10, socRef, ""), SETTINGS, asked, 0.2)
                        .startError(),
                1e-12);
    }

    @Test
    void countsOnlyRowsAfterTheSettlingTimeThatHaveAReference() throws IOException {
        Recording recording = rest("50,0,3.7,25,\n99,,,,\n", 620, 0.5, "800,0,,25,\n");
        SocScore score = RecordingReplay.run(recording, SETTINGS, 0.1, 0.1);
        assertEquals(20, score.rows(), "from 600 s after the first reference");
        assertTrue(Math.abs(score.error().end()) < 0.05, score::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0,1,4,25,\n1,1,4,25,\n",
                "0,1,4,,0.5\n700,1,4,,0.5\n701,1,4,,0.5\n",
                "0,1,4,25,0.5\n1,1,4,25,0.5\n"
            })
    void withoutReferenceOrTemperatureOrTimeNothingIsScored(String rows) throws IOException {
        Recording recording = Recording.read(
                "thin",
                new ByteArrayInputStream(("time_s,current_a,voltage_v,temperature_c,soc_ref\n" + rows)
                        .getBytes(StandardCharsets.US_ASCII)));
        SocScore score = RecordingReplay.run(recording, SETTINGS, -0.2, 0.2);
        assertEquals(0, score.rows());
        assertEquals(Double.NaN, score.error().rms());
        assertEquals(Double.NaN, score.error().max());
        assertEquals(Double.NaN, score.band().coverage());
        assertEquals(Double.NaN, score.error().end());
        assertEquals(Double.NaN, score.band().meanSigma());
    }
}
