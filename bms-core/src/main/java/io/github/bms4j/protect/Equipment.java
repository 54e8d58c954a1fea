package io.github.bms4j.protect;

/**
 * What a pack has beside current, cell voltages and temperatures. What is fitted must be heard before contactors may close,
 * and its silence is a fault.
 *
 * @param packVoltage a pack voltage sensor of its own
 * @param interlock an interlock loop that is read
 * @param insulationMonitor an insulation monitor
 * @param motion a machine that moves and says whether it stands; without it what asks for opening at standstill opens at once
 */
public record Equipment(boolean packVoltage, boolean interlock, boolean insulationMonitor, boolean motion) {
    /** A vehicle: all of it. */
    public static Equipment vehicle() {
        return new Equipment(true, true, true, true);
    }

    /** A pack on a bench: the pack voltage only. */
    public static Equipment bench() {
        return new Equipment(true, false, false, false);
    }
}
