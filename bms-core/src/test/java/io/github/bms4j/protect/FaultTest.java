package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    @Test
    void hasOneTroubleCodeEach() {
        Set<String> codes = new HashSet<>();
        for (Fault f : Fault.values()) {
            assertTrue(codes.add(f.dtcText()), f + " repeats " + f.dtcText());
            assertTrue(f.dtcText().matches("P1B[0-9A-F]{4}"), f.dtcText());
        }
    }

    @Test
    void writesTheThreeBytesAsPeopleDo() {
        assertEquals(0x1B0117, Fault.CELL_OVERVOLTAGE_OPERATING.dtc());
        assertEquals("P1B0117", Fault.CELL_OVERVOLTAGE_OPERATING.dtcText());
        assertEquals("P1B2F4B", Fault.THERMAL_RUNAWAY_SAFETY.dtcText());
        assertEquals("cell voltage high (operating)", Fault.CELL_OVERVOLTAGE_OPERATING.text());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindHasOneToThreeFaultsInRisingTiers(FaultKind kind) {
        Tier last = null;
        int n = 0;
        for (Fault f : Fault.values()) {
            if (f.kind() == kind) {
                n++;
                assertTrue(last == null || f.tier().compareTo(last) >= 0, f + " comes after a higher tier");
                last = f.tier();
                assertEquals(kind.reported(), f.reported());
            }
        }
        assertTrue(n >= 1 && n <= 3, kind + " has " + n);
        assertFalse(kind.text().isBlank());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aHigherTierDoesNotReactLess(Fault fault) {
        for (Fault other : Fault.values()) {
            if (other.kind() == fault.kind() && other.tier().compareTo(fault.tier()) > 0) {
                assertTrue(
                        other.reaction().compareTo(fault.reaction()) > 0,
                        fault + " " + fault.reaction() + ", " + other + " " + other.reaction());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void budgetLeavesRoomForTheTimeToSet(Fault fault) {
        assertTrue(
                fault.budgetS() > fault.delay().setS(),
                fault + " sets in " + fault.delay().setS());
    }

    @ParameterizedTest
    @CsvSource({
        "NOTE,               false, false, false, false",
        "DERATE_CHARGE,      true,  false, false, false",
        "DERATE_DISCHARGE,   false, true,  false, false",
        "DERATE,             true,  true,  false, false",
        "NO_CHARGE,          true,  false, true,  false",
        "NO_DISCHARGE,       false, true,  true,  false",
        "INHIBIT_CLOSING,    false, false, false, true",
        "ZERO,               true,  true,  true,  true",
        "OPEN_AT_STANDSTILL, true,  true,  true,  true",
        "OPEN,               true,  true,  true,  true"
    })
    void reactionSaysWhatItTouches(Reaction r, boolean charge, boolean discharge, boolean stops, boolean inhibits) {
        assertEquals(charge, r.charge());
        assertEquals(discharge, r.discharge());
        assertEquals(stops, r.stops());
        assertEquals(inhibits, r.inhibitsClosing());
    }

    @Test
    void onlyPresentAndLatchedFaultsStand() {
        for (FaultState s : FaultState.values()) {
            assertEquals(s == FaultState.PRESENT || s == FaultState.LATCHED, s.stands());
        }
    }
}
