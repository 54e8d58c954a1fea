package io.github.bms4j.control;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.JoinVerdict;
import io.github.bms4j.contactor.StringJoin;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import io.github.bms4j.thermal.ThermalNeed;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Several strings in parallel on one link, each with its own {@link BatteryManager}: who is connected when, and what all of them
 * together are, may do and ask for.
 *
 * <pre>
 * readings of every string ──► its manager ──► its limits, faults ──┐             every cycle
 *                                                                   ├─► limits of the pack, demand
 * readings of the beat ──► which string may close, must open ───────┘             every beat, {@link #stepContactors}
 * </pre>
 *
 * <p>The first string precharges the link, the others join it while it is held, one at a time, as {@link StringJoin} allows. Where
 * voltages are too far apart the highest string drives alone, or the lowest is charged alone, until the bus meets the others; a charge
 * then pauses until its polarisation has gone and they can join, a drive does not and they join when it asks for little. A string that
 * must open leaves at once, and from that cycle on the limits are those of the others without it, or nothing while it carries more than its
 * contactors may break; for what all strings share, or when
 * a string does not separate, all open ({@link PackOpening}). One string, the connected one with the least charge, negotiates a charge
 * for all.
 *
 * <p>The caller writes what the vehicle wants into {@link #vehicle}; what the managers are told follows from it, but for the
 * temperature of each bleed board, which belongs into the vehicle state of its string. Units and sign: A, V, W at the common point, positive
 * discharging; s. What is unknown of a connected string allows no current. Thread: one for all strings. Allocation: none per step
 * or beat.
 *
 * @see "docs/decisions/007-strings.md"
 */
public final class ParallelPack {
    private final ParallelSettings settings;
    private final BatteryManager[] managers;
    private final ParallelString[] strings;
    private final StringJoin join;
    private final ParallelLimits limits;
    private final ParallelCharge charge;
    private final VehicleState vehicle = new VehicleState();
    private final boolean[] ordered;
    private PackOpening opening = PackOpening.NONE;
    private long lastNanos;
    private boolean beaten;
    private int quietBeats;
    private double pausedForS;
    private boolean paused;

    /**
     * A pack at rest.
     *
     * @param settings what the strings have in common
     * @param managers the manager of every string, 1 or more, each with contactors of its own; nobody else steps them
     */
    public ParallelPack(ParallelSettings settings, List<BatteryManager> managers) {
        this.settings = settings;
        int n = Check.atLeast("managers", managers.size(), 1);
        this.managers = managers.toArray(new BatteryManager[0]);
        this.strings = new ParallelString[n];
        this.join = new StringJoin(n, settings.join());
        this.ordered = new boolean[n];
        for (int k = 0; k < n; k++) {
            strings[k] = new ParallelString(this.managers[k], join.string(k), settings);
        }
        this.limits = new ParallelLimits(this.managers);
        this.charge = new ParallelCharge(this.managers, join);
    }

    /** One cycle without a station. */
    public StepResult step(PackSample[] samples, PackSignals[] signals) {
        return step(samples, signals, charge.unplugged());
    }

    /**
     * One cycle of every string, in their order.
     *
     * @param samples the cells' readings of every string
     * @param signals what is read beside them at the same time
     * @param station what is known of the station
     * @return HELD when the readings of a string did not enter its estimate
     */
    public StepResult step(PackSample[] samples, PackSignals[] signals, StationState station) {
        StepResult result = StepResult.USED;
        StationState share = charge.share(station, paused);
        for (int k = 0; k < strings.length; k++) {
            tell(managers[k].vehicle());
            boolean negotiates = k == charge.lead();
            StepResult own = negotiates
                    ? managers[k].step(samples[k], signals[k], share)
                    : managers[k].step(samples[k], signals[k]);
            result = own == StepResult.HELD ? StepResult.HELD : result;
            strings[k].estimated();
            strings[k].read(samples[k], vehicle);
        }
        join.step(packA());
        limits.step(join, holding());
        charge.step(samples, limits, station.maxA, soc());
        return result;
    }

    private void tell(VehicleState string) {
        string.need = vehicle.need;
        string.balance = vehicle.balance;
        string.heaterW = vehicle.heaterW / strings.length;
        string.ambientDegC = vehicle.ambientDegC;
    }

    /**
     * One beat of the contactors of every string, every 10 ms or as their rating says.
     *
     * @param nanos monotonic time of the beat
     * @param samples voltage and current of every string read for this beat
     * @param signals link voltage and feedback contacts of every string read for this beat
     * @return HELD when time did not move forward
     */
    public StepResult stepContactors(long nanos, PackSample[] samples, PackSignals[] signals) {
        double dtS = beaten ? Math.max(0.0, (nanos - lastNanos) * 1e-9) : 0.0;
        beaten = true;
        lastNanos = nanos;
        for (int k = 0; k < strings.length; k++) {
            strings[k].read(samples[k], vehicle);
        }
        join.lowestFirst(vehicle.need == ThermalNeed.CHARGING);
        join.step(packA());
        judge(dtS);
        pause(dtS);
        boolean settled = switchedOff();
        StepResult result = StepResult.USED;
        for (int k = 0; k < strings.length; k++) {
            VehicleState told = managers[k].vehicle();
            ordered[k] = opening != PackOpening.NONE || (strings[k].mustOpen() && othersCarry(k));
            told.connect = vehicle.connect && join.joinAllowed(k);
            told.busHeld = vehicle.busHeld || join.busHeld(k);
            told.openNow = ordered[k] || settled;
            StepResult own = managers[k].stepContactors(nanos, samples[k], signals[k]);
            result = own == StepResult.HELD ? StepResult.HELD : result;
        }
        return result;
    }

    /** Whether all open, and why; that a string does not separate stands until the vehicle has let go. */
    private void judge(double dtS) {
        boolean stuck = false;
        boolean shared = false;
        for (int k = 0; k < strings.length; k++) {
            boolean toOpen = ordered[k] || strings[k].faults().openRequested();
            stuck |= strings[k].stuck(toOpen, dtS);
            shared |= strings[k].sharedOpening();
        }
        if (vehicle.openNow) {
            opening = PackOpening.VEHICLE;
        } else if (shared) {
            opening = PackOpening.SHARED_FAULT;
        } else if (stuck || (opening == PackOpening.NOT_SEPARATED && vehicle.connect)) {
            opening = PackOpening.NOT_SEPARATED;
        } else {
            opening = PackOpening.NONE;
        }
    }

    /** A string that must open but carries more than its contactors may break, or {@link StringJoin#NONE}. */
    private int holding() {
        for (int k = 0; k < strings.length; k++) {
            if (strings[k].holdsOn()) {
                return k;
            }
        }
        return StringJoin.NONE;
    }

    /** Whether a charge is to pause for a string that could join then; when that takes too long, not before no string could any more. */
    private void pause(double dtS) {
        boolean could = false;
        for (int k = 0; k < strings.length; k++) {
            JoinVerdict verdict = join.verdict(k);
            boolean closing = verdict == JoinVerdict.CONNECTED && !join.carries(k) && !strings[k].mustOpen();
            could |= verdict == JoinVerdict.LOAD_TOO_HIGH || verdict == JoinVerdict.JOIN || closing;
        }
        boolean wanted = could && vehicle.need == ThermalNeed.CHARGING && carrying() > 0;
        pausedForS = wanted ? pausedForS + dtS : 0.0;
        paused = wanted && pausedForS <= settings.pauseS();
    }

    private boolean othersCarry(int k) {
        for (int j = 0; j < strings.length; j++) {
            if (j != k && join.carries(j)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether all strings wait for zero current and the load has gone: what still flows then only circulates between them and ends with the
     * first that opens.
     */
    private boolean switchedOff() {
        int waiting = 0;
        int connected = 0;
        for (int k = 0; k < strings.length; k++) {
            waiting += strings[k].contactors.state() == ContactorState.ZERO_CURRENT ? 1 : 0;
            connected += join.string(k).connected ? 1 : 0;
        }
        boolean quiet =
                !vehicle.connect && waiting > 1 && waiting == connected && Math.abs(packA()) <= settings.quietA();
        quietBeats = quiet ? quietBeats + 1 : 0;
        return quietBeats > 1;
    }

    /** Begins the estimate of every string at a SOC with its standard deviation; instead of starting every manager by itself. */
    public void start(double soc, double sigma) {
        for (BatteryManager manager : managers) {
            manager.start(soc, sigma);
        }
    }

    /**
     * Begins a charge of all strings that are connected and makes its first plan. Their estimates must be known.
     *
     * @param need what the driver wants of the whole pack
     * @param offer what is offered to the whole pack
     * @param ambientDegC air around the pack, °C; NaN takes the coldest sensor for it
     * @param samples the last samples
     * @return the plan of the string that negotiates, for its part of the power
     */
    public ChargePlan plugIn(ChargeNeed need, StationOffer offer, double ambientDegC, PackSample[] samples) {
        return charge.plugIn(need, offer, ambientDegC, samples);
    }

    /** Ends a charge: the demand falls to nothing. */
    public void unplug() {
        charge.unplug();
    }

    /** Whether the plan no longer fits what is seen, or other strings are connected; the caller then calls {@link #replan}. */
    public boolean replanDue() {
        return charge.replanDue();
    }

    /** Plans anew for the strings that are connected now; allocates, so it belongs outside the control cycle. */
    public ChargePlan replan(PackSample[] samples) {
        return charge.replan(samples);
    }

    /** Number of strings. */
    public int size() {
        return strings.length;
    }

    /** The manager of a string: its estimate, its own limits, its faults, its contactors. */
    public BatteryManager string(int index) {
        return managers[index];
    }

    /** What the vehicle wants of the whole pack; written before a step, it counts from that step on. */
    public VehicleState vehicle() {
        return vehicle;
    }

    /** Who may join, who waits and why, and how the current splits. */
    public StringJoin join() {
        return join;
    }

    /** What all strings may do together. */
    public ParallelLimits limits() {
        return limits;
    }

    /** What the pack asks of the station. */
    public ChargeDemand demand() {
        return charge.demand();
    }

    /** The plan of the string that negotiates, or null without a charge. */
    public @Nullable ChargePlan plan() {
        return charge.plan();
    }

    /** The string that negotiates the charge, or {@link StringJoin#NONE}. */
    public int negotiator() {
        return charge.lead();
    }

    /** Whether a charge pauses so that a string can join. */
    public boolean paused() {
        return paused;
    }

    /** Whether and why all strings open together. */
    public PackOpening opening() {
        return opening;
    }

    /** Number of strings that are connected for good. */
    public int carrying() {
        int count = 0;
        for (int k = 0; k < strings.length; k++) {
            count += join.carries(k) ? 1 : 0;
        }
        return count;
    }

    /** Sum of the currents of all strings as last read, A, positive discharging; NaN if one was not read. */
    public double packA() {
        double sum = 0.0;
        for (ParallelString string : strings) {
            sum += string.currentA();
        }
        return sum;
    }

    /** SOC of all strings, connected or not, each weighted by its capacity, 0…1; NaN until all are known. */
    public double soc() {
        double sumAh = 0.0;
        double sum = 0.0;
        for (ParallelString string : strings) {
            double ah = string.capacityAh();
            sumAh += ah;
            sum += ah * string.manager.estimate().packSoc();
        }
        return sum / sumAh;
    }

    /** Standard deviation of {@link #soc}; the errors of the strings count as fully correlated. */
    public double socSigma() {
        double sumAh = 0.0;
        double sum = 0.0;
        for (ParallelString string : strings) {
            double ah = string.capacityAh();
            sumAh += ah;
            sum += ah * string.manager.estimate().packSocSigma();
        }
        return sum / sumAh;
    }

    /**
     * Energy that the connected strings give together from now on, Wh, each until its first cell is at its limit; allocates, so it belongs
     * outside the control cycle. Their estimates must be known.
     *
     * @param samples the last samples
     * @param powerW constant power of the pack, W, above 0
     * @param atDegC temperature of the cells, °C; NaN keeps each as it is
     */
    public double energyWh(PackSample[] samples, double powerW, double atDegC) {
        int count = carrying();
        double sum = 0.0;
        for (int k = 0; k < strings.length; k++) {
            if (join.carries(k)) {
                sum += managers[k]
                        .usableEnergy(samples[k], powerW / count, atDegC)
                        .energyWh();
            }
        }
        return sum;
    }

    /** One line for a string: its verdict, its contactors, and what stands of its faults. Allocates. */
    public String explain(int string) {
        return String.format(
                Locale.ROOT,
                "%s; %s; faults: %s",
                join.explain(string),
                strings[string].contactors.state(),
                managers[string].faults().text());
    }
}
