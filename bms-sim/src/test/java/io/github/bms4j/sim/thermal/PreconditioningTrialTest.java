package io.github.bms4j.sim.thermal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.limit.LimitSettings;
import io.github.bms4j.sim.balance.LfpTruth;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.thermal.HeatUp;
import io.github.bms4j.thermal.HeaterRating;
import io.github.bms4j.thermal.Preconditioner;
import io.github.bms4j.thermal.PreconditioningCause;
import io.github.bms4j.thermal.PreconditioningNeed;
import io.github.bms4j.thermal.PreconditioningPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the preconditioner foretells, against a true pack of other cells than it believes in, heated and charged second by second. */
class PreconditioningTrialTest {
    private static final double PER_KWH = 0.5;

    /** A pack as the preconditioner knows it, as it is, and four groups of it to charge truly. */
    private record Case(CellType type, TrueCell truth, PackLayout layout, HeaterRating heater) {
        static Case of(String name) {
            return name.equals("NCA")
                    ? new Case(
                            ShippedData.cell(),
                            ShippedData.truth(),
                            new PackLayout(96, 46, 8),
                            new HeaterRating(5000.0, 0.9, 0.1, 1.0))
                    : new Case(
                            ShippedData.cell("generic-lfp"),
                            LfpTruth.cell(),
                            new PackLayout(104, 2, 8),
                            new HeaterRating(5000.0, 0.9, 0.2, 1.0));
        }

        Preconditioner preconditioner() {
            return new Preconditioner(type, layout, heater, LimitSettings.standard());
        }

        /** As many cells in four groups, so that power and energy stay. */
        TrueCharge truth(PreconditioningNeed need) {
            PackLayout four = new PackLayout(4, layout.series() * layout.parallel() / 4, 1);
            return new TrueCharge(truth, type, four, heater, need, 7);
        }
    }

    private static PreconditioningNeed need(double degC, double stationW, double leadS, double perH) {
        return new PreconditioningNeed(0.2, 0.8, degC, degC, stationW, leadS, PER_KWH, perH);
    }

    /** The file of the NCA cell believes in 45 J/K where the true one has 48: that is what the figure is off by. */
    @ParameterizedTest(name = "{0} from {1} to {2} °C")
    @CsvSource({"NCA, -15, 10", "NCA, 0, 20", "LFP, -15, 10", "LFP, 0, 25", "LFP, -20, 25"})
    void timeAndEnergyToWarmAPackAreTrueToEightPercent(String cell, double from, double to) {
        Case pack = Case.of(cell);
        HeatUp foretold = pack.preconditioner().heatUp(from, to, from);
        double s = pack.truth(need(from, 1e5, 0.0, 10.0)).heatTo(to, from);
        assertEquals(s, foretold.timeS(), 0.08 * s);
        assertEquals(s * 5000.0 / 3600.0, foretold.energyWh(), 0.08 * s * 5000.0 / 3600.0);
    }

    @ParameterizedTest(name = "{0} at {1} °C, {2} W, {3} s before the plug: {4}")
    @CsvSource({
        "NCA, -15, 150000, 1800, MUST_HEAT",
        "NCA,  -5,  11000,    0, MUST_HEAT",
        "NCA,   5, 150000,    0, WORTH_IT",
        "NCA,   5, 150000, 1800, WORTH_IT",
        "NCA,  10, 150000,    0, WORTH_IT",
        "NCA,  10,  11000,    0, STATION_LIMITS",
        "NCA,  25, 150000,    0, WARM_ENOUGH",
        "LFP, -15, 150000, 1800, MUST_HEAT",
        "LFP,   5,  11000,    0, WORTH_IT",
        "LFP,   5, 150000,    0, WORTH_IT",
        "LFP,  10, 150000, 1800, WORTH_IT",
        "LFP,  15, 150000,    0, WORTH_IT",
        "LFP,  15,  11000,    0, STATION_LIMITS",
        "LFP,  25, 150000,    0, WARM_ENOUGH"
    })
    void theChargeIsTrueToSixPercentAndItsHeatToAFifth(
            String cell, double degC, double stationW, double leadS, PreconditioningCause cause) {
        Case pack = Case.of(cell);
        PreconditioningNeed need = need(degC, stationW, leadS, 10.0);
        PreconditioningPlan plan = pack.preconditioner().plan(need);
        assertEquals(cause, plan.cause(), plan.toString());
        TrueCharge heated = pack.truth(need);
        heated.run(need, plan.startS(), plan.worthIt() ? plan.toDegC() : Double.NEGATIVE_INFINITY);
        assertEquals(heated.chargeS(), plan.chargeS(), 0.06 * heated.chargeS(), plan.toString());
        assertEquals(heated.heaterWh(), plan.heaterWh(), 0.2 * heated.heaterWh(), plan.toString());
        if (cause != PreconditioningCause.MUST_HEAT) {
            TrueCharge plain = pack.truth(need);
            plain.run(need, 0.0, Double.NEGATIVE_INFINITY);
            assertEquals(plain.chargeS(), plan.plainChargeS(), 0.06 * plain.chargeS(), plan.toString());
        }
    }

    /** On either side of the price at which heating begins to be worth it, by a third. */
    @ParameterizedTest(name = "{0} at {1} °C, {2} W")
    @CsvSource({"NCA, 5, 150000", "NCA, 10, 150000", "LFP, 5, 11000", "LFP, 10, 150000", "LFP, 15, 150000"})
    void theDecisionIsRightOnBothSides(String cell, double degC, double stationW) {
        Case pack = Case.of(cell);
        PreconditioningNeed free = need(degC, stationW, 0.0, 1e6);
        double toDegC = pack.preconditioner().plan(free).toDegC();
        TrueCharge plain = pack.truth(free);
        plain.run(free, 0.0, Double.NEGATIVE_INFINITY);
        TrueCharge heated = pack.truth(free);
        heated.run(free, 0.0, toDegC);
        double savedH = (plain.chargeS() - heated.chargeS()) / 3600.0;
        double evenPerH = (heated.stationWh() - plain.stationWh()) / 1000.0 * PER_KWH / savedH;
        assertTrue(evenPerH > 0.0, "it does cost energy");
        PreconditioningPlan dear = pack.preconditioner().plan(need(degC, stationW, 0.0, 1.33 * evenPerH));
        assertEquals(PreconditioningCause.WORTH_IT, dear.cause(), "an hour at " + 1.33 * evenPerH + ": " + dear);
        PreconditioningPlan cheap = pack.preconditioner().plan(need(degC, stationW, 0.0, evenPerH / 3.0));
        assertEquals(PreconditioningCause.NOT_WORTH_IT, cheap.cause(), "an hour at " + evenPerH / 3.0 + ": " + cheap);
    }
}
