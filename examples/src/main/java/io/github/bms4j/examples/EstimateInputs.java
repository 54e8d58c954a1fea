package io.github.bms4j.examples;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PlainEkf;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.replay.RecordingScreen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that many cases share, each read once. Thread: any. */
final class EstimateInputs {
    private static final String PLAIN = "plain-ekf";
    private static final String PLAIN_ADC = "plain-ekf-adc";

    /** What the converter of a front end is good for, V. */
    private static final double ADC_SIGMA_V = 0.002;

    /** What is often chosen once the first figure has failed, V. */
    private static final double TUNED_SIGMA_V = 0.020;

    private static final PackLayout ONE = new PackLayout(1, 1, 1);

    private final Map<Path, Recording> recordings = new ConcurrentHashMap<>();
    private final Map<Path, CellType> cells = new ConcurrentHashMap<>();

    Recording recording(Path file) {
        return recordings.computeIfAbsent(file, f -> CommandFailure.orUnreadable(f, Recording::loadLog));
    }

    CellType cell(Path file) {
        return cells.computeIfAbsent(file, CellChoice::of);
    }

    /** The estimators of the library, then the plain ones they are seen beside. */
    static List<String> estimators() {
        List<String> names = new ArrayList<>(Estimators.names());
        names.add(PLAIN);
        names.add(PLAIN_ADC);
        return names;
    }

    /** An estimator of one cell by its name. */
    static SocEstimator estimator(String name, CellType cell) {
        return switch (name) {
            case PLAIN -> new PlainEkf(PLAIN, cell, ONE, TUNED_SIGMA_V);
            case PLAIN_ADC -> new PlainEkf(PLAIN_ADC, cell, ONE, ADC_SIGMA_V);
            default -> Estimators.create(name, cell, ONE, NoiseModel.of(cell));
        };
    }

    /** What is wrong with a recording; if that is its unit or its sign, the command ends. */
    static RecordingScreen screened(Recording recording, CellType cell) {
        RecordingScreen screen = new RecordingScreen(recording, cell);
        screen.refusal().ifPresent(finding -> {
            throw CommandFailure.badInput(finding.text(), null);
        });
        return screen;
    }

    /** The cell with its capacity times {@code scale}; the rated currents grow along, so that the parts still fit. */
    static CellType scaled(CellType cell, double scale) {
        if (scale == 1.0) {
            return cell;
        }
        CellRating rating = cell.rating();
        return new CellType(
                cell.name(),
                cell.chemistry(),
                new CellRating(
                        rating.capacityAh() * scale,
                        rating.nominalV(),
                        rating.minV(),
                        rating.maxV(),
                        rating.maxDischargeA() * Math.max(1.0, scale),
                        rating.maxChargeA() * Math.max(1.0, scale),
                        rating.discharge(),
                        rating.charge(),
                        rating.coulombicEfficiency()),
                cell.ocv(),
                cell.circuit(),
                cell.thermal(),
                cell.chargeMap(),
                cell.error(),
                cell.provenance());
    }
}
