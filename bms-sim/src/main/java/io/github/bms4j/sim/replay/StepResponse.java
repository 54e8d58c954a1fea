package io.github.bms4j.sim.replay;

import io.github.bms4j.cell.CellType;
import java.util.Arrays;

/**
 * How the voltage answers when the current steps: its resistance, and whether it falls as it must.
 *
 * <p>From every two rows between which the current moves by a fifth of the capacity an hour or more. The resistance is the
 * median of -dV/dI, which a few wrong readings do not move. Where fewer than {@value #LEAST_STEPS} steps are found, a line
 * V = a + b q + c i through charge taken and current stands in for the sign, and the cell file for the resistance.
 *
 * <p>Units: ohm. Thread: any, immutable.
 */
final class StepResponse {
    private static final int LEAST_STEPS = 10;
    private static final double STEP_PER_H = 0.2;

    /** Share of steps that answer the wrong way from which the sign is turned; sound data stay below a tenth. */
    private static final double TURNED_SHARE = 0.8;

    /** A line through charge says something when it spans this much, V, over this much SOC. */
    private static final double CLEAR_V = 0.05;

    private static final double CLEAR_SOC = 0.1;

    /** Least share of the cell file's resistance that is worked with. */
    private static final double LEAST_SHARE = 0.1;

    private final double ohm;
    private final double highOhm;
    private final double share;
    private final boolean turned;

    StepResponse(Recording recording, RecordingClock clock, CellType cell) {
        double stepA = STEP_PER_H * cell.rating().capacityAh();
        double[] ratio = new double[recording.rows()];
        int n = 0;
        int wrong = 0;
        for (int k = 1; k < recording.rows(); k++) {
            double dA = recording.currentA(k) - recording.currentA(k - 1);
            double dV = recording.voltageV(k) - recording.voltageV(k - 1);
            boolean near = clock.timeS(k) - clock.timeS(k - 1) <= clock.gapS();
            if (near && Math.abs(dA) >= stepA && dV != 0.0 && !Double.isNaN(dV)) {
                ratio[n++] = -dV / dA;
                wrong += dV * dA > 0.0 ? 1 : 0;
            }
        }
        Arrays.sort(ratio, 0, n);
        double typical = cell.circuit().r0().ohm(0.5, 25.0);
        boolean known = n >= LEAST_STEPS;
        double middle = known ? Math.abs(ratio[n / 2]) : typical;
        double high = known ? Math.abs(ratio[9 * n / 10]) : typical;
        share = Math.max(high, middle) / typical;
        ohm = Math.max(LEAST_SHARE * typical, middle);
        highOhm = Math.max(ohm, high);
        turned = known ? wrong >= TURNED_SHARE * n : lineTurned(recording, clock, cell);
    }

    /** Magnitude of the resistance that a step of the current shows, ohm. */
    double ohm() {
        return ohm;
    }

    /** The same for the tenth of the steps that moves the voltage most, ohm. */
    double highOhm() {
        return highOhm;
    }

    /** {@link #highOhm} as it was found over the resistance in the cell file; 1 where too few steps tell. */
    double share() {
        return share;
    }

    /** Whether the voltage rises with the discharge current. */
    boolean turned() {
        return turned;
    }

    /** The line's slopes over charge and current by least squares; turned if the voltage rises as charge is taken. */
    private static boolean lineTurned(Recording recording, RecordingClock clock, CellType cell) {
        double q = 0.0;
        double lowQ = 0.0;
        double highQ = 0.0;
        double lastS = Double.NaN;
        double lastA = Double.NaN;
        double n = 0.0;
        double[] mean = new double[3];
        double qq = 0.0;
        double qi = 0.0;
        double ii = 0.0;
        double qv = 0.0;
        double iv = 0.0;
        for (int k = 0; k < recording.rows(); k++) {
            double t = clock.timeS(k);
            double i = recording.currentA(k);
            double v = recording.voltageV(k);
            if (Double.isNaN(t) || Double.isNaN(i)) {
                continue;
            }
            if (t - lastS <= clock.gapS()) {
                q += 0.5 * (lastA + i) * (t - lastS) / (3600.0 * cell.rating().capacityAh());
                lowQ = Math.min(lowQ, q);
                highQ = Math.max(highQ, q);
            }
            lastS = t;
            lastA = i;
            if (Double.isNaN(v)) {
                continue;
            }
            n += 1.0; // running means and co-moments, as in Welford's recurrence
            double dq = q - mean[0];
            double di = i - mean[1];
            double dv = v - mean[2];
            double rest = (n - 1.0) / n;
            qq += rest * dq * dq;
            qi += rest * dq * di;
            ii += rest * di * di;
            qv += rest * dq * dv;
            iv += rest * di * dv;
            mean[0] += dq / n;
            mean[1] += di / n;
            mean[2] += dv / n;
        }
        double determinant = qq * ii - qi * qi;
        boolean apart = determinant > 1e-6 * qq * ii;
        double perQ = apart ? (qv * ii - iv * qi) / determinant : qv / qq;
        double perA = apart ? (iv * qq - qv * qi) / determinant : 0.0;
        return highQ - lowQ >= CLEAR_SOC && perQ * (highQ - lowQ) >= CLEAR_V && perA >= 0.0;
    }
}
