package io.github.bms4j.bench;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** EJML's procedural interface, equation by equation, with matrices made once. */
final class EjmlInPlaceFilter implements PeerFilter {
    private final PeerModel model;
    private final DMatrixRMaj f = CommonOps_DDRM.diag(1.0, PeerModel.A1, PeerModel.A2);
    private final DMatrixRMaj q = CommonOps_DDRM.diag(PeerModel.Q_SOC, PeerModel.Q_RC, PeerModel.Q_RC);
    private final DMatrixRMaj[] x;
    private final DMatrixRMaj[] p;
    private final DMatrixRMaj next = new DMatrixRMaj(3, 1);
    private final DMatrixRMaj drive = new DMatrixRMaj(3, 1);
    private final DMatrixRMaj fp = new DMatrixRMaj(3, 3);
    private final DMatrixRMaj h = new DMatrixRMaj(1, 3, true, 0.0, -1.0, -1.0);
    private final DMatrixRMaj hp = new DMatrixRMaj(1, 3);
    private final DMatrixRMaj s = new DMatrixRMaj(1, 1);
    private final DMatrixRMaj r = new DMatrixRMaj(1, 1, true, PeerModel.R);
    private final DMatrixRMaj inverse = new DMatrixRMaj(1, 1);
    private final DMatrixRMaj hs = new DMatrixRMaj(3, 1);
    private final DMatrixRMaj residual = new DMatrixRMaj(1, 1);
    private final DMatrixRMaj k = new DMatrixRMaj(3, 1);

    EjmlInPlaceFilter(PeerModel model) {
        this.model = model;
        x = new DMatrixRMaj[model.perAs.length];
        p = new DMatrixRMaj[model.perAs.length];
    }

    @Override
    public void start() {
        for (int c = 0; c < x.length; c++) {
            x[c] = new DMatrixRMaj(3, 1, true, Drive.START_SOC, 0.0, 0.0);
            p[c] = CommonOps_DDRM.diag(PeerModel.START);
        }
    }

    @Override
    public void step(double currentA, double[] cellV) {
        for (int c = 0; c < x.length; c++) {
            drive.set(0, -currentA * model.perAs[c]);
            drive.set(1, (1.0 - PeerModel.A1) * model.r1Ohm[c] * currentA);
            drive.set(2, (1.0 - PeerModel.A2) * model.r2Ohm[c] * currentA);
            CommonOps_DDRM.mult(f, x[c], next);
            CommonOps_DDRM.add(next, drive, x[c]);
            CommonOps_DDRM.mult(f, p[c], fp);
            CommonOps_DDRM.multTransB(fp, f, p[c]);
            CommonOps_DDRM.addEquals(p[c], q);
            double soc = x[c].get(0);
            h.set(0, model.slopeV(soc));
            double predicted = model.ocvV(soc) - x[c].get(1) - x[c].get(2) - model.r0Ohm[c] * currentA;
            residual.set(0, cellV[c] - predicted);
            CommonOps_DDRM.mult(h, p[c], hp); // S = H P H' + R
            CommonOps_DDRM.multTransB(hp, h, s);
            CommonOps_DDRM.addEquals(s, r);
            CommonOps_DDRM.invert(s, inverse);
            CommonOps_DDRM.multTransA(h, inverse, hs); // K = P H' inverse(S)
            CommonOps_DDRM.mult(p[c], hs, k);
            CommonOps_DDRM.mult(k, residual, drive); // x = x + K y
            CommonOps_DDRM.addEquals(x[c], drive);
            CommonOps_DDRM.mult(k, hp, fp); // P = P - K (H P)
            CommonOps_DDRM.subtractEquals(p[c], fp);
        }
    }

    @Override
    public double soc() {
        return x[0].get(0);
    }
}
