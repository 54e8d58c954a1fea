package io.github.bms4j.cell;

import java.util.List;

/** Round-numbered cells for tests: a 3 Ah cell with a straight OCV, so that a test can be worked out on paper. */
public final class SampleCells {
    private SampleCells() {}

    /**
     * 3 Ah; OCV 3.2 V + 0.9 V × SOC; R0 20 mΩ, two RC pairs of 10 mΩ (10 s) and 15 mΩ (300 s) at every SOC and
     * temperature (activation 0); 3 A charge and 9 A discharge rating; charge 0…45 °C, discharge −20…60 °C; charge map 1C
     * from 20 °C and to 80 % SOC, then falling to 0.2C, 0.1C at 5 °C.
     */
    public static CellType straight() {
        return straight(20e-3);
    }

    /** The same with another R0, ohm. */
    public static CellType straight(double r0Ohm) {
        double[] soc = {0.0, 0.5, 1.0};
        OcvCurve ocv = new OcvCurve(soc, new double[] {3.2, 3.65, 4.1}, new double[] {0.0, 0.0, 0.0}, 25.0);
        Circuit circuit =
                new Circuit(flat(r0Ohm), List.of(new RcBranch(flat(10e-3), 10.0), new RcBranch(flat(15e-3), 300.0)));
        ChargeMap map =
                new ChargeMap(new double[] {0.0, 0.8, 1.0}, new double[] {0.0, 5.0, 20.0, 45.0}, new double[][] {
                    {0.0, 0.0, 0.0}, {0.1, 0.1, 0.1}, {1.0, 1.0, 0.2}, {1.0, 1.0, 0.2}
                });
        return new CellType(
                "straight 3 Ah",
                Chemistry.NMC,
                new CellRating(
                        3.0, 3.6, 3.0, 4.2, 9.0, 3.0, new TemperatureWindow(-20, 60), new TemperatureWindow(0, 45)),
                ocv,
                circuit,
                new ThermalRating(40.0, 0.1),
                map,
                new Provenance("made for tests", "Apache-2.0", "round numbers"));
    }

    private static ResistanceMap flat(double ohm) {
        double[][] rows = {{ohm, ohm}, {ohm, ohm}};
        return new ResistanceMap(new double[] {0.0, 1.0}, new double[] {0.0, 40.0}, rows, 0.0);
    }
}
