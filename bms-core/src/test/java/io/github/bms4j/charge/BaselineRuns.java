package io.github.bms4j.charge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What simpler schedulers do with a {@link LinearCase}: energy from the connector by slot, kWh. */
final class BaselineRuns {
    private static final double HOURS = LinearCase.SLOT_S / 3600.0;
    private final LinearCase c;

    BaselineRuns(LinearCase c) {
        this.c = c;
    }

    private double mostKwh(int k) {
        SiteStep site = c.request.site().steps().get(k);
        boolean open = k * LinearCase.SLOT_S >= c.need().goal().earliestS();
        double w = Math.min(c.steps().get(k).maxPowerW(), site.gridLimitW() + site.solarW());
        return open ? w * HOURS / 1000.0 : 0.0;
    }

    private double wantedKwh(double toSoc) {
        return Math.max(0.0, toSoc - c.startSoc) * LinearCase.RATED_KWH / c.efficiency;
    }

    /** All power from now on: what an uncontrolled charge does, and earliest deadline first for a single vehicle. */
    double[] atOnce(double toSoc) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < c.slots; k++) {
            order.add(k);
        }
        return fill(order, wantedKwh(toSoc));
    }

    /** No power until there is no time to lose: least laxity first for a single vehicle that knows the offer. */
    double[] asLateAsPossible() {
        List<Integer> order = new ArrayList<>();
        for (int k = c.slots - 1; k >= 0; k--) {
            order.add(k);
        }
        return fill(order, wantedKwh(c.need().targetSoc()));
    }

    /** Full power in the slots of the lowest price. */
    double[] cheapestFirst() {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < c.slots; k++) {
            order.add(k);
        }
        order.sort(Comparator.comparingDouble(k -> c.steps().get(k).pricePerKwh()));
        return fill(order, wantedKwh(c.need().targetSoc()));
    }

    private double[] fill(List<Integer> order, double wanted) {
        double[] kwh = new double[c.slots];
        double left = wanted;
        for (int k : order) {
            kwh[k] = Math.min(left, mostKwh(k));
            left -= kwh[k];
        }
        return kwh;
    }

    double missedKwh(double[] kwh) {
        double sum = 0.0;
        for (double e : kwh) {
            sum += e;
        }
        return Math.max(0.0, (wantedKwh(c.need().targetSoc()) - sum) * c.efficiency);
    }

    double cost(double[] kwh) {
        ChargeWorth worth = c.need().worth();
        double dirtiest = c.steps().stream()
                .mapToDouble(OfferStep::gCo2PerKwh)
                .filter(g -> g >= 0)
                .max()
                .orElse(0.0);
        double soc = c.startSoc;
        double cost = worth.missedPerKwh() * missedKwh(kwh);
        for (int k = 0; k < c.slots; k++) {
            OfferStep step = c.steps().get(k);
            SiteStep site = c.request.site().steps().get(k);
            PowerCost power = PowerCost.of(
                    step.price(),
                    Double.isNaN(step.gCo2PerKwh()) ? dirtiest : step.gCo2PerKwh(),
                    worth.co2PerKg(),
                    site.gridLimitW(),
                    site.solarW(),
                    c.request.site().solarPerKwh());
            if (kwh[k] > 0.0) {
                cost += power.worthPerH(kwh[k] * 1000.0 / HOURS) * HOURS;
            }
            double after = soc + kwh[k] * c.efficiency / LinearCase.RATED_KWH;
            cost += worth.ageing().perKwh(25.0) * kwh[k] * c.efficiency;
            cost += LinearCase.RATED_KWH * worth.ageing().calendarPerH(0.5 * (soc + after), 25.0) * HOURS;
            soc = after;
        }
        return cost;
    }
}
