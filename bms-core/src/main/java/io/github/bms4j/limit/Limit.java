package io.github.bms4j.limit;

/**
 * The lowest of several candidates, with the rule and the cell that set it, and the next one above it.
 *
 * <p>A magnitude in A, never negative. Not knowing means no current: a NaN candidate lowers to 0. Among equal candidates the
 * first one counts. Thread: one. Allocation: none.
 */
public final class Limit {
    /** Cell index of a rule that belongs to no single cell. */
    public static final int WHOLE_PACK = -1;

    private double limitA;
    private LimitRule rule = LimitRule.NOT_KNOWN;
    private int cell = WHOLE_PACK;
    private String source = "";
    private double reading = Double.NaN;
    private double nextA = Double.POSITIVE_INFINITY;
    private LimitRule nextRule = LimitRule.NOT_KNOWN;
    private int nextCell = WHOLE_PACK;
    private String nextSource = "";
    private LimitRule heldRule = LimitRule.NOT_KNOWN;
    private String heldSource = "";
    private long sinceNanos;
    private boolean held;

    /** A limit of zero: nothing is known yet. */
    public Limit() {}

    /** Starts a new minimum with a first candidate. */
    public void restart(double candidateA, LimitRule why, int whichCell) {
        limitA = Double.POSITIVE_INFINITY;
        rule = why;
        cell = whichCell;
        source = "";
        reading = Double.NaN;
        nextA = Double.POSITIVE_INFINITY;
        nextRule = LimitRule.NOT_KNOWN;
        nextCell = WHOLE_PACK;
        nextSource = "";
        lowerTo(candidateA, why, whichCell);
    }

    /** Lowers to a candidate if that is less; NaN counts as nothing allowed. */
    public void lowerTo(double candidateA, LimitRule why, int whichCell) {
        lowerTo(candidateA, why, whichCell, "");
    }

    /** The same for a rule that somebody with a name has set. */
    void lowerTo(double candidateA, LimitRule why, int whichCell, String who) {
        boolean known = !Double.isNaN(candidateA);
        double candidate = known ? Math.max(0.0, candidateA) : 0.0;
        LimitRule because = known ? why : LimitRule.BAD_SAMPLE;
        if (candidate < limitA || (!known && candidate <= limitA)) {
            if (rule != because || !source.equals(who)) {
                next(limitA, rule, cell, source);
            }
            limitA = candidate;
            rule = because;
            cell = whichCell;
            source = who;
        } else if (candidate < nextA && (rule != because || !source.equals(who))) {
            next(candidate, because, whichCell, who);
        }
    }

    private void next(double a, LimitRule why, int whichCell, String who) {
        nextA = a;
        nextRule = why;
        nextCell = whichCell;
        nextSource = who;
    }

    /** Takes a share of what is allowed; the rule takes the blame for anything below 1, NaN allows nothing. */
    void share(double share, LimitRule why, String who) {
        if (!(share >= 1.0)) {
            lowerTo(share > 0.0 ? share * limitA : 0.0, why, WHOLE_PACK, who);
        }
    }

    /** Multiplies the limit: from one cell's current to that of so many in parallel. */
    void scale(double factor) {
        limitA *= factor;
        nextA *= factor;
    }

    /** Holds the limit to a slope, which takes the name only where it takes more than it leaves: below a share of the limit. */
    void ramp(double rampA, double namedBelow) {
        if (rampA < namedBelow * limitA) {
            lowerTo(rampA, LimitRule.RAMP, WHOLE_PACK);
        } else if (rampA < limitA) {
            limitA = rampA;
        }
    }

    /** What the rule looked at, in its unit. */
    void reading(double newReading) {
        reading = newReading;
    }

    /** Notes since when the rule holds, once all candidates are in. */
    void close(long nanos) {
        if (!held || rule != heldRule || !source.equals(heldSource)) {
            held = true;
            heldRule = rule;
            heldSource = source;
            sinceNanos = nanos;
        }
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

    /** Who set it, where {@link #rule} is somebody's with a name; empty otherwise. */
    public String source() {
        return source;
    }

    /** What the rule looked at when it set the limit: °C, V or percent; NaN if there is no such thing. */
    public double reading() {
        return reading;
    }

    /** What the limit would be but for {@link #rule}, A; infinite if nothing else was a candidate. */
    public double nextA() {
        return nextA;
    }

    /** The rule that would then set it. */
    public LimitRule nextRule() {
        return nextRule;
    }

    /** The cell that would then set it, or {@link #WHOLE_PACK}. */
    public int nextCell() {
        return nextCell;
    }

    /** Who would then set it; empty if it is nobody with a name. */
    public String nextSource() {
        return nextSource;
    }

    /** Since when the rule has held without a break, on the clock of the samples, ns; whichever cell it was. */
    public long sinceNanos() {
        return sinceNanos;
    }

    /** {@code 62.4 A: cell 37 plating-safe charge rate}; allocates. */
    @Override
    public String toString() {
        long tenths = Math.round(limitA * 10.0);
        return tenths / 10 + "." + tenths % 10 + " A: " + (cell == WHOLE_PACK ? "" : "cell " + cell + " ")
                + rule.text();
    }
}
