package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackJournal;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.measure.PackSample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pack of twelve cells that is driven, charged, disturbed and recorded, and what comes out when that is run again. */
class FlightReplayTest {
    private static final long CYCLE = 100_000_000L;
    private static final FlightReplay.Watcher NOBODY = (manager, sample, identical) -> {};

    private final PackLayout layout = new PackLayout(12, 2, 3);
    private final BatterySettings settings = BatterySettings.standard(SampleCells.rich(), layout);
    private final StationState station = new StationState();
    private final PackSample sample = new PackSample(layout);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private BatteryManager manager = new BatteryManager(settings);
    private PackSample sampleAgain = new PackSample(layout);
    private long nanos = 5_000_000_000L;
    private double soc = 0.6;

    private void read(double packA) {
        nanos += CYCLE;
        soc -= packA / 2.0 * 0.1 / 7200.0;
        sample.begin(nanos);
        sample.readCurrent(Math.rint(packA * 100.0) / 100.0);
        for (int c = 0; c < 12; c++) {
            double v = 3.2 + 0.9 * (soc + 1e-3 * c) - packA / 2.0 * 0.03;
            sample.readCellVoltage(c, Math.rint(v * 1e4) / 1e4);
        }
        for (int s = 0; s < 3; s++) {
            sample.readTemperature(s, 24.5 + s);
        }
    }

    private static double driven(int k) {
        return 3.0 + 2.0 * StrictMath.sin(0.01 * k) + (k % 40 < 10 ? 2.0 : 0.0);
    }

    /** A drive with every disturbance a sample may suffer, a charge with a changed offer and a new plan, and the end. */
    private byte[] recorded() {
        manager.record(new FlightRecorder(out, sample));
        manager.start(0.55, 0.1);
        for (int k = 0; k < 400; k++) {
            read(driven(k));
            disturb(k);
            manager.step(sample);
            if (k == 130) {
                sample.readCurrent(7.0); // after the cycle
            }
        }
        charge();
        manager.endRecord();
        return out.toByteArray();
    }

    private void disturb(int k) {
        switch (k) {
            case 50 -> sample.readCellVoltage(3, Double.NaN);
            case 60 -> sample.readCellVoltage(4, 9.9);
            case 61 -> sample.readCurrent(3.123456789123);
            case 70 -> sample.readTemperature(1, 80.0);
            case 71 -> sample.readTemperature(1, 80.5);
            case 80 -> sample.readCurrent(Double.POSITIVE_INFINITY);
            case 90 -> sample.begin(nanos); // everything is missing
            case 100 -> nanos += 45_000_000_000L; // a gap
            case 110 -> sample.begin(nanos - 10 * CYCLE); // time runs backwards
            default -> {}
        }
    }

    private void charge() {
        StationOffer offer = new StationOffer(
                "tariff \"A\"\\ 1",
                60.0,
                50.0,
                86_400.0,
                List.of(new OfferStep(0.0, 400.0, 0.3, Double.NaN), new OfferStep(90.0, 200.0, 0.1, 12.0)));
        manager.plugIn(new ChargeNeed(0.9, 0.4, 3600.0, 5.0, 0.01), offer, 21.3, sample);
        station.phase = ChargePhase.CHARGING;
        station.permitted = true;
        station.maxA = 20.0;
        station.maxV = 60.0;
        for (int k = 0; k < 300; k++) {
            station.presentV = 44.0 + 0.1 * (k % 7);
            station.presentA = -manager.demand().chargeA();
            station.elapsedMin = Math.floor(k / 60.0);
            read(-manager.demand().chargeA());
            manager.step(sample, station);
            if (k == 100) {
                manager.offer(StationOfferOf(0.5));
                manager.replan(sample);
            }
        }
        manager.unplug();
        read(0.0);
        manager.step(sample);
    }

    private static StationOffer StationOfferOf(double price) {
        return new StationOffer("now", 60.0, 30.0, 86_400.0, List.of(new OfferStep(0.0, 300.0, price, Double.NaN)));
    }

    private static FlightReplay.Outcome replay(byte[] record) throws IOException {
        return new FlightReplay("record", new ByteArrayInputStream(record), NOBODY).run();
    }

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

    private void setUpAgain() {
        manager = new BatteryManager(settings);
        sampleAgain = new PackSample(layout);
        nanos = 5_000_000_000L;
        soc = 0.6;
    }

    private void read(PackSample into, double packA, boolean change) {
        nanos += CYCLE;
        soc -= packA / 2.0 * 0.1 / 7200.0;
        into.begin(nanos);
        into.readCurrent(Math.rint(packA * 100.0 + (change ? 1.0 : 0.0)) / 100.0);
        for (int c = 0; c < 12; c++) {
            into.readCellVoltage(c, Math.rint((3.2 + 0.9 * (soc + 1e-3 * c) - packA / 2.0 * 0.03) * 1e4) / 1e4);
        }
        for (int s = 0; s < 3; s++) {
            into.readTemperature(s, 24.5 + s);
        }
    }

    private byte[] honest(int cycles) {
        setUpAgain();
        ByteArrayOutputStream honest = new ByteArrayOutputStream();
        manager.record(new FlightRecorder(honest, sampleAgain));
        manager.start(0.55, 0.1);
        for (int k = 0; k < cycles; k++) {
            read(sampleAgain, driven(k), false);
            manager.step(sampleAgain);
        }
        manager.endRecord();
        return honest.toByteArray();
    }

    /** Puts the 24 bytes of each digest, which end a chunk, from one record into another of the same chunks. */
    private static byte[] withDigestsOf(byte[] into, byte[] from) {
        ByteBuffer to = ByteBuffer.wrap(into.clone());
        ByteBuffer source = ByteBuffer.wrap(from);
        int at = 8;
        int sourceAt = 8;
        int chunk = 0;
        while (at < into.length && sourceAt < from.length) {
            int length = to.getInt(at);
            int sourceLength = source.getInt(sourceAt);
            int end = at + 8 + length;
            int sourceEnd = sourceAt + 8 + sourceLength;
            if (chunk >= 4 && length > 24) {
                for (int i = 24; i >= 1; i--) {
                    to.put(end - i, source.get(sourceEnd - i));
                }
                CRC32C crc = new CRC32C();
                crc.update(to.array(), at + 8, length);
                to.putInt(at + 4, (int) crc.getValue());
            }
            chunk++;
            at = end;
            sourceAt = sourceEnd;
        }
        return to.array();
    }

    @Test
    void aCutRecordRunsToTheCutAndSaysSo() throws IOException {
        byte[] record = recorded();
        int whole = 0;
        int head = 0;
        for (int cut = 0; cut < record.length; cut += 697) {
            byte[] part = Arrays.copyOf(record, cut);
            try {
                FlightReplay.Outcome outcome = replay(part);
                assertTrue(outcome.identical(), "cut at " + cut + ": " + outcome.deviation());
                assertTrue(outcome.end().contains("at byte "), "cut at " + cut + ": " + outcome.end());
                assertTrue(outcome.cycles() >= whole, "a longer part has no fewer cycles");
                whole = (int) outcome.cycles();
            } catch (IOException e) {
                assertEquals(0, whole, "only a cut head is unreadable, but: " + e.getMessage());
                assertTrue(String.valueOf(e.getMessage()).startsWith("record: found "), e.getMessage());
                head++;
            }
        }
        assertTrue(whole > 680, whole + " cycles of the longest part");
        assertTrue(head > 3, head + " cut heads");
    }

    @Test
    void damageIsFoundWhereItIs() throws IOException {
        byte[] record = recorded();
        int tried = 0;
        for (int at = record.length / 2; at < record.length; at += 503) {
            byte[] damaged = record.clone();
            damaged[at] ^= 0x10;
            FlightReplay.Outcome outcome = replay(damaged);
            assertTrue(outcome.identical(), "damage at " + at);
            assertTrue(
                    outcome.end().startsWith("damaged at byte ")
                            || outcome.end().startsWith("cut at byte "),
                    outcome.end());
            tried++;
        }
        assertTrue(tried > 20, tried + " places");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "BMSR", "BMSR\u0009aaa", "time_s,current_a,voltage_v\n1,2,3\n"})
    void whatIsNoRecordIsOneLine(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        String told = String.valueOf(
                assertThrows(IOException.class, () -> replay(bytes)).getMessage());
        assertTrue(told.startsWith("record: found ") && told.contains(", expected "), told);
        assertFalse(told.contains("\n"), told);
    }

    @Test
    void otherSettingsAreRefusedInOneLine() throws IOException {
        byte[] record = recorded();
        String text = new String(record, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("limits.voltageMarginV");
        byte[] other = record.clone();
        other[at] = 'm';
        ByteBuffer b = ByteBuffer.wrap(other);
        int settingsAt = 8; // after the words and the estimator's name
        settingsAt += 8 + b.getInt(settingsAt);
        settingsAt += 8 + b.getInt(settingsAt);
        CRC32C crc = new CRC32C();
        crc.update(other, settingsAt + 8, b.getInt(settingsAt));
        b.putInt(settingsAt + 4, (int) crc.getValue());
        String told = String.valueOf(
                assertThrows(IOException.class, () -> replay(other)).getMessage());
        assertEquals(
                "record: found settings this version cannot run (limits.voltageMarginV is missing), expected its own",
                told);
    }

    @Test
    void aFailingStreamEndsTheRecordAndNotTheCycle() {
        OutputStream full = new OutputStream() {
            private int room = 20_000;

            @Override
            public void write(int b) throws IOException {
                throw new IOException("unused");
            }

            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                room -= len;
                if (room < 0) {
                    throw new IOException("no space left");
                }
            }
        };
        FlightRecorder recorder = new FlightRecorder(full, sample);
        manager.record(recorder);
        manager.start(0.55, 0.1);
        for (int k = 0; k < 3000; k++) {
            read(driven(k));
            manager.step(sample);
        }
        String failure = String.valueOf(recorder.failure());
        assertTrue(failure.startsWith("flight record ended after ") && failure.endsWith("no space left"), failure);
        assertTrue(recorder.bytes() <= 20_000);
        assertTrue(manager.estimate().known());
        manager.endRecord();
    }

    @Test
    void recordingAllocatesNothing() {
        OutputStream nowhere = OutputStream.nullOutputStream();
        manager.record(new FlightRecorder(nowhere, sample));
        manager.start(0.55, 0.1);
        int[] k = {0};
        double bytes = Allocation.bytesPerCall(1000, () -> {
            read(driven(k[0]++));
            manager.step(sample, station);
        });
        assertEquals(0.0, bytes, 0.5);
    }

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
