package io.github.bms4j.config;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A formula in x as BPX writes it: Python's {@code + - * / **}, parentheses, numbers such as {@code 1e-5}, the variable
 * {@code x} and the functions {@code exp}, {@code tanh}, {@code cosh}.
 *
 * <p>As in Python, {@code **} binds to the right and tighter than a sign to its left: {@code -x ** 2} is
 * {@code -(x ** 2)}, {@code 2 ** -1} is a half. Evaluation is StrictMath, so the same on every CPU.
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = signed  { ("*" | "/") signed }
 * signed  = ("+" | "-") signed | power
 * power   = atom [ "**" signed ]
 * atom    = number | "x" | name "(" sum ")" | "(" sum ")"
 * </pre>
 */
final class Expression {
    /** A text that is no formula: where, and what was expected there. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int offset;
        private final String found;
        private final String expected;

        SyntaxException(int offset, String found, String expected) {
            super("found " + found + ", expected " + expected + " at offset " + offset);
            this.offset = offset;
            this.found = found;
            this.expected = expected;
        }

        /** Characters before the fault. */
        int offset() {
            return offset;
        }

        String found() {
            return found;
        }

        String expected() {
            return expected;
        }
    }

    private static final int MOST_DEPTH = 100;

    private final String text;
    private int at;
    private int depth;

    private Expression(String text) {
        this.text = text;
    }

    /** The function a formula describes. */
    static DoubleUnaryOperator parse(String text) throws SyntaxException {
        Expression parser = new Expression(text);
        DoubleUnaryOperator function = parser.sum();
        if (parser.peek() != '\0') {
            throw parser.fault("an operator or the end");
        }
        return function;
    }

    private DoubleUnaryOperator sum() throws SyntaxException {
        DoubleUnaryOperator left = product();
        while (true) {
            if (take("+")) {
                left = combine(left, product(), Double::sum);
            } else if (take("-")) {
                left = combine(left, product(), (a, b) -> a - b);
            } else {
                return left;
            }
        }
    }

    private DoubleUnaryOperator product() throws SyntaxException {
        DoubleUnaryOperator left = signed();
        while (true) {
            if (peek() == '*' && !ahead("**")) {
                take("*");
                left = combine(left, signed(), (a, b) -> a * b);
            } else if (take("/")) {
                left = combine(left, signed(), (a, b) -> a / b);
            } else {
                return left;
            }
        }
    }

    private DoubleUnaryOperator signed() throws SyntaxException {
        if (++depth > MOST_DEPTH) {
            throw fault("at most " + MOST_DEPTH + " levels");
        }
        try {
            if (take("+")) {
                return signed();
            }
            if (take("-")) {
                DoubleUnaryOperator inner = signed();
                return x -> -inner.applyAsDouble(x);
            }
            return power();
        } finally {
            depth--;
        }
    }

    private DoubleUnaryOperator power() throws SyntaxException {
        DoubleUnaryOperator base = atom();
        return take("**") ? combine(base, signed(), StrictMath::pow) : base;
    }

    private DoubleUnaryOperator atom() throws SyntaxException {
        char c = peek();
        if (take("(")) {
            return closed(sum());
        }
        if ((c >= '0' && c <= '9') || c == '.') {
            double value = number();
            return x -> value;
        }
        if (Character.isLetter(c)) {
            return named();
        }
        throw fault("a number, x, a function or \"(\"");
    }

    private DoubleUnaryOperator closed(DoubleUnaryOperator inner) throws SyntaxException {
        if (!take(")")) {
            throw fault("\")\"");
        }
        return inner;
    }

    private DoubleUnaryOperator named() throws SyntaxException {
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.equals("x")) {
            return x -> x;
        }
        DoubleUnaryOperator function = switch (name) {
            case "exp" -> StrictMath::exp;
            case "tanh" -> StrictMath::tanh;
            case "cosh" -> StrictMath::cosh;
            default -> throw new SyntaxException(start, '"' + name + '"', "x, exp, tanh or cosh");
        };
        if (!take("(")) {
            throw fault("\"(\" after " + name);
        }
        DoubleUnaryOperator inner = closed(sum());
        return x -> function.applyAsDouble(inner.applyAsDouble(x));
    }

    private double number() throws SyntaxException {
        int start = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        String number = text.substring(start, at);
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            SyntaxException fault = new SyntaxException(start, '"' + number + '"', "a number");
            fault.initCause(e);
            throw fault;
        }
    }

    private void digits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
    }

    /** The next character that is not blank, NUL at the end; moves to it. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean ahead(String token) {
        peek();
        return text.startsWith(token, at);
    }

    private boolean take(String token) {
        boolean there = ahead(token);
        if (there) {
            at += token.length();
        }
        return there;
    }

    private SyntaxException fault(String expected) {
        char c = peek();
        return new SyntaxException(at, c == '\0' ? "the end" : "\"" + c + '"', expected);
    }

    private static DoubleUnaryOperator combine(
            DoubleUnaryOperator left, DoubleUnaryOperator right, DoubleBinaryOperator operator) {
        return x -> operator.applyAsDouble(left.applyAsDouble(x), right.applyAsDouble(x));
    }
}
