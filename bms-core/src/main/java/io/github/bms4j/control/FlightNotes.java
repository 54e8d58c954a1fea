package io.github.bms4j.control;

import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.FlightTopic;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.thermal.ThermalNeed;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What enters the cycle beside readings and calls, as numbers for a flight record: told when it changes, and put back when the record is
 * run again.
 *
 * <p>Thread: one. Allocation: none in {@link #look}.
 */
final class FlightNotes {
    private static final ThermalNeed[] NEEDS = ThermalNeed.values();
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final int VEHICLE = 8;
    private static final int REMOTE = 6;

    private final double[] vehicle = new double[VEHICLE];
    private final double[] contactors = new double[2 + 2 * PackGuard.JUDGED_BY_CONTACTORS.size()];
    private final double[][] remotes;
    private final double[] contactorsNow = new double[contactors.length];
    private final double[] vehicleNow = new double[VEHICLE];
    private final double[] remoteNow = new double[REMOTE];
    private final double[] told = new double[2];

    FlightNotes(int sources) {
        remotes = new double[sources * DIRECTIONS.length][REMOTE];
        for (double[] remote : remotes) {
            Arrays.fill(remote, Double.NaN);
        }
        Arrays.fill(vehicle, Double.NEGATIVE_INFINITY);
        Arrays.fill(contactors, Double.NaN);
    }

    /** Tells what has changed since the last look. */
    void look(FlightRecorder to, VehicleState state, PackGuard guard, LimitRequests requests, long nanos) {
        vehicleNow[0] = state.need.ordinal();
        vehicleNow[1] = state.connect ? 1.0 : 0.0;
        vehicleNow[2] = state.busHeld ? 1.0 : 0.0;
        vehicleNow[3] = state.balance ? 1.0 : 0.0;
        vehicleNow[4] = state.heaterW;
        vehicleNow[5] = state.bleedBoardDegC;
        vehicleNow[6] = state.ambientDegC;
        vehicleNow[7] = state.openNow ? 1.0 : 0.0;
        tell(to, FlightTopic.VEHICLE, vehicleNow, vehicle);
        if (guard.beaten()) {
            guard.left(contactorsNow);
            tell(to, FlightTopic.CONTACTORS, contactorsNow, contactors);
        }
        for (int k = 0; k < remotes.length; k++) {
            int source = k / DIRECTIONS.length;
            Direction direction = DIRECTIONS[k % DIRECTIONS.length];
            remoteNow[0] = source;
            remoteNow[1] = direction.ordinal();
            remoteNow[2] = requests.remoteA(source, direction);
            remoteNow[3] = requests.remoteW(source, direction);
            remoteNow[4] = requests.leased(source, nanos) ? 1.0 : 0.0;
            remoteNow[5] = Double.longBitsToDouble(requests.untilNanos(source));
            tell(to, FlightTopic.REMOTE, remoteNow, remotes[k]);
        }
    }

    private static void tell(FlightRecorder to, FlightTopic topic, double[] values, double[] last) {
        for (int i = 0; i < values.length; i++) {
            if (Double.doubleToRawLongBits(values[i]) != Double.doubleToRawLongBits(last[i])) {
                System.arraycopy(values, 0, last, 0, values.length);
                to.notes(topic, last);
                return;
            }
        }
    }

    /** Tells of a fault that somebody reported, or gave up. */
    void tell(FlightRecorder to, FlightTopic topic, Fault fault, boolean present) {
        told[0] = fault.dtc();
        told[1] = present ? 1.0 : 0.0;
        to.notes(topic, told);
    }

    /** Tells of work done on a new plan. */
    void tell(FlightRecorder to, int units) {
        told[0] = units;
        told[1] = 0.0;
        to.notes(FlightTopic.REPLAN, told);
    }

    /**
     * Puts a note back.
     *
     * @throws IllegalArgumentException when it says what no recorder writes
     */
    static void take(FlightTopic topic, double[] v, BatteryManager manager, PackSample sample) {
        try {
            switch (topic) {
                case VEHICLE -> takeVehicle(v, manager.vehicle());
                case CONTACTORS -> manager.contactorsLeft(v);
                case REMOTE -> takeRemote(v, manager.requests());
                case REPORT -> manager.report(fault(v[0]), v[1] == 1.0);
                case ACKNOWLEDGE -> manager.acknowledge(fault(v[0]));
                case REPLAN -> manager.replan(sample, (int) v[0]);
                case EXPECT -> manager.expectCharge(expected(v));
                case PREHEAT -> manager.preheat(sample);
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a note about " + topic + " of " + v.length + " numbers", e);
        }
    }

    /** Tells of a charge that is expected; null for none any more. */
    static void tell(FlightRecorder to, @Nullable ExpectedCharge charge) {
        double[] values = charge == null
                ? new double[0]
                : new double[] {
                    charge.arrivalS(),
                    charge.arrivalSoc(),
                    charge.leastSoc(),
                    charge.targetSoc(),
                    charge.stationW(),
                    charge.ambientDegC(),
                    charge.pricePerKwh(),
                    charge.pricePerH()
                };
        to.notes(FlightTopic.EXPECT, values);
    }

    private static @Nullable ExpectedCharge expected(double[] v) {
        return v.length == 0 ? null : new ExpectedCharge(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    }

    /** The fault with a trouble code. */
    static Fault fault(double dtc) {
        for (Fault fault : Fault.values()) {
            if (fault.dtc() == dtc) {
                return fault;
            }
        }
        throw new IllegalArgumentException("no fault has the trouble code " + (long) dtc);
    }

    private static void takeVehicle(double[] v, VehicleState to) {
        to.need = NEEDS[(int) v[0]];
        to.connect = v[1] == 1.0;
        to.busHeld = v[2] == 1.0;
        to.balance = v[3] == 1.0;
        to.heaterW = v[4];
        to.bleedBoardDegC = v[5];
        to.ambientDegC = v[6];
        to.openNow = v.length > 7 && v[7] == 1.0; // older records have seven
    }

    private static void takeRemote(double[] v, LimitRequests to) {
        int source = (int) v[0];
        if (v[4] == 1.0) {
            to.remote(source, DIRECTIONS[(int) v[1]], v[2], v[3], Double.doubleToRawLongBits(v[5]));
        } else {
            to.release(source);
        }
    }
}
