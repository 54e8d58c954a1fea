package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.ParallelPack;
import io.github.bms4j.control.ParallelSettings;
import io.github.bms4j.thermal.ThermalNeed;
import java.util.List;

/** What tests of vehicles with strings of 24 groups of 60 in parallel begin with. */
final class ParallelRig {
    static final BatterySettings STRING = BatterySettings.vehicle(ShippedData.cell(), new PackLayout(24, 60, 4));
    static final ParallelSettings STANDARD = ParallelSettings.standard(100.8);

    private ParallelRig() {}

    static ParallelBench bench(ParallelSettings settings, double... socs) {
        ParallelBench bench = ParallelBench.of(STRING, settings, ShippedData.truth(), 25.0, 3, socs);
        bench.start(0.0, 0.02);
        return bench;
    }

    /** All strings joined, with the standard settings. */
    static ParallelBench running(double... socs) {
        ParallelBench bench = bench(STANDARD, socs);
        bench.connect(ThermalNeed.DRIVING);
        assertTrue(bench.runUntil(() -> bench.pack().carrying() == socs.length, 5.0), () -> explain(bench.pack()));
        bench.runFor(0.5);
        return bench;
    }

    static String explain(ParallelPack pack) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < pack.size(); k++) {
            text.append(pack.explain(k)).append(System.lineSeparator());
        }
        return text.toString();
    }

    static ContactorState state(ParallelBench bench, int string) {
        ContactorControl control = bench.pack().string(string).contactors();
        assertNotNull(control);
        return control.state();
    }

    static StationOffer offer(double maxA) {
        return new StationOffer("station", 120.0, maxA, 7200.0, List.of(new OfferStep(0.0, 50e3, 0.3, Double.NaN)));
    }
}
