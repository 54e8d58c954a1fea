package io.github.bms4j.thermal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.limit.LimitSettings;

/**
 * Whether a cold pack is to be heated for a charge: heat now only if the time saved is worth the energy.
 *
 * <p>The charge is followed with the cell's own limits (plating map, voltage, heat, station) and the warmth of its own losses, once without
 * heat and once for each temperature up to which one might heat, 2.5 K apart; the one that gains most decides. Model: all
 * cells alike, one lump of heat each. What fails first is the heat path of the pack, which nobody has measured: give it with {@link
 * HeaterRating}.
 *
 * <p>A pure function of its arguments; the same objects may serve many calls, one thread at a time. A plan follows some 15 charges of a few hundred
 * steps, a few milliseconds; it allocates its answer. Units: °C, W, Wh, s.
 *
 * @see "docs/theory/preconditioning.md"
 */
public final class Preconditioner {
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
        PreconditioningJob job = begin(need);
        boolean tried = false;
        while (!tried) {
            tried = job.advance();
        }
        return job.plan();
    }

    /** Begins to decide; nothing else may be asked of this object until that is done. */
    public PreconditioningJob begin(PreconditioningNeed need) {
        return new PreconditioningJob(type, heater, run, need);
    }
}
