package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class GbtAllocationTest {

    @Test
    void chargingAllocatesNothing() {
        Bench bench = new Bench(100, 28);
        assertTrue(bench.until(() -> bench.link.state().permitted));
        bench.cable.vehicle.recording = false;
        bench.cable.charger.recording = false;
        bench.charger.recording = false;
        com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        bench.run(20);

        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = memory.getCurrentThreadAllocatedBytes();
            bench.run(11);
            fewest = Math.min(fewest, memory.getCurrentThreadAllocatedBytes() - before);
        }

        assertEquals(VehiclePhase.CHARGING, bench.link.phase());
        assertEquals(0, fewest / 1_100, fewest + " bytes in 1100 steps of both sides");
    }
}
