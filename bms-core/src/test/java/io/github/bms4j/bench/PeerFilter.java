package io.github.bms4j.bench;

/** The plain filter of all cells as somebody else would have written it. */
interface PeerFilter {
    /** Every cell at the same SOC. */
    void start();

    /** One second further. */
    void step(double currentA, double[] cellV);

    /** Of the first cell, so that a test sees all peers agree. */
    double soc();
}
