/**
 * What a cell is: its ratings, open-circuit voltage, equivalent circuit, heat and safe charge rates, and how cells form
 * a pack. Plain checked values without state. Start with {@link CellRating}, then {@link CellType}.
 */
@NullMarked
package io.github.bms4j.cell;

import org.jspecify.annotations.NullMarked;
