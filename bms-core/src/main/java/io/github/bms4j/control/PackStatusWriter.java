package io.github.bms4j.control;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.charge.PackStatus;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;

/** Fills what a station is told of the pack from the last sample and estimate; allocates nothing. */
final class PackStatusWriter {
    private final CellRating rating;
    private final PackStatus status;

    PackStatusWriter(CellRating rating, PackStatus status) {
        this.rating = rating;
        this.status = status;
    }

    void write(PackSample sample, PackEstimate estimate, double remainingMin, boolean overCurrent) {
        Channel cells = sample.cellVoltage();
        Channel temperatures = sample.temperature();
        double sum = 0.0;
        for (int c = 0; c < cells.size(); c++) {
            status.cellV[c] = cells.value(c);
            sum += cells.value(c);
        }
        for (int s = 0; s < temperatures.size(); s++) {
            status.temperatureDegC[s] = temperatures.value(s);
        }
        status.packV = sample.packVoltage().usable(0) ? sample.packVoltage().value(0) : sum;
        status.packA = sample.current().value(0);
        status.soc = estimate.packSoc();
        status.remainingMin = remainingMin;
        status.highestCell = cells.highest();
        status.lowestCell = cells.lowest();
        status.highestCellV = valueAt(cells, status.highestCell);
        status.lowestCellV = valueAt(cells, status.lowestCell);
        status.highestSensor = temperatures.highest();
        status.lowestSensor = temperatures.lowest();
        status.highestDegC = valueAt(temperatures, status.highestSensor);
        status.lowestDegC = valueAt(temperatures, status.lowestSensor);
        status.cellVoltageHigh = status.highestCellV > rating.maxV();
        status.cellVoltageLow = status.lowestCellV < rating.minV();
        status.overCurrent = overCurrent;
        status.overTemperature = status.highestDegC > rating.charge().maxDegC();
    }

    private static double valueAt(Channel channel, int sensor) {
        return sensor < 0 ? Double.NaN : channel.value(sensor);
    }
}
