/**
 * The EXI codec, schema-informed and bit-packed, as DIN 70121 and ISO 15118 use it. Needs nothing of a standard's messages.
 */
@NullMarked
package io.github.bms4j.v2g.exi;

import org.jspecify.annotations.NullMarked;
