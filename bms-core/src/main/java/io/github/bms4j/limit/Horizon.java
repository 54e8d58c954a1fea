package io.github.bms4j.limit;

/** For how long a current must be possible. */
public enum Horizon {
    /** One second. */
    S1(1.0),
    /** Two seconds: a shift of gear, a crane's jerk. */
    S2(2.0),
    /** Ten seconds: the usual power promise. */
    S10(10.0),
    /** Half a minute. */
    S30(30.0),
    /** One minute. */
    S60(60.0),
    /** For good: polarisation and heat have settled at the SOC of now; computed anew as that moves. */
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
