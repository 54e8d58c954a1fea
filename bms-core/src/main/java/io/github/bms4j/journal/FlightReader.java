package io.github.bms4j.journal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import io.github.bms4j.measure.SensorRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flight record and gives every input again in its order: readings into a sample, the rest as calls.
 *
 * <p>A record that was cut, as by a lost power, is good up to its last whole chunk; one that was damaged is good up to the damage. Both are
 * told by {@link #end}, not thrown. Thread: one. Allocates.
 */
public final class FlightReader {
    /** Larger chunks are not ours. */
    private static final int MOST_CHUNK = 1 << 26;

    private static final PackSample.Quantity[] QUANTITIES = PackSample.Quantity.values();

    private final String name;
    private final InputStream in;
    private final FlightWords words;
    private final String settings;
    private final String estimator;
    private final String range;
    private final CRC32C crc = new CRC32C();
    private long place;
    private String end = "";

    /** Receives the calls that were recorded; the readings are in the sample and the signals by then. */
    public interface Calls {
        /** The estimate starts at one SOC. */
        void start(double soc, double sigma);

        /** The estimate starts from a memory. */
        void restore(Restart restart);

        /** A capacity was known before. */
        void startCapacity(int cell, double capacityAh, double sigmaAh);

        /** The control cycle, without a station if that is null. */
        void step(PackSample sample, PackSignals signals, @Nullable StationState station);

        /** What was decided in the cycle before. */
        void digest(PackSample sample, long estimate, long limits, long demand);

        /** A charge begins. */
        void plugIn(ChargeNeed need, StationOffer offer, double ambientDegC, PackSample sample);

        /** A charge ends. */
        void unplug();

        /** Another offer came. */
        void offer(StationOffer offer);

        /** Another need came. */
        void need(ChargeNeed need);

        /** What the site spares came. */
        void site(SiteSeries site);

        /** Numbers about a topic. */
        void note(FlightTopic topic, double[] values, PackSample sample);

        /** A new plan is made. */
        void replan(PackSample sample);
    }

    /**
     * Reads the head.
     *
     * @param name how messages call the record
     * @param in the record; read as it is needed, not closed
     * @throws FlightException when it is no record of a version we know; one line
     * @throws IOException when the stream fails
     */
    public FlightReader(String name, InputStream in) throws IOException {
        this.name = name;
        this.in = in;
        ByteBuffer head = ByteBuffer.wrap(in.readNBytes(8));
        place = head.limit();
        if (head.limit() < 8 || head.getInt(0) != FlightRecorder.MAGIC) {
            throw new FlightException(name, head.limit() == 0 ? "an empty file" : "no flight record", "one (BMSR)");
        }
        if (head.get(4) != FlightRecorder.VERSION) {
            throw new FlightException(
                    name, "a flight record of version " + head.get(4), "version " + FlightRecorder.VERSION);
        }
        words = words(headText("words"));
        estimator = headText("estimator");
        settings = headText("settings");
        range = headText("sensor range");
    }

    private FlightWords words(String text) throws FlightException {
        try {
            return new FlightWords(text);
        } catch (IllegalArgumentException e) {
            throw new FlightException(name, "words this version does not know (" + e.getMessage() + ")", "its own", e);
        }
    }

    private String headText(String what) throws IOException {
        byte[] chunk = chunk();
        if (chunk == null) {
            throw new FlightException(name, "no whole head (" + end + ")", "the " + what + " at byte " + place);
        }
        return new String(chunk, StandardCharsets.UTF_8);
    }

    /** The settings that were recorded, for {@link RecordText#read}. */
    public String settings() {
        return settings;
    }

    /** The name of the estimator. */
    public String estimator() {
        return estimator;
    }

    /** How the record ended, once it was run through: empty in order, otherwise one line. */
    public String end() {
        return end;
    }

    /** The next whole chunk, or null at the end, of which {@link #end} then says how it came. */
    private byte @Nullable [] chunk() throws IOException {
        byte[] frame = in.readNBytes(8);
        if (frame.length < 8) {
            end = frame.length == 0 ? "ends without its last word at byte " + place : "cut at byte " + place;
            return null;
        }
        ByteBuffer head = ByteBuffer.wrap(frame);
        int length = head.getInt(0);
        if (length < 0 || length > MOST_CHUNK) {
            end = "damaged at byte " + place;
            return null;
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            end = "cut at byte " + (place + 8 + content.length);
            return null;
        }
        crc.reset();
        crc.update(content, 0, length);
        if ((int) crc.getValue() != head.getInt(4)) {
            end = "damaged at byte " + place;
            return null;
        }
        place += 8L + length;
        return content;
    }

    /**
     * Gives every recorded input again.
     *
     * @param type the cell type of the settings
     * @param layout the layout of the settings
     * @param calls receives the calls
     * @throws FlightException when a chunk is whole but says what no recorder writes; one line
     * @throws IOException when the stream fails
     */
    public void run(CellType type, PackLayout layout, Calls calls) throws IOException {
        Run run;
        try {
            run = new Run(type, layout, RecordText.read(SensorRange.class, range), calls);
        } catch (IllegalArgumentException e) {
            throw new FlightException(name, "a sensor range that is none (" + e.getMessage() + ")", "one", e);
        }
        while (true) {
            long at = place;
            byte[] content = end.isEmpty() ? chunk() : null;
            if (content == null) {
                return;
            }
            try {
                if (run.chunk(new BitBuffer(content))) {
                    end = "";
                    return;
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new FlightException(
                        name, "what no recorder writes (" + e.getMessage() + ")", "an event after byte " + at, e);
            }
        }
    }

    /** Everything that is carried from event to event. */
    private final class Run {
        private final CellType type;
        private final PackLayout layout;
        private final Calls calls;
        private final PackSample sample;
        private final PackSignals signals;
        private final StationState station = new StationState();
        private final StationCodec stationCodec = new StationCodec();
        private final int[] base;
        private final double[] values;
        private final boolean[] offered;
        private final ReadingCodec[] codecs;
        private int[] againAt = new int[0];
        private double[] again = new double[0];
        private PackMemory remembered;
        private long lastNanos;
        private long lastStepNanos;

        Run(CellType type, PackLayout layout, SensorRange sensors, Calls calls) {
            this.type = type;
            this.layout = layout;
            this.calls = calls;
            remembered = new PackMemory(type, layout);
            sample = new PackSample(layout, sensors);
            signals = new PackSignals(layout);
            int[] sizes = FlightRecorder.sizes(layout);
            base = FlightRecorder.bases(sizes);
            int all = base[base.length - 1];
            values = new double[all];
            offered = new boolean[all];
            codecs = new ReadingCodec[sizes.length];
            for (int q = 0; q < sizes.length; q++) {
                codecs[q] = new ReadingCodec(sizes[q]);
            }
        }

        /** Runs the events of a chunk; whether the record ends in order. */
        boolean chunk(BitBuffer b) throws IOException {
            while (!b.ended()) {
                FlightEvent event = words.word(FlightEvent.class, b.u8());
                if (event == FlightEvent.END) {
                    return true;
                }
                if (!input(event, b) && !call(event, b)) {
                    signal(event, b);
                }
            }
            return false;
        }

        private boolean input(FlightEvent event, BitBuffer b) {
            switch (event) {
                case SAMPLE -> sample(b);
                case AGAIN -> {
                    againAt = Arrays.copyOf(againAt, againAt.length + 1);
                    again = Arrays.copyOf(again, again.length + 1);
                    againAt[againAt.length - 1] = place(b);
                    again[again.length - 1] = b.f64();
                }
                case LATE -> {
                    int at = place(b);
                    read(at, b.f64());
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void sample(BitBuffer b) {
            lastStepNanos += b.varint();
            lastNanos += lastStepNanos;
            for (int q = 0; q < codecs.length; q++) {
                codecs[q].read(values, offered, base[q], b);
            }
            sample.begin(lastNanos);
            for (int at = 0; at < values.length; at++) {
                if (offered[at]) {
                    read(at, values[at]);
                }
            }
            for (int i = 0; i < again.length; i++) {
                read(againAt[i], again[i]);
            }
            againAt = new int[0];
            again = new double[0];
        }

        /** Where a sensor stands among all, by its quantity and number. */
        private int place(BitBuffer b) {
            int q = words.word(PackSample.Quantity.class, b.u8()).ordinal();
            return base[q] + (int) b.varint();
        }

        private void read(int at, double reading) {
            int q = 0;
            while (at >= base[q + 1]) {
                q++;
            }
            int sensor = at - base[q];
            switch (QUANTITIES[q]) {
                case CURRENT -> sample.readCurrent(reading);
                case PACK_VOLTAGE -> sample.readPackVoltage(reading);
                case CELL_VOLTAGE -> sample.readCellVoltage(sensor, reading);
                case TEMPERATURE -> sample.readTemperature(sensor, reading);
                case BLED -> sample.readBled(sensor, reading);
            }
        }

        private boolean call(FlightEvent event, BitBuffer b) throws IOException {
            switch (event) {
                case STEP -> calls.step(sample, signals, null);
                case STEP_STATION -> {
                    stationCodec.read(station, words, b);
                    calls.step(sample, signals, station);
                }
                case DIGEST -> calls.digest(sample, b.i64(), b.i64(), b.i64());
                case START -> calls.start(b.f64(), b.f64());
                case REMEMBERED -> remembered = remembered();
                case RESTORE -> calls.restore(Restart.read(b, words, remembered));
                case CAPACITY -> calls.startCapacity((int) b.varint(), b.f64(), b.f64());
                case PLUG_IN -> {
                    double ambientDegC = b.f64();
                    ChargeNeed need = record(ChargeNeed.class);
                    StationOffer offer = need == null ? null : record(StationOffer.class);
                    if (need != null && offer != null) {
                        calls.plugIn(need, offer, ambientDegC, sample);
                    }
                }
                case UNPLUG -> calls.unplug();
                case OFFER -> given(StationOffer.class, calls::offer);
                case NEED -> given(ChargeNeed.class, calls::need);
                case SITE -> given(SiteSeries.class, calls::site);
                case NOTE -> {
                    FlightTopic topic = words.word(FlightTopic.class, b.u8());
                    double[] noted = new double[b.u8()];
                    for (int i = 0; i < noted.length; i++) {
                        noted[i] = b.f64();
                    }
                    calls.note(topic, noted, sample);
                }
                case REPLAN -> calls.replan(sample);
                default -> {
                    return false;
                }
            }
            return true;
        }

        /** What a memory holds beside the cells' states, in the next chunk; nothing where that was cut. */
        private PackMemory remembered() throws IOException {
            PackMemory memory = new PackMemory(type, layout);
            byte[] kept = FlightReader.this.chunk();
            if (kept != null) {
                CarriedCodec.readFlight(new BitBuffer(kept), memory);
            }
            return memory;
        }

        private <R extends Record> void given(Class<R> of, Consumer<R> to) throws IOException {
            R record = record(of);
            if (record != null) {
                to.accept(record);
            }
        }

        /** The record in the next chunk; null where that was cut: then the next chunk will not come either. */
        private <R extends Record> @Nullable R record(Class<R> of) throws IOException {
            byte[] text = FlightReader.this.chunk();
            if (text == null) {
                return null;
            }
            return RecordText.read(of, new String(text, StandardCharsets.UTF_8));
        }

        private void signal(FlightEvent event, BitBuffer b) {
            switch (event) {
                case SIGNALS -> signals.begin(lastNanos + b.varint());
                case LINK -> signals.readLinkVoltage(b.f64());
                case INSULATION -> signals.readInsulation(b.f64());
                case CONTACT ->
                    signals.readContact(words.word(Contact.class, b.u8()), words.word(ContactState.class, b.u8()));
                case MOTION -> signals.readMotion(words.word(Motion.class, b.u8()));
                case EXPECT -> signals.expect(words.word(Peer.class, b.u8()), b.u8() == 1);
                case HEAR ->
                    signals.hear(
                            words.word(Peer.class, b.u8()), words.word(E2eVerdict.class, b.u8()), (int) b.varint());
                default -> throw new IllegalArgumentException("event " + event);
            }
        }
    }
}
