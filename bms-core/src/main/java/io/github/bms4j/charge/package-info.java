/** Need, offer, plan and demand of a charge; knows no wire format. Start with {@code ChargePlanner}. */
@NullMarked
package io.github.bms4j.charge;

import org.jspecify.annotations.NullMarked;
