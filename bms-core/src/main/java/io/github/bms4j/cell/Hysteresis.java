package io.github.bms4j.cell;

import io.github.bms4j.num.Check;
import io.github.bms4j.num.FirstOrder;
import io.github.bms4j.num.Table1D;

/**
 * How far the open-circuit voltage stands off its middle after charging or discharging.
 *
 * <p>Model: a state h in [-1, 1] that turns towards +1 while the cell is charged and towards -1 while it is discharged, by
 * the charge moved and not by time:
 *
 * <pre>
 * dh = g |dsoc| (sign(dsoc) - h)
 * v  = OCV(soc) + h M(soc)
 * </pre>
 *
 * <p>M is half the gap between the branches. One state forgets partial loops too simply; that is what fails first, on flat
 * chemistries. Units: SOC as a fraction, V. Thread: any, immutable. Allocation: none after construction.
 *
 * @see "docs/theory/cell-ekf.md"
 */
public final class Hysteresis {
    /** No gap between the branches. */
    public static final Hysteresis NONE = new Hysteresis(new double[] {0.0, 1.0}, new double[] {0.0, 0.0}, 1.0);

    private final double[] socs;
    private final double[] halfGaps;
    private final Table1D halfGapV;
    private final double turnPerSoc;

    /**
     * @param soc strictly increasing
     * @param halfGapV half the gap between the branches at these nodes, V, within [0, 0.2]
     * @param turnPerSoc g: 1/g is the SOC over which the state turns, within [1, 1000]
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public Hysteresis(double[] soc, double[] halfGapV, double turnPerSoc) {
        for (int i = 0; i < halfGapV.length; i++) {
            Check.within("halfGapV[" + i + "]", halfGapV[i], 0.0, 0.2);
        }
        this.halfGapV = new Table1D(soc, halfGapV);
        this.socs = soc.clone();
        this.halfGaps = halfGapV.clone();
        this.turnPerSoc = Check.within("turnPerSoc", turnPerSoc, 1.0, 1000.0);
    }

    /** M: half the gap, V; held flat beyond its nodes. */
    public double halfGapV(double soc) {
        return halfGapV.at(soc);
    }

    /** dM/dsoc, V per unit SOC. */
    public double halfGapSlopeV(double soc) {
        return halfGapV.slopeAt(soc);
    }

    /** SOC of the nodes, a copy: between two of them M is a straight line. */
    public double[] socs() {
        return socs.clone();
    }

    /** Half gaps of the nodes, V; a copy. */
    public double[] halfGaps() {
        return halfGaps.clone();
    }

    /** g: 1/g is the SOC over which the state turns. */
    public double turnPerSoc() {
        return turnPerSoc;
    }

    /** Share of the way to its end that the state turns while the SOC moves: 1 - exp(-g |dsoc|). */
    public double turn(double movedSoc) {
        return FirstOrder.settled(turnPerSoc * Math.abs(movedSoc));
    }
}
