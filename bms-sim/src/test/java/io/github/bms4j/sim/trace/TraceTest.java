package io.github.bms4j.sim.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.sim.trace.Trace.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
    private static Trace trace() {
        return new Trace(List.of(new Column("time_s", 3), new Column("soc", 5)));
    }

    @Test
    void aRowBeginsAllUnknown() {
        Trace trace = trace();
        assertEquals(0, trace.row());
        trace.set(1, 0.5);
        assertEquals(1, trace.row());
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, trace.column("time_s"));
        assertArrayEquals(new double[] {0.5, Double.NaN}, trace.column("soc"));
    }

    @Test
    void keepsEveryValueWhileItGrows() {
        Trace trace = trace();
        int rows = 10_000;
        for (int i = 0; i < rows; i++) {
            assertEquals(i, trace.row());
            trace.set(0, i * 0.5);
            if (i % 3 == 0) {
                trace.set(1, -i);
            }
        }
        assertEquals(rows, trace.rows());
        assertEquals(rows, trace.column(0).length);
        for (int i = 0; i < rows; i++) {
            assertEquals(i * 0.5, trace.get(0, i));
            assertEquals(i % 3 == 0 ? -i : Double.NaN, trace.get(1, i), "row " + i);
        }
    }

    @Test
    void aColumnIsACopy() {
        Trace trace = trace();
        trace.row();
        trace.set(0, 1.0);
        trace.column(0)[0] = 2.0;
        assertEquals(1.0, trace.get(0, 0));
    }

    @Test
    void knowsItsColumns() {
        Trace trace = trace();
        assertEquals(1, trace.indexOf("soc"));
        assertEquals(List.of(new Column("time_s", 3), new Column("soc", 5)), trace.columns());
        Exception e = assertThrows(IllegalArgumentException.class, () -> trace.column("soh"));
        assertTrue(e.toString().contains("\"soh\"") && e.toString().contains("[time_s, soc]"), e.toString());
    }

    @Test
    void misuseFailsAtOnce() {
        Trace trace = trace();
        assertThrows(IndexOutOfBoundsException.class, () -> trace.set(0, 1.0), "no row yet");
        trace.row();
        assertThrows(IndexOutOfBoundsException.class, () -> trace.set(2, 1.0));
        assertThrows(IndexOutOfBoundsException.class, () -> trace.set(-1, 1.0));
        assertThrows(IndexOutOfBoundsException.class, () -> trace.get(0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> trace.get(0, -1));
    }

    @Test
    void refusesNoColumnsAndTwoOfOneName() {
        assertThrows(IllegalArgumentException.class, () -> new Trace(List.of()));
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> new Trace(List.of(new Column("a", 0), new Column("a", 1))));
        assertTrue(e.toString().contains("\"a\""), e.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a,b", "a b", "a\"", "a\n", "ä", "_a"})
    void refusesANameThatAHeaderWouldHaveToQuote(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Column(name, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10})
    void refusesDecimalsOutOfRange(int decimals) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Column("soc", decimals));
        assertTrue(e.toString().contains("soc"), e.toString());
    }
}
