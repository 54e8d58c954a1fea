package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.GbtProblem;
import io.github.bms4j.can.gbt27930.VehiclePhase;
import io.github.bms4j.charge.StopCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Either side falls silent in each phase: no current after the deadline, the right report, an orderly new start. */
class GbtStationSilenceTest {
    private static GbtRig at(GbtStationPhase phase) {
        GbtRig rig = GbtRig.standard();
        if (phase.ending()) {
            assertTrue(rig.runTo(GbtStationPhase.CHARGING));
            rig.runFor(10.0);
            rig.station.requestStop();
        }
        assertTrue(rig.runTo(phase));
        if (phase == GbtStationPhase.CHARGING) {
            rig.runFor(10.0);
            assertEquals(-100.0, rig.packA, 1e-9);
        }
        rig.weldedContactors = true;
        return rig;
    }

    @ParameterizedTest
    @CsvSource({
        "IDENTIFICATION, 5, NO_IDENTIFICATION, brm",
        "RECOGNISED,     5, NO_PARAMETERS,     bcp",
        "LIMITS,         5, VEHICLE_NOT_READY, bro",
        "STARTING,     1.5, NO_DEMAND,         bcl",
        "READY,          1, NO_DEMAND,         bcl",
        "CHARGING,       1, NO_DEMAND,         bcl",
        "STOPPING,       5, NO_STOP_ANSWER,    bst",
        "STATISTICS,    10, NO_STATISTICS,     bsd",
    })
    void silentVehicleMeansNoCurrentAndItsNameInCem(
            GbtStationPhase phase, double limitS, GbtStationProblem problem, String inReport) {
        GbtRig rig = at(phase);
        boolean ending = phase.ending();
        double cutS = rig.nowS();
        rig.vehicleCable.cut(rig.clock.nowNanos(), FaultyBus.FOR_EVER);

        assertTrue(rig.runTo(GbtStationPhase.REPORTING));
        assertEquals(limitS, rig.nowS() - cutS, 0.11);
        assertTrue(rig.nowS() - cutS <= limitS + 0.02, "late by " + (rig.nowS() - cutS - limitS));
        assertEquals(problem, rig.station.problem());
        assertEquals(0.0, rig.station.outputA());

        rig.runFor(5.1);
        assertEquals(inReport, rig.entries(GbtMessage.CEM).get(0).detail());
        assertEquals(20, rig.entries(GbtMessage.CEM).get(0).count(), 1);
        assertEquals(250.0, rig.figures(GbtMessage.CEM).maxPeriodMs(), 1.0);
        assertEquals(ending ? GbtStationPhase.FAILED : GbtStationPhase.IDENTIFICATION, rig.station.phase());
        assertEquals(ending ? 0 : 1, rig.station.restarts());

        double[] mostA = new double[1];
        rig.runUntil(
                () -> {
                    mostA[0] = Math.max(mostA[0], -rig.station.outputA());
                    return false;
                },
                60.0);
        assertEquals(0.0, mostA[0]);
        assertEquals(GbtStationPhase.FAILED, rig.station.phase());
        assertEquals(ending ? 0 : GbtStation.MAX_RESTARTS, rig.station.restarts());
        assertFalse(rig.link.state().phase.energyMayFlow());
        long frames = rig.bus.frames();
        rig.runFor(60.0);
        assertEquals(frames, rig.bus.frames(), "both give up in the end");
    }

    @Test
    void greetsForEverWhenNobodyAnswers() {
        GbtRig rig = GbtRig.standard();
        rig.vehicleCable.cut(0, FaultyBus.FOR_EVER);
        rig.runFor(120.0);
        assertEquals(GbtStationPhase.HANDSHAKE, rig.station.phase());
        assertEquals(481, rig.figures(GbtMessage.CHM).count(), 1);
        assertEquals(0, rig.figures(GbtMessage.CRM).count());
    }

    @ParameterizedTest
    @CsvSource({
        "HANDSHAKE,        5, NO_IDENTIFICATION",
        "IDENTIFICATION,   5, NOT_RECOGNISED",
        "PARAMETERS,       5, NO_LIMITS",
        "AWAITING_CHARGER, 5, CHARGER_NOT_READY",
        "CHARGING,         1, NO_CHARGER_STATE",
        "STOPPING,         5, NO_STOP_ANSWER",
        "STATISTICS,      10, NO_STATISTICS",
    })
    void silentStationLeavesNeitherSideWithCurrent(VehiclePhase phase, double limitS, GbtProblem problem) {
        GbtRig rig = GbtRig.standard();
        if (phase.compareTo(VehiclePhase.CHARGING) >= 0) {
            assertTrue(rig.runTo(VehiclePhase.CHARGING));
            rig.runFor(10.0);
        }
        if (phase.compareTo(VehiclePhase.CHARGING) > 0) {
            rig.demand.stop(StopCause.DRIVER);
        }
        assertTrue(rig.runTo(phase));
        rig.weldedContactors = true;
        double cutS = rig.nowS();
        rig.stationCable.cut(rig.clock.nowNanos(), FaultyBus.FOR_EVER);

        assertTrue(rig.runUntil(() -> rig.link.problem() == problem, limitS + 0.3), rig.link.phase() + "");
        assertTrue(rig.nowS() - cutS >= limitS - 0.3, "early: " + (rig.nowS() - cutS));
        assertFalse(rig.link.state().phase.energyMayFlow());
        rig.runFor(1.1);
        assertEquals(0.0, rig.station.outputA(), "the station noticed on its own");
        rig.runFor(120.0);
        assertEquals(0.0, rig.station.outputA());
        assertTrue(rig.link.state().phase.over(), rig.link.phase().toString());
    }

    @Test
    void stationThatIsNotHeardCutsWhenTheVehicleReportsIt() {
        GbtRig rig = at(GbtStationPhase.CHARGING);
        double cutS = rig.nowS();
        rig.stationCable.mute(rig.clock.nowNanos(), FaultyBus.FOR_EVER);
        assertTrue(rig.runTo(GbtStationPhase.YIELDING));
        assertEquals(1.0, rig.nowS() - cutS, 0.1);
        assertEquals(0.0, rig.station.outputA());
        assertEquals(GbtStationProblem.VEHICLE_TIMED_OUT, rig.station.problem());
        assertEquals("ccs", rig.entries(GbtMessage.BEM).get(0).detail());
        assertTrue(rig.runTo(GbtStationPhase.IDENTIFICATION));
        assertEquals(6.25, rig.nowS() - cutS, 0.4);
    }

    @ParameterizedTest
    @CsvSource({"vehicle", "station"})
    void bothStartAgainAtCrmAfterASilenceOfThreeSeconds(String who) {
        GbtRig rig = at(GbtStationPhase.CHARGING);
        rig.weldedContactors = false;
        long nowNanos = rig.clock.nowNanos();
        FaultyBus cable = who.equals("vehicle") ? rig.vehicleCable : rig.stationCable;
        cable.cut(nowNanos, nowNanos + 3_000_000_000L);
        assertTrue(rig.runTo(GbtStationPhase.IDENTIFICATION));
        assertEquals(0.0, rig.packA);
        assertTrue(rig.runTo(GbtStationPhase.CHARGING));
        rig.runFor(10.0);
        assertEquals(-100.0, rig.packA, 1e-9);
        assertEquals(1, rig.station.restarts());
        assertEquals(1, rig.link.state().restarts);
        assertEquals(1, rig.recorder.restarts());
        assertEquals(
                "0 1",
                rig.entries(GbtMessage.BCL).stream()
                        .map(SessionEntry::attempt)
                        .distinct()
                        .map(String::valueOf)
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""));
        assertEquals(50.0, rig.figures(GbtMessage.BCL).maxPeriodMs(), 1.0, "the gap of the restart does not count");
    }

    @ParameterizedTest
    @CsvSource({"0.9, CHARGING, NONE", "1.1, REPORTING, NO_DEMAND"})
    void aShortLossOfDemandsIsBorne(double lossS, GbtStationPhase phase, GbtStationProblem problem) {
        GbtRig rig = at(GbtStationPhase.CHARGING);
        long nowNanos = rig.clock.nowNanos();
        rig.vehicleCable.loseSent(
                nowNanos, nowNanos + Math.round(lossS * 1e9), frame -> GbtRig.is(frame, GbtMessage.BCL));
        rig.runFor(1.5);
        assertEquals(phase, rig.station.phase());
        assertEquals(problem, rig.station.problem());
        assertTrue(rig.vehicleCable.lost() >= 18);
    }

    @Test
    void lossOfTheBatteryStateAloneEndsTheChargeAfterFiveSeconds() {
        GbtRig rig = at(GbtStationPhase.CHARGING);
        double cutS = rig.nowS();
        rig.vehicleCable.loseSent(
                rig.clock.nowNanos(), FaultyBus.FOR_EVER, frame -> (frame.id() & 0x00FE_0000) == 0x00EA_0000);
        assertTrue(rig.runTo(GbtStationPhase.REPORTING));
        assertEquals(4.9, rig.nowS() - cutS, 0.15);
        assertEquals(GbtStationProblem.NO_BATTERY_STATE, rig.station.problem());
        assertEquals(0.0, rig.station.outputA());
        rig.runFor(0.1);
        assertEquals("bcs", rig.entries(GbtMessage.CEM).get(0).detail());
    }
}
