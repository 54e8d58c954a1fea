package io.github.bms4j.control;

import io.github.bms4j.journal.Lease;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.limit.RemoteSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What remote sources asked of the limits, as leases that outlive the power.
 *
 * <p>A lease loses the time off. Where that is not known, one of a required source has ended, so that nothing is allowed until the source is
 * heard; a limit of another source, whose end would allow more, is kept for what was left of it. Thread: one. Allocates.
 */
final class LeaseBook {
    private static final String[] KINDS = {" discharge A", " discharge W", " charge A", " charge W"};
    private static final int MOST_NAME_BYTES = 200;

    private LeaseBook() {}

    /** All leases that are held now, four for each source. */
    static List<Lease> held(LimitRequests requests, long nowNanos) {
        List<Lease> leases = new ArrayList<>();
        List<RemoteSource> sources = requests.sources();
        for (int s = 0; s < sources.size(); s++) {
            String name = sources.get(s).name();
            if (!requests.leased(s, nowNanos) || name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
                continue;
            }
            double remainingS = (requests.untilNanos(s) - nowNanos) * 1e-9;
            for (int k = 0; k < KINDS.length; k++) {
                Direction direction = direction(k);
                double value = k % 2 == 0 ? requests.remoteA(s, direction) : requests.remoteW(s, direction);
                leases.add(new Lease(name + KINDS[k], value, remainingS));
            }
        }
        return leases;
    }

    private static Direction direction(int kind) {
        return kind < 2 ? Direction.DISCHARGE : Direction.CHARGE;
    }

    /** Whether somebody asks for something else, or no longer; that time goes by is no change. */
    static boolean differ(List<Lease> now, List<Lease> before) {
        boolean differ = now.size() != before.size();
        for (int i = 0; !differ && i < now.size(); i++) {
            differ = !now.get(i).name().equals(before.get(i).name())
                    || Double.compare(now.get(i).value(), before.get(i).value()) != 0;
        }
        return differ;
    }

    /** Puts remembered leases in force again, on the clock of the samples. */
    static void restore(Restart restart, LimitRequests requests, long nowNanos) {
        Map<String, Lease> left = byName(restart.leases());
        Map<String, Lease> before = byName(restart.memory().leases());
        List<RemoteSource> sources = requests.sources();
        for (int s = 0; s < sources.size(); s++) {
            RemoteSource source = sources.get(s);
            boolean keeps = Double.isNaN(restart.leasesOffS()) && !source.required();
            restore(s, source.name(), keeps ? before : left, requests, nowNanos);
        }
    }

    private static void restore(
            int source, String name, Map<String, Lease> leases, LimitRequests requests, long nowNanos) {
        double[] value = new double[KINDS.length];
        double remainingS = Double.POSITIVE_INFINITY;
        for (int k = 0; k < KINDS.length; k++) {
            Lease lease = leases.get(name + KINDS[k]);
            if (lease == null || !(lease.value() >= 0.0)) {
                return;
            }
            value[k] = lease.value();
            remainingS = Math.min(remainingS, lease.remainingS());
        }
        long untilNanos = nowNanos + Math.round(Math.min(remainingS, 1e9) * 1e9);
        requests.remote(source, Direction.DISCHARGE, value[0], value[1], untilNanos);
        requests.remote(source, Direction.CHARGE, value[2], value[3], untilNanos);
    }

    private static Map<String, Lease> byName(List<Lease> leases) {
        Map<String, Lease> byName = new HashMap<>();
        for (Lease lease : leases) {
            byName.put(lease.name(), lease);
        }
        return byName;
    }
}
