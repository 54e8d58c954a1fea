package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import java.util.ArrayList;
import java.util.List;

/** From parameters to the parts of a cell type. */
final class CellAssembly {
    private static final double LEAST_DISCHARGE_DEG_C = -20.0;
    private static final double MOST_DISCHARGE_DEG_C = 60.0;

    private final FitLayout layout;
    private final double[] x;

    CellAssembly(FitLayout layout, double[] x) {
        this.layout = layout;
        this.x = x;
    }

    /** The curve with its hysteresis; made to rise where noise let it fall. */
    OcvCurve ocv() {
        double[] soc = FitLayout.OCV_SOC;
        double[] v = new double[soc.length];
        double[] entropic = new double[soc.length];
        for (int k = 0; k < soc.length; k++) {
            v[k] = rounded(x[k], 1e-5);
            int e = FitLayout.segment(FitLayout.ENTROPY_SOC, soc[k]);
            double part =
                    (soc[k] - FitLayout.ENTROPY_SOC[e]) / (FitLayout.ENTROPY_SOC[e + 1] - FitLayout.ENTROPY_SOC[e]);
            double mvPerK = x[layout.entropy + e] * (1.0 - part) + x[layout.entropy + e + 1] * part;
            entropic[k] = rounded(1e-3 * mvPerK, 1e-7) + 0.0;
        }
        for (int k = 1; k < v.length; k++) {
            v[k] = Math.max(v[k], v[k - 1] + 1e-5);
        }
        return new OcvCurve(soc, v, entropic, layout.referenceDegC, hysteresis());
    }

    private Hysteresis hysteresis() {
        double[] gap = new double[FitLayout.GAP_SOC.length];
        for (int k = 0; k < gap.length; k++) {
            gap[k] = rounded(StrictMath.exp(x[layout.gap + k]), 1e-5);
        }
        return new Hysteresis(FitLayout.GAP_SOC, gap, rounded(StrictMath.exp(x[layout.turn]), 0.01));
    }

    Circuit circuit() {
        List<RcBranch> branches = new ArrayList<>();
        for (int b = 0; b < FitLayout.MAPS - 1; b++) {
            branches.add(new RcBranch(map(b + 1), rounded(StrictMath.exp(x[layout.tau + b]), 0.01)));
        }
        return new Circuit(map(0), branches);
    }

    private ResistanceMap map(int m) {
        double[][] ohm = new double[layout.rowDegC.length][FitLayout.OHM_SOC.length];
        for (int t = 0; t < ohm.length; t++) {
            for (int n = 0; n < ohm[t].length; n++) {
                ohm[t][n] = StrictMath.exp(x[layout.ohm(m, t, n)]);
            }
        }
        return new ResistanceMap(FitLayout.OHM_SOC, layout.rowDegC, ohm, rounded(1e3 * x[layout.activation + m], 10.0));
    }

    private static double rounded(double value, double step) {
        double steps = 1.0 / step;
        return steps > 1.0 ? Math.round(value * steps) / steps : Math.round(value / step) * step;
    }

    /** Rating from the extremes of the data and what is usual for the chemistry. */
    static CellRating rating(
            TypicalCell typical,
            double capacityAh,
            double[] windowV,
            double nominalV,
            double[] mostA,
            double efficiency) {
        TemperatureWindow charge = new TemperatureWindow(typical.chargeFromDegC, typical.chargeToDegC);
        return new CellRating(
                capacityAh,
                Math.min(windowV[1], Math.max(windowV[0], rounded(nominalV, 0.01))),
                windowV[0],
                windowV[1],
                mostA[0],
                mostA[1],
                new TemperatureWindow(LEAST_DISCHARGE_DEG_C, MOST_DISCHARGE_DEG_C),
                charge,
                efficiency);
    }

    /** Charge rates: the sustained rate seen in the data, tapered towards full and towards the cold. Our judgement. */
    static ChargeMap chargeMap(TypicalCell typical, double ratePerH) {
        double from = typical.chargeFromDegC;
        double[] degC = {from, from + 5.0, from + 15.0, from + 25.0, typical.chargeToDegC};
        double[] byTemperature = {0.0, 0.2, 0.5, 1.0, 1.0};
        double[] soc = {0.0, 0.8, 0.9, 1.0};
        double[] bySoc = {1.0, 1.0, 0.6, 0.3};
        double[][] rate = new double[degC.length][soc.length];
        for (int t = 0; t < degC.length; t++) {
            for (int s = 0; s < soc.length; s++) {
                rate[t][s] = rounded(ratePerH * byTemperature[t] * bySoc[s], 1e-3);
            }
        }
        return new ChargeMap(soc, degC, rate);
    }
}
