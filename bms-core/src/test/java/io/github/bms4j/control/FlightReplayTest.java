package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.journal.FlightRecorder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out when a recorded run is run again. */
class FlightReplayTest extends FlightRun {
    @Test
    void aRunComesOutToTheSameBits() throws IOException {
        FlightReplay.Outcome outcome = replay(recorded());
        assertEquals("", outcome.deviation());
        assertEquals("", outcome.end());
        assertTrue(outcome.identical());
        assertEquals(701, outcome.cycles());
        assertTrue(outcome.digests() >= 70, outcome.digests() + " digests");
        assertEquals(5.1, outcome.firstS(), 1e-9);
        assertEquals(nanos * 1e-9, outcome.lastS(), 1e-9);
        assertTrue(Double.isNaN(outcome.deviatedAtS()));
    }

    @Test
    void theManagerThatIsReplayedIsTheOneThatWasRecorded() throws IOException {
        byte[] record = recorded();
        double[] last = new double[3];
        new FlightReplay("record", new ByteArrayInputStream(record), (m, s, same) -> {
                    last[0] = m.estimate().packSoc();
                    last[1] = m.estimate().socSigma(11);
                    last[2] += same ? 1 : 1000;
                })
                .run();
        assertEquals(manager.estimate().packSoc(), last[0]);
        assertEquals(manager.estimate().socSigma(11), last[1]);
        assertTrue(last[2] >= 70 && last[2] < 1000, "watched " + last[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekf", "spkf", "bar-delta", "counter"})
    void everyEstimatorIsFoundAgain(String name) throws IOException {
        manager = new BatteryManager(settings, Estimators.create(name, settings.cell(), layout, settings.noise()));
        FlightReplay.Outcome outcome = replay(recorded());
        assertEquals("", outcome.deviation());
    }

    /** One current differs by its last digit, 10 mA: found in the first digest after it, and in no earlier one. */
    @Test
    void aSingleChangedReadingIsFoundAtTheRightCycle() throws IOException {
        setUpAgain();
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        manager.record(new FlightRecorder(changed, sampleAgain));
        manager.start(0.55, 0.1);
        double changedAtS = Double.NaN;
        for (int k = 0; k < 300; k++) {
            read(sampleAgain, driven(k), k == 237);
            if (k == 237) {
                changedAtS = nanos * 1e-9;
            }
            manager.step(sampleAgain);
        }
        manager.endRecord();
        // the digests of one run, the readings of the other
        FlightReplay.Outcome itself = replay(changed.toByteArray());
        assertTrue(itself.identical());
        assertTrue(changedAtS > 0.0);
        byte[] mixed = withDigestsOf(changed.toByteArray(), honest(300));
        FlightReplay.Outcome outcome = replay(mixed);
        assertFalse(outcome.identical());
        assertEquals("estimate", outcome.deviation());
        assertTrue(
                outcome.deviatedAtS() >= changedAtS && outcome.deviatedAtS() <= changedAtS + 1.0,
                outcome.deviatedAtS() + " s for a reading changed at " + changedAtS + " s");
    }

    @Test
    void recordingAllocatesNothing() {
        OutputStream nowhere = OutputStream.nullOutputStream();
        manager.record(new FlightRecorder(nowhere, sample));
        manager.start(0.55, 0.1);
        double[] currentA =
                IntStream.range(0, 1000).mapToDouble(FlightRun::driven).toArray(); // a sine may allocate
        int[] k = {0};
        double bytes = Allocation.bytesPerCall(1000, () -> {
            read(currentA[k[0]++ % currentA.length]);
            manager.step(sample, station);
        });
        assertEquals(0.0, bytes, 0.5);
    }

    @Test
    void aCallThatIsRefusedNowIsADeviation() throws IOException {
        FlightRecorder recorder = new FlightRecorder(out, sample);
        manager.record(recorder);
        recorder.replans(); // nobody plugged in
        read(1.0);
        FlightReplay.Outcome outcome = replay(out.toByteArray());
        assertEquals(0, outcome.deviations(), "nothing was flushed yet");
        recorder.end(manager.estimate(), manager.limits(), manager.demand());
        outcome = replay(out.toByteArray());
        assertFalse(outcome.identical());
        assertEquals("a call that was refused now: plugIn() must come before replan()", outcome.deviation());
        assertEquals("left at the refused call", outcome.end());
    }

    @Test
    void aRecorderIsForOneManagerOnce() {
        FlightRecorder recorder = new FlightRecorder(out, sample);
        manager.record(recorder);
        BatteryManager other = new BatteryManager(settings);
        assertThrows(IllegalStateException.class, () -> other.record(recorder));
        read(1.0);
        assertThrows(IllegalStateException.class, () -> new FlightRecorder(out, sample));
    }

    @Test
    void whatIsRecordedDoesNotChangeWhatIsDecided() {
        recorded();
        FlightReplayTest again = new FlightReplayTest();
        again.manager.start(0.55, 0.1);
        for (int k = 0; k < 400; k++) {
            again.read(driven(k));
            again.disturb(k);
            again.manager.step(again.sample);
            if (k == 130) {
                again.sample.readCurrent(7.0);
            }
        }
        again.charge();
        assertEquals(manager.estimate().soc(5), again.manager.estimate().soc(5));
        assertEquals(manager.estimate().socSigma(5), again.manager.estimate().socSigma(5));
    }
}
