package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.config.ConfigException;
import io.github.bms4j.config.ConfigNode;
import io.github.bms4j.sim.replay.SocScore;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixBarsTest {
    private static final SocScore NOTHING = score(0, 0.0, 0.0, 0.0, 0.0);

    /** Start 10 points off; RMS 2, max 4, beyond trust 1 and 3; 96 % covered; σ 2.5. Up to 13 from the start on; counting 1.5 and 5. */
    private static final MatrixScore SCORE = new MatrixScore(
            score(100, 0.02, 0.04, 0.96, 0.025),
            score(200, 0.05, 0.13, 0.9, 0.04),
            score(50, 0.01, 0.02, 1.0, 0.01),
            score(100, 0.015, 0.05, 0.0, Double.NaN));

    private static SocScore score(int rows, double rms, double max, double coverage, double sigma) {
        return new SocScore(
                rows,
                -0.1,
                new SocScore.Errors(rms, max, max),
                new SocScore.Errors(rms - 0.01, max - 0.01, max),
                new SocScore.Band(coverage - 0.05, coverage, sigma),
                0.0);
    }

    private static MatrixBars bars(String yaml) throws IOException, ConfigException {
        return MatrixBars.NONE.with(ConfigNode.parse("bars", new StringReader("{" + yaml + "}")));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
        rmsPoints: 2                                        |
        rmsPoints: 1.9                                      | RMS 2.00 > 1.90
        maxPoints: 4                                        |
        maxPoints: 3.9                                      | max 4.00 > 3.90
        rmsPoints: 1, maxPoints: 3, against: REFERENCE_AND_TRUST   |
        rmsPoints: 0.9, maxPoints: 2, against: REFERENCE_AND_TRUST | RMS 1.00 > 0.90; max 3.00 > 2.00
        coveragePercent: 96                                 |
        coveragePercent: 97                                 | coverage 96.0 < 97.0
        sigmaPoints: 2.5                                    |
        sigmaPoints: 2                                      | σ 2.50 > 2.00
        worseThanStartPoints: 3                             |
        worseThanStartPoints: 2                             | max from the start on 13.00 > 12.00
        worseThanCountingPoints: 0.5                        |
        worseThanCountingPoints: 0.25                       | RMS beside counting 2.00 > 1.75
        'onceOutside: {soc: [0.2, 0.95], rmsPoints: 1, maxPoints: 2}'   |
        'onceOutside: {soc: [0.2, 0.95], rmsPoints: 0.5, maxPoints: 1}' | RMS outside 1.00 > 0.50; max outside 2.00 > 1.00
        """)
    void namesEveryBarThatIsBroken(String yaml, String broken) throws IOException, ConfigException {
        List<String> expected = broken == null ? List.of() : List.of(broken.split("; "));
        assertEquals(expected, bars(yaml).broken(SCORE));
    }

    @Test
    void nothingToScoreBreaksAnyBar() throws IOException, ConfigException {
        MatrixScore none = new MatrixScore(NOTHING, NOTHING, NOTHING, NOTHING);
        assertEquals(List.of("nothing to score"), bars("rmsPoints: 100").broken(none));
        MatrixScore inside = new MatrixScore(SCORE.estimate(), SCORE.fromStart(), NOTHING, SCORE.counting());
        assertEquals(
                List.of("never outside"),
                bars("onceOutside: {soc: [0, 1], rmsPoints: 100}").broken(inside));
    }

    @Test
    void whatIsNotNamedStaysAsItWas() throws IOException, ConfigException {
        MatrixBars first = bars("rmsPoints: 1, maxPoints: 3.5, coveragePercent: 97, worseThanStartPoints: 2");
        MatrixBars second = first.with(ConfigNode.parse("b", new StringReader("{rmsPoints: 5}")));
        assertEquals(0.05, second.rms());
        assertEquals(0.035, second.max());
        assertEquals(
                List.of("max 4.00 > 3.50", "coverage 96.0 < 97.0", "max from the start on 13.00 > 12.00"),
                second.broken(SCORE));
    }
}
