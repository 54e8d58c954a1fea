package io.github.bms4j.sim.run;

import static io.github.bms4j.sim.run.ParallelRig.STANDARD;
import static io.github.bms4j.sim.run.ParallelRig.STRING;
import static io.github.bms4j.sim.run.ParallelRig.bench;
import static io.github.bms4j.sim.run.ParallelRig.explain;
import static io.github.bms4j.sim.run.ParallelRig.offer;
import static io.github.bms4j.sim.run.ParallelRig.running;
import static io.github.bms4j.sim.run.ParallelRig.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.JoinRating;
import io.github.bms4j.contactor.JoinVerdict;
import io.github.bms4j.contactor.StringJoin;
import io.github.bms4j.control.FlightReplay;
import io.github.bms4j.control.PackOpening;
import io.github.bms4j.control.ParallelPack;
import io.github.bms4j.control.ParallelSettings;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.thermal.ThermalNeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vehicles with strings of 24 groups of 60 in parallel, true cells and true contactors: joined, driven, charged, recorded. */
class ParallelBenchTest {
    private static final double MOST_A = 30.0;
    /** Contactors that may be closed onto 30 A. */
    private static final ParallelSettings SETTINGS =
            new ParallelSettings(new JoinRating(1.0, MOST_A, 0.17, 0.3, 0.8), 1e-3, 2.0, 120.0, 0.5);

    private static SimPack cells(double soc, NoiseSource random) {
        return new SimPack(ShippedData.truth(), STRING.layout(), PackSpread.oneBatch(), 1.0, soc, 25.0, random);
    }

    @Test
    void threeStringsJoinOneAfterTheOtherWithinWhatWasPredicted() {
        ParallelBench bench = bench(STANDARD, 0.60, 0.605, 0.595);
        StringJoin join = bench.pack().join();
        bench.connect(ThermalNeed.DRIVING);
        double[] boundA = new double[3];
        StringBuilder order = new StringBuilder();
        boolean[] in = new boolean[3];
        for (int beat = 0; beat < 300; beat++) {
            for (int k = 0; k < 3; k++) {
                if (join.verdict(k) == JoinVerdict.JOIN) {
                    boundA[k] = join.boundA(k);
                }
            }
            bench.runFor(0.01);
            for (int k = 0; k < 3; k++) {
                double peakA = bench.strings().takePeakA(k);
                boolean connected = bench.strings().connected(k);
                if (connected && !in[k]) {
                    in[k] = true;
                    order.append(k);
                    assertTrue(
                            order.length() == 1 || peakA <= boundA[k],
                            "string " + k + ": " + peakA + " > " + boundA[k]);
                    assertTrue(order.length() == 1 || peakA > 0.3 * boundA[k], "the bound is not idle: " + peakA);
                }
                assertTrue(peakA < 50.0, "string " + k + " carried " + peakA + " A");
            }
        }
        assertEquals("012", order.toString(), "the middle one, then the nearest");
        assertEquals(3, bench.pack().carrying());
        double sumA = bench.stringA(0) + bench.stringA(1) + bench.stringA(2);
        assertEquals(0.0, sumA, 0.1, "what equalises stays among them");
        assertEquals(0.6, bench.pack().soc(), 0.01);
        assertTrue(bench.pack().socSigma() > 0.0 && bench.pack().socSigma() < 0.03);
        for (int k = 0; k < 3; k++) {
            assertEquals("none", bench.pack().string(k).faults().text());
        }
    }

    @Test
    void theHigherOfTwoDrivesAloneUntilTheOtherCanJoin() {
        ParallelBench bench = bench(SETTINGS, 0.60, 0.63);
        ParallelPack pack = bench.pack();
        bench.connect(ThermalNeed.DRIVING);
        bench.runFor(3.0);
        assertTrue(bench.strings().connected(1));
        assertEquals(JoinVerdict.CURRENT_TOO_HIGH, pack.join().verdict(0));
        assertEquals(-28.0, pack.join().equalisingA(0), 3.0);
        assertTrue(pack.join().boundA(0) > 40.0);

        // 400 A pull the bus through the voltage of the lower one long before it would stay there without them
        bench.drive((fromS, toS) -> 400.0);
        assertFalse(bench.runUntil(() -> bench.strings().connected(0), 12.0));
        assertTrue(bench.strings().link().linkV() < bench.cells(0).packV());
        bench.drive((fromS, toS) -> fromS % 30.0 < 10.0 ? 200.0 : 0.0);
        for (int k = 0; k < 2; k++) {
            bench.strings().takePeakA(k);
        }
        assertTrue(bench.runUntil(() -> pack.carrying() == 2, 120.0), () -> explain(pack));
        assertTrue(bench.strings().takePeakA(0) < MOST_A, "onto what a contactor may close");
        double apart = bench.cells(1).packSoc() - bench.cells(0).packSoc();
        assertTrue(apart > 0.005 && apart < 0.025, "joined " + apart + " apart");
        bench.drive((fromS, toS) -> 300.0);
        bench.runFor(5.0);
        assertEquals(300.0, bench.stringA(0) + bench.stringA(1), 0.5);
        assertTrue(bench.stringA(0) > 100.0 && bench.stringA(1) > 100.0);
        assertEquals(PackOpening.NONE, pack.opening());
    }

    @Test
    void theLowerOfTwoIsChargedAloneAndTheChargePausesForTheOther() {
        ParallelBench bench = bench(SETTINGS, 0.60, 0.63);
        ParallelPack pack = bench.pack();
        bench.connect(ThermalNeed.CHARGING);
        assertTrue(bench.runUntil(() -> pack.carrying() == 1, 3.0));
        bench.plugIn(ChargeNeed.by(400.0, 0.9), offer(300.0));
        assertEquals(0, pack.negotiator());
        bench.runFor(20.0);
        assertTrue(bench.stringA(0) < -100.0, () -> explain(pack));
        assertTrue(bench.runUntil(pack::paused, 120.0), () -> explain(pack));
        double pausedAtS = bench.nowS();
        assertTrue(bench.runUntil(() -> pack.carrying() == 2, 60.0), () -> explain(pack));
        assertTrue(bench.strings().takePeakA(1) < MOST_A);
        assertTrue(bench.nowS() - pausedAtS < 60.0);
        bench.runFor(30.0);
        assertFalse(pack.paused());
        assertEquals(-300.0, bench.loadA(), 6.0, "both take what the station gives");
        assertEquals(StopCause.NONE, pack.demand().stop());
        assertNotNull(pack.plan());
        assertEquals(-bench.loadA(), -pack.demand().pack().packA, 3.0);
        assertEquals(pack.soc(), pack.demand().pack().soc);
        bench.unplug();
        bench.runFor(0.5);
        assertEquals(0.0, bench.loadA());
    }

    @Test
    void switchesOffInOrderThoughTheStringsStillEqualise() {
        ParallelBench bench = running(0.60, 0.62);
        bench.drive((fromS, toS) -> 150.0);
        bench.runFor(3.0);
        bench.drive(PackLoad.NONE);
        bench.runFor(1.0);
        assertTrue(Math.abs(bench.stringA(0)) > 5.0, "they equalise: " + bench.stringA(0));
        bench.disconnect();
        assertTrue(bench.runUntil(() -> state(bench, 0) == ContactorState.STANDBY, 10.0), () -> explain(bench.pack()));
        for (int k = 0; k < 2; k++) {
            assertEquals(ContactorState.STANDBY, state(bench, k));
            assertEquals("none", bench.pack().string(k).faults().text());
            assertTrue(bench.strings().string(k).worstBreakA() < 30.0);
        }
    }

    /** The pack is used to its limit; no string may pass its own, nor a cell its voltage. */
    @ParameterizedTest(name = "{0}, at SOC {1} and {2}, resistance of the second {3}")
    @CsvSource({
        "DISCHARGE, 0.60, 0.61, 1.0, 60",
        "DISCHARGE, 0.60, 0.595, 1.25, 60",
        "DISCHARGE, 0.14, 0.135, 1.25, 120",
        "CHARGE, 0.85, 0.855, 1.25, 180",
        "CHARGE, 0.60, 0.61, 0.8, 60"
    })
    void noStringPassesItsLimitWhenThePackIsUsedToItsOwn(
            Direction direction, double soc0, double soc1, double resistance, double forS) {
        NoiseSource random = new NoiseSource(5);
        SimPack[] packs = {cells(soc0, random), cells(soc1, random)};
        packs[1].age(0.97, resistance);
        SimSensors[] sensors = {
            new SimSensors(packs[0], SensorFlaws.goodPack(), random),
            new SimSensors(packs[1], SensorFlaws.goodPack(), random)
        };
        ParallelBench bench = new ParallelBench(STRING, STANDARD, packs, sensors, 25.0);
        bench.start(0.0, 0.02);
        bench.connect(ThermalNeed.DRIVING);
        assertTrue(bench.runUntil(() -> bench.pack().carrying() == 2, 5.0), () -> explain(bench.pack()));
        bench.runFor(1.0);
        ParallelPack pack = bench.pack();
        double sign = direction.sign();
        bench.drive((fromS, toS) -> sign * pack.limits().limitA(direction, Horizon.S10));
        double best = 0.0;
        double worst = 0.0;
        double endS = bench.nowS() + forS;
        while (bench.nowS() < endS) {
            double[] ownA = new double[2];
            for (int k = 0; k < 2; k++) {
                ownA[k] = pack.string(k).limits().limit(direction, Horizon.S10).limitA();
            }
            bench.runFor(0.1);
            double nearest = 0.0;
            for (int k = 0; k < 2; k++) {
                double overA = sign * bench.stringA(k) - ownA[k];
                worst = Math.max(worst, overA / 1320.0);
                nearest = Math.max(nearest, sign * bench.stringA(k) / Math.max(1.0, ownA[k]));
                assertTrue(
                        bench.cells(k).lowestV() >= 2.5,
                        "string " + k + " fell to " + bench.cells(k).lowestV());
                assertTrue(
                        bench.cells(k).highestV() <= 4.2,
                        "string " + k + " rose to " + bench.cells(k).highestV());
            }
            best = Math.max(best, nearest);
        }
        assertTrue(worst < 0.01, "a string passed its limit by " + 100.0 * worst + " % of its rating");
        assertTrue(best > 0.95, "the promise is not idle: a string came to " + best + " of its own");
        assertEquals(2, pack.carrying());
        assertEquals("none", pack.string(0).faults().text());
    }

    @Test
    void aRecordPerStringRunsAgainToTheSameBits() throws IOException {
        ParallelBench bench = ParallelBench.of(STRING, STANDARD, ShippedData.truth(), 25.0, 3, 0.60, 0.605);
        ByteArrayOutputStream[] out = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        for (int k = 0; k < 2; k++) {
            bench.record(k, out[k]);
        }
        bench.start(0.0, 0.02);
        bench.connect(ThermalNeed.DRIVING);
        bench.runFor(3.0);
        bench.drive((fromS, toS) -> 200.0);
        bench.runFor(10.0);
        bench.sensors(1).driftCellV(3, 0.8);
        bench.runFor(3.0);
        bench.drive(PackLoad.NONE);
        bench.plugIn(ChargeNeed.by(300.0, 0.9), offer(200.0));
        bench.runFor(10.0);
        bench.unplug();
        bench.runFor(1.0);
        for (int k = 0; k < 2; k++) {
            bench.pack().string(k).endRecord();
            FlightReplay replay = new FlightReplay(
                    "string " + k, new ByteArrayInputStream(out[k].toByteArray()), (manager, sample, identical) -> {});
            FlightReplay.Outcome outcome = replay.run();
            assertTrue(outcome.identical(), "string " + k + ": " + outcome);
            assertEquals("", outcome.end());
            assertTrue(outcome.digests() > 20);
        }
    }
}
