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
 * <p>The limits take every resistance at the end of its tolerance, and every difference at the end of its error, that is worst
 * for the string in question. What fails first is the resistance at the ends of the SOC range, where strings part by more than the
 * tolerance. Units and sign: V, Ohm, A positive discharging. Thread: one. Allocation: none after construction.
 *
 * @see "docs/theory/contactors.md"
 */
final class StringShare {
    private final JoinRating rating;
    private final StringState[] strings;
    private double siemens;
    private double shortA;
    private int connected;
    private boolean known;
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
        connected = 0;
        known = true;
        int unknown = StringJoin.NONE;
        for (int k = 0; k < strings.length; k++) {
            StringState s = strings[k];
            if (s.connected) {
                connected++;
                if (!s.known()) {
                    known = false;
                    unknown = k;
                }
                siemens += 1.0 / s.ohm;
                shortA += s.ocvV / s.ohm;
            }
        }
        if (connected == 0 || !known) {
            maxChargeA = 0.0;
            maxDischargeA = 0.0;
            chargeString = unknown;
            dischargeString = unknown;
        } else {
            limit();
        }
    }

    private void limit() {
        maxChargeA = Double.POSITIVE_INFINITY;
        maxDischargeA = Double.POSITIVE_INFINITY;
        for (int k = 0; k < strings.length; k++) {
            if (strings[k].connected) {
                double share = highestShare(k);
                double dischargeA = (strings[k].maxDischargeA - mostCirculatingA(k)) / share;
                double chargeA = (strings[k].maxChargeA + leastCirculatingA(k)) / share;
                if (dischargeA < maxDischargeA) {
                    maxDischargeA = Math.max(0.0, dischargeA);
                    dischargeString = k;
                }
                if (chargeA < maxChargeA) {
                    maxChargeA = Math.max(0.0, chargeA);
                    chargeString = k;
                }
            }
        }
    }

    /** The largest part of the pack's current that the tolerance lets a string take. */
    private double highestShare(int k) {
        double own = 1.0 / (strings[k].ohm * (1.0 - rating.tolerance()));
        double others = (siemens - 1.0 / strings[k].ohm) / (1.0 + rating.tolerance());
        return connected == 1 ? 1.0 : own / (own + others);
    }

    private double mostCirculatingA(int k) {
        double deltaV = strings[k].ocvV - othersV(k, -1.0) + rating.voltageErrorV();
        return connected == 1 ? 0.0 : worstA(deltaV, loopOhm(k), 1.0);
    }

    private double leastCirculatingA(int k) {
        double deltaV = strings[k].ocvV - othersV(k, 1.0) - rating.voltageErrorV();
        return connected == 1 ? 0.0 : worstA(deltaV, loopOhm(k), -1.0);
    }

    /**
     * The highest (1) or lowest (-1) voltage that the other connected strings can have together: a mean weighted by conductances that
     * may each lie anywhere in their tolerance. It is at its end when all strings beyond it weigh most and the rest least; every pass moves
     * the mean further towards that end, and as many passes as strings are enough.
     */
    private double othersV(int k, double direction) {
        double meanV = (shortA - strings[k].ocvV / strings[k].ohm) / (siemens - 1.0 / strings[k].ohm);
        for (int pass = 1; pass < connected; pass++) {
            double sum = 0.0;
            double weights = 0.0;
            for (int j = 0; j < strings.length; j++) {
                if (j != k && strings[j].connected) {
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
        return strings[k].ohm + 1.0 / (siemens - 1.0 / strings[k].ohm);
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
