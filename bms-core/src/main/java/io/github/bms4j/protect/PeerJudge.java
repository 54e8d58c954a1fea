package io.github.bms4j.protect;

import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import java.util.Arrays;

/**
 * One peer on the bus: silence, and messages that fail their end-to-end check.
 *
 * <p>The check's verdicts are weighed over the last ten messages: two wrong checksums, three repeated counters in a row, or five
 * lost messages make the peer's word worthless; ten good ones in a row restore it.
 */
final class PeerJudge implements Judge {
    private static final int WINDOW = 10;
    private static final int MOST_WRONG_CRC = 2;
    private static final int MOST_REPEATED = 3;
    private static final int MOST_LOST = 5;

    private final Peer peer;
    private final double silentS;
    private final double openS;
    private final FaultRecord silent;
    private final FaultRecord lost;
    private final FaultRecord corrupt;
    private final boolean[] wrongCrc = new boolean[WINDOW];
    private final int[] skipped = new int[WINDOW];
    private int next;
    private int good = WINDOW;
    private int repeated;

    PeerJudge(Peer peer, SignalSettings settings, FaultSet faults) {
        boolean inverter = peer == Peer.INVERTER;
        this.peer = peer;
        this.silentS = inverter ? settings.inverterSilentS() : settings.chargerSilentS();
        this.openS = silentS + settings.openAfterS();
        this.silent = faults.record(inverter ? Fault.INVERTER_SILENT_WARNING : Fault.CHARGER_SILENT_WARNING);
        this.lost = faults.record(inverter ? Fault.INVERTER_SILENT_SAFETY : Fault.CHARGER_SILENT_SAFETY);
        this.corrupt = faults.record(inverter ? Fault.INVERTER_CORRUPT : Fault.CHARGER_CORRUPT);
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        long nanos = sample.nanos();
        double quietS = Math.min(signals.heardAgeS(peer), signals.expectedS(peer));
        silent.judge(0, quietS > silentS, quietS <= silentS, quietS, dtS, nanos);
        lost.judge(0, quietS > openS, quietS <= openS, quietS, dtS, nanos);
        if (!signals.expects(peer)) {
            forget();
            corrupt.judge(0, false, true, Double.NaN, dtS, nanos);
            return;
        }
        int arrived = 0;
        arrived += take(signals, E2eVerdict.WRONG_CRC);
        arrived += take(signals, E2eVerdict.WRONG_SEQUENCE);
        arrived += take(signals, E2eVerdict.REPEATED);
        arrived += take(signals, E2eVerdict.OK);
        if (arrived > 0) {
            skipped[(next + WINDOW - 1) % WINDOW] += signals.lost(peer);
            boolean bad = worthless();
            corrupt.judge(0, bad, !bad && good >= WINDOW, Double.NaN, dtS, nanos);
        }
    }

    /** Whoever is no longer expected comes back as a new one. */
    private void forget() {
        Arrays.fill(wrongCrc, false);
        Arrays.fill(skipped, 0);
        good = WINDOW;
        repeated = 0;
    }

    private int take(PackSignals signals, E2eVerdict verdict) {
        int n = signals.heard(peer, verdict);
        for (int i = 0; i < n; i++) {
            wrongCrc[next] = verdict == E2eVerdict.WRONG_CRC;
            skipped[next] = verdict == E2eVerdict.WRONG_SEQUENCE ? MOST_LOST : 0;
            next = (next + 1) % WINDOW;
            good = verdict == E2eVerdict.OK ? good + 1 : 0;
            repeated = verdict == E2eVerdict.REPEATED ? repeated + 1 : 0;
        }
        return n;
    }

    private boolean worthless() {
        int wrong = 0;
        int missing = 0;
        for (int i = 0; i < WINDOW; i++) {
            wrong += wrongCrc[i] ? 1 : 0;
            missing += skipped[i];
        }
        return wrong >= MOST_WRONG_CRC || repeated >= MOST_REPEATED || missing >= MOST_LOST;
    }
}
