package io.github.bms4j.limit;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.util.List;

/**
 * Allowed charge and discharge current of a pack for every {@link Horizon}, with the cell and the rule that bind.
 *
 * <p>Model: each cell's circuit, as the estimate has it, carried over the horizon h under a constant current i. Starting from the measured voltage
 * the terminal voltage at its end is linear in i:
 *
 * <pre>
 * v(h) = e(h) - i r(h)
 * e(h) = v + i0 R0 + sum vj (1 - aj)                       v, i0 measured now, aj = exp(-h / tauj)
 * r(h) = R0 + sum Rj (1 - aj) + h / Q dOCV/dsoc
 * </pre>
 *
 * <p>so the voltage limit is a quotient. The SOC term is left out for the continuous horizon. Because v is measured, an
 * error of the model changes how fast the limit is approached, not where it lies. Heat is judged by the hotter of a cell's
 * sensor and its estimated core, cold by the colder. What fails first in practice is the temperature: a sensor is not the
 * hottest spot and neighbours differ, hence the margin.
 *
 * <p>Not knowing allows no current: an unknown estimate, or a reading older than {@link LimitSettings} allows, gives
 * zero with {@link LimitRule#BAD_SAMPLE}. Thread: one. Allocation: none after construction.
 */
public final class CurrentLimiter {
    private static final Horizon[] HORIZONS = Horizon.values();

    private final CellRating rating;
    private final CellType type;
    private final PackLayout layout;
    private final LimitSettings settings;
    private final double capacityAs;
    private final double[] fastSettled = new double[HORIZONS.length];
    private final double[] slowSettled = new double[HORIZONS.length];
    private final double[] drift = new double[HORIZONS.length];
    private final double[] openV = new double[HORIZONS.length];
    private final double[] seriesOhm = new double[HORIZONS.length];
    private final Limit anyCharge = new Limit();
    private final Limit anyDischarge = new Limit();
    private double fullest;
    private double emptiest;
    private int fullestCell;
    private int emptiestCell;

    /** A limiter for a pack of one type of cell. */
    public CurrentLimiter(CellType type, PackLayout layout, LimitSettings settings) {
        this.type = type;
        this.rating = type.rating();
        this.layout = layout;
        this.settings = settings;
        this.capacityAs = rating.capacityAh() * 3600.0;
        List<RcBranch> branches = type.circuit().branches();
        double fastTauS = branches.get(0).tauS();
        double slowTauS = branches.get(Math.min(1, branches.size() - 1)).tauS(); // slower diffusion stands still
        for (Horizon h : HORIZONS) {
            int k = h.ordinal();
            fastSettled[k] = 1.0 - StrictMath.exp(-h.seconds() / fastTauS);
            slowSettled[k] = 1.0 - StrictMath.exp(-h.seconds() / slowTauS);
            drift[k] = h == Horizon.CONTINUOUS ? 0.0 : h.seconds() / capacityAs;
        }
    }

    /** Computes all limits for one sample and the estimate made from it. */
    public void step(PackSample sample, PackEstimate estimate, PackLimits limits) {
        if (!known(sample, estimate)) {
            refuse(limits);
            return;
        }
        for (Horizon h : HORIZONS) {
            int k = h.ordinal();
            openV[k] = 0.0;
            seriesOhm[k] = 0.0;
            limits.charge(h).restart(Double.POSITIVE_INFINITY, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
            limits.discharge(h).restart(Double.POSITIVE_INFINITY, LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        }
        anyCharge.restart(rating.maxChargeA(), LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        anyDischarge.restart(rating.maxDischargeA(), LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        fullest = Double.NEGATIVE_INFINITY;
        emptiest = Double.POSITIVE_INFINITY;
        double cellA = layout.cellCurrentA(sample.current().value(0));
        for (int c = 0; c < layout.cells(); c++) {
            double sensorDegC = sample.cellTemperatureDegC(c);
            double coreDegC = estimate.coreDegC(c); // NaN when nobody estimates it
            double hotDegC = coreDegC > sensorDegC ? coreDegC : sensorDegC;
            double coldDegC = coreDegC < sensorDegC ? coreDegC : sensorDegC;
            lowerByMaps(c, coldDegC, hotDegC, estimate);
            lowerByVoltage(c, cellA, sample, estimate, limits);
        }
        for (Horizon h : HORIZONS) {
            toPack(h, limits);
        }
    }

    private boolean known(PackSample sample, PackEstimate estimate) {
        long now = sample.nanos();
        return sample.begun()
                && estimate.known()
                && sample.current().ageS(0, now) <= settings.maxCurrentAgeS()
                && sample.cellVoltage().maxAgeS(now) <= settings.maxVoltageAgeS()
                && sample.temperature().maxAgeS(now) <= settings.maxTemperatureAgeS()
                && (now - estimate.nanos()) * 1e-9 <= settings.maxCurrentAgeS();
    }

    private static void refuse(PackLimits limits) {
        for (Horizon h : HORIZONS) {
            limits.charge(h).restart(0.0, LimitRule.BAD_SAMPLE, Limit.WHOLE_PACK);
            limits.discharge(h).restart(0.0, LimitRule.BAD_SAMPLE, Limit.WHOLE_PACK);
            limits.power(h, 0.0, 0.0);
        }
    }

    /** Rules that hold for every horizon alike: plating map, heat, cold, and the ends of the SOC window. */
    private void lowerByMaps(int c, double coldDegC, double hotDegC, PackEstimate estimate) {
        double margin = settings.socSigmas() * estimate.socSigma(c);
        double high = Math.min(1.0, estimate.soc(c) + margin);
        double low = Math.max(0.0, estimate.soc(c) - margin);
        double ratePerH = Math.min(
                type.chargeMap().maxRatePerH(high, coldDegC), type.chargeMap().maxRatePerH(high, hotDegC));
        double platingA = ratePerH * rating.capacityAh();
        double hot = settings.hotShare(rating.charge(), hotDegC);
        if (!(hot >= 1.0)) {
            anyCharge.lowerTo(hot * Math.min(rating.maxChargeA(), platingA), LimitRule.TEMPERATURE, c);
        }
        if (!(coldDegC > rating.charge().minDegC())) {
            anyCharge.lowerTo(0.0, LimitRule.TEMPERATURE, c);
        }
        anyCharge.lowerTo(platingA, LimitRule.PLATING, c);
        double either = Math.min(
                settings.hotShare(rating.discharge(), hotDegC), settings.coldShare(rating.discharge(), coldDegC));
        if (!(either >= 1.0)) {
            anyDischarge.lowerTo(either * rating.maxDischargeA(), LimitRule.TEMPERATURE, c);
        }
        if (!(high <= fullest)) {
            fullest = high;
            fullestCell = c;
        }
        if (!(low >= emptiest)) {
            emptiest = low;
            emptiestCell = c;
        }
    }

    private void lowerByVoltage(int c, double cellA, PackSample sample, PackEstimate estimate, PackLimits limits) {
        double r0 = estimate.r0Ohm(c);
        double r1 = estimate.fastOhm(c);
        double r2 = estimate.slowOhm(c);
        double slopeV = Math.max(0.0, estimate.ocvSlopeV(c)); // hysteresis may tilt it below

        double restV = sample.cellVoltage().value(c) + cellA * r0;
        double v1 = estimate.fastRcV(c);
        double v2 = estimate.slowRcV(c);
        double topV = rating.maxV() - settings.voltageMarginV();
        double bottomV = rating.minV() + settings.voltageMarginV();
        for (Horizon h : HORIZONS) {
            int k = h.ordinal();
            double e = restV + v1 * fastSettled[k] + v2 * slowSettled[k];
            double r = r0 + r1 * fastSettled[k] + r2 * slowSettled[k] + drift[k] * slopeV;
            limits.charge(h).lowerTo((topV - e) / r, LimitRule.CELL_VOLTAGE, c);
            limits.discharge(h).lowerTo((e - bottomV) / r, LimitRule.CELL_VOLTAGE, c);
            openV[k] += e;
            seriesOhm[k] += r;
        }
    }

    /** Takes in what holds for every horizon, then goes from one cell's current to the pack's, and to power at the pack's terminals. */
    private void toPack(Horizon h, PackLimits limits) {
        Limit charge = limits.charge(h);
        Limit discharge = limits.discharge(h);
        int k = h.ordinal();
        double spanS = h == Horizon.CONTINUOUS ? Horizon.S60.seconds() : h.seconds();
        charge.lowerTo(anyCharge.limitA(), anyCharge.rule(), anyCharge.cell());
        charge.lowerTo((1.0 - fullest) * capacityAs / spanS, LimitRule.SOC_WINDOW, fullestCell);
        discharge.lowerTo(anyDischarge.limitA(), anyDischarge.rule(), anyDischarge.cell());
        discharge.lowerTo(emptiest * capacityAs / spanS, LimitRule.SOC_WINDOW, emptiestCell);
        double chargeV = openV[k] + seriesOhm[k] * charge.limitA();
        double dischargeV = openV[k] - seriesOhm[k] * discharge.limitA();
        charge.scale(layout.parallel());
        discharge.scale(layout.parallel());
        limits.power(h, chargeV * charge.limitA(), Math.max(0.0, dischargeV) * discharge.limitA());
    }
}
