package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.sim.replay.EstimateReplay;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.replay.RecordingScreen;
import io.github.bms4j.sim.replay.ReplayTrace;
import io.github.bms4j.sim.replay.SocScore;
import io.github.bms4j.sim.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs the cases of a matrix on all cores; the results come in the order of the cases and are those of one core. */
final class MatrixRunner {
    private final EstimateInputs inputs = new EstimateInputs();

    /**
     * The scores of all cases.
     *
     * @param done is told how many are done, by this thread
     */
    List<MatrixScore> run(List<MatrixCase> cases, IntConsumer done) {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<MatrixScore>> running = new ArrayList<>();
            for (MatrixCase one : cases) {
                running.add(pool.submit(() -> score(one)));
            }
            List<MatrixScore> scores = new ArrayList<>();
            for (Future<MatrixScore> future : running) {
                scores.add(future.get());
                done.accept(scores.size());
            }
            return scores;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("a case of the matrix failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private MatrixScore score(MatrixCase one) {
        try {
            CellType cell = EstimateInputs.scaled(inputs.cell(one.cell()), one.capacityScale());
            double biasA = one.biasPerH() * inputs.cell(one.cell()).rating().capacityAh();
            Recording recording = inputs.recording(one.recording());
            RecordingScreen screen = EstimateInputs.screened(recording, cell);
            EstimateReplay replay =
                    new EstimateReplay(recording, screen, cell, one.setup().plusCurrent(biasA));
            Trace trace = replay.run(EstimateInputs.estimator(one.estimator(), cell), one.start());
            SocScore estimate = replay.score(trace, ReplayTrace.SOC, one.start(), one.scoreAfterS());
            SocScore fromStart = replay.score(trace, ReplayTrace.SOC, one.start(), 0.0);
            SocScore counting = replay.score(trace, ReplayTrace.SOC_COUNTER, one.start(), one.scoreAfterS());
            MatrixBars.Outside outside = one.bars().outside();
            SocScore left = replay.scoreOutside(
                    trace, ReplayTrace.SOC, one.start(), one.scoreAfterS(), outside.below(), outside.above());
            return new MatrixScore(estimate, fromStart, left, counting);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(one.recording() + ": " + e.getMessage(), e);
        }
    }
}
