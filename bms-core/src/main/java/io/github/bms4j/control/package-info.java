/** The control cycle itself. Start with {@code BatteryManager}. */
@NullMarked
package io.github.bms4j.control;

import org.jspecify.annotations.NullMarked;
