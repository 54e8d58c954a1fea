package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which faults stand, since when, and what they leave of the pack.
 *
 * <p>Shares lie in [0, 1]: limits are multiplied by them. Until every fitted sensor was read once they are 0 and nothing may
 * close; no fault is needed for that. Thread: one. Allocation: none, but in {@link #text}.
 */
public final class FaultSet {
    /** Index of no sensor: the fault belongs to the pack, or stands nowhere. */
    public static final int NOWHERE = -1;

    private static final Fault[] FAULTS = Fault.values();

    private final FaultRecord[] records = new FaultRecord[FAULTS.length];
    private final FreezeFrame[] frames = new FreezeFrame[FAULTS.length];
    private final FrameRing ring = new FrameRing(FAULTS.length);
    private final RunawayRecord runaway = new RunawayRecord();
    private final Fault[] standing = new Fault[FAULTS.length];
    private int count;
    private boolean known;
    private double chargeShare;
    private double dischargeShare;
    private @Nullable Fault chargeCause;
    private @Nullable Fault dischargeCause;
    private boolean zero = true;
    private boolean open;
    private boolean inhibited = true;

    FaultSet(ProtectSettings settings, PackLayout layout) {
        for (Fault f : FAULTS) {
            records[f.ordinal()] = new FaultRecord(f, settings.delay(f), sensors(f.kind(), layout));
            frames[f.ordinal()] = new FreezeFrame();
        }
    }

    private static int sensors(FaultKind kind, PackLayout layout) {
        return switch (kind) {
            case CELL_OVERVOLTAGE, CELL_UNDERVOLTAGE, CELL_VOLTAGE_RANGE, CELL_VOLTAGE_JUMP, CELL_VOLTAGE_STUCK ->
                layout.cells();
            case CELL_VOLTAGE_STALE -> layout.cells();
            case CHARGE_OVERTEMPERATURE, CHARGE_UNDERTEMPERATURE -> layout.temperatureSensors();
            case DISCHARGE_OVERTEMPERATURE, DISCHARGE_UNDERTEMPERATURE -> layout.temperatureSensors();
            case RAPID_HEATING, THERMAL_RUNAWAY -> layout.temperatureSensors();
            case TEMPERATURE_RANGE, TEMPERATURE_JUMP, TEMPERATURE_STUCK, TEMPERATURE_STALE ->
                layout.temperatureSensors();
            default -> 1;
        };
    }

    FaultRecord record(Fault fault) {
        return records[fault.ordinal()];
    }

    FaultRecord[] records() {
        return records;
    }

    FrameRing ring() {
        return ring;
    }

    /** Begins the frames of what was raised in this cycle and goes on with those that are being filled. */
    void keepFrames(long nanos) {
        boolean due = ring.due(nanos);
        for (int f = 0; f < records.length; f++) {
            boolean raised = records[f].takeRaised();
            if (raised) {
                frames[f].begin(ring, f);
            }
            if (raised || (due && frames[f].filling())) {
                frames[f].append(nanos, ring, FrameRing.PRESENT, records[f].value());
            }
        }
        if (due) {
            ring.keep(records);
        }
    }

    /** Works out what the standing faults leave. */
    void react(boolean allKnown, boolean atStandstill) {
        known = allKnown;
        chargeShare = known ? 1.0 : 0.0;
        dischargeShare = chargeShare;
        chargeCause = null;
        dischargeCause = null;
        zero = !known;
        open = false;
        inhibited = !known;
        count = 0;
        for (FaultRecord record : records) {
            if (record.stands()) {
                standing[count] = record.fault();
                count++;
                take(record, atStandstill);
            } else if (record.state() == FaultState.PENDING) {
                inhibited |= record.fault().reaction().inhibitsClosing();
            }
        }
    }

    private void take(FaultRecord record, boolean atStandstill) {
        Reaction reaction = record.fault().reaction();
        double share = reaction.stops() ? 0.0 : record.share();
        if (reaction.charge() && lower(share, chargeShare, record.fault(), chargeCause)) {
            chargeShare = share;
            chargeCause = record.fault();
        }
        if (reaction.discharge() && lower(share, dischargeShare, record.fault(), dischargeCause)) {
            dischargeShare = share;
            dischargeCause = record.fault();
        }
        zero |= reaction.stops() && reaction.charge() && reaction.discharge();
        open |= reaction == Reaction.OPEN || (reaction == Reaction.OPEN_AT_STANDSTILL && atStandstill);
        inhibited |= reaction.inhibitsClosing();
    }

    /** Whether a share is less than the least so far, or as little for a graver reason. */
    private static boolean lower(double share, double least, Fault fault, @Nullable Fault cause) {
        return share < least || (share == least && cause != null && fault.tier().compareTo(cause.tier()) > 0);
    }

    /** Share of the charge limits that is left, 0…1. */
    public double chargeShare() {
        return chargeShare;
    }

    /** Share of the discharge limits that is left, 0…1. */
    public double dischargeShare() {
        return dischargeShare;
    }

    /** The fault that set {@link #chargeShare}; null when none did. */
    public @Nullable Fault chargeCause() {
        return chargeCause;
    }

    /** The fault that set {@link #dischargeShare}; null when none did. */
    public @Nullable Fault dischargeCause() {
        return dischargeCause;
    }

    /** Whether no current must be asked for in either direction. */
    public boolean zeroRequested() {
        return zero;
    }

    /** Whether contactors must open; those who open them see to the current first where there is time. */
    public boolean openRequested() {
        return open;
    }

    /**
     * Whether open contactors may close: everything fitted was read, and no fault that stands forbids it, nor one that is pending, so
     * that nothing closes into a fault of the first moment.
     */
    public boolean mayClose() {
        return !inhibited;
    }

    /** Whether every fitted sensor was read at least once. */
    public boolean known() {
        return known;
    }

    /** Number of standing faults. */
    public int count() {
        return count;
    }

    /** One of the standing faults, in the order of the table; {@code i} from 0 to {@link #count} exclusive. */
    public Fault standing(int i) {
        if (i < 0 || i >= count) {
            throw new IndexOutOfBoundsException("standing fault " + i + " of " + count);
        }
        return standing[i];
    }

    /** Where a fault stands. */
    public FaultState state(Fault fault) {
        return record(fault).state();
    }

    /** When a fault was set last, monotonic nanoseconds; meaningless while it never was. */
    public long sinceNanos(Fault fault) {
        return record(fault).sinceNanos();
    }

    /** Cell or temperature sensor where a fault stands; {@link #NOWHERE} while it does not, 0 for one of the whole pack. */
    public int where(Fault fault) {
        return record(fault).where();
    }

    /** Reading that a fault was judged by last, in its own unit; NaN while never judged. */
    public double value(Fault fault) {
        return record(fault).value();
    }

    /** How often a fault was set. */
    public int occurrences(Fault fault) {
        return record(fault).occurrences();
    }

    /** Share of the limits that a fault leaves; 1 unless it stands and derates. */
    public double share(Fault fault) {
        return record(fault).share();
    }

    /** Half a minute before and after the latest occurrence of a fault. */
    public FreezeFrame frame(Fault fault) {
        return frames[fault.ordinal()];
    }

    /** The warning of a burning cell. */
    public RunawayRecord runaway() {
        return runaway;
    }

    /** What stands, in one line: {@code P1B0317 cell voltage high (safety) at 7: 4.271}; "none" for nothing. Allocates. */
    public String text() {
        if (count == 0) {
            return known ? "none" : "none, readings not complete yet";
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Fault f = standing[i];
            line.append(i == 0 ? "" : "; ").append(f.dtcText()).append(' ').append(f.text());
            if (where(f) >= 0 && record(f).sensors() > 1) {
                line.append(" at ").append(where(f));
            }
            if (!Double.isNaN(value(f))) {
                line.append(String.format(Locale.ROOT, ": %.3f", value(f)));
            }
        }
        return line.toString();
    }
}
