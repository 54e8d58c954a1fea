package io.github.bms4j.limit;

/** For how long a current must be possible. */
public enum Horizon {
    /** One second. */
    S1(1.0),
    /** Ten seconds: the usual power promise. */
    S10(10.0),
    /** Half a minute. */
    S30(30.0),
    /** One minute. */
    S60(60.0),
    /** For good: all polarisation has settled. */
    CONTINUOUS(Double.POSITIVE_INFINITY);

    private final double seconds;

    Horizon(double seconds) {
        this.seconds = seconds;
    }

    /** Length in s; infinite for {@link #CONTINUOUS}. */
    public double seconds() {
        return seconds;
    }
}
