/**
 * Whether the promised power is really there: promises granted to a true pack in thousands of random states. Start with {@link
 * io.github.bms4j.sim.power.PowerTrial}.
 */
@NullMarked
package io.github.bms4j.sim.power;

import org.jspecify.annotations.NullMarked;
