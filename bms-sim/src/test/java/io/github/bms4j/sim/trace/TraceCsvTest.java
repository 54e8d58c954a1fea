package io.github.bms4j.sim.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.sim.trace.Trace.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCsvTest {
    private static String csv(Trace trace) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TraceCsv.write(trace, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void add(Trace trace, double... values) {
        trace.row();
        for (int c = 0; c < values.length; c++) {
            trace.set(c, values[c]);
        }
    }

    @Test
    void writesHeaderFixedDecimalsAndNothingForNaN() throws IOException {
        Trace trace = new Trace(List.of(new Column("time_s", 1), new Column("current_a", 3), new Column("cells", 0)));
        add(trace, 0.0, -0.0, 96.0);
        add(trace, 0.1, Double.NaN, 96.0);
        add(trace, 1e6, -12.3456, Double.NaN);
        add(trace);
        add(trace, 1e17, Double.POSITIVE_INFINITY, 0.5);
        assertEquals("""
                time_s,current_a,cells
                0.0,0.000,96
                0.1,,96
                1000000.0,-12.346,
                ,,
                100000000000000000.0,Infinity,1
                """, csv(trace));
    }

    @Test
    void aTraceWithoutRowsIsItsHeader() throws IOException {
        assertEquals("soc\n", csv(new Trace(List.of(new Column("soc", 2)))));
    }

    @Test
    void agreesWithTheSlowWayOverManyBuffers() throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        Trace trace = new Trace(List.of(new Column("a", 0), new Column("b", 4), new Column("c", 9)));
        StringBuilder expected = new StringBuilder("a,b,c\n");
        for (int i = 0; i < 20_000; i++) {
            double a = Math.rint(random.nextGaussian() * 100);
            double b = i % 7 == 0 ? Double.NaN : random.nextGaussian();
            double c = i % 500 == 0 ? -Double.MAX_VALUE : random.nextDouble();
            add(trace, a, b, c);
            expected.append(FixedDecimal.text(a, 0)).append(',');
            expected.append(FixedDecimal.text(b, 4)).append(',');
            expected.append(FixedDecimal.text(c, 9)).append('\n');
        }
        assertEquals(expected.toString(), csv(trace), "seed " + seed);
    }

    @Test
    void writesAFile(@TempDir Path folder) throws IOException {
        Trace trace = new Trace(List.of(new Column("soc", 2)));
        add(trace, 0.5);
        Path file = folder.resolve("run/trace.csv");
        TraceCsv.write(trace, file);
        assertEquals("soc\n0.50\n", Files.readString(file));
    }
}
