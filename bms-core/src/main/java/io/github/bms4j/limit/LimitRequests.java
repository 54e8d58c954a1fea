package io.github.bms4j.limit;

import java.util.Arrays;
import java.util.List;

/**
 * What others ask of the limits: faults a share, the station its ratings, remote sources their figures with a lease.
 *
 * <p>Everything combines by minimum with what the pack itself can do. A remote limit holds until its lease ends; it is then
 * gone, or, if its source is required, allows nothing until it is heard again. A remote limit can therefore never outlive the
 * one who set it.
 *
 * <p>Units: A and W as magnitudes, 0 or more; infinite is no limit; NaN is not knowing and allows nothing, under the name of the
 * rule. Negative counts as 0. Times are those of the samples, monotonic ns. Thread: that of the cycle. Allocation: none after
 * construction.
 */
public final class LimitRequests {
    private final List<RemoteSource> sources;
    private final double[][] remoteA;
    private final double[][] remoteW;
    private final long[] untilNanos;
    private final boolean[] leased;
    private double dischargeShare = 1.0;
    private double chargeShare = 1.0;
    private String dischargeCause = "";
    private String chargeCause = "";
    private double contactorShare = 1.0;
    private double stationA = Double.POSITIVE_INFINITY;
    private double stationW = Double.POSITIVE_INFINITY;

    /** Nobody asks for anything, and nobody can from afar. */
    public LimitRequests() {
        this(List.of());
    }

    /** The same with these remote sources, none of which has been heard yet. */
    public LimitRequests(List<RemoteSource> sources) {
        this.sources = List.copyOf(sources);
        int n = this.sources.size();
        remoteA = new double[2][n];
        remoteW = new double[2][n];
        untilNanos = new long[n];
        leased = new boolean[n];
        for (int d = 0; d < 2; d++) {
            Arrays.fill(remoteA[d], Double.POSITIVE_INFINITY);
            Arrays.fill(remoteW[d], Double.POSITIVE_INFINITY);
        }
    }

    /**
     * What faults leave of the limits.
     *
     * @param newDischargeShare share of the discharge limits, 0…1; 1 at first
     * @param newDischargeCause name of the fault that leaves no more; empty for none
     * @param newChargeShare share of the charge limits, 0…1; 1 at first
     * @param newChargeCause name of the fault that leaves no more; empty for none
     */
    public void faults(
            double newDischargeShare, String newDischargeCause, double newChargeShare, String newChargeCause) {
        dischargeShare = newDischargeShare;
        dischargeCause = newDischargeCause;
        chargeShare = newChargeShare;
        chargeCause = newChargeCause;
    }

    /** What the state of the contactors leaves of the limits of both directions, 0…1; 1 at first. */
    public void contactors(double share) {
        contactorShare = share;
    }

    /** What the station gives at most while it charges; infinite at first and without a station. */
    public void station(double maxA, double maxW) {
        stationA = maxA;
        stationW = maxW;
    }

    /**
     * A remote source sets its limit for one direction; that of the other direction stays, and both hold until the lease ends.
     *
     * @param source its place in the list of sources
     * @param direction which current
     * @param maxA current, A; infinite for none
     * @param maxW power, W; infinite for none
     * @param newUntilNanos end of the lease, on the clock of the samples
     */
    public void remote(int source, Direction direction, double maxA, double maxW, long newUntilNanos) {
        remoteA[direction.ordinal()][source] = maxA;
        remoteW[direction.ordinal()][source] = maxW;
        untilNanos[source] = newUntilNanos;
        leased[source] = true;
    }

    /** A remote source gives its lease back: at once as if it had run out. */
    public void release(int source) {
        leased[source] = false;
    }

    /** Those who may limit the pack from afar. */
    public List<RemoteSource> sources() {
        return sources;
    }

    /** Whether a source holds a lease at {@code nowNanos}. */
    public boolean leased(int source, long nowNanos) {
        return leased[source] && untilNanos[source] - nowNanos > 0;
    }

    /** End of a source's last lease, ns. */
    public long untilNanos(int source) {
        return untilNanos[source];
    }

    /** A source's last current limit, A; infinite for none. */
    public double remoteA(int source, Direction direction) {
        return remoteA[direction.ordinal()][source];
    }

    /** A source's last power limit, W; infinite for none. */
    public double remoteW(int source, Direction direction) {
        return remoteW[direction.ordinal()][source];
    }

    /** Lets leases that ran out end for good, so that a clock that wraps cannot bring them back. */
    void step(long nowNanos) {
        for (int s = 0; s < leased.length; s++) {
            if (!leased(s, nowNanos)) {
                release(s);
                for (int d = 0; d < 2; d++) {
                    remoteA[d][s] = Double.POSITIVE_INFINITY;
                    remoteW[d][s] = Double.POSITIVE_INFINITY;
                }
            }
        }
    }

    /** Takes all that is asked for one direction into a pack's limit; {@code v} is the pack's voltage then, V. */
    void lower(Direction direction, double v, Limit limit) {
        int d = direction.ordinal();
        boolean charging = direction == Direction.CHARGE;
        limit.share(charging ? chargeShare : dischargeShare, LimitRule.FAULT, charging ? chargeCause : dischargeCause);
        limit.share(contactorShare, LimitRule.CONTACTORS_OPEN, "");
        if (charging) {
            lower(limit, stationA, LimitRule.STATION_CURRENT, "");
            lower(limit, stationW / v, LimitRule.STATION_POWER, "");
        }
        for (int s = 0; s < leased.length; s++) {
            String name = sources.get(s).name();
            if (leased[s]) {
                lower(limit, remoteA[d][s], LimitRule.REMOTE, name);
                lower(limit, remoteW[d][s] / v, LimitRule.REMOTE, name);
            } else if (sources.get(s).required()) {
                lower(limit, 0.0, LimitRule.LEASE_EXPIRED, name);
            }
        }
    }

    /** The rule keeps its name even for a figure that is not known: who does not know is then no riddle. */
    private static void lower(Limit limit, double candidateA, LimitRule why, String who) {
        limit.lowerTo(Double.isNaN(candidateA) ? 0.0 : candidateA, why, Limit.WHOLE_PACK, who);
    }

    /** The lowest power that anybody allows for one direction, W. */
    double mostW(Direction direction) {
        int d = direction.ordinal();
        double most = direction == Direction.CHARGE ? atLeastNothing(stationW) : Double.POSITIVE_INFINITY;
        for (int s = 0; s < leased.length; s++) {
            if (leased[s]) {
                most = Math.min(most, atLeastNothing(remoteW[d][s]));
            }
        }
        return most;
    }

    private static double atLeastNothing(double w) {
        return w > 0.0 ? w : 0.0;
    }
}
