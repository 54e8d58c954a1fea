package io.github.bms4j.control;

import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.ChargeAudit;
import io.github.bms4j.estimate.CoreTemperatureEstimator;
import io.github.bms4j.estimate.CoulombCounter;
import io.github.bms4j.estimate.EnergyForecast;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.ResistanceTrend;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.estimate.UsableEnergy;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;

/**
 * All estimators of a pack in the order in which they need each other: SOC first, then what is learned beside it.
 *
 * <p>Thread: one. Allocation: none per step.
 */
final class PackObserver {
    private final NoiseModel noise;
    private final SocEstimator estimator;
    private final ChargeAudit audit;
    private final EnergyForecast forecast;
    private final CapacityEstimator capacity;
    private final ResistanceTrend resistance;
    private final CoreTemperatureEstimator core;
    private final PackEstimate estimate;

    PackObserver(BatterySettings settings, SocEstimator estimator) {
        this.noise = settings.noise();
        this.estimator = estimator;
        this.audit = new ChargeAudit(settings.cell(), settings.layout(), settings.noise());
        this.forecast = new EnergyForecast(settings.cell(), settings.layout(), settings.noise());
        this.capacity = new CapacityEstimator(settings.cell(), settings.layout(), CapacitySettings.standard());
        this.resistance = new ResistanceTrend(settings.cell(), settings.layout());
        this.core = new CoreTemperatureEstimator(settings.cell(), settings.layout());
        this.estimate = new PackEstimate(settings.layout());
    }

    void start(double soc, double sigma) {
        estimator.start(soc, sigma);
        audit.start(soc, sigma);
    }

    void restore(Restart restart) {
        double[] soc = restart.socs();
        double[] sigma = restart.sigmas();
        estimator.startEach(soc, sigma);
        audit.startEach(soc, sigma);
        Remembered.restore(restart, noise, estimator, capacity, resistance, estimate);
    }

    void startCapacity(int cell, double capacityAh, double sigmaAh) {
        capacity.start(cell, capacityAh, sigmaAh);
    }

    /** @param ambientDegC air around the pack, °C; NaN when nobody knows */
    StepResult step(PackSample sample, double ambientDegC) {
        StepResult result = estimator.step(sample, estimate);
        audit.step(sample, estimate);
        capacity.step(sample, estimate);
        resistance.step(sample, estimate);
        core.step(sample, estimate, ambientDegC);
        return result;
    }

    UsableEnergy usableEnergy(PackSample sample, double powerW, double atDegC) {
        return forecast.at(sample, estimate, powerW, atDegC);
    }

    PackEstimate estimate() {
        return estimate;
    }

    SocEstimator estimator() {
        return estimator;
    }

    CoulombCounter counter() {
        return audit.counter();
    }

    /** What the cells lose to their surroundings over what their type says, as it was learned. */
    double lossShare() {
        return core.lossFactor();
    }
}
