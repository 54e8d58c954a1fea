package io.github.bms4j.can.gbt27930;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeMode;
import io.github.bms4j.charge.PackStatus;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;

/**
 * What each of the vehicle's messages says, from demand, ratings and session.
 *
 * <p>The demand never exceeds the ratings of the vehicle or the limits of the charger, and is cut and not rounded to the
 * steps of the wire. Thread: one. Allocation: none.
 */
final class VehicleMessages {
    private static final int MOST_CELLS = GbtMessage.BMV.maxLength() / 2;
    private static final double STEPS_PER_UNIT = 10.0;
    /** A product a rounding error below a whole step is that step: 0.3 V is 3 steps, not 2. */
    private static final double ROUNDING_STEPS = 1e-6;

    private static final int CONSTANT_VOLTAGE = 1;
    private static final int CONSTANT_CURRENT = 2;
    private static final int CELL_VOLTAGE_HIGH = 1;
    private static final int CELL_VOLTAGE_LOW = 2;

    private final GbtVehicle vehicle;
    private final VehicleSession session;

    VehicleMessages(GbtVehicle vehicle, VehicleSession session) {
        this.vehicle = vehicle;
        this.session = session;
    }

    /** Fills a cleared body; false when there is nothing to say. */
    boolean fill(GbtBody body, ChargeDemand demand) {
        PackStatus pack = demand.pack();
        return switch (body.message()) {
            case BHM -> vehicle.fillBhm(body);
            case BRM -> vehicle.fillBrm(body, session.edition2011());
            case BCP -> vehicle.fillBcp(body, pack.soc, pack.packV);
            case BRO -> fillBro(body);
            case BCL -> fillBcl(body, demand);
            case BCS -> fillBcs(body, pack);
            case BSM -> fillBsm(body, demand);
            case BMV -> fillBmv(body, pack.cellV);
            case BMT -> fillBmt(body, pack.temperatureDegC);
            case BST -> fillBst(body, session.state().stop);
            case BSD -> fillBsd(body, pack);
            case BEM -> fillBem(body, session.problem());
            default -> false;
        };
    }

    private boolean fillBro(GbtBody bro) {
        boolean ready = session.phase() == VehiclePhase.AWAITING_CHARGER;
        bro.set(GbtField.BRO_READY, ready ? GbtAnswer.YES : GbtAnswer.NO);
        return true;
    }

    private boolean fillBcl(GbtBody bcl, ChargeDemand demand) {
        StationState station = session.state();
        GbtRatings ratings = vehicle.ratings();
        double mostV = Math.min(ratings.maxTotalV(), station.maxV);
        double mostA = demand.ready() ? Math.min(ratings.maxChargeA(), station.maxA) : 0.0;
        bcl.set(GbtField.BCL_DEMAND_V, cut(Math.min(mostV, demand.targetV())))
                .set(GbtField.BCL_DEMAND_A, -cut(Math.min(mostA, demand.chargeA())))
                .setRaw(
                        GbtField.BCL_MODE,
                        demand.mode() == ChargeMode.CONSTANT_VOLTAGE ? CONSTANT_VOLTAGE : CONSTANT_CURRENT);
        return true;
    }

    private static boolean fillBcs(GbtBody bcs, PackStatus pack) {
        bcs.set(GbtField.BCS_PACK_V, pack.packV)
                .set(GbtField.BCS_PACK_A, pack.packA)
                .set(GbtField.BCS_MAX_CELL_V, pack.highestCellV)
                .setRaw(GbtField.BCS_MAX_CELL_GROUP, 0)
                .set(GbtField.BCS_SOC_PERCENT, 100.0 * pack.soc)
                .set(GbtField.BCS_REMAINING_MIN, pack.remainingMin);
        return true;
    }

    private static boolean fillBsm(GbtBody bsm, ChargeDemand demand) {
        PackStatus pack = demand.pack();
        boolean permits = demand.ready() && demand.stop() == StopCause.NONE;
        int cellVoltage = pack.cellVoltageHigh ? CELL_VOLTAGE_HIGH : pack.cellVoltageLow ? CELL_VOLTAGE_LOW : 0;
        bsm.clearFlags()
                .set(GbtField.BSM_MAX_CELL_NUMBER, number(pack.highestCell))
                .set(GbtField.BSM_MAX_DEG_C, pack.highestDegC)
                .set(GbtField.BSM_MAX_PROBE_NUMBER, number(pack.highestSensor))
                .set(GbtField.BSM_MIN_DEG_C, pack.lowestDegC)
                .set(GbtField.BSM_MIN_PROBE_NUMBER, number(pack.lowestSensor))
                .setRaw(GbtField.BSM_CELL_VOLTAGE, cellVoltage)
                .setRaw(GbtField.BSM_SOC, 0)
                .set(GbtField.BSM_OVER_CURRENT, GbtFlag.of(pack.overCurrent))
                .set(GbtField.BSM_OVER_TEMPERATURE, GbtFlag.of(pack.overTemperature))
                .set(GbtField.BSM_PERMITS_CHARGE, GbtFlag.of(permits));
        return true;
    }

    private static boolean fillBmv(GbtBody bmv, double[] cellV) {
        int cells = Math.min(cellV.length, MOST_CELLS);
        boolean known = false;
        for (int i = 0; i < cells; i++) {
            known |= Double.isFinite(cellV[i]);
            bmv.set(GbtField.BMV_CELL_V, i, cellV[i]).setRaw(GbtField.BMV_GROUP, i, 0);
        }
        if (known) {
            bmv.length(2 * cells);
        }
        return known;
    }

    private static boolean fillBmt(GbtBody bmt, double[] temperatureDegC) {
        int probes = Math.min(temperatureDegC.length, GbtMessage.BMT.maxLength());
        boolean known = false;
        for (int i = 0; i < probes; i++) {
            known |= Double.isFinite(temperatureDegC[i]);
            bmt.set(GbtField.BMT_DEG_C, i, temperatureDegC[i]);
        }
        if (known) {
            bmt.length(probes);
        }
        return known;
    }

    /** The driver's wish and the departure have no flag: the message itself is the stop. */
    private static boolean fillBst(GbtBody bst, StopCause cause) {
        bst.clearFlags();
        switch (cause) {
            case NONE, DEPARTURE, DRIVER -> {
                // no reason the charger would know
            }
            case SOC_REACHED -> bst.set(GbtField.BST_SOC_REACHED, GbtFlag.YES);
            case PACK_VOLTAGE_REACHED -> bst.set(GbtField.BST_TOTAL_V_REACHED, GbtFlag.YES);
            case CELL_VOLTAGE_REACHED -> bst.set(GbtField.BST_CELL_V_REACHED, GbtFlag.YES);
            case STATION -> bst.set(GbtField.BST_CHARGER_STOPPED, GbtFlag.YES);
            case TEMPERATURE -> bst.set(GbtField.BST_PACK_TEMPERATURE, GbtFlag.YES);
            case INSULATION -> bst.set(GbtField.BST_INSULATION, GbtFlag.YES);
            case MISMATCH -> bst.set(GbtField.BST_CURRENT, GbtFlag.YES);
            case BAD_SAMPLE, COMMUNICATION, PACK_FAULT -> bst.set(GbtField.BST_OTHER_FAULT, GbtFlag.YES);
        }
        return true;
    }

    private static boolean fillBsd(GbtBody bsd, PackStatus pack) {
        bsd.set(GbtField.BSD_SOC_PERCENT, 100.0 * pack.soc)
                .set(GbtField.BSD_MIN_CELL_V, pack.lowestCellV)
                .set(GbtField.BSD_MAX_CELL_V, pack.highestCellV)
                .set(GbtField.BSD_MIN_DEG_C, pack.lowestDegC)
                .set(GbtField.BSD_MAX_DEG_C, pack.highestDegC);
        return true;
    }

    private static boolean fillBem(GbtBody bem, GbtProblem problem) {
        bem.clearFlags();
        GbtField missed = problem.report();
        if (missed != null) {
            bem.set(missed, GbtFlag.YES);
        }
        return true;
    }

    /** From our index (from 0, -1 unknown) to a number from 1 that fits a byte. */
    private static double number(int index) {
        return index >= 0 && index < 0xFF ? index + 1 : Double.NaN;
    }

    private static double cut(double value) {
        return Math.floor(value * STEPS_PER_UNIT + ROUNDING_STEPS) / STEPS_PER_UNIT;
    }
}
