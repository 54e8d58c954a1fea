package io.github.bms4j.contactor;

import io.github.bms4j.num.Findings;

/**
 * Everything that the control of a string's contactors must know of its hardware.
 *
 * <p>What does not fit together is refused: a gate below the reading error, a precharge whose worst case the resistor cannot
 * bear for the allowed tries, a bleed resistor that keeps the link from ever reaching the gate. The formulas are derived in
 * docs/theory/contactors.md.
 *
 * @param maxPackV highest pack voltage, V
 * @param weldV change of the link voltage that tells a welded contact from an open one, V; 2 gates to an eighth of
 *     {@code maxPackV}
 * @param joinV highest difference to a bus held by others at which a main contactor may close, either way, V
 * @param restS how long an open string rests before it is inspected anew, s
 * @param contacts the contactors
 * @param precharge resistor and link
 * @param opening how long opening may wait
 * @param readings what the readings are worth
 */
public record ContactorRating(
        double maxPackV,
        double weldV,
        double joinV,
        double restS,
        SwitchRating contacts,
        PrechargeRating precharge,
        OpeningRating opening,
        ReadingRating readings) {
    /** Share of the first difference by which precharge may leave its exponentials, for a skewed reading. */
    static final double ENVELOPE_SHARE = 0.05;
    /** Voltage errors by which it may leave them besides. */
    static final double ENVELOPE_ERRORS = 2.0;
    /** Resistor budget of {@link #standard} in worst-case tries: the allowed ones and one more. */
    private static final double STANDARD_BUDGET_TRIES = 4.0;
    /** Cycles that a state is given beyond what physics needs. */
    private static final double SPARE_CYCLES = 4.0;

    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public ContactorRating {
        Findings findings = new Findings();
        boolean high = findings.positive("maxPackV", maxPackV);
        findings.positive("joinV", joinV);
        findings.positive("restS", restS);
        double gateV = precharge.gateV();
        if (findings.positive("weldV", weldV) && high && (weldV < 2.0 * gateV || weldV > maxPackV / 8.0)) {
            findings.add("weldV (" + weldV + " V) must be within [2 gateV, maxPackV / 8] = [" + 2.0 * gateV + ", "
                    + maxPackV / 8.0 + "] V");
        }
        if (joinV > weldV) {
            findings.add("joinV (" + joinV + " V) must not exceed weldV (" + weldV + " V)");
        }
        if (readings.currentErrorA() >= contacts.zeroA()) {
            findings.add("zeroA (" + contacts.zeroA() + " A) must exceed currentErrorA (" + readings.currentErrorA()
                    + " A)");
        }
        double leastGateV = readings.voltageErrorV() + bleedDropV(maxPackV, precharge);
        if (high && gateV <= leastGateV) {
            findings.add(
                    "gateV (" + gateV + " V) must exceed voltageErrorV plus the drop that bleedOhm leaves across ohm"
                            + " at maxPackV, together " + leastGateV + " V");
        } else if (high) {
            double needJ = precharge.tries() * tryJ(maxPackV, contacts, precharge, readings);
            if (precharge.budgetJ() < needJ) {
                findings.add("budgetJ (" + precharge.budgetJ() + " J) must hold the worst case of " + precharge.tries()
                        + " tries, " + needJ + " J");
            }
        }
        findings.refuse();
    }

    /**
     * A common string for a pack of at most {@code maxPackV}: 8 A at most through the resistor into 1 mF with 25 %, 25 kOhm bleed, a
     * gate of 1.25 % (at least 1 V, a sixteenth below 16 V), three tries into a resistor that bears four, cooling in 120 s; join at 1 %, at most
     * 3 V; a weld shows in 5 % of the voltage; steps every 10 ms. Our judgement; read the data sheets of your own.
     */
    public static ContactorRating standard(double maxPackV) {
        SwitchRating contacts = SwitchRating.standard();
        double errorV = Math.max(0.1, 0.0025 * maxPackV);
        ReadingRating readings = new ReadingRating(0.010, 1.0, errorV, 1.0);
        double gateV = Math.max(Math.min(1.0, maxPackV / 16.0), 0.0125 * maxPackV);
        PrechargeRating bare = new PrechargeRating(maxPackV / 8.0, 0.001, 0.25, 25_000.0, gateV, 1.0, 120.0, 3);
        PrechargeRating precharge = new PrechargeRating(
                bare.ohm(),
                bare.linkFarad(),
                bare.tolerance(),
                bare.bleedOhm(),
                gateV,
                STANDARD_BUDGET_TRIES * tryJ(maxPackV, contacts, bare, readings),
                bare.coolingS(),
                bare.tries());
        return new ContactorRating(
                maxPackV,
                Math.max(2.0 * gateV, 0.05 * maxPackV),
                Math.min(3.0, 0.01 * maxPackV),
                60.0,
                contacts,
                precharge,
                OpeningRating.standard(),
                readings);
    }

    /** Longest time a state may last, s; in {@link ContactorState#CLOSED} without a full set of readings. */
    public double timeoutS(ContactorState state) {
        double spareS = SPARE_CYCLES * readings.cycleS();
        double closingS = contacts.closeS() + contacts.feedbackS() + spareS;
        double releaseS = contacts.openS() + contacts.feedbackS() + spareS;
        return switch (state) {
            case INSPECT -> 2.0 * releaseS;
            case STANDBY, LOCKED -> restS;
            case CHECK_NEGATIVE, CLOSE_NEGATIVE -> checkS() + closingS;
            case CHECK_RELEASE, OPEN_PRECHARGE -> releaseS;
            case PRECHARGE -> contacts.closeS() + slowestToGateS(maxPackV, precharge, readings) + spareS;
            case CLOSE_POSITIVE -> closingS;
            case CLOSED -> readings.blindS();
            case ZERO_CURRENT -> opening.zeroCurrentS();
            case WAIT_FUSE, HELD_CLOSED -> opening.fuseS();
            case OPEN_POSITIVE, OPEN_NEGATIVE -> releaseS + fallS();
        };
    }

    /** Worst-case energy of one try that the envelope lets pass, in the resistor, J. */
    public double tryJ() {
        return tryJ(maxPackV, contacts, precharge, readings);
    }

    /** How long the link is watched in a check: a welded contact moves it by 63 % at least in this time, s. */
    double checkS() {
        return contacts.closeS() + precharge.slowestS() + 2.0 * readings.cycleS();
    }

    /** Time in which the bleed resistor surely takes 4 weldV from a link at the highest pack voltage, s; 0 without one. */
    private double fallS() {
        double share = 1.0 - 4.0 * weldV / maxPackV;
        return Double.isInfinite(precharge.decayS()) || share <= 0.0
                ? 0.0
                : precharge.decayS() * -StrictMath.log(share);
    }

    /** By how much precharge may leave its exponentials when it began with a difference of {@code firstV}, V. */
    double envelopeMarginV(double firstV) {
        return ENVELOPE_SHARE * Math.abs(firstV) + ENVELOPE_ERRORS * readings.voltageErrorV();
    }

    private static double bleedDropV(double maxPackV, PrechargeRating p) {
        return maxPackV * p.ohm() / (p.ohm() + p.bleedOhm());
    }

    /** From closed contact to the gate on the slowest link, s. */
    private static double slowestToGateS(double maxPackV, PrechargeRating p, ReadingRating r) {
        double endV = p.gateV() - r.voltageErrorV() - bleedDropV(maxPackV, p);
        return p.slowestS() * StrictMath.log(Math.max(Math.E, maxPackV / endV));
    }

    /** Integral of the slowest envelope's power: delay, exponential with its margin, and the last cycle until it opens. */
    private static double tryJ(double maxPackV, SwitchRating c, PrechargeRating p, ReadingRating r) {
        double m = ENVELOPE_SHARE + ENVELOPE_ERRORS * r.voltageErrorV() / maxPackV;
        double tau = p.slowestS();
        double spanS = slowestToGateS(maxPackV, p, r) + SPARE_CYCLES * r.cycleS();
        double once = -StrictMath.expm1(-spanS / tau);
        double twice = -StrictMath.expm1(-2.0 * spanS / tau);
        double fullS = c.closeS() + r.cycleS() + 0.5 * tau * twice + 2.0 * m * tau * once + m * m * spanS;
        double lateS = r.cycleS() + c.openS();
        return maxPackV * maxPackV / (p.ohm() * (1.0 - p.tolerance())) * (fullS + lateS);
    }
}
