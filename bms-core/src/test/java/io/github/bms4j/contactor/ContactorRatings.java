package io.github.bms4j.contactor;

/** Ratings for tests: the standard one of 400 V with one part replaced. */
final class ContactorRatings {
    private ContactorRatings() {}

    static ContactorRating with(SwitchRating contacts) {
        ContactorRating r = ContactorRating.standard(400.0);
        return new ContactorRating(
                400.0, r.weldV(), r.joinV(), r.restS(), contacts, r.precharge(), r.opening(), r.readings());
    }

    static ContactorRating with(PrechargeRating precharge) {
        ContactorRating r = ContactorRating.standard(400.0);
        return new ContactorRating(
                400.0, r.weldV(), r.joinV(), r.restS(), r.contacts(), precharge, r.opening(), r.readings());
    }

    static ContactorRating with(OpeningRating opening) {
        ContactorRating r = ContactorRating.standard(400.0);
        return new ContactorRating(
                400.0, r.weldV(), r.joinV(), r.restS(), r.contacts(), r.precharge(), opening, r.readings());
    }

    /** No auxiliary contacts. */
    static SwitchRating withoutFeedback() {
        return new SwitchRating(0.030, 0.020, false, 0.200, 200.0, 2.0, false);
    }

    /** The standard precharge with another bleed resistor. */
    static PrechargeRating bleed(double bleedOhm) {
        PrechargeRating p = ContactorRating.standard(400.0).precharge();
        return new PrechargeRating(
                p.ohm(), p.linkFarad(), p.tolerance(), bleedOhm, p.gateV(), p.budgetJ(), p.coolingS(), p.tries());
    }

    /** Neither feedback nor bleed resistor. */
    static ContactorRating blindAtOpening() {
        ContactorRating r = with(bleed(Double.POSITIVE_INFINITY));
        return new ContactorRating(
                400.0, r.weldV(), r.joinV(), r.restS(), withoutFeedback(), r.precharge(), r.opening(), r.readings());
    }
}
