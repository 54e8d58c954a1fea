package io.github.bms4j.charge;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.LimitSettings;

/**
 * The highest current of one cell at a state of charge and temperature, either way, and the rule that sets it.
 *
 * <p>The rules are those of {@link io.github.bms4j.limit.PowerPredictor} for the continuous horizon, with the station's and the
 * site's beside them. Less than the least current is none. One rule may be left out, to see what it alone keeps back. A loop
 * object: the answer is in the fields until the next call.
 */
final class ChargeCeiling {
    /** A fullest cell so close to SOC 1 is full. */
    private static final double FULL = 1.0 - 1e-9;

    private final PackCircuit pack;
    private final CellRating rating;
    private final LimitSettings margins;
    private final double socLead;
    private final double ambientDegC;
    private final double efficiency;
    private final double stationA;
    private final double stationBackA;
    private final double stationCellV;
    private final double floorSoc;
    /** Least current of a cell, A. */
    final double leastA;

    private final LimitRule ignored;
    /** What a charge rate refers to: less than rated once the cell has aged, never more, Ah. */
    private final double platedAh;

    // What a slot supplies, W at the connector.
    private boolean offered;
    private double stationW;
    private double siteW;
    private boolean notYet;
    private double sellW;

    double limitA;
    LimitRule rule = LimitRule.NOT_KNOWN;

    /** @param ignored a rule that is left out; {@link LimitRule#NOT_KNOWN} for none */
    ChargeCeiling(PackCircuit pack, LimitSettings margins, PlanRequest request, LimitRule ignored) {
        this.pack = pack;
        this.rating = pack.type.rating();
        this.platedAh = Math.min(pack.capacityAh, rating.capacityAh());
        this.margins = margins;
        this.socLead = request.pack().socLead();
        this.ambientDegC = request.pack().ambientDegC();
        this.ignored = ignored;
        StationRating station = request.offer().rating();
        efficiency = station.efficiency();
        stationA = Math.min(station.maxA(), request.station().maxA());
        stationBackA = station.maxDischargeA();
        stationCellV = Math.min(station.maxV(), request.station().maxV()) / pack.series;
        ChargeRules rules = request.need().rules();
        floorSoc = rules.discharge().floorSoc();
        double least = Math.max(station.minA(), rules.minCurrentA());
        double overheadA = pack.overheadW / (rating.nominalV() * pack.series);
        leastA = ignored == LimitRule.LEAST_CURRENT ? 0.0 : Math.max(0.0, least - overheadA) / pack.parallel;
    }

    /** Highest mean SOC that the fullest cell allows. */
    double topSoc() {
        return ignored == LimitRule.SOC_WINDOW ? 1.0 : 1.0 - socLead;
    }

    /** Takes over what slot k supplies. */
    void slot(PlanHorizon horizon, int k) {
        supply(horizon.offered[k], horizon.stationW[k], horizon.siteW[k], horizon.notYet[k], horizon.sellW[k]);
    }

    void supply(boolean isOffered, double newStationW, double newSiteW, boolean nothingYet, double newSellW) {
        offered = isOffered || ignored == LimitRule.NOT_OFFERED;
        boolean any = ignored == LimitRule.STATION_DELIVERY || !isOffered;
        stationW = any ? Double.POSITIVE_INFINITY : newStationW;
        siteW = ignored == LimitRule.SITE ? Double.POSITIVE_INFINITY : newSiteW;
        notYet = nothingYet && ignored != LimitRule.NOT_YET;
        sellW = newSellW;
    }

    /** Whether charge current can flow at all from what the slot supplies. */
    boolean supplied() {
        return offered && stationW > 0.0 && siteW > 0.0 && !notYet;
    }

    /**
     * All rules for charging a pack whose mean SOC is {@code soc}.
     *
     * @param standOffV what a cell stands above its open-circuit voltage without the current to come, V
     * @param ohm what that current meets, Ω
     */
    void at(double soc, double coldDegC, double hotDegC, double standOffV, double ohm) {
        cell(soc, coldDegC, hotDegC, standOffV, ohm);
        station(pack.ocvV(soc, coldDegC) + standOffV, ohm);
    }

    /** The cell's own rules for charging. */
    void cell(double soc, double coldDegC, double hotDegC, double standOffV, double ohm) {
        limitA = Double.POSITIVE_INFINITY;
        lowerTo(rating.maxChargeA(), LimitRule.CURRENT_RATING);
        double fullest = soc + socLead;
        if (fullest >= FULL) {
            lowerTo(0.0, LimitRule.SOC_WINDOW);
        }
        double aboveAirK = Math.max(0.0, coldDegC - ambientDegC);
        double plateDegC =
                coldDegC - margins.sigmas().sensorK() - margins.sigmas().uneven() * aboveAirK;
        double platingA = pack.type.chargeMap().maxRatePerH(fullest, plateDegC) * platedAh;
        double hot = margins.hotShare(rating.charge(), hotDegC);
        if (hot < 1.0) {
            lowerTo(hot * Math.min(rating.maxChargeA(), platingA), LimitRule.TEMPERATURE);
        }
        if (coldDegC <= rating.charge().minDegC()) {
            lowerTo(0.0, LimitRule.TEMPERATURE);
        }
        lowerTo(platingA, LimitRule.PLATING);
        double topV = rating.maxV() - margins.voltageMarginV();
        double gapV = topV - pack.ocvV(fullest, coldDegC) - standOffV;
        lowerTo(gapV / ohm, LimitRule.CELL_VOLTAGE);
    }

    /** Lowers the cell's own limit by what station and site give to a cell with this open-circuit voltage and resistance. */
    void station(double ocvV, double ohm) {
        double overheadA = pack.overheadW / (ocvV * pack.series);
        lowerTo((stationA - overheadA) / pack.parallel, LimitRule.STATION_CURRENT);
        lowerTo((stationCellV - ocvV) / ohm, LimitRule.STATION_DELIVERY);
        lowerTo(currentInto(stationW, ocvV, ohm), LimitRule.STATION_DELIVERY);
        if (siteW < stationW) {
            lowerTo(currentInto(siteW, ocvV, ohm), LimitRule.SITE);
        }
        if (!offered) {
            lowerTo(0.0, LimitRule.NOT_OFFERED);
        }
        if (notYet) {
            lowerTo(0.0, LimitRule.NOT_YET);
        }
        dropBelowLeast();
    }

    /** All rules for discharging; the stand-off is below 0 after a discharge. */
    void dischargeAt(double soc, double coldDegC, double hotDegC, double standOffV, double ohm) {
        dischargeCell(soc, coldDegC, hotDegC, standOffV, ohm);
        dischargeStation(pack.ocvV(soc, coldDegC) + standOffV, ohm);
    }

    /** The cell's own rules for discharging; the emptiest cell is taken to be as far behind as the fullest is ahead. */
    void dischargeCell(double soc, double coldDegC, double hotDegC, double standOffV, double ohm) {
        limitA = Double.POSITIVE_INFINITY;
        lowerTo(rating.maxDischargeA(), LimitRule.CURRENT_RATING);
        double emptiest = Math.max(0.0, soc - socLead);
        if (emptiest <= 0.0 || soc <= floorSoc) {
            lowerTo(0.0, LimitRule.SOC_WINDOW);
        }
        double share = Math.min(
                margins.hotShare(rating.discharge(), hotDegC), margins.coldShare(rating.discharge(), coldDegC));
        if (share < 1.0) {
            lowerTo(share * rating.maxDischargeA(), LimitRule.TEMPERATURE);
        }
        double bottomV = rating.minV() + margins.voltageMarginV();
        double gapV = pack.ocvV(emptiest, coldDegC) + standOffV - bottomV;
        lowerTo(gapV / ohm, LimitRule.CELL_VOLTAGE);
    }

    /** Lowers the cell's own limit by what the station takes back. */
    void dischargeStation(double ocvV, double ohm) {
        lowerTo(stationBackA / pack.parallel, LimitRule.STATION_CURRENT);
        lowerTo(sellW > 0.0 ? currentOutOf(sellW, ocvV, ohm) : 0.0, LimitRule.STATION_DELIVERY);
        dropBelowLeast();
    }

    private void dropBelowLeast() {
        if (limitA < leastA && limitA > 0.0) {
            limitA = 0.0;
            rule = LimitRule.LEAST_CURRENT;
        }
    }

    /** The i with i (v + i r) = w for the power of one cell; the positive root in the form that does not cancel. */
    private double currentInto(double connectorW, double v, double r) {
        double w = (connectorW - pack.overheadW) * efficiency / pack.cells();
        if (!(w > 0.0)) {
            return 0.0;
        }
        return w == Double.POSITIVE_INFINITY ? w : 2.0 * w / (v + Math.sqrt(v * v + 4.0 * r * w));
    }

    /** The lesser i with i (v - i r) = w; the current of the highest power where no i gives as much. */
    private double currentOutOf(double connectorW, double v, double r) {
        double w = (connectorW + pack.overheadW) / efficiency / pack.cells();
        double square = v * v - 4.0 * r * w;
        return square > 0.0 ? 2.0 * w / (v + Math.sqrt(square)) : 0.5 * v / r;
    }

    private void lowerTo(double candidateA, LimitRule why) {
        if (candidateA < limitA && why != ignored) {
            limitA = Math.max(0.0, candidateA);
            rule = why;
        }
    }
}
