package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.UsableEnergy;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is foreseen of a simulated true pack of 24 groups (about 10 kWh) after a drive, and what it then gives. */
class UsableEnergyTest {
    private static final PackLayout LAYOUT = new PackLayout(24, 40, 4);

    private final PackSample sample = new PackSample(LAYOUT);
    private long nanos;

    @ParameterizedTest(name = "{0}, seed {1}: {2} of the one-hour power at {3} °C")
    @CsvSource({
        "ekf, 1, 0.2, 25",
        "ekf, 2, 0.5, 25",
        "ekf, 3, 1.0, 25",
        "bar-delta, 4, 0.5, 25",
        "bar-delta, 5, 1.0, 25",
        "ekf, 6, 0.5, 12",
        "bar-delta, 7, 0.3, 12"
    })
    void isWhatThePackThenGives(String estimator, long seed, double perHour, double degC) {
        NoiseSource random = new NoiseSource(seed);
        SimPack pack = new SimPack(ShippedData.truth(), LAYOUT, PackSpread.oneBatch(), 20.0, 0.9, degC, random);
        SimSensors sensors = new SimSensors(pack, SensorFlaws.goodPack(), random);
        BatterySettings settings = BatterySettings.standard(ShippedData.cell(), LAYOUT);
        BatteryManager manager =
                new BatteryManager(settings, Estimators.create(estimator, settings.cell(), LAYOUT, settings.noise()));
        manager.start(0.9, 0.05);
        DriveLoad drive = new DriveLoad(ShippedData.drive());
        for (int s = 0; s < 1200; s++) {
            step(pack, sensors, manager, LAYOUT.parallel() * drive.meanA(s, s + 1.0), degC);
        }
        double powerW = perHour * LAYOUT.parallel() * 2.9 * 3.6 * LAYOUT.cells();
        UsableEnergy foreseen = manager.usableEnergy(sample, powerW, Double.NaN);
        double givenWh = 0.0;
        while (pack.lowestV() > settings.cell().rating().minV() && pack.lowestSoc() > 0.0) {
            step(pack, sensors, manager, powerW / pack.packV(), degC);
            givenWh += powerW / 3600.0;
        }
        String what = "seed " + seed + ": foreseen " + foreseen + ", given " + givenWh;
        assertEquals(givenWh, foreseen.energyWh(), 0.06 * givenWh, what); // in the cold it warms up and gives more
        assertTrue(foreseen.lowWh() < givenWh && givenWh < foreseen.highWh(), what);
        assertTrue(foreseen.sigmaWh() < 0.08 * givenWh, what);
    }

    private void step(SimPack pack, SimSensors sensors, BatteryManager manager, double packA, double degC) {
        pack.step(packA, 1.0, degC);
        nanos += 1_000_000_000L;
        sensors.read(pack, packA, nanos, sample);
        manager.step(sample);
    }
}
