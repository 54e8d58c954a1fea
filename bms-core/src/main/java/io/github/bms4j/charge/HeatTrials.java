package io.github.bms4j.charge;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.thermal.HeatUp;
import io.github.bms4j.thermal.HeaterRating;
import io.github.bms4j.thermal.Preconditioner;
import io.github.bms4j.thermal.PreconditioningJob;
import io.github.bms4j.thermal.PreconditioningNeed;
import io.github.bms4j.thermal.PreconditioningPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Heated plans beside the plain one, where the cold held that down: the preconditioner proposes the temperature that is cheapest for what an
 * hour is worth, and that of the fastest charge; the program decides.
 *
 * <p>The first search heats at once. Where its program begins to charge long after the pack is warm, a second one heats so late that the pack is warm
 * just then.
 */
final class HeatTrials {
    /** An hour worth so many missing kWh leads to the temperature of the fastest charge. */
    private static final double FASTEST_KWH_PER_H = 1e3;
    /** Temperatures so close heat alike, K. */
    private static final double SAME_K = 0.5;

    private final PackCircuit pack;
    private final PlannerSettings settings;
    private final PlanRequest request;
    private final PlanWork work;
    private final PlanSearch plain;
    private final Preconditioner preconditioner;
    private final List<Double> tried = new ArrayList<>();
    private @Nullable PlanSearch best;

    private HeatTrials(
            PackCircuit pack, PlannerSettings settings, PlanRequest request, PlanWork work, PlanSearch plain) {
        this.pack = pack;
        this.settings = settings;
        this.request = request;
        this.work = work;
        this.plain = plain;
        preconditioner = new Preconditioner(
                pack.type, new PackLayout(pack.series, pack.parallel, 1), request.heater(), settings.margins());
    }

    /** The trials beside a plan; null where no heat can pay: there is none, cold held nothing down, or nothing hangs on time. */
    static @Nullable HeatTrials beside(
            PlanSearch plain, PackCircuit pack, PlannerSettings settings, PlanRequest request, PlanWork work) {
        ChargeNeed need = request.need();
        HeaterRating heater = request.heater();
        if (!heater.fitted() || !need.rules().heating()) {
            return null;
        }
        PlanRun fast = plain.atOnce();
        boolean held = fast.held(LimitRule.PLATING) || fast.held(LimitRule.TEMPERATURE);
        boolean pays = plain.best().missedSoc() > 0.0
                || need.worth().pricePerH() > 0.0
                || need.worth().ageing().pricePerLostKwh() > 0.0;
        return held && pays ? new HeatTrials(pack, settings, request, work, plain) : null;
    }

    /** Enters all work; {@link #best} is there when it is done. */
    void begin() {
        double missedPerKwh = request.need().missedPerKwh();
        double pricePerH = request.need().worth().pricePerH();
        work.next(() -> propose(pricePerH), () -> propose(FASTEST_KWH_PER_H * missedPerKwh));
    }

    /** The best heated plan's search; null if none was worth a search. */
    @Nullable
    PlanSearch best() {
        return best;
    }

    private boolean propose(double pricePerH) {
        PackNow now = request.pack();
        PlanHorizon horizon = plain.horizon();
        double stationW = 0.0;
        double perKwh = Double.NaN;
        for (int k = horizon.slots - 1; k >= 0; k--) {
            if (horizon.capW[k] > 0.0) {
                stationW = Math.max(stationW, horizon.capW[k]);
                perKwh = horizon.pricePerKwh[k];
            }
        }
        StationRating rating = request.offer().rating();
        double maxA = Math.min(rating.maxA(), request.station().maxA());
        stationW = Math.min(
                rating.efficiency() * stationW,
                maxA * pack.series * pack.type.rating().nominalV());
        double target = Math.min(request.need().targetSoc(), 1.0 - now.socLead());
        if (!(stationW > 0.0) || !(target > now.soc())) {
            return true;
        }
        PreconditioningNeed need = new PreconditioningNeed(
                now.soc(),
                target,
                now.coldestDegC(),
                Math.min(80.0, now.ambientDegC()),
                stationW,
                0.0,
                perKwh > 0.0 ? perKwh : 0.0,
                pricePerH);
        PreconditioningJob job = preconditioner.begin(need);
        work.next(job::advance, () -> search(job.plan()));
        return true;
    }

    private boolean search(PreconditioningPlan proposal) {
        double toDegC = proposal.toDegC();
        if (!proposal.worthIt() || tried.stream().anyMatch(t -> Math.abs(t - toDegC) < SAME_K)) {
            return true;
        }
        tried.add(toDegC);
        for (OfferSchedule schedule : request.offer().schedules()) {
            PlanSearch first = search(schedule, new HeatCourse(toDegC, request.nowS()));
            work.next(
                    () -> {
                        first.begin();
                        return true;
                    },
                    () -> later(first, schedule));
        }
        return true;
    }

    private PlanSearch search(OfferSchedule schedule, HeatCourse heat) {
        return new PlanSearch(pack, settings, request, schedule, work, heat);
    }

    /** Heats later where the charge begins long after the pack is warm. */
    private boolean later(PlanSearch first, OfferSchedule schedule) {
        take(first);
        PlanRun run = first.programmed();
        double firstS = run == null ? Double.NaN : run.firstChargeS();
        double toDegC = first.best().heat().toDegC();
        double ambientDegC = request.pack().ambientDegC();
        HeatUp atOnce = preconditioner.heatUp(request.pack().coldestDegC(), toDegC, ambientDegC);
        if (!(firstS > request.nowS() + atOnce.timeS() + settings.slotS())) {
            return true;
        }
        PlanHorizon horizon = first.horizon();
        int k = horizon.slots - 1;
        while (horizon.startS[k] > firstS) {
            k--;
        }
        HeatUp then = preconditioner.heatUp(restedDegC(horizon.startS[k]), toDegC, ambientDegC);
        double fromS = horizon.startS[k] - then.timeS();
        while (k > 0 && horizon.startS[k] > fromS) {
            k--;
        }
        PlanSearch second = search(schedule, new HeatCourse(toDegC, horizon.startS[k]));
        work.next(
                () -> {
                    second.begin();
                    return true;
                },
                () -> {
                    take(second);
                    return true;
                });
        return true;
    }

    /** Temperature of the coldest cell after a rest from now on, °C. */
    private double restedDegC(double atS) {
        PackNow now = request.pack();
        ThermalRating thermal = pack.type.thermal();
        double perS = thermal.toAmbientWPerK()
                * request.heater().cooling()
                / (thermal.heatCapacityJPerK() * request.heater().bulk());
        double left = StrictMath.exp(-perS * (atS - request.nowS()));
        return now.ambientDegC() + (now.coldestDegC() - now.ambientDegC()) * left;
    }

    private void take(PlanSearch search) {
        PlanSearch before = best;
        if (search.best().heats()
                && (before == null || search.best().objective() < before.best().objective())) {
            best = search;
        }
    }
}
