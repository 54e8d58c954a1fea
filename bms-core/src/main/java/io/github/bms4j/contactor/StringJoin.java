package io.github.bms4j.contactor;

import io.github.bms4j.num.Check;
import java.util.Arrays;
import java.util.Locale;

/**
 * Strings in parallel: which of them may be connected next, and what the connected ones allow together.
 *
 * <p>Each string has its own battery manager and {@link ContactorControl}; this object sees them all. A string fits onto the bus
 * when the difference of voltages is within the gate, whichever side is higher, and when the equalisation current that it
 * would cause, predicted from voltages and resistances at their worst, is bearable for the contactor, for the string and for
 * every connected one: at once under the load of the moment, and at rest, for a load that pulls the bus down to a string today may be
 * gone in a second. The nearest joins first, one at a time, and the next when it has settled. On a dead bus the string begins that
 * most others fit to; between strings that do not fit to each other the highest for a drive, the lowest for a charge, so that the
 * bus moves towards those who are left out.
 *
 * <p>Units and sign: V, Ohm, A positive discharging. What is unknown refuses, and allows no current. Thread: one. Allocation:
 * none after construction but in {@link #explain}.
 *
 * @see "docs/theory/contactors.md"
 */
public final class StringJoin {
    /** No string. */
    public static final int NONE = -1;

    private final JoinRating rating;
    private final StringState[] strings;
    private final StringShare share;
    private final JoinVerdict[] verdicts;
    private final double[] equalisingA;
    private final double[] boundA;
    private final boolean[] fitsAtRest;
    private double lowA;
    private double highA;
    private int next = NONE;
    private boolean lowestFirst;

    /** For a number of strings, 1 or more; nothing is known of any. */
    public StringJoin(int count, JoinRating rating) {
        this.rating = rating;
        this.strings = new StringState[Check.atLeast("count", count, 1)];
        Arrays.setAll(strings, i -> new StringState());
        this.share = new StringShare(rating, strings);
        this.verdicts = new JoinVerdict[count];
        Arrays.fill(verdicts, JoinVerdict.UNKNOWN);
        this.equalisingA = new double[count];
        Arrays.fill(equalisingA, Double.NaN);
        this.boundA = equalisingA.clone();
        this.fitsAtRest = new boolean[count];
    }

    /** Number of strings. */
    public int size() {
        return strings.length;
    }

    /** What is known of a string; its owner writes it before each step. */
    public StringState string(int index) {
        return strings[index];
    }

    /** Whether the pack is wanted for a charge, so that the lowest string begins, and not for a drive. */
    public void lowestFirst(boolean forCharge) {
        lowestFirst = forCharge;
    }

    /**
     * Judges all strings anew.
     *
     * @param packA current of the whole pack now, A, positive discharging; NaN lets nobody onto a live bus
     */
    public void step(double packA) {
        share.step();
        int anchor = share.connected() == 0 ? anchor() : NONE;
        boolean settled = share.carrying() == share.connected();
        int best = NONE;
        double nearestV = Double.POSITIVE_INFINITY;
        for (int j = 0; j < strings.length; j++) {
            verdicts[j] = judge(j, anchor, packA);
            boolean first = j == anchor || (j == next && anchor == NONE);
            double apartV = first ? -1.0 : Math.abs(apartV(j, anchor, packA));
            if (verdicts[j] == JoinVerdict.WAIT_TURN && settled && apartV < nearestV) {
                best = j;
                nearestV = apartV;
            }
        }
        next = best;
        if (best != NONE) {
            verdicts[best] = JoinVerdict.JOIN;
        }
    }

    private JoinVerdict judge(int j, int anchor, double packA) {
        StringState s = strings[j];
        equalisingA[j] = Double.NaN;
        boundA[j] = Double.NaN;
        if (s.connected) {
            return JoinVerdict.CONNECTED;
        }
        if (!s.willing) {
            return JoinVerdict.NOT_WILLING;
        }
        if (!s.known() || !share.known() || (share.connected() > 0 && Double.isNaN(packA))) {
            return JoinVerdict.UNKNOWN;
        }
        if (j == anchor) {
            equalisingA[j] = 0.0;
            boundA[j] = 0.0;
            return JoinVerdict.WAIT_TURN;
        }
        JoinVerdict atRest = judge(j, anchor, restedApartV(j, anchor), Double.NaN, fitsAtRest[j]);
        fitsAtRest[j] = atRest == JoinVerdict.WAIT_TURN;
        double atRestA = equalisingA[j];
        double atRestBoundA = boundA[j];
        JoinVerdict atOnce = judge(j, anchor, apartV(j, anchor, packA), packA, j == next);
        if (fitsAtRest[j]) {
            return atOnce == JoinVerdict.WAIT_TURN ? atOnce : JoinVerdict.LOAD_TOO_HIGH;
        }
        if (atOnce == JoinVerdict.WAIT_TURN) {
            equalisingA[j] = atRestA;
            boundA[j] = atRestBoundA;
            return atRest;
        }
        return atOnce;
    }

    /** Judges a difference at a pack current, or at rest if that is NaN; one that has begun up to all that is allowed. */
    private JoinVerdict judge(int j, int anchor, double apartV, double packA, boolean begun) {
        double ohm = strings[j].ohm + (anchor == NONE ? share.busOhm() : strings[anchor].ohm);
        double part = begun ? 1.0 : rating.beginShare();
        JoinVerdict verdict = pair(apartV, ohm, strings[j], part);
        equalisingA[j] = apartV / ohm;
        boundA[j] = Math.max(highA, -lowA) * part;
        if (verdict == JoinVerdict.WAIT_TURN
                && !(anchor == NONE ? busBears(packA) : bears(strings[anchor], 0.0, 1.0))) {
            return JoinVerdict.CURRENT_TOO_HIGH;
        }
        return verdict;
    }

    private double apartV(int j, int anchor, double packA) {
        return strings[j].ocvV - (anchor == NONE ? share.busV(packA) : strings[anchor].ocvV);
    }

    private double restedApartV(int j, int anchor) {
        return strings[j].restedV() - (anchor == NONE ? share.restedBusV() : strings[anchor].restedV());
    }

    /**
     * Whether a part of gate and currents, of the contactor and the joining string, bears a difference; leaves the span of its current over
     * that part.
     */
    private JoinVerdict pair(double apartV, double ohm, StringState s, double part) {
        highA = share.worstA(apartV + rating.voltageErrorV(), ohm, 1.0) / part;
        lowA = share.worstA(apartV - rating.voltageErrorV(), ohm, -1.0) / part;
        if (!(Math.abs(apartV) <= rating.gateV() * part)) {
            return JoinVerdict.VOLTAGE_APART;
        }
        boolean contactor = Math.max(highA, -lowA) <= rating.maxJoinA();
        boolean string = highA <= s.maxDischargeA && -lowA <= s.maxChargeA;
        return contactor && string ? JoinVerdict.WAIT_TURN : JoinVerdict.CURRENT_TOO_HIGH;
    }

    /** Whether a string that carries a current bears its share of the opposite of what the joining one takes. */
    private boolean bears(StringState s, double nowA, double part) {
        return nowA - lowA * part <= s.maxDischargeA && -(nowA - highA * part) <= s.maxChargeA;
    }

    private boolean busBears(double packA) {
        for (int k = 0; k < strings.length; k++) {
            double nowA = Double.isNaN(packA) ? share.restedA(k) : share.currentA(k, packA);
            if (strings[k].connected && !bears(strings[k], nowA, share.share(k))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The string on a dead bus that most others fit to; of equals that are too far apart the one at the end that its use moves away from,
     * of others the most central one, then the first. Who has begun goes on.
     */
    private int anchor() {
        if (next != NONE && strings[next].willing && strings[next].known()) {
            return next;
        }
        int best = NONE;
        int mostFits = -1;
        double leastV = Double.POSITIVE_INFINITY;
        for (int a = 0; a < strings.length; a++) {
            if (!strings[a].willing || !strings[a].known()) {
                continue;
            }
            int fits = 0;
            double sumV = 0.0;
            for (int j = 0; j < strings.length; j++) {
                if (j != a && strings[j].willing && strings[j].known() && fit(j, a)) {
                    fits++;
                    sumV += Math.abs(strings[j].ocvV - strings[a].ocvV);
                }
            }
            if (fits > mostFits || (fits == mostFits && before(a, best, sumV < leastV))) {
                best = a;
                mostFits = fits;
                leastV = sumV;
            }
        }
        return best;
    }

    private boolean before(int a, int best, boolean central) {
        double higherV = strings[a].ocvV - strings[best].ocvV;
        return fit(a, best) ? central : higherV > 0.0 != lowestFirst;
    }

    private boolean fit(int j, int a) {
        JoinVerdict verdict = pair(
                strings[j].ocvV - strings[a].ocvV, strings[j].ohm + strings[a].ohm, strings[j], rating.beginShare());
        return verdict == JoinVerdict.WAIT_TURN && bears(strings[a], 0.0, 1.0);
    }

    /** Verdict on a string. */
    public JoinVerdict verdict(int string) {
        return verdicts[string];
    }

    /** Whether this string may close now; goes to {@link ContactorRequest#joinAllowed}. */
    public boolean joinAllowed(int string) {
        return verdicts[string] == JoinVerdict.JOIN || verdicts[string] == JoinVerdict.CONNECTED;
    }

    /** The string that joins next, or {@link #NONE}. */
    public int next() {
        return next;
    }

    /** Whether strings hold the bus; goes to {@link ContactorRequest#busHeld}. */
    public boolean busHeld(int string) {
        return share.connected() > (strings[string].connected ? 1 : 0);
    }

    /**
     * Predicted current of a string at the moment it joins, or at rest where that is what refuses it, A, positive discharging; NaN where none
     * was predicted.
     */
    public double equalisingA(int string) {
        return equalisingA[string];
    }

    /** Magnitude that this current may have at the worst of what is not known exactly, A; NaN where none was predicted. */
    public double boundA(int string) {
        return boundA[string];
    }

    /** Predicted current of a connected string at a pack current, A; 0 when not connected, NaN while something is unknown. */
    public double currentA(int string, double packA) {
        return share.currentA(string, packA);
    }

    /** Whether a string is connected for good, so that the others may count on it. */
    public boolean carries(int string) {
        return strings[string].carries();
    }

    /** Whether strings carry the pack's current, and enough is known of all of them to limit it. */
    public boolean limitsKnown() {
        return share.limitsKnown();
    }

    /**
     * Highest discharge current of the pack, A, 0 or more, that keeps a string that {@linkplain #carries carries} within a discharge
     * current of its own.
     */
    public double packDischargeA(int string, double stringA) {
        return share.mostA(string, 1.0, stringA);
    }

    /** The same for charging. */
    public double packChargeA(int string, double stringA) {
        return share.mostA(string, -1.0, stringA);
    }

    /** Highest charge current of the pack that keeps every connected string within its own limits, A. */
    public double maxChargeA() {
        return share.maxChargeA();
    }

    /** Highest discharge current of the pack that keeps every connected string within its own limits, A. */
    public double maxDischargeA() {
        return share.maxDischargeA();
    }

    /** The string that sets the charge limit, or {@link #NONE} when none is connected. */
    public int chargeString() {
        return share.chargeString();
    }

    /** The string that sets the discharge limit, or {@link #NONE} when none is connected. */
    public int dischargeString() {
        return share.dischargeString();
    }

    /** One line for a string: its verdict and the figures behind it. Allocates. */
    public String explain(int string) {
        double a = equalisingA[string];
        String current = Double.isNaN(a) ? "" : String.format(Locale.ROOT, ", %.1f A predicted on joining", a);
        return "string " + string + ": " + verdicts[string].text() + current;
    }
}
