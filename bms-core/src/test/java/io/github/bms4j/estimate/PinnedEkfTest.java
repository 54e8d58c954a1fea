package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain filter and the fast one against values written down once: neither may move without being noticed. */
class PinnedEkfTest {
    private final Measured pinned = new Measured(PinnedEkf.FILE);

    private static void near(double expected, double found, double share, double least, String at) {
        assertEquals(expected, found, Math.max(least, share * Math.abs(expected)), at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sloped", "flat"})
    void thePlainFilterGivesWhatIsWritten(String noise) {
        String[] states = {"soc", "v1_v", "v2_v", "h", "r", "b_a", "e_v"};
        ReferenceEkf reference =
                new ReferenceEkf(SampleCells.rich(), noise.equals("flat") ? NoiseModel.flat() : NoiseModel.sloped());
        PinnedEkf drive = new PinnedEkf();
        int compared = 0;
        for (int row = 0; row < pinned.size(); row++) {
            if (!pinned.text(row, "noise").equals(noise)) {
                continue;
            }
            while (drive.step < pinned.at(row, "step")) {
                drive.next();
                PinnedEkf.follow(reference, drive);
            }
            String at = noise + " step " + drive.step;
            near(pinned.at(row, "innovation_v"), reference.innovationV, 1e-9, 1e-11, at);
            near(pinned.at(row, "s_v2"), reference.innovationV2, 1e-9, 0.0, at);
            near(pinned.at(row, "v3_v"), reference.v3, 1e-9, 1e-12, at);
            for (int j = 0; j < states.length; j++) {
                near(pinned.at(row, states[j]), reference.x.get(j), 1e-9, 1e-11, at + " " + states[j]);
                near(pinned.at(row, "var_" + states[j]), reference.p.get(j, j), 1e-9, 0.0, at + " var " + states[j]);
            }
            compared++;
        }
        assertEquals(29, compared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sloped", "flat"})
    void theFastFilterGivesWhatIsWritten(String noise) {
        PackLayout one = new PackLayout(1, 1, 1);
        CellEkf ekf =
                new CellEkf(SampleCells.rich(), one, noise.equals("flat") ? NoiseModel.flat() : NoiseModel.sloped());
        ekf.start(0.5, 0.2);
        PackSample sample = new PackSample(one);
        PackEstimate says = new PackEstimate(one);
        PinnedEkf drive = new PinnedEkf();
        int compared = 0;
        for (int row = 0; row < pinned.size(); row++) {
            if (!pinned.text(row, "noise").equals(noise)) {
                continue;
            }
            while (drive.step < pinned.at(row, "step")) {
                drive.next();
                sample.begin(drive.nanos());
                sample.readCurrent(drive.nowA);
                sample.readCellVoltage(0, drive.voltageV);
                sample.readTemperature(0, drive.tDegC);
                ekf.step(sample, says);
                assertEquals(VoltageTrust.SOUND, says.voltageTrust(0), "step " + drive.step);
            }
            String at = noise + " step " + drive.step;
            near(pinned.at(row, "innovation_v"), drive.voltageV - says.predictedV(0), 1e-5, 1e-7, at);
            near(pinned.at(row, "s_v2"), says.predictedSigmaV(0) * says.predictedSigmaV(0), 1e-5, 0.0, at);
            near(pinned.at(row, "soc"), says.soc(0), 1e-6, 0.0, at);
            near(pinned.at(row, "v1_v"), says.fastRcV(0), 1e-5, 1e-8, at);
            near(pinned.at(row, "v2_v"), says.slowRcV(0), 1e-5, 1e-8, at);
            near(pinned.at(row, "v3_v"), says.diffusionV(0), 1e-9, 1e-12, at);
            near(pinned.at(row, "h"), says.hysteresis(0), 1e-4, 1e-6, at);
            near(pinned.at(row, "r"), says.resistanceError(0), 1e-5, 1e-7, at);
            near(pinned.at(row, "b_a"), says.currentBiasA(), 1e-4, 1e-9, at);
            near(pinned.at(row, "e_v"), says.voltageErrorV(0), 1e-4, 1e-8, at);
            near(Math.sqrt(pinned.at(row, "var_soc")), says.socSigma(0), 1e-5, 0.0, at);
            near(Math.sqrt(pinned.at(row, "var_r")), says.resistanceErrorSigma(0), 1e-5, 0.0, at);
            compared++;
        }
        assertEquals(29, compared);
    }
}
