package io.github.bms4j.num;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstOrderTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 1e-300, 1e-9, 1e-3, 0.1, 0.2999})
    void settlesLikeTheExponentialForSmallSteps(double x) {
        double exact = -StrictMath.expm1(-x);
        assertEquals(exact, FirstOrder.settled(x), 1.2e-5 * exact);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1.0, 20.0, 1e9})
    void isTheExponentialForLargeOnes(double x) {
        assertEquals(1.0 - StrictMath.exp(-x), FirstOrder.settled(x), 1e-15);
    }
}
