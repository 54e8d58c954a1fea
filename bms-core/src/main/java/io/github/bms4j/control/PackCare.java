package io.github.bms4j.control;

import io.github.bms4j.balance.Balancer;
import io.github.bms4j.balance.BleedBoard;
import io.github.bms4j.detect.Detectors;
import io.github.bms4j.detect.Finding;
import io.github.bms4j.detect.InternalShortDetector;
import io.github.bms4j.detect.PlatingDetector;
import io.github.bms4j.detect.SensorBiasDetector;
import io.github.bms4j.detect.Suspect;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackEstimator;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.journal.StoredFinding;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultMonitor;
import io.github.bms4j.thermal.ThermalControl;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the cells together, at temperature and under suspicion: balancing, heater and coolant, detectors.
 *
 * <p>Balancing needs the differences between cells better than a filter of each cell knows them; they are followed by a {@link
 * PackEstimator} of its own, whatever estimator is in charge.
 *
 * <p>Thread: one. Allocation: none per step.
 */
final class PackCare {
    /** Age that a record of what balancing knows has at most when the power goes: the standard interval, s. */
    private static final double UNSEEN_S = 600.0;

    private final @Nullable Balancer balancer;
    private final @Nullable PackEstimator comparer;
    private final PackEstimate compared;
    private final ThermalControl thermal;
    private final Detectors detectors;
    private final double[] toldAh;
    private final double groupAh;
    private final double driftAhPerDay;
    private final double bledUnseenAh;

    PackCare(BatterySettings settings) {
        PackEquipment equipment = settings.equipment();
        BleedBoard board = equipment.bleed();
        balancer = board == null ? null : new Balancer(settings.cell(), settings.layout(), board, equipment.balance());
        comparer = board == null ? null : new PackEstimator(settings.cell(), settings.layout(), settings.noise());
        compared = new PackEstimate(settings.layout());
        thermal = new ThermalControl(settings.layout(), equipment.thermal());
        detectors = new Detectors(settings.cell(), settings.layout(), equipment.detectors());
        toldAh = new double[settings.layout().cells()];
        groupAh = settings.cell().rating().capacityAh() * settings.layout().parallel();
        driftAhPerDay = equipment.balance().driftPerDay() * groupAh;
        double mostBleedA = board == null ? 0.0 : settings.cell().rating().maxV() / board.resistanceOhm();
        bledUnseenAh = mostBleedA * UNSEEN_S / 3600.0;
    }

    /** Starts every cell at the same SOC. */
    void start(double soc, double sigma) {
        if (comparer != null) {
            comparer.start(soc, sigma);
        }
    }

    /**
     * Starts cell by cell from what was remembered. Differences between cells drift while nobody looks; after a run that did not end
     * in order a channel may have bled on since they were written.
     */
    void restore(Restart restart) {
        if (comparer != null) {
            comparer.startEach(restart.socs(), restart.sigmas());
        }
        CarriedState carried = restart.memory().carried();
        double days = Remembered.days(restart.offS());
        if (balancer != null) {
            double unseenAh = restart.orderly() ? 0.0 : bledUnseenAh;
            for (int c = 0; c < toldAh.length; c++) {
                double sigmaAh = carried.differenceSigmaAh(c) + driftAhPerDay * days + unseenAh;
                if (Double.isFinite(carried.differenceAh(c)) && sigmaAh > 0.0 && sigmaAh < groupAh) {
                    balancer.remember(c, carried.differenceAh(c), sigmaAh);
                }
            }
        }
        for (StoredFinding found : carried.findings()) {
            for (Suspect suspect : Suspect.values()) {
                if (suspect.name().equals(found.suspect())) {
                    Finding finding = new Finding(suspect, found.index(), found.value(), found.low(), found.high(), 0L);
                    detectors.recall(finding, days);
                }
            }
        }
    }

    void keep(CarriedState into) {
        Balancer bleeding = balancer;
        if (bleeding != null) {
            for (int c = 0; c < toldAh.length; c++) {
                into.difference(c, bleeding.differenceAh(c), bleeding.differenceSigmaAh(c));
            }
        }
    }

    /** Puts what was bled into the sample; comes before the estimators. */
    void count(PackSample sample) {
        Balancer bleeding = balancer;
        if (bleeding == null) {
            return;
        }
        bleeding.count(sample);
        for (int c = 0; c < toldAh.length; c++) {
            double bledAh = bleeding.bledAh(c);
            if (bledAh > toldAh[c]) {
                detectors.bled(c, bledAh - toldAh[c]);
                toldAh[c] = bledAh;
            }
        }
    }

    /** Wants the pack warmer than its band: to a temperature of the coldest cell, °C, or NaN, with so much power, W. */
    void heat(double toDegC, double powerW) {
        thermal.request(toDegC, powerW);
    }

    /** Decides what is bled, heated and cooled, and tells of what looks suspicious. */
    void step(
            PackSample sample, PackEstimate estimate, VehicleState vehicle, boolean zeroCurrent, FaultMonitor faults) {
        if (balancer != null && comparer != null) {
            comparer.step(sample, compared);
            boolean allowed = vehicle.balance && faults.faults().count() == 0;
            balancer.step(sample, compared, vehicle.bleedBoardDegC, allowed);
        }
        thermal.step(sample, estimate, vehicle.need, vehicle.heaterW);
        detectors.step(sample, estimate, zeroCurrent);
        report(faults);
    }

    private void report(FaultMonitor faults) {
        InternalShortDetector internalShort = detectors.internalShort();
        if (internalShort != null) {
            faults.report(Fault.INTERNAL_SHORT_SUSPECTED, internalShort.anyAlarmed());
        }
        PlatingDetector plating = detectors.plating();
        if (plating != null) {
            faults.report(Fault.LITHIUM_PLATING_SUSPECTED, plating.anyAlarmed());
        }
        SensorBiasDetector bias = detectors.sensorBias();
        if (bias != null) {
            faults.report(Fault.SENSOR_BIAS_SUSPECTED, bias.anyAlarmed());
        }
    }

    @Nullable
    Balancer balancer() {
        return balancer;
    }

    ThermalControl thermal() {
        return thermal;
    }

    Detectors detectors() {
        return detectors;
    }
}
