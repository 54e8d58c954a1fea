package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.run.ChargeSimulation;
import io.github.bms4j.sim.run.RunObserver;
import io.github.bms4j.sim.run.RunSummary;
import io.github.bms4j.sim.run.ShippedData;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo's promises, for fifty packs: another spread of cells, other sensors, other noise each. */
@Tag("endurance")
class FiftySeedsTest {
    private static final double TWO_POINTS = 0.02;

    @Test
    void everyPackStaysInItsRatingsAndItsEstimateNearTheTruth() {
        CellType cell = ShippedData.cell();
        Recording drive = ShippedData.drive();
        List<String> broken = LongStream.rangeClosed(1, 50)
                .parallel()
                .mapToObj(seed -> complaint(seed, run(seed, cell, drive)))
                .filter(complaint -> !complaint.isEmpty())
                .toList();
        assertEquals(List.of(), broken);
    }

    private static RunSummary run(long seed, CellType cell, Recording drive) {
        return new ChargeSimulation(
                        DemoScenario.of(seed, cell, drive, DemoScenario.DEPARTURE_MIN, DemoScenario.TARGET_SOC),
                        frame -> {},
                        RunObserver.NONE)
                .run()
                .summary();
    }

    /** What a run promised and did not keep; empty if it kept all. */
    private static String complaint(long seed, RunSummary run) {
        double error = Math.abs(run.endSoc() - run.endSocTrue());
        boolean kept = run.plantSteps() > 100_000
                && run.brokenSteps() == 0
                && error <= TWO_POINTS
                && error <= 3.0 * run.endSocSigma()
                && run.missedSoc() == 0.0
                && (run.stop() == StopCause.SOC_REACHED
                        || run.stop() == StopCause.DEPARTURE) // missed by nothing at all
                && run.restarts() == 0
                && run.guard().faultsSet() == 0
                && run.guard().openedInOrder();
        return kept
                ? ""
                : String.format(
                        Locale.ROOT,
                        "seed %d: %d of %d steps outside a rating, end SOC %.4f ± %.4f, true %.4f, missed %.4f, %s,"
                                + " %d restarts, %d faults (%s), %s",
                        seed,
                        run.brokenSteps(),
                        run.plantSteps(),
                        run.endSoc(),
                        run.endSocSigma(),
                        run.endSocTrue(),
                        run.missedSoc(),
                        run.stop(),
                        run.restarts(),
                        run.guard().faultsSet(),
                        run.guard().standing(),
                        run.guard().contactors());
    }
}
