package io.github.bms4j.control;

import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.journal.DecisionDigest;
import io.github.bms4j.journal.FlightException;
import io.github.bms4j.journal.FlightReader;
import io.github.bms4j.journal.FlightTopic;
import io.github.bms4j.journal.RecordText;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a flight record again: a new battery manager with the recorded settings gets every recorded input, and each recorded digest is
 * held against what it decides now.
 *
 * <p>The same code gives the same bits on every processor; a deviation says that the code, the settings or the record is another. Thread: one.
 * Allocates.
 */
public final class FlightReplay {
    private final FlightReader reader;
    private final BatterySettings settings;
    private final BatteryManager manager;
    private final Watcher watcher;

    private long cycles;
    private long digests;
    private long deviations;
    private double firstS = Double.NaN;
    private double lastS = Double.NaN;
    private double deviatedAtS = Double.NaN;
    private String deviation = "";

    /** Watches the incident unfold. */
    @FunctionalInterface
    public interface Watcher {
        /** A cycle whose decisions were recorded: once a second, and at the end. */
        void decided(BatteryManager manager, PackSample sample, boolean identical);
    }

    /**
     * What came of it.
     *
     * @param cycles control cycles run
     * @param digests recorded decisions compared
     * @param deviations how many of them came out otherwise
     * @param firstS time of the first sample, s
     * @param lastS time of the last one, s
     * @param deviatedAtS time of the first deviation, s; NaN without one
     * @param deviation what deviated first: estimate, limits, demand, or a call that was refused; empty without one
     * @param end how the record ended: empty in order, otherwise where it was cut or damaged
     */
    public record Outcome(
            long cycles,
            long digests,
            long deviations,
            double firstS,
            double lastS,
            double deviatedAtS,
            String deviation,
            String end) {
        /** Whether every recorded decision came out to the same bit. */
        public boolean identical() {
            return deviations == 0;
        }
    }

    /** What makes a manager from recorded settings refuse them. */
    private static final class RefusedCall extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedCall(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Reads the head of a record and makes the manager.
     *
     * @param name how messages call the record
     * @param in the record; not closed
     * @param watcher sees each cycle that is compared
     * @throws IOException when it is no record that this version can run; one line
     */
    public FlightReplay(String name, InputStream in, Watcher watcher) throws IOException {
        this.watcher = watcher;
        reader = new FlightReader(name, in);
        try {
            settings = RecordText.read(BatterySettings.class, reader.settings());
            SocEstimator estimator =
                    Estimators.create(reader.estimator(), settings.cell(), settings.layout(), settings.noise());
            manager = new BatteryManager(settings, estimator);
        } catch (IllegalArgumentException e) {
            throw new FlightException(name, "settings this version cannot run (" + e.getMessage() + ")", "its own", e);
        }
    }

    /** The settings that were recorded. */
    public BatterySettings settings() {
        return settings;
    }

    /**
     * Runs the record to its end, or to where it was cut or damaged.
     *
     * @throws IOException when the stream fails, or the record says what no recorder writes
     */
    public Outcome run() throws IOException {
        String end;
        try {
            reader.run(settings.cell(), settings.layout(), new Calls());
            end = reader.end();
        } catch (RefusedCall e) {
            deviates("a call that was refused now: " + e.getMessage());
            end = "left at the refused call";
        }
        return new Outcome(cycles, digests, deviations, firstS, lastS, deviatedAtS, deviation, end);
    }

    private void deviates(String what) {
        deviations++;
        if (deviations == 1) {
            deviatedAtS = lastS;
            deviation = what;
        }
    }

    /** The recorded calls, made again. */
    private final class Calls implements FlightReader.Calls {
        /** What was accepted when it was recorded must not throw now: that is a deviation, not a broken record. */
        private void made(Runnable call) {
            try {
                call.run();
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new RefusedCall(e);
            }
        }

        @Override
        public void start(double soc, double sigma) {
            made(() -> manager.start(soc, sigma));
        }

        @Override
        public void restore(Restart restart) {
            made(() -> manager.restore(restart));
        }

        @Override
        public void startCapacity(int cell, double capacityAh, double sigmaAh) {
            made(() -> manager.startCapacity(cell, capacityAh, sigmaAh));
        }

        @Override
        public void step(PackSample sample, PackSignals signals, @Nullable StationState station) {
            cycles++;
            lastS = sample.nanos() * 1e-9;
            firstS = cycles == 1 ? lastS : firstS;
            made(() -> {
                if (signals.begun()) {
                    manager.step(sample, signals, station == null ? manager.unplugged() : station);
                } else {
                    manager.step(sample, station == null ? manager.unplugged() : station);
                }
            });
        }

        @Override
        public void digest(PackSample sample, long estimate, long limits, long demand) {
            digests++;
            String what = "";
            if (DecisionDigest.of(manager.estimate()) != estimate) {
                what = "estimate";
            } else if (DecisionDigest.of(manager.limits()) != limits) {
                what = "limits";
            } else if (DecisionDigest.of(manager.demand()) != demand) {
                what = "demand";
            }
            if (!what.isEmpty()) {
                deviates(what);
            }
            watcher.decided(manager, sample, what.isEmpty());
        }

        @Override
        public void plugIn(ChargeNeed need, StationOffer offer, double ambientDegC, PackSample sample) {
            made(() -> manager.plugIn(need, offer, ambientDegC, sample));
        }

        @Override
        public void unplug() {
            made(manager::unplug);
        }

        @Override
        public void offer(StationOffer offer) {
            made(() -> manager.offer(offer));
        }

        @Override
        public void need(ChargeNeed need) {
            made(() -> manager.need(need));
        }

        @Override
        public void site(SiteSeries site) {
            made(() -> manager.site(site));
        }

        @Override
        public void note(FlightTopic topic, double[] values, PackSample sample) {
            made(() -> FlightNotes.take(topic, values, manager, sample));
        }

        @Override
        public void replan(PackSample sample) {
            made(() -> manager.replan(sample));
        }
    }
}
