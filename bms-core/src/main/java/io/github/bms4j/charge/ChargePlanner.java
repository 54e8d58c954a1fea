package io.github.bms4j.charge;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;

/**
 * Plans a charge: when to draw how much, or to give it back, so that the need is met at the least cost.
 *
 * <p>Model: the pack as equal cells behind their steady resistance, one lump of heat each. The minimum SOC comes first,
 * at the highest current whatever the price. From there dynamic programming over SOC and time finds the least of
 *
 * <pre>price x energy at the connector + CO₂ + ageing + what is missing at departure</pre>
 *
 * <p>under the limits of station, site and offer, and the cell's: rating, plating map, voltage, temperature. Every schedule of the
 * offer is tried. Losses are in the energy, so a gentler current is cheaper until the overhead of a longer charge outweighs
 * it. At equal price the latest slots win, with a reserve before departure. Temperature follows the plan and the plan is made
 * again with it; what fails first in practice is that coupling: the plan derates for heat but does not search for ways around
 * it. Every need gets a plan: what cannot be had is missed by as little as possible.
 *
 * <p>{@link #plan} makes a plan at once. {@link #revise} keeps the plan in force unless another one is clearly better, and
 * {@link #begin} shares the work out over control cycles.
 *
 * <p>Units: s on the caller's clock, A and W as magnitudes of charge, below 0 when the pack gives back, °C, currency of the
 * offer. Immutable; thread: any. Allocates; made for once a minute and at every change. The same inputs give the same bits.
 *
 * @see "docs/theory/charge-planner.md"
 */
public final class ChargePlanner {
    private final CellType type;
    private final PackLayout layout;
    private final PlannerSettings settings;

    /** A planner for packs of one type of cell. */
    public ChargePlanner(CellType type, PackLayout layout, PlannerSettings settings) {
        this.type = type;
        this.layout = layout;
        this.settings = settings;
    }

    /**
     * The plan from now to departure; without slots if departure has passed, with all of the need missed because the
     * session is over ({@link io.github.bms4j.limit.LimitRule#SESSION}).
     */
    public ChargePlan plan(PlanRequest request) {
        return begin(request).finish().plan();
    }

    /**
     * The same at the beginning of a session, at a site without limits.
     *
     * @param nowS time now, s, on the clock of the need and the offer
     * @throws IllegalArgumentException if {@code nowS} is not finite
     */
    public ChargePlan plan(double nowS, PackNow now, ChargeNeed need, StationOffer offer, StationNow station) {
        return plan(new PlanRequest(nowS, now, need, offer, station));
    }

    /**
     * Plans anew, and keeps the plan in force, led on from where the pack stands, unless the new one is better by a margin
     * ({@link PlannerSettings#keepShare}) or the one in force cannot be followed any more. So a plan does not change with every
     * tremor of an offer.
     */
    public PlanRevision revise(PlanRequest request, ChargePlan inForce) {
        return begin(request, inForce).finish();
    }

    /** Begins a plan whose work is shared out by the caller. */
    public PlanJob begin(PlanRequest request) {
        return new PlanJob(circuit(request), settings, request, null);
    }

    /** Begins to {@link #revise} a plan, with the work shared out by the caller. */
    public PlanJob begin(PlanRequest request, ChargePlan inForce) {
        return new PlanJob(circuit(request), settings, request, inForce);
    }

    /**
     * Begins to look for the course of a fast charge, with the work shared out by the caller; the plan is then made for the request {@linkplain
     * PlanRequest#with(FastChargeCourse) with} it.
     *
     * @param mapShare share of the charge map that the pack bears as it is
     * @param lossShare heat that a cell loses to its surroundings over what its type says
     */
    public FastChargeSearch course(PlanRequest request, FastChargeSettings stages, double mapShare, double lossShare) {
        return new FastChargeSearch(circuit(request, lossShare), settings, request, stages, mapShare, lossShare);
    }

    private PackCircuit circuit(PlanRequest request) {
        return circuit(request, request.course().lossShare());
    }

    private PackCircuit circuit(PlanRequest request, double lossShare) {
        return new PackCircuit(losing(lossShare), layout, settings.overheadPerH(), request.pack());
    }

    private CellType losing(double lossShare) {
        return lossShare == 1.0
                ? type
                : new CellType(
                        type.name(),
                        type.chemistry(),
                        type.rating(),
                        type.ocv(),
                        type.circuit(),
                        FastChargeCourse.losing(type.thermal(), lossShare),
                        type.chargeMap(),
                        type.error(),
                        type.provenance());
    }
}
