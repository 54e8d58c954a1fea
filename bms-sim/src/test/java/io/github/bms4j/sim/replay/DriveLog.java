package io.github.bms4j.sim.replay;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.sim.run.ShippedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A made-up drive of the shipped cell, row by row a text that a test can spoil: from 90 %, 25 °C, currents of the pattern 0, 3, 6, -2 A
 * for 20 s each, from rest, voltages rounded to 0.1 mV.
 */
final class DriveLog {
    static final CellType CELL = ShippedData.cell();
    private static final double[] PATTERN_A = {0.0, 3.0, 6.0, -2.0};
    private static final int HOLD_S = 20;

    final List<String[]> rows = new ArrayList<>();
    private String header = "time_s,current_a,voltage_v,temperature_c,soc_ref";

    /** So many rows, so many seconds apart. */
    static DriveLog of(int rows, double stepS) {
        DriveLog log = new DriveLog();
        double soc = 0.9;
        double before = 0.0;
        double turned = 0.0;
        List<RcBranch> branches = CELL.circuit().branches();
        double[] rc = new double[branches.size()];
        Hysteresis gap = CELL.ocv().hysteresis();
        for (int k = 0; k < rows; k++) {
            double t = k * stepS;
            double i = PATTERN_A[(int) (t / HOLD_S) % PATTERN_A.length];
            double drop = CELL.circuit().r0().ohm(soc, 25.0) * i;
            if (k > 0) {
                double mean = 0.5 * (before + i);
                double moved = -mean * stepS / (3600.0 * CELL.rating().capacityAh());
                turned += gap.turn(moved) * (Math.signum(moved) - turned);
                soc += moved;
                for (int j = 0; j < rc.length; j++) {
                    double settled =
                            1.0 - StrictMath.exp(-stepS / branches.get(j).tauS());
                    rc[j] += settled * (branches.get(j).resistance().ohm(soc, 25.0) * mean - rc[j]);
                }
            }
            for (double polarisation : rc) {
                drop += polarisation;
            }
            before = i;
            double v = CELL.ocv().v(soc, 25.0) + turned * gap.halfGapV(soc) - drop;
            log.rows.add(new String[] {text("%.1f", t), text("%.3f", i), text("%.4f", v), "25.0", text("%.6f", soc)});
        }
        return log;
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    double number(int row, int column) {
        return Double.parseDouble(rows.get(row)[column]);
    }

    DriveLog set(int row, int column, String value) {
        rows.get(row)[column] = value;
        return this;
    }

    /** Multiplies a column of all rows. */
    DriveLog scale(int column, double factor) {
        for (String[] row : rows) {
            row[column] = text("%.6f", factor * Double.parseDouble(row[column]));
        }
        return this;
    }

    /** Repeats the value of the first row of a range in all of it. */
    DriveLog stick(int column, int from, int to) {
        for (int k = from; k < to; k++) {
            rows.get(k)[column] = rows.get(from)[column];
        }
        return this;
    }

    DriveLog clear(int column) {
        for (String[] row : rows) {
            row[column] = "";
        }
        return this;
    }

    DriveLog header(String text) {
        header = text;
        return this;
    }

    String csv() {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (String[] row : rows) {
            text.append(String.join(",", row)).append('\n');
        }
        return text.toString();
    }

    Recording recording() {
        try {
            return Recording.readLog("log", new ByteArrayInputStream(csv().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
