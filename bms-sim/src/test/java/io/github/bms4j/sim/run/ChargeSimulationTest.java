package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.bus.FrameSink;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.PowerStep;
import io.github.bms4j.sim.station.StationOutput;
import io.github.bms4j.sim.trace.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs of a pack of four groups of sixty cells. */
class ChargeSimulationTest {
    private static final double FULL_W = 3000.0;
    private static final String TEN_MINUTES = "0,5\n600,5\n"; // 0.83 Ah of 2.8

    private String drive = TEN_MINUTES;
    private double stopSoc = 0.1;
    private List<OfferStep> tariff = List.of(new OfferStep(0.0, FULL_W, 0.3, Double.NaN));
    private List<PowerStep> grid = List.of();
    private double departureS = 1800.0;
    private double targetSoc = 0.7;
    private double minSoc = 0.7; // charge at once

    private ChargeScenario scenario(long seed) {
        Recording recording;
        try {
            byte[] text = ("time_s,current_a\n" + drive).getBytes(StandardCharsets.US_ASCII);
            recording = Recording.read("drive", new ByteArrayInputStream(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ChargeScenario(
                seed,
                new ChargeScenario.Truth(
                        ShippedData.truth(), PackSpread.oneBatch(), 1.0, SensorFlaws.goodPack(), 25.0, 0.0, 25.0),
                BatterySettings.standard(ShippedData.cell(), new PackLayout(4, 60, 2)),
                new ChargeScenario.Drive(recording, 0.9, 0.8, 0.1, stopSoc, 60.0),
                new ChargeScenario.Session(
                        GbtStationRating.of(StationOutput.of(5.0, 30.0, 250.0)),
                        tariff,
                        grid,
                        departureS,
                        targetSoc,
                        Math.min(minSoc, targetSoc),
                        0.0));
    }

    private RunResult run() {
        return new ChargeSimulation(scenario(1), frame -> {}, RunObserver.NONE).run();
    }

    private static double energyWh(RunResult result, double fromS, double toS) {
        Trace trace = result.trace();
        double wh = 0.0;
        for (int k = 0; k < trace.rows(); k++) {
            double sincePlugS = trace.get(RunTrace.TIME_S, k) - result.plugS();
            if (sincePlugS > fromS && sincePlugS <= toS) {
                wh -= trace.get(RunTrace.POWER_W, k) / 3600.0;
            }
        }
        return wh;
    }

    @Test
    void drivesRestsChargesAndEndsAtTheTarget() {
        RunResult result = run();
        RunSummary summary = result.summary();
        assertEquals(600.0, summary.driveS(), 1.0);
        assertEquals(660.0, result.plugS(), 1.0);
        assertEquals(0.9, summary.startSocTrue(), 0.02);
        assertEquals(0.9 - 5.0 / 6.0 / ShippedData.truth().capacityAh(), summary.plugSocTrue(), 0.02);
        assertEquals(summary.plugSocTrue(), summary.plugSoc(), 0.03);
        assertEquals(StopCause.SOC_REACHED, summary.stop());
        assertEquals(0.7, summary.endSoc(), 0.001);
        assertEquals(0.7, summary.endSocTrue(), 0.02);
        assertEquals(0.0, summary.missedSoc());
        assertEquals(0, summary.brokenSteps());
        assertEquals(0, summary.restarts());
        assertEquals(Math.round(summary.simulatedS() * 10.0), summary.plantSteps(), "ten steps a second");
        assertEquals(energyWh(result, 0.0, 1e9), summary.energyWh(), 2.0);
        assertEquals(0.3 * summary.energyWh() / 1000, summary.cost(), 1e-9);
        assertEquals(summary.plannedCost(), summary.cost(), 0.2 * summary.cost());
        double held = summary.heldS().values().stream().mapToDouble(s -> s).sum();
        assertEquals(summary.sessionS(), held, 1e-6, "each moment has one cause");
        assertTrue(result.session().size() > 15, () -> result.session().size() + " entries");
    }

    @Test
    void theTraceHasOneRowASecondAndTheObserverSeesEach() {
        List<String> phases = new ArrayList<>();
        int[] calls = {0};
        RunResult result = new ChargeSimulation(scenario(1), frame -> {}, (phase, timeS, soc, powerW) -> {
                    assertEquals(calls[0], timeS, 1e-9);
                    calls[0]++;
                    if (phases.isEmpty() || !phases.get(phases.size() - 1).equals(phase)) {
                        phases.add(phase);
                    }
                })
                .run();
        assertEquals(List.of("driving", "resting", "charging", "resting"), phases);
        assertEquals(result.trace().rows(), calls[0]);
        for (int k = 0; k < result.trace().rows(); k++) {
            assertEquals(k, result.trace().get(RunTrace.TIME_S, k), 1e-9);
            boolean charging = result.trace().get(RunTrace.PHASE, k) == RunPhase.CHARGE.ordinal();
            assertEquals(!charging, Double.isNaN(result.trace().get(RunTrace.CAUSE, k)), "row " + k);
            assertTrue(result.trace().get(RunTrace.CELL_V_MIN_TRUE, k)
                    <= result.trace().get(RunTrace.CELL_V_MAX_TRUE, k));
            assertTrue(result.trace().get(RunTrace.SOC_CELL_MIN_TRUE, k)
                    <= result.trace().get(RunTrace.SOC_CELL_MAX_TRUE, k));
        }
    }

    @Test
    void theVehicleObeysItsLimitsWhateverTheRecordingSays() {
        drive = "0,40\n20,-40\n120,0\n121,0\n"; // A of a cell that is rated for 22 and 11
        RunResult result = run();
        Trace trace = result.trace();
        double most = 0.0;
        double least = 0.0;
        for (int k = 0; k < trace.rows() && trace.get(RunTrace.TIME_S, k) < 121.0; k++) {
            most = Math.max(most, trace.get(RunTrace.CURRENT_A, k) / 60);
            least = Math.min(least, trace.get(RunTrace.CURRENT_A, k) / 60);
        }
        assertTrue(most > 5.0 && most <= 22.0 + 1e-9, most + " A");
        assertTrue(least < -0.5 && least >= -11.0 - 1e-9, least + " A");
        assertEquals(0, result.summary().brokenSteps());
    }

    @Test
    void theDriveStopsAtItsSoc() {
        stopSoc = 0.7;
        RunSummary summary = run().summary();
        assertEquals(0.7, summary.plugSoc(), 0.02);
        assertTrue(summary.driveS() < 500.0, () -> summary.driveS() + " s");
    }

    @Test
    void aGridStepShowsAsAStationThatDeliversLess() {
        grid = List.of(new PowerStep(0.0, FULL_W), new PowerStep(300.0, 300.0), new PowerStep(600.0, FULL_W));
        departureS = 1500.0;
        targetSoc = 0.8;
        minSoc = 0.8;
        RunResult result = run();
        assertEquals(25.0, energyWh(result, 300.0, 600.0), 2.0, "300 W for five minutes");
        double held = result.summary().heldS().getOrDefault(LimitRule.STATION_DELIVERY, 0.0);
        assertEquals(300.0, held, 20.0);
        assertTrue(result.summary().replans() >= 2, "when it falls and when it rises");
    }

    @Test
    void itWaitsWhileThePriceIsHigh() {
        tariff = List.of(new OfferStep(0.0, FULL_W, 0.9, Double.NaN), new OfferStep(900.0, FULL_W, 0.1, Double.NaN));
        departureS = 3600.0;
        minSoc = 0.0;
        RunResult result = run();
        assertEquals(0.0, energyWh(result, 0.0, 890.0), 1.0);
        assertEquals(0.7, result.summary().endSoc(), 0.01);
        assertEquals(0.1 * result.summary().energyWh() / 1000, result.summary().cost(), 0.001);
        assertTrue(result.summary().heldS().getOrDefault(LimitRule.PLAN, 0.0) > 880.0, result.summary()::toString);
        assertFalse(result.summary().heldS().containsKey(LimitRule.STATION_PAUSE));
    }

    @Test
    void anImpossibleDepartureIsMissedByAsLittleAsPossibleAndNamesItsLimit() {
        departureS = 420.0;
        targetSoc = 0.95;
        RunResult result = run();
        RunSummary summary = result.summary();
        assertEquals(StopCause.DEPARTURE, summary.stop());
        assertEquals(0.95 - summary.endSoc(), summary.missedSoc(), 1e-12);
        assertEquals(result.firstPlan().missedSoc(), summary.missedSoc(), 0.02);
        assertEquals(LimitRule.PLATING, summary.mainLimit());
        assertTrue(summary.heldS().getOrDefault(LimitRule.PLATING, 0.0) > 300.0, summary::toString);
    }

    @Test
    void theSameScenarioGivesTheSameRunAndAnotherSeedAnother() {
        List<String> one = new ArrayList<>();
        List<String> two = new ArrayList<>();
        RunSummary first = runInto(one, 1);
        RunSummary second = runInto(two, 1);
        assertEquals(first, second);
        assertEquals(one, two);
        assertFalse(first.equals(runInto(new ArrayList<>(), 2)));
    }

    private RunSummary runInto(List<String> frames, long seed) {
        targetSoc = 0.62;
        departureS = 400.0;
        FrameSink sink = frame -> frames.add(frame.timestampNanos() + " " + frame);
        return new ChargeSimulation(scenario(seed), sink, RunObserver.NONE)
                .run()
                .summary();
    }

    @ParameterizedTest(name = "departure {0} s, target {1}")
    @CsvSource({"0, 0.7", "-1, 0.7", "NaN, 0.7", "Infinity, 0.7", "1800, 1.1", "1800, -0.1", "1800, NaN"})
    void aSessionThatMakesNoSenseIsRefusedBeforeAnythingRuns(double departure, double target) {
        departureS = departure;
        targetSoc = target;
        assertThrows(IllegalArgumentException.class, () -> scenario(1));
    }
}
