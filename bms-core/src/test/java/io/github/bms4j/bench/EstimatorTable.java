package io.github.bms4j.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link PackEstimatorBenchmark} and prints nanoseconds per cell and step, beside a C program that does the same
 * work, built and run before and after on the same machine.
 *
 * <p>Arguments: the C program's source (the environment variable BMS4J_EKF_C when there is none) and, after {@code -p},
 * parameters of the benchmark, {@code cells=96} or {@code filter=PLAIN_EKF}. Without a source or a C compiler only our own
 * figures and those of the Java peers are printed. A figure is the median of many samples of a minute of readings each,
 * which a neighbour on the machine hardly moves; the C program, whose samples are longer, is given the time of its own
 * process for its clock, and the better of its two medians counts.
 */
public final class EstimatorTable {
    private static final String[] C_VARIANTS = {"aos", "soa", "ukfr_soa"};
    private static final int C_REPETITIONS = 7;
    private static final Pattern C_MEDIAN = Pattern.compile("med\\s+([0-9.]+)");
    private static final String CPU_CLOCK = """
            #define _GNU_SOURCE
            #include <time.h>
            #define clock_gettime(clock, time) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, time)
            """;

    /** Nanoseconds per cell and step, by row and number of cells. */
    private final Map<String, Map<Integer, Double>> rows = new TreeMap<>();

    private EstimatorTable() {}

    /** Prints the table; see above for the arguments. */
    public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
        String source = System.getenv("BMS4J_EKF_C");
        boolean whole = true;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(PackEstimatorBenchmark.class.getName())
                .verbosity(VerboseMode.SILENT);
        List<Integer> sizes = List.of(1, 12, 96, 400, 10_000);
        for (int k = 0; k < args.length; k++) {
            if ("-p".equals(args[k]) && k + 1 < args.length) {
                whole = false;
                String[] pair = args[++k].split("=", 2);
                String[] values = pair[1].split(",");
                options.param(pair[0], values);
                if ("cells".equals(pair[0])) {
                    sizes = List.of(values).stream().map(Integer::valueOf).toList();
                }
            } else {
                source = args[k];
            }
        }
        EstimatorTable table = new EstimatorTable();
        Path program = source == null ? null : compile(Path.of(source));
        if (program == null) {
            System.out.println("no C program: give the path of its source, and have a C compiler");
        }
        table.measureC(program, sizes);
        table.collect(new Runner(options.build()).run());
        table.measureC(program, sizes);
        table.print(sizes);
        if (whole) {
            ReplayTable.print();
        }
        if (program != null) {
            Files.delete(program);
        }
    }

    private void least(String row, int cells, double ns) {
        rows.computeIfAbsent(row, key -> new TreeMap<>()).merge(cells, ns, Math::min);
    }

    private void collect(Collection<RunResult> results) {
        for (RunResult result : results) {
            int cells = Integer.parseInt(result.getParams().getParam("cells"));
            least(
                    result.getParams().getParam("filter"),
                    cells,
                    result.getPrimaryResult().getStatistics().getPercentile(50) / cells);
        }
    }

    private static Path compile(Path source) throws IOException, InterruptedException {
        Path program = Files.createTempFile("ekf", ".bin");
        Path clock = Files.createTempFile("clock", ".h");
        Files.writeString(clock, CPU_CLOCK);
        List<String> command = new ArrayList<>(List.of("cc", "-O3", "-march=native", "-ffast-math", "-w"));
        command.addAll(List.of("-include", clock.toString()));
        command.addAll(List.of("-mprefer-vector-width=512", source.toString(), "-o", program.toString(), "-lm"));
        try {
            if (run(command) != null) {
                return program;
            }
            command.remove("-mprefer-vector-width=512"); // x86 only
            return run(command) == null ? null : program;
        } catch (IOException noCompiler) {
            return null;
        } finally {
            Files.delete(clock);
        }
    }

    /** What a command prints, or null when it fails. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? printed : null;
    }

    private void measureC(Path program, List<Integer> sizes) throws IOException, InterruptedException {
        for (String variant : program == null ? new String[0] : C_VARIANTS) {
            for (int cells : sizes) {
                String printed =
                        run(List.of(program.toString(), variant, String.valueOf(cells), String.valueOf(C_REPETITIONS)));
                if (printed != null) {
                    Matcher median = C_MEDIAN.matcher(printed);
                    if (median.find()) {
                        least("C " + variant, cells, Double.parseDouble(median.group(1)));
                    }
                }
            }
        }
    }

    private void print(List<Integer> sizes) {
        head("ns per cell and step", sizes);
        rows.forEach((row, byCells) -> line(row, sizes, byCells, null));
        Map<Integer, Double> simd = rows.get("C soa");
        Map<Integer, Double> sigmaPoints = rows.get("C ukfr_soa");
        if (simd != null && sigmaPoints != null) {
            head("ratio to C soa", sizes);
            rows.forEach((row, byCells) -> line(row, sizes, byCells, simd));
            head("ratio to C ukfr_soa", sizes);
            rows.forEach((row, byCells) -> line(row, sizes, byCells, sigmaPoints));
        }
        Map<Integer, Double> ours = rows.get(PackEstimatorBenchmark.Filter.PLAIN_EKF.name());
        if (ours != null) {
            head("ratio to PLAIN_EKF", sizes);
            rows.forEach((row, byCells) -> line(row, sizes, byCells, ours));
        }
    }

    private static void head(String title, List<Integer> sizes) {
        System.out.printf(Locale.ROOT, "%n%-22s", title);
        sizes.forEach(cells -> System.out.printf(Locale.ROOT, " %9d", cells));
        System.out.println();
    }

    private static void line(String row, List<Integer> sizes, Map<Integer, Double> byCells, Map<Integer, Double> over) {
        System.out.printf(Locale.ROOT, "%-22s", row);
        for (int cells : sizes) {
            Double ns = byCells.get(cells);
            Double unit = over == null ? Double.valueOf(1.0) : over.get(cells);
            System.out.printf(
                    Locale.ROOT,
                    " %9s",
                    ns == null || unit == null ? "-" : String.format(Locale.ROOT, "%.2f", ns / unit));
        }
        System.out.println();
    }
}
