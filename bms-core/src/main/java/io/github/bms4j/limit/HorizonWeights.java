package io.github.bms4j.limit;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ThermalRating;
import java.util.List;

/**
 * What the length of a horizon makes of a cell type's time constants; docs/theory/current-limits.md derives the weights.
 *
 * <pre>
 * v(h) = (1 - b) v + i (atStart R(start) + atEnd R(end))     a pair whose R changes evenly from start to end
 * b = 1 - exp(-h / tau),  atEnd = 1 - b tau / h,  atStart = b - atEnd
 * </pre>
 *
 * <p>The heat of a pair, v²/R, over the horizon under a constant R, with u = exp(-t / tau), a mean being over the horizon:
 *
 * <pre>
 * mean(v²/R) = relaxing v²/R + crossing i v + driving i² R
 * relaxing = mean(u²),  crossing = 2 mean(u (1 - u)),  driving = mean((1 - u)²)
 * </pre>
 *
 * <p>Thread: any, immutable.
 */
final class HorizonWeights {
    static final int PAIRS = CircuitTables.OHMS - 1;
    /** A cell that sheds no heat is watched for an hour instead of for ever. */
    private static final double LONGEST_S = 3600.0;

    final double[] settled = new double[PAIRS];
    final double[] atStart = new double[PAIRS];
    final double[] atEnd = new double[PAIRS];
    final double[] crossing = new double[PAIRS];
    final double[] driving = new double[PAIRS];
    /** Of the pair that keeps most. */
    final double relaxing;
    /** Hours over which charge is counted; 0 for the continuous horizon. */
    final double hours;
    /** Temperature rise per heat, K/W, before the heat leaves again; for the continuous horizon in the end. */
    final double riseKPerW;
    /** Whether the horizon has an end: what moves on the way counts. */
    final boolean fromNow;

    HorizonWeights(CellType type, Horizon horizon) {
        boolean forGood = horizon == Horizon.CONTINUOUS;
        double h = horizon.seconds();
        List<RcBranch> branches = type.circuit().branches();
        double keeps = 0.0;
        for (int j = 0; j < branches.size(); j++) {
            double tau = branches.get(j).tauS();
            settled[j] = forGood ? 1.0 : -StrictMath.expm1(-h / tau);
            atEnd[j] = forGood ? 1.0 : 1.0 - settled[j] * tau / h;
            atStart[j] = settled[j] - atEnd[j];
            double meanU = forGood ? 0.0 : settled[j] * tau / h;
            double meanU2 = forGood ? 0.0 : -StrictMath.expm1(-2.0 * h / tau) * tau / (2.0 * h);
            crossing[j] = 2.0 * (meanU - meanU2);
            driving[j] = 1.0 - 2.0 * meanU + meanU2;
            keeps = Math.max(keeps, meanU2);
        }
        relaxing = keeps;
        hours = forGood ? 0.0 : h / 3600.0;
        ThermalRating thermal = type.thermal();
        double longest = LONGEST_S / thermal.heatCapacityJPerK();
        riseKPerW = forGood ? Math.min(1.0 / thermal.toAmbientWPerK(), longest) : h / thermal.heatCapacityJPerK();
        fromNow = !forGood;
    }
}
