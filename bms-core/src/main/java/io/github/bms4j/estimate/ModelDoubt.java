package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ModelError;

/**
 * What the model of every cell of a block may be wrong by at the cell's temperature; computed when the temperature moves.
 *
 * <p>Beyond the temperatures at which the cell was fitted the relative errors grow by the kelvin. Thread: one. Allocation: none
 * after construction.
 */
final class ModelDoubt implements BlockTemperature.Follower {
    private final NoiseModel noise;
    private final ModelError error;
    /** Squared error of the curve along its SOC axis. */
    final double axis2;

    /** Relative errors: of what drives an RC pair, of the RC voltages themselves, of R0. */
    final double[] branch;

    final double[] polarisation;
    final double[] resistance;
    /** Lasting error of the voltage of a cell without polarisation, where its curve is level, V². */
    final double[] lastingV2;

    ModelDoubt(CellType type, NoiseModel noise, int n) {
        this.noise = noise;
        error = type.error();
        axis2 = square(noise.voltage().socSigma());
        branch = new double[Passes.length(n)];
        polarisation = new double[Passes.length(n)];
        resistance = new double[Passes.length(n)];
        lastingV2 = new double[Passes.length(n)];
    }

    @Override
    public void temperature(int first, int end, double newDegC) {
        double beyondK = Math.max(0.0, Math.max(error.coldestDegC() - newDegC, newDegC - error.warmestDegC()));
        double more = noise.circuit().perKelvin() * beyondK;
        NoiseModel.VoltageNoise v = noise.voltage();
        double lasting =
                square(Math.max(v.leastV(), error.sigmaV(newDegC))) + (v.offsetAlone() ? 0.0 : square(v.offsetV()));
        for (int i = first; i < end; i++) {
            branch[i] = noise.circuit().branchSigma() + more;
            polarisation[i] = noise.circuit().polarisationSigma() + more;
            resistance[i] = noise.circuit().r0Sigma() + more;
            lastingV2[i] = lasting;
        }
    }

    /**
     * Lasting error of the voltage of one cell without polarisation, V².
     *
     * @param slopeV slope of the curve where the cell is, V
     * @param beyond by how much its squared slope exceeds that, V²
     */
    double lastingV2(int i, double slopeV, double beyond) {
        return Math.fma(axis2, Math.fma(slopeV, slopeV, beyond), lastingV2[i]);
    }

    private static double square(double x) {
        return x * x;
    }
}
