package io.github.bms4j.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;

/**
 * Lithium plating, cell by cell, from how the voltage relaxes after a charge.
 *
 * <p>A sound cell's voltage falls ever more slowly: after a charge every part of the polarisation fades with the same sign, so
 * the curve is convex and lies below each of its chords. Plated lithium holds the anode's potential down until it is stripped;
 * the voltage stays up and then falls faster again. Such a cell bulges above a chord:
 *
 * <pre>
 * G  = v(t2) - w v(t1) - (1 - w) v(t3)      t1 &lt; t2 &lt; t3,  w = (t3 - t2) / (t3 - t1)
 * G &gt; 0                                     no sound cell: evidence against the model's own relaxation
 * X  = G - median G of the others &gt; 0       evidence against the neighbours, finer; scattered as the neighbours scatter
 * </pre>
 *
 * <p>All spans between {@link PlatingSettings#firstS} and the rest so far are tried, a triple of them at a time, and the clearest
 * counts until the next charge. What fails first: a load or a balancing current that begins during the rest; tell which
 * cells are {@link #bled}. When all cells plate alike only G tells, which needs a plainer plateau.
 *
 * <p>Units: V. A sample that cannot be used is HELD. Thread: one. Allocation: none after construction.
 *
 * @see "docs/theory/detectors.md"
 */
public final class PlatingDetector {
    /** A triple reaches back to half its middle's time or less, and on to at least 1.4 times it. */
    private static final double BACK = 0.5;

    private static final double ON = 1.4;

    /** What averaging does not remove, V; entropy that the cell type does not state, V/K. */
    private static final double FLOOR_V = 0.0001;

    private static final double ENTROPIC_V_PER_K = 0.0001;

    /** Median of the deviations from the median to a standard deviation, and no less than so many for sure. */
    private static final double MEDIAN_TO_SIGMA = 1.4826;

    /** A cell differs from its neighbours by this share of what they all show, at least. */
    private static final double LEAST_SHARE = 0.05;

    private static final int LEAST_NEIGHBOURS = 4;

    private final PlatingSettings settings;
    private final OcvCurve ocv;
    private final RestClock rest;
    private final double chargeA;
    private final int cells;
    private final RelaxationCurve curve;
    private final double[] spanDegC;
    private final boolean[] excluded;
    private final double[] bulge;
    private final double[] noiseV2;
    private final double[] sorted;
    private final double[] bestV;
    private final double[] bestSigmaV;
    private final double[] bestFromS;
    private final double[] bestMiddleS;
    private final double[] bestToS;
    private final boolean[] againstNeighbours;
    private final boolean[] alarmed;
    private final long[] since;

    private double chargedS;
    private boolean watching;
    private double degCSum;

    /** A detector that has seen no charge. */
    public PlatingDetector(CellType type, PackLayout layout, PlatingSettings settings) {
        this.settings = settings;
        ocv = type.ocv();
        cells = layout.cells();
        rest = new RestClock(type, layout, RestClock.REST_PER_H);
        chargeA = settings.chargePerH() * type.rating().capacityAh();
        curve = new RelaxationCurve(cells, settings.firstS(), settings.lastS());
        spanDegC = new double[curve.capacity()];
        excluded = new boolean[cells];
        bulge = new double[cells];
        noiseV2 = new double[cells];
        sorted = new double[cells];
        bestV = new double[cells];
        bestSigmaV = new double[cells];
        bestFromS = new double[cells];
        bestMiddleS = new double[cells];
        bestToS = new double[cells];
        againstNeighbours = new boolean[cells];
        alarmed = new boolean[cells];
        since = new long[cells];
        Arrays.fill(bestV, Double.NaN);
        Arrays.fill(bestSigmaV, Double.NaN);
    }

    /** Tells that balancing bleeds a cell: it is left out until the next charge has ended. */
    public void bled(int cell) {
        excluded[cell] = true;
    }

    /** Takes in a sample and the estimate made from it. */
    public StepResult step(PackSample sample, PackEstimate estimate) {
        if (!rest.step(sample, estimate)) {
            return StepResult.HELD;
        }
        if (!rest.resting()) {
            watching = false;
            boolean charging = rest.cellA() < 0.0 && !rest.gap();
            chargedS = !charging ? 0.0 : -rest.cellA() >= chargeA ? chargedS + rest.dtS() : chargedS;
            return StepResult.USED;
        }
        if (rest.restS() == 0.0) { // a rest begins
            watching = chargedS >= settings.chargeS() && !rest.gap();
            chargedS = 0.0;
            if (watching) {
                begin();
            }
        }
        if (watching && curve.wants(rest.restS()) && sample.cellVoltage().allUsable()) {
            take(sample, estimate);
        }
        return StepResult.USED;
    }

    private void begin() {
        curve.start();
        degCSum = 0.0;
        Arrays.fill(bestV, Double.NaN);
        Arrays.fill(bestSigmaV, Double.NaN);
        Arrays.fill(alarmed, false);
        Arrays.fill(excluded, false);
        Arrays.fill(againstNeighbours, false);
    }

    /** Voltages freed from the entropy that the cell type states, so that cooling down is no relaxation. */
    private void take(PackSample sample, PackEstimate estimate) {
        double degC = 0.0;
        for (int c = 0; c < cells; c++) {
            double tDegC = sample.cellTemperatureDegC(c);
            double shiftK = tDegC - ocv.referenceDegC();
            double entropyV = Double.isNaN(shiftK) ? 0.0 : ocv.entropicVPerK(estimate.soc(c)) * shiftK;
            curve.take(c, sample.cellVoltage().value(c) - entropyV);
            degC += tDegC / cells;
        }
        degCSum += degC;
        int span = curve.spans();
        if (curve.took(rest.restS())) {
            spanDegC[span] = degCSum / curve.readings(span);
            degCSum = 0.0;
            tryTriples(span, sample.nanos());
        }
    }

    /** All triples that the newest span closes. */
    private void tryTriples(int to, long nanos) {
        for (int middle = 1; middle < to; middle++) {
            if (curve.atS(to) < ON * curve.atS(middle)) {
                break;
            }
            for (int from = 0; from < middle && curve.atS(from) <= BACK * curve.atS(middle); from++) {
                tryTriple(from, middle, to, nanos);
            }
        }
    }

    private void tryTriple(int from, int middle, int to, long nanos) {
        double w = (curve.atS(to) - curve.atS(middle)) / (curve.atS(to) - curve.atS(from));
        double bendK = Math.abs(spanDegC[middle] - w * spanDegC[from] - (1.0 - w) * spanDegC[to]);
        double perReading = 1.0 / curve.readings(middle)
                + w * w / curve.readings(from)
                + (1.0 - w) * (1.0 - w) / curve.readings(to);
        int n = 0;
        for (int c = 0; c < cells; c++) {
            bulge[c] = curve.v(middle, c) - w * curve.v(from, c) - (1.0 - w) * curve.v(to, c);
            noiseV2[c] = curve.noiseV2(c) * perReading + FLOOR_V * FLOOR_V;
            if (!excluded[c]) {
                sorted[n++] = bulge[c];
            }
        }
        double entropyV = Double.isNaN(bendK) ? 0.0 : ENTROPIC_V_PER_K * bendK;
        double usual = median(n);
        double scatter = MEDIAN_TO_SIGMA * deviation(usual);
        double spread = Math.max(scatter, LEAST_SHARE * Math.abs(usual));
        for (int c = 0; c < cells; c++) {
            if (excluded[c]) {
                continue;
            }
            offer(c, bulge[c], Math.sqrt(noiseV2[c] + entropyV * entropyV), false, from, middle, to, nanos);
            if (n > LEAST_NEIGHBOURS) {
                double sigma = Math.sqrt(noiseV2[c] + spread * spread);
                offer(c, bulge[c] - usual, sigma, true, from, middle, to, nanos);
            }
        }
    }

    private double median(int n) {
        Arrays.sort(sorted, 0, n);
        return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }

    /** Median of the deviations from the median, of all cells that take part. */
    private double deviation(double usual) {
        int n = 0;
        for (int c = 0; c < cells; c++) {
            if (!excluded[c]) {
                sorted[n++] = Math.abs(bulge[c] - usual);
            }
        }
        return median(n);
    }

    /** The triple whose interval has the highest lower end is what is known of the cell. */
    private void offer(
            int c, double value, double sigma, boolean neighbours, int from, int middle, int to, long nanos) {
        double low = value - settings.sigmas() * sigma;
        if (low > lowV(c) || Double.isNaN(bestV[c])) {
            bestV[c] = value;
            bestSigmaV[c] = sigma;
            bestFromS[c] = curve.atS(from);
            bestMiddleS[c] = curve.atS(middle);
            bestToS[c] = curve.atS(to);
            againstNeighbours[c] = neighbours;
        }
        if (low > settings.alarmV() && !alarmed[c]) {
            alarmed[c] = true;
            since[c] = nanos;
        }
    }

    /** Half width of an interval, in standard deviations. */
    double sigmas() {
        return settings.sigmas();
    }

    /** Takes up what the relaxation of before the restart spoke for; it stands until the next charge has ended. */
    void recall(int cell, double value, double sigmaV) {
        bestV[cell] = value;
        bestSigmaV[cell] = sigmaV;
        alarmed[cell] = lowV(cell) > settings.alarmV();
    }

    /** Bulge of a cell's relaxation, V, by its clearest triple since the last charge; NaN while there is none. */
    public double bulgeV(int cell) {
        return bestV[cell];
    }

    /** Lower end of its interval, V. */
    public double lowV(int cell) {
        return bestV[cell] - settings.sigmas() * bestSigmaV[cell];
    }

    /** Upper end of its interval, V. */
    public double highV(int cell) {
        return bestV[cell] + settings.sigmas() * bestSigmaV[cell];
    }

    /** Whether that is the excess over the neighbours; otherwise the bulge itself. */
    public boolean againstNeighbours(int cell) {
        return againstNeighbours[cell];
    }

    /** Times of the clearest triple since the end of the charge, s: 0 where it begins, 1 its middle, 2 where it ends. */
    public double tripleS(int cell, int which) {
        return (which == 0 ? bestFromS : which == 1 ? bestMiddleS : bestToS)[cell];
    }

    /** Whether the relaxation since the last charge speaks for plating. */
    public boolean alarmed(int cell) {
        return alarmed[cell];
    }

    /** Whether any cell is alarmed. */
    public boolean anyAlarmed() {
        for (boolean one : alarmed) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** What is known of a cell; allocates. */
    public Finding finding(int cell) {
        return new Finding(
                Suspect.CELL_PLATING,
                cell,
                bestV[cell],
                lowV(cell),
                highV(cell),
                alarmed[cell] ? since[cell] : rest.nanos());
    }
}
