package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.RcBranch;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The obvious filter of one cell: full matrices, Joseph form, the textbook line by line. Guards the fast one. */
final class ReferenceEkf {
    private final CellType type;
    private final NoiseModel noise;
    private final double capacityAs;
    final DMatrixRMaj x = new DMatrixRMaj(3, 1);
    DMatrixRMaj p = new DMatrixRMaj(3, 3);

    ReferenceEkf(CellType type, NoiseModel noise, double soc, double sigma) {
        this.type = type;
        this.noise = noise;
        this.capacityAs = type.rating().capacityAh() * 3600.0;
        x.set(0, soc);
        p.set(0, 0, sigma * sigma);
        p.set(1, 1, 0.02 * 0.02);
        p.set(2, 2, 0.02 * 0.02);
    }

    void predict(double meanA, double tDegC, double dtS) {
        RcBranch one = type.circuit().branches().get(0);
        RcBranch two = type.circuit().branches().get(1);
        double a1 = StrictMath.exp(-dtS / one.tauS());
        double a2 = StrictMath.exp(-dtS / two.tauS());
        double r1 = one.resistance().ohm(x.get(0), tDegC);
        double r2 = two.resistance().ohm(x.get(0), tDegC);
        DMatrixRMaj f = CommonOps_DDRM.diag(1.0, a1, a2);
        DMatrixRMaj g = new DMatrixRMaj(3, 1, true, -dtS / capacityAs, (1 - a1) * r1, (1 - a2) * r2);
        DMatrixRMaj next = new DMatrixRMaj(3, 1);
        CommonOps_DDRM.mult(f, x, next);
        CommonOps_DDRM.addEquals(next, meanA, g);
        x.setTo(next);

        double inflate = 1.0 + 2.0 * noise.chargeCorrelationS() / dtS;
        double sigmaA = noise.currentSigmaPerH() * capacityAs / 3600.0;
        double counted = dtS / capacityAs * meanA * noise.capacitySigma();
        double drop1 = noise.resistanceSigma() * r1 * meanA;
        double drop2 = noise.resistanceSigma() * r2 * meanA;
        DMatrixRMaj q = CommonOps_DDRM.diag(
                counted * counted * inflate, (1 - a1 * a1) * drop1 * drop1, (1 - a2 * a2) * drop2 * drop2);
        CommonOps_DDRM.multAddTransB(sigmaA * sigmaA * inflate, g, g, q);
        DMatrixRMaj fp = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(f, p, fp);
        CommonOps_DDRM.multTransB(fp, f, p);
        CommonOps_DDRM.addEquals(p, q);
    }

    double correct(double voltageV, double nowA, double tDegC, double dtS) {
        double ohmicV = type.circuit().r0().ohm(x.get(0), tDegC) * nowA;
        double predictedV = type.ocv().v(x.get(0), tDegC) - x.get(1) - x.get(2) - ohmicV;
        double load = noise.resistanceSigma() * ohmicV;
        double r = (noise.modelSigmaV() * noise.modelSigmaV() + load * load)
                * (dtS > 0 ? 1.0 + 2.0 * correlationS(nowA) / dtS : 1.0);
        DMatrixRMaj h = new DMatrixRMaj(1, 3, true, type.ocv().slopeV(x.get(0), tDegC), -1.0, -1.0);
        DMatrixRMaj ph = new DMatrixRMaj(3, 1);
        CommonOps_DDRM.multTransB(p, h, ph);
        double s = CommonOps_DDRM.dot(ph, h) + r;
        DMatrixRMaj k = ph.copy();
        CommonOps_DDRM.divide(k, s);
        CommonOps_DDRM.addEquals(x, voltageV - predictedV, k);

        DMatrixRMaj a = CommonOps_DDRM.identity(3); // P = (I - K h) P (I - K h)' + K r K'
        CommonOps_DDRM.multAdd(-1.0, k, h, a);
        DMatrixRMaj ap = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(a, p, ap);
        DMatrixRMaj joseph = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(ap, a, joseph);
        CommonOps_DDRM.multAddTransB(r, k, k, joseph);
        p = joseph;
        return predictedV;
    }

    private double correlationS(double nowA) {
        return 1.0 / (1.0 / noise.modelCorrelationS() + Math.abs(nowA) / capacityAs / noise.modelCorrelationSoc());
    }
}
