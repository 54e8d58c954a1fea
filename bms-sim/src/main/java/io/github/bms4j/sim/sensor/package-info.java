/** What stands between the true pack and the battery manager. Start with {@link io.github.bms4j.sim.sensor.SimSensors}. */
@NullMarked
package io.github.bms4j.sim.sensor;

import org.jspecify.annotations.NullMarked;
