package io.github.bms4j.sim.replay;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks through a recording before an estimator does, and names what is wrong with it.
 *
 * <p>Time: stamps that do not rise, leap or were set back, and gaps. Readings: outside of what a sensor can mean, leaving
 * their neighbours for a row and coming back, standing still while the other quantity moves. The whole: a current whose
 * sign is turned, a quantity in another unit; such a recording is {@link #refusal refused}. What cannot be a reading is
 * withheld from an estimator ({@link #currentA}, {@link #voltageV}); nothing is repaired.
 *
 * <p>The judgement looks at rows on both sides, so it is one for recordings, not for a running pack; that has {@code
 * measure.Plausible}. Units and sign: s, A (positive discharging), V, °C. Thread: any, immutable.
 */
public final class RecordingScreen {
    /** Highest current a cell of any kind is read with, in capacities per hour. */
    private static final double MOST_PER_H = 60.0;

    private final Recording recording;
    private final RecordingClock clock;
    private final SensorRange range;
    private final double[] voltageV;
    private final double[] currentA;
    private final List<RecordingFinding> findings = new ArrayList<>();

    /** Looks through a recording of a cell of this type. */
    public RecordingScreen(Recording recording, CellType cell) {
        this.recording = recording;
        this.clock = new RecordingClock(recording);
        this.range = range(cell);
        findings.addAll(recording.findings());
        StepResponse response = new StepResponse(recording, clock, cell);
        new UnitCheck(recording, clock, cell, response, findings).check();
        if (response.turned()) {
            findings.add(new RecordingFinding(
                    Kind.SIGN_TURNED,
                    recording.name(),
                    0,
                    1,
                    "current_a and voltage_v that rise together",
                    "a voltage that falls when the discharge current, which is positive, rises; is the sign turned?"));
        }
        if (refusal().isEmpty()) {
            stamps();
            SensorCheck sensors = new SensorCheck(recording, clock, range, cell, response, findings);
            sensors.check();
            voltageV = sensors.voltageV();
            currentA = sensors.currentA();
        } else {
            voltageV = new double[0];
            currentA = new double[0];
        }
    }

    /** The usual plausibility, but for currents, which follow the size of the cell. */
    private static SensorRange range(CellType cell) {
        SensorRange usual = SensorRange.lithiumIon(new PackLayout(1, 1, 1));
        double mostA =
                Math.max(usual.current().max(), MOST_PER_H * cell.rating().capacityAh());
        return new SensorRange(
                new Plausible(-mostA, mostA, usual.current().maxJump()),
                usual.packVoltage(),
                usual.cellVoltage(),
                usual.temperature());
    }

    /** All findings, those of the reader first. */
    public List<RecordingFinding> findings() {
        return List.copyOf(findings);
    }

    /** The finding for which the recording must not be used at all, if there is one. */
    public Optional<RecordingFinding> refusal() {
        return findings.stream().filter(f -> f.kind().refused()).findFirst();
    }

    /** Current of a row as recorded, A; NaN where it was not measured or cannot be a reading. None if it is refused. */
    public double currentA(int row) {
        return currentA[row];
    }

    /** Voltage of a row as recorded, V; NaN where it was not measured or cannot be a reading. None if it is refused. */
    public double voltageV(int row) {
        return voltageV[row];
    }

    RecordingClock clock() {
        return clock;
    }

    SensorRange range() {
        return range;
    }

    private void stamps() {
        Map<RecordingClock.Stamp, Integer> first = new EnumMap<>(RecordingClock.Stamp.class);
        Map<RecordingClock.Stamp, Integer> count = new EnumMap<>(RecordingClock.Stamp.class);
        for (int k = 0; k < recording.rows(); k++) {
            first.putIfAbsent(clock.stamp(k), k);
            count.merge(clock.stamp(k), 1, Integer::sum);
        }
        stamp(
                Kind.TIME_NOT_RISING,
                RecordingClock.Stamp.NOT_RISING,
                first,
                count,
                "a time after that of the rows before");
        stamp(Kind.TIME_LEAP, RecordingClock.Stamp.LEAPING, first, count, "a time between those of its neighbours");
        stamp(Kind.CLOCK_SET, RecordingClock.Stamp.SET, first, count, "a clock that is not set back while it logs");
        gaps();
    }

    private void stamp(
            Kind kind,
            RecordingClock.Stamp stamp,
            Map<RecordingClock.Stamp, Integer> first,
            Map<RecordingClock.Stamp, Integer> count,
            String expected) {
        Integer row = first.get(stamp);
        if (row == null) {
            return;
        }
        String before = row == 0 ? "" : String.format(Locale.ROOT, " after %s", recording.timeS(row - 1));
        findings.add(new RecordingFinding(
                kind,
                recording.name(),
                recording.line(row),
                count.getOrDefault(stamp, 1),
                "time_s " + recording.timeS(row) + before,
                expected));
    }

    /** Times without a row that has both a time and a current, the longest one named. */
    private void gaps() {
        double lastS = Double.NaN;
        double longestS = 0.0;
        int atRow = 0;
        int gaps = 0;
        for (int k = 0; k < recording.rows(); k++) {
            if (Double.isNaN(clock.timeS(k)) || Double.isNaN(recording.currentA(k))) {
                continue;
            }
            double dtS = clock.timeS(k) - lastS;
            if (dtS > clock.gapS() && clock.stamp(k) != RecordingClock.Stamp.SET) {
                gaps++;
                if (dtS > longestS) {
                    longestS = dtS;
                    atRow = k;
                }
            }
            lastS = clock.timeS(k);
        }
        if (gaps > 0) {
            findings.add(new RecordingFinding(
                    Kind.GAP,
                    recording.name(),
                    recording.line(atRow),
                    gaps,
                    String.format(
                            Locale.ROOT, "%.1f s without a current before time_s %s", longestS, recording.timeS(atRow)),
                    String.format(Locale.ROOT, "a row at least every %.0f s", clock.gapS())));
        }
    }
}
