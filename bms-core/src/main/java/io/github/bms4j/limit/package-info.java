/**
 * What the pack may do for how long, predicted by the model of every cell, and which cell and rule says so. Start with {@link
 * io.github.bms4j.limit.PowerPredictor}. Whoever has a cell without a measured charge map makes one with {@link io.github.bms4j.limit.AnodeModel}.
 */
@NullMarked
package io.github.bms4j.limit;

import org.jspecify.annotations.NullMarked;
