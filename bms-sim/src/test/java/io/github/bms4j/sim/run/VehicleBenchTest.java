package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.balance.Balancer;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorFinding;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.FlightReplay;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.sim.contactor.ContactorFlaw;
import io.github.bms4j.sim.contactor.SimSwitchgear;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.StationOutput;
import io.github.bms4j.thermal.ThermalReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vehicle's pack of 12 groups with everything fitted, in the closed loop with its contactors, faults and a station. */
class VehicleBenchTest {
    private static final GbtStationRating STATION = GbtStationRating.of(StationOutput.of(20.0, 60.0, 250.0));

    private final ChargeBench bench = bench(25.0);
    private final BatteryManager manager = bench.manager();

    private static ChargeBench bench(double degC) {
        return ChargeBench.of(
                BatterySettings.vehicle(ShippedData.cell(), new PackLayout(12, 60, 4)),
                ShippedData.truth(),
                0.5,
                degC,
                3);
    }

    private ContactorControl contactors() {
        ContactorControl control = manager.contactors();
        assertNotNull(control);
        return control;
    }

    private SimSwitchgear switchgear() {
        SimSwitchgear gear = bench.box().switchgear();
        assertNotNull(gear);
        return gear;
    }

    private boolean reaches(ContactorState state, double withinS) {
        double endS = bench.nowS() + withinS;
        while (contactors().state() != state && bench.nowS() < endS) {
            bench.runFor(0.01);
        }
        return contactors().state() == state;
    }

    private void startAndClose() {
        bench.start(0.5, 0.05);
        assertTrue(reaches(ContactorState.CLOSED, 3.0), () -> contactors().explain());
    }

    private void plugInAndCharge() {
        startAndClose();
        bench.plugIn(STATION, 0.3, ChargeNeed.by(bench.nowS() + 3600.0, 0.9));
        assertTrue(bench.runUntil(() -> bench.packA() < -20.0, 60.0));
    }

    @Test
    void nothingMayFlowBeforeTheContactorsHaveClosed() {
        bench.start(0.5, 0.05);
        bench.drive((fromS, toS) -> 50.0);
        bench.runFor(0.1);
        assertFalse(bench.connected());
        assertEquals(0.0, bench.packA());
        assertEquals(0.0, manager.limits().discharge(Horizon.S10).limitA());
        assertEquals(
                LimitRule.CONTACTORS_OPEN,
                manager.limits().discharge(Horizon.S10).rule());
        assertTrue(reaches(ContactorState.CLOSED, 3.0));
        bench.runFor(0.2);
        assertEquals(50.0, bench.packA());
        assertTrue(manager.limits().discharge(Horizon.S10).limitA() > 0.0);
        assertTrue(switchgear().string().worstMakeA() < 20.0, "precharge spared the contacts");
    }

    @Test
    void switchesOffInOrder() {
        startAndClose();
        bench.disconnect();
        assertTrue(reaches(ContactorState.STANDBY, 10.0), () -> contactors().explain());
        assertFalse(bench.connected());
        assertEquals("none", manager.faults().text());
        assertTrue(switchgear().string().worstBreakA() < 3.0);
    }

    @Test
    void anOpenInterlockAtStandstillEndsTheChargeAndOpensWithoutCurrent() {
        plugInAndCharge();
        bench.box().interlock(ContactState.OPEN);
        assertTrue(
                bench.runUntil(() -> !bench.connected(), 5.0),
                () -> contactors().explain());
        assertTrue(manager.faults().occurrences(Fault.INTERLOCK_SAFETY) > 0);
        assertEquals(0.0, manager.limits().charge(Horizon.S10).limitA());
        assertEquals(StopCause.PACK_FAULT, manager.demand().stop());
        bench.box().interlock(ContactState.CLOSED);
        bench.runFor(30.0);
        assertFalse(bench.connected(), "latched until somebody looks");
        assertTrue(manager.acknowledge(Fault.INTERLOCK_SAFETY));
        bench.unplug();
        assertTrue(reaches(ContactorState.CLOSED, 10.0), () -> contactors().explain());
    }

    @Test
    void aLostInsulationWhileChargingOpensAtOnce() {
        plugInAndCharge();
        bench.box().insulation(2_000.0);
        assertTrue(bench.runUntil(() -> !bench.connected(), 4.0));
        assertTrue(manager.faults().occurrences(Fault.INSULATION_CHARGING) > 0);
        assertEquals("insulation low", manager.limits().charge(Horizon.S10).source());
    }

    @Test
    void aWeldedContactorIsFoundAndTheNextStartForbidden() {
        startAndClose();
        switchgear().string().contactor(Contact.POSITIVE).flaw(ContactorFlaw.WELDED);
        bench.disconnect();
        assertTrue(reaches(ContactorState.LOCKED, 15.0), () -> contactors().explain());
        bench.runFor(1.0);
        assertTrue(contactors().stands(ContactorFinding.WELDED_POSITIVE));
        assertTrue(manager.faults().occurrences(Fault.WELDED) > 0);
        assertFalse(manager.faults().mayClose());
        manager.vehicle().connect = true;
        bench.runFor(10.0);
        assertEquals(ContactorState.LOCKED, contactors().state());
        switchgear().string().contactor(Contact.POSITIVE).flaw(ContactorFlaw.NONE);
        bench.runFor(2.0);
        manager.acknowledge(Fault.WELDED);
        bench.runFor(3.0);
        assertTrue(
                manager.acknowledge(Fault.WELDED),
                () -> manager.faults().text() + "; " + contactors().explain());
        assertTrue(reaches(ContactorState.CLOSED, 70.0), () -> contactors().explain());
    }

    @Test
    void bleedsTheCellsThatWouldBeFullFirst() {
        plugInAndCharge();
        assertTrue(bench.runToEnd());
        bench.runFor(7200.0);
        Balancer balancer = manager.balancer();
        assertNotNull(balancer);
        int first = 0;
        int last = 0;
        for (int c = 1; c < 12; c++) {
            first = room(c) < room(first) ? c : first;
            last = room(c) > room(last) ? c : last;
        }
        assertTrue(balancer.bledAh(first) > 0.0, balancer.explain(first));
        assertEquals(0.0, balancer.bledAh(last), balancer.explain(last));
    }

    /** Charge of one parallel member until a cell is full, Ah. */
    private double room(int cell) {
        return (1.0 - bench.pack().soc(cell)) * bench.pack().capacityAh(cell);
    }

    @Test
    void aStandingFaultStopsBalancing() {
        startAndClose();
        manager.vehicle().balance = true;
        manager.vehicle().bleedBoardDegC = 30.0;
        bench.box().interlock(ContactState.OPEN);
        bench.runFor(5.0);
        assertNotNull(manager.balancer());
        for (int c = 0; c < 12; c++) {
            assertFalse(manager.balancer().bleeds(c));
        }
    }

    @ParameterizedTest(name = "{0} °C: {1}")
    @CsvSource({"2, COLD", "25, IN_BAND"})
    void theHeaterRunsInTheColdOnly(double degC, ThermalReason reason) {
        ChargeBench cold = bench(degC);
        cold.manager().vehicle().heaterW = 3000.0;
        cold.start(0.5, 0.05);
        cold.runFor(3.0);
        cold.plugIn(STATION, 0.3, ChargeNeed.by(cold.nowS() + 3600.0, 0.9));
        cold.runFor(120.0);
        assertEquals(reason, cold.manager().thermal().heaterReason());
        assertEquals(reason == ThermalReason.COLD, cold.pack().lowestDegC() > degC + 0.2);
    }

    @Test
    void aFaultyRunComesOutOfItsRecordToTheSameBit() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bench.record(out);
        plugInAndCharge();
        manager.vehicle().balance = true;
        bench.runFor(20.0);
        bench.box().interlock(ContactState.OPEN);
        bench.runFor(20.0);
        bench.box().interlock(ContactState.CLOSED);
        bench.runFor(5.0);
        manager.acknowledge(Fault.INTERLOCK_SAFETY);
        manager.report(Fault.SENSOR_BIAS_SUSPECTED, true);
        bench.unplug();
        bench.runFor(20.0);
        assertTrue(bench.connected());
        bench.disconnect();
        bench.runFor(10.0);
        manager.endRecord();
        FlightReplay replay =
                new FlightReplay("record", new ByteArrayInputStream(out.toByteArray()), (m, sample, identical) -> {});
        FlightReplay.Outcome outcome = replay.run();
        assertTrue(outcome.identical(), outcome::toString);
        assertTrue(outcome.digests() > 70, outcome::toString);
        assertEquals("", outcome.end());
    }
}
