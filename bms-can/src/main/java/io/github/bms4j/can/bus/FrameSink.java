package io.github.bms4j.can.bus;

import io.github.bms4j.can.frame.CanFrame;

/** Takes every frame that passes, for a log or a count. */
@FunctionalInterface
public interface FrameSink {
    /** Takes one frame; the object is reused after the call, so copy what is to be kept. */
    void frame(CanFrame frame);
}
