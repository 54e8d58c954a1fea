package io.github.bms4j.examples;

import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.run.ShippedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The shipped cell and the head of the shipped drive as files that a test may spoil. */
final class ShippedFiles {
    private static final String CELL = "/io/github/bms4j/sim/cells/panasonic-ncr18650pf.yaml";

    private static final Recording DRIVE = ShippedData.drive();

    private ShippedFiles() {}

    static Path cell(Path folder) throws IOException {
        try (InputStream in = Objects.requireNonNull(ShippedFiles.class.getResourceAsStream(CELL))) {
            return Files.write(folder.resolve("cell.yaml"), in.readAllBytes());
        }
    }

    /** The drive at one row a second, half a second after the current's steps, which the voltage answers a sample late: time_s,current_a,voltage_v,temperature_c,soc_ref. */
    static List<String[]> drive(int rows) {
        List<String[]> list = new ArrayList<>();
        for (int k = 5; list.size() < rows; k += 10) {
            list.add(new String[] {
                Integer.toString(list.size()),
                text("%.4f", DRIVE.currentA(k)),
                text("%.4f", DRIVE.voltageV(k)),
                text("%.2f", DRIVE.temperatureDegC(k)),
                text("%.5f", DRIVE.socRef(k))
            });
        }
        return list;
    }

    static Path write(Path file, List<String[]> rows) throws IOException {
        return write(file, "time_s,current_a,voltage_v,temperature_c,soc_ref", rows);
    }

    static Path write(Path file, String header, List<String[]> rows) throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        rows.forEach(row -> text.append(String.join(",", row)).append('\n'));
        return Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
