package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of docs/plan.md, as they ship. */
class PlanCommandTest {
    private static final Path DATA =
            Files.isDirectory(Path.of("data")) ? Path.of("data", "plan") : Path.of("examples", "data", "plan");

    @TempDir
    private Path folder;

    private static CommandRun plan(Path pack, Path need, Path offer, String... more) {
        List<String> args = new java.util.ArrayList<>(
                List.of("plan", "--pack", pack.toString(), "--need", need.toString(), "--offer", offer.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static CommandRun shipped(String kind, String... more) {
        return plan(
                DATA.resolve("pack" + kind + ".yaml"),
                DATA.resolve("need" + kind + ".yaml"),
                DATA.resolve("offer" + kind + ".yaml"),
                more);
    }

    private static double number(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\":(-?[0-9.]+)").matcher(json);
        assertTrue(found.find(), field + " in " + json);
        return Double.parseDouble(found.group(1));
    }

    @Test
    void plansANightAtHome() {
        CommandRun run = shipped("");
        assertEquals(0, run.exitCode(), run::err);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).matches("from +min +kW +A +price +SOC % +°C +because"), lines.get(0));
        // The minimum at once, as far as the cooking house lets it; then it waits for the cheap hours.
        assertTrue(lines.get(1).matches("Mon 21:10 +\\d+ +6\\.50 .* 38\\.0…45\\.0 .* site limit"), lines.get(1));
        assertTrue(lines.get(2).endsWith("plan"), lines.get(2));
        assertTrue(run.out().contains("schedule    spot of home energy manager, the best of 3"), run.out());
        assertTrue(run.out().contains("arrival     80.0 % at Tue 06:30; target at "), run.out());
        assertTrue(run.out().matches("(?s).*at least 7\\d\\.\\d % with 90 % probability.*"), run.out());
        assertTrue(
                run.out().matches("(?s).*cost        \\d\\.\\d\\d: energy \\d\\.\\d\\d, CO2 \\d\\.\\d\\d, ageing.*"));
        assertEquals("", run.err());
    }

    @Test
    void plansADayOfGivingBack() {
        CommandRun run = shipped("-v2g", "--json");
        assertEquals(0, run.exitCode(), run::err);
        String json = run.out().lines().reduce((a, b) -> b).orElse("");
        assertTrue(json.startsWith("{\"schedule\":\"day\""), json);
        assertEquals(0.7, number(json, "endSoc"), 0.002);
        assertTrue(number(json, "total") < 0.0, "the day earns");
        assertTrue(json.contains("\"powerW\":-"), "energy is given back");
        Matcher soc = Pattern.compile("\"endSoc\":([0-9.]+),\"temperature").matcher(json);
        int slots = 0;
        while (soc.find()) {
            assertTrue(Double.parseDouble(soc.group(1)) >= 0.4 - 1e-6, soc.group());
            slots++;
        }
        assertTrue(slots > 100, slots + " slots");
        assertTrue(run.out().contains("+600 min"), "minutes where no clock is given");
    }

    @Test
    void heatsAFrozenPackBeforeItIsCharged() throws IOException {
        CommandRun run = shipped("-cold", "--json");
        assertEquals(0, run.exitCode(), run::err);
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).matches("from +min +kW heat kW +A .*because"), lines.get(0));
        assertTrue(
                lines.get(1).matches("Fri 08:00 +\\d+ +5\\.\\d\\d +5\\.\\d\\d .* 22\\.0…22\\.0 .*derate"),
                lines.get(1));
        assertTrue(lines.get(3).matches("Fri 08:3\\d .* -  .*rate"), "warm, and charged: " + lines.get(3));
        assertTrue(run.out().matches("(?s).*heat        to 2\\d\\.\\d °C with 2\\.\\d\\d kWh of it.*"), run.out());
        assertTrue(run.out().matches("(?s).*cost .* missed 0\\.00, time 1\\d\\.\\d\\d.*"), run.out());
        String json = lines.get(lines.size() - 1);
        assertEquals(0.7, number(json, "endSoc"), 0.001);
        assertTrue(number(json, "heaterWh") > 2000.0, json);
        assertEquals(25.0, number(json, "heatToDegC"), 3.0);
        assertTrue(json.contains("\"heaterW\":0.000000"), json);

        Path page = folder.resolve("plan.html");
        assertEquals(0, shipped("-cold", "--report", page.toString()).exitCode());
        assertTrue(Files.readString(page).contains("heater's share")
                || Files.readString(page).contains("heater&#39;s share"));

        String need = Files.readString(DATA.resolve("need-cold.yaml")).replace("heating: true", "heating: false");
        Path refusing = Files.writeString(folder.resolve("need.yaml"), need);
        CommandRun cold = plan(DATA.resolve("pack-cold.yaml"), refusing, DATA.resolve("offer-cold.yaml"));
        assertTrue(cold.out().contains("missed      48.0 points, because of: temperature derate"), cold.out());
    }

    @Test
    void drawsAPage() throws IOException {
        Path page = folder.resolve("plan.html");
        CommandRun run = shipped("", "--report", page.toString());
        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().contains("wrote       " + page));
        String html = Files.readString(page);
        for (String part :
                List.of("Charge plan", "Power at the connector", "Hottest cell", "site limit", "Mon 21:10")) {
            assertTrue(html.contains(part), part);
        }
    }

    @Test
    void saysWhatIsMissedAndWhy() throws IOException {
        Path hasty = Files.writeString(folder.resolve("need.yaml"), "need: 1\ntargetSoc: 0.9\ndeparture: 30\n");
        Path offer = Files.writeString(folder.resolve("offer.yaml"), """
                offer: 1
                source: s
                validUntil: 60
                station: {maxV: 450, maxA: 32}
                schedules:
                  - {name: a, steps: [{at: 0, maxPowerW: 3700, pricePerKwh: 0.3}]}
                """);
        CommandRun run = plan(DATA.resolve("pack.yaml"), hasty, offer);
        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().contains("points, because of: station delivers less"), run.out());
    }

    @Test
    void tellsABadFileInOneLine() throws IOException {
        Path need = Files.writeString(folder.resolve("need.yaml"), "need: 1\ntargetSoc: 80\ndeparture: soon\n");
        CommandRun run = plan(DATA.resolve("pack.yaml"), need, DATA.resolve("offer.yaml"));
        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("need.yaml:3:12: found \"soon\""), run.err());
        Path pack = Files.writeString(
                folder.resolve("pack.yaml"), "pack: 1\ncell: nobodys\nseries: 4\nsoc: 0.5\ntemperatureDegC: 20\n");
        CommandRun unknown = plan(pack, DATA.resolve("need-v2g.yaml"), DATA.resolve("offer-v2g.yaml"));
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("nobodys"), unknown.err());
        assertEquals(2, CommandRun.of("plan", "--pack", "x").exitCode());
    }
}
