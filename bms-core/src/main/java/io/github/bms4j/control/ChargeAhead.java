package io.github.bms4j.control;

import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.thermal.HeaterRating;
import io.github.bms4j.thermal.Preconditioner;
import io.github.bms4j.thermal.PreconditioningNeed;
import io.github.bms4j.thermal.PreconditioningPlan;
import org.jspecify.annotations.Nullable;

/**
 * Heat on the way to a charger, from the pack's own energy: as late as it can begin, if the preconditioner finds it worth while.
 *
 * <p>Deciding allocates and happens outside the control cycle; {@link #step} allocates nothing. Thread: one.
 */
final class ChargeAhead {
    /** A decision so old is taken again, s. */
    private static final double OLD_S = 120.0;

    private final Preconditioner preconditioner;
    private final HeaterRating heater;

    private @Nullable ExpectedCharge expected;
    private @Nullable PreconditioningPlan plan;
    private double decidedS;
    private boolean begun;
    private boolean due;
    private double toDegC = Double.NaN;
    private double heaterW;

    ChargeAhead(BatterySettings settings) {
        heater = settings.equipment().thermal().heater();
        preconditioner = new Preconditioner(settings.cell(), settings.layout(), heater, settings.limits());
    }

    /** Takes what is expected; null for no charge. */
    void expect(@Nullable ExpectedCharge charge) {
        expected = charge;
        due = charge != null;
        if (charge == null) {
            plan = null;
            begun = false;
        }
    }

    boolean due() {
        return due;
    }

    /** What was decided last, or null. */
    @Nullable
    PreconditioningPlan plan() {
        return plan;
    }

    PreconditioningPlan decide(PackSample sample, PackEstimate estimate) {
        ExpectedCharge charge = expected;
        if (charge == null || !estimate.known()) {
            throw new IllegalStateException("expectCharge() and a step() with an estimate must come before preheat()");
        }
        double nowS = sample.nanos() * 1e-9;
        double coldest = sample.temperature().value(sample.temperature().lowest());
        double soc = Double.isNaN(charge.arrivalSoc()) ? estimate.packSoc() : charge.arrivalSoc();
        PreconditioningPlan next = preconditioner.plan(new PreconditioningNeed(
                soc,
                charge.targetSoc(),
                coldest,
                Double.isNaN(charge.ambientDegC()) ? coldest : charge.ambientDegC(),
                charge.stationW(),
                Math.max(0.0, charge.arrivalS() - nowS),
                charge.pricePerKwh(),
                charge.pricePerH()));
        plan = next;
        decidedS = nowS;
        due = false;
        begun &= next.worthIt();
        return next;
    }

    /** One cycle: whether heat is wanted now. What has begun goes on until the plug is in, so that it does not flap with every forecast. */
    void step(double nowS, PackEstimate estimate, PackLimits limits) {
        ExpectedCharge charge = expected;
        PreconditioningPlan p = plan;
        toDegC = Double.NaN;
        heaterW = 0.0;
        if (charge == null) {
            return;
        }
        boolean ahead = nowS < charge.arrivalS();
        due |= ahead && p != null && nowS - decidedS >= OLD_S;
        if (p != null && p.worthIt() && ahead && estimate.packSoc() > charge.leastSoc()) {
            begun |= nowS >= charge.arrivalS() + p.startS();
            if (begun) {
                toDegC = p.toDegC();
                heaterW = Math.min(heater.powerW(), limits.dischargeW(Horizon.S60));
            }
        }
    }

    /** Temperature of the coldest cell that is wanted now, °C; NaN for none. */
    double toDegC() {
        return toDegC;
    }

    /** Power that the heater may take for it, W. */
    double heaterW() {
        return heaterW;
    }
}
