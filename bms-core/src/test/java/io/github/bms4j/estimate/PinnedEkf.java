package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.SampleCells;
import java.util.Locale;
import java.util.Random;

/**
 * The drive whose intermediate values stand in {@code pinned-ekf.csv}, and the program that writes that file from {@link
 * ReferenceEkf}; the file's head says how. {@link SampleCells#rich()}, 10 °C falling to -10 °C in tenths, 0.1 to 2 s between samples, noise
 * of 5 mV, told 0.5 ± 0.2 where the truth begins at 0.8.
 */
final class PinnedEkf {
    static final String FILE = "pinned-ekf.csv";
    static final int STEPS = 1200;
    private static final String[] STATES = {"soc", "v1_v", "v2_v", "h", "r", "b_a", "e_v"};
    private static final CellType RICH = SampleCells.rich();

    private final Random random = new Random(20);
    private double truth = 0.8;
    private long tenths;

    int step = -1;
    double dtS;
    double beforeA;
    double nowA;
    double voltageV;
    double tDegC;

    /** Moves on to the next sample. */
    void next() {
        step++;
        dtS = step == 0 ? 0.0 : (1 + random.nextInt(20)) / 10.0;
        tenths += Math.round(10.0 * dtS);
        beforeA = nowA;
        nowA = Math.rint(1000.0 * Math.min(6.0, Math.max(-4.0, 0.98 * nowA + 0.4 * random.nextGaussian() + 0.02)))
                / 1000.0;
        tDegC = Math.rint(100.0 - 200.0 * step / STEPS) / 10.0; // by less it would not be followed
        truth -= 0.5 * (beforeA + nowA) * dtS / 7200.0;
        double v = RICH.ocv().v(truth, tDegC) - 0.08 * nowA + 0.005 * random.nextGaussian();
        voltageV = Math.rint(10_000.0 * v) / 10_000.0;
    }

    long nanos() {
        return tenths * 100_000_000L;
    }

    /** Every sample of the start, then every fiftieth. */
    boolean pinned() {
        return step < 5 || step % 50 == 0;
    }

    /** The reference after the present sample. */
    static void follow(ReferenceEkf reference, PinnedEkf drive) {
        if (drive.step == 0) {
            reference.open(0.5, 0.2, drive.nowA, drive.tDegC);
        } else {
            reference.predict(drive.beforeA, drive.nowA, drive.tDegC, drive.dtS);
        }
        reference.correct(drive.voltageV, drive.nowA, drive.tDegC);
    }

    /** Writes the file to the standard output. */
    public static void main(String[] args) {
        System.out.print(text());
    }

    static String text() {
        StringBuilder text =
                new StringBuilder("# Intermediate values of the textbook filter ReferenceEkf on the drive of"
                        + " PinnedEkf, after the correction of a step;\n"
                        + "# innovation_v and s_v2 (its variance) before it. Written by PinnedEkf.main: compile the tests, then\n"
                        + "#   java -cp <test class path> io.github.bms4j.estimate.PinnedEkf > pinned-ekf.csv\n"
                        + "# Tolerance 1e-9 of each value for ReferenceEkf (exp differs by an ulp between machines), for CellEkf that"
                        + " of FirstOrder.settled.\n"
                        + "noise,step,time_s,innovation_v,s_v2,v3_v");
        for (String state : STATES) {
            text.append(',').append(state);
        }
        for (String state : STATES) {
            text.append(",var_").append(state);
        }
        text.append('\n');
        for (boolean flat : new boolean[] {false, true}) {
            ReferenceEkf reference = new ReferenceEkf(RICH, flat ? NoiseModel.flat() : NoiseModel.sloped());
            PinnedEkf drive = new PinnedEkf();
            for (drive.next(); drive.step <= STEPS; drive.next()) {
                follow(reference, drive);
                if (drive.pinned()) {
                    text.append(flat ? "flat" : "sloped").append(',').append(drive.step);
                    text.append(String.format(Locale.ROOT, ",%.1f", drive.tenths / 10.0));
                    row(text, reference.innovationV, reference.innovationV2, reference.v3);
                    for (int j = 0; j < STATES.length; j++) {
                        row(text, reference.x.get(j));
                    }
                    for (int j = 0; j < STATES.length; j++) {
                        row(text, reference.p.get(j, j));
                    }
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }

    private static void row(StringBuilder text, double... values) {
        for (double value : values) {
            text.append(String.format(Locale.ROOT, ",%.12e", value));
        }
    }
}
