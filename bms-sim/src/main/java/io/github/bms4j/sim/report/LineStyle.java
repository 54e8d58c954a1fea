package io.github.bms4j.sim.report;

import io.github.bms4j.num.Check;

/**
 * How a series is drawn.
 *
 * @param hue colour
 * @param widthPx line width in CSS pixels, within [0.5, 8]
 * @param shape straight, stepped, dashed, or single points
 */
public record LineStyle(Hue hue, double widthPx, Shape shape) {
    /** What joins the samples. */
    public enum Shape {
        /** A straight line from sample to sample. */
        LINE,
        /** The same, dashed. */
        DASHED,
        /** Each value holds until the next sample. */
        STEP,
        /** The same, dashed. */
        DASHED_STEP,
        /** Nothing: each sample is a dot. */
        POINTS
    }

    public LineStyle {
        Check.within("widthPx", widthPx, 0.5, 8.0);
    }

    /** A line of the usual width. */
    public static LineStyle of(Hue hue) {
        return new LineStyle(hue, 1.75, Shape.LINE);
    }

    /** The same in another shape. */
    public LineStyle as(Shape other) {
        return new LineStyle(hue, widthPx, other);
    }

    /** The same in another width. */
    public LineStyle width(double otherPx) {
        return new LineStyle(hue, otherPx, shape);
    }
}
