package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;
import org.jspecify.annotations.Nullable;

/**
 * The search for the best plan under one schedule of the offer, in units of work of about one slot.
 *
 * <p>First the minimum SOC at the highest current. From there the program is solved for the temperatures of a resting pack, the
 * plan is followed, and the program is solved again for the temperatures found. Where that plan begins to flow too often, the
 * program is solved once more with the starts counted. Where its energy costs too much, it aims lower.
 */
final class PlanSearch {
    /** A temperature forecast that moves less than this changes no limit. */
    private static final double SETTLED_K = 0.25;
    /** How near the bill is led to the ceiling, as a share of it. */
    private static final double CEILING_SHARE = 0.002;

    private static final int MOST_AIMS = 8;
    /** So few starts are counted from the first when energy goes both ways, which begins to flow more often if it may. */
    private static final int FEW_STARTS = 4;

    private final PackCircuit pack;
    private final PlannerSettings settings;
    private final PlanRequest request;
    private final OfferSchedule schedule;
    private final ChargeCeiling ceiling;
    private final PlanWork work;
    private final HeatCourse heat;

    private PlanHorizon horizon;
    private double minimumS;
    private double splitS = Double.NaN;
    private double aimSoc = 1.0;
    private double dearSoc;
    private double dearBill;
    private double cheapSoc;
    private double cheapBill;
    private int aims;
    private @Nullable PlanRun atOnce;
    private @Nullable PlanRun best;
    private @Nullable PlanRun programmed;
    /** The dearest plan that the cost ceiling allows. */
    private @Nullable PlanRun kept;

    PlanSearch(PackCircuit pack, PlannerSettings settings, PlanRequest request, OfferSchedule schedule, PlanWork work) {
        this(pack, settings, request, schedule, work, HeatCourse.NONE);
    }

    PlanSearch(
            PackCircuit pack,
            PlannerSettings settings,
            PlanRequest request,
            OfferSchedule schedule,
            PlanWork work,
            HeatCourse heat) {
        this.heat = heat;
        this.pack = pack;
        this.settings = settings;
        this.request = request;
        this.schedule = schedule;
        this.work = work;
        ceiling = new ChargeCeiling(pack, settings.margins(), request, LimitRule.NOT_KNOWN);
        horizon = new PlanHorizon(request, schedule, Double.NaN, settings, 1.0);
        minimumS = request.nowS();
    }

    /** Enters all work; {@link #best} is there when it is done. */
    void begin() {
        work.next(this::minimum, this::aimAgain);
    }

    /** The cheapest plan found. */
    PlanRun best() {
        return found(best);
    }

    /** What the program came to in the end, even if charging at once is better; null if there was nothing to program. */
    @Nullable
    PlanRun programmed() {
        return programmed;
    }

    /** Charging at the highest current all the time. */
    PlanRun atOnce() {
        return found(atOnce);
    }

    OfferSchedule schedule() {
        return schedule;
    }

    /** The border that the minimum SOC makes, s; NaN if there is none. */
    double splitS() {
        return splitS;
    }

    PlanHorizon horizon() {
        return horizon;
    }

    private static PlanRun found(@Nullable PlanRun run) {
        if (run == null) {
            throw new IllegalStateException("the search must be done before its result is asked for");
        }
        return run;
    }

    /** Finds when the minimum SOC is reached and makes it a border of slots. */
    private boolean minimum() {
        double minSoc = request.need().minSoc();
        if (request.pack().soc() >= minSoc) {
            work.next(this::pass);
            return true;
        }
        PlanRun run = run(true);
        work.next(() -> {
            if (run.towards(minSoc)) {
                minimumS = run.reachedS();
            } else if (run.over()) {
                minimumS = Double.POSITIVE_INFINITY;
            } else {
                return false;
            }
            if (minimumS < request.need().departureS()) {
                splitS = minimumS;
                horizon = new PlanHorizon(request, schedule, minimumS, settings, 1.0);
            }
            work.next(this::pass);
            return true;
        });
        return true;
    }

    /** Charging at once, which no plan may be dearer than, then the program. */
    private boolean pass() {
        PlanRun fast = run(true);
        PlanRun start = run(true);
        ChargeRules rules = request.need().rules();
        boolean counted = rules.discharge().allowed() && rules.mostStarts() <= FEW_STARTS;
        work.next(
                () -> {
                    fast.atOnce();
                    if (fast.over()) {
                        atOnce = fast;
                        best = fast;
                    }
                    return fast.over();
                },
                () -> untilMinimum(start),
                () -> plan(start, counted));
        return true;
    }

    /** @param counted whether the number of starts is kept */
    private PlanRun run(boolean counted) {
        int mostStarts = counted ? request.need().rules().mostStarts() : ChargeRules.ANY_STARTS;
        return new PlanRun(pack, ceiling, horizon, request, heat, aimSoc, mostStarts);
    }

    private boolean untilMinimum(PlanRun run) {
        if (run.over() || horizon.startS[run.slots()] >= minimumS) {
            return true;
        }
        run.atOnce();
        return false;
    }

    private boolean plan(PlanRun start, boolean counted) {
        boolean discharges = request.need().rules().discharge().allowed();
        if (start.over() || (start.soc() >= start.goalSoc() && !discharges)) {
            return true;
        }
        SocProgram program =
                new SocProgram(pack, ceiling, horizon, request, start, atOnce().pinch(), settings.socStep(), counted);
        work.next(
                () -> {
                    start.planned(null);
                    return start.over();
                },
                () -> solve(program, start, 1, counted));
        return true;
    }

    private boolean solve(SocProgram program, PlanRun last, int pass, boolean counted) {
        int[] k = {horizon.slots};
        PlanRun run = run(counted);
        work.next(
                () -> {
                    k[0]--;
                    horizon.heaterW[k[0]] = last.heaterW[k[0]];
                    program.solve(k[0], last.meanColdDegC[k[0]], last.meanHotDegC[k[0]]);
                    return k[0] == program.first();
                },
                () -> untilMinimum(run),
                () -> {
                    run.planned(program);
                    return run.over();
                },
                () -> judge(program, last, run, pass, counted));
        return true;
    }

    private boolean judge(SocProgram program, PlanRun last, PlanRun run, int pass, boolean counted) {
        if (run.starts() > request.need().rules().mostStarts()) {
            PlanRun start = run(true);
            work.next(() -> untilMinimum(start), () -> plan(start, true));
            return true;
        }
        programmed = run;
        if (run.objective() < best().objective()) {
            best = run;
        }
        boolean settled = pass >= settings.passes() || mostChange(last.meanHotDegC, run.meanHotDegC) < SETTLED_K;
        if (!settled) {
            work.next(() -> solve(program, run, pass + 1, counted));
        }
        return true;
    }

    private static double mostChange(double[] before, double[] after) {
        double most = 0.0;
        for (int k = 0; k < before.length; k++) {
            most = Math.max(most, Math.abs(after[k] - before[k]));
        }
        return most;
    }

    /** Aims lower while the energy costs too much, between the highest SOC that was cheap enough and the lowest that was not. */
    private boolean aimAgain() {
        double mayCost = request.need().worth().costCeiling() - request.soFar().spent();
        PlanRun run = best();
        if (aims == 0) {
            if (run.bill() <= mayCost) {
                return true;
            }
            cheapSoc = request.pack().soc();
            cheapBill = Math.min(0.0, mayCost);
            dearSoc = run.soc();
            dearBill = run.bill();
            kept = null;
        } else if (run.bill() <= mayCost) {
            kept = run;
            cheapSoc = run.soc();
            cheapBill = run.bill();
        } else {
            dearSoc = run.soc();
            dearBill = run.bill();
        }
        boolean near = kept != null && mayCost - kept.bill() <= CEILING_SHARE * Math.max(mayCost, 0.01);
        boolean closed = dearSoc - cheapSoc <= SlotWalk.SOC_ROUNDING;
        if (near || closed || aims >= MOST_AIMS) {
            if (kept != null) {
                best = kept;
                return true;
            }
            if (aimSoc <= request.pack().soc()) {
                return true;
            }
            aimSoc = request.pack().soc();
        } else {
            double share = (mayCost - cheapBill) / (dearBill - cheapBill);
            aimSoc = cheapSoc + Math.min(0.999, Math.max(0.0, share - 0.0005)) * (dearSoc - cheapSoc);
        }
        aims++;
        work.next(this::minimum, this::aimAgain);
        return true;
    }
}
