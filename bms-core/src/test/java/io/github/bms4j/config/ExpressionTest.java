package io.github.bms4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    /** Expected: Python's own value of the same text at x = 2. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "x, 2",
        "1e-5, 1e-5",
        "2.5E+3 * x, 5000",
        ".5, 0.5",
        "1 - 2 - 3, -4",
        "8 / 4 / 2, 1",
        "1 + 2 * 3, 7",
        "(1 + 2) * 3, 9",
        "2 ** 3 ** 2, 512",
        "-x ** 2, -4",
        "(-x) ** 2, 4",
        "2 ** -1, 0.5",
        "-2 ** -2, -0.25",
        "2 * -x, -4",
        "- - x, 2",
        "+x - -x, 4",
        "x ** 0.5, 1.4142135623730951",
        "exp(0), 1",
        "exp(x), 7.38905609893065",
        "tanh(x / 4), 0.46211715726000975",
        "cosh(x), 3.7621956910836314",
        "exp(-(x - 1) ** 2 / 0.5), 0.1353352832366127",
        "3 * tanh ( 2*(x-1.5) )  , 2.284782467867294",
        "x*x*x, 8",
        "6 / x * 3, 9"
    })
    void meansWhatPythonMeans(String text, double expected) throws Exception {
        assertEquals(expected, Expression.parse(text).applyAsDouble(2.0), 1e-14 * Math.max(1.0, Math.abs(expected)));
    }

    @ParameterizedTest(name = "{0}: at {1} found {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | 0 | the end    | a number, x, a function or \"(\"",
                "1 +       | 3 | the end    | a number, x, a function or \"(\"",
                "2 x       | 2 | \"x\"      | an operator or the end",
                "(1 + 2    | 6 | the end    | \")\"",
                "1 + 2)    | 5 | \")\"      | an operator or the end",
                "sin(x)    | 0 | \"sin\"    | x, exp, tanh or cosh",
                "3 + y     | 4 | \"y\"      | x, exp, tanh or cosh",
                "exp x     | 4 | \"x\"      | \"(\" after exp",
                "exp(x     | 5 | the end    | \")\"",
                "1e        | 0 | \"1e\"     | a number",
                "1.2.3     | 3 | \".\"      | an operator or the end",
                "2 ^ 3     | 2 | \"^\"      | an operator or the end",
                "2 * * 3   | 4 | \"*\"      | a number, x, a function or \"(\"",
                "x; exit() | 1 | \";\"      | an operator or the end"
            })
    void saysWhereItIsNoFormula(String text, int offset, String found, String expected) {
        Expression.SyntaxException e = assertThrows(Expression.SyntaxException.class, () -> Expression.parse(text));
        assertEquals(offset, e.offset());
        assertEquals(found, e.found());
        assertEquals(expected, e.expected());
    }

    @Test
    void refusesDepthInsteadOfOverflowing() {
        for (String nest : new String[] {"(", "-", "2**", "exp("}) {
            Expression.SyntaxException e =
                    assertThrows(Expression.SyntaxException.class, () -> Expression.parse(nest.repeat(200_000) + "1"));
            assertEquals("at most 100 levels", e.expected(), nest);
        }
    }
}
