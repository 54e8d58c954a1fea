package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.gbt27930.GbtAnswer;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtFlag;
import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.GbtNode;
import io.github.bms4j.can.log.CandumpReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRecorderTest {
    private final SessionRecorder recorder = new SessionRecorder();
    private final CanFrame frame = new CanFrame();

    private void say(double atS, GbtMessage message, Consumer<GbtBody> words) {
        GbtBody body = new GbtBody(message);
        words.accept(body);
        recorder.frame(body.into(frame).timestampNanos(Math.round(atS * 1e9)));
    }

    private List<String> lines() {
        return recorder.entries().stream()
                .map(entry -> entry.message() + " " + entry.detail() + " x" + entry.count())
                .toList();
    }

    @Test
    void readsTheStartOfARealSession() throws IOException {
        String name = "charger-session-start.candump.log";
        try (InputStream in = getClass().getResourceAsStream(name)) {
            assertNotNull(in);
            CandumpReader reader = new CandumpReader(in, name);
            while (reader.read(frame)) {
                recorder.frame(frame);
            }
        }
        assertEquals(
                List.of(
                        "CHM V1.1 x7",
                        "BHM at most 603.0 V x5",
                        "CRM 00 not recognised x1",
                        "BRM V1.1 NMC 18.0 Ah 492.1 V x1",
                        "CRM AA recognised x1",
                        "BCP cell <= 4.14 V, pack <= 603.0 V, <= 100.0 A, now 490.0 V, SOC 97.0 % x1",
                        "CTS 2015-05-16T08:24:36 x2",
                        "CML 200.0...700.0 V, 0.0...20.0 A x3",
                        "BRO 00 not ready x3",
                        "BRO AA ready x2",
                        "CRO AA ready x2",
                        "BCL 597.0 V 3.0 A CC x34",
                        "BCS 490.1 V 0.0 A, cell 3.71 V, SOC 97 %, 0 min left"
                                + " → 490.2 V 0.0 A, cell 3.71 V, SOC 97 %, 0 min left x7",
                        "CCS 4.2 V 0.0 A, 0 min, permitted x33",
                        "BSM charge permitted, 24...25 °C x7"),
                lines());
        assertEquals(0, recorder.unreadable());
        MessageFigures demand = recorder.figures().stream()
                .filter(row -> row.message() == GbtMessage.BCL)
                .findFirst()
                .orElseThrow();
        assertEquals(3258.4, demand.firstS(), 1e-9);
        assertEquals(3260.0, demand.lastS(), 1e-9);
        assertEquals(1600.0 / 33, demand.meanPeriodMs(), 1e-6, "50 ms, read off a clock of 0.1 s");
        assertEquals(0.0, demand.minPeriodMs());
        assertEquals(100.0, demand.maxPeriodMs(), 1e-6);
    }

    @Test
    void beginsANewLineWhenTheDecisionChangesAndOnlyThen() {
        for (int i = 0; i < 4; i++) {
            int value = i;
            say(i, GbtMessage.CRO, cro -> cro.set(GbtField.CRO_READY, value < 2 ? GbtAnswer.NO : GbtAnswer.YES));
            say(
                    i,
                    GbtMessage.BCL,
                    bcl -> bcl.set(GbtField.BCL_DEMAND_V, 400.0 + value)
                            .set(GbtField.BCL_DEMAND_A, -10.0 * value)
                            .setRaw(GbtField.BCL_MODE, value == 3 ? 1 : 2));
        }
        assertEquals(
                List.of(
                        "CRO 00 not ready x2",
                        "BCL 400.0 V 0.0 A CC → 402.0 V 20.0 A CC x3",
                        "CRO AA ready x2",
                        "BCL 403.0 V 30.0 A CV x1"),
                lines());
        SessionEntry demand = recorder.entries().get(1);
        assertEquals(0.0, demand.firstS());
        assertEquals(2.0, demand.lastS());
        assertEquals(1000.0, demand.meanPeriodMs());
        assertEquals(GbtNode.VEHICLE, demand.sender());
        assertEquals(GbtNode.CHARGER, recorder.entries().get(0).sender());
        assertTrue(Double.isNaN(recorder.entries().get(3).meanPeriodMs()));
    }

    @Test
    void figuresLeaveOutTheGapOfARestart() {
        Consumer<GbtBody> asks = crm -> crm.set(GbtField.CRM_RECOGNISED, GbtAnswer.NO);
        Consumer<GbtBody> knows = crm -> crm.set(GbtField.CRM_RECOGNISED, GbtAnswer.YES);
        say(0.0, GbtMessage.CRM, asks);
        say(0.25, GbtMessage.CRM, asks);
        say(0.75, GbtMessage.CRM, knows);
        assertEquals(0, recorder.restarts());
        say(60.0, GbtMessage.CRM, asks);
        say(60.1, GbtMessage.CRM, asks);
        assertEquals(1, recorder.restarts());
        say(65.0, GbtMessage.CEM, GbtBody::clearFlags);
        say(70.0, GbtMessage.CRM, asks);
        assertEquals(2, recorder.restarts());

        MessageFigures crm = recorder.figures().get(0);
        assertEquals(6, crm.count());
        assertEquals(0.0, crm.firstS());
        assertEquals(70.0, crm.lastS());
        assertEquals(100.0, crm.minPeriodMs(), 1e-6);
        assertEquals(850.0 / 3, crm.meanPeriodMs(), 1e-6);
        assertEquals(500.0, crm.maxPeriodMs(), 1e-6);
        assertEquals(
                List.of(0, 0, 1, 1, 2),
                recorder.entries().stream().map(SessionEntry::attempt).toList());
        MessageFigures cem = recorder.figures().get(1);
        assertEquals(1, cem.count());
        assertTrue(
                Double.isNaN(cem.minPeriodMs()) && Double.isNaN(cem.meanPeriodMs()) && Double.isNaN(cem.maxPeriodMs()));
    }

    @Test
    void reasonsAndAlarmsAreSpelledOut() {
        say(0, GbtMessage.BST, bst -> bst.clearFlags().set(GbtField.BST_CELL_V_REACHED, GbtFlag.YES));
        say(
                1,
                GbtMessage.BST,
                bst -> bst.clearFlags()
                        .set(GbtField.BST_CELL_V_REACHED, GbtFlag.YES)
                        .set(GbtField.BST_RELAY, GbtFlag.YES));
        say(2, GbtMessage.CST, GbtBody::clearFlags);
        say(
                3,
                GbtMessage.BSM,
                bsm -> bsm.clearFlags()
                        .setRaw(GbtField.BSM_CELL_VOLTAGE, 1)
                        .setRaw(GbtField.BSM_SOC, 2)
                        .set(GbtField.BSM_OVER_TEMPERATURE, GbtFlag.YES)
                        .set(GbtField.BSM_MIN_DEG_C, 20)
                        .set(GbtField.BSM_MAX_DEG_C, 61));
        say(4, GbtMessage.BEM, bem -> bem.clearFlags().set(GbtField.BEM_CCS, GbtFlag.YES));
        say(
                5,
                GbtMessage.CCS,
                ccs -> ccs.set(GbtField.CCS_OUTPUT_V, 400)
                        .set(GbtField.CCS_OUTPUT_A, -12.5)
                        .set(GbtField.CCS_ELAPSED_MIN, 7)
                        .set(GbtField.CCS_PERMITTED, GbtFlag.NO));
        say(6, GbtMessage.CTS, cts -> {});
        say(7, GbtMessage.BRO, bro -> {});
        say(8, GbtMessage.CSD, csd -> csd.set(GbtField.CSD_ELAPSED_MIN, 55).set(GbtField.CSD_ENERGY_KWH, 40.3));
        say(
                9,
                GbtMessage.BSD,
                bsd -> bsd.set(GbtField.BSD_SOC_PERCENT, 80)
                        .set(GbtField.BSD_MIN_CELL_V, 3.98)
                        .set(GbtField.BSD_MAX_CELL_V, 4.02)
                        .set(GbtField.BSD_MIN_DEG_C, 25)
                        .set(GbtField.BSD_MAX_DEG_C, 33));
        assertEquals(
                List.of(
                        "BST cell v reached x1",
                        "BST cell v reached, relay x1",
                        "CST no reason given x1",
                        "BSM no charge permitted, 20...61 °C, cell voltage, soc, over temperature x1",
                        "BEM ccs x1",
                        "CCS 400.0 V 12.5 A, 7 min, pause x1",
                        "CTS no valid clock x1",
                        "BRO FF invalid x1",
                        "CSD 55 min, 40.3 kWh x1",
                        "BSD SOC 80 %, cells 3.98...4.02 V, 25...33 °C x1"),
                lines());
    }

    @Test
    void listsShowTheirExtremesWithoutTheUnknown() {
        GbtBody cells = new GbtBody(GbtMessage.BMV).length(8);
        cells.set(GbtField.BMV_CELL_V, 0, 3.70)
                .set(GbtField.BMV_CELL_V, 1, 3.65)
                .set(GbtField.BMV_CELL_V, 2, Double.NaN)
                .set(GbtField.BMV_CELL_V, 3, 3.68);
        assertEquals("4 cells, 3.65...3.70 V", GbtDetail.of(cells));
        GbtBody probes = new GbtBody(GbtMessage.BMT).length(2);
        probes.set(GbtField.BMT_DEG_C, 0, -20).set(GbtField.BMT_DEG_C, 1, -25);
        assertEquals("2 probes, -25...-20 °C", GbtDetail.of(probes));
        assertEquals("16 bytes", GbtDetail.of(new GbtBody(GbtMessage.BSP)));
    }

    @ParameterizedTest
    @CsvSource({
        "123#, false, 1",
        "1826F456#010100, true, 0",
        "1826F456#0101, true, 1",
        "1826F4FF#010100, true, 1",
        "18FF56F4#0102, true, 1",
        "181056F4#5217820F, true, 1",
    })
    void whatCannotBeReadIsCounted(String text, boolean extended, long unreadable) {
        int hash = text.indexOf('#');
        byte[] data = java.util.HexFormat.of().parseHex(text.substring(hash + 1));
        frame.classic(Integer.parseInt(text.substring(0, hash), 16), extended).data(data, 0, data.length);
        recorder.frame(frame);
        assertEquals(unreadable, recorder.unreadable());
    }
}
