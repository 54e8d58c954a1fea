/**
 * Chance with a seed and the same bits on every CPU; what varies in the simulator varies by it. Start with {@link
 * io.github.bms4j.sim.random.NoiseSource}.
 */
@NullMarked
package io.github.bms4j.sim.random;

import org.jspecify.annotations.NullMarked;
