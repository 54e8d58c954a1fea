package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import java.util.List;

/**
 * How much energy is left at a power and a temperature: the model of every cell is carried along until the first one is at its
 * voltage or SOC limit.
 *
 * <pre>
 * P / parallel = i (E - i R)              E: open-circuit less polarised voltages of all cells, R: their resistances
 * soc' = soc - i dt / Q,   vj' = vj + (1 - exp(-dt / tauj)) (Rj i - vj)
 * </pre>
 *
 * <p>in steps of a hundredth of the capacity with the current of their middle, the last one cut where the first cell meets its limit. Each cell starts from the
 * estimate: its SOC, its polarisation, and its resistance over the type's; a discharging cell stands on the lower branch of
 * the hysteresis. The standard deviation is that of four causes, each moved by one sigma on its own: SOC, resistance,
 * open-circuit voltage, capacity. What fails first is the temperature: the pack warms itself under load, which this does not
 * foresee; give the temperature it will have. Thread: one. Allocation: the result.
 *
 * @see "docs/theory/usable-energy.md"
 */
public final class EnergyForecast {
    private static final double STEP_SOC = 0.01;

    private final CellType type;
    private final CellRating rating;
    private final OcvCurve ocv;
    private final Circuit circuit;
    private final PackLayout layout;
    private final NoiseModel noise;
    private final double[] soc;
    private final double[] temperatureDegC;
    private final double[] resistance;
    private final double[] cellV;
    private final double[][] rcV;
    private final double[] settled;
    private final double[] r0Ohm;

    private int endCell;
    private UsableEnergy.End end = UsableEnergy.End.EMPTY;

    /** A forecast for a pack of one type of cell. */
    public EnergyForecast(CellType type, PackLayout layout, NoiseModel noise) {
        this.type = type;
        this.rating = type.rating();
        this.ocv = type.ocv();
        this.circuit = type.circuit();
        this.layout = layout;
        this.noise = noise;
        int n = layout.cells();
        soc = new double[n];
        temperatureDegC = new double[n];
        resistance = new double[n];
        cellV = new double[n];
        r0Ohm = new double[n];
        rcV = new double[circuit.branches().size()][n];
        settled = new double[circuit.branches().size()];
    }

    /**
     * Energy from now on.
     *
     * @param sample the last sample, for the cells' temperatures
     * @param estimate what is known of the cells
     * @param powerW constant power at the pack's terminals, W, above 0
     * @param atDegC temperature of all cells, °C; NaN keeps each as it is
     * @throws IllegalArgumentException when the estimate is unknown or a figure does not fit
     */
    public UsableEnergy at(PackSample sample, PackEstimate estimate, double powerW, double atDegC) {
        estimate.requireKnown(soc.length);
        Check.positive("powerW", powerW);
        if (!Double.isNaN(atDegC)) {
            Check.within("atDegC", atDegC, -60.0, 120.0);
        }
        for (int c = 0; c < soc.length; c++) {
            double nowDegC = sample.cellTemperatureDegC(c);
            temperatureDegC[c] = Double.isNaN(atDegC) ? nowDegC : atDegC;
            resistance[c] = estimate.r0Ohm(c) / circuit.r0().ohm(estimate.soc(c), nowDegC);
        }
        double capacityAs = rating.capacityAh() * 3600.0;
        double fewer = secondsOf(estimate, powerW, 1.0, 1.0, 0.0, capacityAs);
        double weaker = secondsOf(estimate, powerW, 0.0, 1.0 + noise.circuit().r0Sigma(), 0.0, capacityAs);
        double lower = secondsOf(estimate, powerW, 0.0, 1.0, noise.restingSigmaV(type, temperatureDegC[0]), capacityAs);
        double smaller = secondsOf(
                estimate,
                powerW,
                0.0,
                1.0,
                0.0,
                capacityAs / (1.0 + noise.current().gainSigma()));
        double seconds = secondsOf(estimate, powerW, 0.0, 1.0, 0.0, capacityAs);
        double sigmaS = Math.sqrt((fewer - seconds) * (fewer - seconds)
                + (weaker - seconds) * (weaker - seconds)
                + (lower - seconds) * (lower - seconds)
                + (smaller - seconds) * (smaller - seconds));
        double perS = powerW / 3600.0;
        return new UsableEnergy(perS * seconds, perS * sigmaS, seconds, end, endCell);
    }

    /**
     * For how long the power holds, s; sets what ended it.
     *
     * @param lessSigmas by how many standard deviations every SOC is lower than estimated
     * @param scale factor on all resistances
     * @param lowerV by how much all open-circuit voltages are lower
     */
    private double secondsOf(
            PackEstimate estimate, double powerW, double lessSigmas, double scale, double lowerV, double capacityAs) {
        begin(estimate, lessSigmas);
        double timeS = 0.0;
        double beforeS = 0.0;
        double beforeV = Double.NaN;
        double beforeSoc = Double.NaN;
        double beforeA = Double.NaN;
        while (true) {
            double cellA = currentA(powerW / layout.parallel(), scale, lowerV);
            if (Double.isNaN(cellA)) {
                end = UsableEnergy.End.POWER;
                endCell = -1;
                return timeS;
            }
            int lowest = 0;
            int emptiest = 0;
            for (int c = 0; c < soc.length; c++) {
                cellV[c] -= cellA * r0Ohm[c];
                lowest = cellV[c] < cellV[lowest] ? c : lowest;
                emptiest = soc[c] < soc[emptiest] ? c : emptiest;
            }
            double marginV = cellV[lowest] - rating.minV();
            double voltageShare = share(beforeV, marginV);
            double socShare = share(beforeSoc, soc[emptiest]);
            if (voltageShare <= 1.0 || socShare <= 1.0) {
                boolean byVoltage = voltageShare <= socShare;
                end = byVoltage ? UsableEnergy.End.CELL_VOLTAGE : UsableEnergy.End.EMPTY;
                endCell = byVoltage ? lowest : emptiest;
                return beforeS + Math.min(voltageShare, socShare) * (timeS - beforeS);
            }
            beforeS = timeS;
            beforeV = marginV;
            beforeSoc = soc[emptiest];
            double middleA = Double.isNaN(beforeA) ? cellA : cellA + 0.5 * (cellA - beforeA);
            beforeA = cellA;
            timeS += step(Math.max(0.5 * cellA, middleA), scale, capacityAs);
        }
    }

    private void begin(PackEstimate estimate, double lessSigmas) {
        for (int c = 0; c < soc.length; c++) {
            soc[c] = estimate.soc(c) - lessSigmas * estimate.socSigma(c);
            rcV[0][c] = estimate.fastRcV(c);
            if (rcV.length > 1) {
                rcV[1][c] = estimate.slowRcV(c);
            }
            if (rcV.length > 2) {
                rcV[2][c] = estimate.diffusionV(c);
            }
        }
    }

    /** Part of the last step after which a margin was used up: 0 when it was from the start, above 1 when it is not. */
    private static double share(double before, double now) {
        if (now > 0.0) {
            return Double.POSITIVE_INFINITY;
        }
        return Double.isNaN(before) ? 0.0 : before / (before - now);
    }

    /** The lower root of the power balance, A of one cell, and every cell's voltage without its ohmic drop; NaN for none. */
    private double currentA(double powerW, double scale, double lowerV) {
        double openV = 0.0;
        double ohm = 0.0;
        for (int c = 0; c < soc.length; c++) {
            double v = ocv.v(soc[c], temperatureDegC[c]) - ocv.hysteresis().halfGapV(soc[c]) - lowerV;
            for (double[] branch : rcV) {
                v -= branch[c];
            }
            cellV[c] = v;
            r0Ohm[c] = scale * resistance[c] * circuit.r0().ohm(soc[c], temperatureDegC[c]);
            openV += v;
            ohm += r0Ohm[c];
        }
        double root = openV * openV - 4.0 * ohm * powerW;
        if (!(openV > 0.0) || !(root >= 0.0)) {
            return Double.NaN;
        }
        return 2.0 * powerW / (openV + Math.sqrt(root)); // (E - sqrt(E² - 4 R P)) / 2R without the difference
    }

    private double step(double cellA, double scale, double capacityAs) {
        double dtS = STEP_SOC * capacityAs / cellA;
        List<RcBranch> branches = circuit.branches();
        for (int j = 0; j < settled.length; j++) {
            settled[j] = 1.0 - StrictMath.exp(-dtS / branches.get(j).tauS());
        }
        for (int c = 0; c < soc.length; c++) {
            for (int j = 0; j < settled.length; j++) {
                double ohm =
                        scale * resistance[c] * branches.get(j).resistance().ohm(soc[c], temperatureDegC[c]);
                rcV[j][c] += settled[j] * (ohm * cellA - rcV[j][c]);
            }
            soc[c] -= STEP_SOC;
        }
        return dtS;
    }
}
