/**
 * Charge negotiation over IP: ISO 15118 and DIN SPEC 70121, vehicle side.
 *
 * <p>The module's map, in the order of a session's bytes:
 *
 * <pre>
 * v2g            SDP (who is the station, UDP) and V2GTP (the 8-byte header before every message, TCP)
 * v2g.exi        the EXI codec: grammars as our own tables, bits in and out
 * v2g.din70121   DIN SPEC 70121:2014, DC: messages, codec, link
 * v2g.iso2       ISO 15118-2:2014, AC and DC: messages, codec, link
 * v2g.iso20      ISO 15118-20:2022, DC scheduled and dynamic: messages, codec, link
 * </pre>
 *
 * <p>Each link implements {@link io.github.bms4j.charge.ChargeLink}, so that the control cycle never knows which standard
 * speaks. Nothing here opens a socket: bytes in, bytes out, deadlines by the time that is passed. The schemas of ISO are not
 * part of this project and may not be; the message model is written as tables of our own.
 *
 * <p>This release holds the map only.
 */
@NullMarked
package io.github.bms4j.v2g;

import org.jspecify.annotations.NullMarked;
