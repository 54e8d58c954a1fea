package io.github.bms4j.bench;

/**
 * What the peers know of the cells: the model of the plain filter with tables as cheap as they get, an OCV of 201 points
 * and resistances that are fixed for each cell.
 */
final class PeerModel {
    static final double A1 = StrictMath.exp(-1.0 / 8.0);
    static final double A2 = StrictMath.exp(-1.0 / 200.0);
    static final double Q_SOC = 1e-10;
    static final double Q_RC = 1e-8;
    static final double R = 0.025 * 0.025;
    static final double[] START = {0.01, 4e-4, 4e-4};
    private static final int POINTS = 201;

    private final double[] ocv = new double[2 * POINTS];
    final double[] perAs;
    final double[] r0Ohm;
    final double[] r1Ohm;
    final double[] r2Ohm;

    PeerModel(Drive drive) {
        int cells = drive.layout.cells();
        perAs = new double[cells];
        r0Ohm = new double[cells];
        r1Ohm = new double[cells];
        r2Ohm = new double[cells];
        for (int k = 0; k < POINTS; k++) {
            double here = drive.type.ocv().v(k / (POINTS - 1.0), 25.0);
            double next = drive.type.ocv().v((k + 1) / (POINTS - 1.0), 25.0);
            ocv[2 * k] = here;
            ocv[2 * k + 1] = next - here;
        }
        for (int c = 0; c < cells; c++) {
            double scale = drive.resistanceScale[c];
            perAs[c] = 1.0 / (drive.type.rating().capacityAh() * 3600.0 * drive.capacityScale[c]);
            r0Ohm[c] = scale * drive.type.circuit().r0().ohm(0.5, drive.tDegC[c]);
            r1Ohm[c] = scale * ohm(drive, 0, c);
            r2Ohm[c] = scale * ohm(drive, 1, c);
        }
    }

    private static double ohm(Drive drive, int pair, int c) {
        return drive.type.circuit().branches().get(pair).resistance().ohm(0.5, drive.tDegC[c]);
    }

    private static int point(double y) {
        return Math.min(Math.max((int) y, 0), POINTS - 2);
    }

    double ocvV(double soc) {
        double y = soc * (POINTS - 1);
        int k = point(y);
        return ocv[2 * k] + (y - k) * ocv[2 * k + 1];
    }

    double slopeV(double soc) {
        return ocv[2 * point(soc * (POINTS - 1)) + 1] * (POINTS - 1);
    }
}
