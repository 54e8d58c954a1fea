package io.github.bms4j.charge;

/** The pack on the SOC grid at one temperature: what a plan needs of it at every node. */
final class SocTable {
    final double[] ocvV;
    final double[] ohm;
    /** The cell's own limit. */
    final double[] cellA;
    /** Energy stored since the first node, kWh. */
    final double[] storedKwh;
    /** Energy lost since the first node if the SOC rose by 1 per hour, kWh per (1/h). */
    final double[] lostKwhPerRate;

    SocTable(PackCircuit pack, ChargeCeiling ceiling, double[] soc, double coldDegC, double hotDegC) {
        int n = soc.length;
        ocvV = new double[n];
        ohm = new double[n];
        cellA = new double[n];
        storedKwh = new double[n];
        lostKwhPerRate = new double[n];
        for (int i = 0; i < n; i++) {
            ocvV[i] = pack.ocvV(soc[i], coldDegC);
            ohm[i] = pack.ohm(soc[i], coldDegC);
            ceiling.cell(soc[i], coldDegC, hotDegC);
            cellA[i] = ceiling.limitA;
            if (i > 0) {
                double half = 0.5 * (soc[i] - soc[i - 1]) * pack.kwhPerV;
                storedKwh[i] = storedKwh[i - 1] + half * (ocvV[i] + ocvV[i - 1]);
                lostKwhPerRate[i] = lostKwhPerRate[i - 1] + half * pack.capacityAh * (ohm[i] + ohm[i - 1]);
            }
        }
    }
}
