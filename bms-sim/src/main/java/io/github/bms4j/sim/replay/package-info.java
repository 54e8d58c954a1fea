/** Recordings of real cells. Start with {@link io.github.bms4j.sim.replay.Recording}. */
@NullMarked
package io.github.bms4j.sim.replay;

import org.jspecify.annotations.NullMarked;
