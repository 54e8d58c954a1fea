package io.github.bms4j.can.gbt27930;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import java.time.LocalDate;

/**
 * All that the charger is told about the vehicle besides readings.
 *
 * @param ratings size and bounds of the pack
 * @param identity who vehicle and pack are
 */
public record GbtVehicle(GbtRatings ratings, GbtIdentity identity) {

    /** A vehicle with a pack of equal cells. */
    public static GbtVehicle of(CellType type, PackLayout layout, GbtIdentity identity) {
        return new GbtVehicle(GbtRatings.of(type, layout), identity);
    }

    boolean fillBhm(GbtBody bhm) {
        bhm.set(GbtField.BHM_MAX_TOTAL_V, ratings.maxTotalV());
        return true;
    }

    /** The 2011 edition has 41 bytes and is V1.0, the 2015 edition 49 bytes and V1.1. */
    boolean fillBrm(GbtBody brm, boolean edition2011) {
        brm.length(edition2011 ? GbtMessage.BRM.minLength() : GbtMessage.BRM.length())
                .setRaw(GbtField.BRM_VERSION_MAJOR, 1)
                .setRaw(GbtField.BRM_VERSION_MINOR, edition2011 ? 0 : 1)
                .setRaw(GbtField.BRM_CHEMISTRY, ratings.chemistry().code())
                .set(GbtField.BRM_CAPACITY_AH, ratings.capacityAh())
                .set(GbtField.BRM_RATED_V, ratings.ratedV())
                .set(GbtField.BRM_MAKER, identity.maker())
                .set(GbtField.BRM_PACK_NUMBER, (double) identity.packNumber())
                .set(GbtField.BRM_CHARGE_COUNT, identity.chargeCount())
                .set(GbtField.BRM_VIN, identity.vin());
        LocalDate built = identity.built();
        if (built != null) {
            brm.set(GbtField.BRM_BUILD_YEAR, built.getYear())
                    .set(GbtField.BRM_BUILD_MONTH, built.getMonthValue())
                    .set(GbtField.BRM_BUILD_DAY, built.getDayOfMonth());
        }
        return true;
    }

    boolean fillBcp(GbtBody bcp, double soc, double packV) {
        bcp.set(GbtField.BCP_MAX_CELL_V, ratings.maxCellV())
                .set(GbtField.BCP_MAX_A, ratings.maxChargeA())
                .set(GbtField.BCP_ENERGY_KWH, ratings.energyKwh())
                .set(GbtField.BCP_MAX_TOTAL_V, ratings.maxTotalV())
                .set(GbtField.BCP_MAX_DEG_C, ratings.maxTemperatureDegC())
                .set(GbtField.BCP_SOC_PERCENT, 100.0 * soc)
                .set(GbtField.BCP_PACK_V, packV);
        return true;
    }
}
