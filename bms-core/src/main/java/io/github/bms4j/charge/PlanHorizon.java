package io.github.bms4j.charge;

import java.util.Arrays;
import java.util.List;

/**
 * The time from now to departure, cut into slots in which nothing of the offer changes.
 *
 * <p>Where nothing is offered one slot is enough, however long. {@code pricePerKwh} is NaN there.
 */
final class PlanHorizon {
    /** A longer horizon gets longer slots. */
    private static final int MOST_SLOTS = 1000;
    /** Borders closer than this fall together; a slot takes the offer at its middle. */
    private static final double LEAST_SLOT_S = 1.0;
    /** A kWh charged in the reserve before departure counts as much dearer, as a share of what a missing one is worth. */
    private static final double RESERVE_SHARE = 0.1;
    /** Least price at which losses and lateness count, as a share of what a missing kWh is worth. */
    private static final double LEAST_SHARE = 0.001;

    final int slots;
    final double[] startS;
    final double[] durationS;
    final double[] pricePerKwh;
    final double[] capW;
    /** What a kWh stored in a slot counts dearer because it is early, or because it is in the reserve. */
    final double[] preferencePerKwh;

    private final double leastPricePerKwh;

    /**
     * @param splitS one more border, s; NaN for none
     */
    PlanHorizon(
            double nowS, double splitS, ChargeNeed need, StationOffer offer, StationNow station, PlannerSettings set) {
        double endS = need.departureS();
        double capEndS = nowS + set.observedCapHoldS();
        double reserveFromS = endS - set.reserveS();
        double[] borders = borders(nowS, endS, offer, splitS, capEndS, reserveFromS);
        double longestS = Math.max(set.slotS(), (endS - nowS) / MOST_SLOTS);

        double[] starts = new double[MOST_SLOTS + 2 * borders.length];
        double[] caps = new double[starts.length];
        double[] prices = new double[starts.length];
        int n = 0;
        int step = -1;
        List<OfferStep> steps = offer.steps();
        for (int b = 0; b + 1 < borders.length; b++) {
            double middleS = 0.5 * (borders[b] + borders[b + 1]);
            while (step + 1 < steps.size() && steps.get(step + 1).startS() <= middleS) {
                step++;
            }
            boolean offered = step >= 0 && middleS < offer.validUntilS();
            double cap = offered ? steps.get(step).maxPowerW() : 0.0;
            if (middleS < capEndS) {
                cap = Math.min(cap, station.observedCapW());
            }
            double lengthS = borders[b + 1] - borders[b];
            int parts = cap > 0.0 ? (int) Math.ceil(lengthS / longestS - 1e-9) : 1;
            for (int part = 0; part < parts; part++) {
                starts[n] = borders[b] + lengthS * part / parts;
                caps[n] = cap;
                prices[n] = offered ? steps.get(step).pricePerKwh() : Double.NaN;
                n++;
            }
        }
        slots = n;
        startS = Arrays.copyOf(starts, n);
        capW = Arrays.copyOf(caps, n);
        pricePerKwh = Arrays.copyOf(prices, n);
        durationS = new double[n];
        for (int k = 0; k < n; k++) {
            durationS[k] = (k + 1 < n ? startS[k + 1] : endS) - startS[k];
        }
        leastPricePerKwh = LEAST_SHARE * need.missedPerKwh();
        preferencePerKwh = preferences(nowS, reserveFromS, need, set.latenessShare());
    }

    /** What a lost kWh counts: its price, but never nothing, so that none is wasted because it is free or paid for. */
    double lossPricePerKwh(int k) {
        return Math.max(leastPricePerKwh, pricePerKwh[k]);
    }

    /** Rising, from now to the end. */
    private static double[] borders(double nowS, double endS, StationOffer offer, double... others) {
        double[] all = new double[offer.steps().size() + 1 + others.length];
        int n = 0;
        for (OfferStep step : offer.steps()) {
            all[n++] = step.startS();
        }
        all[n++] = offer.validUntilS();
        for (double other : others) {
            all[n++] = other;
        }
        Arrays.sort(all); // NaN comes last and fails the comparison below
        double[] kept = new double[n + 2];
        kept[0] = nowS;
        int last = 0;
        for (double border : all) {
            if (border >= kept[last] + LEAST_SLOT_S && border <= endS - LEAST_SLOT_S) {
                kept[++last] = border;
            }
        }
        kept[++last] = endS;
        return Arrays.copyOf(kept, last + 1);
    }

    private double[] preferences(double nowS, double reserveFromS, ChargeNeed need, double latenessShare) {
        double spanS = Math.max(reserveFromS - nowS, LEAST_SLOT_S);
        double fullPerKwh = latenessShare * Math.max(meanPrice(), leastPricePerKwh);
        double[] preference = new double[slots];
        for (int k = 0; k < slots; k++) {
            double toReserveS = reserveFromS - (startS[k] + 0.5 * durationS[k]);
            preference[k] = toReserveS > 0.0 ? fullPerKwh * toReserveS / spanS : RESERVE_SHARE * need.missedPerKwh();
        }
        return preference;
    }

    /** Mean magnitude of the price while something is offered. */
    private double meanPrice() {
        double sum = 0.0;
        double offeredS = 0.0;
        for (int k = 0; k < slots; k++) {
            if (capW[k] > 0.0) {
                sum += Math.abs(pricePerKwh[k]) * durationS[k];
                offeredS += durationS[k];
            }
        }
        return offeredS > 0.0 ? sum / offeredS : 0.0;
    }
}
