/** True faults for the detectors to find: leaks and plated lithium in cells. Start with {@link io.github.bms4j.sim.detect.TrueDefects}. */
@NullMarked
package io.github.bms4j.sim.detect;

import org.jspecify.annotations.NullMarked;
