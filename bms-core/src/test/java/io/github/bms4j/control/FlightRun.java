package io.github.bms4j.control;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.measure.PackSample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** A pack of twelve cells that is driven, charged, disturbed and recorded. */
abstract class FlightRun {
    static final long CYCLE = 100_000_000L;
    static final FlightReplay.Watcher NOBODY = (manager, sample, identical) -> {};

    final PackLayout layout = new PackLayout(12, 2, 3);
    final BatterySettings settings = BatterySettings.standard(SampleCells.rich(), layout);
    final StationState station = new StationState();
    final PackSample sample = new PackSample(layout);
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    BatteryManager manager = new BatteryManager(settings);
    PackSample sampleAgain = new PackSample(layout);
    long nanos = 5_000_000_000L;
    double soc = 0.6;

    void read(double packA) {
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

    static double driven(int k) {
        return 3.0 + 2.0 * StrictMath.sin(0.01 * k) + (k % 40 < 10 ? 2.0 : 0.0);
    }

    /** A drive with every disturbance a sample may suffer, a charge with a changed offer and a new plan, and the end. */
    byte[] recorded() {
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

    void disturb(int k) {
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

    void charge() {
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

    static StationOffer StationOfferOf(double price) {
        return new StationOffer("now", 60.0, 30.0, 86_400.0, List.of(new OfferStep(0.0, 300.0, price, Double.NaN)));
    }

    static FlightReplay.Outcome replay(byte[] record) throws IOException {
        return new FlightReplay("record", new ByteArrayInputStream(record), NOBODY).run();
    }

    void setUpAgain() {
        manager = new BatteryManager(settings);
        sampleAgain = new PackSample(layout);
        nanos = 5_000_000_000L;
        soc = 0.6;
    }

    void read(PackSample into, double packA, boolean change) {
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

    byte[] honest(int cycles) {
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
    static byte[] withDigestsOf(byte[] into, byte[] from) {
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
}
