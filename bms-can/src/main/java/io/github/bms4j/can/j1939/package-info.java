/** SAE J1939 addressing and the connection-mode transport for messages beyond 8 bytes. Start with {@code J1939Transport}. */
@NullMarked
package io.github.bms4j.can.j1939;

import org.jspecify.annotations.NullMarked;
