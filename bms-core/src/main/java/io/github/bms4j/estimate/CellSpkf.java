package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;

/**
 * Sigma-point filter of every cell of a pack: the model, the noise and the contract of {@link CellEkf}, but the open-circuit
 * voltage is put straight through points a standard deviation and more to either side, not along its tangent.
 *
 * <p>The model is linear in everything but the SOC, so of the 15 points of the textbook only those count that move the SOC: with
 * l² = 3 P_soc the line goes through f(soc - l) and f(soc + l), its middle is the weighted mean of f at both and at the SOC, and
 * what the line leaves of f's variance is added to the noise. That is the same filter as with all points (docs/theory/cell-ekf.md)
 * at three look-ups. On a plateau it sees the rise beyond that a tangent misses. Thread: one. Allocation: none after
 * construction.
 */
public final class CellSpkf extends CellFilter {
    /** A filter of all cells of a pack; {@link #start} it before the first step. */
    public CellSpkf(CellType type, PackLayout layout, NoiseModel noise) {
        super(type, layout, noise, true);
    }

    @Override
    public String name() {
        return "spkf";
    }
}
