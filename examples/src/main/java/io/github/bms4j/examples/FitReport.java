package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.fit.FileScore;
import io.github.bms4j.cell.fit.FitResult;
import io.github.bms4j.cell.fit.Identifiability;
import io.github.bms4j.sim.report.HtmlReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code bms fit} prints and writes at the head of the cell file, its page and its JSON line. */
final class FitReport {
    private final FitResult result;
    private final CellType cell;
    private final FitFindings findings;

    FitReport(FitResult result) {
        this.result = result;
        this.cell = result.cell();
        this.findings = new FitFindings(result.identifiability());
    }

    String summary() {
        StringBuilder to = new StringBuilder();
        line(
                to,
                "cell        %s, %s, %.4f Ah, %.2f...%.2f V",
                cell.name(),
                cell.chemistry(),
                cell.rating().capacityAh(),
                cell.rating().minV(),
                cell.rating().maxV());
        line(to, "residual    RMS mV open loop: all / 5 to 95 %% SOC / the same, unseen by the fit");
        for (FileScore s : result.scores()) {
            line(
                    to,
                    "            %-6s %6.1f °C  %-40s %8s %8s %8s",
                    s.kind(),
                    s.degC(),
                    s.name(),
                    milli(s.rmsV()),
                    milli(s.insideV()),
                    milli(s.unseenV()));
        }
        ModelError error = cell.error();
        for (int t = 0; t < error.temperatures().length; t++) {
            line(to, "error       %.1f mV at %.1f °C", 1e3 * error.sigmas()[t], error.temperatures()[t]);
        }
        line(
                to,
                "            %.0f %% of the polarisation; keeps its sign for %.0f s at rest or %.1f points of SOC",
                100 * error.resistanceSigma(),
                error.correlationS(),
                100 * error.correlationSoc());
        list(to, "confidence  ", findings.lines());
        list(to, "on bounds   ", findings.bounds());
        list(to, "no data     ", findings.unsupported());
        list(to, "note        ", result.notes());
        return to.toString();
    }

    private static void list(StringBuilder to, String head, List<String> items) {
        for (String item : items) {
            to.append(head).append(item).append('\n');
        }
    }

    HtmlReport page() {
        return new FitPage(result, findings).make();
    }

    String json() {
        List<String> files = new ArrayList<>();
        for (FileScore s : result.scores()) {
            files.add(format(
                    "{\"name\":%s,\"kind\":\"%s\",\"temperatureDegC\":%s,\"rows\":%d,\"startSoc\":%s,\"rmsV\":%s,"
                            + "\"insideRmsV\":%s,\"unseenRmsV\":%s}",
                    text(s.name()),
                    s.kind(),
                    number(s.degC()),
                    s.rows(),
                    number(s.startSoc()),
                    number(s.rmsV()),
                    number(s.insideV()),
                    number(s.unseenV())));
        }
        List<String> confidences = new ArrayList<>();
        for (Identifiability.Confidence c : result.identifiability().confidences()) {
            confidences.add(format(
                    "{\"name\":%s,\"value\":%s,\"sigma\":%s,\"unit\":%s}",
                    text(c.name()), number(c.value()), number(c.sigma()), text(c.unit())));
        }
        ModelError error = cell.error();
        return "{\"name\":" + text(cell.name()) + ",\"chemistry\":\"" + cell.chemistry() + "\",\"capacityAh\":"
                + number(cell.rating().capacityAh()) + ",\"coulombicEfficiency\":"
                + number(cell.rating().coulombicEfficiency()) + ",\"files\":[" + String.join(",", files)
                + "],\"error\":{\"temperatureDegC\":" + numbers(error.temperatures()) + ",\"sigmaV\":"
                + numbers(error.sigmas()) + ",\"resistanceSigma\":" + number(error.resistanceSigma())
                + ",\"correlationS\":" + number(error.correlationS()) + ",\"correlationSoc\":"
                + number(error.correlationSoc()) + ",\"capacitySigma\":" + number(error.capacitySigma())
                + "},\"confidence\":[" + String.join(",", confidences) + "],\"bounds\":"
                + texts(result.identifiability().bounds()) + ",\"unsupported\":"
                + texts(result.identifiability().unsupported()) + ",\"notes\":" + texts(result.notes()) + "}";
    }

    private static String texts(List<String> items) {
        return "[" + String.join(",", items.stream().map(FitReport::text).toList()) + "]";
    }

    private static String numbers(double[] values) {
        List<String> all = new ArrayList<>();
        for (double value : values) {
            all.add(number(value));
        }
        return "[" + String.join(",", all) + "]";
    }

    private static String number(double value) {
        return Double.isFinite(value) ? format("%.6g", value) : "null";
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int k = 0; k < value.length(); k++) {
            char c = value.charAt(k);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Millivolts with one decimal; empty where there is none. */
    static String milli(double volts) {
        return Double.isFinite(volts) ? format("%.1f", 1e3 * volts) : "";
    }

    private static void line(StringBuilder to, String format, Object... values) {
        to.append(format(format, values)).append('\n');
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
