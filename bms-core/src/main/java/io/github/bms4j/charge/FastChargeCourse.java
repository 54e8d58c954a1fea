package io.github.bms4j.charge;

import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.num.Check;

/**
 * What a fast charge keeps to beside the pack's limits, as a function of SOC and temperature, so that plan and charge agree.
 *
 * <pre>
 * anode   i &lt;= mapShare rate(soc, T)
 * held    i^2 R &lt;= G (T - Ta) + C (Tp - T) / h                  goes to Tp and stays there
 * free    i &lt;= i0 (1 + e sqrt(1 - (T - Ta) / (Tp - Ta)))      what goes early is gone by the end
 * </pre>
 *
 * @param mapShare share of the charge map that is used, 0 or more; infinite for a charge without stages
 * @param stepPerH height of a stage, 1/h, 0 or more
 * @param airDegC temperature that the cells lose their heat to, Ta, °C
 * @param peakDegC temperature that the hottest cell goes to, Tp, above {@code airDegC}, °C; infinite for as fast as can be
 * @param early how much more current flows while the pack is as cool as the air, e, 0 or more
 * @param levelA current of a cell that holds the peak, i0, A
 * @param resistanceShare resistance over the model's
 * @param lossShare heat lost to the surroundings over the model's
 * @see "docs/theory/fast-charge.md"
 */
public record FastChargeCourse(
        double mapShare,
        double stepPerH,
        double airDegC,
        double peakDegC,
        double early,
        double levelA,
        double resistanceShare,
        double lossShare) {
    /** Within so long heat may bring the hottest cell to the peak, h, s: several beats of a temperature sensor, far below a pack's time constant. */
    private static final double HOLD_S = 150.0;

    /** 0.8 over 0.05 is 16 and not 15.99…. */
    private static final double ROUNDING = 1e-9;

    /** Checks every figure. */
    public FastChargeCourse {
        if (!(mapShare >= 0.0)) {
            throw new IllegalArgumentException("mapShare must be >= 0 but is " + mapShare);
        }
        Check.notNegative("stepPerH", stepPerH);
        Check.finite("airDegC", airDegC);
        if (!(peakDegC > airDegC)) {
            throw new IllegalArgumentException("peakDegC (" + peakDegC + ") must exceed airDegC (" + airDegC + ")");
        }
        Check.notNegative("early", early);
        Check.positive("levelA", levelA);
        Check.positive("resistanceShare", resistanceShare);
        Check.positive("lossShare", lossShare);
    }

    /** No stages: nothing but the pack's limits. */
    public static FastChargeCourse none() {
        return new FastChargeCourse(Double.POSITIVE_INFINITY, 0.0, 0.0, Double.POSITIVE_INFINITY, 0.0, 1.0, 1.0, 1.0);
    }

    /** As fast as a share of the map allows. */
    static FastChargeCourse onTheMap(double mapShare, double stepPerH, double resistanceShare, double lossShare) {
        return new FastChargeCourse(
                mapShare, stepPerH, 0.0, Double.POSITIVE_INFINITY, 0.0, 1.0, resistanceShare, lossShare);
    }

    /** The same share and stages towards a peak. */
    FastChargeCourse towards(double newAirDegC, double newPeakDegC, double newEarly, double newLevelA) {
        return new FastChargeCourse(
                mapShare, stepPerH, newAirDegC, newPeakDegC, newEarly, newLevelA, resistanceShare, lossShare);
    }

    /** Whether the charge goes in stages. */
    boolean inStages() {
        return mapShare < Double.POSITIVE_INFINITY;
    }

    /** Whether it goes towards a peak. */
    public boolean paced() {
        return peakDegC < Double.POSITIVE_INFINITY;
    }

    /**
     * Current of one cell that leads to the peak and holds it, A.
     *
     * @param thermal heat as the pack really sheds it, see {@link #losing}
     * @param hotDegC temperature of the hottest cell
     * @param ohm what a sustained current meets as it is, Ohm
     */
    double pacedA(ThermalRating thermal, double hotDegC, double ohm) {
        double aboveK = hotDegC - airDegC;
        double peakK = peakDegC - airDegC;
        double heatW = thermal.toAmbientWPerK() * aboveK + thermal.heatCapacityJPerK() * (peakK - aboveK) / HOLD_S;
        double heldA = heatW > 0.0 ? Math.sqrt(heatW / ohm) : 0.0;
        double freeA = levelA * (1.0 + early * Math.sqrt(Math.max(0.0, 1.0 - aboveK / peakK)));
        return Math.min(heldA, freeA);
    }

    /** A cell's heat with the loss that was learned. */
    static ThermalRating losing(ThermalRating thermal, double lossShare) {
        return new ThermalRating(
                thermal.heatCapacityJPerK(), lossShare * thermal.toAmbientWPerK(), thermal.coreToSurfaceWPerK());
    }

    /** The next whole stage at or below a rate, 1/h; below the lowest one the rate itself. */
    double stagePerH(double perH) {
        double whole = stepPerH > 0.0 ? stepPerH * Math.floor(perH / stepPerH + ROUNDING) : perH;
        return whole > 0.0 ? whole : perH;
    }
}
