package io.github.bms4j.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;
import java.util.Random;

/** Six groups of ten straight cells (30 Ah, 0.9 V per unit SOC) whose estimate is the truth, to feed detectors with. */
final class DetectRig {
    static final CellType TYPE = SampleCells.straight();
    static final PackLayout LAYOUT = new PackLayout(6, 10, 3);
    static final double GROUP_AH = 30.0;

    final PackSample sample = new PackSample(LAYOUT);
    final PackEstimate estimate = new PackEstimate(LAYOUT);
    final double[] soc = new double[6];
    final double[] capacity = new double[6];
    final double[] leakA = new double[6];
    final double[] addedV = new double[6];
    final double[] sensorV = new double[6];
    final double[] degC = {25.0, 25.0, 25.0};
    double packSensorV;
    double currentSensorA;
    double noiseV;
    double packNoiseV = 0.01;
    double meanSocSigma = 0.005;
    double nowS;
    private final Random random;
    private final Feed feed;

    interface Feed {
        void step(PackSample sample, PackEstimate estimate);
    }

    DetectRig(long seed, Feed feed) {
        this(seed, -1, feed);
    }

    /** With a temperature sensor that is never read; -1 for none. */
    DetectRig(long seed, int unread, Feed feed) {
        if (unread >= 0) {
            degC[unread] = Double.NaN;
        }
        random = new Random(seed);
        this.feed = feed;
        Arrays.fill(soc, 0.6);
        Arrays.fill(capacity, GROUP_AH);
        feed(0.0);
    }

    /** Steps of {@code dtS} under a pack current. */
    void run(double packA, double seconds, double dtS) {
        for (double s = 0.0; s < seconds - 1e-9; s += dtS) {
            for (int c = 0; c < 6; c++) {
                soc[c] -= (packA + leakA[c]) * dtS / 3600.0 / capacity[c];
            }
            nowS += dtS;
            feed(packA);
        }
    }

    void feed(double packA) {
        sample.begin(Math.round(nowS * 1e9));
        sample.readCurrent(packA + currentSensorA);
        double sum = 0.0;
        double mean = 0.0;
        for (int c = 0; c < 6; c++) {
            mean += soc[c] / 6.0;
        }
        for (int c = 0; c < 6; c++) {
            double v = 3.2 + 0.9 * soc[c] - 0.002 * packA + addedV[c];
            sum += v;
            sample.readCellVoltage(c, v + sensorV[c] + noiseV * random.nextGaussian());
            estimate.cell(c, Math.min(1.0, Math.max(0.0, mean)), meanSocSigma, 0.0, 0.0, v);
            estimate.circuit(c, 0.02, 0.01, 0.015, 0.9);
        }
        sample.readPackVoltage(Math.rint(100.0 * (sum + packSensorV + packNoiseV * random.nextGaussian())) / 100.0);
        for (int s = 0; s < 3; s++) {
            sample.readTemperature(s, degC[s]);
        }
        estimate.close(sample.nanos());
        feed.step(sample, estimate);
    }
}
