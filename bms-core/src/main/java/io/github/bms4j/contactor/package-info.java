/**
 * The contactors of a string: a printed table of states that precharges the link, closes, asks for zero current and opens,
 * checks for welded contacts, and joins strings in parallel. Start with {@link
 * io.github.bms4j.contactor.ContactorControl}.
 */
@NullMarked
package io.github.bms4j.contactor;

import org.jspecify.annotations.NullMarked;
