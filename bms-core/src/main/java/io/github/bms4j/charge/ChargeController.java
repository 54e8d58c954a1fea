package io.github.bms4j.charge;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.measure.PackSample;
import org.jspecify.annotations.Nullable;

/**
 * Turns plan, pack limits and the station's state into a demand, every cycle.
 *
 * <p>The demand is the lowest of what the pack takes for ten seconds, what the station's ratings give and what the plan
 * wants now; where the plan gives energy back, the same holds of the discharge current. It falls at once and rises by a slope. What the station delivers below that is noted as its limit but does
 * not lower the demand: the moment the station can give more, it does.
 *
 * <p>A heater on the link takes its current before the pack: the station is asked for both.
 *
 * <p>With stages in its settings it also stays below what every anode bears, by the model's estimate in every cycle, and takes the course
 * that keeps the pack cool (docs/theory/fast-charge.md).
 *
 * <p>It ends the charge at the target, at departure, when the fullest cell has tapered out, when the station stops, when
 * readings are missing for too long, and when the current is not what was asked for.
 *
 * <p>Units: A as magnitudes, V, W, s. Thread: one. Allocation: none after construction.
 */
public final class ChargeController {
    /** A demand below this share of what it rises to is held by the slope. */
    private static final double RISING = 0.8;

    /** How long another mode must fit before the station is asked for it, s. */
    private static final double MODE_S = 10.0;

    private final ControllerSettings settings;
    private final double targetV;
    private final double bottomV;
    private final double tailA;
    private final Limit binding = new Limit();
    private final @Nullable FastChargeProfile stages;

    private @Nullable ChargeNeed need;
    private final PlanFollower follower = new PlanFollower();
    private boolean timed;
    private long lastNanos;
    private double askedA;
    private boolean givesBack;
    private double allowedA;
    private ChargeMode mode = ChargeMode.CONSTANT_CURRENT;
    private double otherModeForS;
    private double tailForS;
    private double shortForS;
    private double excessForS;
    private double blindForS;
    private double stationCapW = Double.POSITIVE_INFINITY;
    private boolean packFault;
    private double heaterW;
    private boolean minimumOpen;

    /** A controller with nothing to do. */
    public ChargeController(CellType type, PackLayout layout, ControllerSettings settings) {
        this.settings = settings;
        this.targetV = layout.series() * (type.rating().maxV() - settings.targetMarginV());
        this.bottomV = layout.series() * (type.rating().minV() + settings.targetMarginV());
        this.tailA = settings.tailRatePerH() * type.rating().capacityAh() * layout.parallel();
        FastChargeSettings fast = settings.fastCharge();
        this.stages = fast == null ? null : new FastChargeProfile(type, layout, fast);
    }

    /** Begins a charge. */
    public void start(ChargeNeed newNeed, ChargePlan newPlan, ChargeDemand demand) {
        need(newNeed);
        plan(newPlan);
        demand.reset();
        timed = false;
        askedA = 0.0;
        givesBack = false;
        mode = ChargeMode.CONSTANT_CURRENT;
        otherModeForS = 0.0;
        tailForS = 0.0;
        shortForS = 0.0;
        excessForS = 0.0;
        blindForS = 0.0;
        stationCapW = Double.POSITIVE_INFINITY;
        if (stages != null) {
            stages.begin();
        }
    }

    /** Share of the charge map that the pack bears as it is, for the course of a fast charge; infinite for a charge without stages. */
    public double mapShare(PackSample sample, PackEstimate estimate) {
        return stages == null ? Double.POSITIVE_INFINITY : stages.mapShare(sample, estimate);
    }

    /** Keeps to another course from now on; without stages in the settings nothing comes of it. */
    public void course(FastChargeCourse course) {
        if (stages != null) {
            stages.follow(course);
        }
    }

    /** Takes another need from now on; a plan for it follows. */
    public void need(ChargeNeed newNeed) {
        need = newNeed;
        follower.hasty(newNeed.worth().pricePerH() > 0.0);
    }

    /** Follows another plan from now on. */
    public void plan(ChargePlan newPlan) {
        follower.follow(newPlan);
    }

    /** Whether the pack has a fault that ends a charge; it counts in every step until it is taken back. */
    public void packFault(boolean stands) {
        packFault = stands;
    }

    /** What the heater takes of the link from now on, W, 0 or more. */
    public void heater(double powerW) {
        heaterW = powerW;
    }

    /** Temperature of the coldest cell up to which the plan heats now, °C; NaN if it does not. */
    public double heatToDegC() {
        return follower.heatToDegC();
    }

    /** Power that the station has for heater and pack, W: as its current, what it was seen to stop at, and the plan's site say. */
    public double suppliedW(PackSample sample, StationState station) {
        double maxA = Double.isNaN(station.maxA) ? Double.POSITIVE_INFINITY : station.maxA;
        return Math.min(Math.min(maxA * packV(sample), stationCapW), follower.siteW());
    }

    /**
     * Whether the need's minimum SOC is still to be reached; it counts until it is taken back. So long the plan is followed as "as
     * much as possible": it has no choice of its own before that, and where it comes to its end too early the charge goes on.
     */
    public void minimumOpen(boolean open) {
        minimumOpen = open;
    }

    /** Computes the demand of one cycle. */
    public void step(
            PackSample sample, PackEstimate estimate, PackLimits limits, StationState station, ChargeDemand demand) {
        long now = sample.nanos();
        double dtS = timed ? Math.max(0.0, (now - lastNanos) * 1e-9) : 0.0;
        timed = true;
        lastNanos = now;
        double nowS = now * 1e-9;
        double heaterA = heaterW > 0.0 ? heaterW / packV(sample) : 0.0;
        follower.at(nowS);
        boolean back = follower.givesBack();
        if (back != givesBack) {
            givesBack = back;
            askedA = 0.0; // the current turns round through zero, by the slope
        }
        Limit pack = back ? limits.discharge(Horizon.S10) : limits.charge(Horizon.S10);
        allowedA = pack.limitA();
        blindForS = pack.rule() == LimitRule.BAD_SAMPLE ? blindForS + dtS : 0.0;
        demand.ready(blindForS == 0.0 && estimate.known());

        binding.restart(pack.limitA(), pack.rule(), pack.cell());
        if (!station.phase.energyMayFlow()) {
            binding.lowerTo(0.0, LimitRule.SESSION, Limit.WHOLE_PACK);
        }
        if (station.maxA < Double.POSITIVE_INFINITY) {
            binding.lowerTo(station.maxA - heaterA, LimitRule.STATION_CURRENT, Limit.WHOLE_PACK);
        }
        double leftSoc = need == null ? Double.NaN : need.targetSoc() - estimate.packSoc();
        follower.lower(binding, packV(sample), minimumOpen || follower.meantToBeDone(leftSoc));
        if (stages != null && !back) {
            stages.step(sample, estimate, dtS);
            stages.lower(binding);
        }
        ChargeRules rules = need == null ? ChargeRules.free() : need.rules();
        if (back && !(estimate.packSoc() > rules.discharge().floorSoc())) {
            binding.lowerTo(0.0, LimitRule.SOC_WINDOW, Limit.WHOLE_PACK);
        }
        if (binding.limitA() < rules.minCurrentA()) {
            binding.lowerTo(0.0, LimitRule.LEAST_CURRENT, Limit.WHOLE_PACK);
        }
        lowerToRamp(station, rules.minCurrentA(), dtS);
        askedA = binding.limitA();
        boolean held = pack.rule() == LimitRule.CELL_VOLTAGE && binding.rule() == LimitRule.CELL_VOLTAGE;
        settleMode(held && !back, dtS);
        if (back) {
            demand.giveBack(bottomV, Math.max(0.0, askedA - heaterA));
        } else {
            demand.ask(targetV, askedA + heaterA, mode);
        }

        watchDelivery(sample, station, heaterA, dtS);
        tailForS = mode == ChargeMode.CONSTANT_VOLTAGE && askedA < tailA ? tailForS + dtS : 0.0;
        StopCause cause = stopCause(nowS, estimate, station);
        if (cause != StopCause.NONE) {
            demand.stop(cause);
            askedA = 0.0;
            binding.restart(0.0, cause == StopCause.SOC_REACHED ? LimitRule.GOAL : LimitRule.SESSION, Limit.WHOLE_PACK);
        }
    }

    /** Constant voltage once a cell's voltage has held for a while, and back once something else has: no flapping. */
    private void settleMode(boolean heldByVoltage, double dtS) {
        boolean other = heldByVoltage != (mode == ChargeMode.CONSTANT_VOLTAGE);
        otherModeForS = other ? otherModeForS + dtS : 0.0;
        if (otherModeForS > MODE_S) {
            mode = heldByVoltage ? ChargeMode.CONSTANT_VOLTAGE : ChargeMode.CONSTANT_CURRENT;
            otherModeForS = 0.0;
        }
    }

    private static double packV(PackSample sample) {
        double v = sample.packVoltage().value(0);
        if (sample.packVoltage().usable(0)) {
            return v;
        }
        double sum = 0.0;
        for (int c = 0; c < sample.cellVoltage().size(); c++) {
            sum += sample.cellVoltage().value(c);
        }
        return sum;
    }

    /** The slope of recovery; named as the cause only where it is what really holds, not on the jitter of a limit. */
    private void lowerToRamp(StationState station, double leastA, double dtS) {
        if (station.phase.energyMayFlow() && station.permitted) {
            double rampA = Math.max(leastA, askedA + settings.riseAPerS() * dtS);
            boolean rising = rampA < RISING * binding.limitA();
            binding.lowerTo(
                    rampA, rising ? LimitRule.RAMP : binding.rule(), rising ? Limit.WHOLE_PACK : binding.cell());
        }
    }

    /** Notes what the station gives when it is less than asked, and how long it gives clearly more. */
    private void watchDelivery(PackSample sample, StationState station, double heaterA, double dtS) {
        if (!sample.current().usable(0) || !station.phase.energyMayFlow()) {
            shortForS = 0.0;
            excessForS = 0.0;
            return;
        }
        double deliveredA =
                givesBack ? sample.current().value(0) : -sample.current().value(0);
        boolean less = deliveredA < 0.95 * askedA - settings.shortfallA();
        shortForS = less ? shortForS + dtS : 0.0;
        if (shortForS > settings.shortfallS() && !givesBack) {
            stationCapW = Math.max(0.0, deliveredA + heaterA) * packV(sample);
        } else if (!less) {
            stationCapW = Double.POSITIVE_INFINITY;
        }
        boolean more = deliveredA > 1.1 * askedA + 2.0 * settings.shortfallA() && deliveredA > 1.05 * allowedA;
        excessForS = more ? excessForS + dtS : 0.0;
    }

    private StopCause stopCause(double nowS, PackEstimate estimate, StationState station) {
        ChargeNeed n = need;
        if (n == null) {
            return StopCause.NONE;
        }
        if (station.stop != StopCause.NONE) {
            return station.stop;
        }
        if (packFault) {
            return StopCause.PACK_FAULT;
        }
        if (blindForS > settings.blindS()) {
            return StopCause.BAD_SAMPLE;
        }
        if (excessForS > settings.excessS()) {
            return StopCause.MISMATCH;
        }
        if (estimate.packSoc() >= n.targetSoc() && !n.rules().discharge().allowed()) {
            return StopCause.SOC_REACHED;
        }
        if (nowS >= n.departureS()) {
            return StopCause.DEPARTURE;
        }
        return tailForS > settings.tailS() ? StopCause.CELL_VOLTAGE_REACHED : StopCause.NONE;
    }

    /** SOC that the plan expects now; NaN without a plan. */
    public double plannedSoc(double nowS) {
        return follower.plannedSoc(nowS);
    }

    /** Price that the plan counts with now, per kWh; 0 where nothing is offered. */
    public double pricePerKwh() {
        return follower.pricePerKwh();
    }

    /** What the demand of this cycle is, and which rule and cell set it. */
    public Limit binding() {
        return binding;
    }

    /** Why the pack does not get more now: {@link #binding}'s rule, or the station when it gives less than asked. */
    public LimitRule cause(StationState station) {
        if (!station.phase.energyMayFlow() || binding.rule() == LimitRule.GOAL) {
            return binding.rule();
        }
        if (!station.permitted) {
            return LimitRule.STATION_PAUSE;
        }
        return Double.isInfinite(stationCapW) ? binding.rule() : LimitRule.STATION_DELIVERY;
    }

    /** Whether clearly more comes than was asked for and than the pack allows. */
    public boolean overCurrent() {
        return excessForS > 0.0;
    }

    /** Power the station was seen to stop at, W; infinite while it gives what is asked for. */
    public double stationCapW() {
        return stationCapW;
    }
}
