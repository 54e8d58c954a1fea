package io.github.bms4j.charge;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.LimitSettings;

/**
 * The highest charge current of one cell at a state of charge and temperature, and the rule that sets it.
 *
 * <p>The rules are those of {@link io.github.bms4j.limit.CurrentLimiter} for the continuous horizon, with the station's
 * beside them. One rule may be left out, to see what it alone keeps back. A loop object: the answer is in the fields
 * until the next call.
 */
final class ChargeCeiling {
    /** A fullest cell so close to SOC 1 is full. */
    private static final double FULL = 1.0 - 1e-9;

    private final PackCircuit pack;
    private final CellRating rating;
    private final LimitSettings margins;
    private final double socLead;
    private final double stationA;
    private final double stationCellV;
    private final LimitRule ignored;

    double limitA;
    LimitRule rule = LimitRule.NOT_KNOWN;

    /** @param ignored a rule that is left out; {@link LimitRule#NOT_KNOWN} for none */
    ChargeCeiling(
            PackCircuit pack,
            LimitSettings margins,
            double socLead,
            StationOffer offer,
            StationNow station,
            LimitRule ignored) {
        this.pack = pack;
        this.rating = pack.type.rating();
        this.margins = margins;
        this.socLead = socLead;
        this.ignored = ignored;
        this.stationA = Math.min(offer.maxA(), station.maxA());
        this.stationCellV = Math.min(offer.maxV(), station.maxV()) / pack.series;
    }

    /** Highest mean SOC that the fullest cell allows. */
    double topSoc() {
        return ignored == LimitRule.SOC_WINDOW ? 1.0 : 1.0 - socLead;
    }

    /** Whether current can flow at a connector that gives {@code capW}. */
    boolean supplied(double capW) {
        return capW > 0.0 || ignored == LimitRule.STATION_DELIVERY;
    }

    /** All rules, for a pack whose mean SOC is {@code soc} at a connector that gives {@code capW}. */
    void at(double soc, double coldDegC, double hotDegC, double capW) {
        cell(soc, coldDegC, hotDegC);
        station(pack.ocvV(soc, coldDegC), pack.ohm(soc, coldDegC), capW);
    }

    /** The cell's own rules. */
    void cell(double soc, double coldDegC, double hotDegC) {
        limitA = Double.POSITIVE_INFINITY;
        lowerTo(rating.maxChargeA(), LimitRule.CURRENT_RATING);
        double fullest = soc + socLead;
        if (fullest >= FULL) {
            lowerTo(0.0, LimitRule.SOC_WINDOW);
        }
        double platingA = pack.type.chargeMap().maxRatePerH(fullest, coldDegC) * pack.capacityAh;
        double hot = margins.hotShare(rating.charge(), hotDegC);
        if (hot < 1.0) {
            lowerTo(hot * Math.min(rating.maxChargeA(), platingA), LimitRule.TEMPERATURE);
        }
        if (coldDegC <= rating.charge().minDegC()) {
            lowerTo(0.0, LimitRule.TEMPERATURE);
        }
        lowerTo(platingA, LimitRule.PLATING);
        double topV = rating.maxV() - margins.voltageMarginV();
        double gapV = topV - pack.ocvV(fullest, coldDegC);
        lowerTo(gapV / pack.ohm(fullest, coldDegC), LimitRule.CELL_VOLTAGE);
    }

    /** Lowers the cell's own limit by what the station gives to a cell with this open-circuit voltage and resistance. */
    void station(double ocvV, double ohm, double capW) {
        double overheadA = pack.overheadW / (ocvV * pack.series);
        lowerTo((stationA - overheadA) / pack.parallel, LimitRule.STATION_CURRENT);
        lowerTo((stationCellV - ocvV) / ohm, LimitRule.STATION_DELIVERY);
        lowerTo(currentOfPower((capW - pack.overheadW) / pack.cells(), ocvV, ohm), LimitRule.STATION_DELIVERY);
    }

    /** The i with i (v + i r) = w; the positive root in the form that does not cancel. */
    private static double currentOfPower(double w, double v, double r) {
        if (!(w > 0.0)) {
            return 0.0;
        }
        return w == Double.POSITIVE_INFINITY ? w : 2.0 * w / (v + Math.sqrt(v * v + 4.0 * r * w));
    }

    private void lowerTo(double candidateA, LimitRule why) {
        if (candidateA < limitA && why != ignored) {
            limitA = Math.max(0.0, candidateA);
            rule = why;
        }
    }
}
