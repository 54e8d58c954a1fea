package io.github.bms4j.charge;

/**
 * How a plan heats: from a time on up to a temperature of the coldest cell, and again whenever it has cooled by {@value #HOLD_K} K, until the
 * target is reached.
 *
 * @param toDegC temperature, °C; NaN for no heat
 * @param fromS the slots from this time on, s
 */
record HeatCourse(double toDegC, double fromS) {
    static final double HOLD_K = 2.5;

    static final HeatCourse NONE = new HeatCourse(Double.NaN, Double.POSITIVE_INFINITY);

    boolean heats() {
        return !Double.isNaN(toDegC);
    }

    /** The course of a plan. */
    static HeatCourse of(ChargePlan plan) {
        if (plan.heats()) {
            for (PlanSlot slot : plan.slots()) {
                if (slot.heats()) {
                    return new HeatCourse(plan.heatToDegC(), slot.startS());
                }
            }
        }
        return NONE;
    }
}
