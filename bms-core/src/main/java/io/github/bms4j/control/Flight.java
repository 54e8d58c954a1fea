package io.github.bms4j.control;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.FlightTopic;
import io.github.bms4j.journal.RecordText;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.protect.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The battery manager's line to its flight recorder: every input is told here, and it goes nowhere while nothing is recorded.
 *
 * <p>Thread: one. Allocation: none per step.
 */
final class Flight {
    private static final double[] NOTHING = {};

    private final BatterySettings settings;
    private final FlightNotes notes;
    private @Nullable FlightRecorder recorder;

    Flight(BatterySettings settings) {
        this.settings = settings;
        this.notes = new FlightNotes(settings.equipment().remotes().size());
    }

    BatterySettings settings() {
        return settings;
    }

    void record(FlightRecorder newRecorder, String estimator) {
        newRecorder.open(RecordText.write(settings), estimator);
        recorder = newRecorder;
    }

    void end(PackEstimate estimate, PackLimits limits, ChargeDemand demand) {
        if (recorder != null) {
            recorder.end(estimate, limits, demand);
            recorder = null;
        }
    }

    void starts(double soc, double sigma) {
        if (recorder != null) {
            recorder.starts(soc, sigma);
        }
    }

    void restores(Restart restart) {
        if (recorder != null) {
            recorder.restores(restart);
        }
    }

    void startsCapacity(int cell, double capacityAh, double sigmaAh) {
        if (recorder != null) {
            recorder.startsCapacity(cell, capacityAh, sigmaAh);
        }
    }

    /** A cycle begins; without a station if that is null. */
    void steps(
            VehicleState vehicle, PackGuard guard, LimitRequests requests, long nanos, @Nullable StationState station) {
        if (recorder != null) {
            notes.look(recorder, vehicle, guard, requests, nanos);
            recorder.steps(station);
        }
    }

    void decided(PackEstimate estimate, PackLimits limits, ChargeDemand demand) {
        if (recorder != null) {
            recorder.decided(estimate, limits, demand);
        }
    }

    void reports(Fault fault, boolean present) {
        if (recorder != null) {
            notes.tell(recorder, FlightTopic.REPORT, fault, present);
        }
    }

    void acknowledges(Fault fault) {
        if (recorder != null) {
            notes.tell(recorder, FlightTopic.ACKNOWLEDGE, fault, true);
        }
    }

    void plugsIn(ChargeNeed need, StationOffer offer, double ambientDegC) {
        if (recorder != null) {
            recorder.plugsIn(need, offer, ambientDegC);
        }
    }

    void unplugs() {
        if (recorder != null) {
            recorder.unplugs();
        }
    }

    void offers(StationOffer offer) {
        if (recorder != null) {
            recorder.offers(offer);
        }
    }

    void needs(ChargeNeed need) {
        if (recorder != null) {
            recorder.needs(need);
        }
    }

    void spares(SiteSeries site) {
        if (recorder != null) {
            recorder.spares(site);
        }
    }

    void expects(@Nullable ExpectedCharge charge) {
        if (recorder != null) {
            FlightNotes.tell(recorder, charge);
        }
    }

    void preheats() {
        if (recorder != null) {
            recorder.notes(FlightTopic.PREHEAT, NOTHING);
        }
    }

    void replans() {
        if (recorder != null) {
            recorder.replans();
        }
    }

    void replans(int units) {
        if (recorder != null) {
            notes.tell(recorder, units);
        }
    }
}
