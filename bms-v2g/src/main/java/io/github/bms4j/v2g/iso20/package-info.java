/**
 * ISO 15118-20:2022, DC charging, scheduled and dynamic: plain messages, their codec, and the link that implements
 * {@link io.github.bms4j.charge.ChargeLink}.
 */
@NullMarked
package io.github.bms4j.v2g.iso20;

import org.jspecify.annotations.NullMarked;
