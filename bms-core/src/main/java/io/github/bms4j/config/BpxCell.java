package io.github.bms4j.config;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Derives a cell type from a BPX file, a set of physical parameters for single-particle and porous-electrode models.
 *
 * <p>The equivalent circuit is what those models become for small slow changes: docs/theory/bpx-to-circuit.md has the
 * derivation and how far it carries. What a BPX file does not say is taken from {@link #ASSUMED} and named in the
 * provenance: currents, temperature windows and the charge map.
 */
final class BpxCell {
    private static final double ZERO_DEG_C_IN_K = 273.15;
    private static final int SOC_NODES = 41;
    private static final int OCV_NODES = 101;
    private static final double[] TEMPERATURES_DEG_C = {-20.0, -10.0, 0.0, 10.0, 25.0, 40.0, 60.0};
    /** Capacities of the two electrodes' windows, and the stated one, may differ by this part. */
    private static final double MOST_CAPACITY_MISMATCH = 0.10;
    /** A level OCP gives no diffusion resistance; a map needs one above zero. */
    private static final double LEAST_OHM = 1e-7;

    private static final double DISCHARGE_PER_H = 3.0;
    private static final double CHARGE_PER_H = 1.0;
    private static final double DEFAULT_W_PER_M2_K = 10.0;
    private static final String ASSUMED = "Not in a BPX file and assumed: discharge up to 3C at -20..60 degC, charge up"
            + " to 1C at 0..45 degC (0 at 0 degC, 0.3C at 10, 1C from 25 to 40, 0 at 45; half above 80 % SOC)";
    private static final Pattern NAMED_CHEMISTRY = Pattern.compile("\\b(NMC|NCA|LFP|LCO|LMO|LTO)");

    private final ConfigNode root;
    private final ConfigNode cell;
    private final BpxElectrode negative;
    private final BpxElectrode positive;
    private final Optional<BpxElectrolyte> electrolyte;
    private final double capacityAh;
    private final double referenceK;

    private BpxCell(ConfigNode root) throws ConfigException {
        this.root = root;
        ConfigNode parameters = root.get("Parameterisation");
        cell = parameters.get("Cell");
        referenceK = cell.get("Reference temperature [K]").number(213.15, 373.15);
        double areaM2 = BpxElectrode.positive(cell, "Electrode area [m2]")
                * cell.get("Number of electrode pairs connected in parallel to make a cell")
                        .whole(1, 100_000);
        negative = new BpxElectrode(parameters.get("Negative electrode"), true, areaM2, referenceK);
        positive = new BpxElectrode(parameters.get("Positive electrode"), false, areaM2, referenceK);
        electrolyte = parameters.optional("Electrolyte").isPresent()
                ? Optional.of(new BpxElectrolyte(root, parameters, negative, positive, areaM2, referenceK))
                : Optional.empty();
        capacityAh = capacityAh();
    }

    static CellType read(ConfigNode root) throws ConfigException {
        root.get("Header").get("BPX").raw();
        return new BpxCell(root).toCellType();
    }

    private double capacityAh() throws ConfigException {
        double least = Math.min(negative.capacityAh(), positive.capacityAh());
        ConfigNode stated = cell.get("Nominal cell capacity [A.h]");
        double nominal = BpxElectrode.positive(cell, "Nominal cell capacity [A.h]");
        for (double ah : new double[] {negative.capacityAh(), positive.capacityAh(), nominal}) {
            if (Math.abs(ah / least - 1.0) > MOST_CAPACITY_MISMATCH) {
                throw stated.finding(
                        String.format(
                                Locale.ROOT,
                                "%.2f Ah stated, %.2f Ah in the negative and %.2f Ah in the positive electrode's window",
                                nominal,
                                negative.capacityAh(),
                                positive.capacityAh()),
                        "capacities within 10 %");
            }
        }
        return least;
    }

    private CellType toCellType() throws ConfigException {
        OcvCurve ocv = ocv();
        Circuit circuit = circuit();
        CellRating rating = rating(ocv);
        ThermalRating thermal = thermal();
        String title = root.get("Header").get("Title").text();
        Chemistry chemistry = chemistry(ocv);
        Provenance provenance = provenance();
        ChargeMap chargeMap =
                new ChargeMap(new double[] {0.8, 1.0}, new double[] {0.0, 10.0, 25.0, 40.0, 45.0}, new double[][] {
                    {0.0, 0.0}, {0.3, 0.15}, {CHARGE_PER_H, 0.5}, {CHARGE_PER_H, 0.5}, {0.0, 0.0}
                });
        return root.make(
                "parts that fit each other",
                () -> new CellType(title, chemistry, rating, ocv, circuit, thermal, chargeMap, provenance));
    }

    private OcvCurve ocv() throws ConfigException {
        double[] soc = grid(OCV_NODES);
        double[] v = new double[soc.length];
        double[] entropicVPerK = new double[soc.length];
        for (int i = 0; i < soc.length; i++) {
            v[i] = positive.ocpV(soc[i]) - negative.ocpV(soc[i]);
            entropicVPerK[i] = positive.entropicVPerK(soc[i]) - negative.entropicVPerK(soc[i]);
        }
        return root.get("Parameterisation")
                .make(
                        "OCPs whose difference rises with SOC",
                        () -> new OcvCurve(soc, v, entropicVPerK, referenceK - ZERO_DEG_C_IN_K));
    }

    private static double[] grid(int nodes) {
        double[] grid = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            grid[i] = (double) i / (nodes - 1);
        }
        return grid;
    }

    /**
     * Everything immediate into R0; the slow six sevenths of each electrode's diffusion into its own branch, with the
     * electrolyte's polarisation on the branch whose time constant is nearer.
     */
    private Circuit circuit() throws ConfigException {
        double[] soc = grid(SOC_NODES);
        double negativeTauS = negative.diffusionTauS();
        double positiveTauS = positive.diffusionTauS();
        boolean joinsNegative =
                electrolyte.isPresent() && nearer(electrolyte.get().concentrationTauS(), negativeTauS, positiveTauS);
        int rows = TEMPERATURES_DEG_C.length;
        double[][] r0 = new double[rows][soc.length];
        double[][] slowNegative = new double[rows][soc.length];
        double[][] slowPositive = new double[rows][soc.length];
        for (int t = 0; t < rows; t++) {
            double temperatureK = TEMPERATURES_DEG_C[t] + ZERO_DEG_C_IN_K;
            double fixed = negative.solidOhm() + positive.solidOhm();
            double concentration = 0.0;
            if (electrolyte.isPresent()) {
                fixed += electrolyte.get().ohmicOhm(temperatureK);
                concentration = electrolyte.get().concentrationOhm(temperatureK);
            }
            for (int s = 0; s < soc.length; s++) {
                double inNegative = negative.diffusionOhm(soc[s], temperatureK, capacityAh);
                double inPositive = positive.diffusionOhm(soc[s], temperatureK, capacityAh);
                r0[t][s] = fixed
                        + negative.transferOhm(soc[s], temperatureK, capacityAh)
                        + positive.transferOhm(soc[s], temperatureK, capacityAh)
                        + (inNegative + inPositive) / 7.0;
                slowNegative[t][s] =
                        Math.max(LEAST_OHM, 6.0 / 7.0 * inNegative + (joinsNegative ? concentration : 0.0));
                slowPositive[t][s] =
                        Math.max(LEAST_OHM, 6.0 / 7.0 * inPositive + (joinsNegative ? 0.0 : concentration));
            }
        }
        RcBranch first = new RcBranch(map(soc, slowNegative), negativeTauS);
        RcBranch second = new RcBranch(map(soc, slowPositive), positiveTauS);
        return new Circuit(map(soc, r0), ordered(first, second));
    }

    private static boolean nearer(double tauS, double aS, double bS) {
        return Math.abs(StrictMath.log(tauS / aS)) <= Math.abs(StrictMath.log(tauS / bS));
    }

    /** Faster first; two of exactly one time constant are told apart by one part in a million, which nothing feels. */
    private static List<RcBranch> ordered(RcBranch a, RcBranch b) {
        if (a.tauS() == b.tauS()) {
            return List.of(a, new RcBranch(b.resistance(), b.tauS() * (1.0 + 1e-6)));
        }
        return a.tauS() < b.tauS() ? List.of(a, b) : List.of(b, a);
    }

    /** Beyond the rows with the activation energy that the two coldest rows imply at mid-charge. */
    private static ResistanceMap map(double[] soc, double[][] ohm) {
        int mid = soc.length / 2;
        double coldK = TEMPERATURES_DEG_C[0] + ZERO_DEG_C_IN_K;
        double nextK = TEMPERATURES_DEG_C[1] + ZERO_DEG_C_IN_K;
        double slopeK = StrictMath.log(ohm[0][mid] / ohm[1][mid]) / (1.0 / coldK - 1.0 / nextK);
        double activation = Math.min(150_000.0, Math.max(0.0, slopeK * BpxElectrode.GAS_J_PER_MOL_K));
        return new ResistanceMap(soc, TEMPERATURES_DEG_C, ohm, activation);
    }

    private CellRating rating(OcvCurve ocv) throws ConfigException {
        double minV = BpxElectrode.positive(cell, "Lower voltage cut-off [V]");
        double maxV = BpxElectrode.positive(cell, "Upper voltage cut-off [V]");
        double sumV = 0.0;
        for (double soc : grid(OCV_NODES)) {
            sumV += ocv.v(soc, ocv.referenceDegC());
        }
        double nominalV = sumV / OCV_NODES;
        return cell.make(
                "sound voltage limits",
                () -> new CellRating(
                        capacityAh,
                        nominalV,
                        minV,
                        maxV,
                        DISCHARGE_PER_H * capacityAh,
                        CHARGE_PER_H * capacityAh,
                        new TemperatureWindow(-20.0, 60.0),
                        new TemperatureWindow(0.0, 45.0)));
    }

    private ThermalRating thermal() throws ConfigException {
        double heatCapacityJPerK = BpxElectrode.positive(cell, "Specific heat capacity [J.K-1.kg-1]")
                * BpxElectrode.positive(cell, "Density [kg.m-3]")
                * BpxElectrode.positive(cell, "Volume [m3]");
        double surfaceM2 = BpxElectrode.positive(cell, "External surface area [m2]");
        return new ThermalRating(heatCapacityJPerK, surfaceM2 * wattPerM2K());
    }

    private double wattPerM2K() throws ConfigException {
        Optional<ConfigNode> state = root.optional("State");
        return state.isPresent()
                ? state.get()
                        .get("Thermal state")
                        .get("Heat transfer coefficient [W.m-2.K-1]")
                        .number(0.0, 1e6)
                : DEFAULT_W_PER_M2_K;
    }

    /** BPX has no field for it: the first chemistry named in title or description, otherwise by mid-charge voltage. */
    private Chemistry chemistry(OcvCurve ocv) throws ConfigException {
        ConfigNode header = root.get("Header");
        for (String key : new String[] {"Title", "Description"}) {
            Optional<ConfigNode> text = header.optional(key);
            Matcher matcher =
                    NAMED_CHEMISTRY.matcher(text.isPresent() ? text.get().text() : "");
            if (matcher.find()) {
                return Chemistry.valueOf(matcher.group(1));
            }
        }
        double midV = ocv.v(0.5, ocv.referenceDegC());
        if (midV < Chemistry.LTO.mostMidOcvV()) {
            return Chemistry.LTO;
        }
        return midV < Chemistry.LFP.mostMidOcvV() ? Chemistry.LFP : Chemistry.NMC;
    }

    private Provenance provenance() throws ConfigException {
        ConfigNode header = root.get("Header");
        Optional<ConfigNode> description = header.optional("Description");
        String origin = description.isPresent()
                ? description.get().text()
                : header.get("Title").text();
        String method =
                "Equivalent circuit derived from BPX parameters (docs/theory/bpx-to-circuit.md), charge transfer"
                        + " and diffusion as chords at the one-hour current"
                        + (electrolyte.isPresent() ? ". " : "; no electrolyte in the file, so none in R0. ")
                        + ASSUMED
                        + (root.optional("State").isPresent()
                                ? "."
                                : String.format(Locale.ROOT, "; heat transfer %.0f W/(m2 K).", DEFAULT_W_PER_M2_K));
        return new Provenance(origin, "as of the BPX file", method);
    }
}
