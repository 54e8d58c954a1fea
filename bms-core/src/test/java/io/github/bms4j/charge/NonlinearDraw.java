package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One seeded draw of a pack that tapers and warms, a need and an offer; prices may be negative. */
final class NonlinearDraw {
    private static final double SLOT_S = 900.0;

    private final ChargePlanner planner;
    private final PlanRequest request;

    NonlinearDraw(long seed, int slots) {
        Random random = new Random(seed);
        PlannerCells cells = new PlannerCells();
        cells.ohm = 0.001 + 0.003 * random.nextDouble();
        double top = 1.0 + 2.0 * random.nextDouble();
        cells.ratePerHOverSoc = new double[] {top, top, 0.5 * top, 0.2 * top};
        cells.heatCapacityJPerK = 500.0 + 1000.0 * random.nextDouble();
        double soc = 0.05 + 0.5 * random.nextDouble();
        double degC = 2.0 + 38.0 * random.nextDouble();
        PackNow pack = new PackNow(soc, 0.05 * random.nextDouble(), degC, degC + 2.0, degC);
        double target = soc + (0.95 - soc) * random.nextDouble();
        double wear = random.nextBoolean() ? 0.0 : 0.05 * random.nextDouble();
        ChargeNeed need = new ChargeNeed(target, 0.0, slots * SLOT_S, random.nextInt(4) == 0 ? 0.3 : 2.0, wear);
        List<OfferStep> steps = new ArrayList<>();
        double least = random.nextInt(3) == 0 ? -0.2 : 0.05;
        for (int k = 0; k < slots; k++) {
            double capW = random.nextInt(5) == 0 ? 0.0 : 3000.0 + 40_000.0 * random.nextDouble();
            steps.add(new OfferStep(k * SLOT_S, capW, least + 0.4 * random.nextDouble(), Double.NaN));
        }
        StationOffer offer = new StationOffer("seed " + seed, 360.0 + 80.0 * random.nextDouble(), 130.0, 1e6, steps);
        planner = cells.planner(new PlannerSettings(
                SLOT_S, 0.002, 3, 300.0, 900.0, 0.002, 0.003, 0.05, 0.02, LimitSettings.standard()));
        request = new PlanRequest(0.0, pack, need, offer, StationNow.silent());
    }

    ChargePlanner planner() {
        return planner;
    }

    PlanRequest request() {
        return request;
    }
}
