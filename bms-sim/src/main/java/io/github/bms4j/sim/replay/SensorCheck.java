package io.github.bms4j.sim.replay;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Readings that cannot be: out of range, spikes, and sensors that stand still.
 *
 * <p>Current and voltage of a cell watch each other: a step of the current moves the voltage by about its resistance, and
 * nothing else moves it within a row. So a voltage that leaves without a current and comes back is a spike, if it stays away a
 * jump: nobody knows which side is right, so both are left; a current that the voltage does not answer is a spike as well; a voltage that stays the same to the last digit under changing current is stuck, as is
 * a current under a voltage that jumps to and fro. Constant current and rest are neither: there the voltage moves one way.
 */
final class SensorCheck {
    /** What a voltage may move without a current, V: the knee of a curve, a sample that came a row late. */
    private static final double FREE_V = 0.15;

    /** Times the ohmic step that a voltage may answer: polarisation, samples not taken together. */
    private static final double ANSWER = 1.5;

    /** A voltage answers a step of the current at least by this share of its ohmic step. */
    private static final double LEAST_ANSWER = 0.2;

    /** Only currents above this are seen as spikes, in capacities an hour. */
    private static final double SPIKE_PER_H = 3.0;

    /** A reading that is back within so many rows was a spike. */
    private static final int SPIKE_ROWS = 3;

    /** Before and after a jump the voltage moves by less than this share of it. */
    private static final double SHARP = 0.25;

    private static final int STUCK_ROWS = 10;
    private static final double RESTLESS_V = 0.03;
    private static final int RESTLESS_TIMES = 3;

    /** Rows further apart than this say little about a jump, s: a voltage can fall off its knee within ten. */
    private static final double NEAR_S = 3.0;

    private final Recording recording;
    private final RecordingClock clock;
    private final SensorRange range;
    private final double capacityAh;
    private final double ohm;
    private final double highOhm;
    private final double[] v;
    private final double[] a;
    private final List<RecordingFinding> findings;

    SensorCheck(
            Recording recording,
            RecordingClock clock,
            SensorRange range,
            CellType cell,
            StepResponse response,
            List<RecordingFinding> findings) {
        this.recording = recording;
        this.clock = clock;
        this.range = range;
        this.capacityAh = cell.rating().capacityAh();
        this.ohm = response.ohm();
        this.highOhm = response.highOhm();
        this.findings = findings;
        this.v = new double[recording.rows()];
        this.a = new double[recording.rows()];
        Arrays.setAll(v, recording::voltageV);
        Arrays.setAll(a, recording::currentA);
    }

    /** Voltages that are left, V; NaN where there is none. */
    double[] voltageV() {
        return v;
    }

    /** Currents that are left, A; NaN where there is none. */
    double[] currentA() {
        return a;
    }

    /** Each kind is withheld before the next is looked for, so that one flaw is not taken for two. */
    void check() {
        outOfRange("current_a", a, range.current(), true);
        outOfRange("voltage_v", v, range.cellVoltage(), true);
        double[] temperatureDegC = new double[v.length];
        Arrays.setAll(temperatureDegC, recording::temperatureDegC);
        outOfRange("temperature_c", temperatureDegC, range.temperature(), false);
        double finestV = finestV();
        stuckVoltage(Math.max(RESTLESS_V, 10.0 * finestV));
        stuckCurrent(Math.max(RESTLESS_V, 10.0 * finestV));
        currentSpikes();
        voltageSpikesAndJumps();
    }

    private double dV(int k) {
        return v[k] - v[k - 1];
    }

    private double dA(int k) {
        return a[k] - a[k - 1];
    }

    private boolean near(int k, double withinS) {
        return clock.timeS(k) - clock.timeS(k - 1) <= withinS;
    }

    private void outOfRange(String column, double[] values, Plausible plausible, boolean withhold) {
        Rows rows = new Rows(column, values);
        double before = Double.NaN;
        for (int k = 0; k < values.length; k++) {
            double value = values[k];
            if (value < plausible.min() || value > plausible.max() || Math.abs(value - before) > plausible.maxJump()) {
                rows.add(k);
                values[k] = withhold ? Double.NaN : value;
            }
            before = value;
        }
        String jump = plausible.maxJump() < Double.POSITIVE_INFINITY
                ? String.format(Locale.ROOT, ", no %.0f from one row to the next", plausible.maxJump())
                : "";
        String expected =
                String.format(Locale.ROOT, "readings within %.4g and %.4g%s", plausible.min(), plausible.max(), jump);
        add(Kind.OUT_OF_RANGE, rows, expected);
    }

    /** The smallest step between two voltages: the resolution, or what is left of it, V. */
    private double finestV() {
        double finest = Double.POSITIVE_INFINITY;
        for (int k = 1; k < v.length; k++) {
            double step = Math.abs(dV(k));
            if (step > 1e-9) {
                finest = Math.min(finest, step);
            }
        }
        return finest == Double.POSITIVE_INFINITY ? 0.0 : finest;
    }

    private void stuckVoltage(double stepV) {
        Rows rows = new Rows("voltage_v standing at", v);
        for (int from = 0, to = 1; from < v.length; from = to, to = from + 1) {
            while (to < v.length && v[to] == v[from]) {
                to++;
            }
            if (to - from >= STUCK_ROWS && driven(from, to, stepV)) {
                rows.withhold(from, to);
            }
        }
        add(Kind.STUCK, rows, "a voltage that answers the current");
    }

    private void stuckCurrent(double stepV) {
        Rows rows = new Rows("current_a standing at", a);
        for (int from = 0, to = 1; from < a.length; from = to, to = from + 1) {
            while (to < a.length && a[to] == a[from]) {
                to++;
            }
            if (to - from >= STUCK_ROWS && restless(from, to, stepV)) {
                rows.withhold(from, to);
            }
        }
        add(Kind.STUCK, rows, "a current that moves with the voltage");
    }

    /** Whether the current steps up several times and down several times, and stays, by what would move the voltage. */
    private boolean driven(int from, int to, double stepV) {
        return toAndFro(a, from, to, stepV / ohm);
    }

    /** Whether the voltage jumps up several times and down several times, and stays. */
    private boolean restless(int from, int to, double stepV) {
        return toAndFro(v, from, to, stepV);
    }

    private boolean toAndFro(double[] values, int from, int to, double step) {
        int up = 0;
        int down = 0;
        for (int k = from + 1; k < to; k++) {
            double by = values[k] - values[k - 1];
            boolean stays = !reverses(values, k - 1, by) && !reverses(values, k + 1, by);
            if (Math.abs(by) > step && stays && near(k, clock.gapS())) {
                up += by > 0.0 ? 1 : 0;
                down += by < 0.0 ? 1 : 0;
            }
        }
        return Math.min(up, down) >= RESTLESS_TIMES;
    }

    /** Whether most of a step is undone by the one into row k. */
    private static boolean reverses(double[] values, int k, double by) {
        double other = k < 1 || k >= values.length ? Double.NaN : values[k] - values[k - 1];
        return other * by < 0.0 && Math.abs(other) > 0.5 * Math.abs(by);
    }

    /** There and back again, and the voltage stands still before, then and after. */
    private void currentSpikes() {
        Rows rows = new Rows("current_a", a);
        for (int k = 1; k + 2 < a.length; k++) {
            double least = Math.min(Math.abs(dA(k)), Math.abs(dA(k + 1)));
            double moved = Math.max(Math.abs(dV(k)), Math.max(Math.abs(dV(k + 1)), Math.abs(dV(k + 2))));
            if (dA(k) * dA(k + 1) < 0.0
                    && least >= SPIKE_PER_H * capacityAh
                    && moved < LEAST_ANSWER * ohm * least
                    && near(k, NEAR_S)
                    && near(k + 1, NEAR_S)) {
                rows.withhold(k, k + 1);
            }
        }
        add(Kind.SPIKE, rows, "a current that the voltage answers");
    }

    /** A voltage that leaves further than free or answered: back soon it was a spike, otherwise a jump. */
    private void voltageSpikesAndJumps() {
        Rows spikes = new Rows("voltage_v", v);
        Rows jumps = new Rows("voltage_v", v);
        for (int k = 1; k < v.length; k++) {
            double leapV = dV(k) + ohm * dA(k);
            if (near(k, clock.gapS()) && Math.abs(leapV) > free(k, 1)) {
                int rows = spikeRows(k);
                if (rows > 0) {
                    spikes.withhold(k, k + rows);
                    k += rows;
                } else if (sharp(k, Math.abs(leapV))) {
                    jumps.add(k);
                }
            }
        }
        add(Kind.SPIKE, spikes, "a voltage near those of its neighbours, or a current that moves it");
        add(Kind.OFFSET_JUMP, jumps, "a voltage that steps only with the current");
    }

    /** Whether the voltage stood before and after a leap; at the knee of a curve it falls ever faster instead. */
    private boolean sharp(int k, double leapV) {
        return k > 1
                && k + 1 < v.length
                && near(k, NEAR_S)
                && Math.abs(dV(k - 1) + ohm * dA(k - 1)) < SHARP * leapV
                && Math.abs(dV(k + 1) + ohm * dA(k + 1)) < SHARP * leapV;
    }

    /** Rows after which the voltage is back where it left, 0 if it is not. */
    private int spikeRows(int k) {
        for (int rows = 1; rows <= SPIKE_ROWS && k + rows < v.length; rows++) {
            double away = v[k + rows] - v[k - 1] + ohm * (a[k + rows] - a[k - 1]);
            if (near(k + rows, clock.gapS()) && Math.abs(away) < 0.5 * Math.abs(dV(k) + ohm * dA(k))) {
                return rows;
            }
        }
        return 0;
    }

    /** What the voltage may move between row k - 1 and k: freely, and by currents that moved just before, then or just after. */
    private double free(int k, int around) {
        double moving = 0.0;
        for (int j = Math.max(1, k - around); j <= Math.min(a.length - 1, k + around); j++) {
            moving += Math.abs(dA(j));
        }
        return FREE_V + 2.0 * ANSWER * highOhm * moving;
    }

    private void add(Kind kind, Rows rows, String expected) {
        if (!rows.set.isEmpty()) {
            int first = rows.set.nextSetBit(0);
            findings.add(new RecordingFinding(
                    kind,
                    recording.name(),
                    recording.line(first),
                    rows.set.cardinality(),
                    String.format(
                            Locale.ROOT, "%s %s at time_s %s", rows.what, rows.firstValue, recording.timeS(first)),
                    expected));
        }
    }

    /** Rows with the same finding. */
    private static final class Rows {
        private final String what;
        private final double[] values;
        private final BitSet set = new BitSet();
        private double firstValue = Double.NaN;

        Rows(String what, double[] values) {
            this.what = what;
            this.values = values;
        }

        void add(int row) {
            if (set.isEmpty()) {
                firstValue = values[row];
            }
            set.set(row);
        }

        void withhold(int from, int to) {
            add(from);
            set.set(from, to);
            Arrays.fill(values, from, to, Double.NaN);
        }
    }
}
