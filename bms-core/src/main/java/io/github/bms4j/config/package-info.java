/**
 * Files in: cell types from YAML and BPX, and the position-reporting reader beneath. The one package of the core, beside
 * the journal, that touches files. Start with {@link CellTypes}.
 */
@NullMarked
package io.github.bms4j.config;

import org.jspecify.annotations.NullMarked;
