package io.github.bms4j.limit;

/**
 * What the pack may do: charge and discharge current and power for each {@link Horizon}, each current with the cell and
 * the rule that set it, since when it holds, and what would hold without it.
 *
 * <p>Magnitudes in A and W, never negative, zero until computed. Thread: one. Allocation: none after construction, but for
 * {@link #explain}.
 */
public final class PackLimits {
    private final Limit[][] limits;
    private final double[][] powerW;
    private final double[][] packV;

    /** Limits of zero. */
    public PackLimits() {
        int n = Horizon.values().length;
        limits = new Limit[Direction.values().length][n];
        powerW = new double[limits.length][n];
        packV = new double[limits.length][n];
        for (Limit[] direction : limits) {
            for (int h = 0; h < n; h++) {
                direction[h] = new Limit();
            }
        }
    }

    /** Highest current for a direction and a horizon. */
    public Limit limit(Direction direction, Horizon horizon) {
        return limits[direction.ordinal()][horizon.ordinal()];
    }

    /** Highest power at the pack's terminals for a direction and a horizon, W: it may be held constant for so long. */
    public double powerW(Direction direction, Horizon horizon) {
        return powerW[direction.ordinal()][horizon.ordinal()];
    }

    /** Highest charge current for a horizon. */
    public Limit charge(Horizon horizon) {
        return limit(Direction.CHARGE, horizon);
    }

    /** Highest discharge current for a horizon. */
    public Limit discharge(Horizon horizon) {
        return limit(Direction.DISCHARGE, horizon);
    }

    /** Highest charge power at the pack's terminals for a horizon, W. */
    public double chargeW(Horizon horizon) {
        return powerW(Direction.CHARGE, horizon);
    }

    /** Highest discharge power at the pack's terminals for a horizon, W. */
    public double dischargeW(Horizon horizon) {
        return powerW(Direction.DISCHARGE, horizon);
    }

    void power(Direction direction, Horizon horizon, double newPowerW, double atPackV) {
        powerW[direction.ordinal()][horizon.ordinal()] = newPowerW;
        packV[direction.ordinal()][horizon.ordinal()] = atPackV;
    }

    /**
     * Why a limit is what it is, in one line: {@code 62.4 kW: cell 37 at 46.1 °C (temperature derate, since 00:02:14), next:
     * station 90.0 kW}; allocates.
     *
     * @param originNanos when the clock of "since" began, ns on the clock of the samples: the start of the journey, say, or
     *     midnight
     */
    public String explain(Direction direction, Horizon horizon, long originNanos) {
        Limit limit = limit(direction, horizon);
        double v = packV[direction.ordinal()][horizon.ordinal()];
        StringBuilder text = new StringBuilder(96);
        power(text, powerW(direction, horizon)).append(": ");
        boolean ofCell = limit.cell() != Limit.WHOLE_PACK;
        if (ofCell) {
            text.append("cell ").append(limit.cell());
            if (!Double.isNaN(limit.reading())) {
                text.append(" at ");
                number(text, limit.reading(), limit.rule() == LimitRule.CELL_VOLTAGE ? 3 : 1);
                text.append(limit.rule().unit());
            }
            text.append(" (");
        }
        rule(text, limit.rule(), limit.source());
        text.append(ofCell ? ", since " : " (since ");
        time(text, (limit.sinceNanos() - originNanos) / 1_000_000_000L);
        text.append(')');
        if (limit.nextA() < Double.POSITIVE_INFINITY) {
            text.append(", next: ");
            if (limit.nextCell() != Limit.WHOLE_PACK) {
                text.append("cell ").append(limit.nextCell()).append(' ');
            }
            rule(text, limit.nextRule(), limit.nextSource()).append(' ');
            power(text, limit.nextA() * v);
        }
        return text.toString();
    }

    private static StringBuilder rule(StringBuilder text, LimitRule rule, String source) {
        text.append(rule.text());
        return source.isEmpty() ? text : text.append(" of ").append(source);
    }

    private static StringBuilder power(StringBuilder text, double w) {
        return number(text, w * 1e-3, 1).append(" kW");
    }

    private static StringBuilder number(StringBuilder text, double value, int decimals) {
        long perUnit = decimals == 3 ? 1000L : 10L;
        long scaled = Math.round(Math.abs(value) * perUnit);
        if (value < 0.0 && scaled > 0L) {
            text.append('-');
        }
        text.append(scaled / perUnit).append('.');
        String fraction = Long.toString(scaled % perUnit);
        for (int k = fraction.length(); k < decimals; k++) {
            text.append('0');
        }
        return text.append(fraction);
    }

    private static void time(StringBuilder text, long seconds) {
        long s = Math.abs(seconds);
        if (seconds < 0L) {
            text.append('-');
        }
        two(text, s / 3600L).append(':');
        two(text, s / 60L % 60L).append(':');
        two(text, s % 60L);
    }

    private static StringBuilder two(StringBuilder text, long value) {
        return (value < 10L ? text.append('0') : text).append(value);
    }
}
