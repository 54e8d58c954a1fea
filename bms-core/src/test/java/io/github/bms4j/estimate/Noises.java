package io.github.bms4j.estimate;

/** Noise models for tests: the usual one but for the few figures a test is about. */
final class Noises {
    private Noises() {}

    /** 12 mV at rest, 15 % of the resistance, C/300 and 3 % of the charge. */
    static NoiseModel plain() {
        return of(1.0 / 300.0, 0.03, 0.012, 0.15, 3600.0, 0.08);
    }

    /** The usual one of a filter that does not ask what flowed before it began. */
    static NoiseModel withoutPast() {
        NoiseModel usual = NoiseModel.sloped();
        NoiseModel.StartNoise start = usual.start();
        return new NoiseModel(
                usual.current(),
                usual.voltage(),
                usual.sample(),
                usual.circuit(),
                new NoiseModel.StartNoise(start.restPerH(), start.loadPerH(), start.meanPerH(), 0.0));
    }

    static NoiseModel of(
            double offsetPerH, double gainSigma, double leastV, double r0Sigma, double memoryS, double memorySoc) {
        NoiseModel usual = NoiseModel.sloped();
        return new NoiseModel(
                new NoiseModel.CurrentNoise(offsetPerH, usual.current().memoryS(), gainSigma),
                new NoiseModel.VoltageNoise(0.0, false, leastV, 0.0, memoryS, memorySoc),
                usual.sample(),
                new NoiseModel.CircuitNoise(r0Sigma, 1.0, 0.3, 0.08, 0.25, 0.02, 0.0),
                usual.start());
    }
}
