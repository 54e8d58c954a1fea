package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The capacity that SOC is counted in, and where each track stands on that axis.
 *
 * <p>Capacity is one value for all temperatures: what shrinks in the cold is the part that can be had above the lowest
 * voltage. It is the net charge of files that run from full to truly empty (at a small current down to the lowest voltage),
 * if there are any among the drives, else the longest discharge of the slow run nearest to 25 °C.
 */
final class SocAxis {
    private static final double USUAL_DEG_C = 25.0;
    private static final double SMALL_RATE = 0.125;
    private static final double NEAR_EMPTY_V = 0.05;
    private static final double NEAR_FULL_SOC = 0.96;
    private static final double SIGN_V = 0.05;
    private static final double END_S = 1800.0;

    private SocAxis() {}

    /** Capacity from the slow runs, or from the longest discharge of any file where there is no slow run; Ah. */
    static double slowAh(List<FitRecord> records) {
        double best = Double.NaN;
        double nearest = Double.POSITIVE_INFINITY;
        double longest = 0.0;
        for (FitRecord record : records) {
            double[] ah = TrackBuilder.chargeAh(record);
            double down = ChargeLeg.longestDischarge(ah).map(ChargeLeg::ah).orElse(0.0);
            double up = -ChargeLeg.longestCharge(ah).map(ChargeLeg::ah).orElse(0.0);
            double moved = down > 0.0 ? down : up;
            longest = Math.max(longest, moved);
            double away = Math.abs(record.nominalDegC() - USUAL_DEG_C);
            if (record.kind() == Kind.OCV && moved > 0.0 && (away < nearest - 0.5 || Double.isNaN(best))) {
                nearest = away;
                best = moved;
            } else if (record.kind() == Kind.OCV && away <= nearest + 0.5) {
                best = Math.max(best, moved);
            }
        }
        return Double.isNaN(best) ? longest : best;
    }

    /** Puts a slow track on the axis: full where its longest discharge begins, or where its longest charge ends. */
    static void anchorSlow(FitTrack track) {
        ChargeLeg down = ChargeLeg.longestDischarge(track.ah).orElse(null);
        ChargeLeg up = ChargeLeg.longestCharge(track.ah).orElse(null);
        if (down != null) {
            track.anchorRow = down.from();
            track.startTurn = up != null && up.to() <= down.from() ? -1.0 : 1.0;
        } else if (up != null) {
            track.anchorRow = up.to();
            track.startTurn = -1.0;
        }
    }

    /**
     * Puts a load on the axis: full at its first row or where it has been charged full; else near the SOC that the test plan names
     * or the first voltage shows.
     */
    static void anchorLoad(FitTrack track, boolean fullAtStart, FirstOcv ocv, double fullV, double capacityAh) {
        track.startTurn = 1.0;
        if (!Double.isNaN(track.labelSoc)) {
            track.anchored = false;
            track.anchorSoc = track.labelSoc;
            track.startTurn = -1.0;
            return;
        }
        double ohm = FitStart.typicalOhm(0, capacityAh, track.degC[0]);
        if (fullAtStart || startsFull(track, ocv, ohm)) {
            return;
        }
        track.startTurn = 0.0;
        int charged = chargedFull(track, fullV, capacityAh);
        if (charged >= 0) {
            track.anchorRow = charged;
        } else {
            track.anchored = false;
            track.anchorSoc = startSoc(track, ocv, ohm);
        }
    }

    /** A voltage that rises over a long discharge means that the current has the other sign. */
    static void checkSign(FitTrack track, String name) {
        ChargeLeg leg = ChargeLeg.longestDischarge(track.ah)
                .or(() -> ChargeLeg.longestCharge(track.ah))
                .orElse(null);
        if (leg == null) {
            return;
        }
        double rise = track.voltageV[leg.to()] - track.voltageV[leg.from()];
        if (rise * leg.ah() > 0.0 && Math.abs(rise) > SIGN_V) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: found a voltage that %s by %.3f V while the current is %s, expected current positive when discharging",
                    name,
                    rise > 0.0 ? "rises" : "falls",
                    Math.abs(rise),
                    leg.ah() > 0.0 ? "positive" : "negative"));
        }
    }

    /** Whether the first voltage, freed of its ohmic drop, is that of a full cell. */
    static boolean startsFull(FitTrack track, FirstOcv ocv, double ohm) {
        return startSoc(track, ocv, ohm) >= NEAR_FULL_SOC;
    }

    /** SOC of the first row by its voltage, freed of its ohmic drop. */
    static double startSoc(FitTrack track, FirstOcv ocv, double ohm) {
        return ocv.soc(track.firstV + ohm * track.firstA);
    }

    /** Row at which a track has been charged full: the end of a charge at the highest voltage with a fading current; or -1. */
    static int chargedFull(FitTrack track, double fullV, double capacityAh) {
        ChargeLeg up = ChargeLeg.longestCharge(track.ah).orElse(null);
        if (up == null) {
            return -1;
        }
        for (int k = up.from(); k <= up.to(); k++) {
            boolean faded = track.currentA[k] < 0.0 && -track.currentA[k] < SMALL_RATE * capacityAh;
            if (faded && track.voltageV[k] >= fullV - 0.01) {
                return up.to();
            }
        }
        return -1;
    }

    /** Median net charge of the drives that run from full to truly empty, Ah; NaN if none does. */
    static double anchoredAh(List<FitTrack> tracks, FirstOcv ocv, double emptyV, double capacityAh, double ohm) {
        List<Double> found = new ArrayList<>();
        for (FitTrack track : tracks) {
            ChargeLeg leg = ChargeLeg.longestDischarge(track.ah).orElse(null);
            if (track.kind != Kind.DRIVE || leg == null || leg.ah() < 0.9 * capacityAh) {
                continue;
            }
            double endS = track.timeS[leg.to()];
            boolean empty = false;
            for (int k = leg.from(); k <= leg.to(); k++) {
                boolean small = Math.abs(track.currentA[k]) < SMALL_RATE * capacityAh;
                empty |= small && track.timeS[k] > endS - END_S && track.voltageV[k] < emptyV + NEAR_EMPTY_V;
            }
            boolean full = track.ah[leg.from()] - track.ah[0] < 0.01 * capacityAh && startsFull(track, ocv, ohm);
            if (empty && full) {
                found.add(track.ah[leg.to()] - track.ah[0]);
            }
        }
        Collections.sort(found);
        return found.isEmpty() ? Double.NaN : found.get(found.size() / 2);
    }
}
