package io.github.bms4j.limit;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;

/**
 * Carries each cell's whole circuit over a horizon under a constant current and says by how much it breaks a bound.
 *
 * <p>Model: from the terminal voltage of now the changes are counted: open-circuit curve with hysteresis as the SOC moves, the
 * ohmic drop, each RC pair on its exact path under a resistance that changes evenly from start to end, all resistances at the
 * SOC and temperature of the end, the temperature by the cell's own heat. Every change is taken for worse by the sigmas of the
 * settings. The more current, the worse: {@link #excess} rises with the current. docs/theory/current-limits.md has the
 * equations.
 *
 * <p>Currents here are those of one cell, as magnitudes. The place after the last cell is the mean cell, which stands for the
 * pack's voltage. Thread: one. Allocation: none after construction.
 */
final class CellLookahead {
    /** Excesses are weighed against each other in these steps; any would do. */
    private static final double PER_V = 10.0;

    private static final double PER_K = 0.2;
    private static final double PER_RATING = 5.0;

    /** Of what warming makes a cell's resistance better by, half the share that may be missing, one sigma. */
    private static final double WARMING_SIGMA = 0.07;

    private final CellRating rating;
    private final ChargeMap map;
    final CircuitTables tables;
    final HorizonWeights[] weights;
    final double voltageDoubt;
    final double warmingDoubt;
    final double perMovedSoc;
    private final double turnPerSoc;
    final double[] edgeV = new double[2];
    final double[] hottestDegC = new double[2];
    /** Up to this SOC the charge map does not change with the SOC, so that what it allows now it allows at the end. */
    final double flatMapTo;

    /** Up to this temperature the charge map allows more the warmer it is. */
    final double risingMapToDegC;

    /** Whether it allows less the fuller a cell is, or as much. */
    final boolean mapFallsWithSoc;

    /** From here up to {@link #risingMapToDegC} it allows the same. */
    final double levelMapFromDegC;

    private final int n;
    private final boolean third;
    /** What is known of all cells now. */
    final CellStates now;

    /** Current at the start over that at the end; 1 for a constant current, less where constant power is drawn from a falling voltage. */
    private double startShare = 1.0;

    /** Of the last {@link #excess}: each bound by itself, V, K and A beyond it, and the voltage without any doubt. */
    private double voltageExcess;

    private double heatExcess;
    private double platingExcess;
    private double endV;
    private double doubtV;
    private double end0;
    private double end1;
    private double end2;
    private double end3;
    private double lowestV;

    /** Of the mean cell, by direction and horizon: the current it was last looked at with, and what came of it. */
    private final double[][] meanA;

    private final double[][] meanEndV;
    private final double[][] meanDoubtV;

    CellLookahead(CellType type, PackLayout layout, LimitSettings settings) {
        this.rating = type.rating();
        this.map = type.chargeMap();
        tables = new CircuitTables(type);
        Horizon[] horizons = Horizon.values();
        weights = new HorizonWeights[horizons.length];
        for (Horizon h : horizons) {
            weights[h.ordinal()] = new HorizonWeights(type, h);
        }
        voltageDoubt = settings.sigmas().voltage() * type.error().sigmaV(tables.referenceDegC);
        warmingDoubt = settings.sigmas().polarisation() * WARMING_SIGMA;
        perMovedSoc = 1.0 / type.error().correlationSoc();
        turnPerSoc = type.ocv().hysteresis().turnPerSoc();
        double marginV = settings.voltageMarginV();
        flatMapTo = ChargeMapShape.flatTo(map);
        mapFallsWithSoc = ChargeMapShape.fallsWithSoc(map);
        risingMapToDegC = ChargeMapShape.risingTo(map);
        levelMapFromDegC = ChargeMapShape.levelFrom(map, risingMapToDegC);
        edgeV[0] = rating.minV() + marginV;
        edgeV[1] = rating.maxV() - marginV;
        hottestDegC[0] = rating.discharge().maxDegC() - settings.temperatureMarginK();
        hottestDegC[1] = rating.charge().maxDegC() - settings.temperatureMarginK();
        n = layout.cells();
        third = type.circuit().branches().size() > 2;
        meanA = new double[2][horizons.length];
        meanEndV = new double[2][horizons.length];
        meanDoubtV = new double[2][horizons.length];
        now = new CellStates(type, layout, settings.sigmas(), tables);
    }

    /** Takes what is known of all cells now, {@code dtS} after the last time. */
    void load(PackSample sample, PackEstimate estimate, double dtS) {
        now.load(sample, estimate, dtS);
        for (double[] direction : meanA) {
            Arrays.fill(direction, Double.NaN);
        }
    }

    /**
     * By how much the worst of a cell's bounds is broken at the end of a horizon under a constant current, in steps that mean
     * nothing by themselves; above 0 it is broken. Rises with the current. NaN where something is not known.
     *
     * @param d ordinal of the direction
     * @param horizon ordinal of the horizon
     * @param a magnitude of the cell's current, A
     */
    double excess(int c, int d, int horizon, double a) {
        HorizonWeights w = weights[horizon];
        double sign = 1.0 - 2.0 * d;
        double i = sign * a;
        double moved = 0.5 * (1.0 + startShare) * a * w.hours * now.perAh[c];
        double z = now.soc[d][c] - sign * moved;
        double coolK = w.fromNow ? w.riseKPerW * now.coolW[c] : 0.0;
        double pairsOhm = pairs(w.driving, now.r1[c], now.r2[c], now.r3[c]);
        double warmK = w.fromNow ? sureWarmingK(w, a, now.r0[c] + pairsOhm, now.mostWarmingK[c]) : 0.0;
        double endDegC = now.coldDegC[c] + warmK - coolK;

        resistances(z, endDegC);
        double drive0 = now.ratio[c] * end0;
        double start = startShare * pairs(w.atStart, now.r1[c], now.r2[c], now.r3[c]);
        double drive = start + now.pairRatio[c] * pairs(w.atEnd, end1, end2, end3);

        double heatW = 0.5 * a * a * (startShare * startShare * now.r0[c] + drive0)
                + a * a * pairsOhm
                + a * pairs(w.crossing, held(sign * now.v1[c]), held(sign * now.v2[c]), held(sign * now.v3[c]))
                + w.relaxing * now.pairsW[c];
        double endHotDegC = now.hotDegC[c] + w.riseKPerW * (heatW - now.shedW[c]);

        // What changes from now to the end: the open-circuit voltage, the ohmic drop, the pairs.
        double turning = turnPerSoc * moved;
        double turned = turning * (1.0 + turning * (0.5 + turning * (1.0 / 6.0)));
        double endHysteresis = now.hysteresis[c] + turned / (1.0 + turned) * (-sign - now.hysteresis[c]);
        double drop = drive0 * i - now.r0[c] * now.cellA;
        double relax = pairs(w.settled, now.v1[c], now.v2[c], now.v3[c]);
        double polarise = i * drive - relax;
        double open = tables.openV(z, endHysteresis, endDegC) - now.openV[d][c];
        // Warming of warmK lowers the resistances by warmK / (2 mostWarmingK).
        double warmV = warmingDoubt * warmK / now.mostWarmingK[c] * a * (drive0 + drive);
        doubtV = doubtV(now.doubt[c] * drop, now.pairDoubt[c] * polarise, warmV, moved);
        endV = now.v[c] + open - drop - polarise;
        if (d == 0) {
            // The knee may lie anywhere between both SOCs: the deepest of three falls counts, and the resistances of
            // the
            // conservative SOC. What that costs against the likely SOC is one doubt more.
            double likelyZ = now.likelySoc[c] - moved;
            double likelyOpen = tables.openV(likelyZ, endHysteresis, endDegC) - now.likelyOpenV[c];
            double middleZ = now.middleSoc[c] - moved;
            double middleOpen = tables.openV(middleZ, endHysteresis, endDegC) - now.middleOpenV[c];
            double deepest = middleOpen < likelyOpen ? middleOpen : likelyOpen;
            endV = deepest < open ? endV + deepest - open : endV;
            resistances(likelyZ, endDegC);
            double likelyDrop = now.ratio[c] * end0 * i - now.r0[c] * now.cellA;
            double likelyPolarise = i * (start + now.pairRatio[c] * pairs(w.atEnd, end1, end2, end3)) - relax;
            double likelyV = now.v[c] + likelyOpen - likelyDrop - likelyPolarise;
            double socV = likelyV > endV ? likelyV - endV : 0.0;
            endV = likelyV;
            doubtV = Math.sqrt(doubtV * doubtV + socV * socV);
        }
        voltageExcess = sign * (edgeV[d] - endV) + doubtV;
        heatExcess = endHotDegC - hottestDegC[d];
        double worst = higher(PER_V * voltageExcess, PER_K * heatExcess);
        double endPlateSoc = now.plateSoc[c] + moved;
        double endPlateDegC = now.plateDegC[c] - coolK;
        if (d == 0 || !w.fromNow || (endPlateSoc <= flatMapTo && endPlateDegC >= levelMapFromDegC)) {
            platingExcess = Double.NEGATIVE_INFINITY;
            return worst;
        }
        platingExcess = a - mapA(endPlateSoc, endPlateDegC);
        return higher(worst, PER_RATING / rating.maxChargeA() * platingExcess);
    }

    /** Looks up the model's resistances at the end of a horizon. */
    private void resistances(double z, double degC) {
        // Clamped as whole numbers and by comparison: Math.min of doubles costs as much as a look-up.
        double[] ohm = tables.ohm;
        double at = z * CircuitTables.GRID;
        int j = Math.max(0, Math.min(CircuitTables.GRID - 1, (int) at));
        double x = at - j;
        x = x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
        double warm = (degC - CircuitTables.COLDEST_DEG_C) * (1.0 / CircuitTables.STEP_K);
        int t = Math.max(0, Math.min(CircuitTables.ROWS - 2, (int) warm));
        double y = warm - t;
        y = y < 0.0 ? 0.0 : y > 1.0 ? 1.0 : y;
        int low = t * CircuitTables.ROW + j * CircuitTables.OHMS;
        int up = low + CircuitTables.ROW;
        double ll = (1.0 - x) * (1.0 - y);
        double lr = x * (1.0 - y);
        double ul = (1.0 - x) * y;
        double ur = x * y;
        end0 = ll * ohm[low] + lr * ohm[low + 4] + ul * ohm[up] + ur * ohm[up + 4];
        end1 = ll * ohm[low + 1] + lr * ohm[low + 5] + ul * ohm[up + 1] + ur * ohm[up + 5];
        end2 = ll * ohm[low + 2] + lr * ohm[low + 6] + ul * ohm[up + 2] + ur * ohm[up + 6];
        end3 = third ? ll * ohm[low + 3] + lr * ohm[low + 7] + ul * ohm[up + 3] + ur * ohm[up + 7] : 0.0;
    }

    private static double held(double v) {
        return v > 0.0 ? v : 0.0;
    }

    /** Doubts that know nothing of each other, V: of the drop, the pairs, the warming, and the curve as far as the SOC moves along it. */
    double doubtV(double dropV, double polariseV, double warmV, double moved) {
        double along = moved * perMovedSoc;
        double curveV = voltageDoubt * (along > 1.0 ? 1.0 : along);
        return Math.sqrt(dropV * dropV + polariseV * polariseV + warmV * warmV + curveV * curveV);
    }

    /** What the charge map allows a cell, A. */
    double mapA(double soc, double degC) {
        return map.maxRatePerH(soc, degC) * rating.capacityAh();
    }

    /** The higher of two; NaN if either is. */
    private static double higher(double p, double q) {
        return p > q ? p : p <= q ? q : Double.NaN;
    }

    /**
     * By how much a current surely warms a cell until the end of a horizon, K: x less what its falling resistance makes less of it,
     * x / (1 + beta x / 2), with beta = 1 / (2 mostK).
     */
    static double sureWarmingK(HorizonWeights w, double a, double ohm, double mostK) {
        double x = CellStates.SURE_HEAT * w.riseKPerW * a * a * ohm;
        double warmK = x / (1.0 + 0.25 * x / mostK);
        return warmK > mostK ? mostK : warmK;
    }

    private static double pairs(double[] w, double x1, double x2, double x3) {
        return w[0] * x1 + w[1] * x2 + w[2] * x3;
    }

    /** The rule that the last {@link #excess} found broken most. */
    LimitRule worstRule() {
        double voltage = PER_V * voltageExcess;
        double heat = PER_K * heatExcess;
        double plating = PER_RATING / rating.maxChargeA() * platingExcess;
        if (plating > voltage && plating > heat) {
            return LimitRule.PLATING;
        }
        return heat > voltage ? LimitRule.SELF_HEATING : LimitRule.CELL_VOLTAGE;
    }

    /**
     * The lowest voltage that the pack has on the way to the end of a horizon under a current of so many amperes per cell, less
     * all doubts, V; {@link #lowestV} is the same less a share of them.
     */
    double surelyV(int d, int horizon, double a, double share) {
        double atOnceV = packV(d, a) / n;
        double surely = atOnceV;
        lowestV = atOnceV;
        for (int h = horizon; h >= 0; h--) {
            // More current is always worse: what a higher one has left is not below what this one will leave.
            boolean noLower = d == 0
                    && a <= meanA[d][h]
                    && meanEndV[d][h] - meanDoubtV[d][h] >= surely
                    && meanEndV[d][h] - share * meanDoubtV[d][h] >= lowestV;
            if (!noLower) {
                look(d, h, a);
                double least = meanEndV[d][h] - meanDoubtV[d][h];
                surely = least < surely ? least : surely;
                double likely = meanEndV[d][h] - share * meanDoubtV[d][h];
                lowestV = likely < lowestV ? likely : lowestV;
            }
        }
        lowestV = n * Math.max(0.0, lowestV);
        return n * Math.max(0.0, surely);
    }

    /** Looks at the mean cell, unless that has just been done. */
    private void look(int d, int horizon, double a) {
        if (a != meanA[d][horizon]) {
            excess(n, d, horizon, a);
            meanA[d][horizon] = a;
            meanEndV[d][horizon] = endV;
            meanDoubtV[d][horizon] = doubtV;
        }
    }

    /** What the last {@link #surelyV} found with a share of the doubts, V. */
    double lowestV() {
        return lowestV;
    }

    /** The pack's voltage at the end of a horizon under a current of so many amperes per cell, V; the best guess. */
    double packV(int d, int horizon, double a) {
        look(d, horizon, a);
        return n * meanEndV[d][horizon];
    }

    /** From now on currents grow evenly from this share of what they end at; 1 is a constant current. */
    void startShare(double newStartShare) {
        startShare = newStartShare;
    }

    /** The pack's voltage right after the current has become so many amperes per cell, V. */
    double packV(int d, double a) {
        return n * (now.v[n] - now.r0[n] * ((1.0 - 2.0 * d) * a - now.cellA));
    }

    /** The current at which a cell's voltage is at its bound at once, A; below 0 if none keeps it inside. */
    double atOnceA(int c, int d) {
        double sign = 1.0 - 2.0 * d;
        double room = sign * (now.v[c] - edgeV[d]); // to the edge from where it is now
        double more = 1.0 + now.doubt[c];
        double less = 1.0 - now.doubt[c];
        double change = room > 0.0 ? room / (now.r0[c] * more) : room / (now.r0[c] * less);
        return sign * now.cellA + change;
    }

    /** The charge rate that the map allows a cell now, A: at its highest likely SOC, at the colder and the hotter temperature. */
    double platingA(int c) {
        double z = now.plateSoc[c];
        double a = mapA(z, now.plateDegC[c]);
        return now.hotDegC[c] <= risingMapToDegC ? a : Math.min(a, mapA(z, now.hotDegC[c]));
    }
}
