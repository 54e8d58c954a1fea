package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;

/**
 * Two estimators on the same samples, stretch by stretch: the odds between them.
 *
 * <p>A stretch is a tenth of the capacity moved; one of an hour that moved less than 3 % is not scored, for nothing was at
 * stake. At its end, and once in every rest, the odds move by the difference of the two logarithmic scores, bounded by {@link
 * ShadowSettings#MOST_PER_STRETCH}. A gap between samples that both have used opens a new stretch. Thread: one.
 * Allocation: none per step.
 */
final class Contest {
    private static final double STRETCH = 0.1;
    private static final double LONGEST_STRETCH_S = 3600.0;
    private static final double SCORED = 0.03;

    private final PackLayout layout;
    private final RestAnchor rest;
    private final double capacityAs;

    private boolean scoring;
    private boolean settled;
    private boolean warm;
    private boolean timed;
    private long lastNanos;
    private double lastPackA;
    private double throughput;
    private double stretchS;
    private double evidence;
    private double disagreement;

    Contest(CellType type, PackLayout layout, NoiseModel noise) {
        this.layout = layout;
        this.rest = new RestAnchor(type, layout, noise);
        this.capacityAs = type.rating().capacityAh() * 3600.0;
    }

    /** Forgets the odds. The first stretch is not scored unless both are {@code warm}: a newcomer has to find its feet. */
    void restart(boolean bothWarm) {
        scoring = false;
        settled = false;
        warm = bothWarm;
        evidence = 0.0;
        disagreement = 0.0;
    }

    /** Follows a sample while there is nobody to compare with. */
    void idle(PackSample sample) {
        rest.step(sample);
        timed = false;
    }

    /** Takes a sample that both have used. */
    void step(
            PackSample sample,
            EstimatorScore active,
            PackEstimate activeSays,
            EstimatorScore shadow,
            PackEstimate shadowSays) {
        boolean anchors = rest.step(sample);
        double packA = sample.current().value(0);
        double dtS = (sample.nanos() - lastNanos) * 1e-9;
        boolean whole = timed && dtS <= CurrentBridge.MAX_BRIDGE_S;
        double meanA = layout.cellCurrentA(0.5 * (lastPackA + packA));
        lastNanos = sample.nanos();
        lastPackA = packA;
        timed = true;
        if (!scoring) {
            active.restart(activeSays);
            shadow.restart(shadowSays);
            scoring = true;
            settled = warm;
            open(active, activeSays, shadow, shadowSays);
            return;
        }
        if (!whole) {
            open(active, activeSays, shadow, shadowSays); // what flowed meanwhile is not known
            return;
        }
        active.step(sample, activeSays, meanA, dtS);
        shadow.step(sample, shadowSays, meanA, dtS);
        throughput += Math.abs(meanA) * dtS / capacityAs;
        stretchS += dtS;
        if (rest.restS() == 0.0) {
            active.enterRest(activeSays);
            shadow.enterRest(shadowSays);
        } else if (anchors && settled && active.knowsRest()) {
            weigh(active.closeRest(sample, activeSays), shadow.closeRest(sample, shadowSays));
        }
        if (throughput >= STRETCH || stretchS >= LONGEST_STRETCH_S) {
            close(active, activeSays, shadow, shadowSays);
        }
    }

    private void close(EstimatorScore active, PackEstimate activeSays, EstimatorScore shadow, PackEstimate shadowSays) {
        if (!settled) {
            settled = true;
            active.restart(activeSays);
            shadow.restart(shadowSays);
        } else if (throughput >= SCORED) {
            weigh(active.closeStretch(activeSays), shadow.closeStretch(shadowSays));
            disagreement = apart(activeSays, shadowSays);
        }
        open(active, activeSays, shadow, shadowSays);
    }

    private void open(EstimatorScore active, PackEstimate activeSays, EstimatorScore shadow, PackEstimate shadowSays) {
        throughput = 0.0;
        stretchS = 0.0;
        active.openStretch(activeSays);
        shadow.openStretch(shadowSays);
    }

    private void weigh(double activeScore, double shadowScore) {
        double better = activeScore - shadowScore;
        if (!Double.isNaN(better)) {
            evidence += Math.min(ShadowSettings.MOST_PER_STRETCH, Math.max(-ShadowSettings.MOST_PER_STRETCH, better));
        }
    }

    private static double apart(PackEstimate a, PackEstimate b) {
        double squares = 0.0;
        for (int c = 0; c < a.cells(); c++) {
            double d = a.soc(c) - b.soc(c);
            squares += d * d / (a.socSigma(c) * a.socSigma(c) + b.socSigma(c) * b.socSigma(c));
        }
        return Math.sqrt(squares / a.cells());
    }

    /** Whether the newcomer had its first stretch. */
    boolean settled() {
        return settled;
    }

    /** Natural logarithm of the odds for the one beside. */
    double evidence() {
        return evidence;
    }

    /** Distance of their SOC at the end of the last stretch, in their joint standard deviation. */
    double disagreement() {
        return disagreement;
    }

    /** For how long the cells have been resting, s. */
    double restS() {
        return rest.restS();
    }
}
