package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The estimators by name: what a setting or a command line calls them and how one is made.
 *
 * <p>All of them keep the contract of {@link SocEstimator}, so any may stand where another stood. Thread: any.
 */
public final class Estimators {
    private static final List<Entry> ENTRIES = List.of(
            new Entry("ekf", CellEkf::new),
            new Entry("spkf", CellSpkf::new),
            new Entry("bar-delta", PackEstimator::new),
            new Entry("counter", CountingEstimator::new));

    private Estimators() {}

    private interface Maker {
        SocEstimator make(CellType type, PackLayout layout, NoiseModel noise);
    }

    private record Entry(String name, Maker maker) {}

    /** Every known name; the first is the usual choice. */
    public static List<String> names() {
        return ENTRIES.stream().map(Entry::name).collect(Collectors.toUnmodifiableList());
    }

    /**
     * A new estimator, to be started before its first step.
     *
     * @param name one of {@link #names()}
     * @param type the type of every cell
     * @param layout how they are wired and measured
     * @param noise how wrong readings and model are
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static SocEstimator create(String name, CellType type, PackLayout layout, NoiseModel noise) {
        for (Entry entry : ENTRIES) {
            if (entry.name().equals(name)) {
                return entry.maker().make(type, layout, noise);
            }
        }
        throw new IllegalArgumentException(
                "estimator must be one of " + String.join(", ", names()) + " but is \"" + name + "\"");
    }
}
