package io.github.bms4j.sim.report;

/** A piece of the page. */
interface Part {
    void appendTo(Markup page);
}
