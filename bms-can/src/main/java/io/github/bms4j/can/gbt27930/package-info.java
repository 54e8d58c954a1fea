/**
 * DC charging after GB/T 27930-2015, with the 2011 edition as fallback: message table, byte layouts and the vehicle's
 * side of the session. Start with {@link io.github.bms4j.can.gbt27930.GbtLink}; who only wants to read or write bytes
 * starts with {@link io.github.bms4j.can.gbt27930.GbtBody}.
 *
 * <p>The text of the standard is a paid one and was not available: layouts, periods and time limits were put together
 * from public drivers of both sides and checked against the recording of a real charger.
 */
@NullMarked
package io.github.bms4j.can.gbt27930;

import org.jspecify.annotations.NullMarked;
