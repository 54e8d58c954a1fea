/** Closed loops on a virtual clock. Start with {@code ChargeSimulation}. */
@NullMarked
package io.github.bms4j.sim.run;

import org.jspecify.annotations.NullMarked;
