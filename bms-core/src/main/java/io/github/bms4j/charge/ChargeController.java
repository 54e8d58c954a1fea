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
 * wants now. It falls at once and rises by a slope. What the station delivers below that is noted as its limit but does
 * not lower the demand: the moment the station can give more, it does.
 *
 * <p>It ends the charge at the target, at departure, when the fullest cell has tapered out, when the station stops, when
 * readings are missing for too long, and when the current is not what was asked for.
 *
 * <p>Units: A as magnitudes of charge current, V, W, s. Thread: one. Allocation: none after construction.
 */
public final class ChargeController {
    /** A demand below this share of what it rises to is held by the slope. */
    private static final double RISING = 0.8;

    /** How long another mode must fit before the station is asked for it, s. */
    private static final double MODE_S = 10.0;

    private final ControllerSettings settings;
    private final double targetV;
    private final double tailA;
    private final Limit binding = new Limit();

    private @Nullable ChargeNeed need;
    private @Nullable ChargePlan plan;
    private int slot;
    private boolean timed;
    private long lastNanos;
    private double askedA;
    private double allowedA;
    private ChargeMode mode = ChargeMode.CONSTANT_CURRENT;
    private double otherModeForS;
    private double tailForS;
    private double shortForS;
    private double excessForS;
    private double blindForS;
    private double stationCapW = Double.POSITIVE_INFINITY;

    /** A controller with nothing to do. */
    public ChargeController(CellType type, PackLayout layout, ControllerSettings settings) {
        this.settings = settings;
        this.targetV = layout.series() * (type.rating().maxV() - settings.targetMarginV());
        this.tailA = settings.tailRatePerH() * type.rating().capacityAh() * layout.parallel();
    }

    /** Begins a charge. */
    public void start(ChargeNeed newNeed, ChargePlan newPlan, ChargeDemand demand) {
        need = newNeed;
        plan(newPlan);
        demand.reset();
        timed = false;
        askedA = 0.0;
        mode = ChargeMode.CONSTANT_CURRENT;
        otherModeForS = 0.0;
        tailForS = 0.0;
        shortForS = 0.0;
        excessForS = 0.0;
        blindForS = 0.0;
        stationCapW = Double.POSITIVE_INFINITY;
    }

    /** Follows another plan from now on. */
    public void plan(ChargePlan newPlan) {
        plan = newPlan;
        slot = 0;
    }

    /** Computes the demand of one cycle. */
    public void step(
            PackSample sample, PackEstimate estimate, PackLimits limits, StationState station, ChargeDemand demand) {
        long now = sample.nanos();
        double dtS = timed ? Math.max(0.0, (now - lastNanos) * 1e-9) : 0.0;
        timed = true;
        lastNanos = now;
        Limit pack = limits.charge(Horizon.S10);
        allowedA = pack.limitA();
        blindForS = pack.rule() == LimitRule.BAD_SAMPLE ? blindForS + dtS : 0.0;
        demand.ready(blindForS == 0.0 && estimate.known());

        binding.restart(pack.limitA(), pack.rule(), pack.cell());
        if (!station.phase.energyMayFlow()) {
            binding.lowerTo(0.0, LimitRule.SESSION, Limit.WHOLE_PACK);
        }
        if (station.maxA < Double.POSITIVE_INFINITY) {
            binding.lowerTo(station.maxA, LimitRule.STATION_CURRENT, Limit.WHOLE_PACK);
        }
        lowerToPlan(now * 1e-9, packV(sample));
        lowerToRamp(station, dtS);
        askedA = binding.limitA();
        boolean held = pack.rule() == LimitRule.CELL_VOLTAGE && binding.rule() == LimitRule.CELL_VOLTAGE;
        settleMode(held, dtS);
        demand.ask(targetV, askedA, mode);

        watchDelivery(sample, station, dtS);
        tailForS = mode == ChargeMode.CONSTANT_VOLTAGE && askedA < tailA ? tailForS + dtS : 0.0;
        StopCause cause = stopCause(now * 1e-9, estimate, station);
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

    private void lowerToPlan(double nowS, double packV) {
        ChargePlan p = plan;
        if (p == null || p.slots().isEmpty()) {
            binding.lowerTo(0.0, LimitRule.PLAN, Limit.WHOLE_PACK);
            return;
        }
        while (slot + 1 < p.slots().size() && nowS >= p.slots().get(slot + 1).startS()) {
            slot++;
        }
        // The plan is done but the pack is not: the last slot with power goes on until the target is reached.
        int last = slot;
        while (last > 0
                && p.slots().get(last).cause() == LimitRule.GOAL
                && p.slots().get(last).powerW() <= 0.0) {
            last--;
        }
        // A slot that a limit held is followed as "as much as possible": the live limit is better known than the
        // plan's.
        PlanSlot s = p.slots().get(last);
        if (s.cause() == LimitRule.PLAN || s.cause() == LimitRule.GOAL) {
            binding.lowerTo(s.powerW() / packV, LimitRule.PLAN, Limit.WHOLE_PACK);
        }
    }

    /** The slope of recovery; named as the cause only where it is what really holds, not on the jitter of a limit. */
    private void lowerToRamp(StationState station, double dtS) {
        if (station.phase.energyMayFlow() && station.permitted) {
            double rampA = askedA + settings.riseAPerS() * dtS;
            boolean rising = rampA < RISING * binding.limitA();
            binding.lowerTo(
                    rampA, rising ? LimitRule.RAMP : binding.rule(), rising ? Limit.WHOLE_PACK : binding.cell());
        }
    }

    /** Notes what the station gives when it is less than asked, and how long it gives clearly more. */
    private void watchDelivery(PackSample sample, StationState station, double dtS) {
        if (!sample.current().usable(0) || !station.phase.energyMayFlow()) {
            shortForS = 0.0;
            excessForS = 0.0;
            return;
        }
        double deliveredA = -sample.current().value(0);
        boolean less = deliveredA < 0.95 * askedA - settings.shortfallA();
        shortForS = less ? shortForS + dtS : 0.0;
        if (shortForS > settings.shortfallS()) {
            stationCapW = Math.max(0.0, deliveredA) * packV(sample);
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
        if (blindForS > settings.blindS()) {
            return StopCause.BAD_SAMPLE;
        }
        if (excessForS > settings.excessS()) {
            return StopCause.MISMATCH;
        }
        if (estimate.packSoc() >= n.targetSoc()) {
            return StopCause.SOC_REACHED;
        }
        if (nowS >= n.departureS()) {
            return StopCause.DEPARTURE;
        }
        return tailForS > settings.tailS() ? StopCause.CELL_VOLTAGE_REACHED : StopCause.NONE;
    }

    /** SOC that the plan expects now; NaN without a plan. */
    public double plannedSoc(double nowS) {
        ChargePlan p = plan;
        if (p == null || p.slots().isEmpty()) {
            return Double.NaN;
        }
        PlanSlot s = p.slots().get(slot);
        double share = Math.min(1.0, Math.max(0.0, (nowS - s.startS()) / s.durationS()));
        return s.startSoc() + share * (s.endSoc() - s.startSoc());
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
