package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One true cell on a drive that nobody knows beforehand, and what its sensors say: currents between -1 C and 2 C, each for one to
 * twenty seconds, a mean of C/2, 25 °C. The truth moves by its own equations in steps of its own.
 */
final class TruthDrive {
    static final PackLayout ONE = new PackLayout(1, 1, 1);
    private static final double NOISE_V = 0.002;

    private final CellType truth;
    private final Random random;
    private final double tDegC;
    private final double[] rc;
    private double h;
    private double soc;
    private double nowA;
    private double untilS;
    private double timeS;
    /** What a sensor adds to every reading. */
    double offsetV;

    double offsetA;

    TruthDrive(CellType truth, double soc, double tDegC, long seed) {
        this.truth = truth;
        this.soc = soc;
        this.tDegC = tDegC;
        this.random = new Random(seed);
        rc = new double[truth.circuit().branches().size()];
    }

    double soc() {
        return soc;
    }

    double timeS() {
        return timeS;
    }

    Random random() {
        return random;
    }

    double currentA() {
        return nowA;
    }

    /** Moves the truth on; the current changes where the drive wants it to. */
    void go(double dtS) {
        double capacityAh = truth.rating().capacityAh();
        double before = nowA;
        if (timeS + dtS > untilS) {
            untilS = timeS + dtS + 1.0 + 19.0 * random.nextDouble();
            nowA = capacityAh * (3.0 * random.nextDouble() - 1.0);
        }
        timeS += dtS;
        double meanA = 0.5 * (before + nowA);
        double moved = -meanA * dtS / (3600.0 * capacityAh);
        if (moved > 0.0) {
            moved *= truth.rating().coulombicEfficiency();
        }
        h += truth.ocv().hysteresis().turn(moved) * (Math.signum(moved) - h);
        soc += moved;
        List<RcBranch> branches = truth.circuit().branches();
        for (int j = 0; j < rc.length; j++) {
            double settled = -StrictMath.expm1(-dtS / branches.get(j).tauS());
            rc[j] += settled * (branches.get(j).resistance().ohm(soc, tDegC) * meanA - rc[j]);
        }
    }

    double readingA() {
        return nowA + offsetA;
    }

    double readingV() {
        double v = truth.ocv().v(soc, tDegC) + h * truth.ocv().hysteresis().halfGapV(soc);
        for (double drop : rc) {
            v -= drop;
        }
        v -= truth.circuit().r0().ohm(soc, tDegC) * nowA;
        return v + offsetV + NOISE_V * random.nextGaussian();
    }

    /** An estimator that follows the drive, and how its error compares with what it says of it. */
    static final class Follower {
        final SocEstimator estimator;
        final PackEstimate says = new PackEstimate(ONE);
        private final PackSample sample = new PackSample(ONE);
        private int seen;
        private int covered;
        private double squares;
        private double sigmas;
        double worst;

        Follower(String name, CellType believed, double soc, double sigma) {
            estimator = Estimators.create(name, believed, ONE, NoiseModel.of(believed));
            estimator.start(soc, sigma);
        }

        StepResult step(TruthDrive drive, double a, double v) {
            sample.begin(Math.round(drive.timeS() * 1e9));
            sample.readCurrent(a);
            sample.readCellVoltage(0, v);
            sample.readTemperature(0, drive.tDegC);
            return estimator.step(sample, says);
        }

        void score(double trueSoc) {
            double error = Math.abs(says.soc(0) - trueSoc);
            seen++;
            covered += error <= 3.0 * says.socSigma(0) ? 1 : 0;
            squares += error * error;
            sigmas += says.socSigma(0);
            worst = Math.max(worst, error);
        }

        double coverage() {
            return (double) covered / seen;
        }

        double rms() {
            return Math.sqrt(squares / seen);
        }

        double meanSigma() {
            return sigmas / seen;
        }
    }

    static List<Follower> followers(List<String> names, CellType believed, double soc, double sigma) {
        List<Follower> followers = new ArrayList<>();
        for (String name : names) {
            followers.add(new Follower(name, believed, soc, sigma));
        }
        return followers;
    }
}
