package io.github.bms4j.control;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.charge.ChargeController;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.ChargePlanner;
import io.github.bms4j.charge.FastChargeCourse;
import io.github.bms4j.charge.FastChargeSearch;
import io.github.bms4j.charge.FastChargeSettings;
import io.github.bms4j.charge.PackNow;
import io.github.bms4j.charge.PlanJob;
import io.github.bms4j.charge.PlanRequest;
import io.github.bms4j.charge.SessionSoFar;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.StationNow;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.FirstOrder;
import io.github.bms4j.thermal.HeaterRating;
import org.jspecify.annotations.Nullable;

/**
 * One charge between plug-in and unplug: need, offer, the plan in force, and the demand that follows from it.
 *
 * <p>Planning allocates and happens outside the control cycle; {@link #step} allocates nothing. Thread: one.
 */
final class ChargeSession {
    /** What is missed by less than this, of the minimum or of the target, is not worth a second start. */
    private static final double SAME_SOC = 0.005;
    /** A smaller current is no flow of energy, A. */
    private static final double FLOWING_A = 0.5;

    /** Readings of temperature are taken as a mean over so long, s. */
    private static final double CALM_S = 60.0;
    /** A heat path learned beyond this is more likely a sensor that is off, as a share of the model's. */
    private static final double LEAST_LOSS = 0.6;

    private static final double MOST_LOSS = 1.6;

    private static final int ALL_UNITS = Integer.MAX_VALUE;

    private final CellType cell;
    private final ChargePlanner planner;
    private final ChargeController controller;
    private final @Nullable FastChargeSettings stages;
    private final ChargeDemand demand;
    private final PackStatusWriter status;
    private final StationState unplugged = new StationState();
    private final ReplanTrigger trigger = new ReplanTrigger();

    private StationState station = unplugged;
    private @Nullable ChargeNeed need;
    private @Nullable StationOffer offer;
    private @Nullable ChargePlan plan;
    private SiteSeries site = SiteSeries.unlimited();
    private @Nullable FastChargeSearch search;
    private @Nullable PlanJob job;
    private FastChargeCourse course = FastChargeCourse.none();
    private double jobCapW;
    private final HeaterRating heater;
    private double lossShare = 1.0;
    private double ambientDegC = Double.NaN;
    private double heaterNowW;
    private boolean heated;
    private double heatToDegC = Double.NaN;
    private double heaterMayW;
    private boolean minimumReached;
    private boolean flowing;
    private int starts;
    private double spent;
    private double lastS = Double.NaN;
    /** Means of the last minute or two of the lowest and of the highest reading, °C: near its end a derate makes minutes of its noise. */
    private double coldestDegC = Double.NaN;

    private double hottestDegC = Double.NaN;
    private double readAtS = Double.NaN;

    ChargeSession(BatterySettings settings) {
        this.cell = settings.cell();
        this.heater = settings.equipment().thermal().heater();
        this.planner = new ChargePlanner(settings.cell(), settings.layout(), settings.planner());
        this.controller = new ChargeController(settings.cell(), settings.layout(), settings.controller());
        this.stages = settings.controller().fastCharge();
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
        dropWork();
        flowing = false;
        starts = 0;
        spent = 0.0;
        lastS = Double.NaN;
        PlanRequest request = request(sample, estimate, newNeed, newOffer, Double.POSITIVE_INFINITY);
        FastChargeSearch looked = look(request, sample, estimate);
        while (looked != null && !looked.advance(ALL_UNITS)) {
            // the work is finite
        }
        course = looked == null ? FastChargeCourse.none() : looked.course();
        ChargePlan first = planner.plan(request.with(course));
        plan = first;
        trigger.planned(request.nowS(), Double.POSITIVE_INFINITY);
        controller.start(newNeed, first, demand);
        controller.course(course);
        return first;
    }

    void unplug() {
        ambientDegC = Double.NaN;
        heated = false;
        need = null;
        offer = null;
        plan = null;
        dropWork();
        site = SiteSeries.unlimited();
        station = unplugged;
        demand.reset();
    }

    void offer(StationOffer newOffer) {
        offer = newOffer;
        dropWork();
        trigger.force();
    }

    void need(ChargeNeed newNeed) {
        if (need == null) {
            throw new IllegalStateException("plugIn() must come before need()");
        }
        need = newNeed;
        minimumReached = false;
        dropWork();
        controller.need(newNeed);
        trigger.force();
    }

    void site(SiteSeries newSite) {
        site = newSite;
        dropWork();
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
            ChargeNeed open = minimumReached ? n.withoutMinimum() : n;
            PlanRequest request = request(sample, estimate, open, o, controller.stationCapW());
            FastChargeSearch looked = search == null ? look(request, sample, estimate) : search;
            search = looked;
            if (looked != null && !looked.advance(units)) {
                return null;
            }
            jobCapW = controller.stationCapW();
            course = looked == null ? FastChargeCourse.none() : looked.course();
            work = planner.begin(request.with(course), p);
            job = work;
        }
        if (!work.advance(units)) {
            return null;
        }
        ChargePlan next = work.revision().plan();
        dropWork();
        controller.course(course);
        plan = next;
        trigger.planned(sample.nanos() * 1e-9, jobCapW);
        controller.plan(next);
        return next;
    }

    /** What the heater takes now from the link, W. */
    void heater(double nowW) {
        heaterNowW = nowW;
        heated |= nowW > 0.0;
    }

    /** Temperature of the coldest cell up to which the plan heats now, °C; NaN if it does not. */
    double heatToDegC() {
        return heatToDegC;
    }

    /** Power that the heater may take of the station's for it, W. */
    double heaterW() {
        return heaterMayW;
    }

    /** What the cells lose to their surroundings over what their type says, from now on. */
    void loses(double share) {
        lossShare = Math.min(MOST_LOSS, Math.max(LEAST_LOSS, share));
    }

    private @Nullable FastChargeSearch look(PlanRequest request, PackSample sample, PackEstimate estimate) {
        return stages == null
                ? null
                : planner.course(request, stages, controller.mapShare(sample, estimate), lossShare);
    }

    private void dropWork() {
        search = null;
        job = null;
    }

    /** One cycle; without a plug only what a station would be told is kept up to date. A fault that opens the contactors ends the charge. */
    void step(PackSample sample, PackEstimate estimate, PackLimits limits, StationState stationNow, boolean packFault) {
        station = stationNow;
        double nowS = sample.nanos() * 1e-9;
        watchTemperatures(sample, nowS);
        heatToDegC = Double.NaN;
        heaterMayW = 0.0;
        if (need != null) {
            minimumReached |= estimate.packSoc() >= need.minSoc() - (flowing ? 0.0 : SAME_SOC);
            controller.packFault(packFault);
            controller.minimumOpen(!minimumReached);
            controller.heater(heaterNowW);
            controller.step(sample, estimate, limits, station, demand);
            account(sample, nowS);
            if (demand.stop() == StopCause.NONE && station.phase.energyMayFlow() && station.permitted) {
                heatToDegC = controller.heatToDegC();
                heaterMayW = Math.min(heater.powerW(), controller.suppliedW(sample, station));
            }
            boolean last = demand.chargeA() > FLOWING_A && estimate.packSoc() > need.targetSoc() - SAME_SOC;
            double plannedSoc = controller.plannedSoc(nowS);
            trigger.watch(nowS, estimate.packSoc(), plannedSoc, controller.stationCapW(), course.paced(), last);
        }
        boolean overCurrent = need != null && controller.overCurrent();
        status.write(sample, estimate, remainingMin(nowS), overCurrent);
    }

    private void watchTemperatures(PackSample sample, double nowS) {
        if (sample.temperature().lowest() < 0) {
            return; // nothing was read yet
        }
        double share = FirstOrder.settled(Math.max(0.0, nowS - readAtS) / CALM_S);
        readAtS = nowS;
        double low = sample.temperature().value(sample.temperature().lowest());
        double high = sample.temperature().value(sample.temperature().highest());
        coldestDegC = calm(coldestDegC + share * (low - coldestDegC), low);
        hottestDegC = calm(hottestDegC + share * (high - hottestDegC), high);
    }

    private static double calm(double meanDegC, double readDegC) {
        return Double.isNaN(meanDegC) ? readDegC : meanDegC;
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
        double inA =
                -sample.current().value(0) + heaterNowW / sample.packVoltage().value(0);
        boolean flows = asked && Math.abs(inA) > FLOWING_A;
        starts += flows && !flowing ? 1 : 0;
        flowing = flows;
        double dtS = Double.isNaN(lastS) ? 0.0 : Math.max(0.0, nowS - lastS);
        lastS = nowS;
        spent += controller.pricePerKwh() * inA * sample.packVoltage().value(0) * dtS / 3.6e6;
    }

    /** By how much the coldest core is behind a reading, K: so much colder than it reads the limits take a pack that was heated. */
    private double lagK(double readDegC, PackEstimate estimate) {
        double lagK = 0.0;
        for (int c = 0; heated && c < estimate.cells(); c++) {
            double behindK = readDegC - estimate.coreDegC(c);
            lagK = behindK > lagK ? behindK : lagK; // NaN where nobody estimates it
        }
        return lagK;
    }

    private PlanRequest request(PackSample sample, PackEstimate estimate, ChargeNeed n, StationOffer o, double capW) {
        double coldest = calm(
                coldestDegC, sample.temperature().value(sample.temperature().lowest()));
        double hottest = Math.max(
                coldest,
                calm(
                        hottestDegC,
                        sample.temperature().value(sample.temperature().highest())));
        double lagK = lagK(coldest, estimate);
        double soc = estimate.packSoc();
        double lead = Math.min(1.0, Math.max(0.0, estimate.soc(estimate.strongest()) - soc));
        double air = Double.isNaN(ambientDegC) ? coldest : ambientDegC;
        double nowS = sample.nanos() * 1e-9;
        PackNow pack = new PackNow(
                soc,
                lead,
                coldest - lagK,
                hottest - lagK,
                air,
                PackConditions.polarisation(estimate),
                PackConditions.of(estimate, cell, n.targetSoc()));
        SessionSoFar soFar = new SessionSoFar(flowing, starts, spent);
        return new PlanRequest(nowS, pack, n, o, site, StationNow.of(station, capW), soFar).with(heater);
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
