package io.github.bms4j.control;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.ChargeRules;
import io.github.bms4j.charge.ChargeWorth;
import io.github.bms4j.charge.DischargeTerms;
import io.github.bms4j.charge.FeedIn;
import io.github.bms4j.charge.OfferSchedule;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationRating;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.contactor.StringJoin;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.measure.PackSample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The charge of several strings in parallel: one connected string negotiates for all, with its part of the offer, and what it asks for is
 * carried over to the pack within the limits of every string.
 *
 * <p>The negotiator is the connected string with the least charge; when it leaves, another takes over with the next plan, and until then
 * nothing is asked for. Planning allocates; {@link #step} does not. Thread: one.
 */
final class ParallelCharge {
    /** Share of what the station gives above which the split of the current is looked at. */
    private static final double ENOUGH = 0.1;
    /** How far a part may be from an equal one, either way. */
    private static final double MOST_UNEQUAL = 2.0;

    private final BatteryManager[] managers;
    private final StringJoin join;
    private final ChargeDemand demand;
    private final ParallelStatus status;
    private final StationState unplugged = new StationState();
    private final StationState share = new StationState();
    private @Nullable ChargeNeed need;
    private @Nullable StationOffer offer;
    private double ambientDegC = Double.NaN;
    private int lead = StringJoin.NONE;
    private int parts;

    ParallelCharge(BatteryManager[] managers, StringJoin join) {
        this.managers = managers;
        this.join = join;
        int cells = 0;
        int sensors = 0;
        for (BatteryManager manager : managers) {
            cells += manager.settings().layout().cells();
            sensors += manager.settings().layout().temperatureSensors();
        }
        demand = new ChargeDemand(cells, sensors);
        status = new ParallelStatus(managers, join, demand.pack());
    }

    ChargePlan plugIn(ChargeNeed newNeed, StationOffer newOffer, double newAmbientDegC, PackSample[] samples) {
        if (connected() == 0) {
            throw new IllegalStateException("a string must be connected before a charge can be planned");
        }
        demand.reset();
        need = newNeed;
        offer = newOffer;
        ambientDegC = newAmbientDegC;
        lead = StringJoin.NONE;
        return begin(newNeed, newOffer, samples);
    }

    private ChargePlan begin(ChargeNeed wanted, StationOffer offered, PackSample[] samples) {
        int next = leastCharged();
        parts = connected();
        ChargePlan plan = managers[next].plugIn(
                part(wanted, 1.0 / parts), part(offered, 1.0 / parts), ambientDegC, samples[next]);
        lead = next;
        return plan;
    }

    void unplug() {
        if (lead != StringJoin.NONE) {
            managers[lead].unplug();
        }
        lead = StringJoin.NONE;
        need = null;
        offer = null;
        demand.reset();
    }

    boolean replanDue() {
        boolean somebody = need != null && connected() > 0 && demand.stop() == StopCause.NONE;
        return somebody && (changed() || managers[lead].replanDue());
    }

    private boolean changed() {
        return lead == StringJoin.NONE || !join.carries(lead) || connected() != parts;
    }

    ChargePlan replan(PackSample[] samples) {
        ChargeNeed wanted = need;
        StationOffer offered = offer;
        if (wanted == null || offered == null) {
            throw new IllegalStateException("plugIn() must come before replan()");
        }
        if (changed() && connected() > 0) {
            if (lead != StringJoin.NONE) {
                managers[lead].unplug();
            }
            return begin(wanted, offered, samples);
        }
        return managers[lead].replan(samples[lead]);
    }

    private int connected() {
        int count = 0;
        for (int k = 0; k < managers.length; k++) {
            count += join.carries(k) ? 1 : 0;
        }
        return count;
    }

    private int leastCharged() {
        int least = StringJoin.NONE;
        for (int k = 0; k < managers.length; k++) {
            if (join.carries(k)
                    && (least == StringJoin.NONE
                            || managers[k].estimate().packSoc()
                                    < managers[least].estimate().packSoc())) {
                least = k;
            }
        }
        return least;
    }

    /** What the negotiator is told of the station: its part, and no current while the charge pauses. */
    StationState share(StationState whole, boolean paused) {
        if (lead == StringJoin.NONE) {
            return unplugged;
        }
        share.phase = whole.phase;
        share.permitted = whole.permitted;
        share.maxV = whole.maxV;
        share.minV = whole.minV;
        double part = part(whole.maxA);
        share.maxA = paused ? 0.0 : whole.maxA * part;
        share.minA = whole.minA * part;
        share.presentV = whole.presentV;
        share.presentA = whole.presentA * part;
        share.elapsedMin = whole.elapsedMin;
        share.deliveredWh = whole.deliveredWh * part;
        share.stop = whole.stop;
        share.restarts = whole.restarts;
        return share;
    }

    /** The negotiator's part of the current: as it is seen to be once enough flows, an equal one before. */
    private double part(double maxA) {
        double sumA = 0.0;
        for (int k = 0; k < managers.length; k++) {
            sumA += join.string(k).currentA;
        }
        double equal = 1.0 / parts;
        boolean flows = Math.abs(sumA) > ENOUGH * maxA;
        double seen = flows ? join.string(lead).currentA / sumA : equal;
        return Math.min(Math.min(1.0, MOST_UNEQUAL * equal), Math.max(equal / MOST_UNEQUAL, seen));
    }

    /**
     * The demand of the pack from that of the negotiator; nothing while it is not connected.
     *
     * @param stationA what the station gives at most, A; NaN if it has not said
     */
    void step(PackSample[] samples, ParallelLimits limits, double stationA, double soc) {
        boolean negotiates = lead != StringJoin.NONE && join.carries(lead) && join.limitsKnown();
        ChargeDemand own = negotiates ? managers[lead].demand() : demand;
        if (negotiates) {
            ask(own, limits, stationA);
        } else {
            demand.ask(demand.targetV(), 0.0, demand.mode());
            demand.ready(false);
        }
        status.write(samples, soc, negotiates ? own.pack().remainingMin : Double.NaN);
    }

    private void ask(ChargeDemand own, ParallelLimits limits, double stationA) {
        if (own.dischargeA() > 0.0) {
            double backA = join.packDischargeA(lead, own.dischargeA());
            demand.giveBack(own.targetV(), Math.min(backA, limits.limitA(Direction.DISCHARGE, Horizon.S10)));
        } else {
            double packA = own.chargeA() > 0.0 ? join.packChargeA(lead, own.chargeA()) : 0.0;
            double givenA = Double.isNaN(stationA) ? Double.POSITIVE_INFINITY : stationA;
            double mostA = Math.min(limits.limitA(Direction.CHARGE, Horizon.S10), givenA);
            demand.ask(own.targetV(), Math.min(packA, mostA), own.mode());
        }
        demand.ready(own.ready());
        if (own.stop() != StopCause.NONE) {
            demand.stop(own.stop());
        }
    }

    private static ChargeNeed part(ChargeNeed whole, double part) {
        ChargeWorth worth = whole.worth();
        ChargeRules rules = whole.rules();
        DischargeTerms back = rules.discharge();
        return new ChargeNeed(
                whole.goal(),
                new ChargeWorth(worth.missedPerKwh(), worth.co2PerKg(), worth.ageing(), worth.costCeiling() * part),
                new ChargeRules(
                        rules.minCurrentA() * part,
                        rules.mostStarts(),
                        new DischargeTerms(back.maxPowerW() * part, back.floorSoc(), back.ceilingSoc())));
    }

    private static StationOffer part(StationOffer whole, double part) {
        StationRating rating = whole.rating();
        List<OfferSchedule> schedules = new ArrayList<>();
        for (OfferSchedule schedule : whole.schedules()) {
            List<OfferStep> steps = new ArrayList<>();
            for (OfferStep step : schedule.steps()) {
                FeedIn back = step.feedIn();
                steps.add(new OfferStep(
                        step.startS(),
                        step.maxPowerW() * part,
                        step.price(),
                        step.gCo2PerKwh(),
                        new FeedIn(back.maxPowerW() * part, back.pricePerKwh())));
            }
            schedules.add(new OfferSchedule(schedule.name(), steps));
        }
        StationRating own = new StationRating(
                rating.maxV(),
                rating.maxA() * part,
                rating.minA() * part,
                rating.maxDischargeA() * part,
                rating.efficiency());
        return new StationOffer(whole.source(), own, whole.validUntilS(), schedules);
    }

    StationState unplugged() {
        return unplugged;
    }

    int lead() {
        return lead;
    }

    ChargeDemand demand() {
        return demand;
    }

    @Nullable
    ChargePlan plan() {
        return lead == StringJoin.NONE ? null : managers[lead].plan();
    }
}
