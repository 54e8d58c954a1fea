package io.github.bms4j.config;

import io.github.bms4j.num.Table1D;
import java.util.function.DoubleUnaryOperator;

/** A BPX value that may depend on one variable: a number, a formula in x, or a table {x: […], y: […]} held flat outside. */
final class BpxFunction {
    private final ConfigNode node;
    private final DoubleUnaryOperator function;

    private BpxFunction(ConfigNode node, DoubleUnaryOperator function) {
        this.node = node;
        this.function = function;
    }

    static BpxFunction read(ConfigNode node) throws ConfigException {
        if (node.isNumber()) {
            double value = node.number();
            return new BpxFunction(node, x -> value);
        }
        if (node.isMap()) {
            double[] x = node.get("x").numbers();
            double[] y = node.get("y").numbers();
            boolean falls = x.length > 1 && x[x.length - 1] < x[0];
            Table1D table = node.make(
                    "a table with rising or falling x",
                    () -> falls ? new Table1D(reversed(x), reversed(y)) : new Table1D(x, y));
            return new BpxFunction(node, table::at);
        }
        try {
            return new BpxFunction(node, Expression.parse(node.text()));
        } catch (Expression.SyntaxException e) {
            throw node.findingAt(e.offset(), e.found(), e.expected());
        }
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    /** The value at x; a finding at this place when it is not finite. */
    double at(double x) throws ConfigException {
        double value = function.applyAsDouble(x);
        if (!Double.isFinite(value)) {
            throw node.finding("the value " + value + " at x = " + x, "a finite value");
        }
        return value;
    }

    /** The value at x, which must be above zero. */
    double positiveAt(double x) throws ConfigException {
        double value = at(x);
        if (value <= 0.0) {
            throw node.finding("the value " + value + " at x = " + x, "a value above zero");
        }
        return value;
    }
}
