/** Which cells to bleed, by charge and not by voltage. Start with {@link io.github.bms4j.balance.Balancer}. */
@NullMarked
package io.github.bms4j.balance;

import org.jspecify.annotations.NullMarked;
