package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.config.PackFile;
import io.github.bms4j.config.PlanFiles;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.contactor.ContactorTable;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.protect.FaultTable;
import io.github.bms4j.thermal.ThermalBand;
import io.github.bms4j.thermal.ThermalNeed;
import io.github.bms4j.thermal.ThermalSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bms pack --describe}: what guards a pack and what it obeys, printed from the tables that the control cycle runs on. */
@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Describes a pack in a vehicle as the control cycle has it: fault table, contactor states, limits, heat.")
final class PackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--describe", description = "print all tables")
    private boolean describe;

    @Option(names = "--graph", description = "print the contactors' states as a Mermaid state diagram")
    private boolean graph;

    @Option(
            names = "--pack",
            paramLabel = "FILE",
            description = "cell and layout as in docs/plan.md (96s60p of the demo's cell)")
    private @Nullable Path packFile;

    @Override
    public Integer call() {
        if (describe == graph) {
            throw new ParameterException(
                    spec.commandLine(), "found " + (graph ? "both" : "neither") + ", expected --describe or --graph");
        }
        BatterySettings battery = battery();
        PrintWriter screen = spec.commandLine().getOut();
        screen.print(describe ? text(battery) : contactors(battery).mermaid());
        screen.flush();
        return 0;
    }

    private BatterySettings battery() {
        Path own = packFile;
        if (own == null) {
            return DemoScenario.battery(CellChoice.of(Path.of("panasonic-ncr18650pf")));
        }
        PackFile pack = CommandFailure.orUnreadable(own, PlanFiles::pack);
        return BatterySettings.vehicle(CellChoice.of(CellChoice.beside(own, pack.cell())), pack.layout());
    }

    private static ContactorTable contactors(BatterySettings battery) {
        ContactorRating rating = battery.equipment().contactors();
        return ContactorTable.of(
                rating == null
                        ? ContactorRating.standard(battery.layout().series()
                                * battery.cell().rating().maxV())
                        : rating);
    }

    private static String text(BatterySettings battery) {
        CellType cell = battery.cell();
        PackLayout layout = battery.layout();
        PackEquipment equipment = battery.equipment();
        StringBuilder to = new StringBuilder(32_768);
        line(
                to,
                "pack        %ds%dp %s (%s), %d temperature sensors, %.0f to %.0f V",
                layout.series(),
                layout.parallel(),
                cell.name(),
                cell.chemistry(),
                layout.temperatureSensors(),
                layout.series() * cell.rating().minV(),
                layout.series() * cell.rating().maxV());
        heading(to, "Limits: charge and discharge, A and W, each with the cell and the rule that bind");
        line(to, "horizons    %s", names(Horizon.values(), h -> h.seconds() < 1e9 ? h.seconds() + " s" : "for good"));
        line(to, "directions  %s", names(Direction.values(), d -> d.name().toLowerCase(Locale.ROOT)));
        line(to, "rules       %s", names(LimitRule.values(), LimitRule::text));
        heading(to, "Faults");
        to.append(FaultTable.describe(equipment.protect()));
        heading(to, "Contactors");
        to.append(contactors(battery).describe());
        heading(to, "Heat");
        ThermalSettings thermal = equipment.thermal();
        line(to, "heater      %.0f W%s", thermal.heaterW(), thermal.heaterInCoolant() ? " in the coolant" : "");
        for (ThermalNeed need : ThermalNeed.values()) {
            ThermalBand band = thermal.band(need);
            line(
                    to,
                    "%-11s heat below %.1f °C up to %.1f °C; cool above %.1f °C down to %.1f °C, fully from %.1f °C",
                    need.name().toLowerCase(Locale.ROOT),
                    band.heatBelowDegC(),
                    band.heatToDegC(),
                    band.coolAboveDegC(),
                    band.coolToDegC(),
                    band.coolFullyDegC());
        }
        return to.toString();
    }

    private static <T> String names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).map(name).collect(Collectors.joining(", "));
    }

    private static void heading(StringBuilder to, String text) {
        to.append('\n').append(text).append('\n');
    }

    private static void line(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
