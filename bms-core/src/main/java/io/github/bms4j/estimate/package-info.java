/** What the pack is: SOC and its uncertainty, cell by cell. Start with {@link io.github.bms4j.estimate.SocEstimator}. */
@NullMarked
package io.github.bms4j.estimate;

import org.jspecify.annotations.NullMarked;
