package io.github.bms4j.examples;

import io.github.bms4j.sim.replay.SocScore;

/**
 * Scores of one case.
 *
 * @param estimate the estimator, after the time a wrong start is forgiven
 * @param fromStart the estimator from the first row on
 * @param outside the estimator once the reference has left the plateau; without rows if that was not asked
 * @param counting counting from the same start, scored like {@code estimate}
 */
record MatrixScore(SocScore estimate, SocScore fromStart, SocScore outside, SocScore counting) {}
