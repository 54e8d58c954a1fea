package io.github.bms4j.sim.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.charge.FastChargeProfile;
import io.github.bms4j.charge.FastChargeSettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackEstimator;
import io.github.bms4j.limit.AnodeMargin;
import io.github.bms4j.limit.AnodeModel;
import io.github.bms4j.limit.AnodeShare;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.util.Locale;

/**
 * The multi-stage profile against constant current and constant voltage that takes exactly as long, from 10 to 80 % on the same true pack:
 * how long and how far above the true plating map, and how warm. {@code docs/fast-charge-trial.sh} prints it.
 */
final class FastChargeTrial {
    static final PackLayout LAYOUT = new PackLayout(12, 40, 4);

    private static final double FROM = 0.10;
    private static final double TO = 0.80;
    private static final double STEP_S = 2.0;
    private static final double COOLING = 0.6;
    private static final double MOST_S = 8.0 * 3600.0;

    /** One charge: minutes, minutes above the true map, worst excess over it, peak temperature. */
    record Charge(double minutes, double aboveMinutes, double excess, double peakDegC) {}

    /** Both ways on one pack; the constant current over the capacity, 1/h. */
    record Pair(Charge profile, Charge constant, double constantPerH) {}

    private final TrueCell truth;
    private final CellType type = believed();
    private final double ambientDegC;
    private final double slack;
    private final long seed;

    /**
     * @param ambientDegC temperature of cells and air
     * @param slack time at hand over the fastest the profile could, 1 or more
     */
    FastChargeTrial(double ambientDegC, double slack, long seed) {
        this.ambientDegC = ambientDegC;
        this.slack = slack;
        this.seed = seed;
        NoiseSource off = new NoiseSource(seed * 31 + 7);
        truth = OtherCell.of(
                ShippedData.cell(),
                1.0 + 0.01 * off.bell(),
                1.0 + 0.05 * off.bell(),
                1.0 + 0.1 * off.bell(),
                0.004 * off.bell());
    }

    /** The shipped cell with the charge map of its anode model, and the heat path of the pack known 20 % wrong. */
    private static CellType believed() {
        CellType cell = ShippedData.cell();
        ChargeMap map = AnodeModel.graphite(0.03, 0.80, AnodeShare.usual()).chargeMap(cell, 0.0);
        ThermalRating thermal = new ThermalRating(
                cell.thermal().heatCapacityJPerK(),
                0.8 * COOLING * cell.thermal().toAmbientWPerK());
        return new CellType(
                cell.name(),
                cell.chemistry(),
                cell.rating(),
                cell.ocv(),
                cell.circuit(),
                thermal,
                map,
                cell.error(),
                cell.provenance());
    }

    private interface Controller {
        double chargeA(double nowS);
    }

    /** A pack and its true map: the same for both ways. */
    private final class Plant {
        final NoiseSource random = new NoiseSource(seed);
        final SimPack pack = new SimPack(truth, LAYOUT, PackSpread.oneBatch(), COOLING, FROM, ambientDegC, random);
        final SimSensors sensors = new SimSensors(pack, SensorFlaws.goodPack(), random);
        final TruePlatingMap map;
        private double lastA;

        Plant() {
            NoiseSource off = new NoiseSource(seed * 37 + 5);
            double shiftV = 0.003 * off.bell();
            double harder = 1.0 + 0.04 * off.bell();
            map = new TruePlatingMap(truth, LAYOUT.cells(), shiftV, harder, off);
        }

        Charge run(Controller controller) {
            double nowS = 0.0;
            double aboveS = 0.0;
            double excess = Double.NEGATIVE_INFINITY;
            double peak = pack.highestDegC();
            double heldA = Double.POSITIVE_INFINITY;
            while (pack.packSoc() < TO && nowS < MOST_S) {
                double over = pack.highestV() - type.rating().maxV();
                heldA = over > 0.0 ? 0.98 * Math.min(heldA, lastA) : 1.002 * heldA; // constant voltage
                lastA = Math.min(controller.chargeA(nowS), heldA);
                pack.step(-lastA, STEP_S, ambientDegC);
                nowS += STEP_S;
                double now = map.excess(pack, lastA);
                aboveS += now > 0.0 ? STEP_S : 0.0;
                excess = Math.max(excess, now);
                peak = Math.max(peak, pack.highestDegC());
            }
            return new Charge(nowS / 60.0, aboveS / 60.0, excess, peak);
        }
    }

    private Charge profile(double seconds) {
        Plant plant = new Plant();
        PackSample sample = new PackSample(LAYOUT);
        PackEstimate estimate = new PackEstimate(LAYOUT);
        PackEstimator estimator = new PackEstimator("ekf", type, LAYOUT, NoiseModel.of(type));
        estimator.start(FROM, 0.03);
        FastChargeSettings settings = FastChargeSettings.standard();
        AnodeMargin anode = new AnodeMargin(type, LAYOUT, AnodeShare.usual(), settings.socSigmas(), 0.0);
        FastChargeProfile profile = new FastChargeProfile(type, LAYOUT, settings);
        long startS = 600;
        for (long s = 0; s <= startS; s += 10) { // awake for ten minutes
            plant.sensors.read(plant.pack, 0.0, s * 1_000_000_000L, sample);
            estimator.step(sample, estimate);
        }
        profile.begin(estimate, sample, ambientDegC, TO, seconds);
        double[] lastA = {0.0};
        return plant.run(nowS -> {
            plant.sensors.read(plant.pack, -lastA[0], Math.round((startS + STEP_S + nowS) * 1e9), sample);
            estimator.step(sample, estimate);
            anode.step(sample, estimate);
            lastA[0] = profile.step(sample, estimate, anode).limitA();
            return lastA[0];
        });
    }

    private Charge constant(double perH) {
        double a = perH * truth.capacityAh() * LAYOUT.parallel();
        return new Plant().run(nowS -> a);
    }

    Pair pair() {
        double fastestS = 60.0 * profile(0.0).minutes();
        Charge profile = profile(slack * fastestS);
        double low = 0.05;
        double high = 3.0;
        for (int k = 0; k < 16; k++) {
            double middle = 0.5 * (low + high);
            if (constant(middle).minutes() > profile.minutes()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Pair(profile, constant(high), high);
    }

    /** Prints the table: {@code [seeds]}. */
    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        System.out.printf(
                Locale.ROOT, "12 groups of the simulator's NCA cell, 10 to 80 %%, %d seeds: mean (worst)%n%n", seeds);
        System.out.println(
                "ambient | time at hand | profile  | minutes | minutes above the true map | worst excess | peak degC");
        for (double degC : new double[] {5.0, 15.0, 25.0}) {
            for (double slack : new double[] {1.0, 1.15, 1.3}) {
                Pair[] pairs = new Pair[seeds];
                for (int s = 0; s < seeds; s++) {
                    pairs[s] = new FastChargeTrial(degC, slack, s + 1).pair();
                }
                print(degC, slack, "stages", pairs, true);
                print(degC, slack, "CC-CV", pairs, false);
            }
        }
    }

    private static void print(double degC, double slack, String name, Pair[] pairs, boolean profile) {
        double minutes = 0.0;
        double above = 0.0;
        double aboveMost = 0.0;
        double excess = Double.NEGATIVE_INFINITY;
        double peak = 0.0;
        double peakMost = 0.0;
        for (Pair pair : pairs) {
            Charge charge = profile ? pair.profile() : pair.constant();
            minutes += charge.minutes() / pairs.length;
            above += charge.aboveMinutes() / pairs.length;
            aboveMost = Math.max(aboveMost, charge.aboveMinutes());
            excess = Math.max(excess, charge.excess());
            peak += charge.peakDegC() / pairs.length;
            peakMost = Math.max(peakMost, charge.peakDegC());
        }
        System.out.printf(
                Locale.ROOT,
                "%7.0f | %12.2f | %-8s | %7.1f | %17.1f (%5.1f)  | %+11.1f%% | %.2f (%.2f)%n",
                degC,
                slack,
                name,
                minutes,
                above,
                aboveMost,
                100.0 * excess,
                peak,
                peakMost);
    }
}
