package io.github.bms4j.sim.run;

import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackKeeper;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackJournal;
import io.github.bms4j.journal.Restart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The memory of a vehicle on a {@link ChargeBench}: counted with every control cycle, written once a second, as a gateway does it.
 *
 * <p>Real files in virtual time: the same run writes the same bytes. {@link #cut} is a lost power, {@link #end} an orderly one. A medium
 * that refuses ends the run with an {@link UncheckedIOException}. Thread: one.
 */
public final class BenchMemory {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** After the cycle, the contactors and the messages of the same moment, before the plan. */
    private static final int PRIORITY = 2;

    private final ChargeBench bench;
    private final PackKeeper keeper;
    private final double utcAtZeroS;
    private boolean on = true;

    private BenchMemory(ChargeBench bench, PackKeeper keeper, double utcAtZeroS) {
        this.bench = bench;
        this.keeper = keeper;
        this.utcAtZeroS = utcAtZeroS;
    }

    /**
     * Opens the memory in a folder for a bench that has not started.
     *
     * @param battery what the bench's manager was made of
     * @param utcAtZeroS time at the zero of the bench's clock, s since 1970; NaN if not known
     * @throws IOException as {@link PackJournal#open} has it
     */
    public static BenchMemory open(
            ChargeBench bench, BatterySettings battery, Path folder, MemorySettings settings, double utcAtZeroS)
            throws IOException {
        PackJournal journal = PackJournal.open(folder, battery.cell(), battery.layout(), settings);
        return new BenchMemory(bench, new PackKeeper(journal, bench.manager()), utcAtZeroS);
    }

    /** Starts the bench from what is remembered, and keeps it from then on. */
    public Restart restore() {
        Restart restart = bench.restore(keeper, utcS());
        run();
        return restart;
    }

    /** Keeps the memory of a bench that was started otherwise. */
    public void run() {
        long now = bench.clock().nowNanos();
        bench.clock().every(ChargeBench.CYCLE_NANOS, now + ChargeBench.CYCLE_NANOS, PRIORITY, at -> count());
        bench.clock().every(SECOND_NANOS, now + SECOND_NANOS, PRIORITY, this::write);
    }

    private void count() {
        if (on) {
            keeper.count(bench.sample());
        }
    }

    private void write(long nowNanos) {
        if (!on) {
            return;
        }
        try {
            keeper.step(nowNanos, utcS(), bench.sample());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double utcS() {
        return utcAtZeroS + bench.nowS();
    }

    /** The power is lost: nothing more is written, not even a last word. */
    public void cut() throws IOException {
        on = false;
        keeper.close();
    }

    /** The vehicle is switched off in order. */
    public void end() {
        on = false;
        try {
            keeper.close(bench.clock().nowNanos(), utcS(), bench.sample());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What keeps it. */
    public PackKeeper keeper() {
        return keeper;
    }
}
