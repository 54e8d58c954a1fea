package io.github.bms4j.limit;

import io.github.bms4j.cell.ChargeMap;
import java.util.Arrays;

/** Where a charge map is level, so that what it allows now it allows later. */
final class ChargeMapShape {
    private ChargeMapShape() {}

    /** Up to this SOC the map does not change with the SOC; infinite if it never does. */
    static double flatTo(ChargeMap map) {
        double[] socs = map.socs();
        double[][] rates = map.rates();
        for (int k = 1; k < socs.length; k++) {
            for (double[] row : rates) {
                if (row[k] != row[0]) {
                    return socs[k - 1];
                }
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Whether the map nowhere allows more at a higher SOC. */
    static boolean fallsWithSoc(ChargeMap map) {
        for (double[] row : map.rates()) {
            for (int k = 1; k < row.length; k++) {
                if (row[k] > row[k - 1]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Up to this temperature the map allows more the warmer it is, °C. */
    static double risingTo(ChargeMap map) {
        double[] degC = map.temperatures();
        double[][] rates = map.rates();
        for (int t = 1; t < degC.length; t++) {
            for (int k = 0; k < rates[t].length; k++) {
                if (rates[t][k] < rates[t - 1][k]) {
                    return degC[t - 1];
                }
            }
        }
        return degC[degC.length - 1];
    }

    /** From this temperature up to {@code toDegC} the map allows the same, °C. */
    static double levelFrom(ChargeMap map, double toDegC) {
        double[] degC = map.temperatures();
        double[][] rates = map.rates();
        double from = toDegC;
        for (int t = degC.length - 1; t >= 0; t--) {
            if (degC[t] <= toDegC) {
                int above = Math.min(t + 1, degC.length - 1);
                if (degC[t] < toDegC && !Arrays.equals(rates[t], rates[above])) {
                    return from;
                }
                from = degC[t];
            }
        }
        return from;
    }
}
