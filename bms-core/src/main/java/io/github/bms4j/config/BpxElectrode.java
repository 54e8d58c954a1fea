package io.github.bms4j.config;

import java.util.Optional;

/**
 * One electrode of a BPX file and the resistances it contributes to an equivalent circuit.
 *
 * <p>Symbols and derivation: docs/theory/bpx-to-circuit.md. The negative electrode empties (x from maximum to minimum)
 * as the cell discharges, the positive fills.
 */
final class BpxElectrode {
    static final double FARADAY_C_PER_MOL = 96485.33212331;
    static final double GAS_J_PER_MOL_K = 8.31446261815324;
    /** Keeps the exchange current above zero where a stoichiometry window touches 0 or 1. */
    private static final double LEAST_OCCUPANCY = 0.002;

    private final ConfigNode node;
    private final boolean negative;
    private final double thicknessM;
    private final double radiusM;
    private final double surfacePerM;
    private final double areaM2;
    private final double maxMolPerM3;
    private final double leastX;
    private final double mostX;
    private final double rateMolPerM2S;
    private final double rateActivation;
    private final BpxFunction diffusivity;
    private final double diffusivityActivation;
    private final BpxFunction ocp;
    private final Optional<BpxFunction> entropic;
    private final Optional<Double> conductivity;
    private final double referenceK;

    BpxElectrode(ConfigNode node, boolean negative, double areaM2, double referenceK) throws ConfigException {
        this.node = node;
        this.negative = negative;
        this.areaM2 = areaM2;
        this.referenceK = referenceK;
        Optional<ConfigNode> particles = node.optional("Particle");
        if (particles.isPresent()) {
            throw particles
                    .get()
                    .finding(
                            particles.get().keys().size() + " particle populations",
                            "one per electrode: a blend has no single pair of time constants");
        }
        thicknessM = positive(node, "Thickness [m]");
        radiusM = positive(node, "Particle radius [m]");
        surfacePerM = positive(node, "Surface area per unit volume [m-1]");
        maxMolPerM3 = positive(node, "Maximum concentration [mol.m-3]");
        leastX = node.get("Minimum stoichiometry").number(0.0, 1.0);
        mostX = node.get("Maximum stoichiometry").number(0.0, 1.0);
        if (mostX <= leastX) {
            throw node.get("Maximum stoichiometry").finding(String.valueOf(mostX), "more than the minimum " + leastX);
        }
        rateMolPerM2S = positive(node, "Reaction rate constant [mol.m-2.s-1]");
        rateActivation = activation(node, "Reaction rate constant activation energy [J.mol-1]");
        diffusivity = BpxFunction.read(node.get("Diffusivity [m2.s-1]"));
        diffusivityActivation = activation(node, "Diffusivity activation energy [J.mol-1]");
        ocp = BpxFunction.read(node.get("OCP [V]"));
        Optional<ConfigNode> entropicNode = node.optional("Entropic change coefficient [V.K-1]");
        entropic = entropicNode.isPresent() ? Optional.of(BpxFunction.read(entropicNode.get())) : Optional.empty();
        conductivity = optionalPositive(node, "Conductivity [S.m-1]");
    }

    static double positive(ConfigNode node, String key) throws ConfigException {
        return node.get(key).number(Double.MIN_NORMAL, Double.MAX_VALUE);
    }

    private static Optional<Double> optionalPositive(ConfigNode node, String key) throws ConfigException {
        return node.optional(key).isPresent() ? Optional.of(positive(node, key)) : Optional.empty();
    }

    static double activation(ConfigNode node, String key) throws ConfigException {
        Optional<ConfigNode> value = node.optional(key);
        return value.isPresent() ? value.get().number(0.0, 150_000.0) : 0.0;
    }

    /** exp(E/Rg (1/T_ref - 1/T)): how much faster than at the reference. */
    static double arrhenius(double activationJPerMol, double referenceK, double temperatureK) {
        return StrictMath.exp(activationJPerMol / GAS_J_PER_MOL_K * (1.0 / referenceK - 1.0 / temperatureK));
    }

    /** Charge between the stoichiometry limits, Ah: F (a R / 3) L A c_max (x_max - x_min). */
    double capacityAh() {
        double solidPart = surfacePerM * radiusM / 3.0;
        return FARADAY_C_PER_MOL * solidPart * thicknessM * areaM2 * maxMolPerM3 * (mostX - leastX) / 3600.0;
    }

    private double x(double soc) {
        return negative ? leastX + soc * (mostX - leastX) : mostX - soc * (mostX - leastX);
    }

    double ocpV(double soc) throws ConfigException {
        return ocp.at(x(soc));
    }

    double entropicVPerK(double soc) throws ConfigException {
        return entropic.isPresent() ? entropic.get().at(x(soc)) : 0.0;
    }

    /** Current density on the particles at a cell current, A/m². */
    private double surfaceAPerM2(double currentA) {
        return currentA / (areaM2 * surfacePerM * thicknessM);
    }

    /** Charge transfer, Ω: the chord of Butler-Volmer (2 Rg T/F) asinh(i / 2 i0) at the current that is given. */
    double transferOhm(double soc, double temperatureK, double currentA) {
        double x = Math.min(1.0 - LEAST_OCCUPANCY, Math.max(LEAST_OCCUPANCY, x(soc)));
        double exchange = FARADAY_C_PER_MOL
                * rateMolPerM2S
                * arrhenius(rateActivation, referenceK, temperatureK)
                * Math.sqrt(x * (1.0 - x));
        double ratio = surfaceAPerM2(currentA) / (2.0 * exchange);
        double asinh = StrictMath.log(ratio + Math.sqrt(ratio * ratio + 1.0));
        return 2.0 * GAS_J_PER_MOL_K * temperatureK / FARADAY_C_PER_MOL * asinh / currentA;
    }

    /**
     * Settled solid diffusion, Ω: the surface differs from the mean by dx = i R / (5 D F c_max), seen through the chord
     * of the OCP over x ± dx within the stoichiometry window. Zero where the OCP does not fall.
     */
    double diffusionOhm(double soc, double temperatureK, double currentA) throws ConfigException {
        double x = x(soc);
        double speed = diffusivity.positiveAt(x) * arrhenius(diffusivityActivation, referenceK, temperatureK);
        double dx = surfaceAPerM2(currentA) * radiusM / (5.0 * speed * FARADAY_C_PER_MOL * maxMolPerM3);
        double low = Math.max(leastX, x - dx);
        double high = Math.min(mostX, x + dx);
        double fallVPerX = (ocp.at(low) - ocp.at(high)) / (high - low);
        return Math.max(0.0, fallVPerX * dx / currentA);
    }

    /** Time constant of the quartic profile at mid-charge and reference temperature, s: R² / (30 D). */
    double diffusionTauS() throws ConfigException {
        return radiusM * radiusM / (30.0 * diffusivity.positiveAt(x(0.5)));
    }

    /** Electronic conduction through the electrode, Ω: L / (3 sigma A); zero when the file has no conductivity. */
    double solidOhm() {
        return conductivity.isPresent() ? thicknessM / (3.0 * conductivity.get() * areaM2) : 0.0;
    }

    /** L / B, m: the free electrolyte as long as the pores feel. Needs the transport efficiency. */
    double poreLengthM() throws ConfigException {
        return thicknessM / node.get("Transport efficiency").number(Double.MIN_NORMAL, 1.0);
    }

    /** eps L, m: electrolyte per area. Needs the porosity. */
    double poreVolumeM() throws ConfigException {
        return thicknessM * node.get("Porosity").number(Double.MIN_NORMAL, 1.0);
    }
}
