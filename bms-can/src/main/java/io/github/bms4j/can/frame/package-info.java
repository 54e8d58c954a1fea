/** The CAN frame that every bus, log, transport and codec of this module passes around. Start with {@code CanFrame}. */
@NullMarked
package io.github.bms4j.can.frame;

import org.jspecify.annotations.NullMarked;
