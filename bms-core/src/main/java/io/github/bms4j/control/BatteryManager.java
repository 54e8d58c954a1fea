package io.github.bms4j.control;

import io.github.bms4j.balance.Balancer;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.detect.Detectors;
import io.github.bms4j.estimate.CellEkf;
import io.github.bms4j.estimate.CoulombCounter;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.estimate.UsableEnergy;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.limit.PowerPredictor;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultSet;
import io.github.bms4j.thermal.PreconditioningPlan;
import io.github.bms4j.thermal.ThermalControl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control cycle of one pack: readings go in; what the pack is, what it may do, what protects it, and what it asks of the
 * station come out.
 *
 * <pre>
 * sample, signals ──► faults ──► estimate ──► limits ──► demand     every cycle, allocates nothing
 *                       │           └──► bleed, heat, detectors ──► faults of the next cycle
 *                       └──► contactors                           at a faster beat, {@link #stepContactors}
 *                                    plan ────────────────┘       when {@link #replanDue}, by {@link #replan}, outside the cycle
 * </pre>
 *
 * <p>The caller owns time and transport: it fills a {@link PackSample} and, where they are fitted, {@link PackSignals}, writes what
 * the vehicle wants into {@link #vehicle}, calls {@link #step}, drives what {@link #contactors}, {@link #balancer} and {@link
 * #thermal} command, and hands {@link #demand} to a {@link io.github.bms4j.charge.ChargeLink}, which may run at a faster beat. Bad
 * input holds the estimate; limits fall to zero when readings are missing longer than the settings allow, and no current is allowed
 * before every fitted sensor was read. Thread: one. Allocation: none per step.
 */
public final class BatteryManager {
    private final PackObserver observer;
    private final PowerPredictor predictor;
    private final ChargeSession charge;
    private final PackLimits limits = new PackLimits();
    private final LimitRequests requests;
    private final PackGuard guard;
    private final PackCare care;
    private final ChargeAhead ahead;
    private final VehicleState vehicle = new VehicleState();
    private final PackSignals noSignals;
    private final Flight flight;

    /** A manager with the per-cell Kalman filter. */
    public BatteryManager(BatterySettings settings) {
        this(settings, new CellEkf(settings.cell(), settings.layout(), settings.noise()));
    }

    /**
     * A manager with an estimator of the caller's choice; handed a {@link io.github.bms4j.estimate.ShadowEstimator}, candidates
     * can be tried under it, and {@link #estimator} gives it back for its decisions.
     */
    public BatteryManager(BatterySettings settings, SocEstimator estimator) {
        this.flight = new Flight(settings);
        this.observer = new PackObserver(settings, estimator);
        this.predictor = new PowerPredictor(settings.cell(), settings.layout(), settings.limits());
        this.charge = new ChargeSession(settings);
        this.requests = new LimitRequests(settings.equipment().remotes());
        this.guard = new PackGuard(settings);
        this.care = new PackCare(settings);
        this.ahead = new ChargeAhead(settings);
        this.noSignals = new PackSignals(settings.layout());
    }

    /** Records every input from now on; comes before the start, once. {@link #endRecord} ends the record in order. */
    public void record(FlightRecorder newRecorder) {
        flight.record(newRecorder, observer.estimator().name());
    }

    /** Ends the record, if there is one. */
    public void endRecord() {
        flight.end(observer.estimate(), limits, charge.demand());
    }

    /**
     * Starts from what was remembered while the power was off, cell by cell; what is unknown starts as it does without a memory. Stands
     * for {@link #start}.
     */
    public void restore(Restart restart) {
        flight.restores(restart);
        observer.restore(restart);
        care.restore(restart);
        guard.restore(restart);
        Remembered.restore(restart, predictor);
    }

    /** Writes what was carried and learned beside the estimate, to outlive the power. */
    void keep(CarriedState into) {
        Remembered.keep(predictor, into);
        guard.keep(into);
        care.keep(into);
    }

    /** Starts the estimate at a SOC with its standard deviation; must come before the first step. */
    public void start(double soc, double sigma) {
        flight.starts(soc, sigma);
        observer.start(soc, sigma);
        care.start(soc, sigma);
    }

    /**
     * Starts a cell's capacity at what was known of it before, for instance from the last journey.
     *
     * @param cell measured cell
     * @param capacityAh capacity of one of its parallel members, Ah, within 0.3…1.3 of the rated one
     * @param sigmaAh its standard deviation, Ah, above 0
     */
    public void startCapacity(int cell, double capacityAh, double sigmaAh) {
        flight.startsCapacity(cell, capacityAh, sigmaAh);
        observer.startCapacity(cell, capacityAh, sigmaAh);
    }

    /** One cycle of a pack with nothing but sensors at its cells and without a station. */
    public StepResult step(PackSample sample) {
        return step(sample, charge.unplugged());
    }

    /** One cycle of a pack with nothing but sensors at its cells and with what is known of the station. */
    public StepResult step(PackSample sample, StationState station) {
        noSignals.begin(sample.nanos());
        return step(sample, noSignals, station);
    }

    /** One cycle without a station. */
    public StepResult step(PackSample sample, PackSignals signals) {
        return step(sample, signals, charge.unplugged());
    }

    /**
     * One cycle.
     *
     * @param sample the cells' readings
     * @param signals what is read beside the cells at the same time
     * @param station what is known of the station
     * @return whether the readings entered the estimate
     */
    public StepResult step(PackSample sample, PackSignals signals, StationState station) {
        double airDegC = charge.plugged() ? charge.ambientDegC() : vehicle.ambientDegC;
        care.count(sample);
        flight.steps(vehicle, guard, requests, sample.nanos(), station == charge.unplugged() ? null : station);
        guard.step(sample, signals);
        StepResult result = observer.step(sample, airDegC);
        guard.judge(observer.estimate());
        guard.lower(requests);
        double stationA = charge.plugged() ? station.maxA : Double.NaN;
        requests.station(Double.isNaN(stationA) ? Double.POSITIVE_INFINITY : stationA, Double.POSITIVE_INFINITY);
        predictor.step(sample, observer.estimate(), requests, limits);
        charge.heater(care.thermal().heaterW());
        charge.loses(observer.lossShare());
        charge.step(sample, observer.estimate(), limits, station, faults().openRequested());
        heat(sample);
        care.step(sample, observer.estimate(), vehicle, guard.zeroCurrent(), guard.monitor());
        flight.decided(observer.estimate(), limits, charge.demand());
        return result;
    }

    /** Heat for a charge: as its plan says, or on the way to it. */
    private void heat(PackSample sample) {
        if (charge.plugged()) {
            care.heat(charge.heatToDegC(), charge.heaterW());
        } else {
            ahead.step(sample.nanos() * 1e-9, observer.estimate(), limits);
            care.heat(ahead.toDegC(), ahead.heaterW());
        }
    }

    /**
     * One beat of the contactors, which precharge too fast for the cycle: every 10 ms or as their rating says. Without contactors of its
     * own it does nothing.
     *
     * @param nanos monotonic time of the beat
     * @param sample pack voltage and current read for this beat; other readings are not looked at
     * @param signals link voltage and feedback contacts read for this beat
     * @return HELD without contactors, or when time did not move forward
     */
    public StepResult stepContactors(long nanos, PackSample sample, PackSignals signals) {
        return guard.stepContactors(nanos, sample, signals, vehicle);
    }

    /** Takes what a beat of the contactors once left, as a record has it, instead of a beat. */
    void contactorsLeft(double[] values) {
        guard.take(values);
    }

    /** What it was made from. */
    BatterySettings settings() {
        return flight.settings();
    }

    /** A station that is not there. */
    StationState unplugged() {
        return charge.unplugged();
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
        ChargePlan first = charge.plugIn(need, offer, ambientDegC, sample, observer.estimate());
        ahead.expect(null);
        flight.plugsIn(need, offer, ambientDegC);
        return first;
    }

    /**
     * Takes what is known of the charge the vehicle is on its way to, as often as that changes; {@link #preheatDue} says yes from now on. It
     * counts until the plug is in; null takes it back.
     */
    public void expectCharge(@Nullable ExpectedCharge expected) {
        flight.expects(expected);
        ahead.expect(expected);
    }

    /** Whether it should be decided (again) whether to heat for the expected charge; the caller then calls {@link #preheat}. */
    public boolean preheatDue() {
        return ahead.due();
    }

    /**
     * Decides whether and when to heat for the expected charge with the pack's own energy, and why; the cycle does it. A few milliseconds;
     * allocates, so it belongs outside the control cycle.
     */
    public PreconditioningPlan preheat(PackSample sample) {
        PreconditioningPlan decided = ahead.decide(sample, observer.estimate());
        flight.preheats();
        return decided;
    }

    /** What {@link #preheat} decided last, or null while no charge is expected. */
    public @Nullable PreconditioningPlan preheating() {
        return ahead.plan();
    }

    /** Ends a charge: the demand falls to nothing. */
    public void unplug() {
        flight.unplugs();
        charge.unplug();
    }

    /** Takes a changed offer; {@link #replanDue} says yes from now on. */
    public void offer(StationOffer newOffer) {
        flight.offers(newOffer);
        charge.offer(newOffer);
    }

    /** Takes a changed need, such as another departure; {@link #replanDue} says yes from now on. */
    public void need(ChargeNeed newNeed) {
        flight.needs(newNeed);
        charge.need(newNeed);
    }

    /** Takes what the site can spare; {@link #replanDue} says yes from now on. It counts until the plug is pulled. */
    public void site(SiteSeries newSite) {
        flight.spares(newSite);
        charge.site(newSite);
    }

    /** Whether the plan no longer fits what is seen; the caller then calls {@link #replan} when it has time. */
    public boolean replanDue() {
        return charge.replanDue();
    }

    /**
     * Plans anew from what is known now, and keeps the plan in force, led on from here, unless the new one is clearly better; allocates,
     * so it belongs outside the control cycle.
     */
    public ChargePlan replan(PackSample sample) {
        ChargePlan next = charge.replan(sample, observer.estimate());
        flight.replans();
        return next;
    }

    /**
     * The same a little at a time, for a caller that has no other time than that of its cycle: every call does so many units of
     * work, each about what one slot of the plan takes.
     *
     * @param units most work of this call, 1 or more
     * @return the plan when it is there, null before
     */
    public @Nullable ChargePlan replan(PackSample sample, int units) {
        flight.replans(Check.atLeast("units", units, 1));
        return charge.replan(sample, observer.estimate(), units);
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

    /** What the vehicle wants and may spend; written before a step, it counts from that step on. */
    public VehicleState vehicle() {
        return vehicle;
    }

    /**
     * What in the settings contradicts each other, in one line each; then the pack is not armed. Empty if nothing does. Thresholds
     * that lie outside what the sensors can read are found in the first step, which knows the sensors.
     */
    public List<String> contradictions() {
        return guard.contradictions();
    }

    /** What stands of the fault table. */
    public FaultSet faults() {
        return guard.monitor().faults();
    }

    /** Says whether a fault that somebody else judges is there; counts from the next step on. */
    public void report(Fault fault, boolean present) {
        flight.reports(fault, present);
        guard.monitor().report(fault, present);
    }

    /**
     * Gives up a latched fault whose cause has gone; returns whether it does not stand any more. That of a contactor needs its next beat with
     * all contactors open in between: ask again after it.
     */
    public boolean acknowledge(Fault fault) {
        flight.acknowledges(fault);
        return guard.acknowledge(fault);
    }

    /** The contactors, or null for a pack without its own. */
    public @Nullable ContactorControl contactors() {
        return guard.contactors();
    }

    /** What is bled, or null for a pack without a bleed board. */
    public @Nullable Balancer balancer() {
        return care.balancer();
    }

    /** What heater and coolant are to do. */
    public ThermalControl thermal() {
        return care.thermal();
    }

    /** The detectors that run. */
    public Detectors detectors() {
        return care.detectors();
    }

    /** What others ask of the limits; written before a step, it counts in that step. */
    public LimitRequests requests() {
        return requests;
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
