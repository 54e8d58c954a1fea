package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A cell of known truth under test: makes the records a laboratory would, by the cell type's own equations. */
final class TrueCell {
    private final CellType type;
    private final double aroundDegC;
    private final double stepS;
    private double degC;
    private ThermalRating body = new ThermalRating(1e12, 1.0);
    private boolean logged = true;
    private final double[] pairV;
    private double soc;
    private double h;
    private double lastA;
    private double timeS;
    private final List<double[]> rows = new ArrayList<>();

    TrueCell(CellType type, double degC, double startSoc, double startH, double stepS) {
        this.type = type;
        this.aroundDegC = degC;
        this.degC = degC;
        this.soc = startSoc;
        this.h = startH;
        this.stepS = stepS;
        this.pairV = new double[type.circuit().branches().size()];
        row(0.0);
    }

    double soc() {
        return soc;
    }

    /** The cell warms itself from now on, and nobody logs it. */
    TrueCell warmsUnseen(ThermalRating by) {
        body = by;
        logged = false;
        return this;
    }

    private double voltage(double currentA) {
        double v = type.ocv().v(soc, degC) + h * type.ocv().hysteresis().halfGapV(soc);
        v -= type.circuit().r0().ohm(soc, degC) * currentA;
        for (double pair : pairV) {
            v -= pair;
        }
        return v;
    }

    private void row(double currentA) {
        double spent = rows.isEmpty() ? 0.0 : rows.get(rows.size() - 1)[3];
        double meanA = 0.5 * (currentA + lastA);
        double ah = rows.isEmpty() ? 0.0 : spent + meanA * stepS / 3600.0;
        double v = voltage(currentA);
        double lossW = currentA * (type.ocv().v(soc, degC) - v);
        degC += stepS * (lossW - body.toAmbientWPerK() * (degC - aroundDegC)) / body.heatCapacityJPerK();
        rows.add(new double[] {timeS, currentA, v, ah, degC});
        lastA = currentA;
    }

    /** Lets a current of time flow for so long, or until the voltage leaves the window. */
    TrueCell load(double durationS, DoubleUnaryOperator currentA) {
        double began = timeS;
        while (timeS - began < durationS - 1e-9) {
            double a = currentA.applyAsDouble(timeS + stepS - began);
            double meanA = 0.5 * (a + lastA);
            List<RcBranch> branches = type.circuit().branches();
            for (int b = 0; b < pairV.length; b++) {
                double pull = -Math.expm1(-stepS / branches.get(b).tauS());
                pairV[b] += pull * (branches.get(b).resistance().ohm(soc, degC) * meanA - pairV[b]);
            }
            double moved = -meanA * stepS / 3600.0 / type.rating().capacityAh();
            soc += moved;
            if (moved != 0.0) {
                h += type.ocv().hysteresis().turn(moved) * (Math.signum(moved) - h);
            }
            timeS += stepS;
            row(a);
            double v = rows.get(rows.size() - 1)[2];
            boolean low = a > 0.0 && v < type.rating().minV();
            boolean high = a < 0.0 && v > type.rating().maxV();
            if (low || high || soc < 0.0 || soc > 1.0) {
                return this;
            }
        }
        return this;
    }

    TrueCell rest(double durationS) {
        return load(durationS, t -> 0.0);
    }

    double[] column(int which) {
        return rows.stream().mapToDouble(r -> r[which]).toArray();
    }

    FitRecord.Builder builder(String name, Kind kind) {
        FitRecord.Builder record = FitRecord.of(name, kind, aroundDegC, column(0), column(1), column(2));
        return (logged ? record.temperature(column(4)) : record).counter(column(3));
    }

    FitRecord record(String name, Kind kind) {
        return builder(name, kind).build();
    }

    /** C/20 down and up again with rests. */
    static FitRecord slow(CellType type, double degC) {
        double a = type.rating().capacityAh() / 20.0;
        return new TrueCell(type, degC, 1.0, 1.0, 30.0)
                .rest(600.0)
                .load(80_000.0, t -> a)
                .rest(3600.0)
                .load(80_000.0, t -> -a)
                .rest(3600.0)
                .record("slow " + degC, Kind.OCV);
    }

    /** From full: bursts of changing current, now and then a rest. */
    static FitRecord drive(CellType type, double degC, double perH) {
        double a = perH * type.rating().capacityAh();
        TrueCell cell = new TrueCell(type, degC, 1.0, 1.0, 1.0).rest(20.0);
        for (int part = 0; part < 14; part++) {
            int phase = part;
            cell.load(300.0, t -> a * (0.7 + Math.sin(t / 7.0 + phase) + 0.6 * Math.sin(t / 41.0)));
            cell.rest(part % 5 == 4 ? 600.0 : 60.0);
        }
        return cell.record("drive " + degC, Kind.DRIVE);
    }

    /** Pulses of 1C and steps of C/2 between them. */
    static FitRecord pulses(CellType type, double degC) {
        double q = type.rating().capacityAh();
        TrueCell cell = new TrueCell(type, degC, 1.0, 1.0, 1.0).rest(60.0);
        for (int step = 0; step < 9; step++) {
            cell.load(10.0, t -> q).rest(300.0).load(700.0, t -> 0.5 * q).rest(900.0);
        }
        return cell.record("pulses " + degC, Kind.PULSE);
    }
}
