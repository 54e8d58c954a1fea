package io.github.bms4j.charge;

/**
 * What came of planning anew while a plan was in force.
 *
 * @param plan the plan to follow from now on: the new one, or the one in force led on from where the pack stands now
 * @param changed whether it is the new one
 * @param gain by how much the new plan is better than the one in force under what is known now, in the currency of the prices;
 *     infinite where the one in force cannot be followed any more
 */
public record PlanRevision(ChargePlan plan, boolean changed, double gain) {}
