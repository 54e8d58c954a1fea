package io.github.bms4j.charge;

import io.github.bms4j.thermal.HeaterRating;

/**
 * The heater in a slot that is followed: when it runs, what it takes of the slot's supply, what that costs.
 *
 * <p>It comes before the cells: what the station gives is the heater's first. With the heater alone the electronics run as with a charge. A
 * loop object: what a slot came to is in the fields until the next one.
 */
final class SlotHeat {
    private final PackCircuit pack;
    private final PlanHorizon horizon;
    private final HeaterRating rating;
    private final HeatCourse heat;
    private final double efficiency;

    private int slot;
    private double untilSoc = 1.0;
    private double mostW;
    private double nowW;
    /** Whether it warms up, rather than waits for the pack to cool: at the end of the last slot kept, and now. */
    private boolean warmingBefore = true;

    private boolean warming;

    /** Energy through the connector, kWh. */
    double energyKwh;

    double bill;
    double co2Kg;

    SlotHeat(PackCircuit pack, PlanHorizon horizon, PlanRequest request, HeatCourse heat) {
        this.pack = pack;
        this.horizon = horizon;
        this.heat = heat;
        rating = request.heater();
        efficiency = request.offer().rating().efficiency();
    }

    /** SOC from which on nothing is heated. */
    void until(double soc) {
        untilSoc = soc;
    }

    /** Begins slot k; whether there is anything to heat with. */
    boolean slot(int k, boolean supplied) {
        slot = k;
        warming = warmingBefore;
        energyKwh = 0.0;
        bill = 0.0;
        co2Kg = 0.0;
        nowW = 0.0;
        double suppliedW = Math.min(horizon.stationW[k], horizon.siteW[k]) - pack.overheadW;
        mostW = supplied && horizon.startS[k] >= heat.fromS()
                ? Math.min(rating.powerW(), Math.max(0.0, suppliedW) * efficiency)
                : 0.0;
        return mostW > 0.0;
    }

    /** What it takes in the sub-step to come, W at the pack's terminals. */
    double takesW(double coldDegC, double soc) {
        warming = soc < untilSoc && coldDegC < (warming ? heat.toDegC() : heat.toDegC() - HeatCourse.HOLD_K);
        nowW = warming ? mostW : 0.0;
        return nowW;
    }

    /**
     * Books the sub-step and gives its heat in a cell, W.
     *
     * @param chargeW what the charge took at the connector, W, for {@code chargeS} of the {@code dtS} seconds
     */
    double warms(double chargeW, double chargeS, double dtS) {
        if (nowW == 0.0) {
            return 0.0;
        }
        double heaterW = nowW / efficiency;
        book(chargeW, heaterW, chargeS);
        book(0.0, heaterW + pack.overheadW, dtS - chargeS);
        return rating.efficiency() * nowW / pack.cells();
    }

    private void book(double besideW, double heaterW, double s) {
        double hours = s / 3600.0;
        energyKwh += heaterW * hours / 1000.0;
        PowerCost cost = horizon.cost[slot];
        if (cost.ranges() > 0 && s > 0.0) {
            double beside = besideW > 0.0 ? cost.pricePerH(besideW) : 0.0;
            double besideG = besideW > 0.0 ? cost.gCo2PerH(besideW) : 0.0;
            bill += (cost.pricePerH(besideW + heaterW) - beside) * hours;
            co2Kg += (cost.gCo2PerH(besideW + heaterW) - besideG) * hours / 1000.0;
        }
    }

    /** The slot just followed is kept; the next one goes on from it. */
    void keep() {
        warmingBefore = warming;
    }
}
