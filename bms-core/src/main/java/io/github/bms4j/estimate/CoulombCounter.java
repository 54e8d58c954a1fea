package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;

/**
 * Counts the charge of every cell from its last anchor on: the audit trail beside the filter.
 *
 * <pre>
 * soc    = anchor - sum of e i dt / Q - bled / Q        i > 0 discharges; e = 1, or the coulombic efficiency while charging
 * sigma² = anchorSigma² + (o t)² + (c dsoc)² + gaps²    o offset over capacity, c relative error of the capacity
 * </pre>
 *
 * <p>It knows no voltage: what it says can be added up by hand, and {@link #lineage} shows the sum. An offset and a wrong
 * capacity keep their sign for as long as nobody corrects them, so both parts grow in a straight line and not as a random
 * walk. All cells of a series carry one current, so one sum serves them all and a step costs the same for 1 and for 400
 * cells. What fails first: without an anchor the offset wins.
 *
 * <p>The first sample integrates nothing; what a gap between two samples may have hidden widens sigma
 * ({@link CurrentBridge}). Bad input: a sample without a usable current, or whose time did not move on, is held. Units and sign:
 * A (positive discharging), s, Ah. Thread: one. Allocation: none per step.
 *
 * @see "docs/theory/coulomb-counter.md"
 */
public final class CoulombCounter {
    private static final SocLineage.Anchor[] ANCHORS = SocLineage.Anchor.values();

    private final PackLayout layout;
    private final double capacityAs;
    private final double efficiency;
    private final double offsetPerS;
    private final double capacitySigma;

    private final double[] anchorSoc;
    private final double[] anchorSigma;
    private final byte[] anchor;
    private final double[] anchorMoved;
    private final double[] anchorAs;
    private final double[] anchorS;
    private final double[] anchorGap2;
    private final double[] anchorBledAs;
    private final double[] bledAs;
    private final BledCharge bled;

    // Sums over all time since the start; a cell's figures are their differences to its anchor's.
    private double moved;
    private double dischargedAs;
    private double countedS;
    private double gap2;

    private boolean started;
    private final CurrentBridge bridge;
    private long lastNanos;
    private double stepS;
    private double stepA;

    /** A counter for all cells of a pack; {@link #start} it before the first step. */
    public CoulombCounter(CellType type, PackLayout layout, NoiseModel noise) {
        this.layout = layout;
        this.capacityAs = type.rating().capacityAh() * 3600.0;
        this.efficiency = type.rating().coulombicEfficiency();
        this.offsetPerS = noise.current().offsetPerH() / 3600.0;
        this.capacitySigma = noise.current().gainSigma();
        this.bridge = new CurrentBridge(type.rating().capacityAh());
        int n = layout.cells();
        anchorSoc = new double[n];
        anchorSigma = new double[n];
        anchor = new byte[n];
        anchorMoved = new double[n];
        anchorAs = new double[n];
        anchorS = new double[n];
        anchorGap2 = new double[n];
        anchorBledAs = new double[n];
        bledAs = new double[n];
        bled = new BledCharge(layout, 0, n);
    }

    /** Forgets everything and starts every cell at one SOC, 0…1, with its standard deviation, above 0. */
    public void start(double soc, double sigma) {
        Check.fraction("startSoc", soc);
        Check.positive("sigma", sigma);
        begin();
        Arrays.fill(anchorSoc, soc);
        Arrays.fill(anchorSigma, sigma);
        Arrays.fill(anchor, (byte) SocLineage.Anchor.START.ordinal());
    }

    /**
     * Forgets everything and starts every cell at a SOC of its own.
     *
     * @param soc starting SOC of every cell, 0…1
     * @param sigma its standard deviation, above 0
     */
    public void startEach(double[] soc, double[] sigma) {
        Interval.checkStarts(anchorSoc.length, soc, sigma);
        begin();
        System.arraycopy(soc, 0, anchorSoc, 0, soc.length);
        System.arraycopy(sigma, 0, anchorSigma, 0, sigma.length);
        Arrays.fill(anchor, (byte) SocLineage.Anchor.START.ordinal());
    }

    /** Forgets everything and starts every cell at what another estimator knows of it. */
    void startFrom(PackEstimate now) {
        now.requireKnown(anchorSoc.length);
        begin();
        for (int c = 0; c < anchorSoc.length; c++) {
            anchorSoc[c] = now.soc(c);
            anchorSigma[c] = now.socSigma(c);
        }
        Arrays.fill(anchor, (byte) SocLineage.Anchor.TAKEN_OVER.ordinal());
    }

    private void begin() {
        moved = 0.0;
        dischargedAs = 0.0;
        countedS = 0.0;
        gap2 = 0.0;
        Arrays.fill(anchorMoved, 0.0);
        Arrays.fill(anchorAs, 0.0);
        Arrays.fill(anchorS, 0.0);
        Arrays.fill(anchorGap2, 0.0);
        Arrays.fill(anchorBledAs, 0.0);
        Arrays.fill(bledAs, 0.0);
        bled.restart();
        started = true;
        bridge.restart();
    }

    /** Begins the count of a cell anew at what its voltage said after a rest, if that is surer than the count. */
    void anchorAtRest(int cell, double soc, double sigma) {
        if (!(sigma < sigma(cell))) {
            return;
        }
        anchorSoc[cell] = soc;
        anchorSigma[cell] = sigma;
        anchor[cell] = (byte) SocLineage.Anchor.REST.ordinal();
        anchorMoved[cell] = moved;
        anchorAs[cell] = dischargedAs;
        anchorS[cell] = countedS;
        anchorGap2[cell] = gap2;
        anchorBledAs[cell] = bledAs[cell];
    }

    /** Counts one sample; returns whether it was. */
    public StepResult step(PackSample sample) {
        if (!started) {
            throw new IllegalStateException("start() must come before the first step");
        }
        Channel current = sample.current();
        boolean timed = bridge.timed();
        if (!sample.begun() || !current.usable(0) || (timed && sample.nanos() - lastNanos <= 0)) {
            return StepResult.HELD;
        }
        stepS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        bridge.take(stepS, layout.cellCurrentA(current.value(0)));
        stepA = bridge.meanA();
        countedS += stepS;
        double chargeAs = stepA * stepS;
        dischargedAs += chargeAs;
        moved -= (stepA < 0.0 ? efficiency : 1.0) * chargeAs / capacityAs;
        double unseen = bridge.doubtA() * stepS / capacityAs;
        gap2 += unseen * unseen;
        lastNanos = sample.nanos();
        if (sample.bleeds()) {
            for (int c = 0; c < bledAs.length; c++) {
                bledAs[c] += bled.sinceAs(sample, c);
            }
        }
        return StepResult.USED;
    }

    /** Number of cells. */
    public int cells() {
        return anchorSoc.length;
    }

    /** Counted SOC of a cell; not clamped. */
    public double soc(int cell) {
        return anchorSoc[cell] + (moved - anchorMoved[cell]) - bledSinceAs(cell) / capacityAs;
    }

    private double bledSinceAs(int cell) {
        return bledAs[cell] - anchorBledAs[cell];
    }

    /** Standard deviation of a cell's counted SOC. */
    public double sigma(int cell) {
        double a = anchorSigma[cell];
        double o = offsetSigma(cell);
        double q = capacitySigma(cell);
        return Math.sqrt(a * a + o * o + q * q + gap2(cell));
    }

    private double offsetSigma(int cell) {
        return offsetPerS * (countedS - anchorS[cell]);
    }

    private double capacitySigma(int cell) {
        return capacitySigma * Math.abs(moved - anchorMoved[cell]);
    }

    private double gap2(int cell) {
        return Math.max(0.0, gap2 - anchorGap2[cell]);
    }

    /** Where a cell's counted SOC comes from; allocates. */
    public SocLineage lineage(int cell) {
        return new SocLineage(
                soc(cell),
                sigma(cell),
                ANCHORS[anchor[cell]],
                anchorSoc[cell],
                anchorSigma[cell],
                countedS - anchorS[cell],
                (dischargedAs - anchorAs[cell]) / 3600.0 * layout.parallel(),
                bledSinceAs(cell) / 3600.0 * layout.parallel(),
                offsetSigma(cell),
                capacitySigma(cell),
                Math.sqrt(gap2(cell)));
    }

    /** Length of the step last counted, s; 0 for the first. */
    double stepS() {
        return stepS;
    }

    /** Mean current of a cell over the step last counted, A; the reading itself for the first, 0 where nothing was counted. */
    double stepA() {
        return stepA;
    }

    /** By how much the counted SOC has moved since the start. */
    double moved() {
        return moved;
    }
}
