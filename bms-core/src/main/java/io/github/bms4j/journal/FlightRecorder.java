package io.github.bms4j.journal;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records every input of the control cycle to the last bit, with the settings at its head and a digest of what was decided each second, so
 * that an incident can be run again and every decision compared.
 *
 * <p>Hand it to {@code BatteryManager.record} before the start; it listens to the sample and is told of every call. Readings are kept as they
 * were offered, NaN and nonsense included. Bytes go to the stream in chunks with a CRC, one with each digest: a killed process loses the last
 * second at most. A stream that fails ends the record, never the cycle: see {@link #failure}.
 *
 * <p>Size: about 4 MB an hour for 96 cells at 10 Hz with 1 mV of noise, 6.5 MB with all signals of a vehicle; docs/replay.md has figures and the form. The stream is written from
 * within the cycle: hand in one that does not wait (a buffer, a file in the page cache). Thread: one. Allocation: none per step after
 * construction; events such as a plug-in allocate.
 */
public final class FlightRecorder implements PackSample.Tap, PackSignals.Tap {
    static final int MAGIC = 0x424D5352; // BMSR
    static final int VERSION = 1;

    private static final long DIGEST_NANOS = 1_000_000_000L;
    private static final int CHUNK = 1 << 16;
    private static final int MOST_SIGNALS = 16;

    private final OutputStream out;
    private final PackSample sample;
    private final int[] base;
    private final double[] offered;
    private final boolean[] isOffered;
    private final ReadingCodec[] codecs;
    private final StationCodec station = new StationCodec();
    private final BitBuffer buffer;
    private final byte[] frame = new byte[8];
    private final CRC32C crc = new CRC32C();
    private final int mostSample;

    private @Nullable String failure;
    private boolean open;
    private boolean pending;
    private long pendingNanos;
    private long lastNanos;
    private long lastStepNanos;
    private boolean digested;
    private long digestNanos;
    private long bytes;
    private long cycles;

    /**
     * A recorder that waits to be handed to a battery manager.
     *
     * @param out receives the record; not closed
     * @param sample the sample that every cycle is read into; nothing may have been read into it yet
     */
    public FlightRecorder(OutputStream out, PackSample sample) {
        if (sample.begun()) {
            throw new IllegalStateException("the recorder must be made before the first reading");
        }
        this.out = out;
        this.sample = sample;
        PackLayout layout = sample.layout();
        int[] sizes = sizes(layout);
        base = bases(sizes);
        int all = base[base.length - 1];
        offered = new double[all];
        isOffered = new boolean[all];
        codecs = new ReadingCodec[sizes.length];
        int most = 32;
        for (int q = 0; q < sizes.length; q++) {
            codecs[q] = new ReadingCodec(sizes[q]);
            most += ReadingCodec.mostBytes(sizes[q]);
        }
        mostSample = most;
        buffer = new BitBuffer(CHUNK + 2 * most + StationCodec.MOST_BYTES + 64 + restoreBytes(layout));
        sample.tap(this);
    }

    /** Sensors of each quantity. */
    static int[] sizes(PackLayout layout) {
        return new int[] {1, 1, layout.cells(), layout.temperatureSensors(), layout.cells()};
    }

    /** Where each quantity begins among all sensors; the last is their number. */
    static int[] bases(int[] sizes) {
        int[] bases = new int[sizes.length + 1];
        for (int q = 0; q < sizes.length; q++) {
            bases[q + 1] = bases[q] + sizes[q];
        }
        return bases;
    }

    private static int restoreBytes(PackLayout layout) {
        return 32 + 48 * layout.cells();
    }

    /** Records these signals too, from now on. */
    public void listen(PackSignals signals) {
        signals.tap(this);
    }

    /**
     * Writes the head: by the battery manager, before it starts.
     *
     * @param settings its settings as text
     * @param estimator the name of its estimator
     */
    public void open(String settings, String estimator) {
        if (open) {
            throw new IllegalStateException("a recorder records one battery manager once");
        }
        open = true;
        byte[] magic = {(byte) (MAGIC >> 24), (byte) (MAGIC >> 16), (byte) (MAGIC >> 8), (byte) MAGIC, VERSION, 0, 0, 0
        };
        write(magic, magic.length);
        chunk(FlightWords.text().getBytes(StandardCharsets.UTF_8));
        chunk(estimator.getBytes(StandardCharsets.UTF_8));
        chunk(settings.getBytes(StandardCharsets.UTF_8));
        chunk(RecordText.write(sample.range()).getBytes(StandardCharsets.UTF_8));
    }

    private void chunk(byte[] content) {
        chunk(content, content.length);
    }

    /** Length, content, CRC of the content. */
    private void chunk(byte[] content, int length) {
        crc.reset();
        crc.update(content, 0, length);
        number(length, 0);
        number((int) crc.getValue(), 4);
        write(frame, frame.length);
        write(content, length);
    }

    private void number(int value, int at) {
        for (int i = 0; i < 4; i++) {
            frame[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    private void write(byte[] content, int length) {
        if (failure != null) {
            return;
        }
        try {
            out.write(content, 0, length);
            bytes += length;
        } catch (IOException e) {
            failure = "flight record ended after " + bytes + " bytes: " + e.getMessage();
        }
    }

    /** Makes room for an event, after the sample that is still open. */
    private BitBuffer event(FlightEvent event) {
        close();
        return room(event, mostSample);
    }

    private BitBuffer room(FlightEvent event, int most) {
        if (buffer.position() + most > buffer.capacity()) {
            flush();
        }
        buffer.u8(event.ordinal());
        return buffer;
    }

    private void flush() {
        if (buffer.position() > 0) {
            chunk(buffer.array(), buffer.position());
            buffer.clear();
        }
    }

    @Override
    public void sampleBegins(long nanos) {
        close();
        pending = true;
        pendingNanos = nanos;
        Arrays.fill(isOffered, false);
    }

    @Override
    public void reads(PackSample.Quantity quantity, int sensor, double reading) {
        int at = base[quantity.ordinal()] + sensor;
        if (!pending || isOffered[at]) {
            BitBuffer to = room(pending ? FlightEvent.AGAIN : FlightEvent.LATE, MOST_SIGNALS + 8);
            to.u8(quantity.ordinal());
            to.varint(sensor);
            to.f64(reading);
        } else {
            isOffered[at] = true;
            offered[at] = reading;
        }
    }

    /** Writes the sample that is open: nothing more is read into it before the next event. */
    private void close() {
        if (!pending) {
            return;
        }
        pending = false;
        BitBuffer to = room(FlightEvent.SAMPLE, mostSample);
        long step = pendingNanos - lastNanos;
        to.varint(step - lastStepNanos);
        lastStepNanos = step;
        lastNanos = pendingNanos;
        for (int q = 0; q < codecs.length; q++) {
            codecs[q].write(offered, isOffered, base[q], to);
        }
    }

    /** The control cycle is about to run, without a station if that is null. */
    public void steps(@Nullable StationState known) {
        if (known == null) {
            event(FlightEvent.STEP);
        } else {
            BitBuffer to = event(FlightEvent.STEP_STATION);
            station.write(known, to);
        }
        cycles++;
    }

    /** The control cycle has run; writes a digest of it once a second. */
    public void decided(PackEstimate estimate, PackLimits limits, ChargeDemand demand) {
        long nanos = sample.nanos();
        if (digested && nanos - digestNanos < DIGEST_NANOS && nanos >= digestNanos) {
            return;
        }
        digested = true;
        digestNanos = nanos;
        digest(estimate, limits, demand);
    }

    private void digest(PackEstimate estimate, PackLimits limits, ChargeDemand demand) {
        BitBuffer to = event(FlightEvent.DIGEST);
        to.i64(DecisionDigest.of(estimate));
        to.i64(DecisionDigest.of(limits));
        to.i64(DecisionDigest.of(demand));
        flush();
    }

    /** The estimate starts at one SOC. */
    public void starts(double soc, double sigma) {
        BitBuffer to = event(FlightEvent.START);
        to.f64(soc);
        to.f64(sigma);
    }

    /** The estimate starts from a memory. */
    public void restores(Restart restart) {
        event(FlightEvent.REMEMBERED);
        flush();
        chunk(CarriedCodec.flight(restart));
        restart.write(room(FlightEvent.RESTORE, restoreBytes(sample.layout())));
    }

    /** A capacity was known before. */
    public void startsCapacity(int cell, double capacityAh, double sigmaAh) {
        BitBuffer to = event(FlightEvent.CAPACITY);
        to.varint(cell);
        to.f64(capacityAh);
        to.f64(sigmaAh);
    }

    /** A charge begins. */
    public void plugsIn(ChargeNeed need, StationOffer offer, double ambientDegC) {
        event(FlightEvent.PLUG_IN).f64(ambientDegC);
        text(RecordText.write(need));
        text(RecordText.write(offer));
    }

    /** A charge ends. */
    public void unplugs() {
        event(FlightEvent.UNPLUG);
    }

    /** Another offer came. */
    public void offers(StationOffer offer) {
        event(FlightEvent.OFFER);
        text(RecordText.write(offer));
    }

    /** Another need came. */
    public void needs(ChargeNeed need) {
        event(FlightEvent.NEED);
        text(RecordText.write(need));
    }

    /** What the site spares came. */
    public void spares(SiteSeries site) {
        event(FlightEvent.SITE);
        text(RecordText.write(site));
    }

    /** Numbers about a topic, at most 255 of them. */
    public void notes(FlightTopic topic, double[] values) {
        close();
        BitBuffer to = room(FlightEvent.NOTE, MOST_SIGNALS + 8 * values.length);
        to.u8(topic.ordinal());
        to.u8(values.length);
        for (double value : values) {
            to.f64(value);
        }
    }

    /** A new plan is made. */
    public void replans() {
        event(FlightEvent.REPLAN);
    }

    /** A text has a chunk of its own, however long. */
    private void text(String text) {
        flush();
        chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void signalsBegin(long nanos) {
        room(FlightEvent.SIGNALS, MOST_SIGNALS).varint(nanos - lastNanos); // a sample that is open stays open
    }

    @Override
    public void readsLink(double linkV) {
        room(FlightEvent.LINK, MOST_SIGNALS).f64(linkV);
    }

    @Override
    public void readsInsulation(double insulationOhm) {
        room(FlightEvent.INSULATION, MOST_SIGNALS).f64(insulationOhm);
    }

    @Override
    public void readsContact(Contact which, ContactState state) {
        BitBuffer to = room(FlightEvent.CONTACT, MOST_SIGNALS);
        to.u8(which.ordinal());
        to.u8(state.ordinal());
    }

    @Override
    public void readsMotion(Motion now) {
        room(FlightEvent.MOTION, MOST_SIGNALS).u8(now.ordinal());
    }

    @Override
    public void expects(Peer peer, boolean mustBeHeard) {
        BitBuffer to = room(FlightEvent.EXPECT, MOST_SIGNALS);
        to.u8(peer.ordinal());
        to.u8(mustBeHeard ? 1 : 0);
    }

    @Override
    public void hears(Peer peer, E2eVerdict verdict, int skipped) {
        BitBuffer to = room(FlightEvent.HEAR, MOST_SIGNALS + 8);
        to.u8(peer.ordinal());
        to.u8(verdict.ordinal());
        to.varint(skipped);
    }

    /** Ends the record in order, with a digest of the last cycle; the sample is no longer listened to. */
    public void end(PackEstimate estimate, PackLimits limits, ChargeDemand demand) {
        digest(estimate, limits, demand);
        event(FlightEvent.END);
        flush();
        sample.tap(null);
    }

    /** Why the record ended before its time, in one line; null while it goes on. */
    public @Nullable String failure() {
        return failure;
    }

    /** Bytes written so far. */
    public long bytes() {
        return bytes;
    }

    /** Control cycles recorded so far. */
    public long cycles() {
        return cycles;
    }
}
