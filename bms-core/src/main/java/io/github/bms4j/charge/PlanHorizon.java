package io.github.bms4j.charge;

import java.util.Arrays;
import java.util.List;

/**
 * The time from now to departure, cut into slots in which nothing of the offer and of the site changes.
 *
 * <p>Where nothing is offered one slot is enough, however long.
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

    private static final SiteStep NO_SITE = new SiteStep(0.0, Double.POSITIVE_INFINITY, 0.0);

    final int slots;
    final double[] startS;
    final double[] durationS;
    /** Power of the first watt; NaN where nothing is offered. */
    final double[] pricePerKwh;
    /** What the station gives, W; 0 where it offers nothing. */
    final double[] stationW;
    /** What the site spares, W. */
    final double[] siteW;
    /** What may be taken: the lower of the two, and nothing before the earliest start. */
    final double[] capW;

    /** Whether any power is offered. */
    final boolean[] offered;

    final boolean[] notYet;
    final PowerCost[] cost;
    /** Mean power of the heater that the program reckons with, W at the pack's terminals. */
    final double[] heaterW;
    /** What may be given back, W, and what is paid for a kWh of it. */
    final double[] sellW;

    final double[] sellPerKwh;
    /** What a kWh stored in a slot counts dearer because it is early, or because it is in the reserve. */
    final double[] preferencePerKwh;
    /** Least that a lost kWh counts. */
    private final double leastPricePerKwh;

    /**
     * @param splitS one more border, s; NaN for none
     * @param supplyShare what the station gives as a share of what it offers
     */
    PlanHorizon(PlanRequest request, OfferSchedule schedule, double splitS, PlannerSettings set, double supplyShare) {
        ChargeNeed need = request.need();
        StationOffer offer = request.offer();
        List<OfferStep> steps = schedule.steps();
        List<SiteStep> site = request.site().steps();
        double nowS = request.nowS();
        double endS = need.departureS();
        double capEndS = nowS + set.observedCapHoldS();
        double reserveFromS = endS - set.reserveS();
        double earliestS = need.goal().earliestS();
        double[] borders = borders(nowS, endS, request, steps, splitS, capEndS, reserveFromS, earliestS);
        double longestS = Math.max(set.slotS(), (endS - nowS) / MOST_SLOTS);
        int most = MOST_SLOTS + 2 * borders.length;
        double[] starts = new double[most];
        int[] stepOf = new int[most];
        int[] siteOf = new int[most];
        int n = 0;
        int step = -1;
        int at = -1;
        for (int b = 0; b + 1 < borders.length; b++) {
            double middleS = 0.5 * (borders[b] + borders[b + 1]);
            while (step + 1 < steps.size() && steps.get(step + 1).startS() <= middleS) {
                step++;
            }
            while (at + 1 < site.size() && site.get(at + 1).startS() <= middleS) {
                at++;
            }
            boolean open = step >= 0
                    && middleS < offer.validUntilS()
                    && (steps.get(step).maxPowerW() > 0.0
                            || steps.get(step).feedIn().maxPowerW() > 0.0);
            double lengthS = borders[b + 1] - borders[b];
            int parts = open ? (int) Math.ceil(lengthS / longestS - 1e-9) : 1;
            for (int part = 0; part < parts; part++) {
                starts[n] = borders[b] + lengthS * part / parts;
                stepOf[n] = middleS < offer.validUntilS() ? step : -1;
                siteOf[n] = at;
                n++;
            }
        }
        slots = n;
        startS = Arrays.copyOf(starts, n);
        durationS = new double[n];
        pricePerKwh = new double[n];
        stationW = new double[n];
        siteW = new double[n];
        capW = new double[n];
        offered = new boolean[n];
        notYet = new boolean[n];
        cost = new PowerCost[n];
        heaterW = new double[n];
        sellW = new double[n];
        sellPerKwh = new double[n];
        double unknownGCo2 = dirtiest(steps);
        for (int k = 0; k < n; k++) {
            durationS[k] = (k + 1 < n ? startS[k + 1] : endS) - startS[k];
            double middleS = startS[k] + 0.5 * durationS[k];
            SiteStep spared = siteOf[k] < 0 ? NO_SITE : site.get(siteOf[k]);
            siteW[k] = spared.gridLimitW() + spared.solarW();
            notYet[k] = middleS < earliestS;
            if (stepOf[k] < 0) {
                pricePerKwh[k] = Double.NaN;
                cost[k] = PowerCost.NONE;
                continue;
            }
            OfferStep terms = steps.get(stepOf[k]);
            offered[k] = terms.maxPowerW() > 0.0;
            pricePerKwh[k] = terms.pricePerKwh();
            double capNow = middleS < capEndS ? request.station().observedCapW() : Double.POSITIVE_INFINITY;
            stationW[k] = supplyShare * Math.min(terms.maxPowerW(), capNow);
            capW[k] = notYet[k] ? 0.0 : Math.min(stationW[k], siteW[k]);
            cost[k] = PowerCost.of(
                    terms.price(),
                    Double.isNaN(terms.gCo2PerKwh()) ? unknownGCo2 : terms.gCo2PerKwh(),
                    need.worth().co2PerKg(),
                    spared.gridLimitW(),
                    spared.solarW(),
                    request.site().solarPerKwh());
            sellPerKwh[k] = terms.feedIn().pricePerKwh();
            sellW[k] = notYet[k]
                    ? 0.0
                    : Math.min(
                            terms.feedIn().maxPowerW(), need.rules().discharge().maxPowerW());
        }
        leastPricePerKwh = LEAST_SHARE * need.missedPerKwh();
        preferencePerKwh = preferences(nowS, reserveFromS, need, set.latenessShare());
    }

    /** Whether energy can flow in a slot, either way. */
    boolean open(int k) {
        return capW[k] > 0.0 || sellW[k] > 0.0;
    }

    /** How much more a lost kWh counts than its price says. */
    double lossExtraPerKwh(int k) {
        return cost[k].ranges() == 0 ? 0.0 : Math.max(0.0, leastPricePerKwh - cost[k].worthPerKwh[0]);
    }

    /** How much more a kWh that is lost on its way back counts than what is paid for it. */
    double sellLossExtraPerKwh(int k) {
        return Math.max(0.0, leastPricePerKwh - sellPerKwh[k]);
    }

    private static double dirtiest(List<OfferStep> steps) {
        double most = 0.0;
        for (OfferStep step : steps) {
            most = step.gCo2PerKwh() > most ? step.gCo2PerKwh() : most;
        }
        return most;
    }

    /** Rising, from now to the end. */
    private static double[] borders(
            double nowS, double endS, PlanRequest request, List<OfferStep> steps, double... others) {
        List<SiteStep> site = request.site().steps();
        double[] all = new double[steps.size() + site.size() + 1 + others.length];
        int n = 0;
        for (OfferStep step : steps) {
            all[n++] = step.startS();
        }
        for (SiteStep step : site) {
            all[n++] = step.startS();
        }
        all[n++] = request.offer().validUntilS();
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
