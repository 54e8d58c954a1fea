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
 * line. Guards the fast one, and follows its two rates: states at every sample; covariance and correction, over the product of the
 * transitions since the last, at the sample nearest to half the quick error's memory or 4 s. States: SOC, v1, v2, hysteresis, relative error of R0, current offset, lasting voltage error,
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
    private double stepA;
    private double stepS;
    private boolean first = true;
    private boolean jumped;
    private final DMatrixRMaj span = CommonOps_DDRM.identity(N); // product of the transitions since the last correction
    private final double[] pairs = new double[2]; // what drove each pair since then, A²
    private double spanWay;
    private double spanS;
    private double quick = 1.0;
    /** Whether the sample that was moved to corrects. */
    boolean due = true;
    /** What the last voltage missed what was expected by, V, and the variance of that, V². */
    double innovationV;

    double innovationV2;
    /** How the estimate depends on the current assumed before the start, for every pair; the third RC voltage has its own place. */
    private final DMatrixRMaj[] byPast = {new DMatrixRMaj(N, 1), new DMatrixRMaj(N, 1), new DMatrixRMaj(N, 1)};

    private double v3ByPast;
    private double thirdOhm;
    private final double[] pastA = new double[3];
    private final boolean[] looks = new boolean[3];
    private long sinceNanos;
    private double movedSoc;
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
        thirdOhm = ohm(2, soc, tDegC);
        double slowA = thirdOhm > 0.0 ? Math.min(0.045 / thirdOhm, Math.max(-0.045 / thirdOhm, meanA)) : meanA;
        v3 = thirdOhm * slowA;
        p.set(0, 0, sigma * sigma);
        p.set(1, 1, Math.pow(ohm(0, soc, tDegC) * spreadA, 2) + 1e-8);
        p.set(2, 2, ohm(1, soc, tDegC) > 0.0 ? Math.pow(ohm(1, soc, tDegC) * spreadA, 2) + 1e-8 : 0.0);
        p.set(3, 3, 1.0 / 3.0);
        p.set(4, 4, Math.pow(noise.circuit().r0Sigma() + beyond(tDegC), 2));
        p.set(5, 5, Math.pow(noise.current().offsetPerH() * capacityAh, 2));
        p.set(6, 6, lastingV2(soc, tDegC) + Math.pow(ohm(2, soc, tDegC) * spreadA, 2));
        p.set(7, 7, noise.voltage().offsetAlone() ? Math.pow(noise.voltage().offsetV(), 2) : 0.0);
        double shared = rest ? 0.0 : 0.65 * spreadA * spreadA;
        both(1, 2, shared * ohm(0, soc, tDegC) * ohm(1, soc, tDegC));
        both(1, 6, -shared * ohm(0, soc, tDegC) * ohm(2, soc, tDegC));
        both(2, 6, -shared * ohm(1, soc, tDegC) * ohm(2, soc, tDegC));
        settledA = nowA;
        first = true;
        sinceNanos = 0;
        movedSoc = 0.0;
        for (int j = 0; j < 3; j++) {
            byPast[j].zero();
            pastA[j] = j == 2 ? slowA : meanA;
            looks[j] = !rest && noise.start().pastShare() > 0.0 && meanA != 0.0 && ohm(j, soc, tDegC) > 0.0;
        }
        byPast[0].set(1, ohm(0, soc, tDegC));
        byPast[1].set(2, ohm(1, soc, tDegC));
        v3ByPast = ohm(2, soc, tDegC);
        due = true;
        quick = 1.0;
    }

    private void newSpan() {
        CommonOps_DDRM.setIdentity(span);
        pairs[0] = 0.0;
        pairs[1] = 0.0;
        spanWay = 0.0;
        spanS = 0.0;
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

        if (due) {
            newSpan();
        }
        DMatrixRMaj f = CommonOps_DDRM.diag(1.0, a[0], a[1], stay, 1.0, biasStay, errorStay, 1.0);
        f.set(0, 5, dtS / q);
        DMatrixRMaj drive = new DMatrixRMaj(N, 1);
        drive.set(0, -counted * dtS / q);
        drive.set(1, (1.0 - a[0]) * ohm(0, soc, tDegC) * meanA);
        drive.set(2, (1.0 - a[1]) * ohm(1, soc, tDegC) * meanA);
        drive.set(3, (1.0 - stay) * Math.signum(-meanA));
        v3 = a[2] * v3 + (1.0 - a[2]) * ohm(2, soc, tDegC) * meanA;

        sinceNanos += Math.round(1e9 * dtS);
        movedSoc += counted * dtS / q;
        v3ByPast *= a[2];
        for (int j = 0; j < 3; j++) {
            DMatrixRMaj before = byPast[j].copy();
            CommonOps_DDRM.mult(f, before, byPast[j]);
            if (errorStays) {
                byPast[j].set(6, before.get(6));
            }
        }
        double error = x.get(6);
        DMatrixRMaj next = new DMatrixRMaj(N, 1);
        CommonOps_DDRM.mult(f, x, next);
        CommonOps_DDRM.add(next, drive, x);
        if (errorStays) {
            x.set(6, error);
        }
        DMatrixRMaj product = new DMatrixRMaj(N, N);
        CommonOps_DDRM.mult(f, span, product);
        span.setTo(product);
        for (int j = 0; j < 2; j++) {
            pairs[j] = a[j] * a[j] * pairs[j] + drive(j, a[j], meanA, dtS);
        }
        spanWay += way;
        spanS += dtS;
        settledA = nowA + (settledA - nowA) * Math.exp(-dtS / noise.sample().stepMemoryS());
        stepA = nowA - lastA;
        stepS = dtS;
        due = spanS + 0.5 * dtS > Math.min(4.0, 0.5 * noise.sample().memoryS()) - 1e-9;
        if (due) {
            quick = 1.0 + 2.0 * noise.sample().memoryS() / spanS;
            spread(soc, tDegC);
        }
    }

    /** The covariance over the span, with the states where they have come to. */
    private void spread(double soc, double tDegC) {
        double stay = span.get(3, 3);
        double biasStay = span.get(5, 5);
        double errorStay = span.get(6, 6);
        if (errorStays) {
            span.set(6, 6, 1.0);
        }
        DMatrixRMaj fp = new DMatrixRMaj(N, N);
        CommonOps_DDRM.mult(span, p, fp);
        CommonOps_DDRM.multTransB(fp, span, p);

        double surprise =
                Math.max(0.0, Math.abs(x.get(4)) - 2.0 * noise.circuit().r0Sigma());
        double beyond = beyond(tDegC) + surprise;
        double gain = noise.current().gainSigma();
        add(0, 2.0 * 0.15 * gain * gain * spanWay);
        double steep = beyond
                + noise.circuit().axisSigma()
                        * Math.abs(slope(0, soc, tDegC) + slope(1, soc, tDegC))
                        / (ohm(0, soc, tDegC) + ohm(1, soc, tDegC));
        for (int j = 0; j < 2; j++) {
            add(1 + j, pairs[j] * Math.pow((noise.circuit().branchSigma() + steep) * ohm(j, soc, tDegC), 2));
        }
        add(3, (1.0 - stay * stay) * Math.pow(noise.circuit().hysteresisSigma(), 2));
        add(
                4,
                2.0
                        * spanWay
                        / noise.circuit().r0MemorySoc()
                        * Math.pow(noise.circuit().r0Sigma() + beyond, 2));
        add(5, (1.0 - biasStay * biasStay) * Math.pow(noise.current().offsetPerH() * q / 3600.0, 2));
        double polarisation = (noise.circuit().polarisationSigma() + steep) * (x.get(1) + x.get(2) + v3);
        add(6, (1.0 - errorStay * errorStay) * (lastingV2(x.get(0), tDegC) + polarisation * polarisation));
    }

    private double drive(int j, double a, double meanA, double dtS) {
        List<RcBranch> branches = type.circuit().branches();
        double tauS = j < branches.size() ? branches.get(j).tauS() : 0.0;
        return Math.pow((1.0 - a) * meanA, 2) * (1.0 + 2.0 * tauS / dtS);
    }

    private double slope(int branch, double soc, double tDegC) {
        return (ohm(branch, soc + 1e-6, tDegC) - ohm(branch, soc - 1e-6, tDegC)) / 2e-6;
    }

    private void both(int j, int k, double covariance) {
        p.set(j, k, covariance);
        p.set(k, j, covariance);
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
        jumped = byV != 0.0;
    }

    /** Returns the voltage expected before the correction, if there is one: when it is due, or the voltage jumped. */
    double correct(double voltageV, double nowA, double tDegC) {
        double soc = x.get(0);
        double hysteresis = x.get(3);
        double r0 = type.circuit().r0().ohm(soc, tDegC);
        ResistanceMap map = type.circuit().r0();
        double r0Slope = (map.ohm(soc + 1e-6, tDegC) - map.ohm(soc - 1e-6, tDegC)) / 2e-6;
        double freshA = nowA - settledA;
        NoiseModel.SampleNoise sample = noise.sample();
        double apartV2 = Math.pow(r0 * stepA, 2) / 3.0 / Math.max(1.0, stepS);
        double r = (Math.pow(sample.sigmaV(), 2) + Math.pow(sample.stepShare() * r0 * freshA, 2)) * quick + apartV2;
        double beside = -x.get(1) - x.get(2) - v3 - (1.0 + x.get(4)) * r0 * nowA + x.get(6) + x.get(7);

        if (!due && !jumped) {
            innovationV = voltageV - openV(soc, hysteresis, tDegC) - beside;
            learnPast();
            return voltageV - innovationV;
        }
        jumped = false;
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
        for (int j = 0; j < 3; j++) {
            double predicted = CommonOps_DDRM.dot(h, byPast[j]) - (j == 2 ? v3ByPast : 0.0);
            CommonOps_DDRM.addEquals(byPast[j], -predicted, k);
        }
        learnPast();
        return returned;
    }

    /** The present says what the past was like: the estimate moves as if it had begun with that. */
    private void learnPast() {
        double capacityAh = q / 3600.0;
        double startSoc = Math.min(1.0, Math.max(0.0, x.get(0) + movedSoc));
        double sinceS = 1e-9 * sinceNanos;
        for (int j = 0; j < 3; j++) {
            if (looks[j] && sinceS > 0.0) {
                double seenA = noise.start().pastShare() * movedSoc * q / sinceS;
                double possibleA =
                        Math.min(3.6 * capacityAh * (1.0 - startSoc), Math.max(-3.6 * capacityAh * startSoc, seenA));
                double mostA = j == 2 ? 0.045 / thirdOhm : 1e9;
                double likelyA = Math.min(mostA, Math.max(-mostA, possibleA));
                double byA = (likelyA - pastA[j]) * stepS / (25.0 + stepS);
                CommonOps_DDRM.addEquals(x, byA, byPast[j]);
                v3 += j == 2 ? byA * v3ByPast : 0.0;
                pastA[j] += byA;
                looks[j] = sinceS
                        < Math.min(900.0, 4.0 * type.circuit().branches().get(j).tauS());
            }
        }
    }
}
