/**
 * DIN SPEC 70121:2014, DC charging: plain messages, their codec, and the link that implements
 * {@link io.github.bms4j.charge.ChargeLink}.
 */
@NullMarked
package io.github.bms4j.v2g.din70121;

import org.jspecify.annotations.NullMarked;
