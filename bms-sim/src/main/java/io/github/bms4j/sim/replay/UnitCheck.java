package io.github.bms4j.sim.replay;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Holds the size of every quantity against the cell: a thousand times too much is another unit, not a cell. */
final class UnitCheck {
    /** No cell is used for long beyond this many capacities an hour. */
    private static final double MOST_PER_H = 50.0;

    /** No recording has this many capacities between its least and most charge, even if it is of discharges alone. */
    private static final double MOST_SWING = 150.0;

    /** No voltage answers a step of the current by less than this share of the resistance in the cell file. */
    private static final double LEAST_SHARE = 0.01;

    /** Rows of a log in milliseconds look at least this much apart, s, as {@link RecordingClock#gapS} counts. */
    private static final double MILLIS_GAP_S = 270.0;

    /** By how much the voltages of nine rows in ten may leave the rating, V: cycling limits differ from data sheets. */
    private static final double OUTSIDE_V = 0.1;

    /** Below this a sense wire is open, V. */
    private static final double DEAD_V = 0.5;

    private static final double KELVIN_FROM = 150.0;
    private static final double PERCENT_FROM = 1.5;

    private final Recording recording;
    private final RecordingClock clock;
    private final CellType cell;
    private final StepResponse response;
    private final List<RecordingFinding> findings;

    UnitCheck(
            Recording recording,
            RecordingClock clock,
            CellType cell,
            StepResponse response,
            List<RecordingFinding> findings) {
        this.recording = recording;
        this.clock = clock;
        this.cell = cell;
        this.response = response;
        this.findings = findings;
    }

    void check() {
        double lowV = 0.5 * cell.rating().minV();
        double highV = 1.25 * cell.rating().maxV();
        double midV = middle(recording::voltageV, 0.5);
        if (midV < lowV || midV > highV) {
            boolean milli = midV / 1000.0 >= lowV && midV / 1000.0 <= highV;
            refuse(
                    format("voltage_v around %.4g", midV),
                    format(
                            "volts of one cell between %.3f and %.3f%s",
                            cell.rating().minV(), cell.rating().maxV(), milli ? "; are these millivolts?" : ""));
        } else {
            window();
        }
        double highA = middle(k -> Math.abs(recording.currentA(k)), 0.99);
        double mostA = MOST_PER_H * cell.rating().capacityAh();
        double swing = swing();
        if (highA > mostA || response.share() < LEAST_SHARE || (swing > MOST_SWING && clock.gapS() < MILLIS_GAP_S)) {
            refuse(
                    format("current_a up to %.4g", highA),
                    format(
                            "amperes of a cell of %.3f Ah, at most %.0f; are these milliamperes?",
                            cell.rating().capacityAh(), mostA));
        } else if (swing > MOST_SWING) {
            refuse(
                    format("time_s over which %.0f capacities would have been moved", swing),
                    format("seconds, and at most %.0f capacities; are these milliseconds?", MOST_SWING));
        }
        double midDegC = middle(recording::temperatureDegC, 0.5);
        if (midDegC > KELVIN_FROM) {
            refuse(format("temperature_c around %.4g", midDegC), "degrees Celsius; are these kelvin?");
        }
        double midSoc = middle(recording::socRef, 0.9);
        if (midSoc > PERCENT_FROM) {
            refuse(format("soc_ref around %.4g", midSoc), "a SOC between 0 and 1; are these percent?");
        }
    }

    /** Rare voltages outside the rating are the cell's own affair, frequent ones belong to another cell. */
    private void window() {
        IntToDoubleFunction living = k -> recording.voltageV(k) >= DEAD_V ? recording.voltageV(k) : Double.NaN;
        double low = middle(living, 0.05);
        double high = middle(living, 0.95);
        if (low < cell.rating().minV() - OUTSIDE_V || high > cell.rating().maxV() + OUTSIDE_V) {
            findings.add(new RecordingFinding(
                    Kind.OTHER_CELL,
                    recording.name(),
                    0,
                    1,
                    format("voltage_v mostly from %.3f to %.3f", low, high),
                    format(
                            "it within %.3f and %.3f V, the rating in the cell file; is it another cell's?",
                            cell.rating().minV(), cell.rating().maxV())));
        }
    }

    /** Most charge moved one way, in capacities. */
    private double swing() {
        double q = 0.0;
        double low = 0.0;
        double high = 0.0;
        double lastS = Double.NaN;
        double lastA = Double.NaN;
        for (int k = 0; k < recording.rows(); k++) {
            double a = recording.currentA(k);
            if (Double.isNaN(clock.timeS(k)) || Double.isNaN(a)) {
                continue;
            }
            if (clock.timeS(k) - lastS <= clock.gapS()) {
                q += 0.5
                        * (lastA + a)
                        * (clock.timeS(k) - lastS)
                        / (3600.0 * cell.rating().capacityAh());
                low = Math.min(low, q);
                high = Math.max(high, q);
            }
            lastS = clock.timeS(k);
            lastA = a;
        }
        return high - low;
    }

    /** The value below which a share of all measured values lies; NaN if none was measured. */
    private double middle(IntToDoubleFunction value, double share) {
        double[] values = new double[recording.rows()];
        int n = 0;
        for (int k = 0; k < values.length; k++) {
            double v = value.applyAsDouble(k);
            if (!Double.isNaN(v)) {
                values[n++] = v;
            }
        }
        Arrays.sort(values, 0, n);
        return n == 0 ? Double.NaN : values[Math.min(n - 1, (int) (share * n))];
    }

    private void refuse(String found, String expected) {
        findings.add(new RecordingFinding(Kind.UNIT, recording.name(), 0, 1, found, expected));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
