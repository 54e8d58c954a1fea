/** The true pack: cells with their own parameters, never the estimator's model. Start with {@link io.github.bms4j.sim.cell.SimPack}. */
@NullMarked
package io.github.bms4j.sim.cell;

import org.jspecify.annotations.NullMarked;
