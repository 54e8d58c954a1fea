/**
 * True contactors, fuse and link around one or several strings, with their faults, and the closed loop with their control. Start
 * with {@link io.github.bms4j.sim.contactor.ContactorBench}.
 */
@NullMarked
package io.github.bms4j.sim.contactor;

import org.jspecify.annotations.NullMarked;
