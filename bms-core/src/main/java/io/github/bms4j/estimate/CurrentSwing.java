package io.github.bms4j.estimate;

import io.github.bms4j.num.FirstOrder;

/**
 * Follows how the current of a cell moves, so that {@link VoltageWatch} can tell a voltage that fails from a cell that moves.
 *
 * <p>A swing is a move of the current, up or down, by what moves the voltage by {@value VoltageWatch#LEAST_V} V over the series
 * resistance. Thread: one. Allocation: none per step.
 */
final class CurrentSwing {
    /** Samples further apart say nothing about a leap, s: a voltage falls off its knee within ten. */
    static final double NEAR_S = 10.0;

    /** How long a change of current still may move the voltage, s. */
    private static final double ECHO_S = 0.3;

    /** How long after a gap, or a start, changes of the current that nobody saw may still move the voltage, s. */
    private static final double UNSEEN_ECHO_S = 3.0 * ECHO_S;

    /** How much of the largest change seen lately is kept from one sample to the next. */
    private static final double USUAL_KEPT = 0.8;

    private final double swingA;
    private boolean timed;
    private double settlingS;
    private double nowA;
    private double changeA;
    private double usualA;
    private double movingA;
    private double pivotA;
    private int direction;
    private long swings;

    /** @param typicalOhm series resistance of the cells */
    CurrentSwing(double typicalOhm) {
        swingA = VoltageWatch.LEAST_V / typicalOhm;
    }

    /** Forgets everything. */
    void restart() {
        timed = false;
        movingA = 0.0;
        changeA = 0.0;
        usualA = 0.0;
        direction = 0;
        swings = 0;
    }

    /** Takes the next sample. */
    void take(double dtS, double currentA, SwingStep into) {
        boolean near = timed && dtS <= NEAR_S;
        double beforeA = changeA;
        double stepA = timed ? currentA - nowA : 0.0;
        changeA = Math.abs(stepA);
        double echoA = near ? faded(1.0 - FirstOrder.settled(dtS / ECHO_S), movingA) : 0.0;
        // Between samples further apart than an echo lasts the current may come and go unseen, as far as it moved
        // lately.
        double unseenA = dtS > ECHO_S ? usualA : 0.0;
        movingA = changeA + Math.max(Math.max(near ? beforeA : 0.0, echoA), unseenA);
        usualA = Math.max(changeA, faded(USUAL_KEPT, usualA));
        settlingS = near ? settlingS - dtS : UNSEEN_ECHO_S;
        nowA = currentA;
        into.swingsBefore = swings;
        swing();
        timed = true;
        into.dtS = dtS;
        into.looking = near && settlingS <= 0.0;
        into.stepA = stepA;
        into.movingA = movingA;
        into.swings = swings;
    }

    /** What is left, never a denormal number: every cell's voltage is compared with it at rest. */
    private static double faded(double share, double a) {
        return Math.fma(share, a, Passes.TINY) - Passes.TINY;
    }

    /** Counts how often the current turned after having moved by a swing. */
    private void swing() {
        if (!timed) {
            pivotA = nowA;
        }
        double awayA = nowA - pivotA;
        if (awayA * direction > 0.0 || (direction == 0 && Math.abs(awayA) < swingA)) {
            pivotA = direction == 0 ? pivotA : nowA; // further the same way
        } else if (Math.abs(awayA) >= swingA) {
            direction = awayA > 0.0 ? 1 : -1;
            pivotA = nowA;
            swings++;
        }
    }
}
