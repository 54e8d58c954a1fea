package io.github.bms4j.measure;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is read beside the cells in one cycle: link voltage, insulation, contacts, motion, and who was heard on the bus,
 * each with quality and age.
 *
 * <p>The owner opens a cycle with {@link #begin}, hands in what arrived, and passes it on together with the {@link
 * PackSample} of the same time. As there, what did not arrive keeps its last valid value and ages, and what was never
 * read is unknown. What a pack does not have (a monitor of insulation, a second peer) is simply never read.
 *
 * <p>Units: V, Ohm, monotonic nanoseconds of any origin. Thread: one. Allocation: none after construction.
 */
public final class PackSignals {
    /** A monitor that reports more says "nothing measurable", not a resistance. */
    private static final double MOST_INSULATION_OHM = 1e9;
    /** Highest link voltage per cell in series: a charger's open output, before it is taken for a broken sensor. */
    private static final double MOST_LINK_V_PER_CELL = 6.0;

    private static final int CONTACTS = Contact.values().length;
    private static final int PEERS = Peer.values().length;
    private static final int VERDICTS = E2eVerdict.values().length;

    private final Channel linkVoltage;
    private final Channel insulation;
    private final ContactState[] contact = new ContactState[CONTACTS];
    private final long[] contactAtNanos = new long[CONTACTS];
    private final boolean[] contactFresh = new boolean[CONTACTS];
    private final boolean[] expected = new boolean[PEERS];
    private final long[] expectedSinceNanos = new long[PEERS];
    private final long[] heardAtNanos = new long[PEERS];
    private final boolean[] everHeard = new boolean[PEERS];
    private final int[][] verdicts = new int[PEERS][VERDICTS];
    private final int[] lost = new int[PEERS];
    private Motion motion = Motion.UNKNOWN;
    private long motionAtNanos;
    private long bootNanos;
    private long nanos;
    private boolean begun;
    private @Nullable Tap tap;

    /** Sees everything as it is offered, before it is judged. */
    public interface Tap {
        /** A cycle was opened. */
        void signalsBegin(long nanos);

        /** A link voltage was offered, V. */
        void readsLink(double linkV);

        /** An insulation resistance was offered, Ohm. */
        void readsInsulation(double insulationOhm);

        /** A contact was offered. */
        void readsContact(Contact which, ContactState state);

        /** A motion was offered. */
        void readsMotion(Motion now);

        /** A peer is expected to be heard from now on, or no longer. */
        void expects(Peer peer, boolean mustBeHeard);

        /** A message arrived. */
        void hears(Peer peer, E2eVerdict verdict, int skipped);
    }

    /** Lets somebody see everything as it is offered, such as a recorder; null lets nobody. */
    public void tap(@Nullable Tap newTap) {
        tap = newTap;
    }

    /** Unknown signals of a pack whose link may rise to 6 V for each cell in series before its sensor is doubted. */
    public PackSignals(PackLayout layout) {
        this.linkVoltage =
                new Channel(1, new Plausible(-10.0, MOST_LINK_V_PER_CELL * layout.series(), Double.POSITIVE_INFINITY));
        this.insulation = new Channel(1, new Plausible(0.0, MOST_INSULATION_OHM, Double.POSITIVE_INFINITY));
        Arrays.fill(contact, ContactState.UNKNOWN);
    }

    /** Opens the cycle at {@code nanos}: everything counts as missing until it is read. The first cycle is the boot. */
    public void begin(long nanos) {
        Tap to = tap;
        if (to != null) {
            to.signalsBegin(nanos);
        }
        if (!begun) {
            bootNanos = nanos;
        }
        this.nanos = nanos;
        this.begun = true;
        linkVoltage.begin();
        insulation.begin();
        Arrays.fill(contactFresh, false);
        Arrays.fill(lost, 0);
        for (int[] counts : verdicts) {
            Arrays.fill(counts, 0);
        }
    }

    /** Voltage on the load side of the contactors, V; NaN for no reading. */
    public Quality readLinkVoltage(double linkV) {
        Tap to = tap;
        if (to != null) {
            to.readsLink(linkV);
        }
        return linkVoltage.read(0, linkV, nanos);
    }

    /** Insulation resistance against the chassis, Ohm; NaN for no reading. A monitor's "too high to measure" is its largest value. */
    public Quality readInsulation(double insulationOhm) {
        Tap to = tap;
        if (to != null) {
            to.readsInsulation(insulationOhm);
        }
        return insulation.read(0, insulationOhm, nanos);
    }

    /** One contact; {@link ContactState#UNKNOWN} is no reading. */
    public void readContact(Contact which, ContactState state) {
        Tap to = tap;
        if (to != null) {
            to.readsContact(which, state);
        }
        if (state != ContactState.UNKNOWN) {
            int i = which.ordinal();
            contact[i] = state;
            contactAtNanos[i] = nanos;
            contactFresh[i] = true;
        }
    }

    /** Whether the machine moves; {@link Motion#UNKNOWN} is no reading. */
    public void readMotion(Motion now) {
        Tap to = tap;
        if (to != null) {
            to.readsMotion(now);
        }
        if (now != Motion.UNKNOWN) {
            motion = now;
            motionAtNanos = nanos;
        }
    }

    /** Says whether a peer must be heard from now on: the inverter while awake, the charger while plugged in. Holds until changed. */
    public void expect(Peer peer, boolean mustBeHeard) {
        Tap to = tap;
        if (to != null) {
            to.expects(peer, mustBeHeard);
        }
        int p = peer.ordinal();
        if (mustBeHeard && !expected[p]) {
            expectedSinceNanos[p] = nanos;
        }
        expected[p] = mustBeHeard;
    }

    /** One message of a peer arrived in this cycle and none was skipped before it. */
    public void hear(Peer peer, E2eVerdict verdict) {
        hear(peer, verdict, 0);
    }

    /**
     * One message of a peer arrived in this cycle.
     *
     * @param skipped messages that its counter shows to have been lost before it, 0 or more
     */
    public void hear(Peer peer, E2eVerdict verdict, int skipped) {
        Tap to = tap;
        if (to != null) {
            to.hears(peer, verdict, skipped);
        }
        int p = peer.ordinal();
        verdicts[p][verdict.ordinal()]++;
        lost[p] += Check.atLeast("skipped", skipped, 0);
        if (verdict.accepted()) {
            heardAtNanos[p] = nanos;
            everHeard[p] = true;
        }
    }

    /** Time of the cycle, monotonic nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** Whether a cycle was ever opened. */
    public boolean begun() {
        return begun;
    }

    /** Seconds since the first cycle; 0 before it. */
    public double sinceBootS() {
        return begun ? (nanos - bootNanos) * 1e-9 : 0.0;
    }

    /** Voltage on the load side of the contactors, one sensor, V. */
    public Channel linkVoltage() {
        return linkVoltage;
    }

    /** Insulation resistance, one sensor, Ohm. */
    public Channel insulation() {
        return insulation;
    }

    /** Last known state of a contact. */
    public ContactState contact(Contact which) {
        return contact[which.ordinal()];
    }

    /** Whether a contact was read in this cycle. */
    public boolean contactFresh(Contact which) {
        return contactFresh[which.ordinal()];
    }

    /** Seconds since a contact was last read; infinite while never read. */
    public double contactAgeS(Contact which) {
        return contact[which.ordinal()] == ContactState.UNKNOWN
                ? Double.POSITIVE_INFINITY
                : (nanos - contactAtNanos[which.ordinal()]) * 1e-9;
    }

    /** Last known motion. */
    public Motion motion() {
        return motion;
    }

    /** Seconds since motion was last read; infinite while never read. */
    public double motionAgeS() {
        return motion == Motion.UNKNOWN ? Double.POSITIVE_INFINITY : (nanos - motionAtNanos) * 1e-9;
    }

    /** Whether a peer must be heard. */
    public boolean expects(Peer peer) {
        return expected[peer.ordinal()];
    }

    /** Seconds that a peer must have been heard for; 0 while it need not be. */
    public double expectedS(Peer peer) {
        return expects(peer) ? (nanos - expectedSinceNanos[peer.ordinal()]) * 1e-9 : 0.0;
    }

    /** Seconds since the last accepted message of a peer; infinite while there was none. */
    public double heardAgeS(Peer peer) {
        return everHeard[peer.ordinal()] ? (nanos - heardAtNanos[peer.ordinal()]) * 1e-9 : Double.POSITIVE_INFINITY;
    }

    /** Messages of a peer with this verdict in this cycle. */
    public int heard(Peer peer, E2eVerdict verdict) {
        return verdicts[peer.ordinal()][verdict.ordinal()];
    }

    /** Messages of a peer that the counters of this cycle's messages show to have been lost. */
    public int lost(Peer peer) {
        return lost[peer.ordinal()];
    }
}
