package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.gbt27930.GbtAnswer;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtFlag;
import io.github.bms4j.can.gbt27930.GbtMessage;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The station against a vehicle that says strange things. */
class GbtStationTest {
    private static final StationOutput OUTPUT = StationOutput.of(200.0, 500.0, 250.0);

    private static ScriptedVehicle charging() {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT).charging();
        vehicle.runFor(8.0);
        assertEquals(GbtStationPhase.CHARGING, vehicle.station.phase());
        assertEquals(-100.0, vehicle.currentA, 1e-9);
        return vehicle;
    }

    @ParameterizedTest(name = "demand {0} A, pack bears {1} A, output {2} to {3} A: {4} A")
    @CsvSource({
        "-100,  250,  0, 250, -100",
        "-300,  350,  0, 250, -250",
        "-300,  120,  0, 250, -120",
        "  50,  250,  0, 250,    0",
        " NaN,  250,  0, 250,    0",
        "-100,  NaN,  0, 250,    0",
        "  -4,  250,  5, 250,    0",
        "  -5,  250,  5, 250,   -5",
    })
    void givesNoMoreThanDemandAndRatingsAllow(double demandA, double packA, double minA, double maxA, double outputA) {
        ScriptedVehicle vehicle = new ScriptedVehicle(new StationOutput(200.0, 500.0, minA, maxA, 100.0, 100.0));
        vehicle.demandA = demandA;
        vehicle.maxA = packA;
        vehicle.charging().runFor(6.0);
        assertEquals(GbtStationPhase.CHARGING, vehicle.station.phase());
        assertEquals(outputA, vehicle.currentA, 1e-9);
    }

    @ParameterizedTest(name = "demand {0} V, pack bears {1} V, inlet {2} V: current {3}")
    @CsvSource({
        "420, 420, 419.0, true",
        "420, 420, 420.5, false",
        "450, 420, 420.5, false",
        "420, 420, 190.0, false",
        "600, 600, 499.0, true",
        "600, 600, 500.5, false",
        "NaN, 420, 380.0, false",
        "420, 420, NaN,   false",
    })
    void givesNothingAboveTheLowestVoltageCeiling(double demandV, double packMaxV, double inletV, boolean flows) {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.demandV = demandV;
        vehicle.maxTotalV = packMaxV;
        vehicle.inletV = inletV;
        vehicle.charging().runFor(2.0);
        assertEquals(GbtStationPhase.CHARGING, vehicle.station.phase());
        assertEquals(flows, vehicle.currentA < -10.0, vehicle.currentA + " A");
        assertEquals(flows || vehicle.currentA == 0.0, true, vehicle.currentA + " A");
    }

    @ParameterizedTest
    @CsvSource({"YES, true", "NO, false", "UNTRUSTED, false", "NOT_AVAILABLE, false"})
    void currentWaitsForThePermissionOfTheBattery(GbtFlag permits, boolean flows) {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.permits = permits;
        vehicle.charging().runFor(4.0);
        assertEquals(flows, vehicle.currentA < 0.0);
        assertEquals(GbtStationPhase.CHARGING, vehicle.station.phase());
    }

    @Test
    void noCurrentFlowsBeforeTheFirstBatteryAlarmMessage() {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT).charging();
        vehicle.says(GbtMessage.BCL, GbtMessage.BCS);
        ScriptedVehicle never = new ScriptedVehicle(OUTPUT);
        never.says(GbtMessage.BHM, GbtMessage.BRM, GbtMessage.BCP, GbtMessage.BRO);
        assertTrue(never.runTo(GbtStationPhase.READY, 20.0));
        never.says(GbtMessage.BCL, GbtMessage.BCS);
        never.runFor(3.0);
        assertEquals(GbtStationPhase.CHARGING, never.station.phase());
        assertEquals(0.0, never.currentA);
        vehicle.runFor(3.0);
        assertTrue(vehicle.currentA < 0.0);
    }

    @ParameterizedTest
    @CsvSource({"YES, NO", "NO, YES"})
    void alarmOfTheBatteryStopsWithAFault(GbtFlag insulation, GbtFlag connector) {
        ScriptedVehicle vehicle = charging();
        vehicle.insulation = insulation;
        vehicle.connector = connector;
        vehicle.runFor(1.3);
        assertEquals(GbtStationPhase.STOPPING, vehicle.station.phase());
        assertEquals(GbtStationProblem.VEHICLE_ALARM, vehicle.station.problem());
        assertEquals(0.0, vehicle.currentA);
        assertEquals("fault, other fault", vehicle.entries(GbtMessage.CST));
    }

    @ParameterizedTest(name = "pack at {0} V of at most {1} V, output 200 to 500 V")
    @CsvSource({"199.9, 420", "500.1, 750", "NaN, 420"})
    void neverBecomesReadyForAPackOutsideItsVoltages(double packV, double maxTotalV) {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.bcpPackV = packV;
        vehicle.maxTotalV = maxTotalV;
        vehicle.charging();
        vehicle.says(GbtMessage.BRO, GbtMessage.BCL, GbtMessage.BCS, GbtMessage.BSM);
        vehicle.runFor(100.0);
        assertEquals(GbtStationPhase.STARTING, vehicle.station.phase());
        assertEquals(GbtStationProblem.VOLTAGE_MISMATCH, vehicle.station.problem());
        assertEquals(0.0, vehicle.currentA);
        assertEquals("00 not ready", vehicle.entries(GbtMessage.CRO));

        vehicle.says();
        assertTrue(vehicle.runTo(GbtStationPhase.REPORTING, 5.1));
        assertEquals(GbtStationProblem.VEHICLE_NOT_READY, vehicle.station.problem());
    }

    @ParameterizedTest
    @CsvSource({"200.0, STARTING", "500.0, STARTING"})
    void becomesReadyAtTheVeryEdgesOfItsVoltages(double packV, GbtStationPhase before) {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.bcpPackV = packV;
        vehicle.says(GbtMessage.BHM, GbtMessage.BRM, GbtMessage.BCP, GbtMessage.BRO);
        assertTrue(vehicle.runTo(before, 20.0));
        assertTrue(vehicle.runTo(GbtStationPhase.READY, 1.0));
        assertEquals(GbtStationProblem.NONE, vehicle.station.problem());
    }

    @Test
    void vehicleThatNeverBecomesReadyHasSixtySeconds() {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.ready = GbtAnswer.NO;
        vehicle.says(GbtMessage.BHM, GbtMessage.BRM, GbtMessage.BCP, GbtMessage.BRO);
        assertTrue(vehicle.runTo(GbtStationPhase.LIMITS, 20.0));
        double fromS = vehicle.nowS();
        assertTrue(vehicle.runTo(GbtStationPhase.REPORTING, 70.0));
        assertEquals(60.0, vehicle.nowS() - fromS, 1e-6);
        assertEquals(GbtStationProblem.VEHICLE_NOT_READY, vehicle.station.problem());
        vehicle.runFor(0.3);
        assertEquals("bro", vehicle.entries(GbtMessage.CEM));
    }

    @Test
    void demandWithoutBatteryStateIsNotEnoughToBegin() {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.says(GbtMessage.BHM, GbtMessage.BRM, GbtMessage.BCP, GbtMessage.BRO);
        assertTrue(vehicle.runTo(GbtStationPhase.READY, 20.0));
        vehicle.says(GbtMessage.BCL, GbtMessage.BSM);
        double fromS = vehicle.nowS();
        assertTrue(vehicle.runTo(GbtStationPhase.REPORTING, 10.0));
        assertEquals(5.0, vehicle.nowS() - fromS, 1e-6);
        assertEquals(GbtStationProblem.NO_BATTERY_STATE, vehicle.station.problem());
        assertEquals("", vehicle.entries(GbtMessage.CCS));
    }

    @Test
    void stopOfTheVehicleIsAnsweredUntilItsFiguresAreThere() {
        ScriptedVehicle vehicle = charging();
        vehicle.says(GbtMessage.BST);
        vehicle.runFor(0.05);
        assertEquals(GbtStationPhase.STATISTICS, vehicle.station.phase());
        vehicle.says(GbtMessage.BSD);
        vehicle.runFor(0.5);
        assertEquals(GbtStationPhase.STATISTICS, vehicle.station.phase(), "the output is not yet off");
        vehicle.runFor(1.0);
        assertEquals(GbtStationPhase.CLOSING, vehicle.station.phase());
        assertEquals("vehicle stopped", vehicle.entries(GbtMessage.CST));
        vehicle.runFor(20.0);
        assertEquals(GbtStationPhase.CLOSING, vehicle.station.phase(), "as long as the vehicle asks");
        vehicle.says();
        vehicle.runFor(1.1);
        assertEquals(GbtStationPhase.ENDED, vehicle.station.phase());
        GbtBody csd = vehicle.heard.get(GbtMessage.CSD);
        assertNotNull(csd);
        assertEquals(vehicle.station.deliveredWh() / 1000, csd.get(GbtField.CSD_ENERGY_KWH), 0.05);
        assertEquals(1.0, csd.get(GbtField.CSD_CHARGER_NUMBER));
    }

    @Test
    void countsWholeMinutesOfCharging() {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT).charging();
        vehicle.runFor(59.7);
        GbtBody ccs = vehicle.heard.get(GbtMessage.CCS);
        assertNotNull(ccs);
        assertEquals(0.0, ccs.get(GbtField.CCS_ELAPSED_MIN));
        vehicle.runFor(0.4);
        assertEquals(1.0, ccs.get(GbtField.CCS_ELAPSED_MIN));
        vehicle.runFor(120.0);
        assertEquals(3.0, ccs.get(GbtField.CCS_ELAPSED_MIN));
        assertEquals(380.0, ccs.get(GbtField.CCS_OUTPUT_V));
        assertEquals(-100.0, ccs.get(GbtField.CCS_OUTPUT_A));
    }

    @Test
    void vehicleThatReportsATimeoutCutsTheCurrentAndIsHeardOut() {
        ScriptedVehicle vehicle = charging();
        vehicle.says(GbtMessage.BEM);
        vehicle.runFor(0.02);
        assertEquals(GbtStationPhase.YIELDING, vehicle.station.phase());
        assertEquals(0.0, vehicle.currentA);
        vehicle.runFor(20.0);
        assertEquals(GbtStationPhase.YIELDING, vehicle.station.phase());
        vehicle.says();
        double fromS = vehicle.nowS();
        assertTrue(vehicle.runTo(GbtStationPhase.IDENTIFICATION, 2.0));
        assertEquals(0.4, vehicle.nowS() - fromS, 0.15);
        assertEquals(1, vehicle.station.restarts());
    }

    @Test
    void aNewStartBelievesNothingThatWasSaidBefore() {
        ScriptedVehicle vehicle = charging();
        vehicle.says();
        assertTrue(vehicle.runTo(GbtStationPhase.IDENTIFICATION, 10.0));
        vehicle.ready = GbtAnswer.NO;
        vehicle.says(GbtMessage.BRM, GbtMessage.BCP, GbtMessage.BRO);
        vehicle.runFor(3.0);
        assertEquals(GbtStationPhase.LIMITS, vehicle.station.phase());
        vehicle.ready = GbtAnswer.YES;
        assertTrue(vehicle.runTo(GbtStationPhase.READY, 2.0));
        vehicle.says(GbtMessage.BCL);
        vehicle.runFor(1.0);
        assertEquals(GbtStationPhase.READY, vehicle.station.phase(), "the old BCS does not count");
        vehicle.says(GbtMessage.BCL, GbtMessage.BCS);
        vehicle.runFor(1.0);
        assertEquals(GbtStationPhase.CHARGING, vehicle.station.phase());
        assertEquals(0.0, vehicle.currentA, "the old permission does not count");
        assertEquals(1, vehicle.station.restarts());
    }

    @Test
    void vehicleThatReportsATimeoutWhileItIsIdentifiedIsHeardOutToo() {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.says(GbtMessage.BHM);
        assertTrue(vehicle.runTo(GbtStationPhase.IDENTIFICATION, 20.0));
        vehicle.says(GbtMessage.BEM);
        vehicle.runFor(0.1);
        assertEquals(GbtStationPhase.YIELDING, vehicle.station.phase());
        assertEquals("00 not recognised", vehicle.entries(GbtMessage.CRM));
    }

    @Test
    void figuresOfTheVehicleAnswerAStopAsWell() {
        ScriptedVehicle vehicle = charging();
        vehicle.station.requestStop();
        vehicle.says(GbtMessage.BSD);
        vehicle.runFor(1.2);
        assertEquals(GbtStationPhase.CLOSING, vehicle.station.phase());
        assertEquals(GbtStationProblem.NONE, vehicle.station.problem());
    }

    @Test
    void vehicleThatReportsATimeoutWhileStoppingEndsTheSession() {
        ScriptedVehicle vehicle = charging();
        vehicle.station.requestStop();
        vehicle.runFor(0.1);
        vehicle.says(GbtMessage.BEM);
        vehicle.runFor(1.0);
        vehicle.says();
        assertTrue(vehicle.runTo(GbtStationPhase.FAILED, 2.0));
        assertEquals(0, vehicle.station.restarts());
    }

    @Test
    void messagesOutOfTurnMoveNothing() {
        ScriptedVehicle vehicle = new ScriptedVehicle(OUTPUT);
        vehicle.says(
                GbtMessage.BHM,
                GbtMessage.BCP,
                GbtMessage.BRO,
                GbtMessage.BCL,
                GbtMessage.BCS,
                GbtMessage.BST,
                GbtMessage.BSD,
                GbtMessage.BEM);
        vehicle.runFor(4.9);
        assertEquals(GbtStationPhase.HANDSHAKE, vehicle.station.phase());
        assertEquals(GbtStationProblem.NONE, vehicle.station.problem());
        assertEquals(0.0, vehicle.currentA);
    }

    @Test
    void saysWhoItIs() {
        ScriptedVehicle vehicle = new ScriptedVehicle(new GbtStationRating(
                new StationOutput(150.0, 750.5, 2.0, 240.0, 20.0, 100.0),
                GbtEdition.V2015,
                1.0,
                4_000_000_000L,
                "310",
                LocalDateTime.of(2026, 2, 28, 23, 59, 58)));
        vehicle.says(GbtMessage.BHM, GbtMessage.BRM, GbtMessage.BCP, GbtMessage.BRO);
        assertTrue(vehicle.runTo(GbtStationPhase.READY, 20.0));
        GbtBody crm = vehicle.heard.get(GbtMessage.CRM);
        GbtBody cml = vehicle.heard.get(GbtMessage.CML);
        assertNotNull(crm);
        assertNotNull(cml);
        assertEquals(4e9, crm.get(GbtField.CRM_CHARGER_NUMBER));
        assertEquals("310", crm.text(GbtField.CRM_REGION));
        assertEquals(150.0, cml.get(GbtField.CML_MIN_V));
        assertEquals(750.5, cml.get(GbtField.CML_MAX_V));
        assertEquals(2.0, cml.get(GbtField.CML_MIN_A));
        assertEquals(240.0, cml.get(GbtField.CML_MAX_A));
        assertTrue(vehicle.entries(GbtMessage.CTS).startsWith("2026-02-28T23:59:59"), vehicle.entries(GbtMessage.CTS));
        assertEquals("V1.1", vehicle.entries(GbtMessage.CHM));
    }
}
