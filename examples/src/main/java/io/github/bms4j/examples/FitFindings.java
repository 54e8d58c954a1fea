package io.github.bms4j.examples;

import io.github.bms4j.cell.fit.Identifiability;
import io.github.bms4j.cell.fit.Identifiability.Confidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an {@link Identifiability} says, in few lines: the figures of one curve or resistance stand together over SOC. */
final class FitFindings {
    private static final Pattern OVER_SOC = Pattern.compile("(.*?)(?:,| at) SOC ([0-9.]+)");
    private static final Pattern BOUND = Pattern.compile("(.*?)(?:,| at) SOC ([0-9.]+) (on its (?:lower|upper) bound)");
    /** A parameter held on its bound has no spread of its own. */
    private static final double HELD = 1e-6;

    /** Parameters of one kind over SOC, or one alone with no SOC. */
    private record Row(String name, String unit, List<String> soc, List<String> values) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<String> bounds = new ArrayList<>();
    private final List<String> unsupported;

    FitFindings(Identifiability known) {
        Map<String, Row> byName = new LinkedHashMap<>();
        for (Confidence c : known.confidences()) {
            Matcher over = OVER_SOC.matcher(c.name());
            boolean curve = over.matches();
            String name = curve ? over.group(1) : c.name();
            Row row = byName.computeIfAbsent(name, n -> new Row(n, c.unit(), new ArrayList<>(), new ArrayList<>()));
            if (curve) {
                row.soc().add(over.group(2));
            }
            row.values().add(value(c));
        }
        rows.addAll(byName.values());
        Map<String, List<String>> hit = new LinkedHashMap<>();
        for (String text : known.bounds()) {
            Matcher at = BOUND.matcher(text);
            if (at.matches()) {
                hit.computeIfAbsent(at.group(1) + " " + at.group(3), n -> new ArrayList<>())
                        .add(at.group(2));
            } else {
                hit.put(text, List.of());
            }
        }
        hit.forEach((what, soc) -> bounds.add(soc.isEmpty() ? what : what + " at SOC " + String.join(", ", soc)));
        unsupported = known.unsupported();
    }

    private static String value(Confidence c) {
        String value = String.format(Locale.ROOT, "%.4g", c.value());
        boolean free = c.sigma() > HELD * Math.abs(c.value());
        return free ? value + " ± " + String.format(Locale.ROOT, "%.2g", c.sigma()) : value + " (held)";
    }

    /** The bounds that were hit, one line per resistance and temperature. */
    List<String> bounds() {
        return List.copyOf(bounds);
    }

    /** Temperatures and stretches of SOC at which no data tell a resistance. */
    List<String> unsupported() {
        return unsupported;
    }

    /** Every parameter with its standard deviation, one line each or one per curve. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            String unit = row.unit().equals("1") ? "" : " " + row.unit();
            String where = row.soc().isEmpty() ? "" : " at SOC " + String.join(", ", row.soc());
            lines.add(row.name() + " " + String.join(", ", row.values()) + unit + where);
        }
        return lines;
    }

    /** Parameters that are one number: name, value ± σ, unit. */
    List<List<String>> single() {
        List<List<String>> table = new ArrayList<>();
        for (Row row : rows) {
            if (row.soc().isEmpty()) {
                table.add(List.of(row.name(), row.values().get(0), row.unit()));
            }
        }
        return table;
    }

    /** The nodes of SOC at which curves are told, each once, in their order. */
    List<List<String>> nodes() {
        return rows.stream()
                .map(Row::soc)
                .filter(soc -> !soc.isEmpty())
                .distinct()
                .toList();
    }

    /** Curves told at these nodes: name, unit, value ± σ at each. */
    List<List<String>> over(List<String> nodes) {
        List<List<String>> table = new ArrayList<>();
        for (Row row : rows) {
            if (!nodes.isEmpty() && row.soc().equals(nodes)) {
                List<String> line = new ArrayList<>(List.of(row.name(), row.unit()));
                line.addAll(row.values());
                table.add(line);
            }
        }
        return table;
    }
}
