package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.ParameterSet;
import io.github.bms4j.estimate.PlainEkf;
import io.github.bms4j.estimate.ShadowEstimator;
import io.github.bms4j.estimate.ShadowSettings;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.run.ShippedData;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter of the textbooks as a candidate beside ours, on the measured US06 drive, started 20 points low. */
class PlainEkfInTheShadowTest {
    @ParameterizedTest(name = "voltage noise {0} V")
    @CsvSource({"0.002", "0.020"}) // what a converter is good for, and what is often chosen once that has failed
    void isThrownOutOnAMeasuredDrive(double sigmaV) {
        PackLayout one = new PackLayout(1, 1, 1);
        ParameterSet shipped =
                new ParameterSet("shipped", ShippedData.cell(), NoiseModel.of(ShippedData.cell()), "ships with it");
        ShadowEstimator shadow =
                new ShadowEstimator(one, shipped.estimator("ekf", one), shipped, ShadowSettings.standard());
        BatteryManager manager = new BatteryManager(BatterySettings.standard(shipped.cell(), one), shadow);
        manager.start(0.8, 0.2);
        shadow.propose(new PlainEkf("plain", shipped.cell(), one, sigmaV), shipped);
        PackSample sample = new PackSample(one);
        Recording drive = ShippedData.drive();
        for (int k = 0; k < drive.rows(); k++) {
            sample.begin(Math.round(drive.timeS(k) * 1e9));
            sample.readCurrent(drive.currentA(k));
            sample.readCellVoltage(0, drive.voltageV(k));
            sample.readTemperature(0, drive.temperatureDegC(k));
            manager.step(sample);
        }
        assertEquals("ekf", shadow.name());
        assertEquals(
                "KEPT CHARGE_CLOSURE",
                shadow.decisions().stream()
                        .map(d -> d.verdict() + " " + d.reason())
                        .collect(Collectors.joining(", ")),
                shadow.decisions()::toString);
    }
}
