package io.github.bms4j.sim.run;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.FastChargeSettings;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.limit.AnodeModel;
import io.github.bms4j.limit.AnodeShare;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.detect.OtherCell;
import io.github.bms4j.sim.detect.TruePlatingMap;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The battery manager's fast charge in stages against constant current and constant voltage that takes exactly as long, from 10 to 80 % on the same
 * true pack: how long and how far above the true plating map, and how warm. {@code docs/fast-charge-trial.sh} prints it.
 */
final class FastChargeTrial {
    private static final double FROM = 0.10;
    private static final double TO = 0.80;
    private static final double BEYOND = 0.01;
    private static final double CYCLE_S = 1.0;
    private static final double CONSTANT_STEP_S = 2.0;
    /** Driven down by so much before, in so many seconds of pulses, and then parked. */
    private static final double DRIVEN = 0.3;

    private static final double DRIVE_S = 2400.0;
    private static final double PARKED_S = 7200.0;
    private static final double BEFORE_S = DRIVE_S + PARKED_S;
    private static final double PULSE_S = 40.0;
    private static final double PARKED_STEP_S = 10.0;
    private static final double COOLING = 0.6;
    private static final double MOST_S = 8.0 * 3600.0;
    private static final double PACK_AH = 120.0;
    private static final int GROUPS = 12;

    /** A good pack's, but none is lost: at a cycle of a second, ten times as long as a vehicle's, one lost reading is old. */
    private static final SensorFlaws FLAWS = new SensorFlaws(0.4, 0.003, 0.3, 0.0015, 0.001, 0.5, 0.1, 0.0);

    private static final List<String> CELLS =
            List.of("panasonic-ncr18650pf", "maxamps-lipo-5450", "lg-m50", "generic-lfp");

    /** One charge: minutes, true SOC at its end, minutes above the true map, worst excess over it, peak temperature. */
    record Charge(double minutes, double endSoc, double aboveMinutes, double excess, double peakDegC) {}

    /** Both ways on one pack. */
    record Pair(Charge stages, Charge constant) {}

    private final PackLayout layout;
    private final TrueCell truth;
    private final CellType type;
    private final double ambientDegC;
    private final double slack;
    private final long seed;

    /**
     * @param cell name of a shipped cell
     * @param ambientDegC temperature of cells and air
     * @param slack time at hand over the fastest the manager could, 1 or more
     */
    FastChargeTrial(String cell, double ambientDegC, double slack, long seed) {
        this.ambientDegC = ambientDegC;
        this.slack = slack;
        this.seed = seed;
        CellType shipped = ShippedData.cell(cell);
        int parallel = (int) Math.max(1.0, Math.rint(PACK_AH / shipped.rating().capacityAh()));
        layout = new PackLayout(GROUPS, parallel, 4);
        type = believed(shipped, seed % 2 == 0 ? 1.2 : 0.8);
        NoiseSource off = new NoiseSource(seed * 31 + 7);
        truth = OtherCell.of(
                shipped, 1.0 + 0.01 * off.bell(), 1.0 + 0.05 * off.bell(), 1.0 + 0.1 * off.bell(), 0.004 * off.bell());
    }

    /** The shipped cell with the charge map of its anode model, and the heat path of the pack known 20 % wrong: too small for odd seeds, too large for even ones. */
    private static CellType believed(CellType cell, double shedding) {
        ChargeMap map = AnodeModel.graphite(0.03, 0.80, AnodeShare.usual()).chargeMap(cell, 0.0);
        ThermalRating thermal = new ThermalRating(
                cell.thermal().heatCapacityJPerK(),
                shedding * COOLING * cell.thermal().toAmbientWPerK());
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

    private interface Look {
        void at(Plant plant, double nowS, double packA);
    }

    private interface Driver {
        /** Charge current for the next step, A; below 0 ends the charge. */
        double chargeA(double nowS);
    }

    /** A pack and its true map: the same for both ways. */
    private final class Plant {
        final SimPack pack;
        final SimSensors sensors;
        final TruePlatingMap map;

        Plant() {
            NoiseSource random = new NoiseSource(seed);
            pack = new SimPack(truth, layout, PackSpread.oneBatch(), COOLING, FROM + DRIVEN, ambientDegC, random);
            sensors = new SimSensors(pack, FLAWS, random);
            NoiseSource off = new NoiseSource(seed * 37 + 5);
            double shiftV = 0.003 * off.bell();
            double harder = 1.0 + 0.04 * off.bell();
            map = new TruePlatingMap(truth, layout.cells(), shiftV, harder, off);
        }

        /** The same pack as another one stands; nobody reads its sensors. */
        Plant(Plant parked) {
            pack = parked.pack.copy();
            sensors = parked.sensors;
            map = parked.map;
        }

        /** The drive and the rest after it; {@code look} sees the pack after every step, with its time and current. */
        Plant driven(Look look) {
            double pulseA = 2.0 * DRIVEN * truth.capacityAh() * layout.parallel() * 3600.0 / DRIVE_S;
            for (double s = 0.0; s < BEFORE_S; ) {
                double stepS = s < DRIVE_S ? CYCLE_S : PARKED_STEP_S;
                double a = s < DRIVE_S && s % PULSE_S < 0.5 * PULSE_S ? pulseA : 0.0;
                pack.step(a, stepS, ambientDegC);
                s += stepS;
                look.at(this, s, a);
            }
            return this;
        }

        /** Charges to a SOC, or until the driver ends it. */
        Charge run(Driver driver, double stepS, double toSoc) {
            double nowS = 0.0;
            double aboveS = 0.0;
            double excess = Double.NEGATIVE_INFINITY;
            double peak = pack.highestDegC();
            double a = driver.chargeA(nowS);
            while (a >= 0.0 && pack.packSoc() < toSoc && nowS < MOST_S) {
                pack.step(-a, stepS, ambientDegC);
                nowS += stepS;
                double now = map.excess(pack, a);
                aboveS += now > 0.0 ? stepS : 0.0;
                excess = Math.max(excess, now);
                peak = Math.max(peak, pack.highestDegC());
                a = driver.chargeA(nowS);
            }
            return new Charge(nowS / 60.0, pack.packSoc(), aboveS / 60.0, excess, peak);
        }
    }

    /** The charge that the battery manager drives when {@code seconds} are at hand; 0 for as fast as can be. */
    private Charge stages(double seconds) {
        Plant plant = new Plant();
        FastChargeSettings derived = FastChargeSettings.derivedMap();
        BatterySettings settings = BatterySettings.standard(type, layout)
                .with(new FastChargeSettings(
                        derived.share(),
                        derived.mapSigma(),
                        derived.mapSigmas(),
                        derived.socSigmas(),
                        derived.colderK(),
                        derived.stepPerH(),
                        derived.holdS(),
                        10.0)); // all the time there is
        BatteryManager manager = new BatteryManager(settings);
        PackSample sample = new PackSample(layout);
        manager.start(FROM + DRIVEN, 0.03);
        manager.vehicle().ambientDegC = ambientDegC;
        plant.driven((at, nowS, packA) -> {
            at.sensors.read(at.pack, packA, Math.round(nowS * 1e9), sample);
            manager.step(sample);
        });
        double maxV = 1.1 * layout.series() * type.rating().maxV();
        double maxA = 10.0 * PACK_AH;
        double allS = seconds * (TO + BEYOND - FROM) / (TO - FROM);
        double leaveS = BEFORE_S + (seconds > 0.0 ? allS + settings.planner().reserveS() : MOST_S);
        StationOffer offer = new StationOffer(
                "trial", maxV, maxA, BEFORE_S + MOST_S, List.of(new OfferStep(0.0, maxV * maxA, 0.3, Double.NaN)));
        double target =
                TO + (seconds > 0.0 ? BEYOND : 3.0 * BEYOND); // how the last half point ends is no matter of speed
        ChargeNeed need = new ChargeNeed(target, seconds > 0.0 ? 0.0 : target, leaveS, 5.0, 0.0);
        StationState station = new StationState();
        station.phase = ChargePhase.CHARGING;
        station.permitted = true;
        station.maxV = maxV;
        station.maxA = maxA;
        manager.plugIn(need, offer, ambientDegC, sample);
        double[] lastA = {0.0};
        return plant.run(
                nowS -> {
                    plant.sensors.read(plant.pack, -lastA[0], Math.round((BEFORE_S + CYCLE_S + nowS) * 1e9), sample);
                    manager.step(sample, station);
                    if (manager.replanDue()) {
                        manager.replan(sample);
                    }
                    lastA[0] = manager.demand().chargeA();
                    return manager.demand().stop() != StopCause.NONE ? -1.0 : lastA[0];
                },
                CYCLE_S,
                TO);
    }

    /** Constant current, over the capacity, and then constant voltage. */
    private Charge constant(Plant parked, double perH, double toSoc) {
        double fullA = perH * truth.capacityAh() * layout.parallel();
        Plant plant = new Plant(parked);
        double[] a = {fullA};
        return plant.run(
                nowS -> {
                    boolean over = plant.pack.highestV() > type.rating().maxV();
                    a[0] = over ? 0.98 * a[0] : Math.min(fullA, 1.002 * a[0]);
                    return a[0];
                },
                CONSTANT_STEP_S,
                toSoc);
    }

    Pair pair() {
        Charge stages = stages(0.0);
        if (slack > 1.0) {
            stages = stages(slack * 60.0 * stages.minutes());
        }
        Plant parked = new Plant().driven((at, nowS, packA) -> {});
        double meanPerH = 60.0 * (stages.endSoc() - FROM) / stages.minutes();
        double low = 0.8 * meanPerH;
        double high = 3.0 * meanPerH; // much of the time may be at constant voltage
        for (int k = 0; k < 15; k++) {
            double middle = 0.5 * (low + high);
            if (constant(parked, middle, stages.endSoc()).minutes() > stages.minutes()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Pair(stages, constant(parked, high, stages.endSoc()));
    }

    /** Prints the table: {@code [seeds [first seed]]}. */
    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 11;
        double[] ambients = {8.0, 18.0, 28.0};
        System.out.printf(
                Locale.ROOT, "12 groups, 10 to 80 %%, seeds %d to %d: mean (worst)%n%n", first, first + seeds - 1);
        System.out.println(
                "cell                 | air | time | profile | minutes | above the true map, min | worst excess |"
                        + " peak degC");
        for (String cell : CELLS) {
            for (double degC : ambients) {
                for (double slack : new double[] {1.0, 1.15, 1.3}) {
                    Pair[] pairs = new Pair[seeds];
                    for (int s = 0; s < seeds; s++) {
                        pairs[s] = new FastChargeTrial(cell, degC, slack, first + s).pair();
                    }
                    print(cell, degC, slack, "stages", pairs, Pair::stages);
                    print(cell, degC, slack, "CC-CV", pairs, Pair::constant);
                }
            }
        }
    }

    private static void print(
            String cell, double degC, double slack, String name, Pair[] pairs, Function<Pair, Charge> way) {
        double minutes = 0.0;
        double above = 0.0;
        double aboveMost = 0.0;
        double excess = Double.NEGATIVE_INFINITY;
        double peak = 0.0;
        double peakMost = 0.0;
        for (Pair pair : pairs) {
            Charge charge = way.apply(pair);
            minutes += charge.minutes() / pairs.length;
            above += charge.aboveMinutes() / pairs.length;
            aboveMost = Math.max(aboveMost, charge.aboveMinutes());
            excess = Math.max(excess, charge.excess());
            peak += charge.peakDegC() / pairs.length;
            peakMost = Math.max(peakMost, charge.peakDegC());
        }
        System.out.printf(
                Locale.ROOT,
                "%-20s | %3.0f | %4.2f | %-7s | %7.1f | %15.1f (%5.1f) | %+11.1f%% | %.2f (%.2f)%n",
                cell,
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
