package io.github.bms4j.journal;

import java.util.Arrays;
import java.util.List;

/**
 * With what a pack starts after the power was off: every cell's SOC with its standard deviation, or the plain answer that it is
 * unknown.
 *
 * <p>An unknown SOC is no number: {@link #known} says no, and the start is by voltage, from the middle with {@link #UNKNOWN_SIGMA}.
 * Capacities and resistances may be known where the SOC is not, and the other way round. Thread: any once made. Allocates.
 */
public final class Restart {
    /** Where a SOC starts of which nothing is known. */
    public static final double UNKNOWN_SOC = 0.5;

    /** Its standard deviation: that of a number anywhere between 0 and 1, 1/√12, rounded up. */
    public static final double UNKNOWN_SIGMA = 0.3;

    private static final double DAY_S = 86_400.0;

    /** What the memory said about the SOC. */
    public enum Verdict {
        /** There is a record and the time off is known. */
        KNOWN("remembered"),
        /** There is a record, but nobody knows how old it is. */
        TIME_UNKNOWN("remembered, time off unknown"),
        /** There is no good record. */
        NO_RECORD("no record"),
        /** The records are of another pack. */
        OTHER_PACK("records of another pack"),
        /** There is a record, but it says no more than nothing. */
        TOO_OLD("record too old");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** A few words for a person. */
        public String text() {
            return text;
        }
    }

    private final Verdict verdict;
    private final double offS;
    private final boolean orderly;
    private final double[] soc;
    private final double[] sigma;
    private final PackMemory memory;
    private final List<Lease> leases;
    private final Ages ages;

    private Restart(PackMemory memory, Verdict verdict, double offS, double[] soc, double[] sigma, Ages ages) {
        this.memory = memory;
        this.verdict = verdict;
        this.offS = offS;
        this.orderly = memory.orderly;
        this.soc = soc;
        this.sigma = sigma;
        this.ages = ages;
        this.leases = memory.leases.stream()
                .map(l -> l.after(ages.leasesOffS))
                .filter(l -> l.remainingS() > 0.0)
                .toList();
    }

    /**
     * What else time has done.
     *
     * @param leasesOffS age of the leases, s; NaN if not known
     * @param contactorsOffS age of what is known of the contactors, s; NaN if not known
     * @param unseenA current that may have flowed after the last record, A
     * @param unseenS for how long at most, s
     */
    private record Ages(double leasesOffS, double contactorsOffS, double unseenA, double unseenS) {}

    /**
     * What a memory is worth now.
     *
     * @param utcS time now, s since 1970 by the caller's clock; NaN if not known
     */
    public static Restart of(PackMemory memory, RestartRule rule, double utcS) {
        int cells = memory.cells;
        double[] soc = new double[cells];
        double[] sigma = new double[cells];
        Arrays.fill(soc, UNKNOWN_SOC);
        Arrays.fill(sigma, UNKNOWN_SIGMA);
        double offS = offS(utcS - memory.savedUtcS, rule.clockSlackS());
        Ages ages = ages(memory, rule, utcS, offS);
        if (!memory.stateKnown) {
            Verdict none = memory.otherPack ? Verdict.OTHER_PACK : Verdict.NO_RECORD;
            return new Restart(memory, none, offS, soc, sigma, ages);
        }
        boolean timed = !Double.isNaN(offS);
        double days = timed ? offS / DAY_S : 0.0;
        double lost = rule.lossPerDay() * days;
        double aged = timed ? rule.lossSigmaPerDay() * days : rule.unknownTimeSigma();
        double unseen = memory.orderly ? 0.0 : unseen(memory, rule, offS);
        double sum = 0.0;
        for (int c = 0; c < cells; c++) {
            double s = memory.socSigma[c];
            sigma[c] = Math.sqrt(s * s + aged * aged + unseen * unseen);
            soc[c] = Math.min(1.0, Math.max(0.0, memory.soc[c] - lost));
            sum += sigma[c];
        }
        if (!(sum / cells < rule.mostSigma())) {
            Arrays.fill(soc, UNKNOWN_SOC);
            Arrays.fill(sigma, UNKNOWN_SIGMA);
            return new Restart(memory, Verdict.TOO_OLD, offS, soc, sigma, ages);
        }
        return new Restart(memory, timed ? Verdict.KNOWN : Verdict.TIME_UNKNOWN, offS, soc, sigma, ages);
    }

    private static Ages ages(PackMemory memory, RestartRule rule, double utcS, double offS) {
        double slackS = rule.clockSlackS();
        boolean unseen = memory.stateKnown && !memory.orderly;
        return new Ages(
                offS(utcS - memory.leasesUtcS, slackS),
                offS(utcS - memory.carried().contactorsUtcS, slackS),
                unseen ? unseenRatePerH(memory, rule) * memory.packRatedAh() : 0.0,
                unseen ? unseenS(memory, offS) : 0.0);
    }

    /** Time off; a clock set back a little says "just now", one set back further says nothing. */
    private static double offS(double differenceS, double slackS) {
        if (!(differenceS >= -slackS) || Double.isInfinite(differenceS)) {
            return Double.NaN;
        }
        return Math.max(0.0, differenceS);
    }

    /** What may have flowed between the last record and the end of power: at most until the next record was due. */
    private static double unseen(PackMemory memory, RestartRule rule, double offS) {
        return unseenRatePerH(memory, rule) * unseenS(memory, offS) / 3600.0 / Math.sqrt(3.0);
    }

    private static double unseenRatePerH(PackMemory memory, RestartRule rule) {
        double rate = Double.isNaN(memory.ratePerH) ? 0.0 : Math.abs(memory.ratePerH);
        return Math.max(rate, rule.unseenRatePerH());
    }

    private static double unseenS(PackMemory memory, double offS) {
        return Double.isNaN(offS) ? memory.nextDueS : Math.min(memory.nextDueS, offS);
    }

    /** Writes all that a start takes from it, to the same bits. */
    void write(BitBuffer to) {
        to.u8(verdict.ordinal());
        to.u8(orderly ? 1 : 0);
        to.f64(offS);
        to.f64(memory.currentBiasA);
        for (int c = 0; c < soc.length; c++) {
            to.f64(soc[c]);
            to.f64(sigma[c]);
            to.f64(memory.capacityAh[c]);
            to.f64(memory.capacitySigmaAh[c]);
            to.f64(memory.resistanceRatio[c]);
            to.f64(memory.resistanceSigma[c]);
        }
    }

    /**
     * Reads it back into a memory that knows nothing but what {@link CarriedCodec#readFlight} read; leases, contactors and frames, which
     * enter decisions by other ways or not at all, are not there.
     */
    static Restart read(BitBuffer in, FlightWords words, PackMemory into) {
        Verdict verdict = words.word(Verdict.class, in.u8());
        into.orderly = in.u8() == 1;
        double offS = in.f64();
        into.currentBiasA = in.f64();
        double[] soc = new double[into.cells];
        double[] sigma = new double[into.cells];
        for (int c = 0; c < into.cells; c++) {
            soc[c] = in.f64();
            sigma[c] = in.f64();
            into.capacityAh[c] = in.f64();
            into.capacitySigmaAh[c] = in.f64();
            into.resistanceRatio[c] = in.f64();
            into.resistanceSigma[c] = in.f64();
        }
        Ages ages = new Ages(Double.NaN, Double.NaN, into.carried().unseenA, into.carried().unseenS);
        return new Restart(into, verdict, offS, soc, sigma, ages);
    }

    /** What the memory said. */
    public Verdict verdict() {
        return verdict;
    }

    /** Whether there is a SOC to go on from. */
    public boolean known() {
        return verdict == Verdict.KNOWN || verdict == Verdict.TIME_UNKNOWN;
    }

    /** Age of the record, s; NaN if not known. */
    public double offS() {
        return offS;
    }

    /** Age of the leases, s; NaN if not known. */
    public double leasesOffS() {
        return ages.leasesOffS;
    }

    /** Age of what is known of the contactors, s; NaN if not known. */
    public double contactorsOffS() {
        return ages.contactorsOffS;
    }

    /** Pack current that may have flowed on after the last record, A; 0 after an orderly end. */
    public double unseenA() {
        return ages.unseenA;
    }

    /** For how long at most, s. */
    public double unseenS() {
        return ages.unseenS;
    }

    /** Whether the last run ended in order. */
    public boolean orderly() {
        return orderly;
    }

    /** Number of cells. */
    public int cells() {
        return soc.length;
    }

    /** SOC to start a cell at. */
    public double soc(int cell) {
        return soc[cell];
    }

    /** Its standard deviation. */
    public double sigma(int cell) {
        return sigma[cell];
    }

    /** SOC of all cells; a copy. */
    public double[] socs() {
        return soc.clone();
    }

    /** Standard deviations of all cells; a copy. */
    public double[] sigmas() {
        return sigma.clone();
    }

    /** What was remembered besides the SOC: capacities, resistances, the sensor's offset, faults. */
    public PackMemory memory() {
        return memory;
    }

    /** Leases that have time left; none where the time off is unknown. */
    public List<Lease> leases() {
        return leases;
    }

    /** {@code SOC remembered, 30.0 d off, mean 61.3 % ± 2.1 %}, or {@code SOC unknown: no record}. */
    @Override
    public String toString() {
        if (!known()) {
            return "SOC unknown: " + verdict.text();
        }
        double mean = Arrays.stream(soc).average().orElse(Double.NaN);
        double meanSigma = Arrays.stream(sigma).average().orElse(Double.NaN);
        return "SOC " + verdict.text() + (Double.isNaN(offS) ? "" : ", " + tenths(offS / DAY_S) + " d off") + ", mean "
                + tenths(100.0 * mean) + " % ± " + tenths(100.0 * meanSigma) + " %"
                + (orderly ? "" : ", last run not ended in order");
    }

    private static String tenths(double value) {
        long t = Math.round(10.0 * value);
        return t / 10 + "." + Math.abs(t % 10);
    }
}
