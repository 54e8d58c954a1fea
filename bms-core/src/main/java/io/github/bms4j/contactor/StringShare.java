package io.github.bms4j.contactor;

/**
 * How connected strings share the pack's current, and how much of it keeps every one within its own limits.
 *
 * <p>Every string is its open-circuit voltage behind its resistance; all meet at one point. With conductances g and all
 * voltages U:
 *
 * <pre>
 * i_k = g_k (U_k - V),   V = (sum g U - I) / sum g    so    i_k = c_k + s_k I
 * s_k = g_k / sum g,     c_k = (U_k - U_others) / (R_k + R_others)
 * </pre>
 *
 * <p>The limits take every resistance at the end of its tolerance that is worst for the string in question. Where the currents of all
 * strings are measured, only what is added to them is predicted; otherwise every difference stands at the worst end of its error,
 * too. A string that is about to leave is taken for gone. What fails first is the resistance at the ends of the SOC range, where
 * strings part by more than the tolerance. Units and sign: V, Ohm, A positive discharging. Thread: one. Allocation: none after
 * construction.
 *
 * @see "docs/theory/contactors.md"
 */
final class StringShare {
    private final JoinRating rating;
    private final StringState[] strings;
    private double siemens;
    private double shortA;
    private double restShortA;
    private int connected;
    private boolean known;
    private double carrySiemens;
    private double carryShortA;
    private double measuredA;
    private int carrying;
    private int unknown;
    private double maxChargeA;
    private double maxDischargeA;
    private int chargeString;
    private int dischargeString;

    StringShare(JoinRating rating, StringState[] strings) {
        this.rating = rating;
        this.strings = strings;
    }

    /** Takes over what is known of the strings. */
    void step() {
        siemens = 0.0;
        shortA = 0.0;
        restShortA = 0.0;
        connected = 0;
        known = true;
        carrySiemens = 0.0;
        carryShortA = 0.0;
        measuredA = 0.0;
        carrying = 0;
        unknown = StringJoin.NONE;
        for (int k = 0; k < strings.length; k++) {
            StringState s = strings[k];
            if (s.connected) {
                connected++;
                known &= s.known();
                siemens += 1.0 / s.ohm;
                shortA += s.ocvV / s.ohm;
                restShortA += s.restedV() / s.ohm;
            }
            if (s.carries()) {
                carrying++;
                carrySiemens += 1.0 / s.ohm;
                carryShortA += s.ocvV / s.ohm;
                measuredA += s.currentA;
                unknown = s.known() ? unknown : k;
            }
        }
        limit();
    }

    private void limit() {
        boolean any = limitsKnown();
        maxChargeA = any ? Double.POSITIVE_INFINITY : 0.0;
        maxDischargeA = maxChargeA;
        chargeString = unknown;
        dischargeString = unknown;
        for (int k = 0; any && k < strings.length; k++) {
            if (strings[k].carries()) {
                double dischargeA = mostA(k, 1.0, strings[k].maxDischargeA);
                double chargeA = mostA(k, -1.0, strings[k].maxChargeA);
                if (dischargeA < maxDischargeA) {
                    maxDischargeA = dischargeA;
                    dischargeString = k;
                }
                if (chargeA < maxChargeA) {
                    maxChargeA = chargeA;
                    chargeString = k;
                }
            }
        }
    }

    /** Whether there are strings to carry a current, and enough is known of all of them. */
    boolean limitsKnown() {
        return carrying > 0 && unknown == StringJoin.NONE;
    }

    /**
     * Current of the pack, 0 or more, at which a string that carries is at a current of its own, both discharging (1) or charging (-1); the
     * worst of what the tolerance lets be.
     */
    double mostA(int k, double direction, double stringA) {
        if (Double.isNaN(measuredA)) {
            double circulatingA = direction > 0.0 ? mostCirculatingA(k) : -leastCirculatingA(k);
            return Math.max(0.0, (stringA - circulatingA) / highestShare(k));
        }
        double roomA = stringA - direction * strings[k].currentA;
        double share = roomA >= 0.0 ? highestShare(k) : lowestShare(k);
        return Math.max(0.0, direction * measuredA + roomA / share);
    }

    /** The largest part of the pack's current that the tolerance lets a string take. */
    private double highestShare(int k) {
        double own = 1.0 / (strings[k].ohm * (1.0 - rating.tolerance()));
        double others = (carrySiemens - 1.0 / strings[k].ohm) / (1.0 + rating.tolerance());
        return carrying == 1 ? 1.0 : own / (own + others);
    }

    /** The smallest. */
    private double lowestShare(int k) {
        double own = 1.0 / (strings[k].ohm * (1.0 + rating.tolerance()));
        double others = (carrySiemens - 1.0 / strings[k].ohm) / (1.0 - rating.tolerance());
        return carrying == 1 ? 1.0 : own / (own + others);
    }

    private double mostCirculatingA(int k) {
        double deltaV = strings[k].ocvV - othersV(k, -1.0) + rating.voltageErrorV();
        return carrying == 1 ? 0.0 : worstA(deltaV, loopOhm(k), 1.0);
    }

    private double leastCirculatingA(int k) {
        double deltaV = strings[k].ocvV - othersV(k, 1.0) - rating.voltageErrorV();
        return carrying == 1 ? 0.0 : worstA(deltaV, loopOhm(k), -1.0);
    }

    /**
     * The highest (1) or lowest (-1) voltage that the other strings that carry can have together: a mean weighted by conductances that
     * may each lie anywhere in their tolerance. It is at its end when all strings beyond it weigh most and the rest least; every pass moves
     * the mean further towards that end, and as many passes as strings are enough.
     */
    private double othersV(int k, double direction) {
        double meanV = (carryShortA - strings[k].ocvV / strings[k].ohm) / (carrySiemens - 1.0 / strings[k].ohm);
        for (int pass = 1; pass < carrying; pass++) {
            double sum = 0.0;
            double weights = 0.0;
            for (int j = 0; j < strings.length; j++) {
                if (j != k && strings[j].carries()) {
                    boolean beyond = (strings[j].ocvV - meanV) * direction > 0.0;
                    double factor = beyond ? 1.0 - rating.tolerance() : 1.0 + rating.tolerance();
                    double weight = 1.0 / (strings[j].ohm * factor);
                    sum += weight * strings[j].ocvV;
                    weights += weight;
                }
            }
            meanV = sum / weights;
        }
        return meanV;
    }

    private double loopOhm(int k) {
        return strings[k].ohm + 1.0 / (carrySiemens - 1.0 / strings[k].ohm);
    }

    /** Current of a difference at the end of the tolerance that makes it largest in a direction (1 or -1). */
    double worstA(double deltaV, double ohm, double direction) {
        boolean more = deltaV * direction > 0.0;
        return deltaV / (ohm * (more ? 1.0 - rating.tolerance() : 1.0 + rating.tolerance()));
    }

    /** Predicted current of a connected string at a pack current, A; 0 for another, NaN while something is unknown. */
    double currentA(int k, double packA) {
        if (!strings[k].connected) {
            return 0.0;
        }
        return known ? (strings[k].ocvV - busV(packA)) / strings[k].ohm : Double.NaN;
    }

    /** Voltage of the common point at a pack current, V; NaN without a connected string or while one is unknown. */
    double busV(double packA) {
        return connected > 0 && known ? (shortA - packA) / siemens : Double.NaN;
    }

    /** Voltage of the common point without a load once all polarisation has gone, V; NaN as {@link #busV}. */
    double restedBusV() {
        return connected > 0 && known ? restShortA / siemens : Double.NaN;
    }

    /** Current of a connected string then, A. */
    double restedA(int k) {
        return (strings[k].restedV() - restedBusV()) / strings[k].ohm;
    }

    /** Resistance of the connected strings as the bus shows it, Ohm. */
    double busOhm() {
        return 1.0 / siemens;
    }

    /** Part of a current into the bus that a connected string takes. */
    double share(int k) {
        return 1.0 / (strings[k].ohm * siemens);
    }

    int connected() {
        return connected;
    }

    int carrying() {
        return carrying;
    }

    boolean known() {
        return known;
    }

    double maxChargeA() {
        return maxChargeA;
    }

    double maxDischargeA() {
        return maxDischargeA;
    }

    int chargeString() {
        return chargeString;
    }

    int dischargeString() {
        return dischargeString;
    }
}
