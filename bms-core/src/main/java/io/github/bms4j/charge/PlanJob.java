package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making, whose work can be shared out over control cycles.
 *
 * <p>{@link #advance} does so many units of work, each about what one slot of the horizon takes, and says when the plan is there.
 * What comes out does not depend on how the work is shared out. Thread: one. Allocates.
 */
public final class PlanJob {
    /** States of charge so close end alike. */
    private static final double SAME_SOC = 1e-3;

    private final PackCircuit pack;
    private final PlannerSettings settings;
    private final PlanRequest request;
    private final @Nullable ChargePlan inForce;
    private final PlanWork work = new PlanWork();
    private final List<PlanSearch> searches = new ArrayList<>();

    private LimitRule missedCause = LimitRule.GOAL;
    private double causeSoc;
    private double gain = Double.NaN;
    private @Nullable PlanRevision result;
    private int units;

    PlanJob(PackCircuit pack, PlannerSettings settings, PlanRequest request, @Nullable ChargePlan inForce) {
        this.pack = pack;
        this.settings = settings;
        this.request = request;
        this.inForce = inForce;
        if (!(request.need().departureS() > request.nowS())) {
            result = new PlanRevision(departed(), true, Double.POSITIVE_INFINITY);
            return;
        }
        work.next(this::choose);
        List<OfferSchedule> schedules = request.offer().schedules();
        for (int i = schedules.size() - 1; i >= 0; i--) {
            PlanSearch search = new PlanSearch(pack, settings, request, schedules.get(i), work);
            searches.add(0, search);
            search.begin();
        }
    }

    /**
     * Does some of the work.
     *
     * @param most units of work, 1 or more
     * @return whether the plan is there
     */
    public boolean advance(int most) {
        for (int i = 0; i < most && result == null; i++) {
            units++;
            work.step();
        }
        return result != null;
    }

    /** Units of work done so far. */
    public int units() {
        return units;
    }

    /**
     * Operations done so far: moves from one SOC to another that were priced, and ten for every look at the pack and its limits in
     * one state. They measure what a plan takes without a clock.
     */
    public long operations() {
        return pack.effort.operations();
    }

    /** Does all work that is left. */
    PlanRevision finish() {
        while (!advance(1000)) {
            // the work is finite
        }
        return revision();
    }

    /**
     * What came of it.
     *
     * @throws IllegalStateException before the work is done
     */
    public PlanRevision revision() {
        PlanRevision made = result;
        if (made == null) {
            throw new IllegalStateException("advance() must have said that the plan is there");
        }
        return made;
    }

    /** The best schedule, the first of those that are alike; and what heating would make of it where the cold held it down. */
    private boolean choose() {
        PlanSearch chosen = searches.get(0);
        for (PlanSearch search : searches) {
            if (search.best().objective() < chosen.best().objective()) {
                chosen = search;
            }
        }
        PlanSearch plain = chosen;
        HeatTrials heated = HeatTrials.beside(plain, pack, settings, request, work);
        if (heated == null) {
            return decide(plain);
        }
        work.next(
                () -> {
                    heated.begin();
                    return true;
                },
                () -> {
                    PlanSearch warm = heated.best();
                    boolean pays = warm != null
                            && warm.best().objective() < plain.best().objective();
                    return decide(warm != null && pays ? warm : plain);
                });
        return true;
    }

    /** Whether the best plan is better than the one in force. */
    private boolean decide(PlanSearch best) {
        PlanSearch same = inForce == null ? null : searchOf(inForce.schedule());
        if (inForce == null || same == null || inForce.slots().isEmpty()) {
            gain = Double.POSITIVE_INFINITY;
            work.next(() -> complete(best, best.best(), true));
            return true;
        }
        PlanRun kept = new PlanRun(pack, ceiling(LimitRule.NOT_KNOWN), same.horizon(), request, HeatCourse.of(inForce));
        work.next(() -> leadOn(kept, same.horizon(), inForce), () -> keepOrChange(kept, same, best));
        return true;
    }

    private @Nullable PlanSearch searchOf(String schedule) {
        for (PlanSearch search : searches) {
            if (search.schedule().name().equals(schedule)) {
                return search;
            }
        }
        return null;
    }

    /** The next slot of the plan in force, at the currents it had. */
    private boolean leadOn(PlanRun run, PlanHorizon horizon, ChargePlan plan) {
        int k = run.slots();
        double middleS = horizon.startS[k] + 0.5 * horizon.durationS[k];
        PlanSlot then = plan.slots().get(0);
        for (PlanSlot slot : plan.slots()) {
            then = slot.startS() <= middleS ? slot : then;
        }
        boolean within = middleS < then.startS() + then.durationS();
        boolean hasty =
                request.need().worth().pricePerH() > 0.0; // then the target ends a slot early, at no lower current
        boolean free = then.cause() == LimitRule.PLAN || (then.cause() == LimitRule.GOAL && !hasty);
        if (!within || then.currentA() == 0.0) {
            run.atMost(0.0);
        } else if (then.currentA() > 0.0 && !free) {
            run.atMost(Double.POSITIVE_INFINITY);
        } else {
            run.cellsOf(then.currentA());
        }
        return run.over();
    }

    private boolean keepOrChange(PlanRun kept, PlanSearch same, PlanSearch best) {
        double mayCost = request.need().worth().costCeiling() - request.soFar().spent();
        boolean broken = kept.held(LimitRule.STARTS)
                || (kept.bill() > mayCost && kept.bill() > best.best().bill());
        gain = broken
                ? Double.POSITIVE_INFINITY
                : kept.objective() - best.best().objective();
        double margin = settings.keepShare()
                * Math.max(Math.abs(best.best().objective()), request.need().missedPerKwh());
        boolean change = gain > margin;
        work.next(() -> complete(change ? best : same, change ? best.best() : kept, change));
        return true;
    }

    private ChargeCeiling ceiling(LimitRule ignored) {
        return new ChargeCeiling(pack, settings.margins(), request, ignored);
    }

    /** Finds why something is missing and how probable the arrival is, then makes the plan. */
    private boolean complete(PlanSearch search, PlanRun run, boolean changed) {
        ArrivalRuns arrival = new ArrivalRuns(pack, settings, request, search.schedule(), run, search.splitS());
        work.next(() -> {
            ChargePlan plan = run.plan(search.schedule().name(), missedCause, arrival.forecast());
            result = new PlanRevision(plan, changed, gain);
            return true;
        });
        arrival.begin(work);
        if (run.missedSoc() > 0.0) {
            explain(search, run);
        }
        return true;
    }

    /** The plan itself if charging at once would reach more; otherwise the rule without which that reaches most. */
    private void explain(PlanSearch search, PlanRun run) {
        PlanRun atOnce = search.atOnce();
        if (run.held(LimitRule.COST_CEILING)) {
            missedCause = LimitRule.COST_CEILING;
            return;
        }
        if (run.soc() < atOnce.soc() - SAME_SOC) {
            missedCause = LimitRule.PLAN;
            return;
        }
        missedCause = atOnce.lastCause();
        causeSoc = atOnce.soc() + SAME_SOC;
        HeatCourse heat = run.heat();
        for (LimitRule rule : LimitRule.values()) {
            if (atOnce.held(rule)) {
                work.next(() -> {
                    PlanRun without = new PlanRun(pack, ceiling(rule), search.horizon(), request, heat);
                    work.next(() -> without(without, rule));
                    return true;
                });
            }
        }
    }

    private boolean without(PlanRun run, LimitRule rule) {
        run.atOnce();
        if (run.over() && (run.soc() > causeSoc || (run.soc() == causeSoc && rule.compareTo(missedCause) < 0))) {
            causeSoc = run.soc();
            missedCause = rule;
        }
        return run.over();
    }

    private ChargePlan departed() {
        ChargeNeed need = request.need();
        double soc = request.pack().soc();
        double missed = Math.max(0.0, need.targetSoc() - soc);
        double missedCost = need.missedPerKwh() * pack.storedKwh(soc, need.targetSoc());
        double finishS = missed > 0.0 ? Double.NaN : request.nowS();
        return new ChargePlan(
                request.offer().schedules().get(0).name(),
                List.of(),
                soc,
                finishS,
                0.0,
                new PlanCost(0.0, 0.0, 0.0, missedCost, 0.0),
                missed,
                missed > 0.0 ? LimitRule.SESSION : LimitRule.GOAL,
                new ArrivalForecast(soc, soc, finishS, finishS, missed > 0.0 ? 0.0 : 1.0));
    }
}
