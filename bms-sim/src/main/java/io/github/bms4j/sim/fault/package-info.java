/**
 * Faults put into readings and signals, the matrix of every fault against its detector, and drives without any. Start with
 * {@link io.github.bms4j.sim.fault.FaultMatrix}.
 */
@NullMarked
package io.github.bms4j.sim.fault;

import org.jspecify.annotations.NullMarked;
