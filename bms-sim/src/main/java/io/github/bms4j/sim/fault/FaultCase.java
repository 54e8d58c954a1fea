package io.github.bms4j.sim.fault;

import io.github.bms4j.protect.Fault;

/**
 * One row to try: a pack in some state, something that goes wrong with it, and the fault that must be found.
 *
 * @param what what goes wrong, in words
 * @param fault the fault that must be set
 * @param startSoc SOC at the start
 * @param startDegC temperature of pack and air, °C
 * @param loadShare share of the recorded drive's current before it
 * @param warmupS how long nothing is wrong, s
 * @param causeS how long what goes wrong takes to cross the threshold, s; the budget runs from there
 * @param injection what goes wrong
 */
record FaultCase(
        String what,
        Fault fault,
        double startSoc,
        double startDegC,
        double loadShare,
        double warmupS,
        double causeS,
        Injection injection) {

    /** Something that goes wrong with a bench, applied in every cycle. */
    @FunctionalInterface
    interface Injection {
        /**
         * One cycle of it.
         *
         * @param sinceS time since it began, s
         */
        void apply(FaultBench bench, double sinceS);
    }

    FaultCase(String what, Fault fault, Injection injection) {
        this(what, fault, 0.6, 25.0, 1.0, 20.0, 0.0, injection);
    }

    FaultCase after(double newCauseS) {
        return new FaultCase(what, fault, startSoc, startDegC, loadShare, warmupS, newCauseS, injection);
    }

    FaultCase from(double newStartSoc, double newStartDegC, double newLoadShare) {
        return new FaultCase(what, fault, newStartSoc, newStartDegC, newLoadShare, warmupS, causeS, injection);
    }

    FaultCase atOnce() {
        return new FaultCase(what, fault, startSoc, startDegC, loadShare, 0.0, causeS, injection);
    }
}
