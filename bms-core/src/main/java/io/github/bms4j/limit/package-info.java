/** What the pack may do, and which cell and rule says so. Start with {@code CurrentLimiter}. */
@NullMarked
package io.github.bms4j.limit;

import org.jspecify.annotations.NullMarked;
