package io.github.bms4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.charge.AgeingCost;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargeRules;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.thermal.HeaterRating;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFilesTest {
    private static final String NEED = """
            need: 1
            now: 2026-03-02T21:10
            targetSoc: 0.8
            minSoc: 0.4
            earliest: 2026-03-02T22:10
            departure: 2026-03-03T06:10
            missedPerKwh: 3
            co2PerKg: 0.1
            healthWeight: 2
            costCeiling: 9
            minCurrentA: 6
            mostStarts: 2
            discharge: {maxPowerW: 5000, floorSoc: 0.3}
            """;
    private static final String OFFER = """
            offer: 1
            source: works
            validUntil: 600
            station: {maxV: 450, maxA: 30, minA: 4, maxDischargeA: 20, efficiency: 0.9}
            schedules:
              - name: a
                steps:
                  - {at: 0, maxPowerW: 7000, pricePerKwh: 0.3, gCo2PerKwh: 200}
                  - {at: 60, pricePerKwh: [{fromW: 0, perKwh: 0.1}, {fromW: 4000, perKwh: 0.2}], feedIn: {maxPowerW: 3000, pricePerKwh: 0.25}}
            site:
              solarPerKwh: 0.08
              steps: [{at: 0, gridLimitW: 9000}, {at: 30, solarW: 2000}]
            """;
    private static final String PACK = """
            pack: 1
            cell: some-cell
            series: 96
            parallel: 2
            temperatureSensors: 8
            soc: 0.4
            socSigma: 0.02
            socLead: 0.01
            temperatureDegC: [10, 12]
            ambientDegC: 5
            capacityShare: 0.9
            capacitySigma: 0.01
            resistanceShare: 1.2
            ageing: {pricePerLostKwh: 100}
            """;

    private static NeedFile need(String text) throws IOException, ConfigException {
        return PlanFiles.need("need.yaml", new StringReader(text), AgeingCost.nmc(50.0));
    }

    private static OfferFile offer(String text) throws IOException, ConfigException {
        return PlanFiles.offer("offer.yaml", new StringReader(text), null);
    }

    private static PackFile pack(String text) throws IOException, ConfigException {
        return PlanFiles.pack("pack.yaml", new StringReader(text));
    }

    @Test
    void readsANeed() throws IOException, ConfigException {
        NeedFile file = need(NEED);
        assertEquals(LocalDateTime.of(2026, 3, 2, 21, 10), file.now());
        ChargeNeed need = file.need();
        assertEquals(0.8, need.targetSoc());
        assertEquals(0.4, need.minSoc());
        assertEquals(3600.0, need.goal().earliestS());
        assertEquals(9 * 3600.0, need.departureS());
        assertEquals(3.0, need.missedPerKwh());
        assertEquals(0.1, need.worth().co2PerKg());
        assertEquals(100.0, need.worth().ageing().pricePerLostKwh());
        assertEquals(9.0, need.worth().costCeiling());
        assertEquals(6.0, need.rules().minCurrentA());
        assertEquals(2, need.rules().mostStarts());
        assertEquals(5000.0, need.rules().discharge().maxPowerW());
        assertEquals(0.3, need.rules().discharge().floorSoc());
        assertEquals(1.0, need.rules().discharge().ceilingSoc());
    }

    @Test
    void takesWhatANeedDoesNotSayForTheUsual() throws IOException, ConfigException {
        NeedFile file = need("need: 1\ntargetSoc: 0.8\ndeparture: 90");
        assertNull(file.now());
        assertEquals(5400.0, file.need().departureS());
        assertEquals(0.0, file.need().minSoc());
        assertEquals(Double.NEGATIVE_INFINITY, file.need().goal().earliestS());
        assertEquals(5.0, file.need().missedPerKwh());
        assertEquals(50.0, file.need().worth().ageing().pricePerLostKwh());
        assertEquals(ChargeRules.free(), file.need().rules());
    }

    @Test
    void readsAnOffer() throws IOException, ConfigException {
        OfferFile file = offer(OFFER);
        assertEquals("works", file.offer().source());
        assertEquals(36_000.0, file.offer().validUntilS());
        assertEquals(0.9, file.offer().rating().efficiency());
        assertEquals(4.0, file.offer().rating().minA());
        assertEquals(20.0, file.offer().rating().maxDischargeA());
        OfferStep first = file.offer().schedules().get(0).steps().get(0);
        OfferStep second = file.offer().schedules().get(0).steps().get(1);
        assertEquals(200.0, first.gCo2PerKwh());
        assertEquals(0.0, first.feedIn().maxPowerW());
        assertEquals(3600.0, second.startS());
        assertEquals(Double.POSITIVE_INFINITY, second.maxPowerW());
        assertTrue(Double.isNaN(second.gCo2PerKwh()));
        assertEquals(0.2, second.price().blocks().get(1).pricePerKwh());
        assertEquals(0.25, second.feedIn().pricePerKwh());
        assertEquals(0.08, file.site().solarPerKwh());
        assertEquals(9000.0, file.site().steps().get(0).gridLimitW());
        assertEquals(2000.0, file.site().steps().get(1).solarW());
        assertEquals(Double.POSITIVE_INFINITY, file.site().steps().get(1).gridLimitW());
    }

    @Test
    void readsAPack() throws IOException, ConfigException {
        PackFile file = pack(PACK);
        assertEquals("some-cell", file.cell());
        assertEquals(96, file.layout().series());
        assertEquals(10.0, file.now().coldestDegC());
        assertEquals(12.0, file.now().hottestDegC());
        assertEquals(5.0, file.now().ambientDegC());
        assertEquals(0.01, file.now().socLead());
        assertEquals(0.9, file.now().condition().capacityShare());
        assertEquals(1.2, file.now().condition().resistanceShare());
        assertEquals(0.02, file.now().condition().socSigma());
        assertEquals(0.01, file.now().condition().capacitySigma());
        assertEquals(AgeingCost.nmc(100.0), file.ageing());
        PackFile bare = pack("pack: 1\ncell: c\nseries: 4\nsoc: 0.5\ntemperatureDegC: 20");
        assertEquals(20.0, bare.now().ambientDegC());
        assertEquals(AgeingCost.none(), bare.ageing());
        String own = "ageing:\n  pricePerLostKwh: 10\n  calendar: {perYear: 0.02, socSlope: 1, activationK: 5000}\n"
                + "  cycle: {perCycle: 0.0001, perRate: 0.0002, coldPerK: 0.05}\n  source: mine";
        AgeingCost cost =
                pack(PACK.replace("ageing: {pricePerLostKwh: 100}", own)).ageing();
        assertEquals(0.0002, cost.cycle().perRate());
        assertEquals("mine", cost.source());
    }

    @ParameterizedTest(name = "{1} instead of {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "targetSoc: 0.8|targetSoc: 8|need.yaml:1:1: found targetSoc must be within [0.0, 1.0] but is 8.0",
                "targetSoc: 0.8|targetSoc: high|need.yaml:3:12: found \"high\", expected a finite number for targetSoc",
                "departure: 2026-03-03T06:10|departure: tomorrow|need.yaml:6:12: found \"tomorrow\"",
                "departure: 2026-03-03T06:10|departure: 2026-03-01T06:10|need.yaml:1:1: found earliestS must be before",
                "now: 2026-03-02T21:10|now: 21.10|need.yaml:2:6: found 21.10, expected a text for now",
                "mostStarts: 2|mostStarts: 0|need.yaml:12:13: found 0, expected a whole number",
                "minCurrentA: 6|minCurrent: 6|need.yaml:11:1: found unknown key \"minCurrent\"",
                "floorSoc: 0.3|floor: 0.3|need.yaml:13:30: found unknown key \"floor\"",
                "need: 1|need: 2|need.yaml:1:7: found 2",
            })
    void saysWhereANeedIsWrong(String right, String wrong, String expected) {
        assertTrue(NEED.contains(right));
        String message = String.valueOf(assertThrows(ConfigException.class, () -> need(NEED.replace(right, wrong)))
                .getMessage());
        assertTrue(message.startsWith(expected), message);
        assertFalse(message.contains("\n"));
    }

    @ParameterizedTest(name = "{1} instead of {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "perKwh: 0.2}|perKwh: 0.05}|offer.yaml:9:31: found blocks must rise",
                "at: 60|at: 0|offer.yaml:6:5: found steps must have rising startS",
                "at: 60|at: 2026-03-02T22:10|offer.yaml:9:14: found a date-time, expected minutes from now",
                "maxA: 30|maxA: -30|offer.yaml:4:10: found maxA must be finite and > 0",
                "validUntil: 600|validUntil: -1|offer.yaml:1:1: found validUntilS",
                "solarW: 2000|solarKw: 2|offer.yaml:12:47: found unknown key \"solarKw\"",
                "efficiency: 0.9|efficiency: 9|offer.yaml:4:10: found efficiency must be within",
            })
    void saysWhereAnOfferIsWrong(String right, String wrong, String expected) {
        assertTrue(OFFER.contains(right));
        String message = String.valueOf(assertThrows(ConfigException.class, () -> offer(OFFER.replace(right, wrong)))
                .getMessage());
        assertTrue(message.startsWith(expected), message);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        String text = PACK.replace("soc: 0.4", "soc: much")
                .replace("series: 96", "series: 0")
                .replace("temperatureDegC: [10, 12]", "temperatureDegC: [10, 12, 14]")
                .replace("capacityShare: 0.9", "capacityShare: 9");
        String message = String.valueOf(
                assertThrows(ConfigException.class, () -> pack(text)).getMessage());
        for (String finding : new String[] {
            "3:9: found 0", "6:6: found \"much\"", "9:18: found 3 numbers", "found capacityShare must be within"
        }) {
            assertTrue(message.contains(finding), finding + " is missing in " + message);
        }
    }

    @Test
    void readsWhatHeatsAndWhatAnHourIsWorth() throws IOException, ConfigException {
        ChargeNeed need = need(NEED + "pricePerH: 12\nheating: false\n").need();
        assertEquals(12.0, need.worth().pricePerH());
        assertFalse(need.rules().heating());
        assertEquals(0.0, need(NEED).need().worth().pricePerH());
        assertTrue(need(NEED).need().rules().heating());
        assertFalse(pack(PACK).heater().fitted());
        assertEquals(
                new HeaterRating(5000.0, 0.9, 0.1, 1.2),
                pack(PACK + "heater: {powerW: 5000, efficiency: 0.9, cooling: 0.1, bulk: 1.2}\n")
                        .heater());
        assertEquals(
                HeaterRating.of(3000.0), pack(PACK + "heater: {powerW: 3000}\n").heater());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "heating: maybe | need.yaml:14:10: found \"maybe\", expected true or false for heating",
                "heating: 'true' | need.yaml:14:10: found the text \"true\", expected true or false for heating",
                "pricePerH: -1 | pricePerH"
            })
    void refusesANeedThatDoesNotSayWhetherToHeat(String line, String message) {
        ConfigException refused = assertThrows(ConfigException.class, () -> need(NEED + line));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "heater: {efficiency: 0.9} | no \"powerW\" in heater",
                "heater: {powerW: 1, efficiency: 2} | efficiency must be",
                "heater: {powerW: 1, watts: 2} | watts"
            })
    void refusesAHeaterThatIsNotSound(String line, String message) {
        ConfigException refused = assertThrows(ConfigException.class, () -> pack(PACK + line));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}
