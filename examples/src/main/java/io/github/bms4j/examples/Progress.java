package io.github.bms4j.examples;

import io.github.bms4j.sim.run.RunObserver;
import java.io.PrintStream;
import java.util.Locale;

/** One line that is written over and over on a terminal; nothing in a pipe. */
final class Progress implements RunObserver {
    private static final long EVERY_NANOS = 80_000_000L;
    private static final int WIDTH = 30;
    private static final String CLEAR = "\r\u001b[2K";

    private final PrintStream to;
    private final boolean shown;
    private long lastNanos;

    private Progress(PrintStream to, boolean shown) {
        this.to = to;
        this.shown = shown;
    }

    /** A line on standard error, if the launcher saw a terminal there ({@code -Dbms.terminal=true}). */
    static Progress onTerminal() {
        return new Progress(System.err, Boolean.getBoolean("bms.terminal"));
    }

    @Override
    public void second(String phase, double timeS, double soc, double powerW) {
        if (!shown || System.nanoTime() - lastNanos < EVERY_NANOS) {
            return;
        }
        lastNanos = System.nanoTime();
        int full = (int) Math.round(WIDTH * Math.min(1.0, Math.max(0.0, soc)));
        to.printf(
                Locale.ROOT,
                "%s%d:%02d h %-8s [%s%s] %5.1f %%  %+6.1f kW",
                CLEAR,
                (long) timeS / 3600,
                (long) timeS / 60 % 60,
                phase,
                "#".repeat(full),
                "·".repeat(WIDTH - full),
                100.0 * soc,
                powerW / 1000.0);
        to.flush();
    }

    /** So many cases of a matrix are done. */
    void cases(int done, int all) {
        if (!shown || (System.nanoTime() - lastNanos < EVERY_NANOS && done < all)) {
            return;
        }
        lastNanos = System.nanoTime();
        int full = (int) ((long) WIDTH * done / Math.max(1, all));
        to.printf(Locale.ROOT, "%s[%s%s] %d of %d", CLEAR, "#".repeat(full), "·".repeat(WIDTH - full), done, all);
        to.flush();
    }

    /** Removes the line. */
    void clear() {
        if (shown) {
            to.print(CLEAR);
            to.flush();
        }
    }
}
