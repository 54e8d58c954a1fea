package io.github.bms4j.charge;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.AnodeMargin;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.FirstOrder;

/**
 * The stages of a fast charge: below what every anode bears now and sustained, and no warmer than the time at hand asks for.
 *
 * <pre>
 * anode   (1 - k sigma) i(h) of {@link AnodeMargin}, h a minute and for good    the model's estimate of every cell
 * cool    {@link FastChargeCourse}: to a peak temperature and there held        chosen by {@link FastChargeSearch}
 * </pre>
 *
 * <p>The current goes in stages: down at once to the next whole one, up only after a while. Every anode is looked at once a second. What fails
 * first: a pack that sheds less heat than the model's cell is held at the peak foreseen and gets later than planned, until the plan is
 * made anew.
 *
 * <p>Units: A as magnitudes of charge current, °C, s. Not knowing gives no current. Thread: one. Allocation: none after
 * construction.
 *
 * @see "docs/theory/fast-charge.md"
 */
final class FastChargeProfile {
    /** Every anode is looked at so often, s. */
    private static final double ROUND_S = 1.0;

    /** The hottest reading is smoothed with this time constant, s: noise must not walk the stages down. */
    private static final double SMOOTH_S = 30.0;

    private final CellType type;
    private final PackLayout layout;
    private final FastChargeSettings settings;
    private final AnodeMargin anode;
    private final double capacityAh;
    private FastChargeCourse course = FastChargeCourse.none();
    private ThermalRating thermal;
    private double hotDegC = Double.NaN;
    private double stagePerH;
    private double higherForS;
    private LimitRule rule = LimitRule.NOT_KNOWN;
    private int cell = Limit.WHOLE_PACK;

    FastChargeProfile(CellType type, PackLayout layout, FastChargeSettings settings) {
        this.type = type;
        this.layout = layout;
        this.settings = settings;
        anode = new AnodeMargin(type, layout, settings.share(), settings.socSigmas(), 0.0, settings.colderK());
        thermal = type.thermal();
        capacityAh = type.rating().capacityAh();
        begin();
    }

    /** Begins a charge: its first stage need not wait. */
    void begin() {
        hotDegC = Double.NaN;
        stagePerH = 0.0;
        higherForS = Double.POSITIVE_INFINITY;
    }

    /** Follows another course from now on; allocates. */
    void follow(FastChargeCourse newCourse) {
        course = newCourse;
        thermal = FastChargeCourse.losing(type.thermal(), newCourse.lossShare());
    }

    /** Share of the map that the pack bears as it is now, its margin and its grown resistance off. */
    double mapShare(PackSample sample, PackEstimate estimate) {
        anode.step(sample, estimate);
        double grown = anode.mapShare();
        return settings.mapShare() * (Double.isNaN(grown) ? 1.0 : grown);
    }

    /** Takes in a sample and the estimate made from it, {@code dtS} after the last. */
    void step(PackSample sample, PackEstimate estimate, double dtS) {
        int cells = layout.cells();
        anode.step(sample, estimate, (int) Math.min(cells, Math.ceil(cells * Math.max(dtS, 1e-3) / ROUND_S)));
        double sustainedA = anode.chargeA(Horizon.CONTINUOUS);
        double minuteA = anode.chargeA(Horizon.S60);
        boolean sustained = sustainedA <= minuteA;
        double mostA = settings.mapShare() * Math.min(sustainedA, minuteA) / layout.parallel();
        rule = LimitRule.ANODE_MARGIN;
        cell = anode.cell(sustained ? Horizon.CONTINUOUS : Horizon.S60);
        double coolA = coolA(sample, estimate, dtS);
        if (!(coolA >= mostA)) { // NaN allows nothing
            mostA = coolA > 0.0 ? coolA : 0.0;
            rule = LimitRule.COOL_STAGE;
            cell = Limit.WHOLE_PACK;
        }
        stage(mostA / capacityAh, dtS);
    }

    private double coolA(PackSample sample, PackEstimate estimate, double dtS) {
        int hottest = sample.temperature().highest();
        double seenDegC = hottest < 0 ? Double.NaN : sample.temperature().value(hottest);
        hotDegC =
                Double.isNaN(hotDegC) ? seenDegC : hotDegC + FirstOrder.settled(dtS / SMOOTH_S) * (seenDegC - hotDegC);
        if (!course.paced()) {
            return Double.POSITIVE_INFINITY;
        }
        double ohm = course.resistanceShare() * type.circuit().totalOhm(estimate.packSoc(), hotDegC);
        return course.pacedA(thermal, hotDegC, ohm);
    }

    /** Whole stages: down at once, up after a while; below the lowest one what is allowed. */
    private void stage(double allowedPerH, double dtS) {
        double next = course.stagePerH(allowedPerH);
        if (next <= stagePerH) {
            higherForS = 0.0;
            stagePerH = next;
            return;
        }
        higherForS += dtS;
        if (higherForS >= settings.holdS()) {
            higherForS = 0.0;
            stagePerH = next;
        }
    }

    /** Lowers a charge current of the pack to the stage of the last step. */
    void lower(Limit binding) {
        binding.lowerTo(stagePerH * capacityAh * layout.parallel(), rule, cell);
    }
}
