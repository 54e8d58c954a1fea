/**
 * Recordings of real cells: read strictly or as a log, looked through for what cannot be, followed by an estimator and scored
 * against a reference. Start with {@link io.github.bms4j.sim.replay.Recording}.
 */
@NullMarked
package io.github.bms4j.sim.replay;

import org.jspecify.annotations.NullMarked;
