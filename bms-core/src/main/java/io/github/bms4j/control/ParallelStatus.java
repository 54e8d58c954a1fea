package io.github.bms4j.control;

import io.github.bms4j.charge.PackStatus;
import io.github.bms4j.contactor.StringJoin;
import io.github.bms4j.measure.PackSample;

/**
 * What a station is told of several strings in parallel: the sum of their currents, and the extremes of those that are connected. Cells
 * and sensors are numbered on from string to string.
 *
 * <p>Thread: one. Allocation: none per write.
 */
final class ParallelStatus {
    private final BatteryManager[] managers;
    private final StringJoin join;
    private final PackStatus status;

    ParallelStatus(BatteryManager[] managers, StringJoin join, PackStatus status) {
        this.managers = managers;
        this.join = join;
        this.status = status;
    }

    void write(PackSample[] samples, double soc, double remainingMin) {
        clear();
        status.soc = soc;
        status.remainingMin = remainingMin;
        int firstCell = 0;
        int firstSensor = 0;
        for (int k = 0; k < managers.length; k++) {
            PackStatus own = managers[k].demand().pack();
            System.arraycopy(own.cellV, 0, status.cellV, firstCell, own.cellV.length);
            System.arraycopy(own.temperatureDegC, 0, status.temperatureDegC, firstSensor, own.temperatureDegC.length);
            status.packA += samples[k].current().value(0);
            if (join.carries(k)) {
                take(own, firstCell, firstSensor);
            }
            firstCell += own.cellV.length;
            firstSensor += own.temperatureDegC.length;
        }
    }

    private void clear() {
        status.packA = 0.0;
        status.packV = Double.NaN;
        status.highestCell = -1;
        status.lowestCell = -1;
        status.highestSensor = -1;
        status.lowestSensor = -1;
        status.highestCellV = Double.NaN;
        status.lowestCellV = Double.NaN;
        status.highestDegC = Double.NaN;
        status.lowestDegC = Double.NaN;
        status.cellVoltageHigh = false;
        status.cellVoltageLow = false;
        status.overTemperature = false;
        status.overCurrent = false;
    }

    private void take(PackStatus own, int firstCell, int firstSensor) {
        status.packV = Double.isNaN(status.packV) ? own.packV : status.packV;
        if (own.highestCellV > status.highestCellV || Double.isNaN(status.highestCellV)) {
            status.highestCellV = own.highestCellV;
            status.highestCell = own.highestCell < 0 ? -1 : firstCell + own.highestCell;
        }
        if (own.lowestCellV < status.lowestCellV || Double.isNaN(status.lowestCellV)) {
            status.lowestCellV = own.lowestCellV;
            status.lowestCell = own.lowestCell < 0 ? -1 : firstCell + own.lowestCell;
        }
        if (own.highestDegC > status.highestDegC || Double.isNaN(status.highestDegC)) {
            status.highestDegC = own.highestDegC;
            status.highestSensor = own.highestSensor < 0 ? -1 : firstSensor + own.highestSensor;
        }
        if (own.lowestDegC < status.lowestDegC || Double.isNaN(status.lowestDegC)) {
            status.lowestDegC = own.lowestDegC;
            status.lowestSensor = own.lowestSensor < 0 ? -1 : firstSensor + own.lowestSensor;
        }
        status.cellVoltageHigh |= own.cellVoltageHigh;
        status.cellVoltageLow |= own.cellVoltageLow;
        status.overTemperature |= own.overTemperature;
        status.overCurrent |= own.overCurrent;
    }
}
