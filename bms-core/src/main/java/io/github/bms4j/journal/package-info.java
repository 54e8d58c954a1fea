/**
 * What outlives the power: a crash-safe journal, the pack's memory in it, its life record, and the recorder of every input
 * of the control cycle. Start with {@link io.github.bms4j.journal.PackJournal}.
 */
@NullMarked
package io.github.bms4j.journal;

import org.jspecify.annotations.NullMarked;
