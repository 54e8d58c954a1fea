/**
 * From measurements to a cell type: open-circuit voltage, hysteresis, equivalent circuit, heat and how wrong all of it is,
 * fitted together. Start with {@link CellFit}.
 */
@NullMarked
package io.github.bms4j.cell.fit;

import org.jspecify.annotations.NullMarked;
