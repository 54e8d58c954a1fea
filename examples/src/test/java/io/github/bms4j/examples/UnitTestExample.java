package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.sim.run.ChargeBench;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.StationOutput;
import org.junit.jupiter.api.Test;

/**
 * How a unit test charges a pack: every protocol byte on an in-memory bus, an hour and a half of it in a few seconds.
 *
 * <p>The README shows the method below; ReadmeTest compares the two.
 */
class UnitTestExample {
    // tag::readme
    @Test
    void chargesToEightyPercentAtAGbtStation() {
        PackLayout layout = new PackLayout(96, 60, 12); // in series, in parallel, temperature sensors
        BatterySettings battery = BatterySettings.standard(ShippedData.cell(), layout);
        GbtStationRating station = GbtStationRating.of(StationOutput.of(200.0, 500.0, 125.0)); // V, V, A

        ChargeBench bench = ChargeBench.of(battery, ShippedData.truth(), 0.30, 25.0, 1); // 30 %, 25 °C, seed 1
        bench.start(0.20, 0.10); // the battery manager is told 20 % ± 10
        bench.plugIn(station, 0.35, ChargeNeed.by(5400.0, 0.80)); // 0.35 per kWh, 80 % within 90 minutes

        assertTrue(bench.runUntil(() -> bench.state().phase == ChargePhase.CHARGING, 30.0));
        assertTrue(bench.runToEnd());
        assertEquals(StopCause.SOC_REACHED, bench.state().stop);
        assertEquals(0.80, bench.pack().packSoc(), 0.02); // the true pack, not the estimate
        assertEquals(31.5, bench.state().deliveredWh / 1000, 1.0); // kWh, as the station says in its last message
    }
    // end::readme
}
