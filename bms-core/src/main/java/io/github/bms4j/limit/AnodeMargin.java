package io.github.bms4j.limit;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import java.util.Arrays;
import java.util.List;

/**
 * How far every cell's anode is from plating now, and what charge current would take it there within a horizon.
 *
 * <p>The cell's charge map says which drop the anode bears: that of the map's current sustained, A = rate Q S. Against it stands the drop
 * it has now, by the estimate's own polarisation:
 *
 * <pre>
 * margin  = A(soc, T) - (g1 R0 i + sum gj |vj|)                 i, vj of a charge; gj: share of the anode
 * i(h)    = (A - z sigma - sum gj aj |vj|) / (g1 R0 + sum gj (1 - aj) Rj)    aj = exp(-h / tauj)
 * </pre>
 *
 * <p>At the start of a charge the slow drops have not built up, so a pulse may exceed the map; sustained, i is the map's current
 * over the resistance the cell has really grown by, and never above the map's. SOC is taken k sigmas too high, temperature by the colder of
 * sensor and core and some kelvins below it, the map's rate for the capacity that is left. What fails first: a share that is wrong, see {@link
 * AnodeShare#sigma}.
 *
 * <p>Anodes drift by the minute, so a cycle need not look at all of them: {@link #step(PackSample, PackEstimate, int)} takes some in turn.
 *
 * <p>Units: V, A (magnitudes of charge). An unknown estimate or temperature gives a margin of NaN and no current. Thread: one. Allocation:
 * none after construction.
 *
 * @see "docs/theory/fast-charge.md"
 */
public final class AnodeMargin {
    private static final Horizon[] HORIZONS = Horizon.values();

    private static final int SUSTAINED = Horizon.CONTINUOUS.ordinal();

    /** A resistance that the estimate holds to be less than this share of the model's is not believed. */
    private static final double LEAST_GROWTH = 0.7;

    private final CellType type;
    private final PackLayout layout;
    private final ChargeMap map;
    private final AnodeShare share;
    private final List<RcBranch> branches;
    private final double capacityAh;
    private final double socSigmas;
    private final double marginSigmas;
    private final double colderK;
    private final double[][] left;
    private final double[] marginV;
    private final double[] sigmaV;
    private final double[] mapA;
    /** By horizon and cell. */
    private final double[][] cellA;

    private final double[] chargeA;
    private final int[] cell;
    private int next;
    private boolean whole;
    private final double[] vs;
    private final double[] ohms;

    /**
     * Margins for a pack.
     *
     * @param socSigmas by how many standard deviations the SOC is taken for higher, 0 or more
     * @param marginSigmas by how many standard deviations of the drop the current stays away, 0 or more
     * @param colderK by how much a cell may be colder than its sensor, K, 0 or more
     */
    public AnodeMargin(
            CellType type, PackLayout layout, AnodeShare share, double socSigmas, double marginSigmas, double colderK) {
        this.type = type;
        this.layout = layout;
        this.share = share;
        this.socSigmas = Check.notNegative("socSigmas", socSigmas);
        this.marginSigmas = Check.notNegative("marginSigmas", marginSigmas);
        this.colderK = Check.notNegative("colderK", colderK);
        map = type.chargeMap();
        branches = type.circuit().branches();
        capacityAh = type.rating().capacityAh();
        left = new double[HORIZONS.length][branches.size()];
        for (Horizon h : HORIZONS) {
            for (int k = 0; k < branches.size(); k++) {
                left[h.ordinal()][k] =
                        StrictMath.exp(-h.seconds() / branches.get(k).tauS());
            }
        }
        marginV = new double[layout.cells()];
        sigmaV = new double[layout.cells()];
        mapA = new double[layout.cells()];
        cellA = new double[HORIZONS.length][layout.cells()];
        chargeA = new double[HORIZONS.length];
        cell = new int[HORIZONS.length];
        vs = new double[branches.size()];
        ohms = new double[branches.size()];
        refuse();
    }

    private void refuse() {
        Arrays.fill(marginV, Double.NaN);
        Arrays.fill(sigmaV, Double.NaN);
        Arrays.fill(mapA, 0.0);
        for (double[] cells : cellA) {
            Arrays.fill(cells, 0.0);
        }
        Arrays.fill(chargeA, 0.0);
        Arrays.fill(cell, Limit.WHOLE_PACK);
        next = 0;
        whole = false;
    }

    /** Computes all margins for a sample and the estimate made from it. */
    public void step(PackSample sample, PackEstimate estimate) {
        step(sample, estimate, layout.cells());
    }

    /**
     * The same for so many cells in turn, while the others stay as they were; for all of them where not all are known.
     *
     * @param cells how many, 1 or more
     */
    public void step(PackSample sample, PackEstimate estimate, int cells) {
        if (!sample.begun() || !estimate.known()) {
            refuse();
            return;
        }
        int n = layout.cells();
        double chargingA = Math.max(0.0, -layout.cellCurrentA(sample.current().value(0)));
        for (int k = whole ? Math.min(n, cells) : n; k > 0; k--) {
            look(next, chargingA, sample.cellTemperatureDegC(next), estimate);
            next = next + 1 < n ? next + 1 : 0;
        }
        whole = true;
        for (int h = 0; h < HORIZONS.length; h++) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < n; c++) {
                if (cellA[h][c] < least) {
                    least = cellA[h][c];
                    cell[h] = c;
                }
            }
            chargeA[h] = least;
        }
    }

    private void look(int c, double chargingA, double sensorDegC, PackEstimate estimate) {
        double coreDegC = estimate.coreDegC(c); // NaN when nobody estimates it
        double tDegC = (coreDegC < sensorDegC ? coreDegC : sensorDegC) - colderK;
        double soc = Math.min(1.0, estimate.soc(c) + socSigmas * estimate.socSigma(c));
        double steadyOhm = share.ohmic() * type.circuit().r0().ohm(soc, tDegC);
        double grownBy = growth(estimate.resistanceError(c));
        double r0 = grownBy * steadyOhm;
        double dropV = r0 * chargingA;
        for (int k = 0; k < branches.size(); k++) {
            double g = share.ofPair(k);
            double ohm = g * branches.get(k).resistance().ohm(soc, tDegC);
            steadyOhm += ohm;
            ohms[k] = grownBy * ohm;
            vs[k] = g * Math.max(0.0, -pairV(k, c, estimate));
            dropV += vs[k];
        }
        double learnedAh = estimate.health().capacityAh(c); // NaN while nothing was learned
        mapA[c] = map.maxRatePerH(soc, tDegC) * (learnedAh < capacityAh ? learnedAh : capacityAh);
        double roomV = mapA[c] * steadyOhm;
        double safe = 1.0 + marginSigmas * share.sigma();
        marginV[c] = roomV - dropV;
        sigmaV[c] = share.sigma() * dropV;
        for (int h = 0; h < HORIZONS.length; h++) {
            double keptV = 0.0;
            double ohm = r0;
            for (int k = 0; k < branches.size(); k++) {
                keptV += left[h][k] * vs[k];
                ohm += (1.0 - left[h][k]) * ohms[k];
            }
            double a = (roomV / safe - keptV) / ohm;
            cellA[h][c] = a > 0.0 ? a : 0.0; // NaN allows nothing
        }
        if (mapA[c] < cellA[SUSTAINED][c]) {
            cellA[SUSTAINED][c] = mapA[c];
        }
    }

    private static double growth(double resistanceError) {
        return Double.isNaN(resistanceError) ? 1.0 : Math.max(LEAST_GROWTH, 1.0 + resistanceError);
    }

    /** Voltage of pair k, V, positive after discharge; 0 where the estimate does not follow it. */
    private static double pairV(int k, int c, PackEstimate estimate) {
        double v = k == 0 ? estimate.fastRcV(c) : k == 1 ? estimate.slowRcV(c) : estimate.diffusionV(c);
        return Double.isNaN(v) ? 0.0 : v;
    }

    /** What is left of the drop that a cell's anode bears, V; below 0 it may plate; NaN while unknown. */
    public double marginV(int ofCell) {
        return marginV[ofCell];
    }

    /** Standard deviation of {@link #marginV}, V. */
    public double sigmaV(int ofCell) {
        return sigmaV[ofCell];
    }

    /** Charge current of the pack that keeps every anode away from plating for a horizon, A. */
    public double chargeA(Horizon horizon) {
        return chargeA[horizon.ordinal()] * layout.parallel();
    }

    /** What the map's sustained current is multiplied with where it is cut most, because a resistance has grown; 0…1, NaN while unknown. */
    public double mapShare() {
        if (!whole) {
            return Double.NaN;
        }
        double least = 1.0;
        for (int c = 0; c < mapA.length; c++) {
            least = mapA[c] > 0.0 ? Math.min(least, cellA[SUSTAINED][c] / mapA[c]) : least;
        }
        return least;
    }

    /** The cell that sets it, or {@link Limit#WHOLE_PACK} while nothing is known. */
    public int cell(Horizon horizon) {
        return cell[horizon.ordinal()];
    }
}
