/**
 * What a run leaves behind: columns of numbers over time, their CSV form, and files that appear whole or not at all.
 * Start with {@link io.github.bms4j.sim.trace.Trace}.
 */
@NullMarked
package io.github.bms4j.sim.trace;

import org.jspecify.annotations.NullMarked;
