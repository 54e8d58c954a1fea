package io.github.bms4j.thermal;

import io.github.bms4j.cell.CellType;

/**
 * Whether to heat for a charge, in the making: each {@link #advance} follows one charge, so that the work can be shared out over control
 * cycles. What comes out does not depend on how. One at a time of each {@link Preconditioner}. Thread: one. Allocates its answer.
 */
public final class PreconditioningJob {
    /** Distance of the temperatures that are tried, K. */
    static final double LADDER_K = 2.5;

    /** Less than this saved is no time saved, s. */
    private static final double LEAST_SAVED_S = 30.0;

    /** A heater that gets the pack no warmer than by this is none, K. */
    private static final double LEAST_RISE_K = 0.5;

    private final CellType type;
    private final HeaterRating heater;
    private final ChargeRun run;
    private final PreconditioningNeed need;
    private final double topDegC;
    private final boolean reach;
    private final int rungs;

    private int tried = -1;
    private double plainS;
    private double plainWh;
    private double plainCost;
    private double leastCost = Double.POSITIVE_INFINITY;
    private double bestDegC = Double.NaN;
    private double mostSavedS;

    PreconditioningJob(CellType type, HeaterRating heater, ChargeRun run, PreconditioningNeed need) {
        this.type = type;
        this.heater = heater;
        this.run = run;
        this.need = need;
        topDegC = Math.min(warmestUseful(need.packDegC()), run.endDegC(need.ambientDegC()) - LEAST_RISE_K);
        reach = heater.fitted() && topDegC >= need.packDegC() + LEAST_RISE_K;
        rungs = reach ? (int) Math.ceil((topDegC - need.packDegC()) / LADDER_K) : 0;
    }

    /** Follows one charge; whether all that is to be tried has been. */
    public boolean advance() {
        if (need.targetSoc() <= need.soc()) {
            return true;
        }
        tried++;
        if (tried == 0) {
            run.run(need, Double.NEGATIVE_INFINITY);
            plainS = run.timeS();
            plainWh = run.stationWh();
            plainCost = cost();
        } else if (tried <= rungs) {
            climb(Math.min(topDegC, need.packDegC() + tried * LADDER_K));
        }
        return tried >= rungs;
    }

    private void climb(double toDegC) {
        run.run(need, toDegC);
        if (run.timeS() < plainS) {
            mostSavedS = Math.max(mostSavedS, plainS - run.timeS());
            if (plainS - run.timeS() >= LEAST_SAVED_S && cost() < leastCost) {
                leastCost = cost();
                bestDegC = toDegC;
            }
        }
    }

    /** What came of it; after {@link #advance} has said that all was tried. */
    public PreconditioningPlan plan() {
        if (need.targetSoc() <= need.soc()) {
            return unheated(PreconditioningCause.TARGET_REACHED, 0.0);
        }
        if (leastCost < plainCost) {
            run.run(need, bestDegC);
            return heated(bestDegC, plainCost - leastCost);
        }
        return unheated(refusal(), plainS);
    }

    /** What the run just made costs: time at the station and energy from it. */
    private double cost() {
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
    private PreconditioningPlan heated(double toDegC, double gain) {
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

    private PreconditioningCause refusal() {
        if (!heater.fitted()) {
            return PreconditioningCause.NO_HEATER;
        }
        if (plainS == Double.POSITIVE_INFINITY) {
            return PreconditioningCause.CANNOT_CHARGE;
        }
        if (mostSavedS >= LEAST_SAVED_S) {
            return PreconditioningCause.NOT_WORTH_IT;
        }
        run.run(free(), Double.NEGATIVE_INFINITY);
        if (run.timeS() < plainS - LEAST_SAVED_S) {
            return PreconditioningCause.STATION_LIMITS;
        }
        return reach || warmestUseful(need.packDegC()) <= need.packDegC() + LEAST_RISE_K
                ? PreconditioningCause.WARM_ENOUGH
                : PreconditioningCause.OUT_OF_REACH;
    }

    private PreconditioningNeed free() {
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

    private PreconditioningPlan unheated(PreconditioningCause cause, double plainChargeS) {
        return new PreconditioningPlan(
                false, cause, 0.0, need.packDegC(), 0.0, 0.0, 0.0, plainChargeS, plainChargeS, 0.0);
    }
}
