package io.github.bms4j.sim.station;

/**
 * An ideal current source with a voltage ceiling, ramps and a meter.
 *
 * <p>The current moves towards its goal, never faster than the ramps. Near the voltage ceiling it moves no faster than the
 * voltage error allows:
 *
 * <pre>dI &lt;= min(g dt, 1/R1) (targetV - inletV),   g = 50 A/(V s), R1 = 1 Ohm</pre>
 *
 * <p>so it settles where the inlet is at the ceiling. Into a battery of resistance R that closes in with the time constant
 * 1/(g R), 0.4 s at 50 mOhm and a step of 10 ms; up to R1 it does not overshoot, however long the step.
 *
 * <p>Model: no ripple, no efficiency, no internal resistance; the inlet voltage of the last step stands for the whole step.
 *
 * <p>Units: V, A and W as magnitudes of charging. Bad input: an inlet voltage that is not a number means no connection and
 * no current; a goal or a ceiling that is not a number lets the current fall. Thread: one. Allocation: none.
 */
final class RegulatedSource {
    private static final double GAIN_A_PER_VS = 50.0;
    private static final double MOST_A_PER_V = 1.0;
    private static final double J_PER_WH = 3600.0;
    private static final double NANOS_PER_S = 1e9;

    private final StationOutput output;
    private double currentA;
    private double inletV;
    private double energyJ;
    private boolean begun;
    private long lastNanos;

    RegulatedSource(StationOutput output) {
        this.output = output;
    }

    /**
     * One step of the output; the first only starts the time.
     *
     * @param newInletV voltage at the connector, V, NaN while nothing is connected
     * @param goalA current asked for, A
     * @param targetV voltage ceiling, V
     * @param limitW power limit, W
     */
    void step(double newInletV, double goalA, double targetV, double limitW, long nowNanos) {
        double dtS = begun ? Math.max(0, nowNanos - lastNanos) / NANOS_PER_S : 0.0;
        begun = true;
        lastNanos = nowNanos;
        energyJ += currentA * inletV * dtS;
        inletV = Double.isNaN(newInletV) ? 0.0 : newInletV;
        if (inletV <= 0.0) {
            currentA = 0.0;
            return;
        }
        double goal = goal(goalA, targetV, limitW);
        double voltageRoomA = Math.min(GAIN_A_PER_VS * dtS, MOST_A_PER_V) * (targetV - inletV);
        double changeA = goal > 0.0 ? Math.min(goal - currentA, voltageRoomA) : -currentA;
        changeA = Math.max(-output.rampDownAPerS() * dtS, Math.min(output.rampUpAPerS() * dtS, changeA));
        currentA = Math.max(0.0, currentA + changeA);
    }

    /** Switches off at once. */
    void cut() {
        currentA = 0.0;
    }

    double currentA() {
        return currentA;
    }

    double inletV() {
        return inletV;
    }

    double energyWh() {
        return energyJ / J_PER_WH;
    }

    private double goal(double goalA, double targetV, double limitW) {
        double goal = Math.min(Math.min(goalA, output.maxA()), limitW / inletV);
        return goal >= output.minA() && targetV > 0.0 && output.covers(inletV) ? goal : 0.0;
    }
}
