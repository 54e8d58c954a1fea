package io.github.bms4j.charge;

/**
 * What power at the connector costs in one slot: ranges of the grid's tariff and of the sun, the cheapest first.
 *
 * <p>Price, CO₂ and what the planner counts (price and priced CO₂ together) are each linear within a range. What is counted per
 * watt never falls, so it is the highest of straight lines, and a cost over power that is convex.
 */
final class PowerCost {
    /** Nothing is offered. */
    static final PowerCost NONE = new PowerCost(0);

    private final double[] fromW;
    private final double[] pricePerKwh;
    private final double[] gCo2PerKwh;
    /** What a kWh counts in each range, rising. */
    final double[] worthPerKwh;
    /** Cost per hour of range m is worth[m] P - offset[m]. */
    final double[] offsetPerH;

    private int filled;

    private PowerCost(int ranges) {
        fromW = new double[ranges];
        pricePerKwh = new double[ranges];
        gCo2PerKwh = new double[ranges];
        worthPerKwh = new double[ranges];
        offsetPerH = new double[ranges];
    }

    /**
     * @param gCo2 grams per kWh from the grid
     * @param gridLimitW most that comes from the grid, W
     * @param solarW own solar power, W
     */
    static PowerCost of(
            PowerPrice price, double gCo2, double co2PerKg, double gridLimitW, double solarW, double solarPerKwh) {
        PowerCost cost = new PowerCost(price.blocks().size() + 1);
        double shiftW = 0.0;
        for (PriceBlock block : price.blocks()) {
            double worth = block.pricePerKwh() + co2PerKg * gCo2 / 1000.0;
            if (block.fromW() >= gridLimitW) {
                break;
            }
            if (solarW > 0.0 && shiftW == 0.0 && solarPerKwh <= worth) {
                cost.add(block.fromW(), solarPerKwh, 0.0, solarPerKwh);
                shiftW = solarW;
            }
            cost.add(block.fromW() + shiftW, block.pricePerKwh(), gCo2, worth);
        }
        if (solarW > 0.0 && shiftW == 0.0 && gridLimitW < Double.POSITIVE_INFINITY) {
            cost.add(gridLimitW, solarPerKwh, 0.0, solarPerKwh);
        }
        return cost.filled == 0 ? NONE : cost;
    }

    private void add(double from, double price, double gCo2, double worth) {
        fromW[filled] = from;
        pricePerKwh[filled] = price;
        gCo2PerKwh[filled] = gCo2;
        worthPerKwh[filled] = worth;
        offsetPerH[filled] = filled == 0
                ? worth * from / 1000.0
                : offsetPerH[filled - 1] + (worth - worthPerKwh[filled - 1]) * from / 1000.0;
        filled++;
    }

    int ranges() {
        return filled;
    }

    /** Where range m ends, kW. */
    double untilKw(int m) {
        return m + 1 < filled ? fromW[m + 1] / 1000.0 : Double.POSITIVE_INFINITY;
    }

    /** What an hour at this power counts. */
    double worthPerH(double powerW) {
        double kw = powerW / 1000.0;
        double most = worthPerKwh[0] * kw - offsetPerH[0];
        for (int m = 1; m < filled; m++) {
            most = Math.max(most, worthPerKwh[m] * kw - offsetPerH[m]);
        }
        return most;
    }

    /** Bill of an hour at this power. */
    double pricePerH(double powerW) {
        return integral(pricePerKwh, powerW);
    }

    /** Grams of CO₂ of an hour at this power. */
    double gCo2PerH(double powerW) {
        return integral(gCo2PerKwh, powerW);
    }

    private double integral(double[] perKwh, double powerW) {
        double sum = 0.0;
        for (int m = 0; m < filled && powerW > fromW[m]; m++) {
            double untilW = m + 1 < filled ? Math.min(powerW, fromW[m + 1]) : powerW;
            sum += perKwh[m] * (untilW - fromW[m]) / 1000.0;
        }
        return sum;
    }
}
