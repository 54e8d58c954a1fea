package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * All that one plan is made from; every time is on one clock.
 *
 * @param nowS time now, s
 * @param pack state of the pack
 * @param need what is wanted
 * @param offer what is offered
 * @param site what the site can spare
 * @param station what the station allows now
 * @param soFar what has happened in the session before
 */
public record PlanRequest(
        double nowS,
        PackNow pack,
        ChargeNeed need,
        StationOffer offer,
        SiteSeries site,
        StationNow station,
        SessionSoFar soFar) {
    /** @throws IllegalArgumentException if {@code nowS} is not finite */
    public PlanRequest {
        Check.finite("nowS", nowS);
    }

    /** A request at the beginning of a session, at a site without limits. */
    public PlanRequest(double nowS, PackNow pack, ChargeNeed need, StationOffer offer, StationNow station) {
        this(nowS, pack, need, offer, SiteSeries.unlimited(), station, SessionSoFar.fresh());
    }

    /** The same with another need. */
    PlanRequest with(ChargeNeed other) {
        return new PlanRequest(nowS, pack, other, offer, site, station, soFar);
    }
}
