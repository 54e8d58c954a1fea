package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Records of a cell to set a fit up from. */
abstract class FitSetupFixture {
    static final FitSettings OPEN = new FitSettings("c", Double.NaN, Optional.empty(), "o", "l");
    static final FitSettings SIZED = new FitSettings("c", 2.0, Optional.of(Chemistry.NMC), "o", "l");
    static final double[] TAU_S = {10.0, 90.0, 1000.0};
    final List<String> notes = new ArrayList<>();

    static double straight(double soc) {
        return 3.2 + 0.9 * soc;
    }

    /** A recording whose counter goes from turning point to turning point, Ah discharged since full, in fifty steps each. */
    static FitRecord.Builder recording(
            String name, Kind kind, double degC, double stepS, DoubleUnaryOperator volts, double... turns) {
        double[] ah = new double[50 * (turns.length - 1) + 1];
        double[] t = new double[ah.length];
        double[] a = new double[ah.length];
        double[] v = new double[ah.length];
        for (int k = 0; k < ah.length; k++) {
            int leg = Math.min(k / 50, turns.length - 2);
            ah[k] = turns[leg] + (turns[leg + 1] - turns[leg]) * (k - 50 * leg) / 50.0;
            t[k] = stepS * k;
            a[k] = k == 0 ? 0.0 : (ah[k] - ah[k - 1]) * 3600.0 / stepS;
            v[k] = volts.applyAsDouble(1.0 - ah[k] / 2.0);
        }
        return FitRecord.of(name, kind, degC, t, a, v).counter(ah);
    }

    static FitRecord slow(double degC, double... turns) {
        return recording("slow " + degC, Kind.OCV, degC, 1440.0, FitSetupTest::straight, turns)
                .build();
    }

    static FitRecord.Builder drive(String name, double degC, double... turns) {
        return recording(name, Kind.DRIVE, degC, 60.0, FitSetupTest::straight, turns);
    }

    static FitRecord.Builder logged(FitRecord.Builder builder, double degC) {
        double[] all = new double[51];
        Arrays.fill(all, degC);
        return builder.temperature(all);
    }

    FitSetup setup(FitSettings settings, FitRecord... records) {
        return FitSetup.of(settings, List.of(records), List.of(), notes);
    }

    FitSetup drawn(OcvTable table, FitRecord... records) {
        return FitSetup.of(SIZED, List.of(records), List.of(table), notes);
    }
}
