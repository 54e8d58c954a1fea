package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellDeltasTest {
    private static final double[] START = {0.03, 0.10, 0.03, 0.002};
    private static final double DAY = 86_400.0;
    private static final double[] DRIFT = {
        0.002 * 0.002 / DAY, 0.05 * 0.05 / 3600.0, 0.0003 * 0.0003 / DAY, 0.0001 * 0.0001 / DAY
    };

    /** The same filter with full matrices in Joseph form. */
    private static final class Reference {
        final DMatrixRMaj x = new DMatrixRMaj(4, 1);
        DMatrixRMaj p = new DMatrixRMaj(4, 4);
        final double share;

        Reference(int cells) {
            share = 1.0 - 1.0 / cells;
            for (int j = 0; j < 4; j++) {
                p.set(j, j, share * START[j] * START[j]);
            }
        }

        void drift(double moved, double dtS) {
            DMatrixRMaj f = CommonOps_DDRM.identity(4);
            f.set(0, 2, moved);
            DMatrixRMaj next = new DMatrixRMaj(4, 1);
            CommonOps_DDRM.mult(f, x, next);
            x.setTo(next);
            DMatrixRMaj fp = new DMatrixRMaj(4, 4);
            CommonOps_DDRM.mult(f, p, fp);
            CommonOps_DDRM.multTransB(fp, f, p);
            for (int j = 0; j < 4; j++) {
                p.add(j, j, share * DRIFT[j] * dtS);
            }
        }

        void correct(double residual, double slopeV, double dropV, double barV, double movedSoc, double dtS) {
            double r = (0.002 * 0.002 + 0.05 * dropV * 0.05 * dropV + barV * barV)
                    * (1.0 + 2.0 / (dtS / 600.0 + movedSoc / 0.03));
            DMatrixRMaj h = new DMatrixRMaj(1, 4, true, slopeV, -dropV, 0.0, 1.0);
            DMatrixRMaj k = new DMatrixRMaj(4, 1);
            CommonOps_DDRM.multTransB(p, h, k);
            CommonOps_DDRM.divide(k, CommonOps_DDRM.dot(h, k) + r);
            CommonOps_DDRM.addEquals(x, residual, k);
            DMatrixRMaj a = CommonOps_DDRM.identity(4);
            CommonOps_DDRM.multAdd(-1.0, k, h, a);
            DMatrixRMaj ap = new DMatrixRMaj(4, 4);
            CommonOps_DDRM.mult(a, p, ap);
            DMatrixRMaj joseph = new DMatrixRMaj(4, 4);
            CommonOps_DDRM.multTransB(ap, a, joseph);
            CommonOps_DDRM.multAddTransB(r, k, k, joseph);
            p = joseph;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheTextbookFilterInJosephForm(long seed) {
        Random random = new Random(seed);
        CellDeltas deltas = new CellDeltas(8);
        deltas.start();
        Reference reference = new Reference(8);
        for (int k = 0; k < 400; k++) {
            double moved = 0.02 * (random.nextDouble() - 0.5);
            double dtS = 1.0 + 100.0 * random.nextDouble();
            deltas.drift(5, moved, dtS);
            reference.drift(moved, dtS);
            if (random.nextInt(4) > 0) {
                double residual = 0.01 * random.nextGaussian();
                double slopeV = 1.5 * random.nextDouble();
                double dropV = 0.2 * random.nextGaussian();
                double barV = 0.004 * random.nextGaussian();
                deltas.correct(5, residual, slopeV, dropV, barV, Math.abs(moved), dtS);
                reference.correct(residual, slopeV, dropV, barV, Math.abs(moved), dtS);
            }
            for (int j = 0; j < 4; j++) {
                String at = "seed " + seed + " step " + k + " state " + j;
                assertEquals(reference.x.get(j), deltas.state(j, 5), 1e-11, at);
                assertEquals(reference.p.get(j, j), deltas.variance(j, 5), 1e-9 * START[j] * START[j], at);
            }
        }
        assertEquals(0.0, deltas.state(0, 4), "the neighbour is another filter");
        assertEquals(7.0 / 8.0 * 0.0009, deltas.variance(0, 4), 1e-15);
    }

    @Test
    void followsTheMeanByItsCapacityBetweenVisits() {
        CellDeltas deltas = new CellDeltas(2);
        deltas.start();
        deltas.soc(1, 0.02, 0.01);
        assertEquals(0.5 * 0.0001, deltas.variance(0, 1), 1e-15);
        assertEquals(0.02, deltas.soc(1, -0.5));
        for (int k = 0; k < 200; k++) { // a cell of 10 % less capacity on a steep curve
            double moved = k % 2 == 0 ? -0.5 : 0.5;
            deltas.drift(1, moved, 1000.0);
            double truth = 0.02 + (k % 2 == 0 ? -0.05 : 0.0);
            double residual = truth - deltas.state(0, 1) - deltas.state(3, 1);
            deltas.correct(1, residual, 1.0, 0.0, 0.0, 0.5, 1000.0);
        }
        assertEquals(0.1, deltas.state(2, 1), 0.005);
        assertEquals(deltas.state(0, 1) - 0.5 * deltas.state(2, 1), deltas.soc(1, -0.5));
        deltas.start();
        assertEquals(0.0, deltas.state(2, 1));
    }

    @Test
    void aSingleCellDoesNotDifferFromItself() {
        CellDeltas deltas = new CellDeltas(1);
        deltas.start();
        deltas.drift(0, -0.5, 1e6);
        deltas.correct(0, 0.0, 1.0, 0.1, 0.0, 0.5, 1e6);
        for (int j = 0; j < 4; j++) {
            assertEquals(0.0, deltas.state(j, 0));
            assertEquals(0.0, deltas.variance(j, 0));
        }
    }

    @Tag("endurance")
    @Test
    void keepsAPositiveVarianceOverAMillionHarshVisits() {
        long seed = 21;
        Random random = new Random(seed);
        CellDeltas deltas = new CellDeltas(3);
        deltas.start();
        for (int k = 0; k < 1_000_000; k++) {
            deltas.drift(1, random.nextGaussian(), random.nextDouble());
            deltas.correct(1, random.nextGaussian(), 100.0 * random.nextDouble(), random.nextGaussian(), 0.0, 1e6, 1e9);
            for (int j = 0; j < 4; j++) {
                assertTrue(deltas.variance(j, 1) > 0.0, "seed " + seed + " step " + k + " state " + j);
            }
        }
    }
}
