package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import java.util.List;

/** Cell types around the measured tables of the test resources. */
final class MeasuredCells {
    private MeasuredCells() {}

    /** A cell with this OCV (SOC 0…1), a resistance of its own scale and relaxation of a minute and half an hour. */
    static CellType of(
            String name, double capacityAh, OcvCurve ocv, double r0Ohm, ThermalRating thermal, double sigmaV) {
        Circuit circuit = new Circuit(
                flat(r0Ohm), List.of(new RcBranch(flat(0.6 * r0Ohm), 60.0), new RcBranch(flat(0.4 * r0Ohm), 1800.0)));
        ModelError error =
                new ModelError(new double[] {0.0, 45.0}, new double[] {sigmaV, sigmaV}, 0.15, 3600, 0.08, 0.03);
        return new CellType(
                name,
                Chemistry.NMC,
                new CellRating(
                        capacityAh,
                        3.7,
                        2.5,
                        4.25,
                        5.0 * capacityAh,
                        capacityAh,
                        new TemperatureWindow(-20, 60),
                        new TemperatureWindow(0, 45)),
                ocv,
                circuit,
                thermal,
                new ChargeMap(new double[] {0.0, 1.0}, new double[] {0.0, 10.0, 45.0}, new double[][] {
                    {0.0, 0.0}, {0.3, 0.3}, {1.0, 1.0}
                }),
                error,
                new Provenance("measured table of the tests", "see the table", "for tests only"));
    }

    static OcvCurve curve(double[] soc, double[] ocvV) {
        return new OcvCurve(soc, ocvV, new double[soc.length], 25.0);
    }

    private static ResistanceMap flat(double ohm) {
        return new ResistanceMap(new double[] {0.5}, new double[] {25.0}, new double[][] {{ohm}}, 0.0);
    }
}
