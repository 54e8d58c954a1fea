/**
 * Charging stations on virtual time: the electrical source, the other end of the protocol, faults on demand, and the record
 * of what was said. Start with {@link io.github.bms4j.sim.station.GbtStation}.
 */
@NullMarked
package io.github.bms4j.sim.station;

import org.jspecify.annotations.NullMarked;
