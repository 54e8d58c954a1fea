package io.github.bms4j.protect;

import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;

/**
 * Insulation and interlock. While a charger is plugged in a fault of insulation opens at once, because people touch what is
 * charging; while driving it only keeps open contactors open.
 */
final class SignalJudge implements Judge {
    private final SignalSettings settings;
    private final double graceS;
    private final FaultRecord insulationWarning;
    private final FaultRecord insulationFault;
    private final FaultRecord insulationCharging;
    private final FaultRecord insulationStale;
    private final FaultRecord interlock;
    private final FaultRecord interlockStale;
    private final Freshness insulationFreshness = new Freshness(1);
    private final Freshness interlockFreshness = new Freshness(1);

    SignalJudge(ProtectSettings settings, FaultSet faults) {
        this.settings = settings.signal();
        this.graceS = settings.sensor().startGraceS();
        this.insulationWarning = faults.record(Fault.INSULATION_WARNING);
        this.insulationFault = faults.record(Fault.INSULATION_SAFETY);
        this.insulationCharging = faults.record(Fault.INSULATION_CHARGING);
        this.insulationStale = faults.record(Fault.INSULATION_STALE_WARNING);
        this.interlock = faults.record(Fault.INTERLOCK_SAFETY);
        this.interlockStale = faults.record(Fault.INTERLOCK_STALE_WARNING);
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        long nanos = sample.nanos();
        if (settings.equipment().insulationMonitor()) {
            insulation(signals, nanos, dtS);
        }
        if (settings.equipment().interlock()) {
            interlock(signals, nanos, dtS);
        }
    }

    private void insulation(PackSignals signals, long nanos, double dtS) {
        double ohm = signals.insulation().value(0);
        boolean fresh = signals.insulation().usable(0);
        if (fresh) {
            double freshDtS = insulationFreshness.takeS(0, nanos);
            double warningOhm = settings.insulationOhm(Tier.WARNING);
            double faultOhm = settings.insulationOhm(Tier.SAFETY);
            boolean recovered = ohm > SignalSettings.INSULATION_RECOVERY * faultOhm;
            insulationWarning.judge(
                    0, ohm < warningOhm, ohm > SignalSettings.INSULATION_RECOVERY * warningOhm, ohm, freshDtS, nanos);
            insulationFault.judge(0, ohm < faultOhm, recovered, ohm, freshDtS, nanos);
            insulationCharging.judge(
                    0, ohm < faultOhm && signals.expects(Peer.CHARGER), recovered, ohm, freshDtS, nanos);
        }
        double ageS = silence(signals.insulation().ageS(0, nanos), signals);
        insulationStale.judge(0, ageS > settings.insulationStaleS(), fresh, ageS, dtS, nanos);
    }

    private void interlock(PackSignals signals, long nanos, double dtS) {
        boolean fresh = signals.contactFresh(Contact.INTERLOCK);
        if (fresh) {
            boolean open = signals.contact(Contact.INTERLOCK) == ContactState.OPEN;
            interlock.judge(0, open, !open, Double.NaN, interlockFreshness.takeS(0, nanos), nanos);
        }
        double ageS = silence(signals.contactAgeS(Contact.INTERLOCK), signals);
        interlockStale.judge(0, ageS > settings.interlockStaleS(), fresh, ageS, dtS, nanos);
    }

    /** Age; of what was never read the time since the start, less the time that it may take to come up. */
    private double silence(double ageS, PackSignals signals) {
        return Double.isInfinite(ageS) ? signals.sinceBootS() - graceS : ageS;
    }
}
