package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is settled before a fit, from recordings of a 2 Ah cell whose voltage is 3.2 V + 0.9 V x SOC unless a test says otherwise. */
class FitSetupTest extends FitSetupFixture {
    @Test
    void capacityComesFromTheSlowRunAndIsSaid() {
        FitSetup setup = setup(
                OPEN, slow(25.0, 0.0, 1.950004), drive("half", 25.0, 0.0, 1.0).build());
        assertEquals(1.95, setup.capacityAh, 1e-12, "to ten microamperehours");
        assertTrue(notes.contains("Capacity from the longest discharge of the slow runs."));
    }

    @Test
    void capacityIsTakenAsGiven() {
        assertEquals(
                2.5, setup(new FitSettings("c", 2.5, Optional.empty(), "o", "l"), slow(25.0, 0.0, 2.0)).capacityAh);
        assertTrue(notes.stream().noneMatch(n -> n.startsWith("Capacity")));
    }

    @ParameterizedTest(name = "drives of {0} Ah beside a slow run of 2 Ah: {1} Ah")
    @CsvSource({"1.95, 1.95", "1.82, 1.82", "2.18, 2.18", "1.75, 2", "2.25, 2"})
    void drivesToTrulyEmptyAreBelievedWithinATenth(double ah, double capacityAh) {
        DoubleUnaryOperator toEmpty = soc -> 4.1 - 0.9 * (1.0 - soc) * 2.0 / ah;
        FitRecord drive =
                recording("d", Kind.DRIVE, 25.0, 3600.0, toEmpty, 0.0, ah).build();
        assertEquals(capacityAh, setup(OPEN, slow(25.0, 0.0, 2.0), drive).capacityAh, 1e-9);
        assertEquals(capacityAh != 2.0, notes.contains("Capacity from drives that run from full to truly empty."));
    }

    @Test
    void refusesFilesWithoutADischarge() {
        FitRecord still = slow(25.0, 0.0, 0.0);
        assertEquals(
                "found no discharge to take the capacity from, expected a slow run or a capacity",
                assertThrows(IllegalArgumentException.class, () -> setup(OPEN, still))
                        .getMessage());
    }

    @ParameterizedTest(name = "{0} V to {1} V: window {2} to {3} V")
    @CsvSource({
        "3.2, 4.1, 3.2, 4.1",
        "2.98, 4.205, 3.0, 4.2",
        "2.96, 4.22, 2.9, 4.25",
        "2.01, 3.6, 2.0, 3.6",
        "3.08, 3.59, 3.1, 3.6"
    })
    void theVoltageWindowIsThatOfTheSlowRunsRounded(double low, double high, double minV, double maxV) {
        FitRecord slow = recording("s", Kind.OCV, 25.0, 1440.0, soc -> low + (high - low) * soc, 0.0, 2.0)
                .build();
        FitRecord load = recording("d", Kind.DRIVE, 25.0, 60.0, soc -> 2.0 + 2.5 * soc, 0.0, 1.0)
                .build();
        FitSetup setup = setup(SIZED, slow, load);
        assertEquals(minV, setup.minV, 1e-12);
        assertEquals(maxV, setup.maxV, 1e-12);
    }

    @Test
    void withADrawnCurveTheDrivesWidenTheWindow() {
        OcvTable table = DrawnTracks.table(25.0, FitSetupTest::straight);
        FitRecord load = recording("d", Kind.DRIVE, 25.0, 60.0, soc -> 2.6 + 1.7 * soc, 0.0, 2.0)
                .build();
        FitRecord pulse = recording("p", Kind.PULSE, 25.0, 60.0, soc -> 1.0 + 4.0 * soc, 0.0, 2.0)
                .build();
        FitSetup setup = drawn(table, load, pulse);
        assertEquals(2.6, setup.minV, 1e-12);
        assertEquals(4.3, setup.maxV, 1e-12);
        FitSetup alone = drawn(table);
        assertEquals(3.2, alone.minV, 1e-12);
        assertEquals(4.1, alone.maxV, 1e-12);
    }

    @Test
    void refusesASlowRunThatHardlyMovesTheVoltage() {
        FitRecord flat = recording("s", Kind.OCV, 25.0, 1440.0, soc -> 3.7 + 0.05 * soc, 0.0, 2.0)
                .build();
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> setup(SIZED, flat))
                .getMessage());
        assertTrue(message.startsWith("found slow runs between 3.700 and 3.7"), message);
        assertTrue(message.endsWith(" V, expected runs between empty and full"), message);
    }

    @Test
    void namesTheSlowRunWhoseCurrentIsTurnedRound() {
        FitRecord turned = recording("turned.csv", Kind.OCV, 25.0, 1440.0, soc -> 4.1 - 0.9 * soc, 0.0, 2.0)
                .build();
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> setup(OPEN, slow(25.0, 0.0, 2.0), turned))
                .getMessage());
        assertTrue(message.startsWith("turned.csv: found a voltage that rises by 0.900 V"), message);
        FitRecord load = recording("d", Kind.DRIVE, 25.0, 60.0, soc -> 4.1 - 0.9 * soc, 0.0, 1.0)
                .build();
        assertEquals(2.0, setup(OPEN, slow(25.0, 0.0, 2.0), load).capacityAh, 1e-9, "loads are not judged so");
    }

    @ParameterizedTest(name = "{0} V in the middle and a rise of {1} V: {2}")
    @CsvSource({
        "3.7, 0.4, NMC",
        "3.41, 0.4, NMC",
        "3.39, 0.4, NA_ION",
        "3.3, 0.13, NA_ION",
        "3.3, 0.11, LFP",
        "3.41, 0.11, LFP",
        "3.43, 0.11, NMC",
        "2.71, 0.4, NA_ION",
        "2.69, 0.4, LTO",
        "2.3, 0.11, LTO"
    })
    void guessesTheChemistryFromTheCurve(double middleV, double riseV, Chemistry chemistry) {
        OcvTable table = DrawnTracks.table(25.0, soc -> middleV + riseV / 0.5 * (soc - 0.5));
        FitSettings sized = new FitSettings("c", 2.0, Optional.empty(), "o", "l");
        FitSetup setup = FitSetup.of(sized, List.of(), List.of(table), notes);
        assertEquals(chemistry, setup.typical.chemistry);
        assertEquals(
                List.of(String.format(
                        Locale.ROOT,
                        "Chemistry %s guessed from %.3f V at 50 %% SOC and a rise of %.3f V from 30 to 80 %%.",
                        chemistry,
                        middleV,
                        riseV)),
                notes);
    }

    @Test
    void aGivenChemistryIsNotGuessed() {
        FitSettings lto = new FitSettings("c", 2.0, Optional.of(Chemistry.LTO), "o", "l");
        assertEquals(TypicalCell.LTO, setup(lto, slow(25.0, 0.0, 2.0)).typical);
        assertEquals(List.of(), notes);
    }
}
