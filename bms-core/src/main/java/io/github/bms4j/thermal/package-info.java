/**
 * Heat and cold of a pack: what heater and coolant are to do now, and whether heating before a charge is worth it. Start with {@link
 * io.github.bms4j.thermal.ThermalControl}.
 */
@NullMarked
package io.github.bms4j.thermal;

import org.jspecify.annotations.NullMarked;
