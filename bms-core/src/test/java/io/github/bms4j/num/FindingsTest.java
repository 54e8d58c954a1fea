package io.github.bms4j.num;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Findings findings = new Findings();

    private String refused() {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, findings::refuse).getMessage());
    }

    @Test
    void saysNothingWhileEverythingFits() {
        assertTrue(findings.positive("a", 1.0));
        assertTrue(findings.notNegative("b", 0.0));
        assertTrue(findings.within("c", 1.0, 0.0, 1.0));
        assertTrue(findings.isEmpty());
        assertDoesNotThrow(findings::refuse);
    }

    @Test
    void saysAllOfItInOrder() {
        assertFalse(findings.positive("a", Double.NaN));
        assertFalse(findings.notNegative("b", -1.0));
        findings.add("c is odd");
        assertFalse(findings.within("d", 2.0, 0.0, 1.0));
        assertFalse(findings.isEmpty());
        assertEquals(
                "a must be finite and > 0 but is NaN; b must be finite and >= 0 but is -1.0; c is odd; d must be within"
                        + " [0.0, 1.0] but is 2.0",
                refused());
    }

    @Test
    void countsWhatWouldBeTooMuchToName() {
        for (int k = 1; k <= 6; k++) {
            findings.add("f" + k);
        }
        assertEquals("f1; f2; f3; f4; f5; f6", refused());
        findings.add("f7");
        findings.add("f8");
        assertEquals("f1; f2; f3; f4; f5; f6; and 2 more", refused());
    }
}
