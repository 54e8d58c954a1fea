package io.github.bms4j.bench;

import org.ejml.data.DMatrix3;
import org.ejml.data.DMatrix3x3;
import org.ejml.dense.fixed.CommonOps_DDF3;

/** EJML's matrices of fixed size, written out for three rows and columns. */
final class EjmlFixedFilter implements PeerFilter {
    private final PeerModel model;
    private final DMatrix3x3 f = diag(1.0, PeerModel.A1, PeerModel.A2);
    private final DMatrix3x3 q = diag(PeerModel.Q_SOC, PeerModel.Q_RC, PeerModel.Q_RC);
    private final DMatrix3[] x;
    private final DMatrix3x3[] p;
    private final DMatrix3 next = new DMatrix3();
    private final DMatrix3 drive = new DMatrix3();
    private final DMatrix3x3 fp = new DMatrix3x3();
    private final DMatrix3 h = new DMatrix3(0.0, -1.0, -1.0);
    private final DMatrix3 g = new DMatrix3();
    private final DMatrix3 k = new DMatrix3();

    EjmlFixedFilter(PeerModel model) {
        this.model = model;
        x = new DMatrix3[model.perAs.length];
        p = new DMatrix3x3[model.perAs.length];
    }

    private static DMatrix3x3 diag(double a, double b, double c) {
        return new DMatrix3x3(a, 0.0, 0.0, 0.0, b, 0.0, 0.0, 0.0, c);
    }

    @Override
    public void start() {
        for (int c = 0; c < x.length; c++) {
            x[c] = new DMatrix3(Drive.START_SOC, 0.0, 0.0);
            p[c] = diag(PeerModel.START[0], PeerModel.START[1], PeerModel.START[2]);
        }
    }

    @Override
    public void step(double currentA, double[] cellV) {
        for (int c = 0; c < x.length; c++) {
            drive.setTo(
                    -currentA * model.perAs[c],
                    (1.0 - PeerModel.A1) * model.r1Ohm[c] * currentA,
                    (1.0 - PeerModel.A2) * model.r2Ohm[c] * currentA);
            CommonOps_DDF3.mult(f, x[c], next);
            CommonOps_DDF3.add(next, drive, x[c]);
            CommonOps_DDF3.mult(f, p[c], fp);
            CommonOps_DDF3.multTransB(fp, f, p[c]);
            CommonOps_DDF3.addEquals(p[c], q);
            h.a1 = model.slopeV(x[c].a1);
            double predicted = model.ocvV(x[c].a1) - x[c].a2 - x[c].a3 - model.r0Ohm[c] * currentA;
            CommonOps_DDF3.mult(p[c], h, g);
            double s = CommonOps_DDF3.dot(h, g) + PeerModel.R;
            CommonOps_DDF3.divide(g, s, k);
            double residual = cellV[c] - predicted;
            x[c].a1 += residual * k.a1;
            x[c].a2 += residual * k.a2;
            x[c].a3 += residual * k.a3;
            CommonOps_DDF3.multAddOuter(1.0, p[c], -1.0, k, g, p[c]);
        }
    }

    @Override
    public double soc() {
        return x[0].a1;
    }
}
