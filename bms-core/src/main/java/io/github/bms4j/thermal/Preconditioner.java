package io.github.bms4j.thermal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.limit.LimitSettings;

/**
 * Whether a cold pack is to be heated for a charge: heat now only if the time saved is worth the energy.
 *
 * <p>The charge is followed with the cell's own limits (plating map, voltage, heat, station) and the warmth of its own losses, once without
 * heat and once for each temperature up to which one might heat, {@value #LADDER_K} K apart; the one that gains most decides. Model: all
 * cells alike, one lump of heat each. What fails first is the heat path of the pack, which nobody has measured: give it with {@link
 * HeaterRating}.
 *
 * <p>A pure function of its arguments; the same objects may serve many calls, one thread at a time. A plan follows some 15 charges of a few hundred
 * steps, a few milliseconds; it allocates its answer. Units: °C, W, Wh, s.
 *
 * @see "docs/theory/preconditioning.md"
 */
public final class Preconditioner {
    /** Distance of the temperatures that are tried, K. */
    static final double LADDER_K = 2.5;

    /** Less than this saved is no time saved, s. */
    private static final double LEAST_SAVED_S = 30.0;

    /** A heater that gets the pack no warmer than by this is none, K. */
    private static final double LEAST_RISE_K = 0.5;

    private static final double SCAN_K = 0.25;

    private final CellType type;
    private final HeaterRating heater;
    private final ChargeRun run;

    /** A preconditioner for a pack; limits keep their margins as {@link io.github.bms4j.limit.PowerPredictor} does. */
    public Preconditioner(CellType type, PackLayout layout, HeaterRating heater, LimitSettings limits) {
        this.type = type;
        this.heater = heater;
        run = new ChargeRun(type, layout, heater, limits);
    }

    /** What it takes to warm the resting pack from one temperature to another, °C, in surroundings of a third. */
    public HeatUp heatUp(double fromDegC, double toDegC, double ambientDegC) {
        return run.heatUp(fromDegC, toDegC, ambientDegC);
    }

    /** Power at the pack's terminals that it takes for good at a SOC and a temperature, W. */
    public double chargeW(double soc, double degC) {
        return run.takesW(soc, degC);
    }

    /** The coldest temperature at which the pack takes a wanted charge power at a SOC, °C; NaN if there is none. */
    public double degCToTake(double wantedW, double soc) {
        double maxDegC = type.rating().charge().maxDegC();
        for (double t = type.rating().charge().minDegC(); t <= maxDegC; t += SCAN_K) {
            if (run.takesW(soc, t) >= wantedW) {
                return t;
            }
        }
        return Double.NaN;
    }

    /** Energy and time until the resting pack takes a wanted charge power. */
    public HeatUp toTake(double wantedW, double soc, double fromDegC, double ambientDegC) {
        if (run.takesW(soc, fromDegC) >= wantedW) {
            return new HeatUp(fromDegC, 0.0, 0.0);
        }
        double toDegC = degCToTake(wantedW, soc);
        return Double.isNaN(toDegC) || toDegC < fromDegC
                ? new HeatUp(Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
                : heatUp(fromDegC, toDegC, ambientDegC);
    }

    /** Decides. */
    public PreconditioningPlan plan(PreconditioningNeed need) {
        if (need.targetSoc() <= need.soc()) {
            return unheated(need, PreconditioningCause.TARGET_REACHED, 0.0);
        }
        run.run(need, Double.NEGATIVE_INFINITY);
        double plainS = run.timeS();
        double plainWh = run.stationWh();
        double plainCost = cost(need);
        double topDegC = Math.min(warmestUseful(need.packDegC()), run.endDegC(need.ambientDegC()) - LEAST_RISE_K);
        boolean reach = heater.powerW() > 0.0 && topDegC >= need.packDegC() + LEAST_RISE_K;
        int rungs = reach ? (int) Math.ceil((topDegC - need.packDegC()) / LADDER_K) : 0;
        double leastCost = Double.POSITIVE_INFINITY;
        double bestDegC = Double.NaN;
        double mostSavedS = 0.0;
        for (int k = 1; k <= rungs; k++) {
            double toDegC = Math.min(topDegC, need.packDegC() + k * LADDER_K);
            run.run(need, toDegC);
            if (run.timeS() < plainS) {
                mostSavedS = Math.max(mostSavedS, plainS - run.timeS());
                if (plainS - run.timeS() >= LEAST_SAVED_S && cost(need) < leastCost) {
                    leastCost = cost(need);
                    bestDegC = toDegC;
                }
            }
        }
        if (leastCost < plainCost) {
            run.run(need, bestDegC);
            return heated(bestDegC, plainS, plainWh, plainCost - leastCost);
        }
        return unheated(need, refusal(need, plainS, mostSavedS, reach), plainS);
    }

    /** What the run just made costs: time at the station and energy from it. */
    private double cost(PreconditioningNeed need) {
        return run.timeS() == Double.POSITIVE_INFINITY
                ? Double.POSITIVE_INFINITY
                : run.timeS() / 3600.0 * need.pricePerH() + run.stationWh() / 1000.0 * need.pricePerKwh();
    }

    /** Nothing is gained beyond the warmest temperature at which a map still rises. */
    private double warmestUseful(double fromDegC) {
        double maxDegC = type.rating().charge().maxDegC();
        double best = 0.0;
        double warmest = fromDegC;
        for (double t = type.rating().charge().minDegC(); t <= maxDegC; t += LADDER_K) {
            double rate = Math.max(run.takesW(0.2, t), run.takesW(0.6, t));
            if (rate > 1.005 * best) {
                best = rate;
                warmest = t;
            }
        }
        return warmest;
    }

    /** The plan of the run just made. */
    private PreconditioningPlan heated(double toDegC, double plainS, double plainWh, double gain) {
        boolean must = plainS == Double.POSITIVE_INFINITY;
        return new PreconditioningPlan(
                true,
                must ? PreconditioningCause.MUST_HEAT : PreconditioningCause.WORTH_IT,
                0.0 - run.beforeS(),
                toDegC,
                run.heatingS(),
                run.heaterWh(),
                must ? run.stationWh() : run.stationWh() - plainWh,
                run.timeS(),
                plainS,
                gain);
    }

    private PreconditioningCause refusal(PreconditioningNeed need, double plainS, double mostSavedS, boolean reach) {
        if (heater.powerW() == 0.0) {
            return PreconditioningCause.NO_HEATER;
        }
        if (plainS == Double.POSITIVE_INFINITY) {
            return PreconditioningCause.CANNOT_CHARGE;
        }
        if (mostSavedS >= LEAST_SAVED_S) {
            return PreconditioningCause.NOT_WORTH_IT;
        }
        run.run(free(need), Double.NEGATIVE_INFINITY);
        if (run.timeS() < plainS - LEAST_SAVED_S) {
            return PreconditioningCause.STATION_LIMITS;
        }
        return reach || warmestUseful(need.packDegC()) <= need.packDegC() + LEAST_RISE_K
                ? PreconditioningCause.WARM_ENOUGH
                : PreconditioningCause.OUT_OF_REACH;
    }

    private static PreconditioningNeed free(PreconditioningNeed need) {
        return new PreconditioningNeed(
                need.soc(),
                need.targetSoc(),
                need.packDegC(),
                need.ambientDegC(),
                Double.POSITIVE_INFINITY,
                need.leadS(),
                need.pricePerKwh(),
                need.pricePerH());
    }

    private static PreconditioningPlan unheated(PreconditioningNeed need, PreconditioningCause cause, double plainS) {
        return new PreconditioningPlan(false, cause, 0.0, need.packDegC(), 0.0, 0.0, 0.0, plainS, plainS, 0.0);
    }
}
