package io.github.bms4j.control;

import io.github.bms4j.contactor.JoinRating;
import io.github.bms4j.num.Check;

/**
 * What strings in parallel have in common.
 *
 * @param join when a string may be connected to the others
 * @param cableOhm resistance from a string's voltage sensor through contactors, fuse and cable to the common point, Ohm, 0 or more
 * @param quietA magnitude up to which a current counts as none, A, above 0
 * @param pauseS how long a charge may pause so that a string can join that fits at rest but not under the current, s, 0 or more
 * @param separateS how long a string that must open may still carry a current before all the others open, too, s, above 0
 */
public record ParallelSettings(JoinRating join, double cableOhm, double quietA, double pauseS, double separateS) {
    /** Checks every figure. */
    public ParallelSettings {
        Check.notNegative("cableOhm", cableOhm);
        Check.positive("quietA", quietA);
        Check.notNegative("pauseS", pauseS);
        Check.positive("separateS", separateS);
    }

    /**
     * The standard join for strings of at most {@code maxPackV}, 1 mOhm of cable, 2 A for none, pauses of two minutes, half a
     * second to separate.
     */
    public static ParallelSettings standard(double maxPackV) {
        return new ParallelSettings(JoinRating.standard(maxPackV), 1e-3, 2.0, 120.0, 0.5);
    }
}
