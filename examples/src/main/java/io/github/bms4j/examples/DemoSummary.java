package io.github.bms4j.examples;

import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.journal.LifeRecord;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.journal.RestartRule;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.sim.replay.SocScore;
import io.github.bms4j.sim.replay.SocScorer;
import io.github.bms4j.sim.run.ChargeScenario;
import io.github.bms4j.sim.run.RunResult;
import io.github.bms4j.sim.run.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The demo's outcome on one screen, and as JSON. */
final class DemoSummary {
    private final RunResult result;
    private final RunSummary run;
    private final SocScore real;
    private final PackHistory history;
    private final double wallS;

    DemoSummary(RunResult result, SocScore real, PackHistory history, double wallS) {
        this.history = history;
        this.result = result;
        this.run = result.summary();
        this.real = real;
        this.wallS = wallS;
    }

    /** Whether the session was ended by the vehicle's own wish or the station's, not by a fault. */
    boolean sessionInOrder() {
        return switch (run.stop()) {
            case SOC_REACHED, PACK_VOLTAGE_REACHED, CELL_VOLTAGE_REACHED, DEPARTURE, DRIVER, STATION -> true;
            case NONE, TEMPERATURE, BAD_SAMPLE, MISMATCH, INSULATION, COMMUNICATION, PACK_FAULT -> false;
        };
    }

    /** Whether no fault was set all along, and the contactors ended as they should. */
    boolean unfaulted() {
        return run.guard().faultsSet() == 0 && run.guard().openedInOrder();
    }

    String text(Path out) {
        ChargeScenario scenario = result.scenario();
        StringBuilder to = new StringBuilder(2048);
        line(to, "%s", DemoText.title(scenario));
        line(to, "");
        if (real.rows() > 0) {
            line(
                    to,
                    "real cell   from a start %.0f points wrong: RMS error %.2f points after %.0f min, %+.1f at the end,"
                            + " %.0f %% of it within 3 sigma",
                    100 * Math.abs(real.startError()),
                    100 * real.error().rms(),
                    SocScorer.SCORE_AFTER_S / 60,
                    100 * real.error().end(),
                    100 * real.band().coverage());
        }
        line(
                to,
                "drive       %.1f %% to %.1f %% in %.0f min; told %.0f %% at the start, estimate at the plug %.1f %%",
                100 * run.startSocTrue(),
                100 * run.plugSocTrue(),
                run.driveS() / 60,
                100 * scenario.drive().assumedSoc(),
                100 * run.plugSoc());
        line(
                to,
                "charge      %.1f kWh in %.0f min for %.2f (planned %.2f); at most %.1f kW; plan made anew %d times",
                run.energyWh() / 1000,
                run.flowS() / 60,
                run.cost(),
                run.plannedCost(),
                run.peakW() / 1000,
                run.replans());
        line(
                to,
                "end SOC     estimated %.1f %% ± %.1f, true %.1f %%; stopped: %s",
                100 * run.endSoc(),
                100 * run.endSocSigma(),
                100 * run.endSocTrue(),
                run.stop().text());
        line(to, "plan        %s", plan());
        line(to, "goal        %s", DemoText.goal(run));
        line(
                to,
                "cells       hottest %.1f °C, highest %.3f V, lowest %.3f V; outside a rating in %d of %,d steps",
                run.highestDegC(),
                run.highestV(),
                run.lowestV(),
                run.brokenSteps(),
                run.plantSteps());
        if (!run.heldS().isEmpty()) {
            line(to, "limited by");
        }
        for (Map.Entry<LimitRule, Double> held : DemoText.longestFirst(run.heldS())) {
            line(to, "            %-24s %6.1f min", held.getKey().text(), held.getValue() / 60);
        }
        for (int k = 0; k < run.guard().explained().size(); k++) {
            line(
                    to,
                    "%-12s%s",
                    k == 0 ? "explained" : "",
                    run.guard().explained().get(k));
        }
        line(
                to,
                "faults      %s, %d set all along; contactors closed %s, %s; %.2f Ah bled",
                run.guard().standing(),
                run.guard().faultsSet(),
                run.guard().closings() == 1 ? "once" : run.guard().closings() + " times",
                run.guard().openedInOrder() ? "opened in order" : run.guard().contactors(),
                run.guard().bledAh());
        LifeRecord life = history.life();
        line(
                to,
                "memory      %.3f full cycles, %.1f kWh out, %.1f kWh in, %d events; 8 h later: %s",
                life.fullCycles(),
                life.dischargedKwh(),
                life.chargedKwh(),
                life.deepDischarges() + life.overVoltages() + life.overTemperatures() + life.coldCharges(),
                history.restart(RestartRule.standard(), history.memory().savedUtcS() + 8 * 3600.0));
        line(
                to,
                "simulated   %.2f h in %.1f s: %,.0f x real time; %d cells every 100 ms, %,d CAN frames",
                run.simulatedS() / 3600,
                wallS,
                run.simulatedS() / wallS,
                scenario.battery().layout().cells(),
                run.frames());
        line(to, "written     %s", out.resolve("report.html"));
        line(to, "            %s", out.resolve("session.candump.log"));
        line(to, "            %s", out.resolve("trace.csv"));
        line(to, "            %s", out.resolve(DemoCommand.FLIGHT));
        line(to, "            %s", out.resolve(DemoMemory.PACK));
        line(to, "            %s", out.resolve(DemoMemory.LIFE));
        return to.toString();
    }

    /** What the first plan promised beside what came of it. */
    private String plan() {
        ChargePlan plan = result.firstPlan();
        return String.format(
                Locale.ROOT,
                "at the plug: %.1f kWh, %.1f %% at departure, above %.1f %% with 90 %% probability; came: %.1f kWh, %.1f %%",
                plan.energyWh() / 1000,
                100 * plan.endSoc(),
                100 * plan.arrival().soc90(),
                run.energyWh() / 1000,
                100 * run.endSoc());
    }

    String json() {
        List<String> fields = new ArrayList<>();
        count(fields, "seed", result.scenario().seed());
        number(fields, "simulatedS", run.simulatedS());
        number(fields, "wallS", wallS);
        number(fields, "energyWh", run.energyWh());
        number(fields, "cost", run.cost());
        number(fields, "plannedCost", run.plannedCost());
        number(fields, "endSoc", run.endSoc());
        number(fields, "endSocSigma", run.endSocSigma());
        number(fields, "endSocTrue", run.endSocTrue());
        number(fields, "missedSoc", run.missedSoc());
        number(fields, "highestCellV", run.highestV());
        number(fields, "highestCellDegC", run.highestDegC());
        count(fields, "stepsOutsideRating", run.brokenSteps());
        count(fields, "canFrames", run.frames());
        count(fields, "faultsSet", run.guard().faultsSet());
        fields.add("\"stop\":\"" + run.stop().name() + "\"");
        List<String> held = new ArrayList<>();
        for (Map.Entry<LimitRule, Double> entry : DemoText.longestFirst(run.heldS())) {
            number(held, entry.getKey().name(), entry.getValue());
        }
        fields.add("\"limitedByS\":{" + String.join(",", held) + "}");
        return "{" + String.join(",", fields) + "}";
    }

    private static void count(List<String> fields, String name, long value) {
        fields.add("\"" + name + "\":" + value);
    }

    private static void number(List<String> fields, String name, double value) {
        String text = Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "null";
        fields.add("\"" + name + "\":" + text);
    }

    private static void line(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
