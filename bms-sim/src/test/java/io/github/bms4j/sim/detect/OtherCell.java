package io.github.bms4j.sim.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.num.Table1D;
import io.github.bms4j.num.Table2D;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.cell.TrueCell.TrueBranch;
import io.github.bms4j.sim.run.ShippedData;
import java.util.ArrayList;
import java.util.List;

/** True cells beside the shipped one: a cell type that is off in everything by a little. */
public final class OtherCell {
    /** Rise of the voltage per SOC beyond full, where an electrode is exhausted. */
    private static final double WALL_V = 10.0;

    private OtherCell() {}

    /** Iron phosphate: tilted by 5 mV, 20 % more resistance, 2 % less charge. */
    static DetectorTrial lfpTrial() {
        CellType type = ShippedData.cell("generic-lfp");
        PackLayout layout = new PackLayout(DetectorBench.CELLS, 1, DetectorBench.SENSORS);
        return new DetectorTrial(of(type, 0.98, 1.2, 1.2, 0.005), type, layout);
    }

    /**
     * A true cell beside a type.
     *
     * @param capacity factor on the capacity
     * @param resistance factor on all resistances
     * @param tau factor on all time constants
     * @param tiltV by how much the open-circuit voltage is higher when full and lower when empty, V
     */
    public static TrueCell of(CellType type, double capacity, double resistance, double tau, double tiltV) {
        double[] soc = new double[103];
        double[] v = new double[soc.length];
        double[] gap = new double[soc.length];
        for (int k = 0; k < soc.length; k++) {
            soc[k] = k / 100.0;
            double reached = Math.min(1.0, soc[k]);
            v[k] = type.ocv().v(reached, 25.0) + tiltV * (2.0 * reached - 1.0) + WALL_V * (soc[k] - reached);
            gap[k] = 0.8 * type.ocv().hysteresis().halfGapV(soc[k]);
        }
        List<TrueBranch> branches = new ArrayList<>();
        for (RcBranch branch : type.circuit().branches()) {
            branches.add(new TrueBranch(table(branch.resistance(), soc, resistance), tau * branch.tauS()));
        }
        return new TrueCell(
                type.name(),
                capacity * type.rating().capacityAh(),
                new Table1D(soc, v),
                table(type.circuit().r0(), soc, resistance),
                branches,
                new Table1D(soc, gap),
                30.0,
                type.thermal().heatCapacityJPerK(),
                type.thermal().toAmbientWPerK());
    }

    private static Table2D table(ResistanceMap map, double[] soc, double factor) {
        double[] degC = {-20.0, -5.0, 10.0, 25.0, 40.0, 60.0};
        double[][] ohm = new double[degC.length][soc.length];
        for (int t = 0; t < degC.length; t++) {
            for (int k = 0; k < soc.length; k++) {
                ohm[t][k] = factor * map.ohm(soc[k], degC[t]);
            }
        }
        return new Table2D(soc, degC, ohm);
    }
}
