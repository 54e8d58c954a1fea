package io.github.bms4j.sim.power;

import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import java.util.List;
import java.util.Locale;

/**
 * How the promises of a {@link PowerTrial} were kept.
 *
 * @param states true packs that were asked
 * @param medianTightness promised over possible power of all directions and horizons together: half of the promises have less
 * @param rows one for each direction and horizon
 */
public record PowerScore(int states, double medianTightness, List<Row> rows) {
    /** Excess from which a bound counts as broken: 1 %. */
    public static final double BROKEN = 0.01;

    /**
     * The promises for one direction and horizon.
     *
     * @param direction which way the power went
     * @param horizon for how long it was promised
     * @param grants how many promises above nothing were granted
     * @param broken how many of them broke a bound by more than {@link #BROKEN}
     * @param worstExcess the largest excess of them all, 0.01 being 1 % (half a kelvin, a point of SOC)
     * @param possible in how many states the true pack could give at least 1 % of its rated power
     * @param medianTightness promised over possible power in these: half of the states have less
     * @param tenthTightness the same: a tenth of the states has less
     */
    public record Row(
            Direction direction,
            Horizon horizon,
            int grants,
            int broken,
            double worstExcess,
            int possible,
            double medianTightness,
            double tenthTightness) {
        /** Share of the granted promises that were broken, 0…1. */
        public double brokenShare() {
            return grants == 0 ? 0.0 : (double) broken / grants;
        }
    }

    /** Copies the list. */
    public PowerScore {
        rows = List.copyOf(rows);
    }

    /** The row of a direction and a horizon. */
    public Row row(Direction direction, Horizon horizon) {
        return rows.stream()
                .filter(r -> r.direction() == direction && r.horizon() == horizon)
                .findFirst()
                .orElseThrow();
    }

    /** Share of all granted promises, whatever direction and horizon, that were broken, 0…1. */
    public double brokenShare() {
        double grants = rows.stream().mapToInt(Row::grants).sum();
        return grants == 0.0 ? 0.0 : rows.stream().mapToInt(Row::broken).sum() / grants;
    }

    /** The table that docs/power-trial.sh prints. */
    public String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d states     horizon   grants  broken  broken %%  worst %%   possible  median %%   10th %%%n",
                states));
        for (Row r : rows) {
            String seconds = Double.isInfinite(r.horizon().seconds())
                    ? "cont."
                    : Math.round(r.horizon().seconds()) + " s";
            text.append(String.format(
                    Locale.ROOT,
                    "%-14s %9s %8d %7d %9.3f %8.1f %10d %9.1f %8.1f%n",
                    r.direction().text(),
                    seconds,
                    r.grants(),
                    r.broken(),
                    100.0 * r.brokenShare(),
                    100.0 * r.worstExcess(),
                    r.possible(),
                    100.0 * r.medianTightness(),
                    100.0 * r.tenthTightness()));
        }
        text.append(String.format(
                Locale.ROOT,
                "all together: %.3f %% broken, median tightness %.1f %%%n",
                100.0 * brokenShare(),
                100.0 * medianTightness));
        return text.toString();
    }
}
