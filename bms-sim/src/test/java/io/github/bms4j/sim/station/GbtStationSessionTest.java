package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.VehiclePhase;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.StopCause;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole sessions of the station with the real vehicle link, on virtual time. */
class GbtStationSessionTest {
    private static GbtRig chargedFor20s() {
        GbtRig rig = GbtRig.standard();
        assertTrue(rig.runTo(GbtStationPhase.CHARGING));
        rig.runFor(20.0);
        rig.demand.stop(StopCause.SOC_REACHED);
        assertTrue(rig.runTo(GbtStationPhase.ENDED));
        return rig;
    }

    @Test
    void saysEverythingInOrder() {
        GbtRig rig = chargedFor20s();
        assertEquals(
                List.of(
                        "CHM V1.1",
                        "BHM at most 420.0 V",
                        "CRM 00 not recognised",
                        "BRM V1.1 NMC 150.0 Ah 350.0 V",
                        "CRM AA recognised",
                        "BCP cell <= 4.25 V, pack <= 420.0 V, <= 250.0 A, now 380.0 V, SOC 50.0 %",
                        "CTS 2025-01-01T08:00:05",
                        "CML 200.0...500.0 V, 0.0...250.0 A",
                        "BRO 00 not ready",
                        "BRO AA ready",
                        "CRO 00 not ready",
                        "CRO AA ready",
                        "BCL 420.0 V 0.0 A CC → 420.0 V 100.0 A CC",
                        "BSM charge permitted, 25...31 °C",
                        "BCS 380.0 V 0.0 A, cell 3.96 V, SOC 50 %, 42 min left"
                                + " → 385.0 V 100.0 A, cell 4.01 V, SOC 50 %, 42 min left",
                        "CCS 380.0 V 0.0 A, 0 min, permitted → 385.0 V 100.0 A, 0 min, permitted",
                        "BMV 96 cells, 3.96...3.96 V → 96 cells, 4.01...4.01 V",
                        "BMT 8 probes, 28...28 °C",
                        "BST soc reached",
                        "CST vehicle stopped",
                        "BSD SOC 50 %, cells 4.00...4.01 V, 25...31 °C → SOC 50 %, cells 3.96...3.97 V, 25...31 °C",
                        "CSD 0 min, 0.2 kWh"),
                rig.recorder.entries().stream()
                        .map(entry -> entry.message() + " " + entry.detail())
                        .toList());
        assertEquals(0, rig.recorder.unreadable());
        assertEquals(0, rig.recorder.restarts());
    }

    @ParameterizedTest
    @CsvSource({
        "CHM, 250, 21",
        "CML, 250, 2",
        "CRO, 250, 3",
        "CCS, 50, 400",
        "CST, 10, 90",
        "CSD, 250, 4",
        "BHM, 250, 21",
        "BRO, 250, 4",
        "BCL, 50, 400",
        "BCS, 250, 80",
        "BSM, 250, 80",
        "BMV, 10000, 2",
        "BSD, 250, 4"
    })
    void keepsEachPeriod(GbtMessage message, double periodMs, int atLeast) {
        MessageFigures figures = chargedFor20s().figures(message);
        assertTrue(figures.count() >= atLeast, figures.toString());
        assertEquals(periodMs, figures.meanPeriodMs(), 0.6, figures.toString());
        assertTrue(figures.minPeriodMs() > periodMs - 1.0, figures.toString());
        assertTrue(figures.maxPeriodMs() < periodMs + 1.0, figures.toString());
    }

    @Test
    void endsWithFiguresThatAgreeOnBothSides() {
        GbtRig rig = chargedFor20s();
        rig.runFor(2.0);
        assertEquals(VehiclePhase.ENDED, rig.link.phase());
        assertEquals(StopCause.SOC_REACHED, rig.link.state().stop);
        assertEquals(GbtStationProblem.NONE, rig.station.problem());
        assertEquals(20.0, rig.station.chargingS(), 0.1);
        assertEquals(rig.deliveredJ / 3600, rig.station.deliveredWh(), 0.05);
        assertEquals(100 * 385 * 18 / 3600.0, rig.station.deliveredWh(), 1.0, "ramps of 5 s and 1 s cost 2 s");
        assertEquals(rig.station.deliveredWh(), rig.link.state().deliveredWh, 50.0);
        assertEquals(0.0, rig.packA);
        long frames = rig.bus.frames();
        rig.runFor(10.0);
        assertEquals(frames, rig.bus.frames(), "silent when it is over");
    }

    @Test
    void chargingCurrentIsNeverPositiveOnTheWire() {
        GbtRig rig = chargedFor20s();
        assertEquals(0.0, rig.highestWireA);
    }

    @Test
    void rampsUpAt20AmperesPerSecondAndReportsWhatItMeasures() {
        GbtRig rig = GbtRig.standard();
        assertTrue(rig.runUntil(() -> rig.packA < 0.0, 20.0));
        double before = rig.packA;
        rig.runFor(2.0);
        assertEquals(before - 40.0, rig.packA, 1e-6);
        rig.runFor(10.0);
        assertEquals(-100.0, rig.packA, 1e-9);
        assertEquals(-100.0, rig.link.state().presentA, 1e-9);
        assertEquals(385.0, rig.link.state().presentV, 0.051);
        assertEquals(-100.0, rig.station.outputA(), 1e-9);
        assertEquals(385.0, rig.station.outputV(), 1e-6);
    }

    @Test
    void powerStepLowersTheCurrentWithinASecondAndTheVehicleIsNotTold() {
        StationPower power = new StationPower(List.of(new PowerStep(30.0, 20_000.0), new PowerStep(50.0, 80_000.0)));
        GbtRig rig = new GbtRig(GbtStationRating.of(GbtRig.output()), power);
        rig.runFor(29.99);
        assertEquals(-100.0, rig.packA, 1e-9);
        int limitsSent = rig.figures(GbtMessage.CML).count();

        rig.runFor(1.0);
        assertEquals(-20_000.0, rig.packA * rig.packV, 20.0);
        assertEquals(250.0, rig.link.state().maxA, "the rating on the wire stays");
        rig.runFor(10.0);
        assertEquals(-20_000.0, rig.packA * rig.packV, 1.0);
        assertEquals(rig.packA, rig.link.state().presentA, 0.051);
        assertEquals(limitsSent, rig.figures(GbtMessage.CML).count());

        rig.runFor(20.0);
        assertEquals(-100.0, rig.packA, 1e-9);
        assertEquals(ChargePhase.CHARGING, rig.link.state().phase);
    }

    @Test
    void holdsTheVoltageAtTheDemandWithoutOvershoot() {
        GbtRig rig = GbtRig.standard();
        rig.targetV = 383.0;
        rig.askA = 250.0;
        assertTrue(rig.runTo(GbtStationPhase.CHARGING));
        double[] highestV = new double[1];
        rig.runUntil(
                () -> {
                    highestV[0] = Math.max(highestV[0], rig.packV);
                    return false;
                },
                20.0);
        assertEquals(383.0, rig.packV, 0.001);
        assertEquals(-60.0, rig.packA, 0.02);
        assertTrue(highestV[0] < 383.001, "reached " + highestV[0]);
    }

    @Test
    void pauseHoldsTheSessionWithoutCurrentAndGoesOn() {
        GbtRig rig = GbtRig.standard();
        rig.runFor(20.0);
        rig.station.pause(true);
        rig.runFor(1.1);
        assertEquals(0.0, rig.packA);
        assertFalse(rig.link.state().permitted);
        rig.runFor(30.0);
        assertEquals(ChargePhase.CHARGING, rig.link.state().phase);
        assertEquals(0.0, rig.packA);

        rig.station.pause(false);
        rig.runFor(6.0);
        assertEquals(-100.0, rig.packA, 1e-9);
        assertTrue(rig.link.state().permitted);
        assertEquals(0, rig.station.restarts());
        List<SessionEntry> states = rig.entries(GbtMessage.CCS);
        assertEquals(3, states.size());
        assertTrue(states.get(1).detail().endsWith("pause"), states.get(1).detail());
        assertEquals(50.0, rig.figures(GbtMessage.CCS).maxPeriodMs(), 1.0);
    }

    @Test
    void vehicleThatIsNotReadyGetsNoCurrentAndGoesOnLater() {
        GbtRig rig = GbtRig.standard();
        rig.runFor(20.0);
        rig.ready = false;
        rig.runFor(1.2);
        assertEquals(0.0, rig.packA);
        rig.ready = true;
        rig.runFor(6.0);
        assertEquals(-100.0, rig.packA, 1e-9);
        assertEquals(GbtStationPhase.CHARGING, rig.station.phase());
        assertEquals(
                List.of("charge permitted", "no charge permitted", "charge permitted"),
                rig.entries(GbtMessage.BSM).stream()
                        .map(entry -> entry.detail().substring(0, entry.detail().indexOf(',')))
                        .toList());
    }

    @Test
    void stopAtTheStationEndsInOrder() {
        GbtRig rig = GbtRig.standard();
        rig.runFor(20.0);
        rig.station.requestStop();
        assertEquals(GbtStationPhase.STOPPING, rig.station.phase());
        rig.runFor(1.1);
        assertEquals(0.0, rig.packA);
        rig.runFor(4.0);
        assertEquals(GbtStationPhase.ENDED, rig.station.phase());
        assertEquals(VehiclePhase.ENDED, rig.link.phase());
        assertEquals(StopCause.STATION, rig.link.state().stop);
        assertEquals("manual", rig.entries(GbtMessage.CST).get(0).detail());
        assertEquals("charger stopped", rig.entries(GbtMessage.BST).get(0).detail());
        assertEquals(0, rig.figures(GbtMessage.CEM).count());
    }

    @ParameterizedTest
    @CsvSource({"HANDSHAKE, ENDED", "IDENTIFICATION, ENDED", "LIMITS, STOPPING", "READY, STOPPING"})
    void stopBeforeTheChargeEndsToo(GbtStationPhase at, GbtStationPhase next) {
        GbtRig rig = GbtRig.standard();
        rig.weldedContactors = true;
        assertTrue(rig.runTo(at));
        rig.station.requestStop();
        assertEquals(next, rig.station.phase());
        rig.station.requestStop();
        assertEquals(next, rig.station.phase(), "a second press changes nothing");
        rig.runFor(30.0);
        assertEquals(0.0, rig.station.outputA());
        assertTrue(rig.station.phase().over());
        assertFalse(rig.link.state().phase.energyMayFlow());
    }

    @ParameterizedTest
    @CsvSource({"0.0, 1", "2.0, 9", "16.0, 65"})
    void insulationTestTakesItsTime(double testS, int greetings) {
        GbtRig rig = new GbtRig(
                new GbtStationRating(
                        GbtRig.output(),
                        GbtEdition.V2015,
                        testS,
                        77,
                        "100",
                        GbtStationRating.of(GbtRig.output()).clockAtZero()),
                StationPower.UNLIMITED);
        assertTrue(rig.runTo(GbtStationPhase.CHARGING));
        assertEquals(greetings, rig.figures(GbtMessage.CHM).count());
        assertEquals(testS, rig.figures(GbtMessage.CRM).firstS(), 0.05);
    }

    @Test
    void speaksThe2011EditionToo() {
        GbtRig rig = new GbtRig(GbtStationRating.of(GbtRig.output()).with(GbtEdition.V2011), StationPower.UNLIMITED);
        rig.keepsLog = true;
        rig.runFor(20.0);
        assertEquals(-100.0, rig.packA, 1e-9);
        assertTrue(rig.link.edition2011());
        assertTrue(Double.isNaN(rig.link.state().minA));
        assertEquals(0, rig.figures(GbtMessage.CHM).count());
        assertTrue(rig.log.stream().anyMatch(line -> line.matches(".* 1808F456#.{12}")), "CML has 6 bytes");
        assertTrue(rig.log.stream().anyMatch(line -> line.matches(".* 1812F456#.{12}")), "CCS has 6 bytes");
        rig.demand.stop(StopCause.DRIVER);
        rig.runFor(5.0);
        assertEquals(VehiclePhase.ENDED, rig.link.phase());
        assertEquals(GbtStationPhase.ENDED, rig.station.phase());
        assertTrue(rig.log.stream().anyMatch(line -> line.matches(".* 181DF456#.{10}")), "CSD has 5 bytes");
    }

    @Test
    void sameRunGivesTheSameFramesToTheNanosecond() {
        List<String> once = framesOfADisturbedRun(30.0);
        assertEquals(once, framesOfADisturbedRun(30.0));
        assertTrue(once.size() > 1000);
        assertNotEquals(once, framesOfADisturbedRun(31.0));
    }

    private static List<String> framesOfADisturbedRun(double stopS) {
        GbtRig rig = GbtRig.standard();
        rig.keepsLog = true;
        rig.vehicleCable.cut(15_000_000_000L, 16_500_000_000L);
        rig.runFor(stopS);
        rig.station.requestStop();
        rig.runFor(5.0);
        return rig.log;
    }

    @Test
    void allocatesNothingWhileCharging() {
        GbtRig rig = GbtRig.standard();
        rig.runFor(60.0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        rig.runFor(60.0);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(-100.0, rig.packA, 1e-9);
        assertTrue(bytes < 6_000, bytes + " bytes in 6000 steps");
    }
}
