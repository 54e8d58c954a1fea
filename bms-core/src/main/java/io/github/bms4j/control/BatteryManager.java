package io.github.bms4j.control;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.estimate.CellEkf;
import io.github.bms4j.estimate.CoulombCounter;
import io.github.bms4j.estimate.PackEstimate;
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
    private final PackObserver observer;
    private final CurrentLimiter limiter;
    private final ChargeSession charge;
    private final PackLimits limits = new PackLimits();

    /** A manager with the per-cell Kalman filter. */
    public BatteryManager(BatterySettings settings) {
        this(settings, new CellEkf(settings.cell(), settings.layout(), settings.noise()));
    }

    /**
     * A manager with an estimator of the caller's choice; handed a {@link io.github.bms4j.estimate.ShadowEstimator}, candidates
     * can be tried under it, and {@link #estimator} gives it back for its decisions.
     */
    public BatteryManager(BatterySettings settings, SocEstimator estimator) {
        this.observer = new PackObserver(settings, estimator);
        this.limiter = new CurrentLimiter(settings.cell(), settings.layout(), settings.limits());
        this.charge = new ChargeSession(settings);
    }

    /** Starts the estimate at a SOC with its standard deviation; must come before the first step. */
    public void start(double soc, double sigma) {
        observer.start(soc, sigma);
    }

    /**
     * Starts a cell's capacity at what was known of it before, for instance from the last journey.
     *
     * @param cell measured cell
     * @param capacityAh capacity of one of its parallel members, Ah, within 0.3…1.3 of the rated one
     * @param sigmaAh its standard deviation, Ah, above 0
     */
    public void startCapacity(int cell, double capacityAh, double sigmaAh) {
        observer.startCapacity(cell, capacityAh, sigmaAh);
    }

    /** One cycle without a station. */
    public StepResult step(PackSample sample) {
        return step(sample, charge.unplugged());
    }

    /** One cycle with what is known of the station; returns whether the readings entered the estimate. */
    public StepResult step(PackSample sample, StationState station) {
        StepResult result = observer.step(sample, charge.ambientDegC());
        limiter.step(sample, observer.estimate(), limits);
        charge.step(sample, observer.estimate(), limits, station);
        return result;
    }

    /**
     * Begins a charge and makes its first plan. The estimate must be known: step at least once before.
     *
     * @param need what the driver wants
     * @param offer what is offered
     * @param ambientDegC air around the pack, °C; NaN takes the coldest sensor for it
     * @param sample the last sample
     */
    public ChargePlan plugIn(ChargeNeed need, StationOffer offer, double ambientDegC, PackSample sample) {
        return charge.plugIn(need, offer, ambientDegC, sample, observer.estimate());
    }

    /** Ends a charge: the demand falls to nothing. */
    public void unplug() {
        charge.unplug();
    }

    /** Takes a changed offer; {@link #replanDue} says yes from now on. */
    public void offer(StationOffer newOffer) {
        charge.offer(newOffer);
    }

    /** Whether the plan no longer fits what is seen; the caller then calls {@link #replan} when it has time. */
    public boolean replanDue() {
        return charge.replanDue();
    }

    /** Makes a new plan from what is known now; allocates, so it belongs outside the control cycle. */
    public ChargePlan replan(PackSample sample) {
        return charge.replan(sample, observer.estimate());
    }

    /** What the pack is. */
    public PackEstimate estimate() {
        return observer.estimate();
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
        return observer.usableEnergy(sample, powerW, atDegC);
    }

    /** The estimator that was handed in. */
    public SocEstimator estimator() {
        return observer.estimator();
    }

    /** The counted charge of every cell, whatever the estimator: where each SOC would stand without a filter, and why. */
    public CoulombCounter counter() {
        return observer.counter();
    }

    /** What the pack may do. */
    public PackLimits limits() {
        return limits;
    }

    /** What the pack asks of the station. */
    public ChargeDemand demand() {
        return charge.demand();
    }

    /** The plan in force, or null without a charge. */
    public @Nullable ChargePlan plan() {
        return charge.plan();
    }

    /** The demand's limit with the cell and the rule that set it. */
    public Limit binding() {
        return charge.binding();
    }

    /** Why the pack does not get more now. */
    public LimitRule cause() {
        return charge.cause();
    }
}
