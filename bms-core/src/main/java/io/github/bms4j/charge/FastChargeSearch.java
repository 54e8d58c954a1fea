package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;

/**
 * The course on which a pack is charged in time with the lowest peak temperature, found by charging it ahead on the plan's own model.
 *
 * <p>First as fast as the limits allow: that is the fastest charge there is, and without time to spare there is no other. With time, for each of
 * {@value #SHAPES} shapes the lowest peak that is still in time (bisection), and of these the shape that is foreseen the coolest. There is time where
 * one schedule offers one price until departure, nothing is wanted at once and nothing is given back: who waits for a price has the plan to
 * decide.
 *
 * <p>Thread: one. {@link #advance} does so many units of work, each a slot of one charge.
 *
 * @see "docs/theory/fast-charge.md"
 */
public final class FastChargeSearch {
    /** Shapes tried: how much more current flows early. One is right for equal resistance throughout, none for one that is high early. */
    private static final double[] EARLY = {0.6, 0.3, 0.0};

    private static final int SHAPES = 3;
    private static final int HALVINGS = 9;

    /** The lowest rise that is tried, and what the peak may exceed that of the fastest charge by, K: a cap is approached, not touched. */
    private static final double LEAST_K = 0.1;

    private static final double SPARE_K = 5.0;

    /** A pack that gets no warmer than this above the air, K, has nothing to gain that its sensors could tell. */
    private static final double WORTH_K = 4.0;

    private final PackCircuit pack;
    private final PlannerSettings planner;
    private final PlanRequest request;
    private final FastChargeSettings settings;
    private final FastChargeCourse fastest;
    private final PlanHorizon horizon;
    private final double goalSoc;

    private FastChargeCourse best;
    private double bestDegC = Double.POSITIVE_INFINITY;
    private double bestS = Double.NaN;
    private boolean done;
    private double atMostS = Double.NaN;
    private double hottestK;
    private int shape;
    private int halving;
    private double low;
    private double high;

    // The charge that is followed now.
    private FastChargeCourse tried;
    private SlotWalk walk;
    private int slot;
    private double soc;
    private double hotDegC;
    private double peakDegC;
    private final double[] pairV;

    FastChargeSearch(
            PackCircuit pack,
            PlannerSettings planner,
            PlanRequest request,
            FastChargeSettings settings,
            double mapShare,
            double lossShare) {
        this.pack = pack;
        this.planner = planner;
        this.request = request;
        this.settings = settings;
        fastest = FastChargeCourse.onTheMap(mapShare, settings.stepPerH(), pack.resistanceShare(), lossShare);
        best = fastest;
        OfferSchedule schedule = request.offer().schedules().get(0);
        horizon = new PlanHorizon(request, schedule, Double.NaN, planner, 1.0);
        pairV = new double[pack.pairs()];
        tried = fastest;
        walk = charge(fastest);
        goalSoc = Math.min(request.need().targetSoc(), walk.topSoc());
        done = !mayTakeTime() || soc >= goalSoc;
    }

    private boolean mayTakeTime() {
        ChargeNeed need = request.need();
        boolean oneWay = !need.rules().discharge().allowed();
        boolean patient = need.minSoc() <= request.pack().soc() && settings.stretch() > 1.0;
        boolean time = need.departureS() - planner.reserveS() > request.nowS();
        boolean cools = pack.type.thermal().toAmbientWPerK() > 0.0;
        return oneWay && patient && time && cools && onePrice();
    }

    private boolean onePrice() {
        if (request.offer().schedules().size() > 1) {
            return false;
        }
        double price = Double.NaN;
        for (int k = 0; k < horizon.slots; k++) {
            if (horizon.open(k)) {
                if (!Double.isNaN(price) && horizon.pricePerKwh[k] != price) {
                    return false;
                }
                price = horizon.pricePerKwh[k];
            }
        }
        return true;
    }

    /** Begins to follow a charge on a course. */
    private SlotWalk charge(FastChargeCourse course) {
        tried = course;
        PlanRequest onCourse = request.with(course);
        ChargeCeiling ceiling = new ChargeCeiling(pack, planner.margins(), onCourse, LimitRule.NOT_KNOWN);
        slot = 0;
        soc = request.pack().soc();
        hotDegC = request.pack().hottestDegC();
        peakDegC = hotDegC;
        for (int j = 0; j < pairV.length; j++) {
            pairV[j] = request.pack().polarisation().of(j);
        }
        return new SlotWalk(pack, ceiling, horizon, onCourse, HeatCourse.NONE);
    }

    /**
     * Does some of the work.
     *
     * @param most units of work, 1 or more
     * @return whether the course is there
     */
    public boolean advance(int most) {
        for (int i = 0; i < most && !done; i++) {
            walk.follow(slot, soc, hotDegC, pairV, Double.POSITIVE_INFINITY, goalSoc, LimitRule.NOT_KNOWN);
            slot++;
            soc = walk.endSoc;
            hotDegC = walk.endDegC;
            System.arraycopy(walk.endPairV, 0, pairV, 0, pairV.length);
            peakDegC = Math.max(peakDegC, walk.peakDegC);
            if (!Double.isNaN(walk.goalS) || slot == horizon.slots) {
                charged(Double.isNaN(walk.goalS) ? Double.POSITIVE_INFINITY : walk.goalS - request.nowS());
            }
        }
        return done;
    }

    /** A charge was followed to its end; decides which one comes next. */
    private void charged(double tookS) {
        if (Double.isNaN(atMostS)) {
            double leftS = request.need().departureS() - planner.reserveS() - request.nowS();
            atMostS = Math.min(leftS, settings.stretch() * tookS);
            bestS = tookS;
            bestDegC = peakDegC;
            hottestK = Math.max(LEAST_K, peakDegC - request.pack().ambientDegC()) + SPARE_K;
            done = !(tookS < atMostS) || peakDegC - request.pack().ambientDegC() < WORTH_K;
            shape = -1;
            halving = HALVINGS;
        } else if (tookS <= atMostS) {
            high = 0.5 * (low + high);
            if (peakDegC <= bestDegC) { // where the peak is that of now, the gentlest
                best = tried;
                bestDegC = peakDegC;
                bestS = tookS;
            }
        } else {
            low = 0.5 * (low + high);
        }
        if (halving++ == HALVINGS) {
            halving = 0;
            shape++;
            low = Math.max(0.0, request.pack().hottestDegC() - request.pack().ambientDegC());
            high = low + hottestK;
        }
        done = done || shape == SHAPES;
        if (!done) {
            walk = charge(towards(0.5 * (low + high), EARLY[shape]));
        }
    }

    private FastChargeCourse towards(double peakK, double early) {
        double airDegC = request.pack().ambientDegC();
        double middleSoc = 0.5 * (request.pack().soc() + goalSoc);
        double ohm = pack.ohm(middleSoc, airDegC + 0.5 * peakK);
        double levelA = Math.sqrt(pack.type.thermal().toAmbientWPerK() * peakK / ohm);
        return fastest.towards(airDegC, airDegC + peakK, early, levelA);
    }

    /** The course: the fastest one where there is no time to take. */
    public FastChargeCourse course() {
        return best;
    }

    /** Time that the charge is expected to take on it, s; infinite when it does not end by departure, NaN where nothing was searched. */
    public double foreseenS() {
        return bestS;
    }

    /** Highest temperature that it is expected to bring, °C; infinite where nothing was searched. */
    public double foreseenDegC() {
        return bestDegC;
    }
}
