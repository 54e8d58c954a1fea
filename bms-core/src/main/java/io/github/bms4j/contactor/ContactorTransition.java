package io.github.bms4j.contactor;

/**
 * One row of the table: this event in this state leads there.
 *
 * @param from state
 * @param event what happens
 * @param to next state; the same state means that its timeout starts anew
 */
public record ContactorTransition(ContactorState from, ContactorEvent event, ContactorState to) {}
