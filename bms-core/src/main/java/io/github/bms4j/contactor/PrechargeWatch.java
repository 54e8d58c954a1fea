package io.github.bms4j.contactor;

import org.jspecify.annotations.Nullable;

/**
 * One try of precharge against its R C model.
 *
 * <p>With a first difference d0 between pack and link, the difference d(t) must stay between the exponentials of the fastest
 * and of the slowest link, the slow one beginning when the contact must have closed and the reading been made:
 *
 * <pre>d0 exp(-t/tauFast) - m  &lt;=  d(t)  &lt;=  d0 exp(-(t - closeS - cycleS)/tauSlow) + m,   |i| &lt;= d/R/(1 - tol) + error</pre>
 *
 * <p>From the readings between 90 % and 10 % of d0 it measures the resistor by least squares, R = sum(d i) / sum(i i), and the
 * link by its decay, R C = (t2 - t1) / ln(d1 / d2). The current sensor's zero is what it read before. Units: V, A, s. Thread: one.
 * Allocation: none.
 *
 * @see "docs/theory/contactors.md"
 */
final class PrechargeWatch {
    /** Below so many gates a difference is no exponential worth judging. */
    private static final double GATES_TO_JUDGE = 4.0;
    /** Share of the model's current below which the path counts as open. */
    private static final double NO_CURRENT_SHARE = 0.5;
    /** Shares of the first difference between which resistor and link are measured. */
    private static final double FIT_BELOW = 0.9;

    private static final double FIT_ABOVE = 0.1;

    private final ContactorRating rating;
    private double firstV;
    private double zeroA;
    private double lastV;
    private double timeS;
    private double currentA;
    private double fitFromS;
    private double fitFromV;
    private double sumVi;
    private double sumIi;
    private int matches;
    private double value;
    private double bound;
    private double ohm = Double.NaN;
    private double farad = Double.NaN;

    PrechargeWatch(ContactorRating rating) {
        this.rating = rating;
    }

    /** Begins a try with the difference as last read, and the current that was read while none could flow: the sensor's zero. */
    void start(double deltaV, double restingA) {
        firstV = deltaV;
        zeroA = restingA;
        lastV = deltaV;
        timeS = 0.0;
        currentA = Double.NaN;
        fitFromV = Double.NaN;
        sumVi = 0.0;
        sumIi = 0.0;
        matches = 0;
    }

    /**
     * One cycle of a try.
     *
     * @param dtS since the last cycle, s
     * @param deltaV pack minus link voltage of this cycle, V, or NaN
     * @param readA current of this cycle, A, or NaN
     * @return what is wrong, or null; {@link #value} and {@link #bound} then hold the figures
     */
    @Nullable
    ContactorFinding step(double dtS, double deltaV, double readA) {
        timeS += dtS;
        if (Double.isNaN(deltaV)) {
            return null;
        }
        double before = lastV;
        lastV = deltaV;
        boolean near = Math.abs(deltaV) <= rating.precharge().gateV();
        matches = near ? matches + 1 : 0;
        if (!Double.isNaN(readA)) {
            currentA = readA;
            fit(deltaV / firstV, deltaV, readA - zeroA);
            double most = Math.max(Math.abs(before), Math.abs(deltaV)) / leastOhm()
                    + rating.readings().currentErrorA();
            if (Math.abs(readA) > most) {
                return says(ContactorFinding.PRECHARGE_CURRENT_HIGH, Math.abs(readA), most);
            }
        }
        return Math.abs(firstV) > GATES_TO_JUDGE * rating.precharge().gateV() ? envelope(deltaV) : null;
    }

    private @Nullable ContactorFinding envelope(double deltaV) {
        double d0 = Math.abs(firstV);
        double d = firstV > 0.0 ? deltaV : -deltaV;
        double marginV = rating.envelopeMarginV(firstV);
        double least = d0 * StrictMath.exp(-timeS / rating.precharge().fastestS()) - marginV;
        if (d < least) {
            return says(ContactorFinding.PRECHARGE_TOO_FAST, d, least);
        }
        double lateS = timeS - rating.contacts().closeS() - rating.readings().cycleS();
        double most =
                d0 * StrictMath.exp(-Math.max(0.0, lateS) / rating.precharge().slowestS()) + marginV;
        return d > most ? says(tooSlow(), d, most) : null;
    }

    /** Why the link is behind: the current tells an open path from a load. */
    ContactorFinding tooSlow() {
        double expectedA = Math.abs(lastV) / rating.precharge().ohm();
        if (Double.isNaN(currentA) || expectedA < 2.0 * rating.readings().currentErrorA()) {
            return ContactorFinding.PRECHARGE_TOO_SLOW;
        }
        return Math.abs(currentA) < NO_CURRENT_SHARE * expectedA
                ? ContactorFinding.PRECHARGE_NO_CURRENT
                : ContactorFinding.PRECHARGE_LOADED;
    }

    private void fit(double share, double deltaV, double flowA) {
        if (!(share <= FIT_BELOW && share >= FIT_ABOVE)) {
            return;
        }
        sumVi += deltaV * flowA;
        sumIi += flowA * flowA;
        if (Double.isNaN(fitFromV)) {
            fitFromV = deltaV;
            fitFromS = timeS;
        } else if (sumIi > 0.0 && share < FIT_BELOW * fitFromV / firstV) {
            ohm = sumVi / sumIi;
            farad = (timeS - fitFromS) / (StrictMath.log(fitFromV / deltaV) * ohm);
        }
    }

    private ContactorFinding says(ContactorFinding finding, double found, double allowed) {
        value = found;
        bound = allowed;
        return finding;
    }

    private double leastOhm() {
        return rating.precharge().ohm() * (1.0 - rating.precharge().tolerance());
    }

    /** Pairs of readings in a row within the gate, the last one in this try's last cycle with readings. */
    int matches() {
        return matches;
    }

    /** Voltage over the resistor as last read, V. */
    double lastV() {
        return lastV;
    }

    double value() {
        return value;
    }

    double bound() {
        return bound;
    }

    /** Resistance measured in the last try that got half way, Ohm; NaN before. */
    double ohm() {
        return ohm;
    }

    /** Link capacitance measured in it, F; NaN before. */
    double farad() {
        return farad;
    }
}
