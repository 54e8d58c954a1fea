package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import java.util.Arrays;

/**
 * Heating too fast to come from use, and its fusion with a second sign into the warning of a thermal runaway.
 *
 * <p>The rise of a sensor is that of a first-order filter, {@code rate = (T - Tf) / tau}, exact for a ramp. One sensor that rises
 * alone may be a broken one; it is a burning cell when two neighbours rise as well, when a cell beside it falls against the others
 * or its voltage is lost, or when the sensor or a neighbour falls silent after it rose. See docs/theory/protection.md.
 */
final class RunawayJudge implements Judge {
    private static final int REACH = 2;
    private static final int LEAST_NEIGHBOURS = 2;
    private static final double BASELINE_TAU_S = 60.0;
    private static final long NEVER = Long.MIN_VALUE;

    private final TemperatureSettings settings;
    private final double lostAfterS;
    private final PackLayout layout;
    private final FaultRecord heating;
    private final FaultRecord runaway;
    private final RunawayRecord warning;
    private final Freshness freshness;
    private final double[] filteredDegC;
    private final double[] rateKPerS;
    private final long[] hotNanos;
    private final long[] firstHotNanos;
    private final long[] fellNanos;
    private final double[] baselineV;
    private final boolean[] stirred;

    RunawayJudge(ProtectSettings settings, PackLayout layout, FaultSet faults) {
        this.settings = settings.temperature();
        this.lostAfterS = settings.sensor().voltageStaleS();
        this.layout = layout;
        this.heating = faults.record(Fault.RAPID_HEATING_WARNING);
        this.runaway = faults.record(Fault.THERMAL_RUNAWAY_SAFETY);
        this.warning = faults.runaway();
        int n = layout.temperatureSensors();
        this.freshness = new Freshness(n);
        this.filteredDegC = new double[n];
        this.rateKPerS = new double[n];
        this.hotNanos = new long[n];
        this.firstHotNanos = new long[n];
        this.fellNanos = new long[n];
        this.baselineV = new double[layout.cells()];
        this.stirred = new boolean[n];
        Arrays.fill(filteredDegC, Double.NaN);
        Arrays.fill(baselineV, Double.NaN);
        Arrays.fill(hotNanos, NEVER);
        Arrays.fill(fellNanos, NEVER);
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        long nanos = sample.nanos();
        Channel t = sample.temperature();
        for (int s = 0; s < rateKPerS.length; s++) {
            if (t.usable(s)) {
                follow(s, t.value(s), freshness.takeS(s, nanos), nanos);
            }
        }
        watchVoltages(sample.cellVoltage(), dtS, nanos);
        for (int s = 0; s < rateKPerS.length; s++) {
            if (stirred[s] || recent(hotNanos[s], nanos)) {
                judge(s, t, dtS, nanos);
            }
        }
        heating.seen();
        runaway.seen();
    }

    private void follow(int s, double degC, double dtS, long nanos) {
        if (Double.isNaN(filteredDegC[s])) {
            filteredDegC[s] = degC;
        } else {
            filteredDegC[s] += dtS / (settings.rateTauS() + dtS) * (degC - filteredDegC[s]);
        }
        rateKPerS[s] = (degC - filteredDegC[s]) / settings.rateTauS();
        if (rateKPerS[s] >= settings.runawayKPerS()) {
            firstHotNanos[s] = recent(hotNanos[s], nanos) ? firstHotNanos[s] : nanos;
            hotNanos[s] = nanos;
        }
    }

    /** Remembers when a cell of a block fell against the mean of the others, or was lost to sight. */
    private void watchVoltages(Channel cells, double dtS, long nanos) {
        double sumV = 0.0;
        int n = 0;
        for (int c = 0; c < baselineV.length; c++) {
            if (cells.usable(c)) {
                sumV += cells.value(c);
                n++;
            }
        }
        double part = Double.isInfinite(dtS) ? 1.0 : dtS / (BASELINE_TAU_S + dtS);
        for (int c = 0; c < baselineV.length; c++) {
            if (cells.usable(c)) {
                double apartV = cells.value(c) - sumV / n;
                double fallV = baselineV[c] - apartV;
                if (fallV >= settings.dropV()) {
                    fellNanos[layout.sensorOfCell(c)] = nanos;
                } else {
                    baselineV[c] = Double.isNaN(baselineV[c]) ? apartV : baselineV[c] - part * fallV;
                }
            } else if (cells.beyond(c) && !Double.isNaN(baselineV[c])) {
                fellNanos[layout.sensorOfCell(c)] = nanos;
            }
        }
    }

    private void judge(int s, Channel t, double dtS, long nanos) {
        boolean fresh = t.usable(s);
        boolean hot = rateKPerS[s] >= settings.runawayKPerS() && recent(hotNanos[s], nanos);
        boolean silent = t.ageS(s, nanos) > lostAfterS;
        int rising = risingNeighbours(s);
        boolean fell = recent(fellNanos[s], nanos);
        boolean lost = (hot && silent) || lostNeighbour(s, t, nanos);
        boolean burning = hot && (rising >= LEAST_NEIGHBOURS || fell || lost);
        boolean was = runaway.standsAt(s);
        double rate = rateKPerS[s];
        boolean pending = runaway.judge(s, burning, !hot && fresh, rate, dtS, nanos);
        if (fresh) {
            pending |= heating.judge(s, hot, !hot, rate, dtS, nanos);
        }
        if (!was && runaway.standsAt(s) && !warning.given()) {
            warning.evidence(rising, fell, lost);
            warning.warn(firstHotNanos[s], nanos, s, rate, t.value(s));
        }
        stirred[s] = pending;
    }

    private int risingNeighbours(int s) {
        int rising = 0;
        for (int k = Math.max(0, s - REACH); k <= Math.min(rateKPerS.length - 1, s + REACH); k++) {
            rising += k != s && rateKPerS[k] >= settings.neighbourKPerS() ? 1 : 0;
        }
        return rising;
    }

    /** A neighbour that rose and then fell silent. */
    private boolean lostNeighbour(int s, Channel t, long nanos) {
        for (int k = Math.max(0, s - REACH); k <= Math.min(rateKPerS.length - 1, s + REACH); k++) {
            if (k != s && rateKPerS[k] >= settings.neighbourKPerS() && t.ageS(k, nanos) > lostAfterS) {
                return true;
            }
        }
        return false;
    }

    private boolean recent(long thenNanos, long nanos) {
        return thenNanos != NEVER && (nanos - thenNanos) * 1e-9 <= settings.evidenceS();
    }
}
