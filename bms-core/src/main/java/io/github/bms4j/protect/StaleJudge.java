package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import org.jspecify.annotations.Nullable;

/**
 * Age and range of every reading. Silence needs no debouncing, it has lasted when it is noticed; but only fresh readings end it.
 * A sensor that was never read is waited for during the start.
 */
final class StaleJudge implements Judge {
    private final SensorSettings settings;
    private final Watch current;
    private final Watch cells;
    private final Watch temperatures;
    private final @Nullable Watch pack;
    private double upS;

    StaleJudge(ProtectSettings settings, PackLayout layout, FaultSet faults) {
        SensorSettings s = settings.sensor();
        this.settings = s;
        this.current = new Watch(
                1,
                s.currentStaleS(),
                s.rampS(),
                faults,
                Fault.CURRENT_STALE_WARNING,
                Fault.CURRENT_STALE_SAFETY,
                Fault.CURRENT_OUT_OF_RANGE);
        this.cells = new Watch(
                layout.cells(),
                s.voltageStaleS(),
                s.rampS(),
                faults,
                Fault.CELL_VOLTAGE_STALE_WARNING,
                Fault.CELL_VOLTAGE_STALE_SAFETY,
                Fault.CELL_VOLTAGE_OUT_OF_RANGE);
        this.temperatures = new Watch(
                layout.temperatureSensors(),
                s.temperatureStaleS(),
                s.temperatureRampS(),
                faults,
                Fault.TEMPERATURE_STALE_WARNING,
                Fault.TEMPERATURE_STALE_SAFETY,
                Fault.TEMPERATURE_OUT_OF_RANGE);
        this.pack = settings.signal().equipment().packVoltage()
                ? new Watch(
                        1,
                        s.voltageStaleS(),
                        s.rampS(),
                        faults,
                        Fault.PACK_VOLTAGE_STALE_WARNING,
                        null,
                        Fault.PACK_VOLTAGE_OUT_OF_RANGE)
                : null;
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        long nanos = sample.nanos();
        upS += Double.isInfinite(dtS) ? 0.0 : dtS;
        current.step(sample.current(), nanos, dtS);
        cells.step(sample.cellVoltage(), nanos, dtS);
        temperatures.step(sample.temperature(), nanos, dtS);
        if (pack != null) {
            pack.step(sample.packVoltage(), nanos, dtS);
        }
    }

    /** The sensors of one channel. */
    private final class Watch {
        private final double staleS;
        private final double rampS;
        private final FaultRecord stale;
        private final @Nullable FaultRecord lost;
        private final FaultRecord range;
        private final boolean[] stirred;

        Watch(
                int sensors,
                double staleS,
                double rampS,
                FaultSet faults,
                Fault stale,
                @Nullable Fault lost,
                Fault range) {
            this.staleS = staleS;
            this.rampS = rampS;
            this.stale = faults.record(stale);
            this.lost = lost == null ? null : faults.record(lost);
            this.range = faults.record(range);
            this.stirred = new boolean[sensors];
        }

        void step(Channel channel, long nanos, double dtS) {
            double oldestS = 0.0;
            for (int i = 0; i < stirred.length; i++) {
                boolean fresh = channel.usable(i);
                if (stirred[i] || !fresh) {
                    double ageS = silenceS(channel, i, nanos);
                    oldestS = Math.max(oldestS, ageS);
                    stirred[i] = judge(channel, i, fresh, ageS, dtS, nanos);
                }
            }
            stale.seen();
            range.seen();
            if (lost != null) {
                lost.seen();
            }
            stale.lowerShare(1.0 - (oldestS - staleS) / rampS);
            range.lowerShare(settings.suspectShare());
        }

        private double silenceS(Channel channel, int i, long nanos) {
            double ageS = channel.ageS(i, nanos);
            return Double.isInfinite(ageS) ? upS - settings.startGraceS() : ageS;
        }

        private boolean judge(Channel channel, int i, boolean fresh, double ageS, double dtS, long nanos) {
            boolean pending = stale.judge(i, ageS > staleS, fresh, ageS, dtS, nanos);
            if (lost != null) {
                pending |= lost.judge(i, ageS > staleS + rampS, fresh, ageS, dtS, nanos);
            }
            if (fresh || channel.beyond(i)) {
                pending |= range.judge(i, channel.beyond(i), fresh, channel.value(i), dtS, nanos);
            }
            return pending;
        }
    }
}
