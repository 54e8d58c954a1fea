package io.github.bms4j.sim.sensor;

import io.github.bms4j.num.Check;

/**
 * What is wrong with the sensors of a pack. Offsets and gains are drawn once per sensor, noise anew in every reading.
 *
 * @param currentOffsetA constant offset of the current sensor, A, with its sign
 * @param currentGain relative gain error of the current sensor, with its sign
 * @param currentNoiseA standard deviation of its noise, A
 * @param cellOffsetV spread of the cell voltage offsets, V
 * @param cellNoiseV noise of a cell voltage, V
 * @param temperatureOffsetK spread of the temperature offsets, K
 * @param temperatureNoiseK noise of a temperature, K
 * @param lossRate share of cell voltage readings that never arrive, 0…1
 */
public record SensorFlaws(
        double currentOffsetA,
        double currentGain,
        double currentNoiseA,
        double cellOffsetV,
        double cellNoiseV,
        double temperatureOffsetK,
        double temperatureNoiseK,
        double lossRate) {
    /** Checks every figure. */
    public SensorFlaws {
        Check.finite("currentOffsetA", currentOffsetA);
        Check.within("currentGain", currentGain, -0.5, 0.5);
        Check.notNegative("currentNoiseA", currentNoiseA);
        Check.notNegative("cellOffsetV", cellOffsetV);
        Check.notNegative("cellNoiseV", cellNoiseV);
        Check.notNegative("temperatureOffsetK", temperatureOffsetK);
        Check.notNegative("temperatureNoiseK", temperatureNoiseK);
        Check.fraction("lossRate", lossRate);
    }

    /** A shunt of 0.3 % with 0.4 A offset, a front end of ±1.5 mV, thermistors of ±0.5 K; one voltage in 20 000 lost. */
    public static SensorFlaws goodPack() {
        return new SensorFlaws(0.4, 0.003, 0.3, 0.0015, 0.001, 0.5, 0.1, 5e-5);
    }

    /** Sensors that read the truth. */
    public static SensorFlaws none() {
        return new SensorFlaws(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    }
}
