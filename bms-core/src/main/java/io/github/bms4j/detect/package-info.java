/**
 * Evidence of faults that no single reading shows: an internal short, plated lithium, a sensor that is off. Every detector is
 * off until it is asked for, states its finding with an interval, and has its rate of false alarms measured in the simulator
 * (docs/theory/detectors.md). Start with {@link io.github.bms4j.detect.Detectors}.
 */
@NullMarked
package io.github.bms4j.detect;

import org.jspecify.annotations.NullMarked;
