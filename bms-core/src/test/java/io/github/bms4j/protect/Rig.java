package io.github.bms4j.protect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import java.util.Arrays;

/**
 * A sound pack of twelve 3 Ah cells (4.2…3.0 V, 9 A out, 3 A in) with four thermistors, every reading of which a test can turn.
 * NaN is no reading.
 */
final class Rig {
    static final PackLayout LAYOUT = new PackLayout(12, 1, 4);

    final double[] cellV = new double[12];
    final double[] degC = new double[4];
    final ProtectSettings settings;
    final PackSample sample = new PackSample(LAYOUT);
    final PackSignals signals = new PackSignals(LAYOUT);
    final FaultMonitor monitor;
    final FaultSet faults;

    double currentA = 1.0;
    /** Added to the sum of the cells. */
    double packErrorV;

    boolean packRead = true;
    double insulationOhm = 5e6;
    ContactState interlock = ContactState.CLOSED;
    Motion motion = Motion.MOVING;
    boolean charger;
    boolean inverterTalks = true;
    boolean chargerTalks = true;
    E2eVerdict verdict = E2eVerdict.OK;
    double periodS = 0.1;
    long nanos = 1_000_000_000L;

    Rig() {
        this(ProtectSettings.of(SampleCells.straight(), LAYOUT));
    }

    Rig(ProtectSettings settings) {
        this.settings = settings;
        monitor = new FaultMonitor(settings, LAYOUT);
        faults = monitor.faults();
        Arrays.fill(cellV, 3.6);
        Arrays.fill(degC, 25.0);
    }

    static ProtectSettings settings(Equipment equipment, double periodS) {
        CellType type = SampleCells.straight();
        return ProtectSettings.of(type, LAYOUT, equipment, periodS);
    }

    /** One cycle after another period. */
    Rig step() {
        nanos += Math.round(periodS * 1e9);
        double sumV = 0.0;
        sample.begin(nanos);
        sample.readCurrent(currentA);
        for (int c = 0; c < cellV.length; c++) {
            sample.readCellVoltage(c, cellV[c]);
            sumV += sample.cellVoltage().value(c);
        }
        sample.readPackVoltage(packRead ? sumV + packErrorV : Double.NaN);
        for (int s = 0; s < degC.length; s++) {
            sample.readTemperature(s, degC[s]);
        }
        signals.begin(nanos);
        signals.readInsulation(insulationOhm);
        signals.readContact(Contact.INTERLOCK, interlock);
        signals.readMotion(motion);
        signals.expect(Peer.INVERTER, true);
        signals.expect(Peer.CHARGER, charger);
        if (inverterTalks) {
            signals.hear(Peer.INVERTER, verdict);
        }
        if (charger && chargerTalks) {
            signals.hear(Peer.CHARGER, verdict);
        }
        monitor.step(sample, signals);
        return this;
    }

    Rig run(double forS) {
        long untilNanos = nanos + Math.round(forS * 1e9);
        while (nanos < untilNanos) {
            step();
        }
        return this;
    }

    /** Seconds until a fault stands, from now; NaN when it does not within so long. */
    double untilSet(Fault fault, double withinS) {
        return until(fault, true, withinS);
    }

    /** Seconds until a fault no longer stands, from now; NaN when it still does after so long. */
    double untilClear(Fault fault, double withinS) {
        return until(fault, false, withinS);
    }

    private double until(Fault fault, boolean stands, double withinS) {
        long fromNanos = nanos;
        while ((nanos - fromNanos) * 1e-9 < withinS) {
            step();
            if (stands(fault) == stands) {
                return (nanos - fromNanos) * 1e-9;
            }
        }
        return Double.NaN;
    }

    boolean stands(Fault fault) {
        return faults.state(fault).stands();
    }
}
