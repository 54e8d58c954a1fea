package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.limit.CurrentTimeRating;
import io.github.bms4j.limit.DeratingTable;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.LimitSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTextTest {
    /** Everything a setting may be made of. */
    record Everything(
            double number,
            int count,
            long big,
            boolean yes,
            String text,
            Chemistry kind,
            @Nullable ChargeNeed maybe,
            List<Double> numbers,
            Map<Chemistry, OfferStep> map) {}

    private static Everything everything(@Nullable ChargeNeed maybe) {
        Map<Chemistry, OfferStep> map = new EnumMap<>(Chemistry.class);
        map.put(Chemistry.LFP, new OfferStep(1.0, Double.POSITIVE_INFINITY, -0.1, Double.NaN));
        map.put(Chemistry.NMC, new OfferStep(2.0, 0.0, 0.1 + 0.2, Double.MIN_VALUE));
        return new Everything(
                Math.nextUp(0.1),
                -7,
                Long.MIN_VALUE,
                true,
                "a = \"b\"\n\\c\r none",
                Chemistry.LFP,
                maybe,
                List.of(1.0, -0.0, 1e300),
                map);
    }

    @Test
    void everythingComesBack() {
        for (ChargeNeed maybe : new @Nullable ChargeNeed[] {null, ChargeNeed.by(1.0 / 3.0, 0.8)}) {
            Everything one = everything(maybe);
            Everything other = RecordText.read(Everything.class, RecordText.write(one));
            assertEquals(one, other);
        }
        Everything empty =
                new Everything(0.0, 0, 0L, false, "", Chemistry.NMC, null, List.of(), new EnumMap<>(Chemistry.class));
        assertEquals(empty, RecordText.read(Everything.class, RecordText.write(empty)));
    }

    @Test
    void isReadableByAPerson() {
        assertEquals("""
                startS = 0.0
                maxPowerW = 20000.0
                price.blocks.size = 1
                price.blocks.0.fromW = 0.0
                price.blocks.0.pricePerKwh = 0.3
                gCo2PerKwh = NaN
                feedIn.maxPowerW = 0.0
                feedIn.pricePerKwh = 0.0
                """, RecordText.write(step()));
    }

    private static OfferStep step() {
        return new OfferStep(0.0, 20e3, 0.3, Double.NaN);
    }

    @Test
    void aCellComesBackToTheLastBit() {
        CellType cell = SampleCells.rich();
        CellType back = RecordText.read(CellType.class, RecordText.write(cell));
        assertEquals(RecordText.write(cell), RecordText.write(back));
        assertEquals(cell.rating(), back.rating());
        assertArrayEquals(cell.ocv().voltages(), back.ocv().voltages());
        for (double soc = -0.1; soc <= 1.1; soc += 0.013) {
            for (double degC = -30.0; degC < 70.0; degC += 7.7) {
                assertEquals(cell.ocv().v(soc, degC), back.ocv().v(soc, degC));
                assertEquals(
                        cell.circuit().r0().ohm(soc, degC), back.circuit().r0().ohm(soc, degC));
                assertEquals(
                        cell.circuit().branches().get(2).resistance().ohm(soc, degC),
                        back.circuit().branches().get(2).resistance().ohm(soc, degC));
                assertEquals(
                        cell.chargeMap().maxRatePerH(soc, degC),
                        back.chargeMap().maxRatePerH(soc, degC));
                assertEquals(cell.error().sigmaV(degC), back.error().sigmaV(degC));
            }
            assertEquals(
                    cell.ocv().hysteresis().halfGapV(soc),
                    back.ocv().hysteresis().halfGapV(soc));
        }
        assertEquals(cell.ocv().hysteresis().turn(0.01), back.ocv().hysteresis().turn(0.01));
        assertEquals(cell.error().correlationSoc(), back.error().correlationSoc());
        assertEquals(cell.error().correlationS(), back.error().correlationS());
        assertEquals(cell.error().resistanceSigma(), back.error().resistanceSigma());
        assertEquals(cell.error().capacitySigma(), back.error().capacitySigma());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxA = 50.0     |                  | maxA is missing",
                "maxA = 50.0     | maxA = fifty     | For input string",
                "maxA = 50.0     | maxA = -1.0      | maxA must be finite and > 0 but is -1.0",
                "maxA = 50.0     | maxA 50.0        | must be name = value",
                "steps.size = 1  | steps.size = 2   | steps.1.startS is missing",
                "steps.size = 1  | steps.size = 0   | steps must hold at least one step",
                "maxV = 500.0    | maxV = 500.0\\nmore = 1 | more is no part of StationOffer",
            })
    void whatDoesNotFitIsRefusedInOneLine(String from, @Nullable String to, String told) {
        String text = RecordText.write(new StationOffer("tariff", 500.0, 50.0, 60.0, List.of(step())));
        String other = text.replace(from + "\n", to == null ? "" : to.replace("\\n", "\n") + "\n");
        assertTrue(!other.equals(text), "replaced");
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> RecordText.read(StationOffer.class, other))
                        .getMessage());
        assertTrue(message.contains(told), message);
        assertTrue(!message.contains("\n"), message);
    }

    record Odd(Object what) {}

    @Test
    void whatHasNoTextIsRefused() {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> RecordText.write(new Odd(new Object())))
                        .getMessage());
        assertTrue(message.startsWith("what must be made of records, numbers and texts"), message);
        assertThrows(IllegalArgumentException.class, () -> RecordText.read(Odd.class, "what = 1\n"));
    }

    @Test
    void limitsOfFuseContactorAndTableComeBack() {
        CurrentTimeRating contactor = CurrentTimeRating.contactor(200.0, new double[] {10.0}, new double[] {500.0});
        DeratingTable table = new DeratingTable(
                Direction.CHARGE, DeratingTable.By.SOH_C, new double[] {0.7, 0.9}, new double[] {0.5, 1.0});
        LimitSettings limits = LimitSettings.standard()
                .withSwitchgear(List.of(CurrentTimeRating.fuse(100.0, 5e4, 0.8), contactor))
                .withDerating(List.of(table));
        LimitSettings back = RecordText.read(LimitSettings.class, RecordText.write(limits));
        assertEquals(RecordText.write(limits), RecordText.write(back));
        assertEquals(LimitRule.CONTACTOR, back.switchgear().get(1).rule());
        assertArrayEquals(contactor.tausS(), back.switchgear().get(1).tausS());
        assertArrayEquals(contactor.boundsA2(), back.switchgear().get(1).boundsA2());
        assertEquals(0.75, back.derating().get(0).share(0.8), 1e-12);
        assertEquals(Direction.CHARGE, back.derating().get(0).direction());
        assertEquals(DeratingTable.By.SOH_C, back.derating().get(0).by());
        assertThrows(
                IllegalArgumentException.class,
                () -> CurrentTimeRating.of(LimitRule.FUSE, new double[] {1.0}, new double[0]));
        assertThrows(
                IllegalArgumentException.class,
                () -> CurrentTimeRating.of(LimitRule.FUSE, new double[0], new double[0]));
        assertThrows(
                IllegalArgumentException.class,
                () -> CurrentTimeRating.of(LimitRule.FUSE, new double[] {1.0}, new double[] {Double.NaN}));
    }
}
