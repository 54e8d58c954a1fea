/**
 * Need, offer, plan and demand of a charge; knows no wire format. Start with {@code ChargePlanner}; for a charge in stages below what the anodes bear
 * with {@code FastChargeSettings}.
 */
@NullMarked
package io.github.bms4j.charge;

import org.jspecify.annotations.NullMarked;
