package io.github.bms4j.journal;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.PackLayout;

/**
 * What pack a memory is of, so that a journal explains itself.
 *
 * @param cell name of the cell type
 * @param chemistry what the cells are made of
 * @param rating what one cell is rated for
 * @param layout how they are wired
 */
public record PackKind(String cell, Chemistry chemistry, CellRating rating, PackLayout layout) {
    /** The kind of a pack of one type of cell. */
    public static PackKind of(CellType type, PackLayout layout) {
        return new PackKind(type.name(), type.chemistry(), type.rating(), layout);
    }

    /** What tells packs apart: a refined model of the same cells is the same pack. */
    long identity() {
        long h = 17L;
        h = mixed(h, layout.series());
        h = mixed(h, layout.parallel());
        h = mixed(h, chemistry.name().hashCode());
        return mixed(h, Double.doubleToLongBits(rating.capacityAh()));
    }

    private static long mixed(long h, long v) {
        long x = (h ^ v) * 0x9E3779B97F4A7C15L;
        return x ^ (x >>> 32);
    }

    /** {@code 96s60p Panasonic NCR18650PF}. */
    @Override
    public String toString() {
        return layout.series() + "s" + layout.parallel() + "p " + cell;
    }
}
