package io.github.bms4j.examples;

import io.github.bms4j.config.ConfigException;
import io.github.bms4j.config.ConfigNode;
import io.github.bms4j.sim.replay.SocScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a case of the matrix has to reach; errors in SOC, NaN where nothing is asked.
 *
 * @param rms highest RMS error
 * @param max highest error
 * @param coverage lowest share of rows within 3 σ and the trust of the reference
 * @param sigma highest mean standard deviation
 * @param worseThanStart by how much any error, from the first row on, may exceed that of the start
 * @param worseThanCounting by how much RMS and largest error may exceed those of counting from the same start
 * @param against whether the errors are held against the reference, or only what exceeds its trust
 * @param outside what holds once the reference has left the plateau
 */
record MatrixBars(
        double rms,
        double max,
        double coverage,
        double sigma,
        double worseThanStart,
        double worseThanCounting,
        Against against,
        Outside outside) {
    static final MatrixBars NONE = new MatrixBars(
            Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Against.REFERENCE, Outside.NOWHERE);

    /** What errors are held against. */
    enum Against {
        REFERENCE,
        REFERENCE_AND_TRUST
    }

    /**
     * Bars for the time after the reference was first below or above a SOC.
     *
     * @param below SOC, NaN if nothing is asked
     * @param above SOC
     * @param rms highest RMS error
     * @param max highest error
     */
    record Outside(double below, double above, double rms, double max) {
        static final Outside NOWHERE = new Outside(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        boolean asked() {
            return !Double.isNaN(below);
        }
    }

    /** These bars, with what the map names in place of theirs. */
    MatrixBars with(ConfigNode node) throws ConfigException {
        node.rejectUnknown(
                "rmsPoints",
                "maxPoints",
                "coveragePercent",
                "sigmaPoints",
                "worseThanStartPoints",
                "worseThanCountingPoints",
                "against",
                "onceOutside");
        Optional<ConfigNode> againstNode = node.optional("against");
        Optional<ConfigNode> outsideNode = node.optional("onceOutside");
        return new MatrixBars(
                percent(node, "rmsPoints", rms),
                percent(node, "maxPoints", max),
                percent(node, "coveragePercent", coverage),
                percent(node, "sigmaPoints", sigma),
                percent(node, "worseThanStartPoints", worseThanStart),
                percent(node, "worseThanCountingPoints", worseThanCounting),
                againstNode.isPresent() ? againstNode.get().constant(Against.class) : against,
                outsideNode.isPresent() ? outside(outsideNode.get()) : outside);
    }

    private static Outside outside(ConfigNode node) throws ConfigException {
        node.rejectUnknown("soc", "rmsPoints", "maxPoints");
        double[] soc = node.get("soc").numbers();
        if (soc.length != 2 || soc[0] > soc[1]) {
            throw node.get("soc").finding(soc.length + " numbers", "two SOC, the lower one first");
        }
        return new Outside(
                soc[0], soc[1], percent(node, "rmsPoints", Double.NaN), percent(node, "maxPoints", Double.NaN));
    }

    private static double percent(ConfigNode node, String key, double otherwise) throws ConfigException {
        Optional<ConfigNode> value = node.optional(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        double percent = value.get().number();
        if (percent < 0.0 || percent > 100.0) {
            throw value.get().finding(Double.toString(percent), "a number within [0, 100] for " + key);
        }
        return percent / 100.0;
    }

    /** Every bar that is not kept, in words; none if all are. */
    List<String> broken(MatrixScore score) {
        List<String> broken = new ArrayList<>();
        if (score.estimate().rows() == 0) {
            broken.add("nothing to score");
            return broken;
        }
        SocScore.Errors judged = against == Against.REFERENCE
                ? score.estimate().error()
                : score.estimate().beyondTrust();
        most(broken, "RMS", judged.rms(), rms);
        most(broken, "max", judged.max(), max);
        double covered = score.estimate().band().coverageWithTrust();
        if (covered < coverage) {
            broken.add(String.format(Locale.ROOT, "coverage %.1f < %.1f", 100 * covered, 100 * coverage));
        }
        most(broken, "σ", score.estimate().band().meanSigma(), sigma);
        most(
                broken,
                "max from the start on",
                score.fromStart().error().max(),
                Math.abs(score.estimate().startError()) + worseThanStart);
        most(
                broken,
                "RMS beside counting",
                score.estimate().error().rms(),
                score.counting().error().rms() + worseThanCounting);
        most(
                broken,
                "max beside counting",
                score.estimate().error().max(),
                score.counting().error().max() + worseThanCounting);
        if (outside.asked() && score.outside().rows() == 0) {
            broken.add("never outside");
        } else if (outside.asked()) {
            most(broken, "RMS outside", score.outside().error().rms(), outside.rms());
            most(broken, "max outside", score.outside().error().max(), outside.max());
        }
        return broken;
    }

    private static void most(List<String> broken, String what, double value, double bar) {
        if (value > bar) {
            broken.add(String.format(Locale.ROOT, "%s %.2f > %.2f", what, 100 * value, 100 * bar));
        }
    }
}
