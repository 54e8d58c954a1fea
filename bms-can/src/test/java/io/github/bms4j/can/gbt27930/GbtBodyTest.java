package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GbtBodyTest {
    private static final HexFormat HEX = HexFormat.of();

    static String hex(GbtBody body) {
        return HEX.formatHex(body.bytes(), 0, body.length());
    }

    @ParameterizedTest(name = "{0} {1} goes out as {2}")
    @CsvSource({
        // seen on real buses
        "BEM, BEM_CCS,     f0f0f1fc",
        "BEM, BEM_CRM_YES, f4f0f0fc",
        "BEM, BEM_CRO,     f0f4f0fc",
        "BEM, BEM_CML,     f0f1f0fc",
        "BEM, BEM_CRM_NO,  f1f0f0fc",
        "BEM, BEM_CST,     f0f0f4fc",
        "BEM, BEM_CSD,     f0f0f0fd",
        "CEM, CEM_BRM,     fdf0c0fc",
        "CEM, CEM_BCP,     fcf1c0fc",
        "CEM, CEM_BRO,     fcf4c0fc",
        "CEM, CEM_BCS,     fcf0c1fc",
        "CEM, CEM_BCL,     fcf0c4fc",
        "CEM, CEM_BST,     fcf0d0fc",
        "CEM, CEM_BSD,     fcf0c0fd",
        "BST, BST_SOC_REACHED,         010000f0",
        "BST, BST_CHARGER_STOPPED, 400000f0",
        "BST, BST_INSULATION,          000100f0",
        "BST, BST_OTHER_FAULT,     000040f0",
        "BST, BST_VOLTAGE,             000000f4",
        "CST, CST_MANUAL,          0400f0f0",
        "CST, CST_VEHICLE_STOPPED,     4000f0f0",
        "CST, CST_EMERGENCY_STOP,  0000f1f0",
        "CST, CST_CURRENT_MISMATCH,    0000f0f1",
    })
    void oneFlagAmongClearedOnes(GbtMessage message, GbtField field, String payload) {
        GbtBody body = new GbtBody(message).clearFlags();
        assertFalse(body.anyFlag());
        body.set(field, GbtFlag.YES);
        assertTrue(body.anyFlag());
        assertEquals(payload, hex(body));
        body.set(field, GbtFlag.UNTRUSTED);
        assertFalse(body.anyFlag());
    }

    @Test
    void aFreshBodyIsAllOnes() {
        assertEquals("ffffffffffffffff", hex(new GbtBody(GbtMessage.CCS)));
        assertEquals(49, new GbtBody(GbtMessage.BRM).length());
        assertEquals("ff".repeat(512), HEX.formatHex(new GbtBody(GbtMessage.BMV).bytes()));
    }

    @Test
    void stopBytesSeenWithZerosInUnusedBitsReadTheSame() {
        GbtBody bst = new GbtBody(GbtMessage.BST);
        assertTrue(bst.load(HEX.parseHex("40000000"), 4));
        for (GbtField field : GbtField.of(GbtMessage.BST)) {
            assertEquals(GbtFlag.of(field == GbtField.BST_CHARGER_STOPPED), bst.flag(field), field.name());
        }
    }

    @Test
    void chargerStateOfThe2011EditionHasNoPermission() {
        GbtBody ccs = new GbtBody(GbtMessage.CCS);
        ccs.load(HEX.parseHex("ffffffffffff0000"), 8);
        assertEquals(GbtFlag.NO, ccs.flag(GbtField.CCS_PERMITTED));
        assertTrue(ccs.load(HEX.parseHex("1815830f0500"), 6));
        assertEquals(6, ccs.length());
        assertEquals(540.0, ccs.get(GbtField.CCS_OUTPUT_V));
        assertEquals(-2.9, ccs.get(GbtField.CCS_OUTPUT_A));
        assertEquals(5, ccs.get(GbtField.CCS_ELAPSED_MIN));
        assertEquals(GbtFlag.NOT_AVAILABLE, ccs.flag(GbtField.CCS_PERMITTED));
    }

    @Test
    void anAbsentFieldStaysAbsentWhateverItsBytesHold() {
        GbtBody ccs = new GbtBody(GbtMessage.CCS).clearFlags().length(6);
        assertEquals(GbtFlag.NOT_AVAILABLE, ccs.flag(GbtField.CCS_PERMITTED));
        assertEquals(GbtFlag.NO, ccs.length(7).flag(GbtField.CCS_PERMITTED));
        GbtBody csd =
                new GbtBody(GbtMessage.CSD).set(GbtField.CSD_CHARGER_NUMBER, 7).length(7);
        assertEquals(Double.NaN, csd.get(GbtField.CSD_CHARGER_NUMBER));
        GbtBody brm = new GbtBody(GbtMessage.BRM).set(GbtField.BRM_VIN, "X").length(41);
        assertEquals("X", brm.text(GbtField.BRM_VIN));
    }

    @Test
    void ignoresWhatAPeerSendsBeyondTheLongestForm() {
        GbtBody bcl = new GbtBody(GbtMessage.BCL);
        assertTrue(bcl.load(HEX.parseHex("5217820f02aabbcc"), 8));
        assertEquals("5217820f02", hex(bcl));
    }

    @Test
    void refusesAPayloadThatCannotBeTheMessageAndKeepsItsValues() {
        GbtBody bmv = new GbtBody(GbtMessage.BMV);
        assertTrue(bmv.load(HEX.parseHex("7301"), 2));
        assertFalse(bmv.load(HEX.parseHex("840184"), 3));
        assertFalse(bmv.load(HEX.parseHex(""), 0));
        assertFalse(bmv.load(HEX.parseHex("8401"), 4));
        assertEquals("7301", hex(bmv));
    }

    @Test
    void listsHoldOneValuePerEntry() {
        GbtBody bmv = new GbtBody(GbtMessage.BMV);
        for (int i = 0; i < 256; i++) {
            bmv.set(GbtField.BMV_CELL_V, i, 2.5 + i * 0.01).setRaw(GbtField.BMV_GROUP, i, i);
        }
        bmv.length(512);
        GbtBody copy = new GbtBody(GbtMessage.BMV);
        assertTrue(copy.load(bmv.bytes(), bmv.length()));
        for (int i = 0; i < 256; i++) {
            assertEquals((250 + i) / 100.0, copy.get(GbtField.BMV_CELL_V, i));
            assertEquals(i % 16, copy.raw(GbtField.BMV_GROUP, i));
        }
        copy.length(4);
        assertEquals(2.51, copy.get(GbtField.BMV_CELL_V, 1));
        assertEquals(Double.NaN, copy.get(GbtField.BMV_CELL_V, 2));
        assertEquals(15, copy.raw(GbtField.BMV_GROUP, 2));
    }

    @Test
    void fieldsOfAnotherMessageKindOrEntryAreMisuse() {
        GbtBody bmt = new GbtBody(GbtMessage.BMT);
        assertThrows(IllegalArgumentException.class, () -> bmt.get(GbtField.BMV_CELL_V));
        assertThrows(IllegalArgumentException.class, () -> bmt.raw(GbtField.BMT_DEG_C));
        assertThrows(IllegalArgumentException.class, () -> bmt.set(GbtField.BMT_DEG_C, 128, 1.0));
        assertThrows(IllegalArgumentException.class, () -> bmt.set(GbtField.BMT_DEG_C, -1, 1.0));
        assertEquals(1.0, bmt.length(128).set(GbtField.BMT_DEG_C, 127, 1.0).get(GbtField.BMT_DEG_C, 127));
        GbtBody bcl = new GbtBody(GbtMessage.BCL);
        assertThrows(IllegalArgumentException.class, () -> bcl.get(GbtField.BCL_DEMAND_V, 1));
        assertThrows(IllegalArgumentException.class, () -> bcl.flag(GbtField.BCL_MODE));
        assertThrows(IllegalArgumentException.class, () -> bcl.text(GbtField.BCL_MODE));
    }

    @ParameterizedTest
    @CsvSource({"BMV, 513", "BMV, 3", "BMV, 0", "BMV, 514", "CCS, 5", "CCS, 9", "BRM, 40", "BRM, 50"})
    void refusesALengthTheMessageCannotHave(GbtMessage message, int length) {
        GbtBody body = new GbtBody(message);
        IllegalArgumentException no = assertThrows(IllegalArgumentException.class, () -> body.length(length));
        String text = String.valueOf(no.getMessage());
        assertTrue(text.startsWith(message + " length") && text.endsWith("but is " + length), text);
    }

    @Test
    void textsDropTheirFillingAndMarkWhatIsNoText() {
        GbtBody crm = new GbtBody(GbtMessage.CRM);
        crm.load(HEX.parseHex("0001ffffff4107ff"), 8);
        assertEquals("A?", crm.text(GbtField.CRM_REGION));
        crm.load(HEX.parseHex("0001ffffff007e80"), 8);
        assertEquals("~?", crm.text(GbtField.CRM_REGION));
        crm.load(HEX.parseHex("0001ffffff207f20"), 8);
        assertEquals(" ? ", crm.text(GbtField.CRM_REGION));
    }

    @ParameterizedTest
    @CsvSource({"0, NO", "170, YES", "255, INVALID", "1, INVALID", "85, INVALID"})
    void anAnswerIsOneOfTwoCodes(int raw, GbtAnswer answer) {
        assertEquals(
                answer,
                new GbtBody(GbtMessage.CRO).setRaw(GbtField.CRO_READY, raw).answer(GbtField.CRO_READY));
    }

    @Test
    void goesIntoAFrame() {
        CanFrame frame = new GbtBody(GbtMessage.BCL)
                .set(GbtField.BCL_DEMAND_V, 597.0)
                .set(GbtField.BCL_DEMAND_A, -3.0)
                .setRaw(GbtField.BCL_MODE, 2)
                .into(new CanFrame());
        assertEquals("181056F4#5217820F02", frame.toString());
    }

    @Test
    void namesItsValuesForALog() {
        GbtBody crm = new GbtBody(GbtMessage.CRM)
                .set(GbtField.CRM_RECOGNISED, GbtAnswer.YES)
                .set(GbtField.CRM_REGION, "BJ");
        assertEquals("CRM RECOGNISED=aa CHARGER_NUMBER=NaN REGION=\"BJ\"", crm.toString());
        assertTrue(new GbtBody(GbtMessage.CCS).clearFlags().toString().endsWith("ELAPSED_MIN=NaN PERMITTED=NO"));
    }
}
