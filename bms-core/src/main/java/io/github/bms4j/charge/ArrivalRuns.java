package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;

/**
 * The distribution of the SOC at departure: the plan followed at stations that stay below their offer by five equally probable
 * shares, each made good later as far as time allows, and around each the error of SOC and capacity.
 */
final class ArrivalRuns {
    /** Medians of the five fifths of |N(0, 1)|: the quantiles 0.55, 0.65, … 0.95 of the normal distribution. */
    private static final double[] SHORTFALL = {0.125661, 0.385320, 0.674490, 1.036433, 1.644854};

    /** So near to the target counts as there. */
    private static final double SAME_SOC = 0.005;

    /** Quantile 0.9 of the normal distribution. */
    private static final double Z_90 = 1.281552;
    /** Finds a SOC to 6e-8. */
    private static final int HALVINGS = 24;

    private final PackCircuit pack;
    private final PlannerSettings settings;
    private final PlanRequest request;
    private final OfferSchedule schedule;
    private final PlanRun plan;
    private final double splitS;
    private final double[] endSoc = new double[SHORTFALL.length];
    private final double[] finishS = new double[SHORTFALL.length];
    private final double sigma;

    ArrivalRuns(
            PackCircuit pack,
            PlannerSettings settings,
            PlanRequest request,
            OfferSchedule schedule,
            PlanRun plan,
            double splitS) {
        this.pack = pack;
        this.settings = settings;
        this.request = request;
        this.schedule = schedule;
        this.plan = plan;
        this.splitS = splitS;
        PackCondition condition = request.pack().condition();
        double moved = condition.capacitySigma() * (plan.soc() - request.pack().soc());
        sigma = Math.sqrt(condition.socSigma() * condition.socSigma() + moved * moved);
    }

    /** Enters the runs. */
    void begin(PlanWork work) {
        for (int i = SHORTFALL.length - 1; i >= 0; i--) {
            int at = i;
            double share = Math.max(0.0, 1.0 - settings.shortfallSigma() * SHORTFALL[i]);
            work.next(() -> {
                PlanHorizon horizon = new PlanHorizon(request, schedule, splitS, settings, share);
                ChargeCeiling ceiling = new ChargeCeiling(pack, settings.margins(), request, LimitRule.NOT_KNOWN);
                PlanRun run = new PlanRun(pack, ceiling, horizon, request, plan.heat());
                work.next(() -> follow(run, at));
                return true;
            });
        }
    }

    private boolean follow(PlanRun run, int at) {
        run.leadTo(plan.socAfter(run.slots()));
        endSoc[at] = run.soc();
        finishS[at] = run.finishS();
        return run.over();
    }

    ArrivalForecast forecast() {
        double target = request.need().targetSoc();
        return new ArrivalForecast(
                passedWith(0.9),
                passedWith(0.5),
                finishS[SHORTFALL.length / 2],
                finish90S(),
                probability(target - SAME_SOC));
    }

    /**
     * The time of the station's greatest shortfall, and beside it what the error of SOC and capacity takes at the rate at which the
     * plan comes to its end: where it tapers a point of SOC is minutes. Both are independent.
     */
    private double finish90S() {
        double middleS = finishS[SHORTFALL.length / 2];
        double shortS = finishS[SHORTFALL.length - 1] - middleS;
        double unsureS = sigma > 0.0 ? Z_90 * sigma * plan.endSPerSoc() : 0.0;
        double finish = middleS + Math.sqrt(shortS * shortS + unsureS * unsureS);
        return finish <= request.need().departureS() ? finish : Double.NaN;
    }

    /** SOC that is reached or passed with a probability. */
    private double passedWith(double probability) {
        double low = 0.0;
        double high = 1.0;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (probability(middle) >= probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Probability that the SOC at departure is at least so much. */
    private double probability(double soc) {
        double sum = 0.0;
        for (double end : endSoc) {
            if (sigma > 0.0) {
                sum += normal((end - soc) / sigma);
            } else {
                sum += end >= soc ? 1.0 : 0.0;
            }
        }
        return sum / endSoc.length;
    }

    /** The normal distribution function, by Simpson's rule over the density; better than 1e-7. */
    static double normal(double z) {
        if (Math.abs(z) > 8.0) {
            return z > 0.0 ? 1.0 : 0.0;
        }
        int parts = 64;
        double h = z / parts;
        double sum = 1.0 + StrictMath.exp(-0.5 * z * z);
        for (int i = 1; i < parts; i++) {
            double x = i * h;
            sum += (i % 2 == 1 ? 4.0 : 2.0) * StrictMath.exp(-0.5 * x * x);
        }
        return 0.5 + sum * h / 3.0 / Math.sqrt(2.0 * Math.PI);
    }
}
