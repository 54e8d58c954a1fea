package io.github.bms4j.limit;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;

/**
 * State of power: which current and power the pack may give and take for each {@link Horizon}, with the cell and the rule that
 * bind.
 *
 * <p>Model: every cell's circuit as the estimate has it, all RC pairs, the curved open-circuit voltage with hysteresis, resistances
 * over SOC and temperature, its own heat, carried over the horizon; the limit is the largest constant current under which no
 * cell leaves its voltage, temperature or plating-safe bounds, at the conservative end of what is known. Beside that stand the
 * rules that need no prediction: ratings, derating tables, the SOC window, fuse and contactors, and what others request. All
 * combine by minimum. A longer horizon never promises more than a shorter one. What fails first in practice is the
 * temperature: a sensor is not the hottest spot and neighbours differ, hence the margins.
 *
 * <p>Power may be held constant for the horizon: discharging it is the current times the voltage at the end, charging times that
 * right after the start.
 *
 * <p>A limit falls at once and rises by the slope of the settings; what open contactors take comes back at once, since nothing in the
 * cells asks for patience then. Not knowing allows no current: an unknown estimate, or a
 * reading older than {@link LimitSettings} allows, gives zero with {@link LimitRule#BAD_SAMPLE}. Thread: one. Allocation: none
 * after construction.
 *
 * @see "docs/theory/current-limits.md"
 */
public final class PowerPredictor {
    /** Numbers that the responses of one cell are kept in. */
    public static final int RESPONSES = 4;

    private static final Horizon[] HORIZONS = Horizon.values();
    private static final Direction[] DIRECTIONS = Direction.values();

    /** A limit below this share of what it rises to is held by the slope; above, the rule it rises to has the name. */
    private static final double RISING = 0.8;

    /** Share of the doubts that power takes off the pack's voltage where a cell's voltage binds: its limit holds them already. */
    private static final double VOLTAGE_RULE_DOUBT = 0.3;

    /** Share of what a current may grow by under constant power that is promised: another cell may bind then. */
    private static final double GROWING = 0.8;

    /** Over how long the SOC window counts for the continuous horizon, s. */
    private static final double CONTINUOUS_WINDOW_S = Horizon.S60.seconds();

    private final PackLayout layout;
    private final LimitSettings settings;
    private final CellLookahead cells;
    private final CellRules rules;
    private final BlockExtremes extremes;
    private final CurrentSearch search;
    private final CurrentTimeLoad[] switchgear;
    private final double[] ratedA;
    private final double[][] lastA;
    private boolean timed;
    private boolean rises;
    private long lastNanos;

    /** A predictor for a pack of one type of cell. */
    public PowerPredictor(CellType type, PackLayout layout, LimitSettings settings) {
        this.layout = layout;
        this.settings = settings;
        CellRating rating = type.rating();
        ratedA = new double[] {rating.maxDischargeA(), rating.maxChargeA()};
        cells = new CellLookahead(type, layout, settings);
        extremes = new BlockExtremes(cells.now, layout.cells());
        CellBlocks blocks = new CellBlocks(cells, cells.tables, extremes);
        rules = new CellRules(type, settings, cells, extremes, blocks);
        search = new CurrentSearch(cells, extremes, blocks, ratedA[0], ratedA[1]);
        switchgear = new CurrentTimeLoad[settings.switchgear().size()];
        for (int k = 0; k < switchgear.length; k++) {
            switchgear[k] = new CurrentTimeLoad(settings.switchgear().get(k));
        }
        lastA = new double[DIRECTIONS.length][HORIZONS.length];
    }

    /**
     * Computes all limits for one sample and the estimate made from it.
     *
     * @param sample the readings
     * @param estimate what was made of them
     * @param requests what others ask of the limits
     * @param limits receives the limits
     */
    public void step(PackSample sample, PackEstimate estimate, LimitRequests requests, PackLimits limits) {
        long now = sample.nanos();
        double dtS = timed ? Math.max(0.0, (now - lastNanos) * 1e-9) : 0.0;
        timed = sample.begun();
        lastNanos = now;
        for (CurrentTimeLoad load : switchgear) {
            load.carry(sample.begun() ? sample.current().value(0) : Double.NaN, dtS);
        }
        requests.step(now);
        if (!known(sample, estimate)) {
            refuse(now, limits);
            return;
        }
        cells.load(sample, estimate, dtS);
        extremes.load();
        for (Direction direction : DIRECTIONS) {
            rules.look(direction, estimate);
            search.begin();
            for (Horizon h : HORIZONS) {
                limit(direction, h, requests, limits, dtS, now);
            }
        }
        rises = true;
    }

    private boolean known(PackSample sample, PackEstimate estimate) {
        long now = sample.nanos();
        ReadingAges ages = settings.ages();
        return sample.begun()
                && estimate.known()
                && sample.current().ageS(0, now) <= ages.currentS()
                && sample.cellVoltage().maxAgeS(now) <= ages.voltageS()
                && sample.temperature().maxAgeS(now) <= ages.temperatureS()
                && (now - estimate.nanos()) * 1e-9 <= ages.currentS();
    }

    private void refuse(long now, PackLimits limits) {
        for (Direction direction : DIRECTIONS) {
            for (Horizon h : HORIZONS) {
                Limit limit = limits.limit(direction, h);
                limit.restart(0.0, LimitRule.BAD_SAMPLE, Limit.WHOLE_PACK);
                limit.close(now);
                lastA[direction.ordinal()][h.ordinal()] = 0.0;
                limits.power(direction, h, 0.0, 0.0);
            }
        }
    }

    private void limit(
            Direction direction, Horizon h, LimitRequests requests, PackLimits limits, double dtS, long now) {
        int d = direction.ordinal();
        Limit limit = limits.limit(direction, h);
        double spanS = h == Horizon.CONTINUOUS ? CONTINUOUS_WINDOW_S : h.seconds();
        rules.lower(limit, spanS);
        for (CurrentTimeLoad load : switchgear) {
            limit.lowerTo(layout.cellCurrentA(load.mostA(h)), load.rule(), Limit.WHOLE_PACK);
        }
        boolean predicted = predict(d, h, limit);
        rules.read(limit);
        double heldA = limit.limitA();
        double highV = direction == Direction.CHARGE
                ? Math.max(cells.packV(d, heldA), cells.packV(d, h.ordinal(), heldA))
                : cells.packV(d, 0.0);
        limit.scale(layout.parallel());
        requests.lower(direction, highV, limit);
        rise(d, h.ordinal(), limit, dtS);
        limit.close(now);
        double cellA = layout.cellCurrentA(limit.limitA());
        boolean byVoltage = limit.rule() == LimitRule.CELL_VOLTAGE;
        double surelyV = cells.surelyV(d, h.ordinal(), cellA, VOLTAGE_RULE_DOUBT);
        double v = byVoltage ? cells.lowestV() : surelyV;
        double endA = limit.limitA();
        if (predicted && d == 0 && cellA >= heldA) {
            double share = Math.min(1.0, v / cells.packV(d, cellA));
            double grownA = search.growingA(d, h.ordinal(), share, ratedA[d]);
            endA += GROWING * layout.parallel() * (grownA - heldA);
        }
        double w = Math.min(requests.mostW(direction), v * endA);
        if (byVoltage && limit.nextA() < Double.POSITIVE_INFINITY) {
            w = Math.min(w, surelyV * limit.nextA());
        }
        if (h != Horizon.S1) {
            w = Math.min(w, limits.powerW(direction, HORIZONS[h.ordinal() - 1]));
        }
        limits.power(direction, h, w, v);
    }

    private void rise(int d, int horizon, Limit limit, double dtS) {
        double slopeA = settings.risePerS() * ratedA[d] * layout.parallel();
        double rampA = rises && slopeA < Double.POSITIVE_INFINITY
                ? lastA[d][horizon] + slopeA * dtS
                : Double.POSITIVE_INFINITY;
        limit.ramp(rampA, RISING);
        boolean open = limit.rule() == LimitRule.CONTACTORS_OPEN;
        lastA[d][horizon] = open ? Math.min(rampA, limit.nextA()) : limit.limitA();
    }

    /** What no cell can hold for so long; also looks as far as the next rule above, to name what comes after it. */
    private boolean predict(int d, Horizon h, Limit limit) {
        double mostA = Math.min(ratedA[d], limit.nextA());
        if (!(mostA > 0.0) || !search.run(d, h.ordinal(), mostA)) {
            return false;
        }
        limit.lowerTo(search.limitA(), search.rule(), search.cell());
        return limit.limitA() >= search.limitA();
    }

    /** How many means of the squared current fuse and contactors are followed by. */
    public int loads() {
        int n = 0;
        for (CurrentTimeLoad load : switchgear) {
            n += load.means();
        }
        return n;
    }

    /** Writes those means, A², to be kept while the power is off; {@code into} has {@link #loads} places. */
    public void keepLoads(double[] into) {
        int k = 0;
        for (CurrentTimeLoad load : switchgear) {
            for (int m = 0; m < load.means(); m++) {
                into[k++] = load.meanA2(m);
            }
        }
    }

    /**
     * Takes up what fuse and contactors carried when the power went; before the first step. What is not known counts as used up
     * to its bound.
     *
     * @param meanA2 what {@link #keepLoads} wrote, A²; another number of means than this pack has is not known at all
     * @param unseenA pack current that may have flowed on unseen, A
     * @param unseenS for how long at most, s
     * @param restS for how long nothing flowed after that, s; NaN, not known, lets nothing cool
     */
    public void recallLoads(double[] meanA2, double unseenA, double unseenS, double restS) {
        boolean known = meanA2.length == loads();
        int k = 0;
        for (CurrentTimeLoad load : switchgear) {
            for (int m = 0; m < load.means(); m++) {
                load.recall(m, known ? meanA2[k++] : Double.NaN, unseenA, unseenS, restS);
            }
        }
    }

    /** Writes what was learned of each cell's response, four sums in V² a cell, to be kept while the power is off. */
    public void keepResponses(double[] into) {
        for (int c = 0; c < layout.cells(); c++) {
            cells.now.keep(c, into, RESPONSES * c);
        }
    }

    /**
     * Goes on from what was learned of each cell's response; before the first step. A cell whose sums are not known or impossible
     * starts as it does without.
     *
     * @param from what {@link #keepResponses} wrote
     * @param share what of it still counts, within (0, 1]: a cell ages while nobody looks
     */
    public void recallResponses(double[] from, double share) {
        for (int c = 0; c < layout.cells(); c++) {
            cells.now.recall(c, from, RESPONSES * c, share);
        }
    }
}
