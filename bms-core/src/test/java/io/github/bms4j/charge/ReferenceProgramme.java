package io.github.bms4j.charge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The least cost of a {@link LinearCase} by a linear or mixed-integer programme, written down from the case alone and solved by
 * ojAlgo. Its search over whole numbers may stop short of the optimum; then {@link #leastCost(LinearCase, ChargePlan)} shows by a
 * linear programme that a plan it did not find is allowed and costs what it claims.
 *
 * <pre>
 * e(k+1) = e(k) + efficiency (grid + sun) - back / efficiency,   floor &lt;= e &lt;= top where bounds apply
 * least   sum price grid + CO₂ + solar price sun - feed-in back + ageing + missed x max(0, target - e(K))
 * </pre>
 */
final class ReferenceProgramme {
    private final LinearCase c;
    private final ExpressionsBasedModel model = new ExpressionsBasedModel();
    private final double hours = LinearCase.SLOT_S / 3600.0;
    /** A plan whose times of flow are kept, or null to find them. */
    private final @Nullable ChargePlan pattern;

    private ReferenceProgramme(LinearCase c, @Nullable ChargePlan pattern) {
        this.c = c;
        this.pattern = pattern;
    }

    static double leastCost(LinearCase c) {
        return new ReferenceProgramme(c, null).solve();
    }

    /** The least cost if energy flows when it does in a plan, which fixes every whole number: a linear programme. */
    static double leastCost(LinearCase c, ChargePlan pattern) {
        return new ReferenceProgramme(c, pattern).solve();
    }

    private double solve() {
        ChargeNeed need = c.need();
        ChargeWorth worth = need.worth();
        ChargeRules rules = need.rules();
        DischargeTerms terms = rules.discharge();
        boolean whole = rules.mostStarts() != ChargeRules.ANY_STARTS || rules.minCurrentA() > 0.0;
        double kwh = LinearCase.RATED_KWH;
        double targetKwh = kwh * need.targetSoc();
        double topKwh = terms.allowed() ? kwh * Math.max(need.targetSoc(), terms.ceilingSoc()) : targetKwh;
        double dirtiest = c.steps().stream()
                .mapToDouble(OfferStep::gCo2PerKwh)
                .filter(g -> g >= 0)
                .max()
                .orElse(0.0);
        double leastKwh = rules.minCurrentA() * 370.0 / 1000.0 * hours;
        double cycle = worth.ageing().perKwh(25.0);
        Expression bill = model.newExpression("bill");
        Expression starts = model.newExpression("starts");
        double constant = 0.0;
        double startKwh = kwh * c.startSoc;
        Variable before = null;
        Variable onBefore = null;
        for (int k = 0; k < c.slots; k++) {
            int at = k;
            OfferStep step = c.steps().get(k);
            SiteStep site = c.request.site().steps().get(k);
            boolean open = k * LinearCase.SLOT_S >= need.goal().earliestS();
            double gCo2 = Double.isNaN(step.gCo2PerKwh()) ? dirtiest : step.gCo2PerKwh();
            List<Variable> inward = new ArrayList<>();
            List<PriceBlock> blocks = step.price().blocks();
            for (int b = 0; b < blocks.size(); b++) {
                double untilW = b + 1 < blocks.size() ? blocks.get(b + 1).fromW() : 1e6;
                double price = blocks.get(b).pricePerKwh();
                if (!open || step.maxPowerW() == 0.0 || !mayFlow(k, 1.0)) {
                    continue;
                }
                Variable grid = upTo(
                        "g" + k + "_" + b,
                        (Math.min(untilW, 1e5) - blocks.get(b).fromW()) * hours / 1000.0);
                grid.weight(price + worth.co2PerKg() * gCo2 / 1000.0);
                bill.set(grid, price);
                inward.add(grid);
            }
            if (site.gridLimitW() < 1e6) {
                Expression ofGrid = model.newExpression("grid" + k).upper(site.gridLimitW() * hours / 1000.0);
                inward.forEach(v -> ofGrid.set(v, 1.0));
            }
            if (open && site.solarW() > 0.0 && mayFlow(k, 1.0)) {
                Variable sun = upTo("s" + k, site.solarW() * hours / 1000.0);
                sun.weight(c.request.site().solarPerKwh());
                bill.set(sun, c.request.site().solarPerKwh());
                inward.add(sun);
            }
            Expression cap = model.newExpression("cap" + k).upper(step.maxPowerW() * hours / 1000.0);
            inward.forEach(v -> cap.set(v, 1.0));
            double backKwh = open ? Math.min(step.feedIn().maxPowerW(), terms.maxPowerW()) * hours / 1000.0 : 0.0;
            Variable after = model.newVariable("e" + (k + 1))
                    .lower(kwh * terms.floorSoc())
                    .upper(topKwh);
            Expression balance = model.newExpression("balance" + k).level(before == null ? startKwh : 0.0);
            balance.set(after, 1.0);
            if (before != null) {
                balance.set(before, -1.0);
            }
            Variable back = null;
            if (backKwh > 0.0 && mayFlow(k, -1.0)) {
                back = upTo("d" + k, backKwh);
                back.weight(-step.feedIn().pricePerKwh() + cycle / c.efficiency);
                bill.set(back, -step.feedIn().pricePerKwh());
                balance.set(back, 1.0 / c.efficiency);
            }
            for (Variable v : inward) {
                balance.set(v, -c.efficiency);
                add(v, cycle * c.efficiency);
            }
            // Ageing by time, linear in the SOC: half at the slot's start, half at its end.
            double atHalf = kwh * worth.ageing().calendarPerH(0.5, 25.0) * hours;
            double perKwh = kwh
                    * (worth.ageing().calendarPerH(1.0, 25.0) - worth.ageing().calendarPerH(0.0, 25.0))
                    * hours
                    / kwh;
            constant += atHalf - perKwh * 0.5 * kwh;
            if (before == null) {
                constant += 0.5 * perKwh * startKwh;
            } else {
                add(before, 0.5 * perKwh);
            }
            add(after, 0.5 * perKwh);
            if (pattern != null) {
                if (leastKwh > 0.0 && !inward.isEmpty()) {
                    // A charge that reaches the top may stop before the slot ends.
                    boolean full = pattern.slots().stream()
                            .filter(slot -> slot.startS() <= at * LinearCase.SLOT_S + 1.0)
                            .anyMatch(slot -> slot.endSoc() >= topKwh / kwh - 1e-6);
                    Expression least = model.newExpression("least" + k).lower(full ? 0.0 : leastKwh / c.efficiency);
                    inward.forEach(v -> least.set(v, 1.0));
                }
                if (back != null) {
                    back.lower(leastKwh * c.efficiency);
                }
            } else if (whole && (!inward.isEmpty() || back != null)) {
                onBefore = flow(k, inward, back, after, onBefore, starts, new double[] {
                    leastKwh, Math.min(step.maxPowerW(), site.gridLimitW()) * hours / 1000.0, backKwh, topKwh
                });
            } else {
                onBefore = null;
            }
            before = after;
        }
        if (whole && pattern == null) {
            starts.upper((double) Math.min(1000, rules.mostStarts()));
        }
        if (worth.costCeiling() < Double.POSITIVE_INFINITY) {
            bill.upper(worth.costCeiling());
        }
        Variable missed = model.newVariable("missed").lower(0.0).weight(worth.missedPerKwh());
        model.newExpression("target").lower(targetKwh).set(missed, 1.0).set(before, 1.0);
        Optimisation.Result result = model.minimise();
        if (!result.getState().isOptimal()) {
            throw new IllegalStateException("seed " + c.seed + ": " + result.getState());
        }
        return result.getValue() + constant;
    }

    /** One direction in a slot, nothing or at least the least current, and a start where nothing flowed before; whether it flows. */
    private Variable flow(
            int k,
            List<Variable> inward,
            @Nullable Variable back,
            Variable after,
            @Nullable Variable onBefore,
            Expression starts,
            double[] leastMostBackTopKwh) {
        double leastKwh = leastMostBackTopKwh[0];
        double mostKwh = leastMostBackTopKwh[1];
        Variable on = upTo("on" + k, 1.0);
        Expression isOn = model.newExpression("is" + k).level(0.0).set(on, 1.0);
        boolean enough = leastKwh / c.efficiency <= mostKwh;
        if (!inward.isEmpty() && !enough) {
            Expression nothing = model.newExpression("nothing" + k).upper(0.0);
            inward.forEach(v -> nothing.set(v, 1.0));
        } else if (!inward.isEmpty()) {
            Variable in = model.newVariable("in" + k).binary();
            isOn.set(in, -1.0);
            Expression most = model.newExpression("most" + k).upper(0.0);
            most.set(in, -mostKwh);
            inward.forEach(v -> most.set(v, 1.0));
            if (leastKwh > 0.0) {
                // A charge that reaches the top may stop before the slot ends.
                Variable full = model.newVariable("full" + k).binary();
                Expression least = model.newExpression("least" + k).lower(0.0);
                least.set(in, -leastKwh / c.efficiency).set(full, 0.98 * leastKwh / c.efficiency);
                inward.forEach(v -> least.set(v, 1.0));
                model.newExpression("top" + k).lower(0.0).set(after, 1.0).set(full, -leastMostBackTopKwh[3]);
            }
        }
        if (back != null) {
            Variable out = model.newVariable("out" + k).binary();
            isOn.set(out, -1.0);
            model.newExpression("mostOut" + k).upper(0.0).set(back, 1.0).set(out, -leastMostBackTopKwh[2]);
            if (leastKwh > 0.0) {
                model.newExpression("leastOut" + k).lower(0.0).set(back, 1.0).set(out, -leastKwh * c.efficiency);
            }
        }
        Variable start = upTo("start" + k, 1.0);
        Expression begins =
                model.newExpression("begins" + k).lower(0.0).set(start, 1.0).set(on, -1.0);
        if (onBefore != null) {
            begins.set(onBefore, 1.0);
        }
        starts.set(start, 1.0);
        return on;
    }

    private static void add(Variable v, double weight) {
        Number now = v.getContributionWeight();
        v.weight((now == null ? 0.0 : now.doubleValue()) + weight);
    }

    /** Whether energy may flow in this direction in slot k: always, but for a pattern that says otherwise. */
    private boolean mayFlow(int k, double direction) {
        return pattern == null || flows(k, direction);
    }

    private boolean flows(int k, double direction) {
        double energyWh = 0.0;
        for (PlanSlot slot : pattern == null ? List.<PlanSlot>of() : pattern.slots()) {
            boolean within = Math.abs(slot.startS() - k * LinearCase.SLOT_S) < 1.0;
            energyWh = within ? slot.energyWh() : energyWh;
        }
        return energyWh * direction > 0.0;
    }

    private Variable upTo(String name, double most) {
        return model.newVariable(name).lower(0.0).upper(most);
    }
}
