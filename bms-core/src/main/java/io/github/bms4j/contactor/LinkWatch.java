package io.github.bms4j.contactor;

/**
 * The link voltage while it must stay where it is (before closing) or must fall away (after opening).
 *
 * <p>Two readings in a row decide, so that one wrong reading does not. Thread: one. Allocation: none.
 */
final class LinkWatch {
    static final int READINGS = 2;

    private final ContactorRating rating;
    private double baseV;
    private boolean checkable;
    private int rises;
    private int stays;
    private int apart;

    LinkWatch(ContactorRating rating) {
        this.rating = rating;
    }

    /** Begins; the link is watched for a rise only where a welded contact would lift it by twice what counts. */
    void start(double packV, double linkV) {
        baseV = linkV;
        checkable = packV - linkV >= headroomV(rating);
        rises = 0;
        stays = 0;
        apart = 0;
    }

    /** Distance from link to pack from which on a rise can be seen, V. */
    static double headroomV(ContactorRating rating) {
        return 2.0 * rating.weldV();
    }

    /** One cycle; NaN for what was not read in it. A load may pull the link down while it is watched for a rise. */
    void step(double packV, double linkV) {
        if (Double.isNaN(linkV)) {
            return;
        }
        rises = checkable && linkV - baseV > rating.weldV() ? rises + 1 : 0;
        if (!(baseV <= linkV) && checkable) {
            baseV = linkV;
        }
        double deltaV = Math.abs(packV - linkV);
        if (!Double.isNaN(deltaV)) {
            boolean away = deltaV > rating.weldV();
            apart = away ? apart + 1 : 0;
            stays = away ? 0 : stays + 1;
        }
    }

    /** Whether the link has risen although it must not. */
    boolean risen() {
        return rises >= READINGS;
    }

    /** Whether no rise is under suspicion. */
    boolean quiet() {
        return rises == 0;
    }

    /** Whether the link has left the pack voltage. */
    boolean fallen() {
        return apart >= READINGS;
    }

    /** Whether the link is still at the pack voltage although its bleed resistor must have taken it well away. */
    boolean mustHaveFallen(double sinceOpenS) {
        double fallV = baseV
                * -StrictMath.expm1(
                        -Math.max(0.0, sinceOpenS) / rating.precharge().decayS());
        return stays >= READINGS && fallV >= 2.0 * rating.weldV();
    }

    /** Lowest link voltage of the watch, V. */
    double baseV() {
        return baseV;
    }
}
