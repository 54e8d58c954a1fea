package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.SampleCells;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A truth that is not the model: other resistances, another curve, other time constants, in the cold. From a good start a filter
 * must not lose what counting knows, over 50 seeds, each with an offset and a capacity error of its own as the noise model has them.
 */
@Tag("endurance")
class NeverWorseThanCountingTest {
    private static final int SEEDS = 50;

    /** A cell file that says nothing of its own error. */
    private static final CellType BELIEVED = saysNothingOfItself(SampleCells.rich());

    private static CellType saysNothingOfItself(CellType t) {
        return new CellType(
                t.name(), t.chemistry(), t.rating(), t.ocv(), t.circuit(), t.thermal(), t.chargeMap(), t.provenance());
    }

    private static CellType truth(double resistance, double offsetV, double tauTimes, double capacity) {
        CellType t = SampleCells.rich();
        List<RcBranch> branches = new ArrayList<>();
        for (RcBranch b : t.circuit().branches()) {
            branches.add(new RcBranch(scaled(b.resistance(), resistance), tauTimes * b.tauS()));
        }
        double[] v = t.ocv().voltages();
        for (int k = 0; k < v.length; k++) {
            v[k] += offsetV;
        }
        OcvCurve ocv = new OcvCurve(
                t.ocv().socs(),
                v,
                t.ocv().entropics(),
                t.ocv().referenceDegC(),
                t.ocv().hysteresis());
        CellRating r = t.rating();
        CellRating rating = new CellRating(
                capacity * r.capacityAh(),
                r.nominalV(),
                r.minV(),
                r.maxV(),
                r.maxDischargeA(),
                1.2 * r.maxChargeA(),
                r.discharge(),
                r.charge(),
                r.coulombicEfficiency());
        return new CellType(
                t.name(),
                t.chemistry(),
                rating,
                ocv,
                new Circuit(scaled(t.circuit().r0(), resistance), branches),
                t.thermal(),
                t.chargeMap(),
                t.error(),
                t.provenance());
    }

    private static ResistanceMap scaled(ResistanceMap map, double by) {
        double[][] ohm = map.ohms();
        for (double[] row : ohm) {
            for (int k = 0; k < row.length; k++) {
                row[k] *= by;
            }
        }
        return new ResistanceMap(map.socs(), map.temperatures(), ohm, map.activationJPerMol());
    }

    @ParameterizedTest(name = "{0}, {1} °C: {2} x R, {3} V, {4} x tau")
    @CsvSource({
        "ekf, 25, 1, 0, 1",
        "ekf, 25, 2, 0, 1",
        "ekf, 25, 1, 0.02, 1",
        "ekf, 25, 1, -0.02, 1",
        "ekf, 25, 1, 0, 3",
        "ekf, 25, 1, 0, 0.33",
        "ekf, -10, 1, 0, 1",
        "ekf, -10, 2, 0, 1",
        "ekf, -10, 2, 0.02, 3",
        "spkf, 25, 1, 0, 1",
        "spkf, 25, 2, 0, 1",
        "spkf, 25, 1, 0.02, 1",
        "spkf, 25, 1, -0.02, 1",
        "spkf, 25, 1, 0, 3",
        "spkf, 25, 1, 0, 0.33",
        "spkf, -10, 1, 0, 1",
        "spkf, -10, 2, 0, 1",
        "spkf, -10, 2, 0.02, 3"
    })
    void leansOnCountingWhereTheModelIsWrong(
            String name, double tDegC, double resistance, double offsetV, double tauTimes) {
        CellType believed = BELIEVED;
        double filterSquares = 0.0;
        double countSquares = 0.0;
        double coverage = 0.0;
        double worst = 0.0;
        double sigma = 0.0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            double capacity = 1.0 + 0.04 * random.nextGaussian();
            TruthDrive drive = new TruthDrive(truth(resistance, offsetV, tauTimes, capacity), 0.85, tDegC, seed);
            drive.offsetA = 0.005 * 2.0 * random.nextGaussian();
            double told = 0.85 + 0.02 * random.nextGaussian();
            TruthDrive.Follower filter = new TruthDrive.Follower(name, believed, told, 0.02);
            TruthDrive.Follower counter = new TruthDrive.Follower("counter", believed, told, 0.02);
            for (int k = 0; k < 1800; k++) {
                drive.go(2.0);
                double a = drive.readingA();
                double v = drive.readingV();
                filter.step(drive, a, v);
                counter.step(drive, a, v);
                if (drive.soc() < 0.02) {
                    break;
                }
                filter.score(drive.soc());
                counter.score(drive.soc());
            }
            filterSquares += filter.rms() * filter.rms() / SEEDS;
            countSquares += counter.rms() * counter.rms() / SEEDS;
            coverage += filter.coverage() / SEEDS;
            worst = Math.max(worst, filter.worst);
            sigma += filter.meanSigma() / SEEDS;
        }
        String figures = String.format(
                Locale.ROOT,
                "%s %s %s %s %s rms %.4f counting %.4f coverage %.3f worst %.3f sigma %.4f",
                name,
                tDegC,
                resistance,
                offsetV,
                tauTimes,
                Math.sqrt(filterSquares),
                Math.sqrt(countSquares),
                coverage,
                worst,
                sigma);
        assertTrue(Math.sqrt(filterSquares) <= Math.sqrt(countSquares) + 0.005, figures);
        assertTrue(coverage >= 0.95, figures);
    }
}
