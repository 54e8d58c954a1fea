package io.github.bms4j.sim.power;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.power.PowerScore.Row;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Is the promised power really there? Grants it to true packs in random states and counts.
 *
 * <p>Each state: a pack of its own (cells of another structure than the model's, with spread, aged in capacity and resistance), at a
 * random SOC and temperature in air of another temperature, behind flawed sensors. A battery manager, told a SOC that is some
 * points off, follows it through fifteen to thirty minutes of random load within its limits; nothing of the truth is
 * known to it. Then a copy of the true pack gives each promised power, constant, for its horizon, and every bound of every
 * cell is watched. What it could have given is found on further copies by bisection. The continuous limit is no
 * promise for a time but a figure to follow: it is followed for ten minutes, computed anew every second, and held against the highest
 * constant power of ten minutes.
 *
 * <p>The same seed gives the same score. Thread: one.
 */
public final class PowerTrial {
    private static final double STEP_S = 1.0;
    private static final double CONTINUOUS_S = 600.0;
    private static final double LEAST_SHARE = 0.01;
    private static final int SERIES = 12;
    private static final int PARALLEL = 60;
    private static final int SENSORS = 4;
    private static final Horizon[] HORIZONS = Horizon.values();
    private static final Direction[] DIRECTIONS = Direction.values();

    private final BatterySettings settings;
    private final TrueCell truth;
    private final long seed;
    private final PackLayout layout;
    private final Tally[][] tallies = new Tally[DIRECTIONS.length][HORIZONS.length];

    /** What one direction and horizon comes to. */
    private static final class Tally {
        private final double[] tightness;
        private int grants;
        private int broken;
        private int possible;
        private double worst = Double.NEGATIVE_INFINITY;

        Tally(int states) {
            tightness = new double[states];
        }

        void add(double promisedW, double excess, double possibleW, double ratedW) {
            if (promisedW > 0.0) {
                grants++;
                broken += excess > PowerScore.BROKEN ? 1 : 0;
                worst = Math.max(worst, excess);
            }
            if (possibleW >= LEAST_SHARE * ratedW) {
                tightness[possible++] = promisedW / possibleW;
            }
        }

        Row row(Direction direction, Horizon horizon) {
            double[] sorted = Arrays.copyOf(tightness, possible);
            Arrays.sort(sorted);
            return new Row(
                    direction, horizon, grants, broken, worst, possible, quantile(sorted, 0.5), quantile(sorted, 0.1));
        }

        private static double quantile(double[] sorted, double share) {
            return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))];
        }
    }

    /**
     * A trial of the standard settings.
     *
     * @param believed the cell as the manager knows it
     * @param truth the cell as it is
     * @param seed where every random difference comes from
     */
    public PowerTrial(CellType believed, TrueCell truth, long seed) {
        layout = new PackLayout(SERIES, PARALLEL, SENSORS);
        settings = BatterySettings.standard(believed, layout);
        this.truth = truth;
        this.seed = seed;
    }

    /** Asks so many true packs. */
    public PowerScore run(int states) {
        for (Tally[] row : tallies) {
            Arrays.setAll(row, h -> new Tally(states));
        }
        NoiseSource seeds = new NoiseSource(seed);
        for (int k = 0; k < states; k++) {
            state(new NoiseSource(seeds.bits()), DIRECTIONS[k % DIRECTIONS.length]);
        }
        List<Row> rows = new ArrayList<>();
        for (Direction direction : DIRECTIONS) {
            for (Horizon h : HORIZONS) {
                rows.add(tallies[direction.ordinal()][h.ordinal()].row(direction, h));
            }
        }
        double[] all = Arrays.stream(tallies)
                .flatMap(Arrays::stream)
                .flatMapToDouble(t -> Arrays.stream(t.tightness, 0, t.possible))
                .sorted()
                .toArray();
        return new PowerScore(states, Tally.quantile(all, 0.5), rows);
    }

    /** One true pack: warm-up, promises, and in one direction ten minutes of the continuous limit. */
    private void state(NoiseSource random, Direction followed) {
        PackSpread spread = new PackSpread(0.015, 0.04, 0.006, 0.1);
        double soc = 0.02 + 0.96 * random.uniform();
        double degC = -18.0 + 68.0 * random.uniform();
        double airDegC = degC + 8.0 * (2.0 * random.uniform() - 1.0);
        SimPack pack = new SimPack(truth, layout, spread, 1.0, soc, degC, random);
        pack.age(0.85 + 0.15 * random.uniform(), 1.0 + 0.4 * random.uniform());
        SensorFlaws flaws =
                new SensorFlaws(0.4 * random.bell(), 0.003 * random.bell(), 0.3, 0.0015, 0.001, 0.5, 0.1, 5e-5);
        SimSensors sensors = new SimSensors(pack, flaws, random);
        BatteryManager manager = new BatteryManager(settings);
        PackSample sample =
                new PackSample(layout, SensorRange.of(settings.cell().rating(), layout));
        double told = soc + 0.03 * random.bell();
        manager.start(Math.min(1.0, Math.max(0.0, told)), 0.04);
        long nanos = 0L;
        double packA = 0.0;
        double untilS = 900.0 + 900.0 * random.uniform();
        double segmentEndS = 0.0;
        double wish = 0.0;
        double temper = random.uniform(); // how hard this driver drives
        double hardest = 0.1 + 0.6 * temper * temper;
        for (double s = 0.0; s < untilS; s += STEP_S) {
            sensors.read(pack, packA, nanos, sample);
            manager.step(sample);
            if (s >= segmentEndS) {
                segmentEndS = s + 3.0 + 50.0 * random.uniform();
                double u = 2.0 * random.uniform() - 1.0;
                wish = random.uniform() < 0.2 ? 0.0 : u;
            }
            double mostA = wish > 0.0
                    ? manager.limits().discharge(Horizon.S10).limitA()
                    : manager.limits().charge(Horizon.S10).limitA();
            double driveA = hardest
                    * Math.abs(wish)
                    * wish
                    * layout.parallel()
                    * settings.cell().rating().maxDischargeA();
            packA = Math.signum(wish) * Math.min(Math.abs(driveA), mostA);
            pack.step(packA, STEP_S, airDegC);
            nanos += Math.round(STEP_S * 1e9);
        }
        sensors.read(pack, packA, nanos, sample);
        manager.step(sample);
        PowerGrant grant = new PowerGrant(settings.cell(), pack, airDegC);
        double possibleW = Double.NaN;
        for (Direction direction : DIRECTIONS) {
            double[] mostW = promises(pack, manager, grant, direction, direction == followed);
            possibleW = direction == followed ? mostW[mostW.length - 1] : possibleW;
        }
        follow(pack, sensors, manager, sample, airDegC, followed, possibleW);
    }

    private double ratedW(Direction direction) {
        boolean charging = direction == Direction.CHARGE;
        double cellA = charging
                ? settings.cell().rating().maxChargeA()
                : settings.cell().rating().maxDischargeA();
        return cellA * settings.cell().rating().maxV() * layout.parallel() * layout.series();
    }

    /** Grants what is promised in one direction and gives what is possible, for ten minutes as well if asked. */
    private double[] promises(
            SimPack pack, BatteryManager manager, PowerGrant grant, Direction direction, boolean forGood) {
        double[] forS = Arrays.stream(HORIZONS)
                .filter(h -> forGood || h != Horizon.CONTINUOUS)
                .mapToDouble(h -> Math.min(CONTINUOUS_S, h.seconds()))
                .toArray();
        double ratedW = ratedW(direction);
        double[] mostW = new double[forS.length];
        grant.most(pack, direction.sign(), ratedW, forS, mostW);
        for (Horizon h : HORIZONS) {
            if (h != Horizon.CONTINUOUS) {
                double promisedW = manager.limits().powerW(direction, h);
                double excess = grant.excess(pack, direction.sign() * promisedW, h.seconds());
                tallies[direction.ordinal()][h.ordinal()].add(promisedW, excess, mostW[h.ordinal()], ratedW);
            }
        }
        return mostW;
    }

    /** Follows the continuous limit. */
    private void follow(
            SimPack pack,
            SimSensors sensors,
            BatteryManager manager,
            PackSample sample,
            double airDegC,
            Direction direction,
            double possibleW) {
        PowerGrant grant = new PowerGrant(settings.cell(), pack, airDegC);
        double ratedW = ratedW(direction);
        PackBounds bounds = new PackBounds(settings.cell());
        double excess = Double.NEGATIVE_INFINITY;
        double sumW = 0.0;
        long nanos = sample.nanos();
        for (double s = 0.0; s < CONTINUOUS_S; s += STEP_S) {
            double promisedW = manager.limits().powerW(direction, Horizon.CONTINUOUS);
            double packA = grant.currentAtOnce(pack, direction.sign() * promisedW);
            pack.step(packA, STEP_S, airDegC);
            excess = Math.max(excess, bounds.excess(pack, layout.cellCurrentA(packA)));
            sumW += promisedW;
            nanos += Math.round(STEP_S * 1e9);
            sensors.read(pack, packA, nanos, sample);
            manager.step(sample);
        }
        double meanW = sumW * STEP_S / CONTINUOUS_S;
        tallies[direction.ordinal()][Horizon.CONTINUOUS.ordinal()].add(meanW, excess, possibleW, ratedW);
    }
}
