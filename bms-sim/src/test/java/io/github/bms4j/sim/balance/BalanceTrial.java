package io.github.bms4j.sim.balance;

import io.github.bms4j.balance.BalanceSettings;
import io.github.bms4j.balance.Balancer;
import io.github.bms4j.balance.BleedBoard;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.util.Locale;

/**
 * An iron phosphate pack of 16 cells in daily use, balanced in one of several ways: what happens to the charge its cells really hold more
 * than the one that holds least. {@code docs/balance-trial.sh} prints {@link #main}.
 *
 * <p>Every day: a trip of 20 to 45 % of the capacity, hours of rest, a charge at 0.3 C to 80…92 %, on every seventh day to full, rest. The
 * estimators know the generic cell, the truth is another; sensors have offsets.
 */
final class BalanceTrial {
    static final int CELLS = 16;
    private static final PackLayout LAYOUT = new PackLayout(CELLS, 1, 2);
    private static final SensorFlaws FLAWS = new SensorFlaws(0.05, 0.003, 0.05, 0.0015, 0.001, 0.5, 0.1, 5e-5);
    private static final double OHM = 33.0;
    /** Resistance of a sense lead, ohm: a bleed current of 0.1 A makes its cell read 10 mV low and a neighbour 5 mV high. */
    private static final double LEAD_OHM = 0.05;

    private static final double AIR_DEG_C = 22.0;
    private static final double TOP_V = 3.6;

    /** Who decides what is bled. */
    enum Way {
        NOBODY("nobody bleeds"),
        VOLTAGE("by voltage: > lowest + 10 mV, at rest and in charge"),
        VOLTAGE_HIGH("the same, from 3.40 V on only"),
        CHARGE_EKF("by charge (Balancer), estimator ekf"),
        CHARGE_BAR("by charge (Balancer), estimator bar-delta");

        final String text;

        Way(String text) {
            this.text = text;
        }
    }

    private final Way way;
    private final SimPack pack;
    private final SimSensors sensors;
    private final NoiseSource day;
    private final SocEstimator estimator;
    private final Balancer balancer;
    private final VoltageBalancer usual;
    private final PackSample sample = new PackSample(LAYOUT);
    private final PackSample shown = new PackSample(LAYOUT);
    private final PackEstimate estimate = new PackEstimate(LAYOUT);
    private final boolean[] on = new boolean[CELLS];
    private final double[] leakS = new double[CELLS];
    private long nanos;
    private double bledAh;
    private double worstSigmas;
    private final boolean full;

    /** How the pack begins, and whether it is charged to full on every seventh day. */
    enum Use {
        APART("2 points of SOC apart", 0.55, 0.012, 0.02, true, 0.0),
        TOGETHER("full together, capacities 2 % apart", 1.0, 0.02, 0.0, true, 0.0),
        LEAKING("the same, leaking 0 to 2 % a month", 1.0, 0.02, 0.0, true, 0.02),
        NEVER_FULL("together, never beyond 92 %", 1.0, 0.02, 0.0, false, 0.0);

        final String text;
        final double startSoc;
        final double capacitySpread;
        final double socSpread;
        final boolean full;
        final double leakPerMonth;

        Use(String text, double startSoc, double capacitySpread, double socSpread, boolean full, double leakPerMonth) {
            this.text = text;
            this.startSoc = startSoc;
            this.capacitySpread = capacitySpread;
            this.socSpread = socSpread;
            this.full = full;
            this.leakPerMonth = leakPerMonth;
        }

        PackSpread spread() {
            return new PackSpread(capacitySpread, 0.05, socSpread, 0.08);
        }
    }

    BalanceTrial(Way way, Use use, long seed) {
        this.way = way;
        CellType type = ShippedData.cell("generic-lfp");
        NoiseSource random = new NoiseSource(seed);
        pack = new SimPack(LfpTruth.cell(), LAYOUT, use.spread(), 0.5, use.startSoc, AIR_DEG_C, random);
        sensors = new SimSensors(pack, FLAWS, random);
        day = new NoiseSource(seed + 1000);
        estimator = Estimators.create(way == Way.CHARGE_BAR ? "bar-delta" : "ekf", type, LAYOUT, NoiseModel.of(type));
        estimator.start(use.startSoc, 0.1);
        balancer = new Balancer(type, LAYOUT, BleedBoard.usual(LAYOUT), BalanceSettings.standard());
        usual = new VoltageBalancer(CELLS, 0.010, way == Way.VOLTAGE_HIGH ? 3.40 : 0.0);
        full = use.full;
        for (int c = 0; c < CELLS; c++) {
            leakS[c] = use.leakPerMonth * random.uniform() * 103.0 / (30.0 * 24.0) / 3.3;
        }
    }

    private void step(double packA, double dtS) {
        for (int c = 0; c < CELLS; c++) {
            pack.bleed(c, 1.0 / ((on[c] ? 1.0 / OHM : 0.0) + leakS[c]));
            bledAh += boardA(c) * dtS / 3600.0;
        }
        pack.step(packA, dtS, AIR_DEG_C);
        nanos += Math.round(dtS * 1e9);
        sensors.read(pack, packA, nanos, sample);
        shown.begin(nanos);
        shown.readCurrent(sample.current().value(0));
        for (int s = 0; s < LAYOUT.temperatureSensors(); s++) {
            shown.readTemperature(s, sample.temperature().value(s));
        }
        boolean charge = way == Way.CHARGE_EKF || way == Way.CHARGE_BAR;
        for (int c = 0; c < CELLS; c++) {
            double v = sample.cellVoltage().usable(c) ? sample.cellVoltage().value(c) : Double.NaN;
            shown.readCellVoltage(c, charge && balancer.disturbs(c) ? Double.NaN : v + leadV(c));
        }
        if (charge) {
            balancer.count(shown);
            estimator.step(shown, estimate);
            balancer.step(shown, estimate, 40.0, true);
            judge();
        } else {
            usual.step(sample, dtS); // without the leads' error: a board that pauses while it measures
        }
        for (int c = 0; c < CELLS; c++) {
            on[c] = charge ? balancer.bleeds(c) : way != Way.NOBODY && usual.bleeds(c);
        }
    }

    /** What the leads' resistance adds to a reading. */
    private double leadV(int c) {
        double below = c > 0 ? boardA(c - 1) : 0.0;
        double above = c + 1 < CELLS ? boardA(c + 1) : 0.0;
        return LEAD_OHM * (below + above - 2.0 * boardA(c));
    }

    /** Current through the board, without what the cell leaks inside. */
    private double boardA(int c) {
        return on[c] ? pack.cellV(c) / OHM : 0.0;
    }

    /** How wrong the ledger is of the difference between two cells, in its own standard deviations. */
    private void judge() {
        if (balancer.lowest() < 0) {
            return;
        }
        int least = balancer.lowest();
        for (int c = 0; c < CELLS; c++) {
            double miss = balancer.excessAh(c) - (roomAh(least) - roomAh(c));
            if (c != least) {
                double sigmas = Math.abs(miss) / balancer.excessSigmaAh(c);
                worstSigmas = Math.max(worstSigmas, sigmas);
            }
        }
    }

    /** Charge that still goes into a cell, Ah. */
    private double roomAh(int c) {
        return (1.0 - pack.soc(c)) * pack.capacityAh(c);
    }

    /** By how much the cells are apart from being full together, Ah. */
    double apartAh() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < CELLS; c++) {
            least = Math.min(least, roomAh(c));
            most = Math.max(most, roomAh(c));
        }
        return most - least;
    }

    /** Charge between the first full and the first empty cell, Ah. */
    double usableAh() {
        double room = Double.POSITIVE_INFINITY;
        double held = Double.POSITIVE_INFINITY;
        for (int c = 0; c < CELLS; c++) {
            room = Math.min(room, roomAh(c));
            held = Math.min(held, pack.soc(c) * pack.capacityAh(c));
        }
        return room + held;
    }

    double bledAh() {
        return bledAh;
    }

    double worstSigmas() {
        return worstSigmas;
    }

    Balancer balancer() {
        return balancer;
    }

    private void rest(double hours) {
        for (double s = 0.0; s < hours * 3600.0; s += 60.0) {
            step(0.0, 60.0);
        }
    }

    private void trip(double share) {
        double movedAh = 0.0;
        while (movedAh < share * 100.0 && pack.lowestV() > 2.8) {
            double a = 100.0 * (0.45 + 0.5 * day.bell());
            a = Math.max(-30.0, Math.min(150.0, a));
            for (int k = 0; k < 3; k++) {
                step(a, 10.0);
            }
            movedAh += a * 30.0 / 3600.0;
        }
    }

    private void charge(double toSoc) {
        double a = 30.0;
        while (pack.highestSoc() < toSoc && a > 2.0) {
            if (pack.highestV() > TOP_V) {
                a *= 0.7;
            }
            step(-a, 10.0);
        }
    }

    /** Lives through so many days. */
    void live(int days) {
        for (int d = 0; d < days; d++) {
            trip(0.20 + 0.25 * day.uniform());
            rest(7.0);
            charge(full && d % 7 == 6 ? 1.0 : 0.80 + 0.12 * day.uniform());
            rest(10.0);
        }
    }

    /** Prints the table; arguments: days, seeds. */
    public static void main(String[] args) {
        int days = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        System.out.printf(
                Locale.ROOT,
                "16 iron phosphate cells of 103 Ah, %d days of use, mean of %d packs. Apart: charge between the first and the last cell to be%n"
                        + "full, Ah. Usable: charge between the first full and the first empty cell, Ah. Full once a week unless said otherwise.%n"
                        + "Off: how wrong the balancer ever was of a difference, in its own standard deviations.%n",
                days,
                seeds);
        for (Use use : Use.values()) {
            System.out.printf(
                    "%n%-52s %8s %8s %8s %8s %8s  %s%n",
                    use.text, "apart", "after", "usable", "after", "bled", "off, sigma");
            for (Way way : Way.values()) {
                print(way, use, days, seeds);
            }
        }
    }

    private static void print(Way way, Use use, int days, int seeds) {
        double[] sum = new double[5];
        double worst = 0.0;
        for (int seed = 1; seed <= seeds; seed++) {
            BalanceTrial trial = new BalanceTrial(way, use, seed);
            sum[0] += trial.apartAh() / seeds;
            sum[2] += trial.usableAh() / seeds;
            trial.live(days);
            sum[1] += trial.apartAh() / seeds;
            sum[3] += trial.usableAh() / seeds;
            sum[4] += trial.bledAh() / seeds;
            worst = Math.max(worst, trial.worstSigmas());
        }
        String sigmas = worst > 0.0 ? String.format(Locale.ROOT, "  %9.1f", worst) : "";
        System.out.printf(
                Locale.ROOT,
                "%-52s %8.2f %8.2f %8.2f %8.2f %8.2f%s%n",
                way.text,
                sum[0],
                sum[1],
                sum[2],
                sum[3],
                sum[4],
                sigmas);
    }
}
