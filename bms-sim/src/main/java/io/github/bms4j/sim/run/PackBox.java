package io.github.bms4j.sim.run;

import io.github.bms4j.balance.Balancer;
import io.github.bms4j.balance.BleedBoard;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.contactor.SimSwitchgear;
import io.github.bms4j.thermal.CoolantMode;
import io.github.bms4j.thermal.HeaterRating;
import org.jspecify.annotations.Nullable;

/**
 * What is around the cells in their box, as it is in truth: contactors with precharge and link, insulation, interlock, bleed
 * resistors, heater and coolant. It does what the battery manager commands and reads what the manager looks at.
 *
 * <p>Thread: one. Allocation: none per beat or cycle.
 */
final class PackBox {
    /** How the bleed board warms: K/W, and its time constant, s. */
    private static final double BOARD_K_PER_W = 1.5;

    private static final double BOARD_S = 120.0;
    /** Insulation of a sound pack, Ohm. */
    static final double SOUND_OHM = 2e6;

    private final SimPack pack;
    private final @Nullable SimSwitchgear switchgear;
    private final PackSample fast;
    private final PackSignals fastSignals;
    private final PackSignals signals;
    private final double bleedOhm;
    private double boardDegC;
    private double insulationOhm = SOUND_OHM;
    private ContactState interlock = ContactState.CLOSED;
    private final HeaterRating heater;
    private double heaterW;
    private double coolantWPerK;
    private double chilledDegC;

    PackBox(SimPack pack, BatterySettings battery, double ambientDegC) {
        PackLayout layout = pack.layout();
        PackEquipment equipment = battery.equipment();
        double ratedA = battery.cell().rating().maxDischargeA() * layout.parallel();
        this.pack = pack;
        boardDegC = ambientDegC;
        switchgear = equipment.contactors() == null ? null : SimSwitchgear.ordinary(pack.packV(), ratedA);
        fast = new PackSample(layout, SensorRange.of(battery.cell().rating(), layout));
        fastSignals = new PackSignals(layout);
        signals = new PackSignals(layout);
        BleedBoard board = equipment.bleed();
        heater = equipment.thermal().heater();
        bleedOhm = board == null ? Double.POSITIVE_INFINITY : board.resistanceOhm();
    }

    /** Gives it a coolant: conductance of a cell to it at full flow, W/K, and its temperature when chilled, °C. */
    void coolant(double wPerK, double newChilledDegC) {
        coolantWPerK = wPerK;
        chilledDegC = newChilledDegC;
    }

    /** One beat of the contactors, with {@code packA} flowing through them. */
    void beat(long nowNanos, double dtS, double packA, BatteryManager manager) {
        ContactorControl control = manager.contactors();
        SimSwitchgear gear = switchgear;
        if (control == null || gear == null) {
            return;
        }
        gear.beat(control.state(), pack.packV(), packA, gear.connected() ? packA : 0.0, dtS);
        fast.begin(nowNanos);
        fastSignals.begin(nowNanos);
        gear.read(fast);
        gear.read(fastSignals);
        manager.stepContactors(nowNanos, fast, fastSignals);
    }

    /** Its insulation from now on, Ohm. */
    void insulation(double ohm) {
        insulationOhm = ohm;
    }

    /** Its interlock loop from now on; UNKNOWN is a broken wire to its monitor. */
    void interlock(ContactState state) {
        interlock = state;
    }

    /** Contactors, fuse and link as they truly are; null for a pack without its own. */
    @Nullable
    SimSwitchgear switchgear() {
        return switchgear;
    }

    /** What {@link #read} fills. */
    PackSignals signals() {
        return signals;
    }

    /** Whether current can flow between cells and link. */
    boolean connected() {
        return switchgear == null || switchgear.connected();
    }

    /** What the heater draws from the link, A. */
    double heaterA() {
        return heaterW > 0.0 ? heaterW / pack.packV() : 0.0;
    }

    /** Reads all signals of a cycle. */
    PackSignals read(long nowNanos, Motion motion, boolean charging, boolean chargerHeard) {
        signals.begin(nowNanos);
        if (switchgear != null) {
            switchgear.read(signals);
        }
        signals.readInsulation(insulationOhm);
        signals.readContact(Contact.INTERLOCK, interlock);
        signals.readMotion(motion);
        signals.expect(Peer.CHARGER, charging);
        if (chargerHeard) {
            signals.hear(Peer.CHARGER, E2eVerdict.NOT_PROTECTED);
        }
        return signals;
    }

    /** Does what the manager commands to bleed resistors, heater and coolant, and reads the bleed board. */
    void obey(BatteryManager manager, double ambientDegC, double dtS) {
        Balancer balancer = manager.balancer();
        int cells = pack.layout().cells();
        double boardW = balancer == null ? 0.0 : balancer.heatW();
        boardDegC += (ambientDegC + BOARD_K_PER_W * boardW - boardDegC) * Math.min(1.0, dtS / BOARD_S);
        manager.vehicle().bleedBoardDegC = Math.rint(boardDegC);
        for (int c = 0; c < cells; c++) {
            boolean on = balancer != null && balancer.bleeds(c);
            pack.bleed(c, on ? bleedOhm : Double.POSITIVE_INFINITY);
        }
        heaterW = connected() ? manager.thermal().heaterW() : 0.0;
        pack.heat(heaterW
                * heater.efficiency()
                / heater.bulk()
                / cells
                / pack.layout().parallel());
        double flow = manager.thermal().coolantFlow();
        boolean chilled = manager.thermal().coolantMode() == CoolantMode.CHILL;
        double mixedDegC = 0.5 * (pack.highestDegC() + pack.lowestDegC());
        pack.coolant(flow * coolantWPerK, chilled ? chilledDegC : mixedDegC);
    }
}
