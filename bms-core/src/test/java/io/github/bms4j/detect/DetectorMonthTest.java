package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * One eventful month with everything that enters a detector: a bent curve with hysteresis and entropy, polarisation that is left,
 * warm and cold days, bleeding, gaps, lost readings, and one fault after the other. What was made of it is held to the last digits, so
 * that no constant and no sign changes unnoticed. Whether it is true is asked elsewhere: by the other tests here, and against true cells
 * by {@code sim.detect.DetectorTrial}.
 */
class DetectorMonthTest {
    private static final CellType TYPE = SampleCells.bent();
    private static final PackLayout LAYOUT = new PackLayout(6, 10, 3);
    private static final double STEP_S = 60.0;
    private static final long SEED = 77L;

    private final InternalShortDetector leak =
            new InternalShortDetector(TYPE, LAYOUT, InternalShortSettings.standard());
    private final PlatingDetector plating = new PlatingDetector(TYPE, LAYOUT, PlatingSettings.standard());
    private final SensorBiasDetector bias = new SensorBiasDetector(TYPE, LAYOUT, SensorBiasSettings.standard());
    private final PackSample sample = new PackSample(LAYOUT);
    private final PackEstimate estimate = new PackEstimate(LAYOUT);
    private final Random random = new Random(SEED);
    private final List<String> told = new ArrayList<>();
    private final double[] soc = {0.62, 0.60, 0.61, 0.59, 0.60, 0.63};
    private final double[] capacity = {50.0, 49.5, 50.5, 49.0, 50.2, 50.0};
    private final double[] sensorV = new double[6];
    private final double[] sensorK = new double[3];
    private double packSensorV;
    private double currentSensorA;
    private double leakA;
    private double platedV;
    private double left;
    private double nowS;
    private boolean open;
    private int step;

    private void run(double packA, double seconds) {
        for (double s = 0.0; s < seconds; s += STEP_S) {
            step(packA, STEP_S);
        }
    }

    private void step(double packA, double dtS) {
        nowS += dtS;
        step++;
        left += (0.0006 * packA - left) * dtS / (dtS + 1500.0);
        double mean = 0.0;
        for (int c = 0; c < 6; c++) {
            soc[c] -= (packA + (c == 2 ? leakA : 0.0)) * dtS / 3600.0 / capacity[c];
            mean += soc[c] / 6.0;
        }
        double warm = 25.0 + 12.0 * StrictMath.sin(nowS / 86_400.0) + 0.02 * packA * packA / 30.0;
        sample.begin(Math.round(nowS * 1e9));
        sample.readCurrent(packA + currentSensorA + 0.02 * random.nextGaussian());
        double packV = 0.0;
        for (int c = 0; c < 6; c++) {
            double ownDegC = warm + 0.3 * (c / 2 - 1);
            double v =
                    TYPE.ocv().v(soc[c], ownDegC) - 0.0014 * packA - left * (1.0 + 0.02 * c) + (c == 3 ? platedV : 0.0);
            packV += v;
            boolean lost = step % 97 == 0 && c == 1;
            sample.readCellVoltage(c, lost ? Double.NaN : v + sensorV[c] + 0.001 * random.nextGaussian());
            double saysSoc = Math.min(1.0, Math.max(0.0, mean + 0.002 * StrictMath.sin(0.01 * step)));
            Estimates.state(estimate, c, saysSoc, 0.01 + 0.002 * c, 0.1 * left, 0.5 * left, 0.3 * left, 0.0);
            estimate.circuit(c, 0.014, 0.008, 0.015, 0.9);
        }
        sample.readPackVoltage(Math.rint(100.0 * (packV + packSensorV + 0.008 * random.nextGaussian())) / 100.0);
        for (int s = 0; s < 3; s++) {
            boolean fitted = s < 2 || nowS > 86_400.0;
            sample.readTemperature(
                    s, fitted ? warm + 0.3 * (s - 1) + sensorK[s] + 0.1 * random.nextGaussian() : Double.NaN);
        }
        estimate.close(sample.nanos());
        assertEquals(StepResult.USED, leak.step(sample, estimate));
        assertEquals(StepResult.USED, plating.step(sample, estimate));
        assertEquals(StepResult.USED, bias.step(sample, estimate, open));
    }

    private void day(int day) {
        for (int k = 0; k < 8; k++) {
            run(6.0 + 9.0 * random.nextGaussian(), 600.0);
        }
        open = day % 3 == 1;
        run(0.0, 5.0 * 3600.0);
        open = false;
        run(0.4, 1200.0); // a load that may be an offset
        leak.bled(4, 0.05);
        plating.bled(4);
        while (soc[0] < 0.78) {
            run(-16.0, 300.0);
        }
        platedV = day == 10 ? 0.012 : 0.0;
        run(0.0, 1800.0);
        platedV = 0.0;
        run(0.0, 9.0 * 3600.0);
        if (day % 5 == 4) {
            step(0.0, 700.0); // nobody looked
        }
    }

    private void tell(String when) {
        told.add(String.format(
                Locale.ROOT,
                "%s: leak %.9f %.9f %.9f %.9f n%d, offset %.9f %.9f, bulge %.9f %.9f %.9f..%.9f at %.3f %.3f %.3f",
                when,
                leak.leakA(2),
                leak.sigmaA(2),
                leak.leakA(4),
                leak.highA(5),
                leak.measurements(),
                bias.currentOffsetA(),
                bias.currentOffsetSigmaA(),
                plating.bulgeV(0),
                plating.bulgeV(3),
                plating.lowV(3),
                plating.highV(3),
                plating.tripleS(3, 0),
                plating.tripleS(3, 1),
                plating.tripleS(3, 2)));
        for (int c = 0; c < 6; c++) {
            tell(leak.alarmed(c), leak.finding(c));
            tell(plating.alarmed(c), plating.finding(c));
            tell(bias.alarmed(Suspect.CELL_VOLTAGE_SENSOR, c), bias.finding(Suspect.CELL_VOLTAGE_SENSOR, c));
        }
        for (int s = 0; s < 3; s++) {
            tell(bias.alarmed(Suspect.TEMPERATURE_SENSOR, s), bias.finding(Suspect.TEMPERATURE_SENSOR, s));
        }
        for (Suspect one : new Suspect[] {Suspect.PACK_VOLTAGE_SENSOR, Suspect.CURRENT_SENSOR}) {
            tell(bias.alarmed(one, Finding.ONLY_ONE), bias.finding(one, Finding.ONLY_ONE));
        }
    }

    private void tell(boolean alarmed, Finding f) {
        if (alarmed) {
            told.add(String.format(
                    Locale.ROOT,
                    "  %s %d: %.9f in %.9f..%.9f since %.1f",
                    f.suspect(),
                    f.index(),
                    f.value(),
                    f.low(),
                    f.high(),
                    f.sinceNanos() * 1e-9));
        }
    }

    private void month() {
        for (int day = 0; day < 24; day++) {
            switch (day) {
                case 6 -> leakA = 0.25;
                case 9 -> leakA = 0.0;
                case 13 -> sensorV[4] = 0.014;
                case 15 -> sensorK[1] = 5.0;
                case 16 -> packSensorV = 0.06;
                case 18 -> currentSensorA = 0.7;
                default -> {
                    // as the day before
                }
            }
            day(day);
            if (day % 3 == 2 || day == 10 || day == 13) {
                tell("day " + day);
            }
        }
    }

    /** Lines of the file beside this test; its head says how to make it anew. */
    private static List<String> expected() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DetectorMonthTest.class.getResourceAsStream("month.txt")),
                StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @Test
    void makesOfTheMonthWhatItAlwaysMade() throws IOException {
        month();
        assertEquals(String.join("\n", expected()), String.join("\n", told));
    }

    @Test
    void findsWhatWasThereAndNothingElse() {
        month();
        String all = String.join("\n", told);
        for (String there : new String[] {
            "CELL_LEAK 2:",
            "CELL_VOLTAGE_SENSOR 4:",
            "TEMPERATURE_SENSOR 1:",
            "PACK_VOLTAGE_SENSOR -1:",
            "CURRENT_SENSOR -1:"
        }) {
            assertTrue(all.contains(there), there);
            all = all.replaceAll(there, "");
        }
        assertFalse(all.contains("CELL_LEAK") || all.contains("SENSOR"), all);
    }
}
