package io.github.bms4j.charge;

/** The pack on the SOC grid at one temperature: what a plan needs of it at every node. */
final class SocTable {
    final double[] ocvV;
    final double[] ohm;
    /** The cell's own limit while charging. */
    final double[] cellA;
    /** The cell's own limit while discharging; empty where that is not allowed. */
    final double[] cellBackA;
    /** Energy stored since the first node, kWh. */
    final double[] storedKwh;
    /** Energy lost since the first node if the SOC rose by 1 per hour, kWh per (1/h). */
    final double[] lostKwhPerRate;
    /** Ageing of an hour at the node, and what the hour is worth below the target. */
    final double[] calendarPerH;
    /** Ageing of a kWh moved, and how much more per 1C. */
    final double cyclePerKwh;

    final double cyclePerKwhAndRate;

    SocTable(
            PackCircuit pack,
            ChargeCeiling ceiling,
            ChargeNeed need,
            double[] soc,
            Pinch pinch,
            double coldDegC,
            double hotDegC) {
        int n = soc.length;
        AgeingCost ageing = need.worth().ageing();
        double meanDegC = 0.5 * (coldDegC + hotDegC);
        double pricePerH = need.worth().pricePerH();
        double goalSoc = need.targetSoc() - 0.5 * (soc[1] - soc[0]);
        boolean back = need.rules().discharge().allowed();
        ocvV = new double[n];
        ohm = new double[n];
        cellA = new double[n];
        cellBackA = new double[back ? n : 0];
        storedKwh = new double[n];
        lostKwhPerRate = new double[n];
        calendarPerH = new double[n];
        cyclePerKwh = ageing.perKwh(meanDegC);
        cyclePerKwhAndRate = ageing.perKwhAndRate(meanDegC);
        for (int i = 0; i < n; i++) {
            ocvV[i] = pack.ocvV(soc[i], coldDegC);
            ohm[i] = pack.ohm(soc[i], coldDegC);
            double gapV = pack.halfGapV(soc[i]);
            ceiling.cell(soc[i], coldDegC, hotDegC, gapV, pinch.at(soc[i]) * ohm[i]);
            cellA[i] = ceiling.limitA;
            if (back) {
                ceiling.dischargeCell(soc[i], coldDegC, hotDegC, -gapV, ohm[i]);
                cellBackA[i] = ceiling.limitA;
            }
            calendarPerH[i] = pack.ratedKwh * ageing.calendarPerH(soc[i], meanDegC);
            if (pricePerH > 0.0 && soc[i] < goalSoc) {
                calendarPerH[i] += pricePerH;
            }
            if (i > 0) {
                double half = 0.5 * (soc[i] - soc[i - 1]) * pack.kwhPerV;
                storedKwh[i] = storedKwh[i - 1] + half * (ocvV[i] + ocvV[i - 1]);
                lostKwhPerRate[i] = lostKwhPerRate[i - 1] + half * pack.capacityAh * (ohm[i] + ohm[i - 1]);
            }
        }
    }
}
