package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeMode;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that was told to a recorder, told again in the same order and to the same bits. */
class FlightReaderTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final PackLayout LAYOUT = new PackLayout(6, 1, 2);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PackSample sample = new PackSample(LAYOUT);
    private final PackSignals signals = new PackSignals(LAYOUT);
    private final PackEstimate estimate = new PackEstimate(LAYOUT);
    private final PackLimits limits = new PackLimits();
    private final ChargeDemand demand = new ChargeDemand(6, 2);

    /** All that can be seen of sample and signals, as text. */
    private static String seen(PackSample s, PackSignals g) {
        StringBuilder to = new StringBuilder();
        to.append(s.nanos())
                .append(' ')
                .append(s.current().value(0))
                .append(s.current().quality(0));
        to.append(s.packVoltage().value(0)).append(s.packVoltage().quality(0));
        for (int c = 0; c < 6; c++) {
            to.append(s.cellVoltage().value(c))
                    .append(s.cellVoltage().quality(c))
                    .append(' ');
            to.append(s.cellVoltage().ageS(c, s.nanos()));
        }
        for (int t = 0; t < 2; t++) {
            to.append(s.temperature().value(t))
                    .append(s.temperature().quality(t))
                    .append(' ');
        }
        to.append(g.nanos()).append(g.begun()).append(g.sinceBootS());
        to.append(g.linkVoltage().value(0)).append(g.linkVoltage().quality(0));
        to.append(g.insulation().value(0)).append(g.insulation().quality(0));
        for (Contact contact : Contact.values()) {
            to.append(g.contact(contact)).append(g.contactFresh(contact)).append(g.contactAgeS(contact));
        }
        to.append(g.motion()).append(g.motionAgeS());
        for (Peer peer : Peer.values()) {
            to.append(g.expects(peer))
                    .append(g.expectedS(peer))
                    .append(g.heardAgeS(peer))
                    .append(g.lost(peer));
            for (E2eVerdict verdict : E2eVerdict.values()) {
                to.append(g.heard(peer, verdict));
            }
        }
        return to.toString();
    }

    private static String seen(@Nullable StationState s) {
        return s == null
                ? "none"
                : s.phase + " " + s.permitted + s.maxV + " " + s.minV + " " + s.maxA + " " + s.minA + " " + s.presentV
                        + " " + s.presentA + " " + s.elapsedMin + " " + s.deliveredWh + s.stop + s.restarts;
    }

    /** Notes every call as text. */
    private static final class Notes implements FlightReader.Calls {
        final List<String> all = new ArrayList<>();

        @Override
        public void start(double soc, double sigma) {
            all.add("start " + soc + " " + sigma);
        }

        @Override
        public void restore(Restart restart) {
            all.add("restore " + restart + " " + Arrays.toString(restart.socs()) + Arrays.toString(restart.sigmas())
                    + restart.verdict() + restart.offS() + restart.orderly()
                    + restart.memory().currentBiasA() + " " + restart.memory().capacityAh(5)
                    + restart.memory().capacitySigmaAh(5) + restart.memory().resistanceRatio(5)
                    + restart.memory().resistanceSigma(5));
        }

        @Override
        public void startCapacity(int cell, double capacityAh, double sigmaAh) {
            all.add("capacity " + cell + " " + capacityAh + " " + sigmaAh);
        }

        @Override
        public void step(PackSample s, PackSignals g, @Nullable StationState station) {
            all.add("step " + seen(s, g) + seen(station));
        }

        @Override
        public void digest(PackSample s, long estimate, long limits, long demand) {
            all.add("digest " + s.nanos() + " " + estimate + " " + limits + " " + demand);
        }

        @Override
        public void plugIn(ChargeNeed need, StationOffer offer, double ambientDegC, PackSample s) {
            all.add("plug " + need + offer + ambientDegC + s.nanos());
        }

        @Override
        public void unplug() {
            all.add("unplug");
        }

        @Override
        public void offer(StationOffer offer) {
            all.add("offer " + offer);
        }

        @Override
        public void need(ChargeNeed need) {
            all.add("need " + need);
        }

        @Override
        public void site(SiteSeries site) {
            all.add("site " + site);
        }

        @Override
        public void note(FlightTopic topic, double[] values, PackSample s) {
            all.add("note " + topic + Arrays.toString(values));
        }

        @Override
        public void replan(PackSample s) {
            all.add("replan " + s.nanos());
        }
    }

    private List<String> read(byte[] record) throws IOException {
        Notes notes = new Notes();
        FlightReader reader = new FlightReader("r", new ByteArrayInputStream(record));
        assertEquals("settings = 1\n", reader.settings());
        assertEquals("ekf", reader.estimator());
        reader.run(TYPE, LAYOUT, notes);
        return notes.all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsToldInWhateverOrderIsToldAgain(long seed) throws IOException {
        Random random = new Random(seed);
        FlightRecorder recorder = new FlightRecorder(out, sample);
        recorder.listen(signals);
        recorder.open("settings = 1\n", "ekf");
        List<String> told = new ArrayList<>();
        recorder.starts(0.5, 0.1);
        told.add("start 0.5 0.1");
        recorder.startsCapacity(4, 2.5, 0.1);
        told.add("capacity 4 2.5 0.1");
        StationState station = new StationState();
        long nanos = 1_000_000L;
        for (int k = 0; k < 600; k++) {
            nanos += 100_000_000L + random.nextInt(1_000_000) - (random.nextInt(100) == 0 ? 3_000_000_000L : 0L);
            tell(random, nanos);
            StationState with = random.nextBoolean() ? station : null;
            if (with != null) {
                change(random, station);
            }
            recorder.steps(with);
            told.add("step " + seen(sample, signals) + seen(with));
            if (random.nextInt(50) == 0) {
                sample.readCurrent(random.nextInt(9)); // after the cycle
            }
            Estimates.write(estimate, nanos, 0.01, random.nextDouble(), 0.5, 0.5, 0.5, 0.5, 0.5);
            if (k % 37 == 0) {
                recorder.replans();
                told.add("replan " + nanos);
                recorder.unplugs();
                told.add("unplug");
                double[] note = {random.nextDouble(), Double.NaN, -0.0};
                recorder.notes(FlightTopic.REMOTE, note);
                told.add("note REMOTE" + Arrays.toString(note));
                recorder.spares(SiteSeries.unlimited());
                told.add("site " + SiteSeries.unlimited());
                recorder.needs(ChargeNeed.by(100.0, 0.5));
                told.add("need " + ChargeNeed.by(100.0, 0.5));
            }
        }
        recorder.end(estimate, limits, demand);
        told.add("digest " + nanos + " " + DecisionDigest.of(estimate) + " " + DecisionDigest.of(limits) + " "
                + DecisionDigest.of(demand));
        List<String> again = read(out.toByteArray());
        for (int i = 0; i < told.size(); i++) {
            assertEquals(told.get(i), again.get(i), "seed " + seed + " call " + i);
        }
        assertEquals(told.size(), again.size());
        assertEquals(out.size(), recorder.bytes());
        assertEquals(600, recorder.cycles());
    }

    /** Readings and signals of one cycle, interleaved, some twice, some not at all. */
    private void tell(Random random, long nanos) {
        boolean signalsFirst = random.nextBoolean();
        if (signalsFirst) {
            signals.begin(nanos - random.nextInt(1000));
        }
        sample.begin(nanos);
        if (!signalsFirst && random.nextInt(4) > 0) {
            signals.begin(nanos + random.nextInt(1000));
        }
        for (int n = random.nextInt(25); n > 0; n--) {
            double odd = random.nextInt(12) == 0 ? Double.NaN : 0.0;
            switch (random.nextInt(11)) {
                case 0 -> sample.readCurrent(odd + Math.rint(random.nextGaussian() * 900.0) / 100.0);
                case 1 -> sample.readPackVoltage(odd + Math.rint(2200.0 + random.nextGaussian()) / 100.0);
                case 2 -> sample.readTemperature(random.nextInt(2), odd + 25.0 + random.nextInt(4));
                case 3 -> signals.readLinkVoltage(odd + random.nextInt(40));
                case 4 -> signals.readInsulation(odd + random.nextInt(2_000_000));
                case 5 ->
                    signals.readContact(
                            Contact.values()[random.nextInt(Contact.values().length)],
                            ContactState.values()[random.nextInt(ContactState.values().length)]);
                case 6 -> signals.readMotion(Motion.values()[random.nextInt(Motion.values().length)]);
                case 7 -> signals.expect(Peer.values()[random.nextInt(Peer.values().length)], random.nextBoolean());
                case 8 ->
                    signals.hear(
                            Peer.values()[random.nextInt(Peer.values().length)],
                            E2eVerdict.values()[random.nextInt(E2eVerdict.values().length)],
                            random.nextInt(3));
                default ->
                    sample.readCellVoltage(
                            random.nextInt(6), odd + Math.rint(36_000.0 + 40.0 * random.nextGaussian()) / 1e4);
            }
        }
    }

    private static void change(Random random, StationState s) {
        s.phase = ChargePhase.values()[random.nextInt(ChargePhase.values().length)];
        s.stop = StopCause.values()[random.nextInt(StopCause.values().length)];
        s.permitted = random.nextBoolean();
        s.restarts = random.nextInt(1000);
        s.maxV = random.nextInt(3) == 0 ? Double.NaN : 500.0;
        s.minV = 200.0;
        s.maxA = random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : 250.0;
        s.minA = random.nextInt(5);
        s.presentV = Math.rint(4000.0 + 10.0 * random.nextGaussian()) / 10.0;
        s.presentA = -random.nextInt(100) / 10.0;
        s.elapsedMin = random.nextInt(100);
        s.deliveredWh = random.nextDouble();
    }

    /** A field that is added to the state of a station must be recorded as well. */
    @Test
    void everyFieldOfAStationIsRecorded() {
        long fields = Arrays.stream(StationState.class.getFields())
                .filter(f -> !Modifier.isStatic(f.getModifiers()))
                .count();
        assertEquals(12, fields, "fields of StationState that StationCodec must write");
    }

    @Test
    void aStartFromAMemoryIsToldAgain() throws IOException {
        PackMemory memory = new PackMemory(TYPE, LAYOUT);
        Estimates.write(estimate, 0L, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
        sample.begin(0L);
        memory.take(sample, estimate);
        memory.savedUtcS = 1e9;
        memory.currentBiasA = 0.25;
        memory.capacityAh[5] = 2.8;
        memory.capacitySigmaAh[5] = 0.07;
        memory.resistanceRatio[5] = 1.1;
        memory.resistanceSigma[5] = 0.2;
        memory.orderly = true;
        PackSample fresh = new PackSample(LAYOUT);
        for (double utcS : new double[] {1e9 + 1e6, Double.NaN, 1e9 + 1e8}) {
            out.reset();
            FlightRecorder recorder = new FlightRecorder(out, fresh);
            recorder.open("settings = 1\n", "ekf");
            Restart restart = Restart.of(memory, RestartRule.standard(), utcS);
            recorder.restores(restart);
            recorder.end(estimate, limits, demand);
            Notes straight = new Notes();
            straight.restore(restart);
            assertEquals(straight.all.get(0), read(out.toByteArray()).get(0));
        }
    }

    @Test
    void aDigestDiffersWhenAnyBitOfTheDecisionDoes() {
        Estimates.write(estimate, 0L, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
        long before = DecisionDigest.of(estimate);
        assertEquals(before, DecisionDigest.of(estimate));
        Estimates.write(estimate, 0L, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, Math.nextUp(0.6));
        long soc = DecisionDigest.of(estimate);
        assertFalse(before == soc);
        Estimates.write(estimate, 1L, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
        assertFalse(before == DecisionDigest.of(estimate));
        Estimates.core(estimate, 3, 25.0);
        assertFalse(before == DecisionDigest.of(estimate));

        long none = DecisionDigest.of(limits);
        limits.charge(Horizon.S10).restart(0.0, LimitRule.PLATING, -1);
        long plating = DecisionDigest.of(limits);
        assertFalse(none == plating, "the rule counts");
        limits.charge(Horizon.S10).restart(0.0, LimitRule.PLATING, 3);
        assertFalse(plating == DecisionDigest.of(limits), "the cell counts");
        limits.charge(Horizon.S10).restart(1.0, LimitRule.PLATING, -1);
        assertFalse(plating == DecisionDigest.of(limits), "the current counts");

        long nothing = DecisionDigest.of(demand);
        demand.ask(400.0, 10.0, ChargeMode.CONSTANT_CURRENT);
        long asked = DecisionDigest.of(demand);
        assertFalse(nothing == asked);
        demand.ask(400.0, 10.0, ChargeMode.CONSTANT_VOLTAGE);
        assertFalse(asked == DecisionDigest.of(demand), "the mode counts");
        demand.ask(400.0, 10.0, ChargeMode.CONSTANT_CURRENT);
        demand.ready(true);
        assertFalse(asked == DecisionDigest.of(demand), "readiness counts");
        demand.ready(false);
        assertEquals(asked, DecisionDigest.of(demand));
        demand.ask(400.0, 0.0, ChargeMode.CONSTANT_CURRENT);
        long zero = DecisionDigest.of(demand);
        demand.stop(StopCause.DRIVER);
        assertFalse(zero == DecisionDigest.of(demand), "the cause of a stop counts");
    }

    @Test
    void whatNoRecorderWritesIsOneLine() throws IOException {
        FlightRecorder recorder = new FlightRecorder(out, sample);
        recorder.open("settings = 1\n", "ekf");
        byte[] head = out.toByteArray();
        for (byte[] events : new byte[][] {
            {99}, {(byte) FlightEvent.CONTACT.ordinal(), 99, 0}, {0}, {(byte) FlightEvent.START.ordinal(), 1}, {3, 99}
        }) {
            ByteBuffer b = ByteBuffer.allocate(head.length + 8 + events.length);
            CRC32C crc = new CRC32C();
            crc.update(events);
            b.put(head).putInt(events.length).putInt((int) crc.getValue()).put(events);
            String told = String.valueOf(
                    assertThrows(FlightException.class, () -> read(b.array())).getMessage());
            assertTrue(told.startsWith("r: found what no recorder writes ("), told);
            assertTrue(told.endsWith("), expected an event after byte " + head.length), told);
        }
    }

    /** A later version may add a word or move one: an old record keeps its meaning. */
    @Test
    void theWordsOfARecordAreItsOwn() {
        String text = FlightWords.text();
        FlightWords same = new FlightWords(text);
        assertEquals(StopCause.DRIVER, same.word(StopCause.class, StopCause.DRIVER.ordinal()));
        FlightWords older = new FlightWords(text.replace("StopCause NONE SOC_REACHED", "StopCause SOC_REACHED NONE"));
        assertEquals(StopCause.SOC_REACHED, older.word(StopCause.class, 0));
        assertEquals(StopCause.NONE, older.word(StopCause.class, 1));
        assertThrows(IllegalArgumentException.class, () -> same.word(StopCause.class, 200));
        assertThrows(IllegalArgumentException.class, () -> new FlightWords(text.replace("SOC_REACHED", "SOC_PASSED")));
        assertThrows(IllegalArgumentException.class, () -> new FlightWords("FlightEvent SAMPLE\n"));
    }

    @Test
    void aSecondHeadIsRefused() {
        FlightRecorder recorder = new FlightRecorder(out, sample);
        recorder.open("settings = 1\n", "ekf");
        assertThrows(IllegalStateException.class, () -> recorder.open("settings = 1\n", "ekf"));
    }

    @Test
    void aRecordOfAnotherVersionIsOneLine() {
        FlightRecorder recorder = new FlightRecorder(out, sample);
        recorder.open("settings = 1\n", "ekf");
        byte[] other = out.toByteArray();
        other[4] = 9;
        String told = String.valueOf(
                assertThrows(FlightException.class, () -> read(other)).getMessage());
        assertEquals("r: found a flight record of version 9, expected version 1", told);
    }
}
