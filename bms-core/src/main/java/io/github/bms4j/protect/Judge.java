package io.github.bms4j.protect;

import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;

/** Looks at one family of readings and tells the fault table what it sees. Implementations: one thread, no allocation. */
interface Judge {
    /**
     * One cycle.
     *
     * @param dtS time since the cycle before, s; infinite for the first one
     */
    void step(PackSample sample, PackSignals signals, double dtS);
}
