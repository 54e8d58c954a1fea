package io.github.bms4j.protect;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;

/**
 * Voltage thresholds.
 *
 * @param cellHigh highest cell voltage, V, rising
 * @param cellLow lowest cell voltage, V, falling
 * @param packHigh highest pack voltage, V, rising
 * @param packLow lowest pack voltage, V, falling
 * @param mismatchV difference between pack voltage and the sum of the cells from which one of them is wrong, V
 */
public record VoltageSettings(
        TierLimits cellHigh, TierLimits cellLow, TierLimits packHigh, TierLimits packLow, double mismatchV) {
    private static final double HIGH_HYSTERESIS_V = 0.020;
    private static final double LOW_HYSTERESIS_V = 0.100;
    /** Error of a pack voltage sensor, relative: its thresholds lie that much further out than those of the cells. */
    private static final double PACK_SENSOR_ERROR = 0.005;

    private static final double LEAST_MISMATCH_V = 3.0;
    private static final double MISMATCH_SHARE = 0.01;

    /** Checks directions and that the pack's thresholds fit the cells'. */
    public VoltageSettings {
        rising("cellHigh", cellHigh, true);
        rising("cellLow", cellLow, false);
        rising("packHigh", packHigh, true);
        rising("packLow", packLow, false);
        Check.positive("mismatchV", mismatchV);
        if (cellLow.operating() + cellLow.hysteresis() >= cellHigh.operating() - cellHigh.hysteresis()) {
            throw new IllegalArgumentException("cellLow (" + cellLow.operating() + " V) and cellHigh ("
                    + cellHigh.operating() + " V) leave no room between their hystereses");
        }
    }

    static void rising(String name, TierLimits limits, boolean rising) {
        if (limits.rising() != rising) {
            throw new IllegalArgumentException(
                    name + " must be " + (rising ? "rising" : "falling") + " from operating to safety");
        }
    }

    /**
     * Around the rated window by steps of the chemistry. Layered oxides lose life and then safety within 0.1 V of full; iron
     * phosphate and titanate, whose voltage leaps at full, are given the room that their front ends are built for.
     */
    static VoltageSettings of(CellType type, PackLayout layout) {
        CellRating rating = type.rating();
        boolean flat = type.chemistry() == Chemistry.LFP;
        boolean steep = type.chemistry() == Chemistry.LTO || type.chemistry() == Chemistry.NA_ION;
        TierLimits high = flat
                ? beyond(rating.maxV(), 0.03, 0.08, 0.15, HIGH_HYSTERESIS_V)
                : steep
                        ? beyond(rating.maxV(), 0.02, 0.05, 0.10, HIGH_HYSTERESIS_V)
                        : beyond(rating.maxV(), 0.01, 0.03, 0.05, HIGH_HYSTERESIS_V);
        TierLimits low = steep
                ? beyond(rating.minV(), -0.02, -0.06, -0.12, LOW_HYSTERESIS_V)
                : beyond(rating.minV(), -0.02, -0.10, -0.20, LOW_HYSTERESIS_V);
        int n = layout.series();
        return new VoltageSettings(
                high,
                low,
                ofPack(high, n, 1.0 + PACK_SENSOR_ERROR),
                ofPack(low, n, 1.0 - PACK_SENSOR_ERROR),
                Math.max(LEAST_MISMATCH_V, MISMATCH_SHARE * n * rating.maxV()));
    }

    private static TierLimits beyond(double v, double operatingV, double warningV, double safetyV, double hysteresisV) {
        return new TierLimits(v + operatingV, v + warningV, v + safetyV, hysteresisV);
    }

    private static TierLimits ofPack(TierLimits cell, int series, double room) {
        double n = series * room;
        return new TierLimits(n * cell.operating(), n * cell.warning(), n * cell.safety(), series * cell.hysteresis());
    }
}
