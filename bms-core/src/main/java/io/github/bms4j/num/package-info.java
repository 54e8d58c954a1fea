/** Checks, tables and small numerics; knows no batteries. Start with {@code Table1D}. */
@NullMarked
package io.github.bms4j.num;

import org.jspecify.annotations.NullMarked;
