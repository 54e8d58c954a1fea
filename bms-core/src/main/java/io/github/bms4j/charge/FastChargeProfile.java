package io.github.bms4j.charge;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.AnodeMargin;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;

/**
 * A multi-stage fast charge that stays below the plating map and gets no warmer than the time at hand asks for.
 *
 * <p>In every step the lowest of these is taken, over all cells:
 *
 * <pre>
 * map     (1 - k sigma) rate(soc + z sigma, T)    at the colder and the hotter temperature a cell may have
 * anode   what {@link AnodeMargin} allows sustained: the map over the resistance that has really grown
 * warmth  level exp(-fade t / span) (R / R0)^-p    heat where it costs least: the more the lower the resistance
 * hot     the heat that brings the hottest cell to its highest temperature within ten minutes, and there holds it
 * rating
 * </pre>
 *
 * <p>The current goes in stages: down at once to the next whole one, up only after a while. {@link #begin} chooses level, fade and p: of
 * those that reach the target in time by the cell's own model, the ones with the lowest peak temperature. What fails first: a
 * pack that sheds less heat than the model's cell gets warmer than foreseen, and then later.
 *
 * <p>Units: A as magnitudes of charge current, °C, s. Not knowing gives no current. Thread: one. Allocation: none after
 * construction.
 *
 * @see "docs/theory/fast-charge.md"
 */
public final class FastChargeProfile {
    /** Within so long heat may bring a cell to its ceiling, s. */
    private static final double LOOK_S = 600.0;

    /** Step of the look ahead, s, and how many are taken at most. */
    private static final double AHEAD_S = 30.0;

    private static final int MOST_AHEAD = 2880;

    private static final int HALVINGS = 12;

    /** The level is chosen anew every so often, s: the pack may take charge and warm otherwise than foreseen. */
    private static final double AGAIN_S = 240.0;

    /** 0.8 over 0.05 is 16 and not 15.99…. */
    private static final double ROUNDING = 1e-9;

    /** For the last points it stays as it is. */
    private static final double LAST_SOC = 0.04;

    /** Shapes that are tried: how much of the current fades over the charge, and how it goes with the resistance. */
    private static final double[] FADES = {0.0, 0.3, 0.6, 1.0, 1.5};

    private static final double[] POWERS = {0.0, 0.5, 1.0};

    /** With this level, 1/h, warmth is no limit. */
    private static final double NO_LEVEL_PER_H = 100.0;

    private final CellType type;
    private final PackLayout layout;
    private final FastChargeSettings settings;
    private final ChargeMap map;
    private final double capacityAh;
    private final double mostDegC;
    private final Limit limit = new Limit();
    private double ambientDegC;
    private double referenceOhm = 1.0;
    private double levelPerH = NO_LEVEL_PER_H;
    private double fade;
    private double power;
    private double spanS = 1.0;
    private boolean inTime;
    private double targetSoc;
    private double sinceS;
    private double chosenAtS;
    private double foreseenS = Double.NaN;
    private double foreseenDegC = Double.NaN;
    private double aheadS;
    private double aheadDegC;
    private double stagePerH;
    private double higherForS;
    private boolean timed;
    private long lastNanos;

    /** A profile that does not heat beyond the settings' margin; {@link #begin} may lower that. */
    public FastChargeProfile(CellType type, PackLayout layout, FastChargeSettings settings) {
        this.type = type;
        this.layout = layout;
        this.settings = settings;
        map = type.chargeMap();
        capacityAh = type.rating().capacityAh();
        mostDegC = type.rating().charge().maxDegC() - settings.hotterK();
        ambientDegC = mostDegC;
    }

    /**
     * Begins a charge and chooses its shape.
     *
     * @param estimate what the pack is
     * @param sample its temperatures
     * @param newAmbientDegC temperature that the cells lose their heat to, °C
     * @param newTargetSoc SOC of the pack to be reached, 0…1
     * @param seconds time for it, s; infinite for as cool as can be, 0 for as fast as can be
     */
    public void begin(
            PackEstimate estimate, PackSample sample, double newAmbientDegC, double newTargetSoc, double seconds) {
        Check.within("ambientDegC", newAmbientDegC, -60.0, 120.0);
        Check.fraction("targetSoc", newTargetSoc);
        Check.notNegative("seconds", Math.min(seconds, Double.MAX_VALUE));
        ambientDegC = newAmbientDegC;
        stagePerH = 0.0;
        higherForS = Double.POSITIVE_INFINITY; // the first stage need not wait
        timed = false;
        targetSoc = newTargetSoc;
        sinceS = 0.0;
        chosenAtS = 0.0;
        spanS = 1.0;
        set(NO_LEVEL_PER_H, 0.0, 0.0);
        double soc = estimate.packSoc();
        double tDegC = hottest(sample);
        referenceOhm = type.circuit().totalOhm(soc, tDegC);
        ahead(soc, tDegC);
        inTime = aheadS < seconds;
        if (inTime) {
            spanS = Math.min(seconds, MOST_AHEAD * AHEAD_S);
            chooseShape(soc, tDegC);
        }
        ahead(soc, tDegC);
        foreseenS = aheadS;
        foreseenDegC = aheadDegC;
    }

    private double hottest(PackSample sample) {
        double tDegC = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < layout.cells(); c++) {
            tDegC = Math.max(tDegC, sample.cellTemperatureDegC(c));
        }
        return tDegC;
    }

    private void set(double newLevelPerH, double newFade, double newPower) {
        levelPerH = newLevelPerH;
        fade = newFade;
        power = newPower;
    }

    /** Of all shapes that reach the target in the span the one with the lowest peak. */
    private void chooseShape(double soc, double tDegC) {
        double bestDegC = Double.POSITIVE_INFINITY;
        double bestLevel = NO_LEVEL_PER_H;
        double bestFade = 0.0;
        double bestPower = 0.0;
        for (double tryPower : POWERS) {
            for (double tryFade : FADES) {
                set(NO_LEVEL_PER_H, tryFade, tryPower);
                chooseLevel(soc, tDegC);
                double high = levelPerH;
                if (aheadDegC < bestDegC) {
                    bestDegC = aheadDegC;
                    bestLevel = high;
                    bestFade = tryFade;
                    bestPower = tryPower;
                }
            }
        }
        set(bestLevel, bestFade, bestPower);
    }

    /** The lowest level of the shape that still reaches the target in the span. */
    private void chooseLevel(double soc, double tDegC) {
        double low = 0.0;
        double high = NO_LEVEL_PER_H;
        for (int k = 0; k < HALVINGS; k++) {
            levelPerH = low == 0.0 ? 0.1 * high : Math.sqrt(low * high);
            ahead(soc, tDegC);
            if (sinceS + aheadS <= spanS) {
                high = levelPerH;
            } else {
                low = levelPerH;
            }
        }
        levelPerH = high;
        ahead(soc, tDegC);
    }

    /** Time that a cell of the type takes from now on, s, infinite when it does not get there within a day, and how hot it becomes. */
    private void ahead(double fromSoc, double fromDegC) {
        double soc = fromSoc;
        double tDegC = fromDegC;
        double heatCapacity = type.thermal().heatCapacityJPerK();
        double coolingPerS = type.thermal().toAmbientWPerK() / heatCapacity;
        double decay = StrictMath.exp(-coolingPerS * AHEAD_S);
        aheadDegC = tDegC;
        aheadS = Double.POSITIVE_INFINITY;
        for (int k = 0; k < MOST_AHEAD; k++) {
            double ohm = type.circuit().totalOhm(soc, tDegC);
            double a = Math.min(
                    mapA(soc, tDegC - settings.colderK(), tDegC), type.rating().maxChargeA());
            a = Math.min(a, Math.min(hotA(tDegC, ohm), levelA(sinceS + k * AHEAD_S, ohm)));
            a = capacityAh * whole(a / capacityAh);
            if (!(a > 0.0)) {
                return;
            }
            double next = soc + a * AHEAD_S / (3600.0 * capacityAh);
            if (next >= targetSoc) {
                aheadS = AHEAD_S * (k + (targetSoc - soc) / (next - soc));
                return;
            }
            soc = next;
            tDegC = ambientDegC + (tDegC - ambientDegC) * decay + a * a * ohm * AHEAD_S / heatCapacity;
            aheadDegC = Math.max(aheadDegC, tDegC);
        }
    }

    /** Current of one cell by the shape that was chosen, A. */
    private double levelA(double atS, double ohm) {
        double ratio = ohm / referenceOhm;
        double weight = power == 0.0 ? 1.0 : power == 1.0 ? ratio : Math.sqrt(ratio);
        return levelPerH * capacityAh * StrictMath.exp(-fade * atS / spanS) / weight;
    }

    /** Current of one cell that the map allows by its margin, A. */
    private double mapA(double soc, double coldDegC, double hotDegC) {
        double perH = Math.min(map.maxRatePerH(soc, coldDegC), map.maxRatePerH(soc, hotDegC));
        return settings.mapShare() * perH * capacityAh;
    }

    /** Current of one cell whose heat brings it to the highest temperature in {@link #LOOK_S}, and there holds it, A. */
    private double hotA(double tDegC, double ohm) {
        double heatW = type.thermal().heatCapacityJPerK() * (mostDegC - tDegC) / LOOK_S
                + type.thermal().toAmbientWPerK() * Math.max(0.0, tDegC - ambientDegC);
        return heatW > 0.0 ? Math.sqrt(heatW / ohm) : 0.0;
    }

    /**
     * Takes in a sample, the estimate made from it and the anode margins of both.
     *
     * @return the charge current of the pack, with the rule and the cell that set it
     */
    public Limit step(PackSample sample, PackEstimate estimate, AnodeMargin anode) {
        double dtS = timed ? Math.max(0.0, (sample.nanos() - lastNanos) * 1e-9) : 0.0;
        timed = true;
        lastNanos = sample.nanos();
        sinceS += dtS;
        if (!sample.begun() || !estimate.known()) {
            limit.restart(0.0, LimitRule.BAD_SAMPLE, Limit.WHOLE_PACK);
            return limit;
        }
        double soc = estimate.packSoc();
        if (inTime && sinceS - chosenAtS >= AGAIN_S && targetSoc - soc > LAST_SOC) {
            chosenAtS = sinceS;
            chooseLevel(soc, hottest(sample));
        }
        limit.restart(type.rating().maxChargeA(), LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        for (int c = 0; c < layout.cells(); c++) {
            lower(c, sample.cellTemperatureDegC(c), estimate);
        }
        double anodeA = settings.mapShare() * anode.chargeA(Horizon.CONTINUOUS) / layout.parallel();
        limit.lowerTo(anodeA, LimitRule.PLATING, anode.cell(Horizon.CONTINUOUS));
        double cellA = stage(limit.limitA() / capacityAh, dtS) * capacityAh;
        limit.restart(cellA * layout.parallel(), limit.rule(), limit.cell());
        return limit;
    }

    private void lower(int c, double sensorDegC, PackEstimate estimate) {
        double coreDegC = estimate.coreDegC(c); // NaN when nobody estimates it
        double hotDegC = coreDegC > sensorDegC ? coreDegC : sensorDegC;
        double coldDegC = (coreDegC < sensorDegC ? coreDegC : sensorDegC) - settings.colderK();
        double soc = Math.min(1.0, estimate.soc(c) + settings.socSigmas() * estimate.socSigma(c));
        limit.lowerTo(mapA(soc, coldDegC, hotDegC), LimitRule.PLATING, c);
        double ohm = type.circuit().totalOhm(estimate.soc(c), hotDegC);
        limit.lowerTo(Math.min(hotA(hotDegC, ohm), levelA(sinceS, ohm)), LimitRule.TEMPERATURE, c);
    }

    private double whole(double perH) {
        double whole = settings.stepPerH() * Math.floor(perH / settings.stepPerH() + ROUNDING);
        return whole > 0.0 ? whole : perH;
    }

    /** Whole stages: down at once, up after a while; below the lowest one what is allowed. */
    private double stage(double allowedPerH, double dtS) {
        double next = whole(allowedPerH);
        if (next <= stagePerH) {
            higherForS = 0.0;
            stagePerH = next;
            return next;
        }
        higherForS += dtS;
        if (higherForS >= settings.holdS()) {
            higherForS = 0.0;
            stagePerH = next;
        }
        return stagePerH;
    }

    /** Time that the charge begun last is expected to take, s; infinite when it does not end, NaN before one began. */
    public double foreseenS() {
        return foreseenS;
    }

    /** Highest temperature that it is expected to bring, °C. */
    public double foreseenDegC() {
        return foreseenDegC;
    }

    /** The current of the last step, A of the pack, with the rule and the cell that set it. */
    public Limit limit() {
        return limit;
    }
}
