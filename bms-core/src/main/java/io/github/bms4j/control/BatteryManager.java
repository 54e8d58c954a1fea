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
import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.CellEkf;
import io.github.bms4j.estimate.ChargeAudit;
import io.github.bms4j.estimate.CoreTemperatureEstimator;
import io.github.bms4j.estimate.CoulombCounter;
import io.github.bms4j.estimate.EnergyForecast;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.ResistanceTrend;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.estimate.UsableEnergy;
import io.github.bms4j.limit.CurrentLimiter;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import org.jspecify.annotations.Nullable;

/**
 * The control cycle of one pack: readings go in; what the pack is, what it may do, and what it asks of the station come
 * out.
 *
 * <pre>
 * sample ──► estimate ──► limits ──► demand          every cycle, allocates nothing
 *                  plan ────────────────┘            when {@link #replanDue}, by {@link #replan}, outside the cycle
 * </pre>
 *
 * <p>The caller owns time and transport: it fills a {@link PackSample}, calls {@link #step}, and hands {@link #demand} to a
 * {@link io.github.bms4j.charge.ChargeLink}, which may run at a faster beat. Bad input holds the estimate; limits fall to
 * zero when readings are missing longer than the settings allow. Thread: one. Allocation: none per step.
 */
public final class BatteryManager {
    /** A minimum missed by less than this is not worth a second start. */
    private static final double SAME_SOC = 0.005;

    private final SocEstimator estimator;
    private final ChargeAudit audit;
    private final EnergyForecast forecast;
    private final CapacityEstimator capacity;
    private final ResistanceTrend resistance;
    private final CoreTemperatureEstimator core;
    private final CurrentLimiter limiter;
    private final ChargePlanner planner;
    private final ChargeController controller;
    private final PackEstimate estimate;
    private final PackLimits limits = new PackLimits();
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

    /** A manager with the per-cell Kalman filter. */
    public BatteryManager(BatterySettings settings) {
        this(settings, new CellEkf(settings.cell(), settings.layout(), settings.noise()));
    }

    /**
     * A manager with an estimator of the caller's choice; handed a {@link io.github.bms4j.estimate.ShadowEstimator}, candidates
     * can be tried under it, and {@link #estimator} gives it back for its decisions.
     */
    public BatteryManager(BatterySettings settings, SocEstimator estimator) {
        this.estimator = estimator;
        this.audit = new ChargeAudit(settings.cell(), settings.layout(), settings.noise());
        this.forecast = new EnergyForecast(settings.cell(), settings.layout(), settings.noise());
        this.capacity = new CapacityEstimator(settings.cell(), settings.layout(), CapacitySettings.standard());
        this.resistance = new ResistanceTrend(settings.cell(), settings.layout());
        this.core = new CoreTemperatureEstimator(settings.cell(), settings.layout());
        this.limiter = new CurrentLimiter(settings.cell(), settings.layout(), settings.limits());
        this.planner = new ChargePlanner(settings.cell(), settings.layout(), settings.planner());
        this.controller = new ChargeController(settings.cell(), settings.layout(), settings.controller());
        this.estimate = new PackEstimate(settings.layout());
        this.demand =
                new ChargeDemand(settings.layout().cells(), settings.layout().temperatureSensors());
        this.status = new PackStatusWriter(settings.cell().rating(), demand.pack());
    }

    /** Starts the estimate at a SOC with its standard deviation; must come before the first step. */
    public void start(double soc, double sigma) {
        estimator.start(soc, sigma);
        audit.start(soc, sigma);
    }

    /**
     * Starts a cell's capacity at what was known of it before, for instance from the last journey.
     *
     * @param cell measured cell
     * @param capacityAh capacity of one of its parallel members, Ah, within 0.3…1.3 of the rated one
     * @param sigmaAh its standard deviation, Ah, above 0
     */
    public void startCapacity(int cell, double capacityAh, double sigmaAh) {
        capacity.start(cell, capacityAh, sigmaAh);
    }

    /** One cycle without a station. */
    public StepResult step(PackSample sample) {
        return step(sample, unplugged);
    }

    /** One cycle with what is known of the station; returns whether the readings entered the estimate. */
    public StepResult step(PackSample sample, StationState stationNow) {
        station = stationNow;
        StepResult result = estimator.step(sample, estimate);
        audit.step(sample, estimate);
        capacity.step(sample, estimate);
        resistance.step(sample, estimate);
        core.step(sample, estimate, ambientDegC);
        limiter.step(sample, estimate, limits);
        if (need != null) {
            controller.step(sample, estimate, limits, station, demand);
            minimumReached |= estimate.packSoc() >= need.minSoc() - SAME_SOC;
            double nowS = sample.nanos() * 1e-9;
            trigger.watch(nowS, estimate.packSoc(), controller.plannedSoc(nowS), controller.stationCapW());
        }
        boolean overCurrent = need != null && controller.overCurrent();
        status.write(sample, estimate, remainingMin(sample.nanos() * 1e-9), overCurrent);
        return result;
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

    /**
     * Begins a charge and makes its first plan. The estimate must be known: step at least once before.
     *
     * @param newNeed what the driver wants
     * @param newOffer what is offered
     * @param newAmbientDegC air around the pack, °C; NaN takes the coldest sensor for it
     * @param sample the last sample
     */
    public ChargePlan plugIn(ChargeNeed newNeed, StationOffer newOffer, double newAmbientDegC, PackSample sample) {
        if (!estimate.known()) {
            throw new IllegalStateException("step() must have made an estimate before a charge can be planned");
        }
        need = newNeed;
        offer = newOffer;
        ambientDegC = newAmbientDegC;
        minimumReached = false;
        station = unplugged;
        ChargePlan first = makePlan(sample, newNeed, newOffer, Double.POSITIVE_INFINITY);
        controller.start(newNeed, first, demand);
        return first;
    }

    /** Ends a charge: the demand falls to nothing. */
    public void unplug() {
        ambientDegC = Double.NaN;
        need = null;
        offer = null;
        plan = null;
        station = unplugged;
        demand.reset();
    }

    /** Takes a changed offer; {@link #replanDue} says yes from now on. */
    public void offer(StationOffer newOffer) {
        offer = newOffer;
        trigger.force();
    }

    /** Whether the plan no longer fits what is seen; the caller then calls {@link #replan} when it has time. */
    public boolean replanDue() {
        return need != null && !station.phase.over() && trigger.due();
    }

    /** Makes a new plan from what is known now; allocates, so it belongs outside the control cycle. */
    public ChargePlan replan(PackSample sample) {
        ChargeNeed n = need;
        StationOffer o = offer;
        if (n == null || o == null) {
            throw new IllegalStateException("plugIn() must come before replan()");
        }
        ChargeNeed open = minimumReached ? n.withoutMinimum() : n;
        ChargePlan next = makePlan(sample, open, o, controller.stationCapW());
        controller.plan(next);
        return next;
    }

    private ChargePlan makePlan(PackSample sample, ChargeNeed n, StationOffer o, double capW) {
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

    /** What the pack is. */
    public PackEstimate estimate() {
        return estimate;
    }

    /**
     * Energy that the pack gives from now on until its first cell is at its limit; allocates, so it belongs outside the control
     * cycle. The estimate must be known.
     *
     * @param sample the last sample
     * @param powerW constant power at the pack's terminals, W, above 0
     * @param atDegC temperature of the cells, °C; NaN keeps each as it is
     */
    public UsableEnergy usableEnergy(PackSample sample, double powerW, double atDegC) {
        return forecast.at(sample, estimate, powerW, atDegC);
    }

    /** The estimator that was handed in. */
    public SocEstimator estimator() {
        return estimator;
    }

    /** The counted charge of every cell, whatever the estimator: where each SOC would stand without a filter, and why. */
    public CoulombCounter counter() {
        return audit.counter();
    }

    /** What the pack may do. */
    public PackLimits limits() {
        return limits;
    }

    /** What the pack asks of the station. */
    public ChargeDemand demand() {
        return demand;
    }

    /** The plan in force, or null without a charge. */
    public @Nullable ChargePlan plan() {
        return plan;
    }

    /** The demand's limit with the cell and the rule that set it. */
    public Limit binding() {
        return controller.binding();
    }

    /** Why the pack does not get more now. */
    public LimitRule cause() {
        return controller.cause(station);
    }
}
