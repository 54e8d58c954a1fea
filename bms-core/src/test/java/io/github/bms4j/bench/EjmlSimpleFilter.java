package io.github.bms4j.bench;

import org.ejml.simple.SimpleMatrix;

/** EJML's object-oriented interface, equation by equation; every operation makes a new matrix. */
final class EjmlSimpleFilter implements PeerFilter {
    private final PeerModel model;
    private final SimpleMatrix f = SimpleMatrix.diag(1.0, PeerModel.A1, PeerModel.A2);
    private final SimpleMatrix q = SimpleMatrix.diag(PeerModel.Q_SOC, PeerModel.Q_RC, PeerModel.Q_RC);
    private final SimpleMatrix r = new SimpleMatrix(new double[] {PeerModel.R});
    private final SimpleMatrix[] x;
    private final SimpleMatrix[] p;

    EjmlSimpleFilter(PeerModel model) {
        this.model = model;
        x = new SimpleMatrix[model.perAs.length];
        p = new SimpleMatrix[model.perAs.length];
    }

    @Override
    public void start() {
        for (int c = 0; c < x.length; c++) {
            x[c] = new SimpleMatrix(new double[] {Drive.START_SOC, 0.0, 0.0});
            p[c] = SimpleMatrix.diag(PeerModel.START);
        }
    }

    @Override
    public void step(double currentA, double[] cellV) {
        for (int c = 0; c < x.length; c++) {
            SimpleMatrix drive = new SimpleMatrix(new double[] {
                -currentA * model.perAs[c],
                (1.0 - PeerModel.A1) * model.r1Ohm[c] * currentA,
                (1.0 - PeerModel.A2) * model.r2Ohm[c] * currentA
            });
            x[c] = f.mult(x[c]).plus(drive);
            p[c] = f.mult(p[c]).mult(f.transpose()).plus(q);
            double soc = x[c].get(0);
            SimpleMatrix h = new SimpleMatrix(1, 3, true, model.slopeV(soc), -1.0, -1.0);
            double predicted = model.ocvV(soc) - x[c].get(1) - x[c].get(2) - model.r0Ohm[c] * currentA;
            SimpleMatrix residual = new SimpleMatrix(new double[] {cellV[c] - predicted});
            SimpleMatrix s = h.mult(p[c]).mult(h.transpose()).plus(r);
            SimpleMatrix k = p[c].mult(h.transpose().mult(s.invert()));
            x[c] = x[c].plus(k.mult(residual));
            p[c] = p[c].minus(k.mult(h).mult(p[c]));
        }
    }

    @Override
    public double soc() {
        return x[0].get(0);
    }
}
