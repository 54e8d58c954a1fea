package io.github.bms4j.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.detect.ChangeWatch.Usual;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;

/**
 * Sensors that are off, by what other sensors say of the same thing: names the sensor, its offset and since when.
 *
 * <pre>
 * pack voltage - sum of the cells'   changes only if a voltage sensor does; the cell whose voltage moved by as much against
 *                                    the others is the one, and if none did, the pack's
 * temperature - median of all        changes only slowly and with the warmth of the pack
 * counted charge - charge by voltage changes by the offset of the current sensor, hour by hour ({@link CurrentOffset})
 * </pre>
 *
 * <p>The first two notice a change against what they learned in the first hour, so an offset that was there from the start is
 * usual to them. A cell that really changes, by a leak or a loose contact, changes both sides alike and is not blamed. A pack without a
 * voltage sensor, of fewer than three cells or three temperature sensors has no redundancy of that kind and nothing is said.
 *
 * <p>Units: V, A of the pack (positive discharging), K. A sample that cannot be used is HELD. Thread: one. Allocation: none after
 * construction.
 *
 * @see "docs/theory/detectors.md"
 */
public final class SensorBiasDetector {
    private static final int LEAST_SENSORS = 3;
    private static final double LEARN_S = 3600.0;

    /** A current that may be an offset and no load, over the capacity, 1/h. */
    private static final double QUIET_PER_H = 0.05;

    private static final int LEAST_READINGS = 5;

    /** A meter whose readings scatter by less than this share of its resolution stands between two of its steps. */
    private static final double DITHER_SHARE = 0.3;

    /** Offsets of n front ends wander by so much in a root of a day, V, times the root of n; the pack's meter, too. */
    private static final double DAY_CELL_V = 1e-4;

    /** Of the pack's voltage sensor: resolution and what averaging leaves, V, over the root of the cells' number. */
    private static final double FLOOR_V = 0.0006;

    private static final double SLACK_V = 0.001;

    /** Cells of a pack differ in warmth by so much without load, K, and it is known to this share of a warming. */
    private static final double TEMPERATURE_K = 0.25;

    private static final double WARM_SHARE = 0.15;
    private static final double SLACK_K = 0.75;
    private static final double WARMTH_S = 6.0 * 3600.0;

    private final SensorBiasSettings settings;
    private final RestClock rest;
    private final CurrentOffset current;
    private final ChangeWatch difference;
    private final ChangeWatch warmth;
    private final VoltageMemory memory;
    private final double currentAlarmA;
    private final int cells;
    private final int sensors;

    private final double[] sumV;
    private final double[] sumDegC;
    private final double[] sorted;
    private final BiasBook cellBias;
    private final BiasBook packBias = new BiasBook(1);
    private final BiasBook currentBias = new BiasBook(1);
    private final BiasBook temperatureBias;
    private double windowS;
    private double differenceSum;
    private double differenceSquares;
    private double firstPackV;
    private double packSum;
    private double packSquares;
    private int readings;
    private int temperatures;
    private double usualPackV = Double.NaN;
    private double usualDegC = Double.NaN;
    private double voltageDtS;
    private double temperatureDtS;

    /** A detector that has learned nothing yet. */
    public SensorBiasDetector(CellType type, PackLayout layout, SensorBiasSettings settings) {
        this.settings = settings;
        cells = layout.cells();
        sensors = layout.temperatureSensors();
        rest = new RestClock(type, layout, QUIET_PER_H);
        current = new CurrentOffset(type, layout);
        currentAlarmA = settings.currentAlarmPerH() * type.rating().capacityAh() * layout.parallel();
        double wanderV = DAY_CELL_V * Math.sqrt(cells);
        difference = new ChangeWatch(
                1, new Usual(0.005 * cells, 0.01 * type.rating().nominalV() * cells, wanderV, 0.0, SLACK_V, LEARN_S));
        warmth = new ChangeWatch(sensors, new Usual(2.0, WARM_SHARE, 0.01, 0.01, SLACK_K, LEARN_S));
        memory = new VoltageMemory(cells);
        sumV = new double[cells];
        sumDegC = new double[sensors];
        sorted = new double[sensors];
        cellBias = new BiasBook(cells);
        temperatureBias = new BiasBook(sensors);
    }

    /** Takes in a sample and the estimate made from it, the current not being known to be zero. */
    public StepResult step(PackSample sample, PackEstimate estimate) {
        return step(sample, estimate, false);
    }

    /**
     * Takes in a sample and the estimate made from it.
     *
     * @param zeroCurrent whether the contactors are known to be open, so that no current can flow
     */
    public StepResult step(PackSample sample, PackEstimate estimate, boolean zeroCurrent) {
        if (!rest.step(sample, estimate)) {
            return StepResult.HELD;
        }
        if (current.step(sample, estimate, rest, zeroCurrent)) {
            judgeCurrent();
        }
        windowS += rest.dtS();
        voltageDtS += rest.dtS();
        temperatureDtS += rest.dtS();
        if (sample.packVoltage().usable(0) && sample.cellVoltage().allUsable()) {
            addVoltages(sample);
        }
        if (sample.temperature().allUsable()) {
            for (int s = 0; s < sensors; s++) {
                sumDegC[s] += sample.temperature().value(s);
            }
            temperatures++;
        }
        if (windowS >= settings.windowS() && readings >= LEAST_READINGS) {
            closeWindow();
        }
        return StepResult.USED;
    }

    private void addVoltages(PackSample sample) {
        double packV = sample.packVoltage().value(0);
        double aside = packV;
        for (int c = 0; c < cells; c++) {
            double v = sample.cellVoltage().value(c);
            sumV[c] += v;
            aside -= v;
        }
        firstPackV = readings == 0 ? packV : firstPackV;
        packSum += packV - firstPackV;
        packSquares += (packV - firstPackV) * (packV - firstPackV);
        differenceSum += aside;
        differenceSquares += aside * aside;
        readings++;
    }

    private void closeWindow() {
        long nanos = rest.nanos();
        double packMean = packSum / readings;
        double packScatter = Math.sqrt(Math.max(0.0, packSquares / readings - packMean * packMean));
        if (cells >= LEAST_SENSORS && packScatter >= DITHER_SHARE * settings.packResolutionV()) {
            watchVoltages(firstPackV + packMean, nanos);
        }
        if (temperatures > 0 && sensors >= LEAST_SENSORS) {
            watchTemperatures(nanos);
        }
        Arrays.fill(sumV, 0.0);
        Arrays.fill(sumDegC, 0.0);
        windowS = 0.0;
        differenceSum = 0.0;
        differenceSquares = 0.0;
        packSum = 0.0;
        packSquares = 0.0;
        readings = 0;
        temperatures = 0;
    }

    private void watchVoltages(double packV, long nanos) {
        double y = differenceSum / readings;
        double scatter = Math.max(0.0, differenceSquares / readings - y * y) / readings;
        double floorV2 = FLOOR_V * FLOOR_V * cells / Math.sqrt(readings);
        usualPackV = Double.isNaN(usualPackV) ? packV : usualPackV;
        difference.step(0, y, packV / usualPackV - 1.0, scatter + floorV2, voltageDtS, nanos);
        voltageDtS = 0.0;
        double mean = 0.0;
        for (int c = 0; c < cells; c++) {
            sumV[c] /= readings;
            mean += sumV[c] / cells;
        }
        if (difference.changed(0, settings.voltageAlarmV(), settings.sigmas())) {
            name(mean, nanos);
        }
        memory.keep(sumV, mean, nanos);
    }

    private void name(double mean, long nanos) {
        double shiftV = -difference.change(0);
        double sigmaV = difference.changeSigma(0);
        long onset = difference.onset(0);
        int who = memory.whoMoved(sumV, mean, shiftV, sigmaV, onset, nanos, difference.sudden(0));
        if (who == VoltageMemory.UNDECIDED) {
            return;
        }
        if (who == VoltageMemory.NOBODY) {
            packBias.add(0, -shiftV, sigmaV, onset);
        } else {
            cellBias.add(who, shiftV, sigmaV, onset);
        }
        difference.accept(0);
    }

    private void watchTemperatures(long nanos) {
        double mean = 0.0;
        for (int s = 0; s < sensors; s++) {
            sumDegC[s] /= temperatures;
            sorted[s] = sumDegC[s];
            mean += sumDegC[s] / sensors;
        }
        Arrays.sort(sorted);
        double median = 0.5 * (sorted[(sensors - 1) / 2] + sorted[sensors / 2]);
        usualDegC = Double.isNaN(usualDegC) ? mean : usualDegC;
        usualDegC += Math.min(1.0, temperatureDtS / WARMTH_S) * (mean - usualDegC);
        double warm = median - usualDegC;
        for (int s = 0; s < sensors; s++) {
            warmth.step(s, sumDegC[s] - median, warm, TEMPERATURE_K * TEMPERATURE_K, temperatureDtS, nanos);
            if (warmth.changed(s, settings.temperatureAlarmK(), settings.sigmas())) {
                temperatureBias.add(s, warmth.change(s), warmth.changeSigma(s), warmth.onset(s));
                warmth.accept(s);
            }
        }
        temperatureDtS = 0.0;
    }

    private void judgeCurrent() {
        double offsetA = current.offsetA();
        double sigmaA = current.sigmaA();
        if (Math.abs(offsetA) - settings.sigmas() * sigmaA > currentAlarmA) {
            currentBias.set(0, offsetA, sigmaA, current.knownSince());
        } else {
            currentBias.clear(0);
        }
    }

    /** Half width of an interval, in standard deviations. */
    double sigmas() {
        return settings.sigmas();
    }

    /** Takes up that a sensor was named before the restart, so many days ago. */
    void recall(Suspect sensor, int index, double value, double sigma, double days) {
        book(sensor).set(Math.max(0, index), value, sigma, 0L);
        if (sensor == Suspect.CURRENT_SENSOR) {
            current.recall(value, sigma, days);
            judgeCurrent();
        }
    }

    /** Whether a sensor is named; index {@link Finding#ONLY_ONE} for the pack's voltage and current. */
    public boolean alarmed(Suspect sensor, int index) {
        return book(sensor).found(Math.max(0, index));
    }

    /** Whether any sensor is named. */
    public boolean anyAlarmed() {
        return cellBias.any() || packBias.any() || currentBias.any() || temperatureBias.any();
    }

    /** Offset of the current sensor as known so far, A of the pack, alarmed or not. */
    public double currentOffsetA() {
        return current.offsetA();
    }

    /** Its standard deviation, A. */
    public double currentOffsetSigmaA() {
        return current.sigmaA();
    }

    /** Forgets what was found of a sensor: it was replaced, or somebody knows better. */
    public void acknowledge(Suspect sensor, int index) {
        book(sensor).clear(Math.max(0, index));
    }

    /**
     * What was found of a sensor, with NaN for one that is not named; allocates.
     *
     * @throws IllegalArgumentException when the suspect is no sensor
     */
    public Finding finding(Suspect sensor, int index) {
        return book(sensor).finding(sensor, index, settings.sigmas());
    }

    private BiasBook book(Suspect sensor) {
        return switch (sensor) {
            case CELL_VOLTAGE_SENSOR -> cellBias;
            case PACK_VOLTAGE_SENSOR -> packBias;
            case CURRENT_SENSOR -> currentBias;
            case TEMPERATURE_SENSOR -> temperatureBias;
            default -> throw new IllegalArgumentException("sensor must be a sensor but is " + sensor);
        };
    }
}
