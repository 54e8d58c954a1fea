package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.StopCause;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chargers that fall silent, and what the vehicle makes of it. */
class GbtTimeoutTest {

    @ParameterizedTest(name = "{0} missing for {2} s in {1}: {3}")
    @CsvSource({
        "CRM, IDENTIFICATION,    5, NOT_RECOGNISED,    f4f0f0fc",
        "CML, PARAMETERS,        5, NO_LIMITS,         f0f1f0fc",
        "CRO, AWAITING_CHARGER,  5, CHARGER_NOT_READY, f0f4f0fc",
        "CCS, CHARGING,          1, NO_CHARGER_STATE,  f0f0f1fc",
    })
    void reportsAndStartsAgain(
            GbtMessage withheld, VehiclePhase phase, double limitS, GbtProblem problem, String report) {
        Bench bench = new Bench();
        if (withheld != GbtMessage.CRM) {
            bench.charger.withheld.add(withheld);
        }
        assertTrue(bench.until(phase));
        bench.charger.withheld.add(withheld);
        bench.charger.withheld.add(GbtMessage.CHM);
        double since = bench.timeS();

        bench.run(limitS - 0.01);
        assertEquals(phase, bench.link.phase());
        assertEquals(List.of(), bench.sent(GbtMessage.BEM));
        bench.step();
        assertEquals(VehiclePhase.REPORTING, bench.link.phase());
        assertEquals(problem, bench.link.problem());
        assertFalse(bench.link.state().permitted);
        assertFalse(bench.link.state().phase.energyMayFlow());
        assertEquals(StopCause.NONE, bench.link.state().stop);

        bench.run(5.0);
        assertEquals(VehiclePhase.RESTARTING, bench.link.phase());
        assertEquals(1, bench.link.state().restarts);
        List<Cable.Seen> reports = bench.sent(GbtMessage.BEM);
        assertEquals(20, reports.size());
        for (int i = 0; i < reports.size(); i++) {
            assertEquals(report, reports.get(i).payload().toLowerCase(Locale.ROOT));
            assertEquals(since + limitS + i * 0.25, reports.get(i).timeS(), 1e-9);
        }

        bench.charger.withheld.clear();
        bench.charger.recognised = GbtAnswer.NO;
        bench.charger.say(GbtMessage.CRM);
        assertTrue(bench.until(() -> bench.link.state().permitted));
        assertEquals(1, bench.link.state().restarts);
        assertFalse(bench.link.edition2011());
        assertEquals(49 * 2, bench.charger.last(GbtMessage.BRM).length());
    }

    @ParameterizedTest(name = "{0} missing for {2} s in {1}: {3}")
    @CsvSource({
        "CST, STOPPING,    5, NO_STOP_ANSWER, f0f0f4fc",
        "CSD, STATISTICS, 10, NO_STATISTICS,  f0f0f0fd",
    })
    void doesNotStartAgainAfterAStop(
            GbtMessage withheld, VehiclePhase phase, double limitS, GbtProblem problem, String report) {
        Bench bench = new Bench();
        bench.charger.withheld.add(withheld);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1);
        bench.demand.stop(StopCause.SOC_REACHED);
        assertTrue(bench.until(phase));
        bench.run(limitS - 0.01);
        assertEquals(phase, bench.link.phase());
        bench.step();
        assertEquals(VehiclePhase.REPORTING, bench.link.phase());
        assertEquals(ChargePhase.STOPPING, bench.link.state().phase);
        bench.run(5);
        assertEquals(VehiclePhase.FAILED, bench.link.phase());
        assertEquals(problem, bench.link.problem());
        assertEquals(StopCause.SOC_REACHED, bench.link.state().stop);
        assertEquals(0, bench.link.state().restarts);
        assertEquals(20, bench.sent(GbtMessage.BEM).size());
        assertEquals(report, bench.charger.last.get(GbtMessage.BEM));
    }

    @Test
    void givesUpAfterThreeRestarts() {
        Bench bench = new Bench();
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.charger.say();
        bench.charger.withheld.add(GbtMessage.CCS);
        // CCS 1 s + report 5 s, then three times waiting 5 s + report 5 s
        bench.run(1 + 5 + 3 * 10 - 0.05);
        assertEquals(VehiclePhase.REPORTING, bench.link.phase());
        assertEquals(3, bench.link.state().restarts);
        assertEquals(StopCause.COMMUNICATION, bench.link.state().stop);
        bench.run(0.1);
        assertEquals(VehiclePhase.FAILED, bench.link.phase());
        assertEquals(GbtProblem.NO_IDENTIFICATION, bench.link.problem());
        assertEquals("f1f0f0fc", bench.charger.last.get(GbtMessage.BEM));
        bench.charger.withheld.clear();
        bench.charger.say(GbtMessage.CHM, GbtMessage.CRM);
        bench.run(10);
        assertEquals(VehiclePhase.FAILED, bench.link.phase());
    }

    @Test
    void waitsAsLongAsTheChargerTestsTheInsulation() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CRM);
        assertTrue(bench.until(VehiclePhase.HANDSHAKE));
        bench.run(0.5);
        for (int i = 0; i < 80; i++) {
            bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CHM).into(new CanFrame()));
            bench.run(0.25);
        }
        assertEquals(VehiclePhase.HANDSHAKE, bench.link.phase());
        double last = bench.timeS();
        assertTrue(bench.until(VehiclePhase.REPORTING));
        assertEquals(4.75, bench.timeS() - last, 0.02);
        assertEquals(GbtProblem.NO_IDENTIFICATION, bench.link.problem());
    }

    @Test
    void waitsAMinuteForAChargerThatAnswers() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CRO);
        assertTrue(bench.until(VehiclePhase.AWAITING_CHARGER));
        bench.run(3);
        CanFrame no = new GbtBody(GbtMessage.CRO)
                .set(GbtField.CRO_READY, GbtAnswer.NO)
                .into(new CanFrame());
        bench.cable.vehicle.arrive(no);
        bench.run(40);
        bench.cable.vehicle.arrive(no);
        bench.run(20.0);
        assertEquals(VehiclePhase.AWAITING_CHARGER, bench.link.phase());
        bench.step();
        assertEquals(VehiclePhase.REPORTING, bench.link.phase());
        assertEquals(GbtProblem.CHARGER_NOT_READY, bench.link.problem());
    }

    @Test
    void anInvalidAnswerIsNoAnswer() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CRO);
        assertTrue(bench.until(VehiclePhase.AWAITING_CHARGER));
        bench.run(3);
        bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CRO).into(new CanFrame()));
        bench.run(1.99);
        assertEquals(VehiclePhase.AWAITING_CHARGER, bench.link.phase());
        bench.step();
        assertEquals(VehiclePhase.REPORTING, bench.link.phase());
    }

    @Test
    void aChargerThatWasReadyBeforeUsDoesNotStartTheCharge() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CRO);
        bench.demand.ready(false);
        assertTrue(bench.until(VehiclePhase.READYING));
        CanFrame yes = new GbtBody(GbtMessage.CRO)
                .set(GbtField.CRO_READY, GbtAnswer.YES)
                .into(new CanFrame());
        bench.cable.vehicle.arrive(yes);
        bench.run(0.1);
        assertEquals(VehiclePhase.READYING, bench.link.phase());
        bench.demand.ready(true);
        bench.step();
        assertEquals(VehiclePhase.AWAITING_CHARGER, bench.link.phase());
        bench.cable.vehicle.arrive(yes);
        bench.step();
        assertEquals(VehiclePhase.AWAITING_CHARGER, bench.link.phase(), "our AA has not been said yet");
        bench.run(0.3);
        bench.cable.vehicle.arrive(yes);
        bench.step();
        assertEquals(VehiclePhase.CHARGING, bench.link.phase());
    }

    @Test
    void aVehicleThatDoesNotBecomeReadyFails() {
        Bench bench = new Bench();
        bench.demand.ready(false);
        assertTrue(bench.until(VehiclePhase.READYING));
        bench.run(59.99);
        assertEquals(VehiclePhase.READYING, bench.link.phase());
        bench.step();
        assertEquals(VehiclePhase.FAILED, bench.link.phase());
        assertEquals(GbtProblem.VEHICLE_NOT_READY, bench.link.problem());
        assertEquals(StopCause.PACK_FAULT, bench.link.state().stop);
        assertEquals(List.of(), bench.sent(GbtMessage.BEM));
    }

    @Test
    void aStopWhileReportingPreventsTheRestart() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CCS);
        assertTrue(bench.until(VehiclePhase.REPORTING));
        bench.demand.stop(StopCause.DRIVER);
        bench.run(5.1);
        assertEquals(VehiclePhase.FAILED, bench.link.phase());
        assertEquals(StopCause.DRIVER, bench.link.state().stop);
    }

    @Test
    void startsAgainWhenTheChargerReportsATimeout() {
        Bench bench = new Bench();
        assertTrue(bench.until(() -> bench.link.state().permitted));
        bench.charger.port.run(Set.of(), bench.nowNanos);
        CanFrame cem = new GbtBody(GbtMessage.CEM).clearFlags().into(new CanFrame());
        bench.cable.vehicle.arrive(cem);
        bench.step();
        assertEquals(VehiclePhase.CHARGING, bench.link.phase(), "a CEM without a flag says nothing");

        new GbtBody(GbtMessage.CEM)
                .clearFlags()
                .set(GbtField.CEM_BCL, GbtFlag.YES)
                .into(cem);
        bench.cable.vehicle.arrive(cem);
        bench.charger.withheld.add(GbtMessage.CCS);
        bench.step();
        assertEquals(VehiclePhase.RESTARTING, bench.link.phase());
        assertEquals(GbtProblem.CHARGER_TIMED_OUT, bench.link.problem());
        assertFalse(bench.link.state().permitted);
        assertEquals(Double.NaN, bench.link.state().maxV);
        assertEquals(1, bench.link.state().restarts);
        for (int i = 0; i < 40; i++) {
            bench.cable.vehicle.arrive(cem);
            bench.run(0.25);
        }
        assertEquals(VehiclePhase.RESTARTING, bench.link.phase(), "waits while the charger still reports");
        assertEquals(1, bench.link.state().restarts);
        bench.charger.withheld.clear();
        bench.charger.recognised = GbtAnswer.NO;
        bench.charger.say(GbtMessage.CRM);
        assertTrue(bench.until(VehiclePhase.CHARGING));
    }

    @Test
    void aReportAtTheEndEndsTheSession() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CST);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.demand.stop(StopCause.DRIVER);
        bench.step();
        bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CEM)
                .clearFlags()
                .set(GbtField.CEM_BST, GbtFlag.YES)
                .into(new CanFrame()));
        bench.step();
        assertEquals(VehiclePhase.FAILED, bench.link.phase());
        assertEquals(GbtProblem.CHARGER_TIMED_OUT, bench.link.problem());
        assertEquals(StopCause.DRIVER, bench.link.state().stop);
    }

    @ParameterizedTest
    @CsvSource({"READYING", "AWAITING_CHARGER", "CHARGING"})
    void followsAChargerThatBeginsAgain(VehiclePhase phase) {
        Bench bench = new Bench();
        bench.demand.ready(phase != VehiclePhase.READYING);
        if (phase == VehiclePhase.AWAITING_CHARGER) {
            bench.charger.withheld.add(GbtMessage.CRO);
        }
        assertTrue(bench.until(phase));
        bench.run(0.5);
        CanFrame crm = new GbtBody(GbtMessage.CRM)
                .set(GbtField.CRM_RECOGNISED, GbtAnswer.NO)
                .into(new CanFrame());
        for (int times = 1; times <= 4; times++) {
            bench.cable.vehicle.arrive(crm);
            bench.step();
            assertFalse(bench.link.state().permitted);
            assertEquals(GbtProblem.CHARGER_RESTARTED, bench.link.problem());
            assertEquals(times <= 3 ? VehiclePhase.IDENTIFICATION : VehiclePhase.FAILED, bench.link.phase());
            assertEquals(Math.min(times, 3), bench.link.state().restarts);
            assertEquals(times <= 3 ? StopCause.NONE : StopCause.COMMUNICATION, bench.link.state().stop);
            bench.until(times <= 3 ? phase : VehiclePhase.FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "581bd007ffffa00f, current unknown",
        "ffffd007d80ea00f, voltage unknown",
        "0000d007d80ea00f, no voltage",
        "581bd007fefea00f, negative limit",
        "581bd00700, too short"
    })
    void limitsThatAreNoLimitsAreNotTaken(String payload, String why) {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CML);
        assertTrue(bench.until(VehiclePhase.PARAMETERS));
        byte[] bytes = HexFormat.of().parseHex(payload);
        bench.cable.vehicle.arrive(new CanFrame().extended(GbtMessage.CML.id()).data(bytes, 0, bytes.length));
        bench.step();
        assertEquals(VehiclePhase.PARAMETERS, bench.link.phase(), why);
        assertEquals(bytes.length < 6 ? 1 : 0, bench.link.rejected());
        assertEquals(Double.NaN, bench.link.state().maxA);
    }

    @ParameterizedTest
    @CsvSource({"WAITING", "HANDSHAKE", "IDENTIFICATION", "STOPPING"})
    void limitsOutOfTheirPhaseAreNotTaken(VehiclePhase phase) {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CST);
        assertTrue(bench.until(phase == VehiclePhase.STOPPING ? VehiclePhase.CHARGING : phase));
        if (phase == VehiclePhase.STOPPING) {
            bench.demand.stop(StopCause.DRIVER);
            bench.run(0.1);
        }
        assertEquals(phase, bench.link.phase());
        double before = bench.link.state().maxA;
        bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CML)
                .set(GbtField.CML_MAX_V, 500)
                .set(GbtField.CML_MAX_A, 33)
                .into(new CanFrame()));
        bench.link.step(bench.nowNanos, bench.demand);
        assertEquals(before, bench.link.state().maxA);
    }

    @Test
    void aChargerThatGivesNoCurrentIsOneWithALimit() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CML);
        assertTrue(bench.until(VehiclePhase.PARAMETERS));
        bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CML)
                .set(GbtField.CML_MAX_V, 500)
                .set(GbtField.CML_MAX_A, 0)
                .into(new CanFrame()));
        bench.step();
        assertEquals(VehiclePhase.READYING, bench.link.phase());
        assertEquals(0.0, bench.link.state().maxA);
    }

    @Test
    void waitsAMinuteAgainAfterItTookItsReadinessBack() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CRO);
        assertTrue(bench.until(VehiclePhase.AWAITING_CHARGER));
        bench.run(1);
        CanFrame no = new GbtBody(GbtMessage.CRO)
                .set(GbtField.CRO_READY, GbtAnswer.NO)
                .into(new CanFrame());
        bench.cable.vehicle.arrive(no);
        bench.run(1);
        bench.demand.ready(false);
        bench.run(1);
        bench.demand.ready(true);
        bench.run(1);
        assertEquals(VehiclePhase.AWAITING_CHARGER, bench.link.phase());
        bench.cable.vehicle.arrive(no);
        bench.run(50);
        assertEquals(VehiclePhase.AWAITING_CHARGER, bench.link.phase());
    }

    @Test
    void aGreetingAfterARestartMeansThe2015Edition() {
        Bench bench = new Bench();
        bench.charger.edition2011 = true;
        bench.charger.say(GbtMessage.CRM);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        assertTrue(bench.link.edition2011());
        bench.charger.withheld.add(GbtMessage.CCS);
        assertTrue(bench.until(VehiclePhase.RESTARTING));
        bench.charger.withheld.clear();
        bench.charger.say(GbtMessage.CHM);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        assertFalse(bench.link.edition2011());
        assertEquals(49 * 2, bench.charger.last(GbtMessage.BRM).length());
    }

    @Test
    void aBrokenBusIsASilentCharger() {
        Bench bench = new Bench();
        assertTrue(bench.until(() -> bench.link.state().permitted));
        bench.cable.vehicle.broken = true;
        bench.run(0.99);
        assertEquals(VehiclePhase.CHARGING, bench.link.phase());
        bench.run(0.2);
        assertEquals(VehiclePhase.REPORTING, bench.link.phase());
        assertFalse(bench.link.state().permitted);
        assertTrue(bench.link.busFailures() > 100, bench.link.busFailures() + " failures");
        bench.cable.vehicle.broken = false;
        bench.run(5);
        bench.charger.recognised = GbtAnswer.NO;
        bench.charger.say(GbtMessage.CRM);
        assertTrue(bench.until(() -> bench.link.state().permitted));
    }
}
