package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GbtVehicleTest {

    private static CellType cell(double maxChargeA) {
        ResistanceMap resistance = new ResistanceMap(
                new double[] {0, 1}, new double[] {0, 25}, new double[][] {{0.002, 0.002}, {0.001, 0.001}}, 20_000);
        return new CellType(
                "test cell",
                Chemistry.NMC,
                new CellRating(
                        50.0,
                        3.7,
                        2.8,
                        4.2,
                        300.0,
                        maxChargeA,
                        new TemperatureWindow(-20, 60),
                        new TemperatureWindow(0, 50)),
                new OcvCurve(new double[] {0, 0.5, 1}, new double[] {3.0, 3.7, 4.2}, new double[] {0, 0, 0}, 25),
                new Circuit(resistance, List.of(new RcBranch(resistance, 30.0))),
                new ThermalRating(900, 0.5),
                new ChargeMap(new double[] {0, 1}, new double[] {0, 50}, new double[][] {{0.1, 0.1}, {0.5, 0.5}}),
                new Provenance("made for this test", "Apache-2.0", "by hand"));
    }

    private static GbtIdentity nobody() {
        return new GbtIdentity("", 0, null, 0, "");
    }

    @Test
    void takesItsRatingsFromCellAndLayout() {
        GbtVehicle vehicle = GbtVehicle.of(cell(60), new PackLayout(100, 2, 10), nobody());
        GbtRatings ratings = vehicle.ratings();
        assertEquals(GbtChemistry.NMC, ratings.chemistry());
        assertEquals(100.0, ratings.capacityAh());
        assertEquals(370.0, ratings.ratedV());
        assertEquals(37.0, ratings.energyKwh(), 1e-9);
        assertEquals(4.2, ratings.maxCellV());
        assertEquals(420.0, ratings.maxTotalV());
        assertEquals(120.0, ratings.maxChargeA());
        assertEquals(50.0, ratings.maxTemperatureDegC());
        assertEquals(nobody(), vehicle.identity());
    }

    @Test
    void asksForNoMoreCurrentThanTheWireCarries() {
        assertEquals(400.0, GbtRatings.of(cell(150), new PackLayout(100, 3, 10)).maxChargeA());
    }

    @Test
    void whatIsUnknownOfItsIdentityIsNotAvailable() {
        GbtVehicle vehicle = new GbtVehicle(Bench.VEHICLE.ratings(), nobody());
        GbtBody brm = new GbtBody(GbtMessage.BRM);
        assertTrue(vehicle.fillBrm(brm, false));
        assertEquals("", brm.text(GbtField.BRM_MAKER));
        assertEquals("", brm.text(GbtField.BRM_VIN));
        assertEquals(Double.NaN, brm.get(GbtField.BRM_BUILD_YEAR));
        assertEquals(Double.NaN, brm.get(GbtField.BRM_BUILD_DAY));
        assertEquals(0, brm.get(GbtField.BRM_PACK_NUMBER));
        assertEquals(0xFF, brm.raw(GbtField.BRM_OWNED));
    }

    @ParameterizedTest
    @EnumSource(Chemistry.class)
    void everyChemistryHasANumber(Chemistry chemistry) {
        GbtChemistry type = GbtChemistry.of(chemistry);
        boolean nameless = chemistry == Chemistry.NA_ION || chemistry == Chemistry.SOLID_STATE;
        String expected = nameless ? "OTHER" : chemistry == Chemistry.NCA ? "NMC" : chemistry.name();
        assertEquals(expected, type.name());
        assertEquals(type, GbtChemistry.ofCode(type.code()));
    }

    @ParameterizedTest
    @CsvSource({
        "1, LEAD_ACID",
        "2, NIMH",
        "3, LFP",
        "6, NMC",
        "7, POLYMER",
        "8, LTO",
        "9, OTHER",
        "0, OTHER",
        "255, OTHER"
    })
    void readsAChemistry(int code, GbtChemistry type) {
        assertEquals(type, GbtChemistry.ofCode(code));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "capacityAh,         0,    400, 72, 4.2,   460, 100, 55",
        "capacityAh,         6554, 400, 72, 4.2,   460, 100, 55",
        "capacityAh,         NaN,  400, 72, 4.2,   460, 100, 55",
        "ratedV,             180,  0,   72, 4.2,   460, 100, 55",
        "energyKwh,          180,  400, 0,  4.2,   460, 100, 55",
        "maxCellV,           180,  400, 72, 40.95, 460, 100, 55",
        "maxTotalV,          180,  400, 72, 4.2,   399, 100, 55",
        "maxChargeA,         180,  400, 72, 4.2,   460, 401, 55",
        "maxChargeA,         180,  400, 72, 4.2,   460, 0,   55",
        "maxTemperatureDegC, 180,  400, 72, 4.2,   460, 100, 205",
    })
    void refusesRatingsTheMessagesCannotCarry(
            String name, double ah, double v, double kwh, double cellV, double totalV, double a, double degC) {
        IllegalArgumentException no = assertThrows(
                IllegalArgumentException.class,
                () -> new GbtRatings(GbtChemistry.LFP, ah, v, kwh, cellV, totalV, a, degC));
        assertTrue(String.valueOf(no.getMessage()).startsWith(name + " must be"), no::getMessage);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "maker,       MAKER, 0,          2020, 0,        ''",
        "maker,       'é',   0,          2020, 0,        ''",
        "packNumber,  BMSJ,  -1,         2020, 0,        ''",
        "packNumber,  BMSJ,  4294967295, 2020, 0,        ''",
        "built,       BMSJ,  0,          1984, 0,        ''",
        "built,       BMSJ,  0,          2239, 0,        ''",
        "chargeCount, BMSJ,  0,          2020, -1,       ''",
        "chargeCount, BMSJ,  0,          2020, 16777215, ''",
        "vin,         BMSJ,  0,          2020, 0,        SHORT",
        "vin,         BMSJ,  0,          2020, 0,        ltest000000000001",
    })
    void refusesAnIdentityTheMessageCannotCarry(
            String name, String maker, long packNumber, int year, int chargeCount, String vin) {
        IllegalArgumentException no = assertThrows(
                IllegalArgumentException.class,
                () -> new GbtIdentity(maker, packNumber, LocalDate.of(year, 1, 1), chargeCount, vin));
        assertTrue(String.valueOf(no.getMessage()).startsWith(name + " must be"), no::getMessage);
    }

    @Test
    void carriesTheLargestNumbersAllowed() {
        GbtIdentity most = new GbtIdentity("~ A1", 0xFFFF_FFFEL, LocalDate.of(2238, 12, 31), 0xFF_FFFE, "Z".repeat(17));
        GbtBody brm = new GbtBody(GbtMessage.BRM);
        new GbtVehicle(Bench.VEHICLE.ratings(), most).fillBrm(brm, true);
        assertEquals("~ A1", brm.text(GbtField.BRM_MAKER));
        assertEquals(4_294_967_294.0, brm.get(GbtField.BRM_PACK_NUMBER));
        assertEquals(2238, brm.get(GbtField.BRM_BUILD_YEAR));
        assertEquals(12, brm.get(GbtField.BRM_BUILD_MONTH));
        assertEquals(31, brm.get(GbtField.BRM_BUILD_DAY));
        assertEquals(16_777_214, brm.get(GbtField.BRM_CHARGE_COUNT));
        assertEquals("Z".repeat(17), brm.text(GbtField.BRM_VIN));
    }
}
