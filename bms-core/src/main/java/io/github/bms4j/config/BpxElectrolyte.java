package io.github.bms4j.config;

/** The electrolyte of a BPX file between and inside the electrodes. Derivation: docs/theory/bpx-to-circuit.md. */
final class BpxElectrolyte {
    private final double molPerM3;
    private final double transference;
    private final BpxFunction conductivity;
    private final double conductivityActivation;
    private final BpxFunction diffusivity;
    private final double diffusivityActivation;
    /** L_n / (3 B_n) + L_s / B_s + L_p / (3 B_p). */
    private final double lengthM;

    private final double concentrationTauS;
    private final double areaM2;
    private final double referenceK;

    BpxElectrolyte(
            ConfigNode root,
            ConfigNode parameters,
            BpxElectrode negative,
            BpxElectrode positive,
            double areaM2,
            double referenceK)
            throws ConfigException {
        this.areaM2 = areaM2;
        this.referenceK = referenceK;
        ConfigNode node = parameters.get("Electrolyte");
        ConfigNode separator = parameters.get("Separator");
        molPerM3 = restConcentration(root, node);
        transference = node.get("Cation transference number").number(0.0, 1.0);
        conductivity = BpxFunction.read(node.get("Conductivity [S.m-1]"));
        conductivityActivation = BpxElectrode.activation(node, "Conductivity activation energy [J.mol-1]");
        diffusivity = BpxFunction.read(node.get("Diffusivity [m2.s-1]"));
        diffusivityActivation = BpxElectrode.activation(node, "Diffusivity activation energy [J.mol-1]");
        double separatorM = BpxElectrode.positive(separator, "Thickness [m]");
        double separatorLengthM =
                separatorM / separator.get("Transport efficiency").number(Double.MIN_NORMAL, 1.0);
        double electrodesM = negative.poreLengthM() + positive.poreLengthM();
        lengthM = electrodesM / 3.0 + separatorLengthM;
        double poresM = separatorM * separator.get("Porosity").number(Double.MIN_NORMAL, 1.0)
                + negative.poreVolumeM()
                + positive.poreVolumeM();
        concentrationTauS = poresM * (electrodesM + separatorLengthM) / (Math.PI * Math.PI * diffusivityAt(referenceK));
    }

    /** Format 0.x keeps it with the electrolyte, 1.x in the initial conditions. */
    private static double restConcentration(ConfigNode root, ConfigNode electrolyte) throws ConfigException {
        if (root.optional("State").isPresent()) {
            return BpxElectrode.positive(
                    root.get("State").get("Initial conditions"), "Initial electrolyte concentration [mol.m-3]");
        }
        return BpxElectrode.positive(electrolyte, "Initial concentration [mol.m-3]");
    }

    /** Ionic conduction, Ω: length / (kappa A). */
    double ohmicOhm(double temperatureK) throws ConfigException {
        double kappa = conductivity.positiveAt(molPerM3)
                * BpxElectrode.arrhenius(conductivityActivation, referenceK, temperatureK);
        return lengthM / (kappa * areaM2);
    }

    /** Settled concentration polarisation, Ω: (2 Rg T / F) (1 - t)² length / (F c D A). */
    double concentrationOhm(double temperatureK) throws ConfigException {
        double faraday = BpxElectrode.FARADAY_C_PER_MOL;
        double thermalV = 2.0 * BpxElectrode.GAS_J_PER_MOL_K * temperatureK / faraday;
        double left = 1.0 - transference;
        return thermalV * left * left * lengthM / (faraday * molPerM3 * diffusivityAt(temperatureK) * areaM2);
    }

    /**
     * Time constant of the concentration profile at the reference temperature, s: (sum eps L) (sum L / B) / (pi² D), the
     * slowest uneven mode of a slab.
     */
    double concentrationTauS() {
        return concentrationTauS;
    }

    private double diffusivityAt(double temperatureK) throws ConfigException {
        return diffusivity.positiveAt(molPerM3)
                * BpxElectrode.arrhenius(diffusivityActivation, referenceK, temperatureK);
    }
}
