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
    /** The middle of a cell is taken to be no hotter than this above its sensor, K. */
    private static final double MOST_CORE_K = 20.0;

    private final PackCircuit pack;
    private final CellRating rating;
    private final LimitSettings margins;
    /** By how much of its warmth above the air a cell may be colder than its sensor. */
    private final double unevenShare;

    /** What the limits add to the fullest cell's SOC for what is not known of it: at the charge map, and at its end. */
    private final double platingMargin;

    private final double windowMargin;
    private final FastChargeCourse course;
    private final double ambientDegC;
    private final double efficiency;
    private final double stationA;
    private final double stationBackA;
    private final double stationCellV;
    private final double floorSoc;
    /** Least current of a cell, A. */
    final double leastA;

    private final LimitRule ignored;

    // What a slot supplies, W at the connector.
    private boolean offered;
    private double stationW;
    private double siteW;
    private boolean notYet;
    private double sellW;
    /** What the heater takes of it, W at the pack's terminals. */
    private double heaterW;

    double limitA;
    LimitRule rule = LimitRule.NOT_KNOWN;

    /** @param ignored a rule that is left out; {@link LimitRule#NOT_KNOWN} for none */
    ChargeCeiling(PackCircuit pack, LimitSettings margins, PlanRequest request, LimitRule ignored) {
        this.pack = pack;
        this.rating = pack.type.rating();
        this.margins = margins;
        this.unevenShare = margins.sigmas().uneven() * request.heater().cooling();
        double sigma = request.pack().condition().socSigma();
        this.platingMargin = margins.sigmas().plating() * sigma;
        this.windowMargin = margins.sigmas().window() * sigma;
        this.course = request.course();
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

    /** Highest SOC that the fullest cell allows. */
    double topSoc() {
        return ignored == LimitRule.SOC_WINDOW ? 1.0 : Math.min(1.0, pack.socOfFullest(1.0 - windowMargin));
    }

    /** Takes over what slot k supplies. */
    void slot(PlanHorizon horizon, int k) {
        supply(horizon.offered[k], horizon.stationW[k], horizon.siteW[k], horizon.notYet[k], horizon.sellW[k]);
        heaterW = horizon.heaterW[k];
    }

    /** What the heater takes of the slot's supply from now on, W at the pack's terminals. */
    void heater(double newHeaterW) {
        heaterW = newHeaterW;
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
     * All rules for charging a pack whose SOC is {@code soc}.
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
        pack.effort.looks++;
        limitA = Double.POSITIVE_INFINITY;
        lowerTo(rating.maxChargeA(), LimitRule.CURRENT_RATING);
        double fullest = pack.fullestSoc(soc);
        if (fullest + windowMargin >= FULL) {
            lowerTo(0.0, LimitRule.SOC_WINDOW);
        }
        double aboveAirK = Math.max(0.0, coldDegC - ambientDegC);
        double plateDegC = coldDegC - margins.sigmas().sensorK() - unevenShare * aboveAirK;
        double platingA = pack.type.chargeMap().maxRatePerH(fullest + platingMargin, plateDegC) * rating.capacityAh();
        double coolA = Math.min(rating.maxChargeA(), platingA);
        double roomK = rating.charge().maxDegC() - margins.temperatureMarginK() - hotDegC;
        if (roomK < margins.derateSpanK() + MOST_CORE_K) {
            lowerTo(derated(coolA, roomK, pack.ohm(soc, coldDegC)), LimitRule.TEMPERATURE);
        }
        if (coldDegC <= rating.charge().minDegC()) {
            lowerTo(0.0, LimitRule.TEMPERATURE);
        }
        lowerTo(platingA, LimitRule.PLATING);
        if (course.inStages()) {
            lowerTo(stageA(course.mapShare() * platingA), LimitRule.ANODE_MARGIN);
        }
        if (course.paced()) {
            lowerTo(stageA(course.pacedA(pack.type.thermal(), hotDegC, pack.ohm(soc, hotDegC))), LimitRule.COOL_STAGE);
        }
        double topV = rating.maxV() - margins.voltageMarginV();
        double gapV = topV - pack.cellOcvV(fullest, coldDegC) - standOffV;
        lowerTo(gapV / ohm, LimitRule.CELL_VOLTAGE);
    }

    /**
     * The current that is left of one near the highest temperature: the limits derate for the middle of a cell, which its own heat
     * keeps above what a sensor reads: i = most (room - k i²) / span, k = R / conductance; the positive root in the form that does
     * not cancel.
     */
    private double derated(double mostA, double roomK, double ohm) {
        double spanK = margins.derateSpanK();
        double perA2 = ohm / pack.type.thermal().coreToSurfaceWPerK();
        if (roomK - perA2 * mostA * mostA >= spanK) {
            return Double.POSITIVE_INFINITY;
        }
        double surfaceA = mostA * Math.max(0.0, roomK) / spanK;
        return 2.0 * surfaceA / (1.0 + Math.sqrt(1.0 + 4.0 * perA2 * mostA / spanK * surfaceA));
    }

    private double stageA(double a) {
        return course.stagePerH(a / rating.capacityAh()) * rating.capacityAh();
    }

    /** Lowers the cell's own limit by what station and site give to a cell with this open-circuit voltage and resistance. */
    void station(double ocvV, double ohm) {
        double besideA = (pack.overheadW + heaterW) / (ocvV * pack.series);
        lowerTo((stationA - besideA) / pack.parallel, LimitRule.STATION_CURRENT);
        lowerTo((stationCellV - ocvV) / ohm, LimitRule.STATION_DELIVERY);
        lowerTo(currentInto(stationW - heaterW / efficiency, ocvV, ohm), LimitRule.STATION_DELIVERY);
        if (siteW < stationW) {
            lowerTo(currentInto(siteW - heaterW / efficiency, ocvV, ohm), LimitRule.SITE);
        }
        if (!offered) {
            lowerTo(0.0, LimitRule.NOT_OFFERED);
        }
        if (notYet) {
            lowerTo(0.0, LimitRule.NOT_YET);
        }
        dropBelowLeast();
    }

    /** The currents that {@link #station} leaves of these limits of the cell, for many states; where the slot has something to charge with. */
    void stations(double[] cellA, double[] ocvV, double[] ohm, double[] leftA) {
        double w = wattsInto(Math.min(stationW, siteW));
        double besideW = pack.overheadW / pack.series;
        double perCell = 1.0 / pack.parallel;
        for (int i = 0; i < leftA.length; i++) {
            double stationLeftA = (stationA - besideW / ocvV[i]) * perCell;
            double deliveredA = (stationCellV - ocvV[i]) / ohm[i];
            double a = Math.min(Math.min(cellA[i], stationLeftA), Math.min(deliveredA, into(w, ocvV[i], ohm[i])));
            leftA[i] = a < leastA ? 0.0 : Math.max(0.0, a);
        }
    }

    /** The same for discharging, where the slot takes something back. */
    void dischargeStations(double[] cellA, double[] ocvV, double[] ohm, double[] leftA) {
        double w = wattsOutOf(sellW);
        double backA = stationBackA / pack.parallel;
        for (int i = 0; i < leftA.length; i++) {
            double a = Math.min(Math.min(cellA[i], backA), outOf(w, ocvV[i], ohm[i]));
            leftA[i] = a < leastA ? 0.0 : Math.max(0.0, a);
        }
    }

    /** All rules for discharging; the stand-off is below 0 after a discharge. */
    void dischargeAt(double soc, double coldDegC, double hotDegC, double standOffV, double ohm) {
        dischargeCell(soc, coldDegC, hotDegC, standOffV, ohm);
        dischargeStation(pack.ocvV(soc, coldDegC) + standOffV, ohm);
    }

    /** The cell's own rules for discharging; the emptiest cell is taken to be as far behind the mean as the fullest is ahead. */
    void dischargeCell(double soc, double coldDegC, double hotDegC, double standOffV, double ohm) {
        pack.effort.looks++;
        limitA = Double.POSITIVE_INFINITY;
        lowerTo(rating.maxDischargeA(), LimitRule.CURRENT_RATING);
        double emptiest = Math.max(0.0, 2.0 * pack.meanSoc(soc) - pack.fullestSoc(soc));
        if (emptiest <= windowMargin || soc <= floorSoc) {
            lowerTo(0.0, LimitRule.SOC_WINDOW);
        }
        double share = Math.min(
                margins.hotShare(rating.discharge(), hotDegC), margins.coldShare(rating.discharge(), coldDegC));
        if (share < 1.0) {
            lowerTo(share * rating.maxDischargeA(), LimitRule.TEMPERATURE);
        }
        double bottomV = rating.minV() + margins.voltageMarginV();
        double gapV = pack.cellOcvV(emptiest, coldDegC) + standOffV - bottomV;
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

    private double currentInto(double connectorW, double v, double r) {
        return into(wattsInto(connectorW), v, r);
    }

    private double currentOutOf(double connectorW, double v, double r) {
        return outOf(wattsOutOf(connectorW), v, r);
    }

    /** What a power at the connector puts into one cell, W. */
    private double wattsInto(double connectorW) {
        return (connectorW - pack.overheadW) * efficiency / pack.cells();
    }

    /** What one cell gives for a power at the connector, W. */
    private double wattsOutOf(double connectorW) {
        return (connectorW + pack.overheadW) / efficiency / pack.cells();
    }

    /** The i with i (v + i r) = w for the power of one cell; the positive root in the form that does not cancel. */
    private static double into(double w, double v, double r) {
        if (!(w > 0.0)) {
            return 0.0;
        }
        return w == Double.POSITIVE_INFINITY ? w : 2.0 * w / (v + Math.sqrt(v * v + 4.0 * r * w));
    }

    /** The lesser i with i (v - i r) = w; the current of the highest power where no i gives as much. */
    private static double outOf(double w, double v, double r) {
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
