package io.github.bms4j.estimate;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** A Kalman filter with one measurement, full matrices and Joseph's form, line by line: guards the fast ones. */
final class JosephFilter {
    final DMatrixRMaj x;
    DMatrixRMaj p;

    JosephFilter(int states) {
        x = new DMatrixRMaj(states, 1);
        p = new DMatrixRMaj(states, states);
    }

    double x(int i) {
        return x.get(i);
    }

    double p(int i, int j) {
        return p.get(i, j);
    }

    /** x = F x + drive, P = F P F' + Q. */
    void predict(DMatrixRMaj f, double[] drive, double[] q) {
        DMatrixRMaj next = new DMatrixRMaj(x.numRows, 1, true, drive);
        CommonOps_DDRM.multAdd(f, x, next);
        x.setTo(next);
        DMatrixRMaj fp = new DMatrixRMaj(x.numRows, x.numRows);
        CommonOps_DDRM.mult(f, p, fp);
        DMatrixRMaj grown = CommonOps_DDRM.diag(q);
        CommonOps_DDRM.multAddTransB(fp, f, grown);
        p = grown;
    }

    double innovationVariance(double[] h, double r) {
        DMatrixRMaj row = new DMatrixRMaj(1, h.length, true, h);
        DMatrixRMaj ph = new DMatrixRMaj(h.length, 1);
        CommonOps_DDRM.multTransB(p, row, ph);
        return CommonOps_DDRM.dot(ph, row) + r;
    }

    /** x = x + K residual, P = (I - K h) P (I - K h)' + K r K' with K = gate P h' / s. */
    void correct(double[] h, double r, double residual, double[] gate) {
        int n = h.length;
        DMatrixRMaj row = new DMatrixRMaj(1, n, true, h);
        DMatrixRMaj k = new DMatrixRMaj(n, 1);
        CommonOps_DDRM.multTransB(p, row, k);
        double s = CommonOps_DDRM.dot(k, row) + r;
        for (int i = 0; i < n; i++) {
            k.set(i, gate[i] * k.get(i) / s);
        }
        CommonOps_DDRM.addEquals(x, residual, k);
        DMatrixRMaj a = CommonOps_DDRM.identity(n);
        CommonOps_DDRM.multAdd(-1.0, k, row, a);
        DMatrixRMaj ap = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(a, p, ap);
        DMatrixRMaj joseph = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(ap, a, joseph);
        CommonOps_DDRM.multAddTransB(r, k, k, joseph);
        p = joseph;
    }

    /** Smallest eigenvalue of P scaled to a unit diagonal (zero rows left out). */
    static double leastEigenvalue(DMatrixRMaj p) {
        int n = p.numRows;
        DMatrixRMaj scaled = CommonOps_DDRM.identity(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double d = Math.sqrt(p.get(i, i) * p.get(j, j));
                if (i != j && d > 0.0) {
                    scaled.set(i, j, p.get(i, j) / d);
                }
            }
        }
        var eigen = DecompositionFactory_DDRM.eig(n, false, true);
        eigen.decompose(scaled);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            least = Math.min(least, eigen.getEigenvalue(i).getReal());
        }
        return least;
    }
}
