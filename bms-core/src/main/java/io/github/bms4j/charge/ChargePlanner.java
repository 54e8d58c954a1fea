package io.github.bms4j.charge;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.num.Check;
import java.util.List;

/**
 * Plans a charge: when to draw how much, so that the need is met at the least cost.
 *
 * <p>Model: the pack as equal cells behind their steady resistance, one lump of heat each. The minimum SOC comes first,
 * at the highest current whatever the price. From there dynamic programming over SOC and time finds the least of
 *
 * <pre>price x energy at the connector + wear + what is missing at departure</pre>
 *
 * <p>under the station's limits, the offer, and the cell's: rating, plating map, voltage, temperature. Losses are in the
 * energy, so a gentler current is cheaper until the overhead of a longer charge outweighs it. At equal price the latest
 * slots win, with a reserve before departure. Temperature follows the plan and the plan is made again with it; what
 * fails first in practice is that coupling: the plan derates for heat but does not search for ways around it. Every
 * need gets a plan: what cannot be had is missed by as little as possible.
 *
 * <p>Units: s on the caller's clock, A and W as magnitudes of charge, °C, currency of the offer. Immutable; thread: any.
 * Allocates; made for once a minute and at every change, not for the control step. The same inputs give the same bits.
 *
 * @see "docs/theory/charge-planner.md"
 */
public final class ChargePlanner {
    /** A temperature forecast that moves less than this changes no limit. */
    private static final double SETTLED_K = 0.25;

    /** States of charge so close end alike. */
    private static final double SAME_SOC = 1e-3;

    private final PackCircuit pack;
    private final PlannerSettings settings;

    /** A planner for packs of one type of cell. */
    public ChargePlanner(CellType type, PackLayout layout, PlannerSettings settings) {
        this.pack = new PackCircuit(type, layout, settings.overheadPerH());
        this.settings = settings;
    }

    /**
     * The plan from now to departure; without slots if departure has passed, with all of the need missed because the
     * session is over ({@link LimitRule#SESSION}).
     *
     * @param nowS time now, s, on the clock of the need and the offer
     * @throws IllegalArgumentException if {@code nowS} is not finite
     */
    public ChargePlan plan(double nowS, PackNow now, ChargeNeed need, StationOffer offer, StationNow station) {
        Check.finite("nowS", nowS);
        if (!(need.departureS() > nowS)) {
            return departed(nowS, now, need);
        }
        Case wish = new Case(now, need, offer, station);
        ChargeCeiling ceiling = ceiling(wish, LimitRule.NOT_KNOWN);
        PlanHorizon whole = new PlanHorizon(nowS, Double.NaN, need, offer, station, settings);
        double minimumS = nowS;
        if (now.soc() < need.minSoc()) {
            minimumS = new PlanRun(pack, ceiling, whole, need, now).timeTo(need.minSoc());
        }
        PlanHorizon horizon = minimumS > nowS && minimumS < need.departureS()
                ? new PlanHorizon(nowS, minimumS, need, offer, station, settings)
                : whole;
        PlanRun atOnce = new PlanRun(pack, ceiling, horizon, need, now);
        atOnce.atOnce(Double.POSITIVE_INFINITY);
        PlanRun best = cheaper(atOnce, wish, horizon, ceiling, minimumS);
        return best.plan(best.missedSoc() > 0.0 ? missedCause(best, atOnce, wish, horizon) : LimitRule.GOAL);
    }

    /** The cheapest plan of all passes, or {@code atOnce} if none is cheaper. */
    private PlanRun cheaper(PlanRun atOnce, Case wish, PlanHorizon horizon, ChargeCeiling ceiling, double minimumS) {
        PlanRun last = new PlanRun(pack, ceiling, horizon, wish.need, wish.now);
        last.atOnce(minimumS);
        if (last.slots() == horizon.slots || last.full()) {
            return atOnce;
        }
        SocProgram program = new SocProgram(pack, ceiling, horizon, wish.need, last, settings.socStep());
        last.planned(null);
        PlanRun best = atOnce;
        for (int pass = 0; pass < settings.passes(); pass++) {
            program.solve(last.meanColdDegC, last.meanHotDegC);
            PlanRun run = new PlanRun(pack, ceiling, horizon, wish.need, wish.now);
            run.atOnce(minimumS);
            run.planned(program);
            if (run.objective() < best.objective()) {
                best = run;
            }
            if (mostChange(last.meanHotDegC, run.meanHotDegC) < SETTLED_K) {
                break;
            }
            last = run;
        }
        return best;
    }

    /** The plan itself if charging at once would reach more; otherwise the rule without which that reached most. */
    private LimitRule missedCause(PlanRun best, PlanRun atOnce, Case wish, PlanHorizon horizon) {
        if (best.soc() < atOnce.soc() - SAME_SOC) {
            return LimitRule.PLAN;
        }
        LimitRule cause = atOnce.lastCause();
        double most = atOnce.soc() + SAME_SOC;
        for (LimitRule rule : LimitRule.values()) {
            PlanRun without = new PlanRun(pack, ceiling(wish, rule), horizon, wish.need, wish.now);
            without.atOnce(Double.POSITIVE_INFINITY);
            if (without.soc() > most) {
                most = without.soc();
                cause = rule;
            }
        }
        return cause;
    }

    private ChargeCeiling ceiling(Case wish, LimitRule ignored) {
        return new ChargeCeiling(pack, settings.margins(), wish.now.socLead(), wish.offer, wish.station, ignored);
    }

    private static double mostChange(double[] before, double[] after) {
        double most = 0.0;
        for (int k = 0; k < before.length; k++) {
            most = Math.max(most, Math.abs(after[k] - before[k]));
        }
        return most;
    }

    private ChargePlan departed(double nowS, PackNow now, ChargeNeed need) {
        double missed = Math.max(0.0, need.targetSoc() - now.soc());
        return new ChargePlan(
                List.of(),
                now.soc(),
                missed > 0.0 ? Double.NaN : nowS,
                0.0,
                0.0,
                0.0,
                need.missedPerKwh() * pack.storedKwh(now.soc(), need.targetSoc()),
                missed,
                missed > 0.0 ? LimitRule.SESSION : LimitRule.GOAL);
    }

    /** What one plan is asked for. */
    private record Case(PackNow now, ChargeNeed need, StationOffer offer, StationNow station) {}
}
