package io.github.bms4j.sim.run;

/** Watches a run, for a progress line. */
@FunctionalInterface
public interface RunObserver {
    /** Watches nothing. */
    RunObserver NONE = (phase, timeS, soc, powerW) -> {};

    /**
     * Called once per simulated second.
     *
     * @param phase what goes on, in a word or two
     * @param timeS simulated time, s
     * @param soc estimated pack SOC; NaN while unknown
     * @param powerW power into the pack, W; negative while it drives
     */
    void second(String phase, double timeS, double soc, double powerW);
}
