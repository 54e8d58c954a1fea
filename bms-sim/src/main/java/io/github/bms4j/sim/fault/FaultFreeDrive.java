package io.github.bms4j.sim.fault;

import io.github.bms4j.num.Check;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;

/**
 * Driving, resting and charging with nothing wrong, to count what trips all the same.
 *
 * <p>The recorded drive's current, at a random share of its strength and from a random place, alternates with rests of minutes to
 * hours and charges at a random rate, in air of −15…38 °C. Readings carry noise, offsets and resolution, cycles jitter, one in a
 * thousand is lost, messages are lost and corrupted. The driver obeys the ratings by what is measured. All from one seed.
 */
public final class FaultFreeDrive {
    private static final double LOSS_RATE = 1e-3;
    private static final double CORRUPT_RATE = 1e-5;
    private static final double EMPTY_SOC = 0.12;
    private static final double MOST_SPELL_S = 2.0 * 3600.0;
    private static final double TAPER_PER_H = 0.03;

    private enum Spell {
        DRIVE,
        REST,
        CHARGE
    }

    private final NoiseSource random;
    private final FaultBench bench;
    private final ObedientDriver driver;
    private final DriveTape tape;
    private final double capacityAh;

    private Spell spell = Spell.REST;
    private double untilS;
    private double strength;
    private double chargeA;
    private double targetSoc;
    private long tapeStep;
    private int drives;
    private int charges;
    private double takenAh;
    private double coldestDegC = Double.POSITIVE_INFINITY;
    private double hottestDegC = Double.NEGATIVE_INFINITY;
    private long lost;

    private FaultFreeDrive(double periodS, long seed) {
        this.random = new NoiseSource(seed);
        this.bench = new FaultBench(0.6, 20.0, periodS, random.bits());
        this.driver = new ObedientDriver(bench.type);
        this.tape = new DriveTape(ShippedData.drive(), periodS);
        this.capacityAh = bench.type.rating().capacityAh();
        bench.lossRate = LOSS_RATE;
        bench.corruptRate = CORRUPT_RATE;
    }

    /**
     * Runs until so much was driven.
     *
     * @param hours time driven, h, > 0; rests and charges come on top
     * @param periodS nominal time between cycles, s, > 0
     * @param seed of everything that is random
     */
    public static FaultFreeResult run(double hours, double periodS, long seed) {
        Check.positive("hours", hours);
        Check.positive("periodS", periodS);
        return new FaultFreeDrive(periodS, seed).run(hours);
    }

    private FaultFreeResult run(double hours) {
        double startS = bench.nowS();
        double drivenS = 0.0;
        long cycles = 0;
        bench.step();
        while (drivenS < hours * 3600.0) {
            if (bench.nowS() >= untilS || over()) {
                next();
            }
            double fromS = bench.nowS();
            double cellA = driver.allowed(wishA(), bench.seen());
            bench.packA = cellA * FaultBench.LAYOUT.parallel();
            bench.step();
            cycles++;
            drivenS += spell == Spell.DRIVE ? bench.nowS() - fromS : 0.0;
            takenAh += Math.max(0.0, cellA) * (bench.nowS() - fromS) / 3600.0;
            coldestDegC = Math.min(coldestDegC, bench.pack.lowestDegC());
            hottestDegC = Math.max(hottestDegC, bench.pack.highestDegC());
            lost += bench.seen().current().usable(0) ? 0 : 1;
        }
        return result(drivenS / 3600.0, (bench.nowS() - startS) / 3600.0, cycles);
    }

    private double wishA() {
        return switch (spell) {
            case DRIVE -> strength * tape.cellA(tapeStep++);
            case REST -> 0.0;
            case CHARGE -> -chargeA;
        };
    }

    private boolean over() {
        double soc = bench.pack.packSoc();
        return switch (spell) {
            case DRIVE -> soc < EMPTY_SOC;
            case REST -> false;
            case CHARGE -> soc >= targetSoc || -bench.packA < TAPER_PER_H * capacityAh;
        };
    }

    private void next() {
        double soc = bench.pack.packSoc();
        spell = spell != Spell.REST
                ? Spell.REST
                : soc < 0.25 || (soc < 0.8 && random.uniform() < 0.4) ? Spell.CHARGE : Spell.DRIVE;
        double longS = MOST_SPELL_S * (0.05 + 0.95 * random.uniform());
        untilS = bench.nowS() + longS;
        bench.charger = spell == Spell.CHARGE;
        switch (spell) {
            case DRIVE -> {
                drives++;
                strength = 0.15 + 0.85 * random.uniform();
                tapeStep = (long) (random.uniform() * tape.length());
            }
            case REST -> bench.ambientDegC = -15.0 + 53.0 * random.uniform();
            case CHARGE -> {
                charges++;
                untilS += 4.0 * MOST_SPELL_S;
                chargeA = capacityAh * (0.2 + 0.8 * random.uniform());
                targetSoc = 0.7 + 0.31 * random.uniform();
            }
        }
    }

    private FaultFreeResult result(double drivenH, double hours, long cycles) {
        int trips = 0;
        StringBuilder tripped = new StringBuilder();
        for (Fault f : Fault.values()) {
            int n = bench.faults.occurrences(f);
            trips += n;
            if (n > 0) {
                tripped.append(tripped.length() > 0 ? ", " : "")
                        .append(n)
                        .append(" x ")
                        .append(f.text());
            }
        }
        double fullCycles = takenAh / capacityAh;
        return new FaultFreeResult(
                drivenH,
                hours,
                cycles,
                drives,
                charges,
                fullCycles,
                coldestDegC,
                hottestDegC,
                lost,
                trips,
                tripped.toString());
    }
}
