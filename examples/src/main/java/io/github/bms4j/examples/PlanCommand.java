package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.ChargePlanner;
import io.github.bms4j.charge.PlanRequest;
import io.github.bms4j.charge.PlannerSettings;
import io.github.bms4j.charge.SessionSoFar;
import io.github.bms4j.charge.StationNow;
import io.github.bms4j.config.NeedFile;
import io.github.bms4j.config.OfferFile;
import io.github.bms4j.config.PackFile;
import io.github.bms4j.config.PlanFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bms plan}: a charge plan for a pack, a need and an offer. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Plans a charge for a pack, a need and an offer: a table of slots with their causes, what it costs, and how"
                        + " full the pack will be. docs/plan.md describes the files.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--pack", required = true, paramLabel = "FILE", description = "the pack as it stands")
    private Path packFile = Path.of("");

    @Option(names = "--need", required = true, paramLabel = "FILE", description = "what the driver wants")
    private Path needFile = Path.of("");

    @Option(names = "--offer", required = true, paramLabel = "FILE", description = "what station and site offer")
    private Path offerFile = Path.of("");

    @Option(names = "--report", paramLabel = "FILE", description = "a page with charts")
    private @Nullable Path report;

    @Option(names = "--json", description = "print one JSON object as the last line")
    private boolean json;

    @Override
    public Integer call() {
        PackFile pack = CommandFailure.orUnreadable(packFile, PlanFiles::pack);
        CellType cell = CellChoice.of(CellChoice.beside(packFile, pack.cell()));
        NeedFile need = CommandFailure.orUnreadable(needFile, file -> PlanFiles.need(file, pack.ageing()));
        OfferFile offer = CommandFailure.orUnreadable(offerFile, file -> PlanFiles.offer(file, need.now()));
        PlanRequest request = new PlanRequest(
                        0.0,
                        pack.now(),
                        need.need(),
                        offer.offer(),
                        offer.site(),
                        StationNow.silent(),
                        SessionSoFar.fresh())
                .with(pack.heater());
        ChargePlan plan = new ChargePlanner(cell, pack.layout(), PlannerSettings.standard()).plan(request);
        PlanText text = new PlanText(cell, pack, need, offer, plan);
        PrintWriter screen = spec.commandLine().getOut();
        screen.print(text.table());
        screen.print(text.summary());
        Path page = report;
        if (page != null) {
            try {
                PlanReport.of(text, request, plan).writeTo(page);
            } catch (IOException e) {
                throw CommandFailure.unwritable(page, e);
            }
            screen.println("wrote       " + page);
        }
        if (json) {
            screen.println(text.json());
        }
        screen.flush();
        return 0;
    }
}
