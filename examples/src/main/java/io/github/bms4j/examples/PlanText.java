package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.charge.ArrivalForecast;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.PlanCost;
import io.github.bms4j.charge.PlanSlot;
import io.github.bms4j.config.NeedFile;
import io.github.bms4j.config.OfferFile;
import io.github.bms4j.config.PackFile;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan in words and figures: its table of slots, its summary, and as JSON. */
final class PlanText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

    private final CellType cell;
    private final PackFile pack;
    private final NeedFile need;
    private final OfferFile offer;
    private final ChargePlan plan;

    PlanText(CellType cell, PackFile pack, NeedFile need, OfferFile offer, ChargePlan plan) {
        this.cell = cell;
        this.pack = pack;
        this.need = need;
        this.offer = offer;
        this.plan = plan;
    }

    /** One line per run of slots that are alike, so that a night of waiting is one line. */
    String table() {
        StringBuilder to = new StringBuilder();
        to.append(line(
                "%-11s %6s %9s%s %9s %8s %13s %7s  %s",
                "from",
                "min",
                "kW",
                plan.heats() ? format(" %7s", "heat kW") : "",
                "A",
                "price",
                "SOC %",
                "°C",
                "because"));
        for (List<PlanSlot> run : runs()) {
            PlanSlot first = run.get(0);
            PlanSlot last = run.get(run.size() - 1);
            double s = run.stream().mapToDouble(PlanSlot::durationS).sum();
            double wh = run.stream().mapToDouble(PlanSlot::energyWh).sum();
            double ampS = run.stream()
                    .mapToDouble(slot -> slot.currentA() * slot.durationS())
                    .sum();
            to.append(line(
                    "%-11s %6.0f %9s%s %9s %8s %6.1f…%-6.1f %7.1f  %s",
                    time(first.startS()),
                    s / 60.0,
                    first.flows() ? format("%.2f", wh * 3.6 / s) : "-",
                    heat(run, s),
                    first.flows() ? format("%.1f", ampS / s) : "-",
                    Double.isNaN(first.pricePerKwh()) ? "" : format("%.3f", first.pricePerKwh()),
                    100.0 * first.startSoc(),
                    100.0 * last.endSoc(),
                    last.temperatureDegC(),
                    first.cause().text()));
        }
        return to.toString();
    }

    /** The heater's share of the power, in a plan that heats at any time. */
    private String heat(List<PlanSlot> run, double s) {
        if (!plan.heats()) {
            return "";
        }
        double ws = run.stream()
                .mapToDouble(slot -> slot.heaterW() * slot.durationS())
                .sum();
        return format(" %7s", ws > 0.0 ? format("%.2f", ws / s / 1000.0) : "-");
    }

    /** Slots that follow each other with one cause and one price; those in which nothing flows need no price. */
    private List<List<PlanSlot>> runs() {
        List<List<PlanSlot>> runs = new ArrayList<>();
        PlanSlot before = null;
        for (PlanSlot slot : plan.slots()) {
            boolean alike = before != null
                    && before.cause() == slot.cause()
                    && before.flows() == slot.flows()
                    && before.heats() == slot.heats()
                    && Math.signum(before.energyWh()) == Math.signum(slot.energyWh())
                    && (!slot.flows() || Math.abs(before.pricePerKwh() - slot.pricePerKwh()) < 1e-9);
            if (!alike) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(slot);
            before = slot;
        }
        return runs;
    }

    String summary() {
        PlanCost cost = plan.cost();
        ArrivalForecast arrival = plan.arrival();
        StringBuilder to = new StringBuilder();
        to.append(line(
                "%npack        %s, %d in series, %d in parallel, %.1f kWh as rated",
                cell.name(), pack.layout().series(), pack.layout().parallel(), ratedKwh()));
        to.append(line("schedule    %s of %s%s", plan.schedule(), offer.offer().source(), others()));
        to.append(line(
                "energy      %.2f kWh through the connector, %d start%s",
                plan.energyWh() / 1000.0, plan.starts(), plan.starts() == 1 ? "" : "s"));
        if (plan.heats()) {
            to.append(line("heat        to %.1f °C with %.2f kWh of it", plan.heatToDegC(), plan.heaterWh() / 1000.0));
        }
        to.append(line(
                "cost        %.2f: energy %.2f, CO2 %.2f, ageing %.2f, missed %.2f%s",
                cost.total(),
                cost.energy(),
                cost.co2(),
                cost.ageing(),
                cost.missed(),
                cost.time() > 0.0 ? format(", time %.2f", cost.time()) : ""));
        to.append(line(
                "arrival     %.1f %% at %s%s",
                100.0 * plan.endSoc(), time(need.need().departureS()), finish()));
        to.append(line(
                "            at least %.1f %% with 90 %% probability, %.1f %% with 50 %%; target reached with %.0f %%",
                100.0 * arrival.soc90(), 100.0 * arrival.soc50(), 100.0 * arrival.targetProbability()));
        if (plan.missedSoc() > 0.0) {
            to.append(line(
                    "missed      %.1f points, because of: %s",
                    100.0 * plan.missedSoc(), plan.missedCause().text()));
        }
        return to.toString();
    }

    private String others() {
        int all = offer.offer().schedules().size();
        return all == 1 ? "" : format(", the best of %d", all);
    }

    private String finish() {
        if (Double.isNaN(plan.finishS())) {
            return "";
        }
        double late = plan.arrival().finish90S();
        String by = Double.isNaN(late) ? "" : ", with 90 % probability by " + time(late);
        return "; target at " + time(plan.finishS()) + by;
    }

    private double ratedKwh() {
        return pack.layout().cells()
                * (double) pack.layout().parallel()
                * cell.rating().capacityAh()
                * cell.rating().nominalV()
                / 1000.0;
    }

    /** A time of day where the need says what now is, minutes from now otherwise. */
    String time(double s) {
        LocalDateTime now = need.now();
        return now == null ? format("%+.0f min", s / 60.0) : CLOCK.format(now.plusSeconds(Math.round(s)));
    }

    JsonObject json() {
        List<JsonObject> slots = new ArrayList<>();
        for (PlanSlot slot : plan.slots()) {
            slots.add(new JsonObject()
                    .number("startS", slot.startS())
                    .number("durationS", slot.durationS())
                    .number("powerW", slot.powerW())
                    .number("heaterW", slot.heaterW())
                    .number("currentA", slot.currentA())
                    .number("pricePerKwh", slot.pricePerKwh())
                    .number("startSoc", slot.startSoc())
                    .number("endSoc", slot.endSoc())
                    .number("temperatureDegC", slot.temperatureDegC())
                    .text("cause", slot.cause().name()));
        }
        PlanCost cost = plan.cost();
        ArrivalForecast arrival = plan.arrival();
        return new JsonObject()
                .text("schedule", plan.schedule())
                .number("energyWh", plan.energyWh())
                .number("heaterWh", plan.heaterWh())
                .number("heatToDegC", plan.heatToDegC())
                .number("endSoc", plan.endSoc())
                .number("finishS", plan.finishS())
                .number("missedSoc", plan.missedSoc())
                .text("missedCause", plan.missedCause().name())
                .object(
                        "cost",
                        new JsonObject()
                                .number("energy", cost.energy())
                                .number("co2", cost.co2())
                                .number("ageing", cost.ageing())
                                .number("missed", cost.missed())
                                .number("time", cost.time())
                                .number("total", cost.total()))
                .object(
                        "arrival",
                        new JsonObject()
                                .number("soc90", arrival.soc90())
                                .number("soc50", arrival.soc50())
                                .number("finish50S", arrival.finish50S())
                                .number("finish90S", arrival.finish90S())
                                .number("targetProbability", arrival.targetProbability()))
                .objects("slots", slots);
    }

    private static String line(String text, Object... values) {
        return format(text, values) + System.lineSeparator();
    }

    static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
