package io.github.bms4j.control;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.charge.ChargeController;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.ChargePlanner;
import io.github.bms4j.charge.PackNow;
import io.github.bms4j.charge.PlanJob;
import io.github.bms4j.charge.PlanRequest;
import io.github.bms4j.charge.SessionSoFar;
import io.github.bms4j.charge.SiteSeries;
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
    /** A smaller current is no flow of energy, A. */
    private static final double FLOWING_A = 0.5;

    private static final int ALL_UNITS = Integer.MAX_VALUE;

    private final CellType cell;
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
    private SiteSeries site = SiteSeries.unlimited();
    private @Nullable PlanJob job;
    private double jobCapW;
    private double ambientDegC = Double.NaN;
    private boolean minimumReached;
    private boolean flowing;
    private int starts;
    private double spent;
    private double lastS = Double.NaN;

    ChargeSession(BatterySettings settings) {
        this.cell = settings.cell();
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
        job = null;
        flowing = false;
        starts = 0;
        spent = 0.0;
        lastS = Double.NaN;
        PlanRequest request = request(sample, estimate, newNeed, newOffer, Double.POSITIVE_INFINITY);
        ChargePlan first = planner.plan(request);
        plan = first;
        trigger.planned(request.nowS(), Double.POSITIVE_INFINITY);
        controller.start(newNeed, first, demand);
        return first;
    }

    void unplug() {
        ambientDegC = Double.NaN;
        need = null;
        offer = null;
        plan = null;
        job = null;
        site = SiteSeries.unlimited();
        station = unplugged;
        demand.reset();
    }

    void offer(StationOffer newOffer) {
        offer = newOffer;
        job = null;
        trigger.force();
    }

    void need(ChargeNeed newNeed) {
        if (need == null) {
            throw new IllegalStateException("plugIn() must come before need()");
        }
        need = newNeed;
        minimumReached = false;
        job = null;
        controller.need(newNeed);
        trigger.force();
    }

    void site(SiteSeries newSite) {
        site = newSite;
        job = null;
        trigger.force();
    }

    boolean replanDue() {
        return need != null && !station.phase.over() && trigger.due();
    }

    ChargePlan replan(PackSample sample, PackEstimate estimate) {
        ChargePlan made = null;
        while (made == null) {
            made = replan(sample, estimate, ALL_UNITS);
        }
        return made;
    }

    /** Some of the work of a new plan, from the state in which the work began; the plan when it is there, null before. */
    @Nullable
    ChargePlan replan(PackSample sample, PackEstimate estimate, int units) {
        ChargeNeed n = need;
        StationOffer o = offer;
        ChargePlan p = plan;
        if (n == null || o == null || p == null) {
            throw new IllegalStateException("plugIn() must come before replan()");
        }
        PlanJob work = job;
        if (work == null) {
            jobCapW = controller.stationCapW();
            ChargeNeed open = minimumReached ? n.withoutMinimum() : n;
            work = planner.begin(request(sample, estimate, open, o, jobCapW), p);
            job = work;
        }
        if (!work.advance(units)) {
            return null;
        }
        ChargePlan next = work.revision().plan();
        job = null;
        plan = next;
        trigger.planned(sample.nanos() * 1e-9, jobCapW);
        controller.plan(next);
        return next;
    }

    /** One cycle; without a plug only what a station would be told is kept up to date. A fault that opens the contactors ends the charge. */
    void step(PackSample sample, PackEstimate estimate, PackLimits limits, StationState stationNow, boolean packFault) {
        station = stationNow;
        double nowS = sample.nanos() * 1e-9;
        if (need != null) {
            controller.packFault(packFault);
            controller.step(sample, estimate, limits, station, demand);
            account(sample, nowS);
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

    /** Counts the starts and what the energy costs. */
    private void account(PackSample sample, double nowS) {
        boolean asked = demand.chargeA() > 0.0 || demand.dischargeA() > 0.0;
        if (!sample.current().usable(0) || !sample.packVoltage().usable(0)) {
            return;
        }
        double inA = -sample.current().value(0);
        boolean flows = asked && Math.abs(inA) > FLOWING_A;
        starts += flows && !flowing ? 1 : 0;
        flowing = flows;
        double dtS = Double.isNaN(lastS) ? 0.0 : Math.max(0.0, nowS - lastS);
        lastS = nowS;
        spent += controller.pricePerKwh() * inA * sample.packVoltage().value(0) * dtS / 3.6e6;
    }

    private PlanRequest request(PackSample sample, PackEstimate estimate, ChargeNeed n, StationOffer o, double capW) {
        double coldest = sample.temperature().value(sample.temperature().lowest());
        double hottest = sample.temperature().value(sample.temperature().highest());
        double soc = estimate.packSoc();
        double fullest = estimate.soc(estimate.strongest()) + estimate.socSigma(estimate.strongest());
        double lead = Math.min(1.0, Math.max(0.0, fullest - soc));
        double air = Double.isNaN(ambientDegC) ? coldest : ambientDegC;
        double nowS = sample.nanos() * 1e-9;
        PackNow pack = new PackNow(
                soc,
                lead,
                coldest,
                hottest,
                air,
                PackConditions.polarisation(estimate),
                PackConditions.of(estimate, cell));
        SessionSoFar soFar = new SessionSoFar(flowing, starts, spent);
        return new PlanRequest(nowS, pack, n, o, site, StationNow.of(station, capW), soFar);
    }

    /** Whether a charge is on. */
    boolean plugged() {
        return need != null;
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
