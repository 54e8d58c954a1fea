/**
 * Virtual time for the simulator: a clock that leaps from event to event. Start with {@link
 * io.github.bms4j.sim.time.VirtualClock}.
 */
@NullMarked
package io.github.bms4j.sim.time;

import org.jspecify.annotations.NullMarked;
