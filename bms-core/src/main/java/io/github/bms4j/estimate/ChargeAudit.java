package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;

/**
 * The audit trail that runs beside whatever estimator is in charge: a {@link CoulombCounter} that begins anew where a cell's
 * voltage after a rest is surer than the count.
 *
 * <p>Of the estimate it uses the polarisation that is left after the rest, never the SOC, so that count and filter stay two
 * witnesses. Thread: one. Allocation: none per step.
 */
public final class ChargeAudit {
    private final CoulombCounter counter;
    private final RestAnchor rest;

    /** An audit of all cells of a pack; {@link #start} it before the first step. */
    public ChargeAudit(CellType type, PackLayout layout, NoiseModel noise) {
        counter = new CoulombCounter(type, layout, noise);
        rest = new RestAnchor(type, layout, noise);
    }

    /** Starts every cell at one SOC, 0…1, with its standard deviation, above 0. */
    public void start(double soc, double sigma) {
        counter.start(soc, sigma);
    }

    /** Starts every cell at a SOC of its own, 0…1, with its standard deviation, above 0. */
    public void startEach(double[] soc, double[] sigma) {
        counter.startEach(soc, sigma);
    }

    /** Counts one sample; {@code estimate} is what the estimator made of it. */
    public void step(PackSample sample, PackEstimate estimate) {
        if (counter.step(sample) == StepResult.HELD || !rest.step(sample) || !estimate.known()) {
            return;
        }
        for (int c = 0; c < counter.cells(); c++) {
            if (rest.read(c, sample, estimate)) {
                counter.anchorAtRest(c, rest.soc(), rest.sigma());
            }
        }
    }

    /** The count. */
    public CoulombCounter counter() {
        return counter;
    }
}
