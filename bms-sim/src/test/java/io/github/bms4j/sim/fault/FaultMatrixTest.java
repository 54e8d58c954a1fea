package io.github.bms4j.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.protect.Fault;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaultMatrixTest {
    private static List<MatrixRow> rows;

    @BeforeAll
    static void run() {
        rows = FaultMatrix.run(1L);
    }

    @Test
    void everyFaultIsFoundWithinItsBudgetAndReactedTo() {
        String failed = FaultMatrix.table(rows.stream().filter(r -> !r.sound()).toList());
        assertTrue(rows.stream().allMatch(MatrixRow::sound), failed);
    }

    @Test
    void everyFaultOfTheTableIsTried() {
        Set<Fault> tried = EnumSet.noneOf(Fault.class);
        rows.forEach(r -> tried.add(r.fault()));
        assertEquals(EnumSet.allOf(Fault.class), tried);
    }

    @Test
    void tableCountsWhatWasFound() {
        List<String> lines = FaultMatrix.table(rows).lines().toList();
        assertEquals(rows.size() + 2, lines.size());
        assertEquals(
                rows.size() + " of " + rows.size() + " detected within budget with their reaction",
                lines.get(lines.size() - 1));
    }

    @Test
    void anUnsoundRowIsShownAsOne() {
        MatrixRow never = new MatrixRow("nothing", Fault.WELDED, 0, Double.NaN, false);
        MatrixRow late = new MatrixRow("nothing", Fault.WELDED, 0, 0.6, true);
        MatrixRow dirty = new MatrixRow("nothing", Fault.WELDED, 1, 0.1, true);
        MatrixRow early = new MatrixRow("nothing", Fault.WELDED, 0, -0.2, true);
        String text = FaultMatrix.table(List.of(never, late, dirty, early));
        assertTrue(text.contains("never"), text);
        assertTrue(text.contains("MISSING"), text);
        assertTrue(text.endsWith("0 of 4 detected within budget with their reaction\n"), text);
    }
}
