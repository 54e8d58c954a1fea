package io.github.bms4j.cell;

import java.util.List;

/**
 * The equivalent circuit behind the terminals: a resistance in series with one to three RC pairs.
 *
 * <pre>v = ocv(soc, T) - R0 i - v1 - v2,   dv_k/dt = (R_k i - v_k) / tau_k</pre>
 *
 * @param r0 series resistance: everything that answers a current step at once
 * @param branches one to three pairs, the faster first; a third one stands for slow diffusion and takes tens of minutes
 */
public record Circuit(ResistanceMap r0, List<RcBranch> branches) {
    private static final int MOST_BRANCHES = 3;

    /** @throws IllegalArgumentException when there are not one to three branches, the faster first */
    public Circuit {
        branches = List.copyOf(branches);
        if (branches.isEmpty() || branches.size() > MOST_BRANCHES) {
            throw new IllegalArgumentException("branches must be 1 to 3 but are " + branches.size());
        }
        for (int k = 1; k < branches.size(); k++) {
            if (branches.get(k).tauS() <= branches.get(k - 1).tauS()) {
                throw new IllegalArgumentException("branches must stand faster first but have tauS "
                        + branches.get(k - 1).tauS() + " and " + branches.get(k).tauS());
            }
        }
    }

    /** What a constant current meets in the end: the sum of all resistances, Ω. */
    public double totalOhm(double soc, double temperatureDegC) {
        double sum = r0.ohm(soc, temperatureDegC);
        for (int k = 0; k < branches.size(); k++) {
            sum += branches.get(k).resistance().ohm(soc, temperatureDegC);
        }
        return sum;
    }
}
