/**
 * What must not happen and what is done when it does: the fault table, its judges, the reaction. Stands on measurements
 * alone. Start with {@link io.github.bms4j.protect.FaultMonitor}.
 */
@NullMarked
package io.github.bms4j.protect;

import org.jspecify.annotations.NullMarked;
