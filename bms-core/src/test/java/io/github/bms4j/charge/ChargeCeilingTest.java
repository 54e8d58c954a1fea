package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.LimitSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeCeilingTest {
    private static final double NO_CAP = Double.POSITIVE_INFINITY;
    /** 100 in series, 2 in parallel: 37 kWh rated, 370 W overhead at 1 %/h. */
    private final PackLayout layout = new PackLayout(100, 2, 4);

    private final PlannerCells cells = new PlannerCells();

    private ChargeCeiling ceiling(double lead, double maxV, double maxA, LimitRule ignored) {
        PackCircuit pack = new PackCircuit(cells.build(), layout, 0.01, new PackNow(0.5, lead, 25.0, 25.0, 25.0));
        StationOffer offer = new StationOffer("test", maxV, maxA, 1e9, List.of(new OfferStep(0, 1e6, 0, Double.NaN)));
        PackNow now = new PackNow(0.5, lead, 25.0, 25.0, 25.0);
        PlanRequest request = new PlanRequest(0.0, now, ChargeNeed.by(3600.0, 0.8), offer, StationNow.silent());
        ChargeCeiling ceiling = new ChargeCeiling(pack, LimitSettings.standard(), request, ignored);
        ceiling.supply(true, NO_CAP, NO_CAP, false, 0.0);
        return ceiling;
    }

    // OCV of the cell is 3.65 V at SOC 0.5 and 4.08 V at 0.9; steady resistance 2 mΩ; the top voltage is 4.19 V.
    @ParameterizedTest(name = "soc {0}+{1}, {2}..{3} °C, {4} W, {5} V, {6} A: {7} A by {8}")
    @CsvSource({
        "0.5, 0.0, 25, 25, Infinity, 900, 900, 150.0,   CURRENT_RATING",
        "0.5, 0.4, 25, 25, Infinity, 900, 900, 55.0,    CELL_VOLTAGE",
        "0.9, 0.0, 25, 25, Infinity, 900, 900, 55.0,    CELL_VOLTAGE",
        "0.5, 0.0, 25, 45.5, Infinity, 900, 900, 75.0,  TEMPERATURE",
        "0.5, 0.0, 25, 48, Infinity, 900, 900, 0.0,     TEMPERATURE",
        "0.5, 0.0,  2, 25, Infinity, 900, 900, 21.0,    PLATING",
        "0.5, 0.0,  0, 25, Infinity, 900, 900, 0.0,     TEMPERATURE",
        "0.5, 0.5, 25, 25, Infinity, 900, 900, 0.0,     SOC_WINDOW",
        "0.5, 0.0, 25, 25, Infinity, 375, 900, 50.0,    STATION_DELIVERY",
        "0.5, 0.0, 25, 25, Infinity, 360, 900, 0.0,     STATION_DELIVERY",
        "0.5, 0.0, 25, 25, Infinity, 900, 101.013699, 50.0, STATION_CURRENT",
        "0.5, 0.0, 25, 25, 37870,    900, 900, 50.0,    STATION_DELIVERY",
        "0.5, 0.0, 25, 25, 300,      900, 900, 0.0,     STATION_DELIVERY",
    })
    void isTheLowestOfAllRules(
            double soc,
            double lead,
            double coldDegC,
            double hotDegC,
            double capW,
            double maxV,
            double maxA,
            double expectedA,
            LimitRule rule) {
        ChargeCeiling ceiling = ceiling(lead, maxV, maxA, LimitRule.NOT_KNOWN);
        ceiling.supply(true, capW, NO_CAP, false, 0.0);
        ceiling.at(soc, coldDegC, hotDegC, 0.0, 0.002);
        assertEquals(expectedA, ceiling.limitA, 1e-4);
        assertEquals(rule, ceiling.rule);
    }

    @Test
    void leavesOutTheIgnoredRuleAlone() {
        ChargeCeiling ceiling = ceiling(0.0, 375.0, 90.0, LimitRule.STATION_CURRENT);
        ceiling.at(0.5, 25.0, 25.0, 0.0, 0.002);
        assertEquals(50.0, ceiling.limitA, 1e-9);
        assertEquals(LimitRule.STATION_DELIVERY, ceiling.rule);
    }

    @Test
    void findsSupplyUnlessThePowerIsZeroOrItsLimitIgnored() {
        assertTrue(supplied(LimitRule.NOT_KNOWN, 1.0));
        assertFalse(supplied(LimitRule.NOT_KNOWN, 0.0));
        assertTrue(supplied(LimitRule.STATION_DELIVERY, 0.0));
    }

    private boolean supplied(LimitRule ignored, double stationW) {
        ChargeCeiling ceiling = ceiling(0.0, 900, 900, ignored);
        ceiling.supply(true, stationW, NO_CAP, false, 0.0);
        return ceiling.supplied();
    }

    /** SOC known to 2 %; the fullest cell moves 0.9 per unit of the pack's SOC, the mean cell 0.95. */
    private ChargeCeiling unsure() {
        PackCondition condition = new PackCondition(1.0, 1.0, 0.02, 0.0, new CellSpread(0.01, 0.95, 0.9));
        PackNow now = new PackNow(0.5, 0.04, 25.0, 25.0, 25.0, Polarisation.none(), condition);
        PackCircuit pack = new PackCircuit(cells.build(), layout, 0.01, now);
        StationOffer offer = new StationOffer("test", 900, 900, 1e9, List.of(new OfferStep(0, 1e6, 0, Double.NaN)));
        PlanRequest request = new PlanRequest(0.0, now, ChargeNeed.by(3600.0, 0.8), offer, StationNow.silent());
        assertEquals(0.51, pack.meanSoc(0.5), 1e-12);
        assertEquals(0.51 + 0.95 * 0.4, pack.meanSoc(0.9), 1e-12);
        assertEquals(0.54 + 0.9 * 0.4, pack.fullestSoc(0.9), 1e-12);
        assertEquals(0.9, pack.socOfFullest(pack.fullestSoc(0.9)), 1e-12);
        ChargeCeiling ceiling = new ChargeCeiling(pack, LimitSettings.standard(), request, LimitRule.NOT_KNOWN);
        ceiling.supply(true, NO_CAP, NO_CAP, false, 0.0);
        return ceiling;
    }

    @Test
    void keepsTheMarginsOfTheLimitsFromTheFullestCell() {
        cells.ratePerHOverSoc = new double[] {3.0, 3.0, 1.0, 0.0};
        ChargeCeiling ceiling = unsure();
        // Fullest 0.54 + 0.9 x 0.2 = 0.72 and 1.5 sigma: 0.75, half a tenth before 0.8: 3 - 2 x 0.25 / 0.3 per hour.
        ceiling.cell(0.7, 25.0, 25.0, 0.0, 1e-6);
        assertEquals(LimitRule.PLATING, ceiling.rule);
        assertEquals(50.0 * (3.0 - 2.0 * 0.25 / 0.3), ceiling.limitA, 1e-9);
        // Its voltage is foretold without a margin: 0.54 + 0.9 x 0.4 = 0.9, 4.08 V.
        cells.ratePerHOverSoc = new double[] {3.0, 3.0, 3.0, 3.0};
        ceiling = unsure();
        ceiling.cell(0.9, 25.0, 25.0, 0.0, 0.002);
        assertEquals(LimitRule.CELL_VOLTAGE, ceiling.rule);
        assertEquals(0.11 / 0.002, ceiling.limitA, 1e-6);
        // Full with one sigma: 0.54 + 0.9 x = 0.98.
        assertEquals(0.5 + 0.44 / 0.9, ceiling.topSoc(), 1e-12);
        ceiling.cell(0.99, 25.0, 25.0, 0.0, 0.002);
        assertEquals(0.0, ceiling.limitA);
        assertEquals(LimitRule.SOC_WINDOW, ceiling.rule);
    }

    @Test
    void deratesForTheMiddleOfACellThatItsOwnHeatKeepsHotter() {
        cells.coreToSurfaceWPerK = 2.0;
        ChargeCeiling ceiling = ceiling(0.0, 900, 900, LimitRule.NOT_KNOWN);
        ceiling.cell(0.5, 25.0, 45.5, 0.0, 0.002);
        double coreDegC = 45.5 + ceiling.limitA * ceiling.limitA * 0.002 / 2.0;
        assertEquals(150.0 * (48.0 - coreDegC) / 5.0, ceiling.limitA, 1e-9);
        assertTrue(coreDegC > 46.0, "core " + coreDegC);
        assertEquals(LimitRule.TEMPERATURE, ceiling.rule);
        ceiling.cell(0.5, 25.0, 40.0, 0.0, 1e-6);
        assertTrue(ceiling.limitA < 150.0, "the middle is in the span although the sensor is not");
        ceiling.cell(0.5, 25.0, 20.0, 0.0, 1e-6);
        assertEquals(150.0, ceiling.limitA, 1e-9);
    }

    @Test
    void keepsRoomForTheFullestCellUnlessItsWindowIsIgnored() {
        assertEquals(0.96, ceiling(0.04, 900, 900, LimitRule.NOT_KNOWN).topSoc(), 1e-12);
        assertEquals(1.0, ceiling(0.04, 900, 900, LimitRule.SOC_WINDOW).topSoc(), 1e-12);
    }

    @ParameterizedTest(name = "share {0}, peak {1} degC, {2} A: {3} A by {4}")
    @CsvSource({
        "0.5, Infinity, 9, 75.0, ANODE_MARGIN",
        "0.333, Infinity, 9, 49.5, ANODE_MARGIN", // 0.999C, stage 0.99C
        "2.0, Infinity, 9, 150.0, CURRENT_RATING",
        "0.5, 30, 60.1, 60.0, COOL_STAGE",
        "0.5, 30, 900, 75.0, ANODE_MARGIN",
        "0.5, 25.5, 900, 54.0, COOL_STAGE" // 2.5 W of loss and 3.33 W to warm, on 2 mOhm
    })
    void aFastChargeKeepsToItsCourse(double share, double peakDegC, double levelA, double expectedA, LimitRule rule) {
        cells.heatCapacityJPerK = 1000.0;
        cells.toAmbientWPerK = 0.5;
        PackCircuit pack = new PackCircuit(cells.build(), layout, 0.01, new PackNow(0.5, 0.0, 25.0, 25.0, 25.0));
        StationOffer offer = new StationOffer("test", 900, 9000, 1e9, List.of(new OfferStep(0, 1e6, 0, Double.NaN)));
        PackNow now = new PackNow(0.5, 0.0, 25.0, 25.0, 25.0);
        FastChargeCourse course = new FastChargeCourse(share, 0.01, 20.0, peakDegC, 0.0, levelA, 1.0, 1.0);
        PlanRequest request = new PlanRequest(0.0, now, ChargeNeed.by(3600.0, 0.8), offer, StationNow.silent());
        ChargeCeiling ceiling =
                new ChargeCeiling(pack, LimitSettings.standard(), request.with(course), LimitRule.NOT_KNOWN);
        ceiling.supply(true, NO_CAP, NO_CAP, false, 0.0);
        ceiling.at(0.5, 25.0, 25.0, 0.0, 0.002);
        assertEquals(expectedA, ceiling.limitA, 1e-6);
        assertEquals(rule, ceiling.rule);
    }
}
