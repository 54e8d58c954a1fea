/**
 * Heat and cold of a pack: what heater and coolant are to do now, and whether heating before a charge is worth it. Start with {@link
 * io.github.bms4j.thermal.ThermalControl}; {@link io.github.bms4j.thermal.Preconditioner} weighs heat for the charge planner and on the
 * way to a charger, and says what it takes to warm a pack or to have it take a charge power.
 */
@NullMarked
package io.github.bms4j.thermal;

import org.jspecify.annotations.NullMarked;
