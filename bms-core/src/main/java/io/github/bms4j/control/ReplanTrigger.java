package io.github.bms4j.control;

/**
 * Decides when a charge plan no longer fits what is seen.
 *
 * <p>A plan is due again when the offer changed, when the pack's SOC left the planned one by 2 points, when the station
 * began or ceased to hold the power down, or when it is a quarter of an hour old, five minutes where it paces a fast charge; never
 * more often than once a minute, and not for the last of a charge that flows, except for a changed offer. Thread: one. Allocation: none.
 */
final class ReplanTrigger {
    private static final double SOC_DRIFT = 0.02;
    private static final double CAP_CHANGE = 0.1;
    private static final double OLD_S = 900.0;
    /** So old is a plan whose charge goes towards a peak temperature: what the pack sheds is learned meanwhile. */
    private static final double PACED_S = 300.0;

    private static final double SETTLE_S = 60.0;

    private double plannedAtS = Double.NaN;
    private double plannedCapW = Double.POSITIVE_INFINITY;
    private boolean forced;
    private boolean due;

    void planned(double nowS, double capW) {
        plannedAtS = nowS;
        plannedCapW = capW;
        forced = false;
        due = false;
    }

    void force() {
        forced = true;
    }

    /**
     * Looks at one cycle.
     *
     * @param nowS monotonic time, s
     * @param soc estimated SOC of the pack
     * @param plannedSoc the same by the plan; NaN without one
     * @param capW what the station was seen to stop at, W
     * @param paced whether the plan paces a fast charge
     * @param nearlyDone whether what flows is the last of the charge: a pause for the little that is left is worth nothing
     */
    void watch(double nowS, double soc, double plannedSoc, double capW, boolean paced, boolean nearlyDone) {
        double ageS = nowS - plannedAtS;
        boolean drifted = Math.abs(soc - plannedSoc) > SOC_DRIFT;
        boolean old = ageS >= (paced ? PACED_S : OLD_S);
        due = !nearlyDone && (old || (ageS >= SETTLE_S && (drifted || capChanged(capW))));
    }

    private boolean capChanged(double capW) {
        if (Double.isInfinite(capW) || Double.isInfinite(plannedCapW)) {
            return capW != plannedCapW;
        }
        return Math.abs(capW - plannedCapW) > CAP_CHANGE * plannedCapW;
    }

    boolean due() {
        return forced || due;
    }
}
