package io.github.bms4j.protect;

/** The three faults of one limit, judged together. Thread: one. Allocation: none after construction. */
final class TierGuard {
    private static final Tier[] TIERS = Tier.values();

    private final TierLimits limits;
    private final FaultRecord[] records = new FaultRecord[TIERS.length];

    TierGuard(FaultKind kind, TierLimits limits, FaultSet faults) {
        this.limits = limits;
        for (Fault f : Fault.values()) {
            if (f.kind() == kind) {
                records[f.tier().ordinal()] = faults.record(f);
            }
        }
    }

    /** The value up to which a sensor that has not shown anything need not be judged. */
    double calm() {
        return limits.operating();
    }

    /**
     * Judges one fresh reading against all three thresholds.
     *
     * @param applies whether the limit holds now; a reading beyond a limit that does not hold is no fault, nor is it a recovery
     * @return whether anything is pending or standing at this sensor
     */
    boolean judge(int sensor, boolean applies, double value, double dtS, long nanos) {
        boolean stirred = false;
        for (Tier tier : TIERS) {
            FaultRecord record = records[tier.ordinal()];
            boolean bad = applies && limits.beyond(tier, value);
            stirred |= record.judge(sensor, bad, limits.recovered(tier, value), value, dtS, nanos);
        }
        records[0].lowerShare(limits.share(value));
        return stirred;
    }

    /** Says that a reading was so far inside that it need not be judged. */
    void seen() {
        for (FaultRecord record : records) {
            record.seen();
        }
    }

    /** The same with a time to set that falls with the ratio. */
    void judgeRatio(CurrentSettings settings, double ratio, double dtS, long nanos) {
        for (Tier tier : TIERS) {
            FaultRecord record = records[tier.ordinal()];
            boolean bad = limits.beyond(tier, ratio);
            double faster = bad ? settings.longestS() / settings.setS(tier, ratio) : 1.0;
            record.judge(0, bad, limits.recovered(tier, ratio), ratio, dtS, faster, nanos);
        }
        records[0].lowerShare(limits.share(ratio));
    }
}
