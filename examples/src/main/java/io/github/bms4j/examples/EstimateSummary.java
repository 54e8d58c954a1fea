package io.github.bms4j.examples;

import io.github.bms4j.sim.replay.RecordingFinding;
import io.github.bms4j.sim.replay.ReplayTrace;
import io.github.bms4j.sim.replay.SocScore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** One replay's outcome on the screen and as JSON. */
final class EstimateSummary {
    private final EstimateResult result;

    EstimateSummary(EstimateResult result) {
        this.result = result;
    }

    String text(List<Path> written) {
        StringBuilder to = new StringBuilder(1024);
        SocScore score = result.score();
        line(
                to,
                "bms estimate: %s on %s with %s",
                result.estimator(),
                result.recording().name(),
                result.cell().name());
        line(
                to,
                "rows        %,d from %.1f s on, %,d held",
                result.trace().rows(),
                result.trace().get(ReplayTrace.TIME_S, 0),
                result.held());
        line(
                to,
                "end         %.2f %% ± %.2f (1 sigma); reference %s, counted %.2f %%",
                100 * result.last(ReplayTrace.SOC),
                100 * result.last(ReplayTrace.SOC_SIGMA),
                percent(result.last(ReplayTrace.SOC_REF)),
                100 * result.last(ReplayTrace.SOC_COUNTER));
        if (score.rows() == 0) {
            line(to, "error       not scored: no reference later than %.0f s after the start", result.scoreAfterS());
        } else {
            line(
                    to,
                    "error       RMS %.2f, max %.2f, end %+.2f points after %.0f s, from a start %+.1f off; %s",
                    100 * score.error().rms(),
                    100 * score.error().max(),
                    100 * score.error().end(),
                    result.scoreAfterS(),
                    100 * score.startError(),
                    settled(score));
            line(
                    to,
                    "honesty     %.1f %% of it within 3 sigma, %.1f %% with the reference's own ± %.1f; mean sigma %.2f",
                    100 * score.band().coverage(),
                    100 * score.band().coverageWithTrust(),
                    100 * result.trust(),
                    100 * score.band().meanSigma());
            line(
                    to,
                    "counting    RMS %.2f, max %.2f, end %+.2f points from the same start",
                    100 * result.counting().error().rms(),
                    100 * result.counting().error().max(),
                    100 * result.counting().error().end());
        }
        for (String decided : result.shadow()) {
            line(to, "shadow      %s", decided);
        }
        for (Path file : written) {
            line(to, "written     %s", file);
        }
        return to.toString();
    }

    static String settled(SocScore score) {
        return Double.isNaN(score.settleS())
                ? "never settled within 3 points"
                : String.format(Locale.ROOT, "within 3 points from %.0f s on", score.settleS());
    }

    private static String percent(double soc) {
        return Double.isNaN(soc) ? "none" : String.format(Locale.ROOT, "%.2f %%", 100 * soc);
    }

    JsonObject json() {
        return new JsonObject()
                .text("recording", result.recording().name())
                .text("cell", result.cell().name())
                .text("estimator", result.estimator())
                .count("rows", result.trace().rows())
                .count("heldRows", result.held())
                .number("scoreAfterS", result.scoreAfterS())
                .number("endSoc", result.last(ReplayTrace.SOC))
                .number("endSocSigma", result.last(ReplayTrace.SOC_SIGMA))
                .number("trust", result.trust())
                .object("score", json(result.score()))
                .object("counting", json(result.counting()))
                .texts("shadow", result.shadow())
                .texts(
                        "findings",
                        result.findings().stream().map(RecordingFinding::text).toList());
    }

    /** Errors and sigmas in SOC (0.01 is a point). */
    static JsonObject json(SocScore score) {
        return new JsonObject()
                .count("rows", score.rows())
                .number("startError", score.startError())
                .number("rmsError", score.error().rms())
                .number("maxError", score.error().max())
                .number("endError", score.error().end())
                .number("rmsErrorBeyondTrust", score.beyondTrust().rms())
                .number("maxErrorBeyondTrust", score.beyondTrust().max())
                .number("coverage", score.band().coverage())
                .number("coverageWithTrust", score.band().coverageWithTrust())
                .number("meanSigma", score.band().meanSigma())
                .number("settleS", score.settleS());
    }

    private static void line(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
