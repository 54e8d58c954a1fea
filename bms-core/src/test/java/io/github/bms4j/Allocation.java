package io.github.bms4j;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a call leaves on the heap. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Bytes per call of a warmed-up action: the least of ten rounds at most, so that a JIT compilation does not count. */
    public static double bytesPerCall(int calls, Runnable action) {
        for (int i = 0; i < 2 * calls; i++) {
            action.run();
        }
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 10 && least > 0.0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                action.run();
            }
            long after = THREADS.getCurrentThreadAllocatedBytes();
            least = Math.min(least, (after - before) / (double) calls);
        }
        return least;
    }
}
