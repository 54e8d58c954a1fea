package io.github.bms4j.limit;

/**
 * The lowest of several candidates, with the rule and the cell that set it.
 *
 * <p>A magnitude in A, never negative. Not knowing means no current: a NaN candidate lowers to 0. Thread: one.
 * Allocation: none.
 */
public final class Limit {
    /** Cell index of a rule that belongs to no single cell. */
    public static final int WHOLE_PACK = -1;

    private double limitA;
    private LimitRule rule = LimitRule.NOT_KNOWN;
    private int cell = WHOLE_PACK;

    /** A limit of zero: nothing is known yet. */
    public Limit() {}

    /** Starts a new minimum with a first candidate. */
    public void restart(double candidateA, LimitRule why, int whichCell) {
        limitA = Double.POSITIVE_INFINITY;
        rule = why;
        cell = whichCell;
        lowerTo(candidateA, why, whichCell);
    }

    /** Lowers to a candidate if that is less; NaN counts as nothing allowed. */
    public void lowerTo(double candidateA, LimitRule why, int whichCell) {
        if (Double.isNaN(candidateA)) {
            limitA = 0.0;
            rule = LimitRule.BAD_SAMPLE;
            cell = whichCell;
        } else if (candidateA < limitA) {
            limitA = Math.max(0.0, candidateA);
            rule = why;
            cell = whichCell;
        }
    }

    /** Multiplies the limit: from one cell's current to that of so many in parallel. */
    void scale(double factor) {
        limitA *= factor;
    }

    /** The limit in A, 0 or more. */
    public double limitA() {
        return limitA;
    }

    /** The rule that set it. */
    public LimitRule rule() {
        return rule;
    }

    /** The cell that set it, or {@link #WHOLE_PACK}. */
    public int cell() {
        return cell;
    }

    /** {@code 62.4 A: cell 37 plating-safe charge rate}; allocates. */
    @Override
    public String toString() {
        long tenths = Math.round(limitA * 10.0);
        return tenths / 10 + "." + tenths % 10 + " A: " + (cell == WHOLE_PACK ? "" : "cell " + cell + " ")
                + rule.text();
    }
}
