/**
 * One self-contained HTML page out of figures, texts, tables, charts and message sequences; it knows no batteries. Start
 * with {@link io.github.bms4j.sim.report.HtmlReport}.
 */
@NullMarked
package io.github.bms4j.sim.report;

import org.jspecify.annotations.NullMarked;
