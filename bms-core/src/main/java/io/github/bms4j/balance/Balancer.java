package io.github.bms4j.balance;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * Bleeds cells until all reach one SOC together, by charge: it counts ampere-hours and never compares voltages.
 *
 * <p>How much more a cell holds than the one that holds least comes from the estimate, at the moment the estimate is surest of it
 * (at a knee of the curve), and is kept in Ah from there on: on the plateau of an iron phosphate cell, where 10 mV are 10 to 25
 * % SOC, nothing is learned and nothing is needed. Only what is certain is bled: the difference less some of its standard
 * deviations. What is wrong for all cells alike (current sensor, curve, common temperature) has no part in a difference; a {@link
 * io.github.bms4j.estimate.PackEstimator} leaves it out, for an estimator that follows each cell by itself the whole of both cells'
 * uncertainty counts, which bleeds less than it could but never more.
 *
 * <p>One cycle: read the sample, {@link #count} what was bled since the last cycle, which puts it into the sample for the estimator,
 * step the estimator, {@link #step} the balancer, switch the channels to {@link #bleeds}. Bleeding ends by charge, when a fault
 * stands, when the board is hot, when a cell is low, and in every window in which voltages are to be read undisturbed.
 *
 * <p>Bad input: not knowing bleeds nothing, with the {@link BalanceReason} why. A gap between two cycles counts as bled up to the
 * board's lease. Units: A, V, Ah of a measured cell (a parallel group), °C, s. Thread: one. Allocation: none after construction but
 * for {@link #explain}.
 *
 * @see "docs/theory/balancing.md"
 */
public final class Balancer {
    private static final BalanceReason[] REASONS = BalanceReason.values();

    private final BleedBoard board;
    private final BalanceSettings settings;
    private final ChargeLedger ledger;
    private final ChannelTurns turns;
    private final double leastAh;

    private final double[] bledAs;
    private final double[] cellV;
    private final double[] leftAh;
    private final boolean[] wanted;
    private final boolean[] on;
    private final byte[] reason;

    private boolean timed;
    private long lastNanos;
    private double turnS;
    private double phaseS;
    private boolean window;
    private boolean hot;

    /** A balancer for a pack of one type of cell; all channels are off. */
    public Balancer(CellType type, PackLayout layout, BleedBoard board, BalanceSettings settings) {
        this.board = board;
        this.settings = settings;
        ledger = new ChargeLedger(type, layout, settings, board.tolerance());
        int n = layout.cells();
        turns = new ChannelTurns(board, n);
        leastAh = settings.leastShare() * type.rating().capacityAh() * layout.parallel();
        bledAs = new double[n];
        cellV = new double[n];
        leftAh = new double[n];
        wanted = new boolean[n];
        on = new boolean[n];
        reason = new byte[n];
        Arrays.fill(cellV, Double.NaN);
        Arrays.fill(reason, (byte) BalanceReason.UNKNOWN.ordinal());
        turnS = settings.turnS();
    }

    /**
     * Puts in what was known of a cell before the power went off.
     *
     * @param cell measured cell
     * @param differenceAh its {@link #differenceAh} then
     * @param sigmaAh its {@link #differenceSigmaAh} then, and what may have drifted since, Ah, above 0
     */
    public void remember(int cell, double differenceAh, double sigmaAh) {
        ledger.remember(cell, Check.finite("differenceAh", differenceAh), Check.positive("sigmaAh", sigmaAh));
    }

    /** Counts what was bled since the last cycle and puts the sums into the sample; comes before the estimator's step. */
    public void count(PackSample sample) {
        double dtS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        Channel voltage = sample.cellVoltage();
        if (dtS >= 0.0) {
            timed = true;
            lastNanos = sample.nanos();
            ledger.pass(dtS);
            turnS += dtS;
            phaseS += dtS;
        }
        double bledS = Math.max(0.0, Math.min(dtS, board.leaseS()));
        for (int c = 0; c < bledAs.length; c++) {
            if (on[c] && bledS > 0.0) {
                double chargeAs = bleedA(c) * bledS;
                bledAs[c] += chargeAs;
                ledger.bleed(c, chargeAs / 3600.0);
            }
            if (voltage.usable(c)) {
                cellV[c] = voltage.value(c);
            }
            sample.countBled(c, bledAs[c]);
        }
    }

    /**
     * Decides which channels are on until the next cycle.
     *
     * @param sample the sample that {@link #count} was given
     * @param estimate what the estimator made of it
     * @param boardDegC temperature of the bleed board, °C; NaN if not known
     * @param allowed whether no fault stands and the vehicle wants to spend the energy
     */
    public void step(PackSample sample, PackEstimate estimate, double boardDegC, boolean allowed) {
        if (estimate.known()) {
            ledger.take(estimate);
        }
        hot = boardDegC >= board.hotDegC() || (hot && boardDegC >= board.coolDegC());
        BalanceReason none = none(boardDegC, allowed);
        if (none != BalanceReason.BLEEDING) {
            turns.clear();
            turnS = settings.turnS();
            phaseS = 0.0;
            window = false;
            Arrays.fill(on, false);
            Arrays.fill(leftAh, 0.0);
            Arrays.fill(reason, (byte) none.ordinal());
            return;
        }
        boolean due = judge(sample, estimate);
        if (due || turnS >= settings.turnS()) {
            turns.choose(leftAh, cellV);
            turnS = 0.0;
        }
        measure();
        for (int c = 0; c < on.length; c++) {
            boolean turn = turns.chosen(c);
            on[c] = turn && !window;
            if (leftAh[c] > 0.0) {
                say(c, !turn ? BalanceReason.WAITING_TURN : window ? BalanceReason.MEASURING : BalanceReason.BLEEDING);
            }
        }
    }

    /** Why no cell at all is bled; BLEEDING if nothing stands against it. */
    private BalanceReason none(double boardDegC, boolean allowed) {
        if (!ledger.known()) {
            return BalanceReason.UNKNOWN;
        }
        if (!allowed) {
            return BalanceReason.FORBIDDEN;
        }
        if (board.thermometer() && Double.isNaN(boardDegC)) {
            return BalanceReason.BOARD_UNKNOWN;
        }
        return hot ? BalanceReason.HOT : BalanceReason.BLEEDING;
    }

    /** What each cell has left to bleed; whether a channel became free for another, or none is on while one is wanted. */
    private boolean judge(PackSample sample, PackEstimate estimate) {
        boolean freed = false;
        boolean left = false;
        boolean turn = false;
        for (int c = 0; c < leftAh.length; c++) {
            double certainAh = ledger.excessAh(c) - settings.sigmas() * ledger.excessSigmaAh(c);
            wanted[c] = wanted[c] ? certainAh > 0.0 : certainAh >= leastAh && certainAh > 0.0;
            leftAh[c] = 0.0;
            if (!wanted[c]) {
                say(c, ledger.excessAh(c) > leastAh ? BalanceReason.NOT_SURE : BalanceReason.AT_TARGET);
            } else if (estimate.soc(c) - estimate.socSigma(c) < settings.leastSoc()) {
                say(c, BalanceReason.LOW_SOC);
            } else if (!(sample.cellVoltage().ageS(c, sample.nanos()) <= 2.0 * settings.periodS())) {
                say(c, BalanceReason.NO_VOLTAGE);
            } else {
                leftAh[c] = certainAh;
            }
            if (leftAh[c] == 0.0 && turns.chosen(c)) {
                turns.end(c);
                freed = true;
            }
            left |= leftAh[c] > 0.0;
            turn |= turns.chosen(c);
        }
        return freed || (left && !turn);
    }

    /** Opens and closes the window in which voltages are read undisturbed. */
    private void measure() {
        if (window && phaseS >= settings.windowS()) {
            window = false;
            phaseS = 0.0;
        } else if (!window && settings.windowS() > 0.0 && phaseS >= settings.periodS() - settings.windowS()) {
            window = true;
            phaseS = 0.0;
        }
    }

    private void say(int c, BalanceReason why) {
        reason[c] = (byte) why.ordinal();
    }

    /** Whether a cell's channel is to be on. */
    public boolean bleeds(int cell) {
        return on[cell];
    }

    /** Why a cell is bled or not. */
    public BalanceReason reason(int cell) {
        return REASONS[reason[cell]];
    }

    /** Current through a cell's bleed resistor, A; 0 while its channel is off. */
    public double bleedA(int cell) {
        return on[cell] ? cellV[cell] / board.resistanceOhm() : 0.0;
    }

    /** Heat on the board now, W. */
    public double heatW() {
        double sum = 0.0;
        for (int c = 0; c < on.length; c++) {
            sum += bleedA(c) * (on[c] ? cellV[c] : 0.0);
        }
        return sum;
    }

    /** Whether a cell's voltage is read wrong now, because its own or a neighbouring channel pulls current through its leads. */
    public boolean disturbs(int cell) {
        return on[cell] || (cell > 0 && on[cell - 1]) || (cell + 1 < on.length && on[cell + 1]);
    }

    /** Charge bled from a cell since construction, Ah. */
    public double bledAh(int cell) {
        return bledAs[cell] / 3600.0;
    }

    /** Charge of a cell above the mean cell's, counted against the goal, Ah; 0 while unknown. */
    public double differenceAh(int cell) {
        return ledger.differenceAh(cell);
    }

    /** Standard deviation of {@link #differenceAh}; infinite while unknown. */
    public double differenceSigmaAh(int cell) {
        return ledger.sigmaAh(cell);
    }

    /** Charge of a cell above that of the cell that holds least, Ah, 0 or more; NaN while unknown. */
    public double excessAh(int cell) {
        return ledger.known() ? ledger.excessAh(cell) : Double.NaN;
    }

    /** Standard deviation of {@link #excessAh}, Ah; NaN while unknown. */
    public double excessSigmaAh(int cell) {
        return ledger.known() ? ledger.excessSigmaAh(cell) : Double.NaN;
    }

    /** What is certain to be too much in a cell and may be bled now, Ah; 0 for one that is not to be bled. */
    public double leftAh(int cell) {
        return leftAh[cell];
    }

    /** The cell that all others are brought down to; -1 while unknown. */
    public int lowest() {
        return ledger.least();
    }

    /** Why, in one line, such as {@code cell 37 BLEEDING: 0.610 ± 0.050 Ah more than cell 12, 0.420 Ah left}; allocates. */
    public String explain(int cell) {
        if (!ledger.known()) {
            return "cell " + cell + " " + reason(cell);
        }
        return String.format(
                Locale.ROOT,
                "cell %d %s: %.3f ± %.3f Ah more than cell %d, %.3f Ah left, %.3f Ah bled",
                cell,
                reason(cell),
                ledger.excessAh(cell),
                ledger.excessSigmaAh(cell),
                lowest(),
                leftAh[cell],
                bledAh(cell));
    }
}
