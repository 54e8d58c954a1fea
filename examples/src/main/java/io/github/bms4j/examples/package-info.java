/** The {@code bms} command line and one example per question. Start with {@link io.github.bms4j.examples.Bms}. */
@NullMarked
package io.github.bms4j.examples;

import org.jspecify.annotations.NullMarked;
