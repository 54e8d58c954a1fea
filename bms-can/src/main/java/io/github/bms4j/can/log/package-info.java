/** Recorded CAN traffic as text, read and written frame by frame. Start with {@code CandumpReader}. */
@NullMarked
package io.github.bms4j.can.log;

import org.jspecify.annotations.NullMarked;
