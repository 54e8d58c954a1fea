package io.github.bms4j.journal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackHealth;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;
import java.util.List;

/**
 * What a pack must not forget while the power is off: SOC, capacity and resistance of every cell with their standard deviations, the
 * current sensor's offset, faults, leases.
 *
 * <p>Every part is known or unknown by itself; unknown is NaN, never 0. A memory belongs to one pack: cells, parallel members,
 * chemistry and rated capacity; that of another pack is not taken. {@link PackJournal} keeps it on a medium, {@link RestartRule} says what
 * it is worth when the power comes back.
 *
 * <p>Units: SOC 0…1, capacity of one parallel member in Ah, A positive discharging. Thread: one. Allocation: none in {@link #take}.
 */
public final class PackMemory {
    final long identity;
    final int cells;
    final double ratedAh;
    final double[] soc;
    final double[] socSigma;
    final double[] capacityAh;
    final double[] capacitySigmaAh;
    final double[] resistanceRatio;
    final double[] resistanceSigma;

    double currentBiasA = Double.NaN;
    double ratePerH = Double.NaN;
    /** Time the state was written, s since 1970; NaN if not known. */
    double savedUtcS = Double.NaN;
    /** How long after it the next one would have come, s. */
    double nextDueS = Double.NaN;

    boolean stateKnown;
    boolean orderly;
    boolean otherPack;
    List<StoredFault> faults = List.of();
    List<Lease> leases = List.of();

    /** Time the leases were written, s since 1970; NaN if not known. */
    double leasesUtcS = Double.NaN;

    private final PackLayout layout;
    private final CarriedState carried;

    /** A memory of which nothing is known yet. */
    public PackMemory(CellType type, PackLayout layout) {
        this(PackKind.of(type, layout));
    }

    /** The same for a pack of which only the kind is known. */
    public PackMemory(PackKind kind) {
        this.layout = kind.layout();
        this.cells = layout.cells();
        this.ratedAh = kind.rating().capacityAh();
        this.identity = kind.identity();
        this.carried = new CarriedState(cells);
        soc = unknown();
        socSigma = unknown();
        capacityAh = unknown();
        capacitySigmaAh = unknown();
        resistanceRatio = unknown();
        resistanceSigma = unknown();
    }

    private double[] unknown() {
        double[] values = new double[cells];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Takes over what is known now; what the estimate does not know stays as it was remembered. */
    public void take(PackSample sample, PackEstimate estimate) {
        if (!estimate.known()) {
            return;
        }
        PackHealth health = estimate.health();
        for (int c = 0; c < cells; c++) {
            soc[c] = estimate.soc(c);
            socSigma[c] = estimate.socSigma(c);
            if (health.capacityAh(c) > 0.0 && health.capacitySigmaAh(c) > 0.0) {
                capacityAh[c] = health.capacityAh(c);
                capacitySigmaAh[c] = health.capacitySigmaAh(c);
            }
            if (health.resistanceRatio(c) > 0.0 && health.sohRSigma(c) > 0.0) {
                resistanceRatio[c] = health.resistanceRatio(c);
                resistanceSigma[c] = health.sohRSigma(c);
            }
        }
        currentBiasA = estimate.currentBiasA();
        ratePerH = layout.cellCurrentA(sample.current().value(0)) / ratedAh;
        stateKnown = true;
    }

    /** What the pack carries beside what its cells are: heat, what was learned, what was found. */
    public CarriedState carried() {
        return carried;
    }

    /** What the pack was by this memory, as an estimate: SOC alone; unknown while no state is. Allocates. */
    public PackEstimate estimate() {
        PackEstimate estimate = new PackEstimate(layout);
        if (stateKnown) {
            for (int c = 0; c < cells; c++) {
                estimate.cell(c, soc[c], socSigma[c], Double.NaN, Double.NaN, Double.NaN);
            }
            estimate.close(0L);
        }
        return estimate;
    }

    /** The cell with the least capacity, or -1 while none is known. */
    public int smallest() {
        int smallest = -1;
        for (int c = 0; c < cells; c++) {
            if (!Double.isNaN(capacityAh[c]) && (smallest < 0 || capacityAh[c] < capacityAh[smallest])) {
                smallest = c;
            }
        }
        return smallest;
    }

    /** The cell whose resistance grew most, or -1 while none is known. */
    public int stiffest() {
        int stiffest = -1;
        for (int c = 0; c < cells; c++) {
            if (!Double.isNaN(resistanceRatio[c]) && (stiffest < 0 || resistanceRatio[c] > resistanceRatio[stiffest])) {
                stiffest = c;
            }
        }
        return stiffest;
    }

    /** Rated capacity of the pack, Ah. */
    double packRatedAh() {
        return ratedAh * layout.parallel();
    }

    /** When the SOC was written, s since 1970; NaN if not known. */
    public double savedUtcS() {
        return savedUtcS;
    }

    /** Whether the run that wrote it ended in order. */
    public boolean orderly() {
        return orderly;
    }

    /** By when the next state would have come after this one, s: for so long something may have flowed unseen; NaN if not known. */
    public double nextDueS() {
        return nextDueS;
    }

    /** Sets the faults that outlive the power; the list is copied. */
    public void faults(List<StoredFault> standing) {
        faults = List.copyOf(standing);
    }

    /** Sets the leases that outlive the power; the list is copied. */
    public void leases(List<Lease> granted) {
        leases = List.copyOf(granted);
    }

    /** Faults as they were last set, or as they came back from the medium. */
    public List<StoredFault> faults() {
        return faults;
    }

    /** Leases as they were last set, or as they came back from the medium: without the time off, which {@link Restart#leases} takes away. */
    public List<Lease> leases() {
        return leases;
    }

    /** Number of cells. */
    public int cells() {
        return cells;
    }

    /** SOC of a cell; NaN while unknown. */
    public double soc(int cell) {
        return soc[cell];
    }

    /** Standard deviation of a cell's SOC; NaN while unknown. */
    public double socSigma(int cell) {
        return socSigma[cell];
    }

    /** Capacity of one of a cell's parallel members, Ah; NaN while unknown. */
    public double capacityAh(int cell) {
        return capacityAh[cell];
    }

    /** Standard deviation of {@link #capacityAh}, Ah; NaN while unknown. */
    public double capacitySigmaAh(int cell) {
        return capacitySigmaAh[cell];
    }

    /** R0 of a cell over that of a new one; NaN while unknown. */
    public double resistanceRatio(int cell) {
        return resistanceRatio[cell];
    }

    /** Standard deviation of {@link #resistanceRatio}; NaN while unknown. */
    public double resistanceSigma(int cell) {
        return resistanceSigma[cell];
    }

    /** Offset of the pack's current reading, A; NaN while unknown. */
    public double currentBiasA() {
        return currentBiasA;
    }

    /** Current over capacity when the state was taken, 1/h, positive discharging; NaN while unknown. */
    public double ratePerH() {
        return ratePerH;
    }
}
