package io.github.bms4j.charge;

import io.github.bms4j.num.Check;
import io.github.bms4j.thermal.HeaterRating;

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
 * @param course what a fast charge keeps to
 * @param heater what may heat the pack with the station's energy, where the need allows it, and how the pack keeps its warmth
 */
public record PlanRequest(
        double nowS,
        PackNow pack,
        ChargeNeed need,
        StationOffer offer,
        SiteSeries site,
        StationNow station,
        SessionSoFar soFar,
        FastChargeCourse course,
        HeaterRating heater) {
    /** @throws IllegalArgumentException if {@code nowS} is not finite */
    public PlanRequest {
        Check.finite("nowS", nowS);
    }

    /** A request for a charge without stages and a pack without a heater. */
    public PlanRequest(
            double nowS,
            PackNow pack,
            ChargeNeed need,
            StationOffer offer,
            SiteSeries site,
            StationNow station,
            SessionSoFar soFar) {
        this(nowS, pack, need, offer, site, station, soFar, FastChargeCourse.none(), HeaterRating.none());
    }

    /** A request at the beginning of a session, at a site without limits. */
    public PlanRequest(double nowS, PackNow pack, ChargeNeed need, StationOffer offer, StationNow station) {
        this(nowS, pack, need, offer, SiteSeries.unlimited(), station, SessionSoFar.fresh());
    }

    /** The same with another need. */
    PlanRequest with(ChargeNeed other) {
        return new PlanRequest(nowS, pack, other, offer, site, station, soFar, course, heater);
    }

    /** The same on another course. */
    public PlanRequest with(FastChargeCourse other) {
        return new PlanRequest(nowS, pack, need, offer, site, station, soFar, other, heater);
    }

    /** The same for a pack with another heater. */
    public PlanRequest with(HeaterRating other) {
        return new PlanRequest(nowS, pack, need, offer, site, station, soFar, course, other);
    }
}
