package io.github.bms4j.sim.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A trace as CSV: header line, comma, {@code .} as decimal point, {@code \n} at the end of each line, NaN as nothing.
 *
 * <p>Every column has its fixed decimals, see {@link FixedDecimal}: the same trace gives the same bytes everywhere.
 * Thread: any, while nobody changes the trace. Allocation: one buffer, nothing per value.
 */
public final class TraceCsv {
    private static final int BUFFER_BYTES = 1 << 16;

    private TraceCsv() {}

    /**
     * Writes the trace beside the target and then moves it over the target.
     *
     * @throws IOException if that fails; an older file of this name is then as it was
     */
    public static void write(Trace trace, Path target) throws IOException {
        OutputFile.write(target, to -> write(trace, to));
    }

    /** Writes the trace; does not close the stream. */
    public static void write(Trace trace, OutputStream to) throws IOException {
        List<Trace.Column> columns = trace.columns();
        int[] decimals = columns.stream().mapToInt(Trace.Column::decimals).toArray();
        to.write(columns.stream()
                .map(Trace.Column::name)
                .collect(Collectors.joining(",", "", "\n"))
                .getBytes(StandardCharsets.US_ASCII));

        byte[] buffer = new byte[BUFFER_BYTES];
        int fill = 0;
        for (int row = 0; row < trace.rows(); row++) {
            for (int c = 0; c < decimals.length; c++) {
                if (fill > BUFFER_BYTES - FixedDecimal.MAX_BYTES - 1) {
                    to.write(buffer, 0, fill);
                    fill = 0;
                }
                fill = FixedDecimal.put(buffer, fill, trace.get(c, row), decimals[c]);
                buffer[fill++] = (byte) (c == decimals.length - 1 ? '\n' : ',');
            }
        }
        to.write(buffer, 0, fill);
    }
}
