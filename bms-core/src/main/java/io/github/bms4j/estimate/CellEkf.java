package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;

/**
 * Extended Kalman filter of every cell of a pack: SOC, two RC voltages, hysteresis, the relative error of R0, the offset of the
 * current sensor and the lasting error of the model's voltage; a third, slow RC voltage is moved along.
 *
 * <pre>
 * soc' = soc - (i - b) dt / Q                           i > 0 discharges
 * vj'  = aj vj + (1 - aj) Rj(soc, T) i                  aj = exp(-dt / tauj), j = 1, 2, 3
 * h'   = h + (1 - exp(-g |i| dt / Q)) (sign(-i) - h)
 * r'   = r,   b' = exp(-dt / Tb) b,   e' = exp(-dt / Te - |i| dt / (Q Le)) e
 * v    = OCV(soc, T) + h M(soc) - v1 - v2 - v3 - (1 + r) R0(soc, T) i + e
 * </pre>
 *
 * <p>The open-circuit voltage is put straight by its tangent; the first voltage after a start is taken in several passes over
 * secants, since a start may be wrong by half the curve. Noise follows {@link NoiseModel}; derivation: docs/theory/cell-ekf.md.
 * What fails first: polarisation after high currents far below the temperatures at which the cell was fitted; the filter then
 * leans on counting, because what it knows of its model grows with the cold.
 *
 * <p>Bad input: as {@link SocEstimator} says. A gap of up to two minutes is bridged with the mean of the currents at its ends and
 * widens the uncertainty by what else may have flowed; a longer one is not integrated at all. A voltage that leaps without the current loses its height as
 * evidence, one that stands still under a swinging current is left out ({@link PackEstimate#voltageTrust}); any other that is far off
 * pulls no harder than one three standard deviations off, and what keeps disagreeing for a minute reopens the cell. The SOC is shown within 0…1, the state may
 * leave it. Units and sign: A (positive discharging), V, °C, s. Thread: one. Allocation: none after construction.
 */
public final class CellEkf extends CellFilter {
    /** A filter of all cells of a pack; {@link #start} it before the first step. */
    public CellEkf(CellType type, PackLayout layout, NoiseModel noise) {
        super(type, layout, noise, false);
    }

    @Override
    public String name() {
        return "ekf";
    }
}
