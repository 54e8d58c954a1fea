package io.github.bms4j.sim.contactor;

import io.github.bms4j.measure.ContactState;
import io.github.bms4j.num.Check;

/**
 * One true contactor: it takes its time to close, bounces, takes its time to open, and may be broken.
 *
 * <p>During the last {@code bounceS} before it is closed for good the contacts open and close from step to step. Units: s. Thread:
 * one. Allocation: none after construction.
 */
public final class TrueContactor {
    private final double closeS;
    private final double openS;
    private final double bounceS;
    private ContactorFlaw flaw = ContactorFlaw.NONE;
    private boolean commanded;
    private boolean conducts;
    private double sinceS;

    /**
     * An open one.
     *
     * @param closeS from coil on to contacts closed for good, s
     * @param openS from coil off to contacts open, s
     * @param bounceS how long of {@code closeS} it bounces, s
     */
    public TrueContactor(double closeS, double openS, double bounceS) {
        this.closeS = Check.positive("closeS", closeS);
        this.openS = Check.positive("openS", openS);
        this.bounceS = Check.within("bounceS", bounceS, 0.0, closeS);
    }

    /** 20 ms to close, the last 4 ms bouncing, 10 ms to open. */
    public static TrueContactor ordinary() {
        return new TrueContactor(0.020, 0.010, 0.004);
    }

    /** Breaks it, or repairs it; one that becomes welded keeps the position that it has, or closes when it is open. */
    public void flaw(ContactorFlaw now) {
        flaw = now;
    }

    /** What is wrong with it. */
    public ContactorFlaw flaw() {
        return flaw;
    }

    /** Carries it on under a coil command. */
    void step(boolean command, double dtS) {
        if (command != commanded) {
            commanded = command;
            sinceS = 0.0;
        }
        sinceS += dtS;
        if (flaw == ContactorFlaw.WELDED || flaw == ContactorFlaw.WELDED_SAYS_OPEN) {
            conducts = true;
        } else if (flaw == ContactorFlaw.DEAD) {
            conducts = false;
        } else if (!commanded) {
            conducts &= sinceS < openS;
        } else if (sinceS >= closeS) {
            conducts = true;
        } else if (sinceS >= closeS - bounceS) {
            conducts = !conducts;
        }
    }

    /** Whether current can flow. */
    public boolean conducts() {
        return conducts;
    }

    /** What its auxiliary contact says. */
    public ContactState feedback() {
        return switch (flaw) {
            case SAYS_OPEN, WELDED_SAYS_OPEN -> ContactState.OPEN;
            case SAYS_CLOSED -> ContactState.CLOSED;
            case SAYS_NOTHING -> ContactState.UNKNOWN;
            default -> conducts ? ContactState.CLOSED : ContactState.OPEN;
        };
    }
}
