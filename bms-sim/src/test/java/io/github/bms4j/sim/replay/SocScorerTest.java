package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocScorerTest {
    private static SocScorer begun(double afterS) {
        SocScorer scorer = new SocScorer(afterS);
        scorer.begin(100.0, -0.2);
        return scorer;
    }

    @Test
    void countsFromTheForgivenTimeOn() {
        SocScorer scorer = begun(10.0);
        scorer.row(109.999, 0.9, 0.1, 0.5, 0.0);
        assertEquals(0, scorer.score().rows());
        scorer.row(110.0, 0.53, 0.02, 0.5, 0.0);
        scorer.row(111.0, 0.46, 0.01, 0.5, 0.0);
        SocScore score = scorer.score();
        assertEquals(2, score.rows());
        assertEquals(-0.2, score.startError());
        assertEquals(Math.sqrt((0.0009 + 0.0016) / 2), score.error().rms(), 1e-12);
        assertEquals(0.04, score.error().max(), 1e-12);
        assertEquals(-0.04, score.error().end(), 1e-12);
        assertEquals(0.5, score.band().coverage(), "0.03 is within 0.06, 0.04 is not within 0.03");
        assertEquals(0.015, score.band().meanSigma(), 1e-12);
    }

    @Test
    void trustWidensTheBandAndShortensTheError() {
        SocScorer scorer = begun(0.0);
        scorer.row(100.0, 0.46, 0.01, 0.5, 0.0101);
        scorer.row(101.0, 0.55, 0.01, 0.5, 0.03);
        scorer.row(102.0, 0.51, 0.01, 0.5, 0.03);
        scorer.row(103.0, 0.42, 0.01, 0.5, 0.03);
        SocScore score = scorer.score();
        assertEquals(0.25, score.band().coverage());
        assertEquals(0.75, score.band().coverageWithTrust());
        assertEquals(0.08, score.error().max(), 1e-12);
        assertEquals(0.05, score.beyondTrust().max(), 1e-12);
        assertEquals(-0.05, score.beyondTrust().end(), 1e-12);
        double squares = 0.0299 * 0.0299 + 0.02 * 0.02 + 0.05 * 0.05;
        assertEquals(Math.sqrt(squares / 4), score.beyondTrust().rms(), 1e-12);
    }

    @Test
    void rowsWithoutReferenceEstimateOrTimeDoNotCount() {
        SocScorer scorer = begun(0.0);
        scorer.row(101.0, 0.5, 0.1, Double.NaN, 0.0);
        scorer.row(102.0, Double.NaN, 0.1, 0.5, 0.0);
        scorer.row(Double.NaN, 0.5, 0.1, 0.5, 0.0);
        SocScore score = scorer.score();
        assertEquals(0, score.rows());
        assertEquals(-0.2, score.startError());
        assertEquals(Double.NaN, score.error().rms());
        assertEquals(Double.NaN, score.beyondTrust().max());
        assertEquals(Double.NaN, score.band().coverageWithTrust());
        assertEquals(Double.NaN, score.settleS());
    }

    @Test
    void withoutAStandardDeviationNothingIsCovered() {
        SocScorer scorer = begun(0.0);
        scorer.row(100.0, 0.5, Double.NaN, 0.5, 0.1);
        assertEquals(0.0, scorer.score().band().coverage());
        assertEquals(0.0, scorer.score().band().coverageWithTrust());
        assertEquals(0.0, scorer.score().error().rms());
    }

    @Test
    void settlesWhenTheErrorLastComesWithinThreePoints() {
        SocScorer scorer = begun(0.0);
        scorer.row(100.0, 0.7, 0.1, 0.5, 0.0);
        scorer.row(105.0, 0.52, 0.1, 0.5, 0.0);
        scorer.row(107.0, 0.54, 0.1, 0.5, 0.0);
        assertEquals(Double.NaN, scorer.score().settleS(), "it is outside again");
        scorer.row(120.0, 0.529, 0.1, 0.5, 0.0);
        scorer.row(130.0, 0.5, 0.1, 0.5, 0.0);
        assertEquals(20.0, scorer.score().settleS());
    }

    @Test
    void severalStartsAreScoredTogetherAndTheWorstIsTold() {
        SocScorer scorer = begun(10.0);
        scorer.row(104.0, 0.5, 0.1, 0.5, 0.0);
        scorer.row(110.0, 0.51, 0.1, 0.5, 0.0);
        scorer.begin(200.0, 0.1);
        scorer.row(201.0, 0.6, 0.1, 0.5, 0.0);
        scorer.row(209.0, 0.5, 0.1, 0.5, 0.0);
        scorer.row(210.0, 0.52, 0.1, 0.5, 0.0);
        SocScore score = scorer.score();
        assertEquals(2, score.rows());
        assertEquals(-0.2, score.startError(), "the larger of -0.2 and 0.1");
        assertEquals(9.0, score.settleS());
        assertEquals(0.02, score.error().end(), 1e-12);
        scorer.begin(300.0, 0.3);
        assertEquals(0.3, scorer.score().startError());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1.0, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesATimeThatIsNone(double afterS) {
        assertThrows(IllegalArgumentException.class, () -> new SocScorer(afterS));
    }
}
