package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Table1D;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Surface temperatures of measured cells through losses of the sensor; origin, licence and changes stand at the head of each
 * table. Thermal figures are round guesses from mass and size, no entropic table is given.
 */
class CoreTemperatureMeasuredTest {
    private static final PackLayout ONE = new PackLayout(1, 1, 1);

    /** A recording with the voltage the cell loses inside. */
    private static final class Recording {
        final CellType type;
        final Measured table;
        final double[] lostV;

        Recording(CellType type, Measured table, double[] lostV) {
            this.type = type;
            this.table = table;
            this.lostV = lostV;
        }
    }

    private static Recording lgM50() {
        Measured ocv = new Measured("lg-m50-ocv-25c.csv");
        CellType type = MeasuredCells.of(
                "LG M50",
                5.0,
                MeasuredCells.curve(ocv.column("soc"), ocv.column("ocv_v")),
                0.03,
                new ThermalRating(65.0, 0.10),
                0.012);
        Measured table = new Measured("lg-m50-2c-25c.csv");
        double[] lostV = new double[table.size()];
        for (int k = 0; k < lostV.length; k++) {
            double soc = 1.0 - table.at(k, "discharged_ah") / 4.93;
            lostV[k] = type.ocv().v(soc, 25.0) - table.at(k, "voltage_v");
        }
        return new Recording(type, table, lostV);
    }

    private static Recording maxAmps() {
        Measured ocv = new Measured("maxamps-5450-ocv.csv");
        Table1D openV = new Table1D(ocv.column("discharged_ah"), ocv.column("ocv_v"));
        CellType type = MeasuredCells.of(
                "MaxAmps 5450",
                5.45,
                MeasuredCells.curve(new double[] {0.0, 1.0}, new double[] {3.2, 4.1}),
                0.006,
                new ThermalRating(110.0, 0.15, 5.0),
                0.012);
        Measured table = new Measured("maxamps-5450-4c.csv");
        double[] lostV = new double[table.size()];
        double ah = 0.0;
        for (int k = 0; k < lostV.length; k++) {
            if (k > 0) {
                double spanS = table.at(k, "time_s") - table.at(k - 1, "time_s");
                ah += 0.5 * (table.at(k, "current_a") + table.at(k - 1, "current_a")) * spanS / 3600.0;
            }
            lostV[k] = openV.at(ah) - table.at(k, "voltage_v");
        }
        return new Recording(type, table, lostV);
    }

    /** Worst of |error| over sigma, worst error and widest sigma of the surface while its sensor is away. */
    private static double[] ride(Recording recording, double fromS, double toS) {
        CoreTemperatureEstimator estimator = new CoreTemperatureEstimator(recording.type, ONE);
        PackSample sample = new PackSample(ONE);
        PackEstimate estimate = new PackEstimate(ONE);
        double[] worst = new double[3];
        for (int k = 0; k < recording.table.size(); k++) {
            double t = recording.table.at(k, "time_s");
            double i = recording.table.at(k, "current_a");
            double measured = recording.table.at(k, "temperature_c");
            boolean away = t >= fromS && t < toS;
            sample.begin(Math.round(t * 1e9));
            sample.readCurrent(i);
            sample.readCellVoltage(0, recording.table.at(k, "voltage_v"));
            sample.readTemperature(0, away ? Double.NaN : measured);
            double lostV = i * recording.lostV[k] > 0.0 ? recording.lostV[k] : 0.0;
            estimate.cell(0, 0.5, 0.01, lostV, 0.0, 3.7);
            estimate.circuit(0, 0.0, 0.0, 0.0, 0.8);
            estimator.step(sample, estimate, Double.NaN);
            if (away) {
                double off = Math.abs(estimator.surfaceDegC(0) - measured);
                worst[0] = Math.max(worst[0], off / estimator.surfaceSigmaK(0));
                worst[1] = Math.max(worst[1], off);
                worst[2] = Math.max(worst[2], estimator.surfaceSigmaK(0));
            }
        }
        return worst;
    }

    private static String said(String cell, double fromS, double[] worst) {
        return String.format(
                Locale.ROOT,
                "%s, away from %.0f s: off by at most %.2f K, %.2f sigma, widest sigma %.2f K",
                cell,
                fromS,
                worst[1],
                worst[0],
                worst[2]);
    }

    @ParameterizedTest(name = "LG M50 2C from 24 to 58 degC, sensor away from {0} s for {1} s")
    @CsvSource({
        "200, 300, 2.5",
        "500, 300, 2",
        "800, 300, 2",
        "1100, 300, 2",
        "1400, 300, 2",
        "1700, 300, 3",
        "2000, 300, 2",
        "2600, 300, 2",
        "3200, 300, 2",
        "3800, 300, 2",
        "4400, 300, 2",
        "200, 600, 4",
        "800, 600, 2",
        "1400, 600, 4",
        "2000, 600, 3",
        "3200, 600, 2",
        "5000, 600, 2"
    })
    void predictsTheSurfaceOfACellAtTwoC(double fromS, double spanS, double mostK, TestReporter reporter) {
        double[] worst = ride(lgM50(), fromS, fromS + spanS);
        String said = said("LG M50", fromS, worst);
        reporter.publishEntry("core", said);
        assertTrue(worst[0] > 0.0 && worst[0] <= 3.0, said);
        assertTrue(worst[1] <= mostK, said);
    }

    @ParameterizedTest(name = "MaxAmps 4C discharge and charge, sensor away from {0} s for {1} s")
    @CsvSource({
        "200, 180",
        "400, 180",
        "600, 180",
        "800, 180",
        "1000, 180",
        "1200, 180",
        "1400, 180",
        "1600, 180",
        "1800, 180",
        "200, 300",
        "500, 300",
        "800, 300",
        "1100, 300",
        "1400, 300",
        "1700, 300",
        "1950, 300"
    })
    void staysWithinItsSigmaWhereReversibleHeatIsStrongAndUnknown(double fromS, double spanS, TestReporter reporter) {
        double[] worst = ride(maxAmps(), fromS, fromS + spanS);
        String said = said("MaxAmps", fromS, worst);
        reporter.publishEntry("core", said);
        assertTrue(worst[0] > 0.0 && worst[0] <= 3.0, said);
    }

    @Test
    void learnsHowTheCellCoolsFromItsRest() {
        Recording recording = lgM50();
        CoreTemperatureEstimator estimator = new CoreTemperatureEstimator(recording.type, ONE);
        PackSample sample = new PackSample(ONE);
        PackEstimate estimate = new PackEstimate(ONE);
        for (int k = 0; k < recording.table.size(); k++) {
            double i = recording.table.at(k, "current_a");
            sample.begin(Math.round(recording.table.at(k, "time_s") * 1e9));
            sample.readCurrent(i);
            sample.readTemperature(0, recording.table.at(k, "temperature_c"));
            estimate.cell(0, 0.5, 0.01, i > 0.0 ? recording.lostV[k] : 0.0, 0.0, 3.7);
            estimate.circuit(0, 0.0, 0.0, 0.0, 0.8);
            estimator.step(sample, estimate, Double.NaN);
        }
        // From 55 to 36 degC over 24.5 in 611 s of rest: 615 s, i.e. 0.106 W/K of 65 J/K.
        assertTrue(Math.abs(estimator.lossFactor(0) * 0.10 - 0.112) < 0.015, "factor " + estimator.lossFactor(0));
        assertTrue(Math.abs(estimator.ambientDegC(0) - 24.5) < 1.0, "surroundings " + estimator.ambientDegC(0));
    }
}
