package io.github.bms4j.sim.run;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.PlannerSettings;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.StationOutput;
import io.github.bms4j.sim.station.StationPower;
import java.util.List;

/**
 * One charge of a true pack beside the plan that was made for it at the plug.
 *
 * <p>Groups of 60 cells of one batch, good sensors, one temperature sensor for six groups. Before the plug the vehicle is driven from a SOC
 * that the battery manager was told 1.5 points wrong (1 sigma), so the estimate is what a use leaves behind. Fast: at once to the
 * target. Waiting: the cheaper energy comes later, so the charge has a pause and a second start or begins late.
 */
final class KeptPlan {
    private static final double NO_PRICE = Double.NaN;
    private static final int PARALLEL = 60;
    private static final double REST_S = 120.0;
    private static final double TOLD_SIGMA = 0.015;
    private static final double LEARNED_SIGMA = 0.03;
    private static final double STEP_S = ChargeBench.CYCLE_NANOS * 1e-9;
    /** By so much the charge map may be passed at the true SOC and temperature of a cell. */
    private static final double MAP_TOLERANCE = 1.02;

    /**
     * What is charged.
     *
     * @param groups in series
     * @param fast at once, or when it is cheaper
     * @param degC temperature of cells and air before the drive, °C
     * @param fromSoc before the drive
     * @param cellW of the station, W per cell
     * @param learned whether capacities are known to 3 % from earlier journeys, or as rated
     * @param driveS how long it is driven before, s
     * @param waitS how long the middle, dear price lasts, s; of no account when fast
     */
    record Case(
            int groups,
            boolean fast,
            double degC,
            double fromSoc,
            double toSoc,
            double cellW,
            boolean learned,
            double driveS,
            double waitS,
            long seed) {}

    /**
     * What came of it.
     *
     * @param plan made at the plug
     * @param pluggedS when that was
     * @param socSigma how sure the SOC was then
     * @param ended whether vehicle and station ended the session
     * @param gotWh energy into the true pack, and the overhead that a plan counts
     * @param lastS when the last of it flowed
     * @param steps in which current flowed
     * @param broken of them, in which a limit of a true cell was broken
     * @param mostV highest voltage of a true cell, V
     * @param mapShare most of the charge map that a true cell took, as a share
     * @param mostDegC highest temperature of a true cell, °C
     * @param endSoc as estimated
     * @param stop why it ended
     * @param replans how often a plan was made in between
     */
    record Outcome(
            ChargePlan plan,
            double pluggedS,
            double socSigma,
            boolean ended,
            double gotWh,
            double lastS,
            long steps,
            long broken,
            double mostV,
            double mapShare,
            double mostDegC,
            double endSoc,
            StopCause stop,
            int replans) {
        /** Energy beyond the plan, as a share of it. */
        double energyError() {
            return gotWh / plan.energyWh() - 1.0;
        }

        /** What the doubt of the SOC makes of the way to the target, as a share of the energy: the 90 % about the plan. */
        double energyDoubt() {
            double fromSoc = plan.slots().get(0).startSoc();
            return 1.645 * socSigma / (plan.endSoc() - fromSoc);
        }

        /** How much later it ended than planned, s. */
        double lateS() {
            return lastS - plan.finishS();
        }
    }

    private final Case what;
    private final CellType cell = ShippedData.cell();
    private final ChargeBench bench;
    private double wh;
    private double flowedS;
    private double lastS;
    private long steps;
    private long broken;
    private double mostV = Double.NEGATIVE_INFINITY;
    private double mostDegC = Double.NEGATIVE_INFINITY;
    private double mapShare;

    KeptPlan(Case what) {
        this.what = what;
        bench = ChargeBench.of(
                BatterySettings.standard(cell, new PackLayout(what.groups, PARALLEL, what.groups / 6)),
                ShippedData.truth(),
                what.fromSoc,
                what.degC,
                what.seed);
    }

    Outcome run() {
        use();
        double nowS = bench.nowS();
        double stationV = 5.0 * what.groups;
        double stationW = what.cellW * what.groups * PARALLEL;
        double departureS = nowS + (what.fast ? 4.0 * 3600.0 : what.waitS + 2.0 * 3600.0);
        List<OfferStep> prices = what.fast
                ? List.of(new OfferStep(nowS, stationW, 0.3, NO_PRICE))
                : List.of(
                        new OfferStep(nowS, stationW, 0.2, NO_PRICE),
                        new OfferStep(nowS + 1200.0, stationW, 0.9, NO_PRICE),
                        new OfferStep(nowS + 1200.0 + what.waitS, stationW, 0.25, NO_PRICE));
        StationOffer offer = new StationOffer("test", stationV, 250.0, departureS, prices);
        ChargeNeed need = new ChargeNeed(what.toSoc, what.fast ? what.toSoc : 0.0, departureS, 5.0, 0.0);
        double socSigma = bench.manager().estimate().packSocSigma();
        ChargePlan plan = bench.plugIn(
                GbtStationRating.of(StationOutput.of(5.0, stationV, 250.0)), StationPower.UNLIMITED, offer, need);
        bench.clock().every(ChargeBench.CYCLE_NANOS, bench.clock().nowNanos() + ChargeBench.CYCLE_NANOS, 2, this::look);
        boolean ended = bench.runToEnd();
        double ratedWh = what.groups
                * PARALLEL
                * cell.rating().capacityAh()
                * cell.rating().nominalV();
        double overheadWh = PlannerSettings.standard().overheadPerH() * ratedWh * flowedS / 3600.0;
        return new Outcome(
                plan,
                nowS,
                socSigma,
                ended,
                wh + overheadWh,
                lastS,
                steps,
                broken,
                mostV,
                mapShare,
                mostDegC,
                bench.manager().estimate().packSoc(),
                bench.state().stop,
                bench.replans());
    }

    /** Drives with half of what the recorded drive asks of a cell, then stands for two minutes. */
    private void use() {
        NoiseSource random = new NoiseSource(7919L * what.seed);
        double told = bench.pack().packSoc() + TOLD_SIGMA * random.bell();
        bench.start(Math.min(1.0, Math.max(0.0, told)), TOLD_SIGMA);
        for (int c = 0; what.learned && c < what.groups; c++) {
            double ah = bench.pack().capacityAh(c);
            bench.manager().startCapacity(c, ah * (1.0 + LEARNED_SIGMA * random.bell()), LEARNED_SIGMA * ah);
        }
        DriveLoad drive = new DriveLoad(ShippedData.drive());
        bench.drive((fromS, toS) -> 0.5 * PARALLEL * drive.meanA(fromS, toS));
        bench.runFor(what.driveS);
        bench.drive(PackLoad.NONE);
        bench.runFor(REST_S);
    }

    /** Holds a step against the true cells. */
    private void look(long nanos) {
        SimPack pack = bench.pack();
        double inA = -bench.packA();
        if (!(inA > 0.0)) {
            return;
        }
        wh += inA * pack.packV() * STEP_S / 3600.0;
        flowedS += STEP_S;
        lastS = nanos * 1e-9;
        steps++;
        mostV = Math.max(mostV, pack.highestV());
        mostDegC = Math.max(mostDegC, pack.highestDegC());
        boolean within = pack.highestV() <= cell.rating().maxV()
                && pack.highestDegC() <= cell.rating().charge().maxDegC()
                && pack.lowestDegC() >= cell.rating().charge().minDegC();
        double ratePerH = inA / PARALLEL / cell.rating().capacityAh();
        for (int c = 0; c < what.groups; c++) {
            double share = ratePerH / cell.chargeMap().maxRatePerH(pack.soc(c), pack.temperatureDegC(c));
            mapShare = Math.max(mapShare, share);
            within &= share <= MAP_TOLERANCE;
        }
        broken += within ? 0 : 1;
    }
}
