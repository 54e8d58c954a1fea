package io.github.bms4j.limit;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.Table1D;
import java.util.List;

/**
 * The negative electrode as far as an equivalent circuit knows it: its potential over lithium while charging.
 *
 * <pre>
 * phi(soc, T, i) = U(soc) - i S(soc, T)          S = sum of the circuit's resistances, each by its share of the anode
 * rate(soc, T)   = (U(soc) - reserve) / (S Q)    the charge map: where a sustained current takes phi down to the reserve
 * </pre>
 *
 * <p>Metallic lithium is stable below 0 V, so the map is free of plating as long as shares and resistances are right. What fails
 * first: an electrode that is not equally loaded everywhere plates at its worst place, which the reserve must cover. Units: V
 * over lithium, A of one cell, 1/h. Thread: any, immutable.
 *
 * @see "docs/theory/fast-charge.md"
 */
public final class AnodeModel {
    /** Graphite by Ecker et al. 2015, in the closed form that PyBaMM (BSD-3-Clause) gives it, over stoichiometry. */
    private static final Table1D GRAPHITE = new Table1D(
            new double[] {
                0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.58, 0.61,
                0.64, 0.67, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95
            },
            new double[] {
                0.7803, 0.5930, 0.4736, 0.3319, 0.2515, 0.2181, 0.2035, 0.1950, 0.1760, 0.1605, 0.1472, 0.1281, 0.1244,
                0.1241, 0.1240, 0.1231, 0.1191, 0.1065, 0.0916, 0.0858, 0.0845, 0.0842, 0.0842, 0.0841, 0.0837, 0.0812
            });

    private final double emptyX;
    private final double fullX;
    private final AnodeShare share;

    private AnodeModel(double emptyX, double fullX, AnodeShare share) {
        this.emptyX = emptyX;
        this.fullX = fullX;
        this.share = share;
    }

    /**
     * A graphite electrode.
     *
     * @param emptyX its stoichiometry when the cell is empty, 0…1
     * @param fullX when it is full, above {@code emptyX}
     * @param share its part of the circuit's drops
     */
    public static AnodeModel graphite(double emptyX, double fullX, AnodeShare share) {
        Check.fraction("emptyX", emptyX);
        Check.fraction("fullX", fullX);
        if (fullX <= emptyX) {
            throw new IllegalArgumentException("fullX (" + fullX + ") must exceed emptyX (" + emptyX + ")");
        }
        return new AnodeModel(emptyX, fullX, share);
    }

    /** Potential at rest, V over lithium. */
    public double restV(double soc) {
        return GRAPHITE.at(emptyX + soc * (fullX - emptyX));
    }

    /** Potential under a sustained charge current of one cell, A, 0 or more. */
    public double chargedV(CellType type, double soc, double tDegC, double chargeA) {
        return restV(soc) - chargeA * steadyOhm(type, share, soc, tDegC);
    }

    /** Part of the circuit's resistance to a sustained current that lies on the anode, ohm. */
    static double steadyOhm(CellType type, AnodeShare share, double soc, double tDegC) {
        double ohm = share.ohmic() * type.circuit().r0().ohm(soc, tDegC);
        List<RcBranch> branches = type.circuit().branches();
        for (int k = 0; k < branches.size(); k++) {
            ohm += share.ofPair(k) * branches.get(k).resistance().ohm(soc, tDegC);
        }
        return ohm;
    }

    /**
     * The charge map of a cell: the current that takes the anode down to a reserve, no more than the rating, nothing at 0 °C and
     * below and outside the rated temperatures.
     *
     * @param type the cell; its own map is not looked at
     * @param reserveV potential that is left over lithium, V, 0 or more
     */
    public ChargeMap chargeMap(CellType type, double reserveV) {
        Check.notNegative("reserveV", reserveV);
        int columns = 21;
        double[] soc = new double[columns];
        for (int k = 0; k < columns; k++) {
            soc[k] = k / (columns - 1.0);
        }
        double coldest = Math.max(0.0, type.rating().charge().minDegC());
        double warmest = type.rating().charge().maxDegC();
        int rows = 2 + (int) Math.ceil((warmest - coldest) / 5.0);
        double[] degC = new double[rows];
        double[][] ratePerH = new double[rows][columns];
        double mostPerH = type.rating().maxChargeA() / type.rating().capacityAh();
        degC[0] = coldest;
        for (int t = 1; t < rows; t++) { // a kelvin above the coldest, then evenly to the warmest
            degC[t] = coldest + 1.0 + (warmest - coldest - 1.0) * (t - 1) / (rows - 2);
            for (int k = 0; k < columns; k++) {
                double roomV = Math.max(0.0, restV(soc[k]) - reserveV);
                double limitA = roomV / steadyOhm(type, share, soc[k], degC[t]);
                ratePerH[t][k] = Math.min(mostPerH, limitA / type.rating().capacityAh());
            }
        }
        return new ChargeMap(soc, degC, ratePerH);
    }
}
