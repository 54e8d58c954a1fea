package io.github.bms4j.cell;

import java.util.List;

/**
 * The equivalent circuit behind the terminals: a resistance in series with one or two RC pairs.
 *
 * <pre>v = ocv(soc, T) - R0 i - v1 - v2,   dv_k/dt = (R_k i - v_k) / tau_k</pre>
 *
 * @param r0 series resistance: everything that answers a current step at once
 * @param branches one or two pairs, the faster first
 */
public record Circuit(ResistanceMap r0, List<RcBranch> branches) {
    /** @throws IllegalArgumentException when there are not one or two branches, the faster first */
    public Circuit {
        branches = List.copyOf(branches);
        if (branches.isEmpty() || branches.size() > 2) {
            throw new IllegalArgumentException("branches must be 1 or 2 but are " + branches.size());
        }
        if (branches.size() == 2 && branches.get(1).tauS() <= branches.get(0).tauS()) {
            throw new IllegalArgumentException("branches must stand faster first but have tauS "
                    + branches.get(0).tauS() + " and " + branches.get(1).tauS());
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
