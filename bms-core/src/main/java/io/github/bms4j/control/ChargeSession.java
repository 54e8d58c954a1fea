package io.github.bms4j.control;

import io.github.bms4j.charge.ChargeController;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.ChargePlanner;
import io.github.bms4j.charge.PackNow;
import io.github.bms4j.charge.StationNow;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.measure.PackSample;
import org.jspecify.annotations.Nullable;

/**
 * One charge between plug-in and unplug: need, offer, the plan in force, and the demand that follows from it.
 *
 * <p>Planning allocates and happens outside the control cycle; {@link #step} allocates nothing. Thread: one.
 */
final class ChargeSession {
    /** A minimum missed by less than this is not worth a second start. */
    private static final double SAME_SOC = 0.005;

    private final ChargePlanner planner;
    private final ChargeController controller;
    private final ChargeDemand demand;
    private final PackStatusWriter status;
    private final StationState unplugged = new StationState();
    private final ReplanTrigger trigger = new ReplanTrigger();

    private StationState station = unplugged;
    private @Nullable ChargeNeed need;
    private @Nullable StationOffer offer;
    private @Nullable ChargePlan plan;
    private double ambientDegC = Double.NaN;
    private boolean minimumReached;

    ChargeSession(BatterySettings settings) {
        this.planner = new ChargePlanner(settings.cell(), settings.layout(), settings.planner());
        this.controller = new ChargeController(settings.cell(), settings.layout(), settings.controller());
        this.demand =
                new ChargeDemand(settings.layout().cells(), settings.layout().temperatureSensors());
        this.status = new PackStatusWriter(settings.cell().rating(), demand.pack());
    }

    ChargePlan plugIn(
            ChargeNeed newNeed,
            StationOffer newOffer,
            double newAmbientDegC,
            PackSample sample,
            PackEstimate estimate) {
        if (!estimate.known()) {
            throw new IllegalStateException("step() must have made an estimate before a charge can be planned");
        }
        need = newNeed;
        offer = newOffer;
        ambientDegC = newAmbientDegC;
        minimumReached = false;
        station = unplugged;
        ChargePlan first = makePlan(sample, estimate, newNeed, newOffer, Double.POSITIVE_INFINITY);
        controller.start(newNeed, first, demand);
        return first;
    }

    void unplug() {
        ambientDegC = Double.NaN;
        need = null;
        offer = null;
        plan = null;
        station = unplugged;
        demand.reset();
    }

    void offer(StationOffer newOffer) {
        offer = newOffer;
        trigger.force();
    }

    boolean replanDue() {
        return need != null && !station.phase.over() && trigger.due();
    }

    ChargePlan replan(PackSample sample, PackEstimate estimate) {
        ChargeNeed n = need;
        StationOffer o = offer;
        if (n == null || o == null) {
            throw new IllegalStateException("plugIn() must come before replan()");
        }
        ChargeNeed open = minimumReached ? n.withoutMinimum() : n;
        ChargePlan next = makePlan(sample, estimate, open, o, controller.stationCapW());
        controller.plan(next);
        return next;
    }

    /** One cycle; without a plug only what a station would be told is kept up to date. */
    void step(PackSample sample, PackEstimate estimate, PackLimits limits, StationState stationNow) {
        station = stationNow;
        double nowS = sample.nanos() * 1e-9;
        if (need != null) {
            controller.step(sample, estimate, limits, station, demand);
            minimumReached |= estimate.packSoc() >= need.minSoc() - SAME_SOC;
            trigger.watch(nowS, estimate.packSoc(), controller.plannedSoc(nowS), controller.stationCapW());
        }
        boolean overCurrent = need != null && controller.overCurrent();
        status.write(sample, estimate, remainingMin(nowS), overCurrent);
    }

    private double remainingMin(double nowS) {
        ChargePlan p = plan;
        ChargeNeed n = need;
        if (p == null || n == null) {
            return Double.NaN;
        }
        double endS = Double.isNaN(p.finishS()) ? n.departureS() : p.finishS();
        return Math.max(0.0, (endS - nowS) / 60.0);
    }

    private ChargePlan makePlan(
            PackSample sample, PackEstimate estimate, ChargeNeed n, StationOffer o, double capW) {
        double coldest = sample.temperature().value(sample.temperature().lowest());
        double hottest = sample.temperature().value(sample.temperature().highest());
        double soc = estimate.packSoc();
        double fullest = estimate.soc(estimate.strongest()) + estimate.socSigma(estimate.strongest());
        double lead = Math.min(1.0, Math.max(0.0, fullest - soc));
        double air = Double.isNaN(ambientDegC) ? coldest : ambientDegC;
        double nowS = sample.nanos() * 1e-9;
        PackNow pack = new PackNow(soc, lead, coldest, hottest, air);
        ChargePlan made = planner.plan(nowS, pack, n, o, StationNow.of(station, capW));
        plan = made;
        trigger.planned(nowS, capW);
        return made;
    }

    /** A station that is not there. */
    StationState unplugged() {
        return unplugged;
    }

    /** Air around the pack, °C; NaN when not plugged in or not told. */
    double ambientDegC() {
        return ambientDegC;
    }

    ChargeDemand demand() {
        return demand;
    }

    @Nullable
    ChargePlan plan() {
        return plan;
    }

    Limit binding() {
        return controller.binding();
    }

    LimitRule cause() {
        return controller.cause(station);
    }
}
