package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The obvious filter of one cell: full matrices, F and H written out, Joseph form with its three products, the textbook line by
 * line. Guards the fast one. States: SOC, v1, v2, hysteresis, relative error of R0, current offset, lasting voltage error,
 * voltage offset (of no variance where the noise model leaves it to the lasting error).
 */
final class ReferenceEkf {
    static final int N = 8;

    private final CellType type;
    private final NoiseModel noise;
    private final double q; // As
    final DMatrixRMaj x = new DMatrixRMaj(N, 1);
    final DMatrixRMaj p = new DMatrixRMaj(N, N);
    double v3;
    private double settledA;
    private boolean first = true;
    /** What the last voltage missed what was expected by, V, and the variance of that, V². */
    double innovationV;

    double innovationV2;
    /** Whether the lasting error stays instead of fading: the reading has jumped. */
    boolean errorStays;

    ReferenceEkf(CellType type, NoiseModel noise) {
        this.type = type;
        this.noise = noise;
        this.q = type.rating().capacityAh() * 3600.0;
    }

    private double ohm(int branch, double soc, double tDegC) {
        List<RcBranch> branches = type.circuit().branches();
        return branch < branches.size() ? branches.get(branch).resistance().ohm(soc, tDegC) : 0.0;
    }

    private double beyond(double tDegC) {
        ModelError error = type.error();
        double far = Math.max(error.coldestDegC() - tDegC, tDegC - error.warmestDegC());
        return noise.circuit().perKelvin() * Math.max(0.0, far);
    }

    private double lastingV2(double soc, double tDegC) {
        NoiseModel.VoltageNoise v = noise.voltage();
        double own = Math.max(v.leastV(), type.error().sigmaV(tDegC));
        double axis = v.socSigma() * type.ocv().slopeV(soc, tDegC);
        double offset = v.offsetAlone() ? 0.0 : v.offsetV();
        return own * own + offset * offset + axis * axis;
    }

    void open(double soc, double sigma, double nowA, double tDegC) {
        double capacityAh = q / 3600.0;
        boolean rest = Math.abs(nowA) < 0.02 * capacityAh;
        double spreadA =
                capacityAh * (rest ? noise.start().restPerH() : noise.start().loadPerH());
        double meanA = rest
                ? 0.0
                : Math.signum(nowA) * Math.min(Math.abs(nowA), noise.start().meanPerH() * capacityAh);
        p.zero();
        x.zero();
        x.set(0, soc);
        x.set(1, ohm(0, soc, tDegC) * meanA);
        x.set(2, ohm(1, soc, tDegC) * meanA);
        v3 = ohm(2, soc, tDegC) * meanA;
        p.set(0, 0, sigma * sigma);
        p.set(1, 1, Math.pow(ohm(0, soc, tDegC) * spreadA, 2) + 1e-8);
        p.set(2, 2, ohm(1, soc, tDegC) > 0.0 ? Math.pow(ohm(1, soc, tDegC) * spreadA, 2) + 1e-8 : 0.0);
        p.set(3, 3, 1.0 / 3.0);
        p.set(4, 4, Math.pow(noise.circuit().r0Sigma() + beyond(tDegC), 2));
        p.set(5, 5, Math.pow(noise.current().offsetPerH() * capacityAh, 2));
        p.set(6, 6, lastingV2(soc, tDegC) + Math.pow(ohm(2, soc, tDegC) * spreadA, 2));
        p.set(7, 7, noise.voltage().offsetAlone() ? Math.pow(noise.voltage().offsetV(), 2) : 0.0);
        settledA = nowA;
        first = true;
    }

    void predict(double lastA, double nowA, double tDegC, double dtS) {
        double meanA = 0.5 * (lastA + nowA);
        double counted = meanA < 0.0 ? type.rating().coulombicEfficiency() * meanA : meanA;
        double soc = x.get(0) + (x.get(5) - counted) * dtS / q; // resistances are those of the SOC the step leads to
        double way = Math.abs(counted) * dtS / q;
        double[] a = new double[3];
        for (int j = 0; j < 3; j++) {
            List<RcBranch> branches = type.circuit().branches();
            a[j] = j < branches.size() ? Math.exp(-dtS / branches.get(j).tauS()) : 0.0;
        }
        double stay = 1.0 - type.ocv().hysteresis().turn(way);
        double biasStay = Math.exp(-dtS / noise.current().memoryS());
        double errorStay = Math.exp(
                -dtS / noise.voltage().memoryS() - way / noise.voltage().memorySoc());

        DMatrixRMaj f = CommonOps_DDRM.diag(1.0, a[0], a[1], stay, 1.0, biasStay, errorStays ? 1.0 : errorStay, 1.0);
        f.set(0, 5, dtS / q);
        DMatrixRMaj drive = new DMatrixRMaj(N, 1);
        drive.set(0, -counted * dtS / q);
        drive.set(1, (1.0 - a[0]) * ohm(0, soc, tDegC) * meanA);
        drive.set(2, (1.0 - a[1]) * ohm(1, soc, tDegC) * meanA);
        drive.set(3, (1.0 - stay) * Math.signum(-meanA));
        v3 = a[2] * v3 + (1.0 - a[2]) * ohm(2, soc, tDegC) * meanA;

        DMatrixRMaj next = new DMatrixRMaj(N, 1);
        CommonOps_DDRM.mult(f, x, next);
        CommonOps_DDRM.add(next, drive, x);
        DMatrixRMaj fp = new DMatrixRMaj(N, N);
        CommonOps_DDRM.mult(f, p, fp);
        CommonOps_DDRM.multTransB(fp, f, p);

        double surprise =
                Math.max(0.0, Math.abs(x.get(4)) - 2.0 * noise.circuit().r0Sigma());
        double beyond = beyond(tDegC) + surprise;
        double gain = noise.current().gainSigma();
        add(0, 2.0 * 0.15 * gain * gain * way);
        double steep = beyond
                + noise.circuit().axisSigma()
                        * Math.abs(slope(0, soc, tDegC) + slope(1, soc, tDegC))
                        / (ohm(0, soc, tDegC) + ohm(1, soc, tDegC));
        add(1, branch(0, a[0], soc, tDegC, meanA, dtS, steep));
        add(2, branch(1, a[1], soc, tDegC, meanA, dtS, steep));
        add(3, (1.0 - stay * stay) * Math.pow(noise.circuit().hysteresisSigma(), 2));
        add(
                4,
                2.0
                        * way
                        / noise.circuit().r0MemorySoc()
                        * Math.pow(noise.circuit().r0Sigma() + beyond, 2));
        add(5, (1.0 - biasStay * biasStay) * Math.pow(noise.current().offsetPerH() * q / 3600.0, 2));
        double polarisation = (noise.circuit().polarisationSigma() + steep) * (x.get(1) + x.get(2) + v3);
        add(6, (1.0 - errorStay * errorStay) * (lastingV2(x.get(0), tDegC) + polarisation * polarisation));
        settledA = nowA + (settledA - nowA) * Math.exp(-dtS / noise.sample().stepMemoryS());
    }

    private double branch(int j, double a, double soc, double tDegC, double meanA, double dtS, double beyond) {
        if (ohm(j, soc, tDegC) == 0.0) {
            return 0.0;
        }
        double tauS = type.circuit().branches().get(j).tauS();
        double drive = (1.0 - a) * (noise.circuit().branchSigma() + beyond) * ohm(j, soc, tDegC) * meanA;
        return drive * drive * (1.0 + 2.0 * tauS / dtS);
    }

    private double slope(int branch, double soc, double tDegC) {
        return (ohm(branch, soc + 1e-6, tDegC) - ohm(branch, soc - 1e-6, tDegC)) / 2e-6;
    }

    private void add(int j, double variance) {
        p.add(j, j, variance);
    }

    private double openV(double soc, double hysteresis, double tDegC) {
        OcvCurve ocv = type.ocv();
        if (soc < 0.0) {
            return openV(0.0, hysteresis, tDegC) + soc * Math.max(20.0, ocv.slopeV(-1.0, tDegC));
        }
        if (soc > 1.0) {
            return openV(1.0, hysteresis, tDegC) + (soc - 1.0) * Math.max(20.0, ocv.slopeV(2.0, tDegC));
        }
        return ocv.v(soc, tDegC) + hysteresis * ocv.hysteresis().halfGapV(soc);
    }

    private double openSlopeV(double soc, double hysteresis, double tDegC) {
        OcvCurve ocv = type.ocv();
        return soc < 0.0 || soc > 1.0
                ? Math.max(20.0, ocv.slopeV(soc, tDegC))
                : ocv.slopeV(soc, tDegC) + hysteresis * ocv.hysteresis().halfGapSlopeV(soc);
    }

    /** R0 with the error it is held to have, ohm. */
    double r0Ohm(double tDegC) {
        return (1.0 + x.get(4)) * type.circuit().r0().ohm(x.get(0), tDegC);
    }

    /** A jump of the reading, V: its lasting error is unknown by as much. */
    void jumped(double byV) {
        add(6, byV * byV);
    }

    /** Returns the voltage expected before the correction. */
    double correct(double voltageV, double nowA, double tDegC, double dtS) {
        double soc = x.get(0);
        double hysteresis = x.get(3);
        double r0 = type.circuit().r0().ohm(soc, tDegC);
        ResistanceMap map = type.circuit().r0();
        double r0Slope = (map.ohm(soc + 1e-6, tDegC) - map.ohm(soc - 1e-6, tDegC)) / 2e-6;
        double freshA = nowA - settledA;
        NoiseModel.SampleNoise quick = noise.sample();
        double r = (Math.pow(quick.sigmaV(), 2) + Math.pow(quick.stepShare() * r0 * freshA, 2))
                * (dtS > 0.0 ? 1.0 + 2.0 * quick.memoryS() / dtS : 1.0);
        double beside = -x.get(1) - x.get(2) - v3 - (1.0 + x.get(4)) * r0 * nowA + x.get(6) + x.get(7);

        double aboutSoc = soc;
        double aboutVariance = p.get(0, 0);
        double returned = Double.NaN;
        DMatrixRMaj h = new DMatrixRMaj(1, N);
        DMatrixRMaj ph = new DMatrixRMaj(N, 1);
        double residual = 0.0;
        double s = 0.0;
        double noiseV2 = r;
        for (int pass = 0; pass < (first ? 6 : 1); pass++) {
            double slope = openSlopeV(aboutSoc, hysteresis, tDegC);
            double middle = openV(aboutSoc, hysteresis, tDegC);
            noiseV2 = r;
            if (first) { // statistical linearisation about the latest guess
                double reach = Math.sqrt(3.0 * aboutVariance);
                double above = openV(aboutSoc + reach, hysteresis, tDegC);
                double below = openV(aboutSoc - reach, hysteresis, tDegC);
                double mean = (above + below + 4.0 * middle) / 6.0;
                double variance =
                        (Math.pow(above - mean, 2) + Math.pow(below - mean, 2) + 4.0 * Math.pow(middle - mean, 2))
                                / 6.0;
                slope = (above - below) / (2.0 * reach);
                noiseV2 = r + variance - slope * slope * aboutVariance;
                middle = mean;
            }
            h.set(0, 0, first ? slope : slope - r0Slope * nowA);
            h.set(0, 1, -1.0);
            h.set(0, 2, -1.0);
            h.set(0, 3, type.ocv().hysteresis().halfGapV(aboutSoc));
            h.set(0, 4, -r0 * nowA);
            h.set(0, 5, 0.0);
            h.set(0, 6, 1.0);
            h.set(0, 7, 1.0);
            double expected = middle + slope * (soc - aboutSoc) + beside;
            CommonOps_DDRM.multTransB(p, h, ph);
            s = CommonOps_DDRM.dot(ph, h) + noiseV2;
            residual = voltageV - expected;
            if (pass == 0) {
                returned = expected;
                innovationV = residual;
                innovationV2 = s;
            }
            aboutSoc = soc + ph.get(0) / s * residual;
            aboutVariance = p.get(0, 0) - ph.get(0) * ph.get(0) / s;
        }
        first = false;
        double sigmas = Math.abs(residual) / Math.sqrt(s);
        if (sigmas > 3.0) { // pulls like one three off: the measurement's own variance is taken to be larger
            noiseV2 += s * (sigmas / 3.0 - 1.0);
            s *= sigmas / 3.0;
        }
        DMatrixRMaj k = ph.copy();
        CommonOps_DDRM.divide(k, s);
        CommonOps_DDRM.addEquals(x, residual, k);

        DMatrixRMaj a = CommonOps_DDRM.identity(N); // P = (I - K h) P (I - K h)' + K r K'
        CommonOps_DDRM.multAdd(-1.0, k, h, a);
        DMatrixRMaj ap = new DMatrixRMaj(N, N);
        CommonOps_DDRM.mult(a, p, ap);
        CommonOps_DDRM.multTransB(ap, a, p);
        CommonOps_DDRM.multAddTransB(noiseV2, k, k, p);
        return returned;
    }
}
