package io.github.bms4j.control;

import io.github.bms4j.journal.StoredFault;
import io.github.bms4j.journal.StoredFrame;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultSet;
import io.github.bms4j.protect.FaultState;
import io.github.bms4j.protect.FreezeFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The faults of a pack's life as they are kept: how often each was set, since when, whether it stands, and the frames of the
 * latest. Trouble codes that this version does not know are kept as they came.
 *
 * <p>Thread: one. Allocation: only when something has changed.
 */
final class FaultBook {
    /** Frames that are kept: of the latest faults. */
    private static final int MOST_FRAMES = 8;

    private static final Fault[] FAULTS = Fault.values();

    private final @Nullable StoredFault[] kept = new StoredFault[FAULTS.length];
    private final int[] atStart = new int[FAULTS.length];
    private final List<StoredFault> strange = new ArrayList<>();
    private final List<StoredFrame> framesAtStart;
    private long frameMark = -1L;

    /** Begins with what came back from the medium. */
    FaultBook(List<StoredFault> faults, List<StoredFrame> frames) {
        for (StoredFault fault : faults) {
            Fault known = of(fault.dtc());
            if (known == null) {
                strange.add(fault);
            } else {
                kept[known.ordinal()] = fault;
                atStart[known.ordinal()] = fault.count();
            }
        }
        framesAtStart = frames;
    }

    /** The fault with a trouble code; null for one that this version does not have. */
    static @Nullable Fault of(int dtc) {
        for (Fault fault : FAULTS) {
            if (fault.dtc() == dtc) {
                return fault;
            }
        }
        return null;
    }

    /** All faults that ever were, if any of them has changed since this was asked last; otherwise null. */
    @Nullable
    List<StoredFault> changed(FaultSet faults, long nowNanos, double utcS) {
        boolean changed = false;
        for (Fault fault : FAULTS) {
            int f = fault.ordinal();
            StoredFault next = next(fault, kept[f], faults, nowNanos, utcS);
            changed |= !Objects.equals(next, kept[f]);
            kept[f] = next;
        }
        if (!changed) {
            return null;
        }
        List<StoredFault> all = new ArrayList<>(strange);
        for (StoredFault fault : kept) {
            if (fault != null) {
                all.add(fault);
            }
        }
        return all;
    }

    private static @Nullable StoredFault next(
            Fault fault, @Nullable StoredFault before, FaultSet faults, long nowNanos, double utcS) {
        FaultState state = faults.state(fault);
        int status = state == FaultState.LATCHED
                ? StoredFault.STOOD | StoredFault.WAITED
                : state.stands() ? StoredFault.STOOD : 0;
        int count = faults.occurrences(fault);
        if (count == 0 && status == 0) {
            return before;
        }
        if (before != null && before.count() == count && before.status() == status) {
            return before;
        }
        double setUtcS = utcS - (nowNanos - faults.sinceNanos(fault)) * 1e-9;
        double firstUtcS = before == null ? setUtcS : before.firstUtcS();
        boolean same = before != null && before.count() == count;
        double lastUtcS = before != null && same ? before.lastUtcS() : setUtcS;
        int where = before != null && same && before.where() >= 0 ? before.where() : faults.where(fault);
        double value = before != null && same ? before.value() : faults.value(fault);
        return new StoredFault(fault.dtc(), status, count, firstUtcS, lastUtcS, where, value);
    }

    /** The latest frames, if one began or was filled since this was asked last; otherwise null. */
    @Nullable
    List<StoredFrame> frames(FaultSet faults) {
        long mark = 0L;
        List<Fault> fresh = new ArrayList<>();
        for (Fault fault : FAULTS) {
            int more = faults.occurrences(fault) - atStart[fault.ordinal()];
            if (more > 0) {
                mark += 2L * more + (faults.frame(fault).filling() ? 1 : 0);
                fresh.add(fault);
            }
        }
        if (mark == Math.max(0L, frameMark)) {
            return null;
        }
        frameMark = mark;
        fresh.sort(Comparator.comparingLong(faults::sinceNanos).reversed());
        List<StoredFrame> frames = new ArrayList<>();
        for (Fault fault : fresh) {
            if (frames.size() < MOST_FRAMES) {
                frames.add(stored(fault, faults.frame(fault)));
            }
        }
        for (StoredFrame frame : framesAtStart) {
            if (frames.size() < MOST_FRAMES && fresh.stream().noneMatch(f -> f.dtc() == frame.dtc())) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static StoredFrame stored(Fault fault, FreezeFrame frame) {
        double[] rows = new double[frame.rows() * FreezeFrame.NUMBERS];
        for (int r = 0; r < frame.rows(); r++) {
            frame.row(r, rows, r * FreezeFrame.NUMBERS);
        }
        return new StoredFrame(fault.dtc(), frame.triggerRow(), rows);
    }
}
