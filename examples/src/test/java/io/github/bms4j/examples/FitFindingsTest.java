package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.fit.Identifiability;
import io.github.bms4j.cell.fit.Identifiability.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitFindingsTest {
    private static final FitFindings FINDINGS = new FitFindings(new Identifiability(
            List.of(
                    new Confidence("tau1", 12.0, 0.5, "s"),
                    new Confidence("turn", 60.0, 1e-9, "1"),
                    new Confidence("OCV at SOC 0.1", 3.3, 0.002, "V"),
                    new Confidence("OCV at SOC 0.9", 4.1, 0.001, "V"),
                    new Confidence("R0 at 2.1 °C, SOC 0.2", 103.44, 2.91, "mΩ"),
                    new Confidence("R0 at 2.1 °C, SOC 0.5", 55.93, 0.83, "mΩ"),
                    new Confidence("R1 at 2.1 °C, SOC 0.2", 9.0, 1.0, "mΩ"),
                    new Confidence("R1 at 2.1 °C, SOC 0.5", 8.0, 1.0, "mΩ")),
            List.of(
                    "tau3 on its upper bound",
                    "R1 at 2.1 °C, SOC 0.0 on its upper bound",
                    "R1 at 2.1 °C, SOC 0.03 on its upper bound",
                    "R1 at 2.1 °C, SOC 0.9 on its lower bound",
                    "half gap at SOC 1.0 on its upper bound"),
            List.of("2.1 °C, SOC 0.00 to 0.06")));

    @Test
    void aCurveIsOneLine() {
        assertEquals(
                List.of(
                        "tau1 12.00 ± 0.50 s",
                        "turn 60.00 (held)",
                        "OCV 3.300 ± 0.0020, 4.100 ± 0.0010 V at SOC 0.1, 0.9",
                        "R0 at 2.1 °C 103.4 ± 2.9, 55.93 ± 0.83 mΩ at SOC 0.2, 0.5",
                        "R1 at 2.1 °C 9.000 ± 1.0, 8.000 ± 1.0 mΩ at SOC 0.2, 0.5"),
                FINDINGS.lines());
    }

    @Test
    void theTablesHoldTheSame() {
        assertEquals(
                List.of(List.of("tau1", "12.00 ± 0.50", "s"), List.of("turn", "60.00 (held)", "1")), FINDINGS.single());
        assertEquals(List.of(List.of("0.1", "0.9"), List.of("0.2", "0.5")), FINDINGS.nodes());
        assertEquals(
                List.of(List.of("OCV", "V", "3.300 ± 0.0020", "4.100 ± 0.0010")), FINDINGS.over(List.of("0.1", "0.9")));
        assertEquals(2, FINDINGS.over(List.of("0.2", "0.5")).size());
        assertEquals(List.of(), FINDINGS.over(List.of()));
    }

    @Test
    void boundsOfOneResistanceStandTogether() {
        assertEquals(
                List.of(
                        "tau3 on its upper bound",
                        "R1 at 2.1 °C on its upper bound at SOC 0.0, 0.03",
                        "R1 at 2.1 °C on its lower bound at SOC 0.9",
                        "half gap on its upper bound at SOC 1.0"),
                FINDINGS.bounds());
        assertEquals(List.of("2.1 °C, SOC 0.00 to 0.06"), FINDINGS.unsupported());
    }
}
