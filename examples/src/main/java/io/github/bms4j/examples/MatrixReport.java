package io.github.bms4j.examples;

import io.github.bms4j.sim.report.HtmlReport;
import java.nio.file.Path;

/** The matrix as a page: each group's worst case first, then every case. */
final class MatrixReport {
    private MatrixReport() {}

    static HtmlReport of(Path file, MatrixTable table) {
        return new HtmlReport("Estimates against measured data")
                .subtitle(file.toString())
                .figure("Cases", Integer.toString(table.rows().size()), "", "replays of measured cells")
                .figure("Bars broken", Integer.toString(table.broken()), "", "cases that miss what they have to reach")
                .section("Worst of each group")
                .text("Errors and σ in points of SOC. RMS and max are those of the worst case.")
                .table("", MatrixTable.GROUP_HEADERS, table.groups())
                .section("Every case")
                .table("", MatrixTable.HEADERS, table.rows());
    }
}
