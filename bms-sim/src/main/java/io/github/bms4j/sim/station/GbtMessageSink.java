package io.github.bms4j.sim.station;

import io.github.bms4j.can.gbt27930.GbtBody;

/** Takes every GB/T 27930 message that passes on a bus, of both sides. */
@FunctionalInterface
public interface GbtMessageSink {
    /**
     * Takes one message.
     *
     * @param body what it says; reused after the call
     * @param nanos when its last frame ended on the bus
     */
    void message(GbtBody body, long nanos);
}
