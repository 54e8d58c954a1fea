package io.github.bms4j.sim.detect;

import io.github.bms4j.num.Check;
import io.github.bms4j.num.Table1D;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.cell.TrueCell.TrueBranch;
import io.github.bms4j.sim.random.NoiseSource;
import java.util.List;

/**
 * Above which sustained current the anode of each true cell really plates.
 *
 * <pre>
 * i_c(soc, T) = f_c (U(soc) + dU) / (g0 R0 + sum gj Rj)(soc, T)
 * </pre>
 *
 * <p>with the true cell's own resistances, shares of the anode that nobody else believes in, a potential that is off by dU and cells that differ by f_c. Its graphite is drawn from its stages: 0.21 V
 * after stage 1L, 0.12 V in stage 2, 0.085 V in stage 1, with straight lines between. Units: V, A of one cell, °C. Thread: any.
 */
public final class TruePlatingMap {
    private static final double[] SOC = {0.0, 0.05, 0.12, 0.22, 0.38, 0.47, 0.68, 0.76, 0.82, 1.0};
    private static final double[] GRAPHITE_V = {0.45, 0.26, 0.205, 0.175, 0.145, 0.125, 0.122, 0.107, 0.087, 0.083};
    private static final double[] SHARE = {0.33, 0.44, 0.46, 0.50};

    /** Cells differ in where they plate. */
    private static final double CELL_SPREAD = 0.03;

    private final TrueCell type;
    private final Table1D graphiteV;
    private final double shiftV;
    private final double[] factor;

    /**
     * A map for a pack.
     *
     * @param shiftV by how much the graphite's potential is off, V, within ±0.02
     * @param harder factor on all shares: above 1 it plates earlier; 0.5…2
     */
    public TruePlatingMap(TrueCell type, int cells, double shiftV, double harder, NoiseSource random) {
        this.type = type;
        this.shiftV = Check.within("shiftV", shiftV, -0.02, 0.02);
        Check.within("harder", harder, 0.5, 2.0);
        graphiteV = new Table1D(SOC, GRAPHITE_V);
        factor = new double[Check.atLeast("cells", cells, 1)];
        for (int c = 0; c < cells; c++) {
            factor[c] = (1.0 + CELL_SPREAD * random.bell()) / harder;
        }
    }

    /** Highest sustained charge current of one member of a cell that does not plate, A; 0 below 0 °C. */
    public double mostA(int cell, double soc, double tDegC) {
        if (!(tDegC > 0.0)) {
            return 0.0;
        }
        double ohm = SHARE[0] * type.r0Ohm().at(soc, tDegC);
        List<TrueBranch> branches = type.branches();
        for (int k = 0; k < branches.size(); k++) {
            ohm += SHARE[Math.min(k + 1, SHARE.length - 1)]
                    * branches.get(k).ohm().at(soc, tDegC);
        }
        return factor[cell] * Math.max(0.0, graphiteV.at(soc) + shiftV) / ohm;
    }

    /** By which share the current of a pack lies above that of its worst cell: 0.1 is 10 % too much, below 0 is none too much. */
    public double excess(SimPack pack, double chargeA) {
        double most = Double.NEGATIVE_INFINITY;
        double memberA = pack.layout().cellCurrentA(chargeA);
        for (int c = 0; c < factor.length; c++) {
            most = Math.max(most, memberA / mostA(c, pack.soc(c), pack.temperatureDegC(c)) - 1.0);
        }
        return most;
    }
}
