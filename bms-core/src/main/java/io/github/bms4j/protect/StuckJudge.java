package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import java.util.Arrays;

/**
 * Sensors that go on giving the very same number while what they measure must have moved.
 *
 * <p>A voltage must show a changing current, a current must show voltages that go up and down, a temperature must show that the
 * other ones moved. A single temperature sensor cannot be judged. docs/theory/protection.md derives the thresholds.
 */
final class StuckJudge implements Judge {
    /** Between two readings further apart a step of voltage need not come from the current, s. */
    private static final double LONGEST_GAP_S = 2.0;

    private final SensorSettings settings;
    private final Held cells;
    private final Held pack;
    private final Held current;
    private final Held temperatures;
    private final boolean severalTemperatures;
    private int currentMoves;
    private int voltageMoves;
    private double currentMark = Double.NaN;
    private double meanV = Double.NaN;
    private double meanGapS;
    private double lastSign;

    StuckJudge(ProtectSettings settings, PackLayout layout, FaultSet faults) {
        this.settings = settings.sensor();
        this.cells = new Held(layout.cells(), faults.record(Fault.CELL_VOLTAGE_FROZEN));
        this.pack = new Held(1, faults.record(Fault.PACK_VOLTAGE_FROZEN));
        this.current = new Held(1, faults.record(Fault.CURRENT_FROZEN));
        this.temperatures = new Held(layout.temperatureSensors(), faults.record(Fault.TEMPERATURE_FROZEN));
        this.severalTemperatures = layout.temperatureSensors() > 1;
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        watchCurrent(sample.current());
        watchVoltage(sample.cellVoltage(), dtS);
        long nanos = sample.nanos();
        cells.step(sample.cellVoltage(), currentMoves, settings.stuckMoves(), nanos, dtS);
        pack.step(sample.packVoltage(), currentMoves, settings.stuckMoves(), nanos, dtS);
        current.step(sample.current(), voltageMoves, settings.stuckMoves(), nanos, dtS);
        if (severalTemperatures) {
            temperatures.step(sample.temperature(), Double.NaN, settings.moveK(), nanos, dtS);
        }
    }

    /** Counts changes of current that every voltage shows. */
    private void watchCurrent(Channel channel) {
        if (channel.usable(0)) {
            double currentA = channel.value(0);
            if (!(Math.abs(currentA - currentMark) < settings.moveA())) {
                currentMoves++;
                currentMark = currentA;
            }
        }
    }

    /** Counts steps of the mean cell voltage against the direction of the step before; a drift goes one way only. */
    private void watchVoltage(Channel channel, double dtS) {
        meanGapS += dtS;
        if (!channel.allUsable()) {
            return;
        }
        double sumV = 0.0;
        for (int c = 0; c < channel.size(); c++) {
            sumV += channel.value(c);
        }
        double stepV = sumV / channel.size() - meanV;
        if (meanGapS <= LONGEST_GAP_S && Math.abs(stepV) >= settings.moveV() && Math.signum(stepV) != lastSign) {
            voltageMoves++;
            lastSign = Math.signum(stepV);
        }
        meanV = sumV / channel.size();
        meanGapS = 0.0;
    }

    /** The sensors of one channel, each with the number it holds and what had moved when it took it. */
    private final class Held {
        private final FaultRecord record;
        private final double[] held;
        private final long[] sinceNanos;
        private final double[] movedAt;
        private final boolean[] stirred;

        Held(int sensors, FaultRecord record) {
            this.record = record;
            this.held = new double[sensors];
            this.sinceNanos = new long[sensors];
            this.movedAt = new double[sensors];
            this.stirred = new boolean[sensors];
            Arrays.fill(held, Double.NaN);
        }

        /** @param moved how far the cause has moved; NaN for the mean of the other sensors of the channel */
        void step(Channel channel, double moved, double least, long nanos, double dtS) {
            for (int i = 0; i < held.length; i++) {
                if (channel.usable(i)) {
                    double cause = Double.isNaN(moved) ? meanOfOthers(channel, i) : moved;
                    one(i, channel.value(i), cause, least, nanos, dtS);
                }
            }
            record.seen();
            record.lowerShare(settings.suspectShare());
        }

        private void one(int i, double v, double cause, double least, long nanos, double dtS) {
            boolean moved = v != held[i];
            if (moved) {
                held[i] = v;
                sinceNanos[i] = nanos;
                movedAt[i] = cause;
            }
            boolean stuck =
                    (nanos - sinceNanos[i]) * 1e-9 >= settings.stuckS() && Math.abs(cause - movedAt[i]) >= least;
            if (stuck || stirred[i]) {
                stirred[i] = record.judge(i, stuck, !stuck, v, dtS, nanos);
            }
        }

        private double meanOfOthers(Channel channel, int i) {
            double sum = 0.0;
            int n = 0;
            for (int k = 0; k < held.length; k++) {
                if (k != i && !Double.isNaN(channel.value(k))) {
                    sum += channel.value(k);
                    n++;
                }
            }
            return sum / n;
        }
    }
}
