/**
 * The control cycle itself, and what keeps it over a lost power. Start with {@link io.github.bms4j.control.BatteryManager}; for several
 * strings on one link with {@link io.github.bms4j.control.ParallelPack}, which owns one manager per string; {@link
 * io.github.bms4j.control.PackKeeper} puts a manager's memory on a medium; a charge that the vehicle is on its way to is an
 * {@link io.github.bms4j.control.ExpectedCharge}.
 */
@NullMarked
package io.github.bms4j.control;

import org.jspecify.annotations.NullMarked;
