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
        return straight(r0Ohm, List.of(new RcBranch(flat(10e-3), 10.0), new RcBranch(flat(15e-3), 300.0)));
    }

    /** The same with other RC pairs. */
    public static CellType straight(List<RcBranch> branches) {
        return straight(20e-3, branches);
    }

    private static CellType straight(double r0Ohm, List<RcBranch> branches) {
        double[] soc = {0.0, 0.5, 1.0};
        OcvCurve ocv = new OcvCurve(soc, new double[] {3.2, 3.65, 4.1}, new double[] {0.0, 0.0, 0.0}, 25.0);
        Circuit circuit = new Circuit(flat(r0Ohm), branches);
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

    /** The straight cell with a model error of 1 mV, less than any noise model takes for granted. */
    public static CellType sure() {
        CellType t = straight();
        ModelError error =
                new ModelError(new double[] {0.0, 45.0}, new double[] {0.001, 0.001}, 0.15, 3600.0, 0.08, 0.03);
        return new CellType(
                t.name(),
                t.chemistry(),
                t.rating(),
                t.ocv(),
                t.circuit(),
                t.thermal(),
                t.chargeMap(),
                error,
                t.provenance());
    }

    /**
     * A cell with everything a model can have: curved OCV with entropy, hysteresis, three RC pairs, resistances over SOC and
     * temperature, an efficiency below 1. 2 Ah.
     */
    public static CellType rich() {
        double[] soc = {0.0, 0.1, 0.3, 0.6, 0.9, 1.0};
        OcvCurve ocv = new OcvCurve(
                soc,
                new double[] {3.00, 3.40, 3.60, 3.72, 4.02, 4.15},
                new double[] {2e-4, 1e-4, -1e-4, 0.0, 1e-4, 1e-4},
                25.0,
                new Hysteresis(new double[] {0.0, 0.5, 1.0}, new double[] {0.015, 0.010, 0.020}, 25.0));
        Circuit circuit = new Circuit(
                sloped(0.030),
                List.of(
                        new RcBranch(sloped(0.010), 8.0),
                        new RcBranch(sloped(0.020), 90.0),
                        new RcBranch(sloped(0.025), 1500.0)));
        CellType plain = straight();
        return new CellType(
                "rich 2 Ah",
                Chemistry.NMC,
                new CellRating(
                        2.0,
                        3.7,
                        3.0,
                        4.2,
                        8.0,
                        4.0,
                        new TemperatureWindow(-20, 60),
                        new TemperatureWindow(0, 45),
                        0.995),
                ocv,
                circuit,
                plain.thermal(),
                plain.chargeMap(),
                new ModelError(new double[] {0.0, 40.0}, new double[] {0.012, 0.006}, 0.1, 3600.0, 0.08, 0.02),
                new Provenance("made for tests", "Apache-2.0", "round numbers"));
    }

    /**
     * 5 Ah, everything bent: a knee at both ends of the OCV, entropy, hysteresis on nodes of its own, resistances that
     * depend on SOC (nodes that differ from map to map) and temperature, three RC pairs (8 s, 200 s, 3000 s), coulombic
     * efficiency 0.995.
     */
    public static CellType bent() {
        return bent(3);
    }

    /** The same with only the faster one or two of the RC pairs. */
    public static CellType bent(int pairs) {
        Hysteresis hysteresis = new Hysteresis(new double[] {0.0, 0.33, 1.0}, new double[] {0.018, 0.009, 0.012}, 20.0);
        OcvCurve ocv = new OcvCurve(
                new double[] {0.0, 0.04, 0.1, 0.25, 0.5, 0.6, 0.9, 1.0},
                new double[] {2.9, 3.2, 3.42, 3.55, 3.66, 3.75, 4.03, 4.17},
                new double[] {-4e-4, -1e-4, 1e-4, 2e-4, -1e-4, 0.0, 1e-4, 1e-4},
                25.0,
                hysteresis);
        double[] coldAndWarm = {-10.0, 25.0};
        ResistanceMap r0 = new ResistanceMap(
                new double[] {0.0, 0.2, 1.0},
                coldAndWarm,
                new double[][] {{0.06, 0.045, 0.04}, {0.02, 0.014, 0.013}},
                25_000);
        ResistanceMap r1 = new ResistanceMap(
                new double[] {0.1, 0.45, 0.95},
                coldAndWarm,
                new double[][] {{0.04, 0.02, 0.03}, {0.012, 0.007, 0.01}},
                30_000);
        ResistanceMap r2 = new ResistanceMap(
                new double[] {0.0, 0.7, 1.0},
                coldAndWarm,
                new double[][] {{0.03, 0.05, 0.04}, {0.012, 0.017, 0.014}},
                20_000);
        ResistanceMap r3 = new ResistanceMap(new double[] {0.5}, coldAndWarm, new double[][] {{0.02}, {0.008}}, 0.0);
        ChargeMap map = new ChargeMap(new double[] {0.0, 1.0}, new double[] {0.0, 20.0, 45.0}, new double[][] {
            {0.0, 0.0}, {1.0, 0.5}, {1.0, 0.5}
        });
        return new CellType(
                "bent 5 Ah",
                Chemistry.NMC,
                new CellRating(
                        5.0,
                        3.65,
                        2.8,
                        4.2,
                        25.0,
                        5.0,
                        new TemperatureWindow(-20, 60),
                        new TemperatureWindow(0, 45),
                        0.995),
                ocv,
                new Circuit(
                        r0,
                        List.of(new RcBranch(r1, 8.0), new RcBranch(r2, 200.0), new RcBranch(r3, 3000.0))
                                .subList(0, pairs)),
                new ThermalRating(70.0, 0.2),
                map,
                new Provenance("made for tests", "Apache-2.0", "bent on purpose"));
    }

    /** The straight sample with one RC pair of 10 mΩ (10 s). */
    public static CellType onePair() {
        CellType two = straight();
        return new CellType(
                "one pair 3 Ah",
                two.chemistry(),
                two.rating(),
                two.ocv(),
                new Circuit(flat(20e-3), List.of(new RcBranch(flat(10e-3), 10.0))),
                two.thermal(),
                two.chargeMap(),
                two.provenance());
    }

    private static ResistanceMap sloped(double ohm) {
        double[][] rows = {{5.0 * ohm, 3.0 * ohm, 4.0 * ohm}, {1.5 * ohm, ohm, 1.2 * ohm}};
        return new ResistanceMap(new double[] {0.0, 0.5, 1.0}, new double[] {0.0, 25.0}, rows, 25_000.0);
    }

    /** One resistance everywhere. */
    public static ResistanceMap flat(double ohm) {
        double[][] rows = {{ohm, ohm}, {ohm, ohm}};
        return new ResistanceMap(new double[] {0.0, 1.0}, new double[] {0.0, 40.0}, rows, 0.0);
    }
}
