package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.charge.ChargeMode;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.StopCause;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions with a charger that keeps to the flow. */
class GbtLinkTest {

    @Test
    void chargesFromGreetingToFiguresInOrder() {
        Bench bench = new Bench(100, 28);
        assertEquals(VehiclePhase.WAITING, bench.link.phase());
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(11.0);

        assertEquals(ChargePhase.CHARGING, bench.link.state().phase);
        assertTrue(bench.link.state().permitted);
        assertEquals(700, bench.link.state().maxV);
        assertEquals(200, bench.link.state().minV);
        assertEquals(120, bench.link.state().maxA);
        assertEquals(2, bench.link.state().minA);
        assertEquals(400, bench.link.state().presentV);
        assertEquals(-80, bench.link.state().presentA);
        assertEquals(3, bench.link.state().elapsedMin);
        assertEquals(Double.NaN, bench.link.state().deliveredWh);
        assertEquals(StopCause.NONE, bench.link.state().stop);
        assertFalse(bench.link.edition2011());
        assertEquals(Optional.of(LocalDateTime.of(2015, 5, 16, 8, 24, 36)), bench.link.chargerClock());

        bench.demand.stop(StopCause.SOC_REACHED);
        assertTrue(bench.until(VehiclePhase.ENDED));
        assertEquals(ChargePhase.ENDED, bench.link.state().phase);
        assertFalse(bench.link.state().permitted);
        assertEquals(StopCause.SOC_REACHED, bench.link.state().stop);
        assertEquals(17, bench.link.state().elapsedMin);
        assertEquals(12_300.0, bench.link.state().deliveredWh, 1e-9);
        assertEquals(Double.NaN, bench.link.state().presentA);
        assertEquals(GbtProblem.NONE, bench.link.problem());
        assertEquals(0, bench.link.state().restarts);
        assertEquals(
                List.of("BHM", "BRM", "BCP", "BRO", "BCL", "BSM", "BCS", "BMV", "BMT", "BST", "BSD"),
                bench.charger.order);
        int before = bench.cable.vehicle.sent.size();
        bench.run(20);
        assertEquals(before, bench.cable.vehicle.sent.size(), "silent when it is over");
    }

    @ParameterizedTest
    @CsvSource({
        "BHM, f811",
        "BRM, 010100 06 0807 a00f 424d534a 07000000 27 05 11 2a0000 ff ff 4c54455354 303030303030303030303031 ffffffffffffffff",
        "BCP, a401 b80b d002 f811 69 3a02 7c0f",
        "BRO, aa",
        "BCL, 9411 800c 02",
        "BCS, 7c0f 840c 8901 39 1f00",
        "BSM, 42 51 01 4d 1b 00 d0",
        "BMV, 8601 8601 8601",
        "BMT, 4f 4f",
    })
    void tellsTheChargerWhatItWasGiven(GbtMessage message, String payload) {
        Bench bench = new Bench(3, 2);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        assertEquals(payload.replace(" ", ""), bench.charger.last.get(message));
    }

    @ParameterizedTest
    @CsvSource({"BHM, 0.25", "BRO, 0.25", "BCL, 0.05", "BSM, 0.25", "BST, 0.01", "BSD, 0.25"})
    void repeatsSingleFramesOnAnExactGrid(GbtMessage message, double periodS) {
        Bench bench = new Bench(100, 28);
        switch (message) {
            case BHM -> bench.charger.withheld.add(GbtMessage.CRM);
            case BRO -> bench.charger.withheld.add(GbtMessage.CRO);
            case BST -> bench.charger.withheld.add(GbtMessage.CST);
            case BSD -> bench.charger.withheld.add(GbtMessage.CSD);
            default -> {
                // in the loop
            }
        }
        bench.until(() -> bench.link.phase() == VehiclePhase.CHARGING || bench.timeS() > 3);
        bench.run(3.0);
        bench.demand.stop(StopCause.DRIVER);
        bench.run(3.0);

        List<Cable.Seen> sent = bench.sent(message);
        assertTrue(sent.size() >= 2.9 / periodS, sent.size() + " sent");
        for (int i = 1; i < sent.size(); i++) {
            assertEquals(periodS, sent.get(i).timeS() - sent.get(i - 1).timeS(), 1e-9, message + " " + i);
        }
    }

    @ParameterizedTest(name = "{0} every {2} s")
    @CsvSource({
        "BRM, 000200, 0.25, CRM",
        "BCP, 000600, 0.50, CML",
        "BCS, 001100, 0.25, CEM",
        "BMV, 001500, 10, CEM",
        "BMT, 001600, 10, CEM"
    })
    void repeatsTransfersWhenTheConnectionIsFree(
            GbtMessage message, String group, double periodS, GbtMessage withheld) {
        Bench bench = new Bench(100, 28);
        bench.charger.withheld.add(withheld);
        if (withheld == GbtMessage.CRM) {
            bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CRM)
                    .set(GbtField.CRM_RECOGNISED, GbtAnswer.NO)
                    .into(new CanFrame()));
            bench.charger.say();
        }
        bench.run(withheld == GbtMessage.CEM ? 35 : 4);

        String reversed = group.substring(4) + group.substring(2, 4) + group.substring(0, 2);
        List<Cable.Seen> requests = bench.cable.vehicle.sent.stream()
                .filter(seen ->
                        seen.frame().startsWith("1CEC56F4#10") && seen.frame().endsWith(reversed))
                .toList();
        assertTrue(requests.size() >= 3, requests.size() + " requests");
        double first = requests.get(0).timeS();
        for (int i = 1; i < requests.size(); i++) {
            // A transfer of 200 bytes takes 29 packets, 8 per step of 10 ms.
            assertEquals(first + i * periodS, requests.get(i).timeS(), 0.11, message + " " + i);
        }
        assertTrue(bench.charger.last.containsKey(message));
    }

    @Test
    void shortListsFitOneFrame() {
        Bench bench = new Bench(4, 8);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        assertEquals("8601860186018601", bench.charger.last.get(GbtMessage.BMV));
        assertEquals(
                "1C1656F4#4F4F4F4F4F4F4F4F", bench.sent(GbtMessage.BMT).get(0).frame());
    }

    @Test
    void listsTooLongForTheirMessagesAreCut() {
        Bench bench = new Bench(300, 130);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(2.0);
        assertEquals("8601".repeat(256), bench.charger.last.get(GbtMessage.BMV));
        assertEquals("4f".repeat(128), bench.charger.last.get(GbtMessage.BMT));
    }

    @Test
    void saysNothingOfCellsNobodyMeasured() {
        Bench bench = new Bench(6, 3);
        Arrays.fill(bench.demand.pack().cellV, Double.NaN);
        Arrays.fill(bench.demand.pack().temperatureDegC, Double.NaN);
        bench.demand.pack().temperatureDegC[1] = -3;
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        assertFalse(bench.charger.last.containsKey(GbtMessage.BMV));
        assertEquals("ff2fff", bench.charger.last.get(GbtMessage.BMT));
    }

    @Test
    void unknownReadingsGoOutAsNotAvailable() {
        Bench bench = new Bench();
        bench.demand.pack().packV = Double.NaN;
        bench.demand.pack().packA = Double.NaN;
        bench.demand.pack().soc = Double.NaN;
        bench.demand.pack().remainingMin = Double.NaN;
        bench.demand.pack().highestCellV = Double.NaN;
        bench.demand.pack().highestCell = -1;
        bench.demand.pack().lowestSensor = 255;
        bench.demand.pack().highestSensor = 254;
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        assertEquals("ffffffffff0fffffff", bench.charger.last.get(GbtMessage.BCS));
        assertEquals("ff51fe4dff00d0", bench.charger.last.get(GbtMessage.BSM));
    }

    @ParameterizedTest(name = "wanted {0} V {1} A {2}, ready {3}: BCL {4}")
    @CsvSource({
        "450, 80, CONSTANT_CURRENT, true, 9411800c02",
        "450, 80, CONSTANT_VOLTAGE, true, 9411800c01",
        "450, 80, CONSTANT_CURRENT, false, 9411a00f02",
        // no more than the vehicle's ratings: 460 V, 100 A
        "470, 500, CONSTANT_CURRENT, true, f811b80b02",
        // cut to whole steps, never rounded up
        "450.09, 80.09, CONSTANT_CURRENT, true, 9411800c02",
        "0.3, 0.7, CONSTANT_CURRENT, true, 0300990f02",
        // what is not known asks for nothing
        "NaN, 80, CONSTANT_CURRENT, true, 0000a00f02",
    })
    void asksForNoMoreThanAllowed(double targetV, double chargeA, ChargeMode mode, boolean ready, String payload) {
        Bench bench = new Bench();
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.demand.ask(targetV, chargeA, mode);
        bench.demand.ready(ready);
        bench.run(0.1);
        assertEquals(payload, bench.charger.last.get(GbtMessage.BCL));
        assertEquals(VehiclePhase.CHARGING, bench.link.phase());
    }

    @Test
    void followsLimitsTheChargerLowersWhileCharging() {
        Bench bench = new Bench();
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CML)
                .set(GbtField.CML_MAX_V, 430)
                .set(GbtField.CML_MAX_A, 25)
                .into(new CanFrame()));
        bench.run(0.1);
        assertEquals("cc10a60e02", bench.charger.last.get(GbtMessage.BCL));
    }

    @ParameterizedTest
    @CsvSource({
        "true,  false, false, false, 4251014d1b01d0",
        "false, true,  false, false, 4251014d1b02d0",
        "false, false, true,  false, 4251014d1b40d0",
        "false, false, false, true,  4251014d1b10d0",
    })
    void reportsAlarmsOfThePack(boolean high, boolean low, boolean hot, boolean current, String payload) {
        Bench bench = new Bench();
        bench.demand.pack().cellVoltageHigh = high;
        bench.demand.pack().cellVoltageLow = low;
        bench.demand.pack().overTemperature = hot;
        bench.demand.pack().overCurrent = current;
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(0.5);
        assertEquals(payload, bench.charger.last.get(GbtMessage.BSM));
    }

    @Test
    void withdrawsItsPermissionWhenThePackIsNoLongerReady() {
        Bench bench = new Bench();
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.demand.ready(false);
        bench.run(0.5);
        assertEquals("4251014d1b00c0", bench.charger.last.get(GbtMessage.BSM));
    }

    @Test
    void aPauseIsNoStop() {
        Bench bench = new Bench();
        assertTrue(bench.until(() -> bench.link.state().permitted));
        bench.charger.permitted = false;
        bench.run(120);
        assertEquals(ChargePhase.CHARGING, bench.link.state().phase);
        assertFalse(bench.link.state().permitted);
        assertEquals(0.0, bench.link.state().presentA);
        assertEquals(StopCause.NONE, bench.link.state().stop);
        bench.charger.permitted = true;
        bench.run(0.1);
        assertTrue(bench.link.state().permitted);
        assertEquals(-80.0, bench.link.state().presentA);
    }

    @Test
    void waitsForItsContactorsBeforeItSaysReady() {
        Bench bench = new Bench();
        bench.demand.ready(false);
        assertTrue(bench.until(VehiclePhase.READYING));
        bench.run(30);
        assertEquals(VehiclePhase.READYING, bench.link.phase());
        assertEquals("00", bench.charger.last.get(GbtMessage.BRO));
        bench.demand.ready(true);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        assertEquals("aa", bench.charger.last.get(GbtMessage.BRO));
    }

    @Test
    void takesItsReadinessBack() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CRO);
        assertTrue(bench.until(VehiclePhase.AWAITING_CHARGER));
        bench.run(0.5);
        bench.demand.ready(false);
        bench.run(0.5);
        assertEquals(VehiclePhase.READYING, bench.link.phase());
        assertEquals("00", bench.charger.last.get(GbtMessage.BRO));
    }

    @ParameterizedTest
    @CsvSource({
        "SOC_REACHED, 010000f0",
        "PACK_VOLTAGE_REACHED, 040000f0",
        "CELL_VOLTAGE_REACHED, 100000f0",
        "DEPARTURE, 000000f0",
        "DRIVER, 000000f0",
        "STATION, 400000f0",
        "TEMPERATURE, 000001f0",
        "BAD_SAMPLE, 000040f0",
        "MISMATCH, 000000f1",
        "INSULATION, 000100f0",
        "COMMUNICATION, 000040f0",
        "PACK_FAULT, 000040f0",
    })
    void tellsWhyItStops(StopCause cause, String payload) {
        Bench bench = new Bench();
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        bench.demand.stop(cause);
        assertFalse(bench.step().permitted);
        assertEquals(ChargePhase.STOPPING, bench.link.state().phase);
        assertEquals(cause, bench.link.state().stop);
        assertTrue(bench.until(VehiclePhase.ENDED));
        assertEquals(payload, bench.charger.last.get(GbtMessage.BST));
        assertEquals("3984018901" + "4d51", bench.charger.last.get(GbtMessage.BSD));
        double lastBcl = bench.sent(GbtMessage.BCL)
                .get(bench.sent(GbtMessage.BCL).size() - 1)
                .timeS();
        assertTrue(lastBcl < bench.sent(GbtMessage.BST).get(0).timeS());
    }

    @Test
    void answersAChargerThatStops() {
        Bench bench = new Bench();
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        assertEquals(GbtFlag.NOT_AVAILABLE, bench.link.chargerStop().flag(GbtField.CST_MANUAL));
        bench.charger.say(GbtMessage.CST);
        bench.step();
        assertFalse(bench.link.state().permitted);
        assertEquals(VehiclePhase.STOPPING, bench.link.phase());
        assertEquals(StopCause.STATION, bench.link.state().stop);
        assertEquals(GbtFlag.YES, bench.link.chargerStop().flag(GbtField.CST_MANUAL));
        assertEquals(GbtFlag.NO, bench.link.chargerStop().flag(GbtField.CST_EMERGENCY_STOP));
        assertTrue(bench.until(VehiclePhase.ENDED));
        assertEquals("400000f0", bench.charger.last.get(GbtMessage.BST));
        assertEquals(VehicleSession.STOP_ANSWERS, bench.sent(GbtMessage.BST).size());
        assertEquals(12_300.0, bench.link.state().deliveredWh, 1e-9);
        assertEquals(GbtProblem.NONE, bench.link.problem());
    }

    @Test
    void keepsTheChargersReadingsWhileItRampsDown() {
        Bench bench = new Bench();
        bench.charger.withheld.add(GbtMessage.CST);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        bench.demand.stop(StopCause.DRIVER);
        bench.step();
        assertEquals(Double.NaN, bench.link.state().presentA);
        bench.charger.outputA = -11.0;
        bench.charger.say(GbtMessage.CCS);
        bench.charger.port.send(bench.nowNanos, bench.charger);
        bench.cable.vehicle.arrive(new GbtBody(GbtMessage.CCS)
                .set(GbtField.CCS_OUTPUT_V, 399)
                .set(GbtField.CCS_OUTPUT_A, -11)
                .set(GbtField.CCS_PERMITTED, GbtFlag.YES)
                .into(new CanFrame()));
        bench.step();
        assertEquals(399, bench.link.state().presentV);
        assertEquals(-11, bench.link.state().presentA);
        assertFalse(bench.link.state().permitted);
    }

    @ParameterizedTest
    @CsvSource({"CHM, WAITING", "CRM, HANDSHAKE", "CML, PARAMETERS", "CEM, READYING"})
    void aStopBeforeEnergyCouldFlowEndsWithoutAWord(GbtMessage withheld, VehiclePhase phase) {
        Bench bench = new Bench();
        bench.demand.ready(false);
        bench.charger.withheld.add(withheld);
        bench.run(1.0);
        assertEquals(phase, bench.link.phase());
        bench.demand.stop(StopCause.DEPARTURE);
        bench.step();
        assertEquals(VehiclePhase.ENDED, bench.link.phase());
        assertEquals(StopCause.DEPARTURE, bench.link.state().stop);
        int before = bench.cable.vehicle.sent.size();
        bench.run(5.0);
        assertEquals(before, bench.cable.vehicle.sent.size());
    }

    @Test
    void fallsBackToThe2011Edition() {
        Bench bench = new Bench();
        bench.charger.edition2011 = true;
        bench.charger.say(GbtMessage.CRM);
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1.0);
        assertTrue(bench.link.edition2011());
        assertEquals(41 * 2, bench.charger.last(GbtMessage.BRM).length());
        assertTrue(bench.charger.last(GbtMessage.BRM).startsWith("00010006"));
        assertEquals(List.of("BRM", "BCP", "BRO", "BCL", "BSM", "BCS"), bench.charger.order);
        assertEquals(120, bench.link.state().maxA);
        assertEquals(Double.NaN, bench.link.state().minA);
        assertTrue(bench.link.state().permitted, "the 2011 edition knows no pause");
        bench.demand.stop(StopCause.CELL_VOLTAGE_REACHED);
        assertTrue(bench.until(VehiclePhase.ENDED));
        assertEquals(12_300.0, bench.link.state().deliveredWh, 1e-9);
    }

    @Test
    void beginsANewSessionWhenAsked() {
        Bench bench = new Bench();
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.charger.say(GbtMessage.CST);
        assertTrue(bench.until(VehiclePhase.ENDED));
        bench.charger.say(GbtMessage.CHM);
        bench.run(10);
        assertEquals(VehiclePhase.ENDED, bench.link.phase());

        bench.link.reset();
        assertEquals(ChargePhase.WAITING, bench.link.state().phase);
        assertEquals(StopCause.NONE, bench.link.state().stop);
        assertEquals(Double.NaN, bench.link.state().maxA);
        assertEquals(Double.NaN, bench.link.state().deliveredWh);
        assertEquals(Double.NaN, bench.link.state().elapsedMin);
        assertEquals(GbtFlag.NOT_AVAILABLE, bench.link.chargerStop().flag(GbtField.CST_MANUAL));
        assertEquals(Optional.empty(), bench.link.chargerClock());
        assertTrue(bench.until(VehiclePhase.CHARGING));
        bench.run(1);
        bench.charger.withheld.add(GbtMessage.CSD);
        bench.demand.stop(StopCause.DRIVER);
        bench.step();
        assertEquals(VehiclePhase.STOPPING, bench.link.phase(), "an old CST does not answer the new stop");
        assertTrue(bench.until(VehiclePhase.STATISTICS));
        bench.run(5);
        assertEquals(VehiclePhase.STATISTICS, bench.link.phase(), "nor do old figures end it");
        bench.charger.withheld.clear();
        assertTrue(bench.until(VehiclePhase.ENDED));
        assertEquals(12_300.0, bench.link.state().deliveredWh, 1e-9);
    }
}
