package io.github.bms4j.sim.station;

import io.github.bms4j.can.gbt27930.GbtAnswer;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtClock;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtFlag;

/**
 * What each of the station's messages says, from its rating and its state.
 *
 * <p>Thread: one. Allocation: none but for CTS.
 */
final class StationMessages {
    private static final int CML_2011 = 6;
    private static final int CCS_2011 = 6;
    private static final int CSD_2011 = 5;
    private static final double S_PER_MIN = 60.0;
    private static final double WH_PER_KWH = 1000.0;

    private final GbtStationRating rating;
    private final GbtStation station;

    StationMessages(GbtStationRating rating, GbtStation station) {
        this.rating = rating;
        this.station = station;
    }

    /** Fills a cleared body; false when there is nothing to say. */
    boolean fill(GbtBody body, long nowNanos) {
        switch (body.message()) {
            case CHM -> body.setRaw(GbtField.CHM_VERSION_MINOR, 1).setRaw(GbtField.CHM_VERSION_MAJOR, 1);
            case CRM ->
                body.set(GbtField.CRM_RECOGNISED, answer(GbtStationPhase.RECOGNISED))
                        .set(GbtField.CRM_CHARGER_NUMBER, (double) rating.chargerNumber())
                        .set(GbtField.CRM_REGION, rating.region());
            case CTS -> GbtClock.write(body, rating.clockAtZero().plusNanos(nowNanos));
            case CML -> fillLimits(body);
            case CRO -> body.set(GbtField.CRO_READY, answer(GbtStationPhase.READY));
            case CCS -> fillState(body);
            case CST ->
                body.clearFlags()
                        .set(station.stopReason(), GbtFlag.YES)
                        .set(GbtField.CST_OTHER_FAULT, GbtFlag.of(station.stopReason() == GbtField.CST_FAULT));
            case CSD -> fillFigures(body);
            case CEM -> fillReport(body);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void fillLimits(GbtBody cml) {
        StationOutput output = rating.output();
        cml.set(GbtField.CML_MAX_V, output.maxV())
                .set(GbtField.CML_MIN_V, output.minV())
                .set(GbtField.CML_MAX_A, output.maxA())
                .set(GbtField.CML_MIN_A, output.minA());
        cut(cml, CML_2011);
    }

    private void fillState(GbtBody ccs) {
        ccs.set(GbtField.CCS_OUTPUT_V, station.outputV())
                .set(GbtField.CCS_OUTPUT_A, station.outputA())
                .set(GbtField.CCS_ELAPSED_MIN, wholeMinutes())
                .set(GbtField.CCS_PERMITTED, GbtFlag.of(!station.paused()));
        cut(ccs, CCS_2011);
    }

    private void fillFigures(GbtBody csd) {
        csd.set(GbtField.CSD_ELAPSED_MIN, wholeMinutes())
                .set(GbtField.CSD_ENERGY_KWH, station.deliveredWh() / WH_PER_KWH)
                .set(GbtField.CSD_CHARGER_NUMBER, (double) rating.chargerNumber());
        cut(csd, CSD_2011);
    }

    private void fillReport(GbtBody cem) {
        GbtField missed = station.problem().report();
        cem.clearFlags();
        if (missed != null) {
            cem.set(missed, GbtFlag.YES);
        }
    }

    /** The 2011 edition ends earlier. */
    private void cut(GbtBody body, int bytesIn2011) {
        if (rating.edition() == GbtEdition.V2011) {
            body.length(bytesIn2011);
        }
    }

    private GbtAnswer answer(GbtStationPhase yesIn) {
        return station.phase() == yesIn ? GbtAnswer.YES : GbtAnswer.NO;
    }

    private double wholeMinutes() {
        return Math.floor(station.chargingS() / S_PER_MIN);
    }
}
