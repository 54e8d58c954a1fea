/**
 * ISO 15118-2:2014, AC and DC charging with schedules and tariffs: plain messages, their codec, and the link that
 * implements {@link io.github.bms4j.charge.ChargeLink}.
 */
@NullMarked
package io.github.bms4j.v2g.iso2;

import org.jspecify.annotations.NullMarked;
