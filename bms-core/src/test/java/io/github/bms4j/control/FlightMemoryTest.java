package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackJournal;
import io.github.bms4j.journal.Restart;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin with what was remembered. */
class FlightMemoryTest extends FlightRun {
    /** A drive, its memory, and a second run from it: started as it was left, and recorded with its start. */
    @Test
    void aRunFromAMemoryComesOutToTheSameBits(@TempDir Path folder) throws IOException {
        manager.start(0.6, 0.05);
        manager.startCapacity(3, 1.9, 0.02);
        for (int k = 0; k < 300; k++) {
            read(driven(k));
            manager.step(sample);
        }
        PackEstimate left = manager.estimate();
        MemorySettings memory = MemorySettings.standard();
        try (PackJournal journal = PackJournal.open(folder, settings.cell(), layout, memory)) {
            journal.close(nanos, 1e9, sample, left);
        }
        try (PackJournal journal = PackJournal.open(folder, settings.cell(), layout, memory)) {
            Restart restart = journal.restart(1e9 + 86_400.0);
            manager = new BatteryManager(settings);
            manager.record(new FlightRecorder(out, sampleAgain));
            manager.restore(restart);
        }
        read(sampleAgain, 1.0, false);
        manager.step(sampleAgain);
        PackEstimate found = manager.estimate();
        for (int c = 0; c < 12; c++) {
            assertEquals(left.soc(c), found.soc(c), left.socSigma(c), "cell " + c);
            assertEquals(left.health().capacityAh(c), found.health().capacityAh(c), 1e-4, "cell " + c);
            double walk = 0.002 * left.health().capacityAh(c);
            double sigma = left.health().capacitySigmaAh(c);
            double grown = Math.sqrt(sigma * sigma + walk * walk);
            assertEquals(grown, found.health().capacitySigmaAh(c), 0.02 * grown, "as the regression takes it up");
            assertEquals(left.health().resistanceRatio(c), found.health().resistanceRatio(c), 1e-3);
            assertEquals(manager.counter().soc(c), left.soc(c) - 0.02 / 30.0, 0.001);
        }
        double faded = left.currentBiasA()
                * StrictMath.exp(-86_400.0 / settings.noise().current().memoryS());
        assertEquals(faded, found.currentBiasA(), 1e-3);
        for (int k = 0; k < 100; k++) {
            read(sampleAgain, driven(k), false);
            manager.step(sampleAgain);
        }
        manager.startCapacity(5, 1.8, 0.05); // in mid-flight, as a service tool may
        read(sampleAgain, 0.0, false);
        manager.step(sampleAgain);
        manager.endRecord();
        FlightReplay.Outcome outcome = replay(out.toByteArray());
        assertEquals("", outcome.deviation());
        assertEquals(102, outcome.cycles());
    }

    @Test
    void anUnknownMemoryStartsFromTheMiddleByVoltage(@TempDir Path folder) throws IOException {
        try (PackJournal journal = PackJournal.open(folder, settings.cell(), layout, MemorySettings.standard())) {
            manager.restore(journal.restart(Double.NaN));
        }
        soc = 0.8;
        for (int k = 0; k < 100; k++) {
            read(0.0);
            manager.step(sample);
        }
        assertTrue(
                manager.estimate().packSoc() > 0.6,
                "voltage leads: " + manager.estimate().packSoc());
        assertEquals(2.0, manager.estimate().health().capacityAh(0), 1e-12, "the rated one");
        assertTrue(Double.isNaN(manager.estimate().health().resistanceRatio(0)));
    }
}
