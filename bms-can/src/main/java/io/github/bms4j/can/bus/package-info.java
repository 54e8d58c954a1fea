/** Where frames go out and come in: the port {@code CanBus} and a bus in memory on virtual time, {@code MemoryBus}. */
@NullMarked
package io.github.bms4j.can.bus;

import org.jspecify.annotations.NullMarked;
