package io.github.bms4j.journal;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackHealth;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.PackLimits;

/**
 * What a control cycle decided as three numbers that differ when any bit does, except by chance of 2⁻⁶⁴: estimate, limits, demand.
 *
 * <p>Thread: any. Allocation: none.
 */
public final class DecisionDigest {
    private static final long SEED = 0x6A09E667F3BCC908L;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final Horizon[] HORIZONS = Horizon.values();

    private DecisionDigest() {}

    /** What the pack is taken to be. */
    public static long of(PackEstimate estimate) {
        PackHealth health = estimate.health();
        long h = SEED;
        for (int c = 0; c < estimate.cells(); c++) {
            h = mixed(h, estimate.soc(c));
            h = mixed(h, estimate.socSigma(c));
            h = mixed(h, estimate.fastRcV(c));
            h = mixed(h, estimate.slowRcV(c));
            h = mixed(h, estimate.diffusionV(c));
            h = mixed(h, estimate.predictedV(c));
            h = mixed(h, estimate.r0Ohm(c));
            h = mixed(h, estimate.coreDegC(c));
            h = mixed(h, health.capacityAh(c));
            h = mixed(h, health.capacitySigmaAh(c));
            h = mixed(h, health.resistanceRatio(c));
        }
        h = mixed(h, estimate.currentBiasA());
        h = mixed(h, estimate.packSoc());
        return mixed(h, estimate.nanos());
    }

    /** What it may do. */
    public static long of(PackLimits limits) {
        long h = SEED;
        for (Horizon horizon : HORIZONS) {
            h = mixed(h, limits.charge(horizon));
            h = mixed(h, limits.discharge(horizon));
            h = mixed(h, limits.chargeW(horizon));
            h = mixed(h, limits.dischargeW(horizon));
        }
        return h;
    }

    /** What it asks of the station. */
    public static long of(ChargeDemand demand) {
        long h = mixed(SEED, demand.targetV());
        h = mixed(h, demand.chargeA());
        h = mixed(h, demand.mode().name().hashCode());
        h = mixed(h, demand.ready() ? 1L : 0L);
        return mixed(h, demand.stop().name().hashCode());
    }

    private static long mixed(long h, Limit limit) {
        long x = mixed(h, limit.limitA());
        x = mixed(x, limit.rule().name().hashCode());
        return mixed(x, limit.cell());
    }

    private static long mixed(long h, double value) {
        return mixed(h, Double.doubleToLongBits(value));
    }

    private static long mixed(long h, long value) {
        long x = (h ^ value) * MIX;
        return x ^ x >>> 29;
    }
}
