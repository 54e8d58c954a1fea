package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.fit.FitRecord.Column;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is settled before any fitting: capacity, voltage window, chemistry, temperature rows, the first open-circuit voltage. */
final class FitSetup {
    private static final double SAME_TEMPERATURE_K = 5.0;
    private static final double LEAST_ROW_GAP_K = 2.0;
    private static final double USUAL_DEG_C = 25.0;
    private static final double ENTROPY_SPAN_K = 8.0;
    private static final double COARSE_S = 5.0;
    private static final double LEAST_EFFICIENCY = 0.98;

    final double capacityAh;
    final double minV;
    final double maxV;
    final TypicalCell typical;
    FitLayout layout;
    private final FirstOcv ocv;
    private final List<FitRecord> records;
    private final List<OcvTable> tables;

    private FitSetup(
            double capacityAh,
            double[] windowV,
            TypicalCell typical,
            FirstOcv ocv,
            List<FitRecord> records,
            List<OcvTable> tables) {
        this.capacityAh = capacityAh;
        this.minV = windowV[0];
        this.maxV = windowV[1];
        this.typical = typical;
        this.ocv = ocv;
        this.records = records;
        this.tables = tables;
        this.layout = new FitLayout(new double[] {USUAL_DEG_C}, USUAL_DEG_C, capacityAh);
    }

    static FitSetup of(FitSettings settings, List<FitRecord> records, List<OcvTable> tables, List<String> notes) {
        boolean given = !Double.isNaN(settings.capacityAh());
        double capacityAh = given ? settings.capacityAh() : SocAxis.slowAh(records);
        if (!(capacityAh > 0.0)) {
            throw new IllegalArgumentException(
                    "found no discharge to take the capacity from, expected a slow run or a capacity");
        }
        List<FitTrack> tracks = tracks(records, capacityAh, COARSE_S);
        for (FitTrack track : tracks) {
            if (track.kind == Kind.OCV) {
                SocAxis.anchorSlow(track);
                SocAxis.checkSign(track, records.get(track.record).name());
            }
        }
        FirstOcv first = FirstOcv.of(tracks, tables, capacityAh, 0.0);
        double[] windowV = window(records, first);
        Chemistry chemistry = settings.chemistry().orElseGet(() -> guess(first, notes));
        TypicalCell typical = TypicalCell.of(chemistry);
        if (!given) {
            double ohm = FitStart.typicalOhm(0, capacityAh, USUAL_DEG_C);
            double anchored = SocAxis.anchoredAh(tracks, first, windowV[0], capacityAh, ohm);
            if (anchored > 0.9 * capacityAh && anchored < 1.1 * capacityAh) {
                capacityAh = anchored;
                notes.add("Capacity from drives that run from full to truly empty.");
            } else {
                notes.add("Capacity from the longest discharge of the slow runs.");
            }
        }
        double oneBranchV = typical.halfGapV
                + 0.04
                        * capacityAh
                        * (FitStart.typicalOhm(0, capacityAh, USUAL_DEG_C)
                                + FitStart.typicalOhm(1, capacityAh, USUAL_DEG_C)
                                + FitStart.typicalOhm(2, capacityAh, USUAL_DEG_C)
                                + FitStart.typicalOhm(3, capacityAh, USUAL_DEG_C));
        FirstOcv ocv = FirstOcv.of(tracks, tables, capacityAh, oneBranchV);
        return new FitSetup(1e-5 * Math.round(1e5 * capacityAh), windowV, typical, ocv, records, tables);
    }

    private static List<FitTrack> tracks(List<FitRecord> records, double capacityAh, double binS) {
        List<FitTrack> all = new ArrayList<>();
        for (int r = 0; r < records.size(); r++) {
            all.addAll(new TrackBuilder(records.get(r), r, capacityAh, binS).build());
        }
        return all;
    }

    private static double[] window(List<FitRecord> records, FirstOcv ocv) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean slow = records.stream().anyMatch(r -> r.kind() == Kind.OCV);
        for (FitRecord record : records) {
            for (int k = 0; record.kind() == (slow ? Kind.OCV : Kind.DRIVE) && k < record.rows(); k++) {
                low = Math.min(low, record.at(Column.VOLTAGE, k));
                high = Math.max(high, record.at(Column.VOLTAGE, k));
            }
        }
        for (double v : ocv.ocvV()) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        if (high - low < 0.1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "found slow runs between %.3f and %.3f V, expected runs between empty and full",
                    low,
                    high));
        }
        double minV = 0.1 * Math.floor((low + 0.03) / 0.1);
        double maxV = 0.05 * Math.ceil((high - 0.012) / 0.05);
        return new double[] {1e-3 * Math.round(1e3 * minV), 1e-3 * Math.round(1e3 * maxV)};
    }

    private static Chemistry guess(FirstOcv ocv, List<String> notes) {
        double middle = ocv.v(0.5);
        double rise = ocv.v(0.8) - ocv.v(0.3);
        Chemistry chemistry = Chemistry.NMC;
        if (middle < 2.7) {
            chemistry = Chemistry.LTO;
        } else if (middle < 3.42 && rise < 0.12) {
            chemistry = Chemistry.LFP;
        } else if (middle < 3.4) {
            chemistry = Chemistry.NA_ION;
        }
        notes.add(String.format(
                Locale.ROOT,
                "Chemistry %s guessed from %.3f V at 50 %% SOC and a rise of %.3f V from 30 to 80 %%.",
                chemistry,
                middle,
                rise));
        return chemistry;
    }

    /** The tracks on their axes, with a parameter vector laid out for them; its start must be asked for next. */
    FitProblem problem(double binS) {
        List<FitTrack> tracks = tracks(records, capacityAh, binS);
        for (FitTrack track : tracks) {
            place(track);
        }
        layout = new FitLayout(temperatureRows(tracks), referenceDegC(), capacityAh);
        int[] offsets = new int[records.size()];
        int[] scales = new int[records.size()];
        for (FitTrack track : tracks) {
            free(track, offsets, scales);
        }
        return new FitProblem(layout, tracks);
    }

    /** Where a track lies on the SOC axis, by what is known before the fit, and how warm its cell was. */
    private void place(FitTrack track) {
        FitRecord record = records.get(track.record);
        if (track.kind == Kind.OCV) {
            SocAxis.anchorSlow(track);
        } else {
            SocAxis.anchorLoad(track, record.fullAtStart(), ocv, maxV, capacityAh);
        }
        if (!record.has(Column.TEMPERATURE)) {
            SelfHeating.warm(track, ocv, capacityAh, ThermalFit.usual(typical, capacityAh));
        }
    }

    /** What of a track's own is left to the fit. */
    private void free(FitTrack track, int[] offsets, int[] scales) {
        if (track.kind == Kind.OCV) {
            track.drifts(layout.add(1), capacityAh);
            if (offsets[track.record] == 0) {
                offsets[track.record] = layout.add(FitLayout.OFFSET_SOC.length);
            }
            track.offsetParameter = offsets[track.record];
        } else if (track.anchored) {
            scale(track, scales);
        } else {
            track.startParameter = layout.add(1);
        }
    }

    /**
     * All tracks of a record count charge by the same scale: its cell may be older than the others', or its counter off. A
     * level curve does not tell a scale, it would follow the resistances.
     */
    private void scale(FitTrack track, int[] scales) {
        if (typical == TypicalCell.LFP) {
            return;
        }
        if (scales[track.record] == 0) {
            scales[track.record] = layout.add(1);
        }
        track.drifts(scales[track.record], capacityAh);
    }

    /** Starting values; also tells the problem what is known beforehand, once. */
    double[] start(FitProblem problem, double[] tauS) {
        problem.forget();
        problem.tables(tables);
        FitStart start = new FitStart(problem, typical);
        double[] x = start.make(ocv, entropyShows(), minV, maxV, tauS);
        start.nuisance(problem.tracks());
        return x;
    }

    /** Standard deviation of every row: a floor, half a percent of SOC on the curve's slope, and a share of the ohmic drop. */
    void doubts(FitProblem problem, double[] x, boolean fitted) {
        VoltageModel model = problem.model();
        model.use(x);
        for (FitTrack track : problem.tracks()) {
            double floor = track.kind == Kind.OCV ? 0.004 : track.kind == Kind.PULSE ? 0.006 : 0.008;
            for (int k = 0; k < track.rows(); k++) {
                double soc = Math.min(1.0, Math.max(0.0, track.soc(k, capacityAh)));
                double ohm =
                        fitted ? model.ohm(0, soc, track.degC[k]) : FitStart.typicalOhm(0, capacityAh, track.degC[k]);
                double slope = 0.004 * model.ocvSlopeV(soc);
                double drop = 0.05 * track.currentA[k] * ohm;
                track.sigmaV[k] = Math.sqrt(floor * floor + slope * slope + drop * drop);
            }
        }
    }

    private double referenceDegC() {
        double best = Double.NaN;
        for (double degC : slowDegC()) {
            best = Double.isNaN(best) || Math.abs(degC - USUAL_DEG_C) < Math.abs(best - USUAL_DEG_C) ? degC : best;
        }
        return best;
    }

    private List<Double> slowDegC() {
        List<Double> all = new ArrayList<>();
        for (FitRecord record : records) {
            if (record.kind() == Kind.OCV) {
                all.add(record.nominalDegC());
            }
        }
        for (OcvTable table : tables) {
            all.add(table.degC());
        }
        return all;
    }

    private boolean entropyShows() {
        List<Double> all = slowDegC();
        return all.stream().max(Double::compare).orElse(0.0)
                        - all.stream().min(Double::compare).orElse(0.0)
                >= ENTROPY_SPAN_K;
    }

    /** Mean temperatures of the loads, those named within 5 K of one another taken together; of the slow runs where there is no load. */
    private double[] temperatureRows(List<FitTrack> tracks) {
        boolean loads = tracks.stream().anyMatch(t -> t.kind != Kind.OCV);
        List<double[]> means = new ArrayList<>();
        for (FitTrack track : tracks) {
            if (loads && track.kind == Kind.OCV) {
                continue;
            }
            double sum = 0.0;
            double weight = 0.0;
            for (int k = 1; k < track.rows(); k++) {
                double w = Math.abs(track.stepA[k]) * (track.timeS[k] - track.timeS[k - 1]);
                sum += w * track.degC[k];
                weight += w;
            }
            if (weight > 0.0) {
                means.add(new double[] {records.get(track.record).nominalDegC(), sum / weight});
            }
        }
        if (means.isEmpty()) {
            means.add(new double[] {referenceDegC(), referenceDegC()});
        }
        means.sort((a, b) -> Double.compare(a[0], b[0]));
        List<Double> rows = new ArrayList<>();
        double sum = 0.0;
        int count = 0;
        double first = 0.0;
        for (double[] mean : means) {
            if (count > 0 && mean[0] - first > SAME_TEMPERATURE_K) {
                rows.add(sum / count);
                sum = 0.0;
                count = 0;
            }
            first = count == 0 ? mean[0] : first;
            sum += mean[1];
            count++;
        }
        rows.add(sum / count);
        rows.sort(null);
        for (int t = rows.size() - 1; t > 0; t--) {
            if (rows.get(t) - rows.get(t - 1) < LEAST_ROW_GAP_K) {
                rows.remove(t);
            }
        }
        return rows.stream().mapToDouble(r -> Math.round(10.0 * r) / 10.0).toArray();
    }

    /** Charge got out over charge put in, of slow runs that begin and end full; clamped. */
    double efficiency(List<String> notes) {
        for (FitRecord record : records) {
            if (record.kind() != Kind.OCV) {
                continue;
            }
            double[] ah = TrackBuilder.chargeAh(record);
            double out = 0.0;
            double in = 0.0;
            for (int k = 1; k < ah.length; k++) {
                out += Math.max(0.0, ah[k] - ah[k - 1]);
                in += Math.max(0.0, ah[k - 1] - ah[k]);
            }
            boolean closed = in > 0.8 * capacityAh
                    && out > 0.8 * capacityAh
                    && ocv.soc(record.at(Column.VOLTAGE, 0)) > 0.95
                    && ocv.soc(record.at(Column.VOLTAGE, record.rows() - 1)) > 0.95;
            double found = out / in;
            if (closed && found > 0.95 && found < 1.02) {
                double kept = Math.min(1.0, Math.max(LEAST_EFFICIENCY, found));
                notes.add(String.format(
                        Locale.ROOT,
                        "Coulombic efficiency %.4f from the loop of %s%s.",
                        found,
                        record.name(),
                        kept == found ? "" : String.format(Locale.ROOT, ", clamped to %.2f", kept)));
                return Math.round(1e4 * kept) / 1e4;
            }
        }
        notes.add("Coulombic efficiency taken as 1: no slow run closes its loop.");
        return 1.0;
    }
}
