package io.github.bms4j.sim.run;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.sim.cell.SimPack;

/** Holds every step of the true pack against its cells' ratings; allocates nothing. */
final class TruthWatch {
    private final CellRating rating;
    private double highestV = Double.NEGATIVE_INFINITY;
    private double lowestV = Double.POSITIVE_INFINITY;
    private double highestDegC = Double.NEGATIVE_INFINITY;
    private long steps;
    private long broken;

    TruthWatch(CellRating rating) {
        this.rating = rating;
    }

    void look(SimPack pack, boolean charging) {
        double high = pack.highestV();
        double low = pack.lowestV();
        double hot = pack.highestDegC();
        double cold = pack.lowestDegC();
        TemperatureWindow limit = charging ? rating.charge() : rating.discharge();
        highestV = Math.max(highestV, high);
        lowestV = Math.min(lowestV, low);
        highestDegC = Math.max(highestDegC, hot);
        boolean within =
                high <= rating.maxV() && low >= rating.minV() && hot <= limit.maxDegC() && cold >= limit.minDegC();
        broken += within ? 0 : 1;
        steps++;
    }

    double highestV() {
        return highestV;
    }

    double lowestV() {
        return lowestV;
    }

    double highestDegC() {
        return highestDegC;
    }

    long steps() {
        return steps;
    }

    long broken() {
        return broken;
    }
}
