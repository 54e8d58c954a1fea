/** One cycle's readings with their quality and age. Start with {@link io.github.bms4j.measure.PackSample}. */
@NullMarked
package io.github.bms4j.measure;

import org.jspecify.annotations.NullMarked;
