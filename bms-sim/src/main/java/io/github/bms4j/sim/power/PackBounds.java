package io.github.bms4j.sim.power;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.sim.cell.SimPack;

/**
 * By how much a true pack is beyond the hard bounds of its cells: the ratings and the charge map at the true SOC and temperature
 * of every cell, without any margin or derating.
 *
 * <p>0.01 is 1 % of the voltage or the current that bounds, of what the map allows (of a tenth of the one-hour current where it
 * allows less), one point of SOC, half a kelvin. Thread: one. Allocation: none.
 */
final class PackBounds {
    private static final double LEAST_MAP_PER_H = 0.1;
    private static final double PER_K = 0.02;

    private final CellRating rating;
    private final ChargeMap map;

    PackBounds(CellType type) {
        rating = type.rating();
        map = type.chargeMap();
    }

    /** The largest excess of any cell over any bound while each carries {@code cellA}; 0 or less when all are kept. */
    double excess(SimPack pack, double cellA) {
        boolean charging = cellA < 0.0;
        double most = charging ? -cellA / rating.maxChargeA() - 1.0 : cellA / rating.maxDischargeA() - 1.0;
        TemperatureWindow window = charging ? rating.charge() : rating.discharge();
        for (int c = 0; c < pack.layout().cells(); c++) {
            double v = pack.cellV(c);
            double soc = pack.soc(c);
            double degC = pack.temperatureDegC(c);
            if (charging) {
                most = higher(most, v / rating.maxV() - 1.0);
                most = higher(most, soc - 1.0);
                double allowed = map.maxRatePerH(Math.min(1.0, soc), degC);
                double over = -cellA / rating.capacityAh() - allowed;
                most = higher(most, over / Math.max(LEAST_MAP_PER_H, allowed));
            } else if (cellA > 0.0) {
                most = higher(most, 1.0 - v / rating.minV());
                most = higher(most, -soc);
            }
            if (cellA != 0.0) {
                most = higher(most, PER_K * (degC - window.maxDegC()));
                most = higher(most, PER_K * (window.minDegC() - degC));
            }
        }
        return most;
    }

    private static double higher(double p, double q) {
        return p > q ? p : q;
    }
}
