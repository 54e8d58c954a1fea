package io.github.bms4j.sim.fault;

import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.sim.contactor.ContactorFlaw;
import java.util.ArrayList;
import java.util.List;

/** Ways to break contactors, precharge and link in front of a pack, and what else only a battery manager can find. */
final class ContactorCases {
    /** What the estimate says of its own misfit is a mean over a minute; so long it takes to exceed what is usual, s. */
    private static final double MISFIT_S = 8.0;

    private final List<ContactorCase> cases = new ArrayList<>();

    private ContactorCases() {}

    static List<ContactorCase> all() {
        ContactorCases made = new ContactorCases();
        made.welded();
        made.notClosed();
        made.precharge();
        made.manager();
        return List.copyOf(made.cases);
    }

    private static void breaks(ManagedPack pack, Contact contact, ContactorFlaw flaw) {
        pack.gear.string().contactor(contact).flaw(flaw);
    }

    /** Broken while open and not asked for. */
    private void standing(String what, Fault fault, Contact contact, ContactorFlaw flaw) {
        cases.add(new ContactorCase(what, fault, false, pack -> breaks(pack, contact, flaw)));
    }

    /** Broken before the pack is asked to close. */
    private void starting(String what, Fault fault, Contact contact, ContactorFlaw flaw, ContactorState shownIn) {
        cases.add(new ContactorCase(what, fault, false, pack -> {
                    breaks(pack, contact, flaw);
                    pack.manager.vehicle().connect = true;
                })
                .shownIn(shownIn));
    }

    /** Broken under way; the pack is asked to open. */
    private ContactorCase stopping(String what, Contact contact, ContactorFlaw flaw, ContactorState shownIn) {
        return new ContactorCase(what, Fault.WELDED, true, pack -> {
                    breaks(pack, contact, flaw);
                    pack.manager.vehicle().connect = false;
                })
                .shownIn(shownIn);
    }

    private void welded() {
        standing("K+ welds while it is open", Fault.WELDED, Contact.POSITIVE, ContactorFlaw.WELDED);
        standing("K- welds while it is open", Fault.WELDED, Contact.NEGATIVE, ContactorFlaw.WELDED);
        standing("Kp welds while it is open", Fault.WELDED, Contact.PRECHARGE, ContactorFlaw.WELDED);
        starting(
                "K- welded, its feedback says open, start",
                Fault.WELDED,
                Contact.NEGATIVE,
                ContactorFlaw.WELDED_SAYS_OPEN,
                ContactorState.CHECK_NEGATIVE);
        starting(
                "K+ welded, its feedback says open, start",
                Fault.WELDED,
                Contact.POSITIVE,
                ContactorFlaw.WELDED_SAYS_OPEN,
                ContactorState.CLOSE_NEGATIVE);
        cases.add(stopping(
                "K+ welded under way, stop", Contact.POSITIVE, ContactorFlaw.WELDED, ContactorState.OPEN_POSITIVE));
        cases.add(stopping(
                        "K+ welded, its feedback lies, stop: link falls",
                        Contact.POSITIVE,
                        ContactorFlaw.WELDED_SAYS_OPEN,
                        ContactorState.OPEN_POSITIVE)
                .later(betraysS()));
    }

    /**
     * Time after which a link that nobody holds must have fallen by twice what tells a weld, s: before that nothing can be known without
     * feedback, because a sound link stands nearly as high.
     */
    private static double betraysS() {
        ContactorRating rating = ManagedPack.rating();
        double decayS = rating.precharge().bleedOhm()
                * rating.precharge().linkFarad()
                * (1.0 + rating.precharge().tolerance());
        return rating.contacts().openS() - decayS * StrictMath.log1p(-2.0 * rating.weldV() / PackParts.PACK_V);
    }

    private void notClosed() {
        cases.add(new ContactorCase(
                "K+ falls open under way",
                Fault.NOT_CLOSED,
                true,
                pack -> breaks(pack, Contact.POSITIVE, ContactorFlaw.DEAD)));
        cases.add(new ContactorCase(
                "K- falls open under way",
                Fault.NOT_CLOSED,
                true,
                pack -> breaks(pack, Contact.NEGATIVE, ContactorFlaw.DEAD)));
        starting(
                "Kp does not close, start",
                Fault.NOT_CLOSED,
                Contact.PRECHARGE,
                ContactorFlaw.DEAD,
                ContactorState.CHECK_NEGATIVE);
        starting(
                "K- does not close, start",
                Fault.NOT_CLOSED,
                Contact.NEGATIVE,
                ContactorFlaw.DEAD,
                ContactorState.CLOSE_NEGATIVE);
        starting(
                "K+ does not close, start",
                Fault.NOT_CLOSED,
                Contact.POSITIVE,
                ContactorFlaw.DEAD,
                ContactorState.CLOSE_POSITIVE);
    }

    private void precharged(String what, Fault fault, PackParts built) {
        cases.add(closing(what, fault, built));
    }

    private static ContactorCase closing(String what, Fault fault, PackParts built) {
        return new ContactorCase(what, fault, false, pack -> pack.manager.vehicle().connect = true)
                .built(built)
                .shownIn(ContactorState.PRECHARGE);
    }

    private void precharge() {
        PackParts sound = PackParts.sound();
        double ohm = sound.prechargeOhm();
        PackParts open = sound.resistor(1e6);
        precharged("link capacitor lost", Fault.PRECHARGED_TOO_FAST, sound.link(0.1e-3, sound.linkOhm()));
        precharged("precharge resistor open", Fault.PRECHARGED_TOO_SLOW, open);
        precharged("link shorted by 0.5 Ohm", Fault.PRECHARGED_TOO_SLOW, sound.link(sound.linkFarad(), 0.5));
        precharged(
                "precharge resistor bridged",
                Fault.PRECHARGED_AT_HIGH_CURRENT,
                sound.resistor(0.1 * ohm).link(0.02, sound.linkOhm()));
        int tries = ManagedPack.rating().precharge().tries();
        cases.add(closing("precharge resistor open, last try", Fault.PRECHARGE_GIVEN_UP, open)
                .atTry(tries));
    }

    private void manager() {
        cases.add(new ContactorCase("current sensor ends at 100 A", Fault.CONFIGURATION_INCONSISTENT, false, pack -> {})
                .built(PackParts.sound().sensor(100.0))
                .atOnce());
        cases.add(new ContactorCase("told 10 % at 60 %, sure to 0.1 %", Fault.ESTIMATE_DIVERGED, false, pack -> {})
                .built(PackParts.sound().told(0.1, 0.001))
                .atOnce()
                .later(MISFIT_S));
    }
}
