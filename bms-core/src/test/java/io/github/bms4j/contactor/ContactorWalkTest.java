package io.github.bms4j.contactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The control itself, driven by chance through every row of its table while plant, readings and requests change at random. */
class ContactorWalkTest {
    private static final int WALKS = 1_200;
    private static final int CYCLES = 1_000;

    private final Set<ContactorTransition> walked = new HashSet<>();

    @Test
    void whateverHappensClosesOnNothingButAMatchedLinkAndLeavesEveryStateInTime() {
        for (int seed = 1; seed <= WALKS; seed++) {
            walk(seed);
        }
        Set<ContactorTransition> all = new HashSet<>(ContactorRows.of(FuseRule.STAY_CLOSED));
        all.addAll(ContactorRows.of(FuseRule.OPEN_ANYWAY));
        all.removeAll(walked);
        // feedback must fall silent within these three: ContactorFaultsTest takes them one by one
        all.removeIf(row -> row.event() == ContactorEvent.TIMEOUT
                && (row.from() == ContactorState.CHECK_RELEASE
                        || row.from() == ContactorState.CLOSE_POSITIVE
                        || row.from() == ContactorState.OPEN_PRECHARGE));
        assertEquals(Set.of(), all, "rows that no walk took");
    }

    private void walk(int seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        ContactorRig rig = new ContactorRig(rating(random));
        rig.ask();
        double quietS = 1.0 + 2.0 * random.nextDouble();
        for (int k = 0; k < CYCLES; k++) {
            if (k * rig.cycleS > quietS || seed % 3 == 0) {
                disturb(rig, random, rate(rig.control.state(), seed));
            }
            ContactorState before = rig.control.state();
            rig.step();
            judge(rig, before, "seed " + seed + " cycle " + k + ": ");
        }
    }

    /** Disturbances per cycle: more of them in the states that are over soon. */
    private static double rate(ContactorState state, int seed) {
        boolean brief = state == ContactorState.CLOSE_POSITIVE
                || state == ContactorState.OPEN_PRECHARGE
                || state == ContactorState.HELD_CLOSED;
        return brief ? 0.25 : seed % 4 == 0 ? 1.0 : 0.16;
    }

    private static ContactorRating rating(Random random) {
        ContactorRating r = ContactorRating.standard(400.0);
        SwitchRating c = r.contacts();
        PrechargeRating p = r.precharge();
        double bleedOhm = random.nextInt(4) > 0 ? p.bleedOhm() : Double.POSITIVE_INFINITY;
        return new ContactorRating(
                r.maxPackV(),
                r.weldV(),
                r.joinV(),
                1.0,
                new SwitchRating(c.closeS(), c.openS(), random.nextInt(5) > 0, 0.1, 200.0, 2.0, random.nextBoolean()),
                new PrechargeRating(p.ohm(), p.linkFarad(), 0.25, bleedOhm, p.gateV(), p.budgetJ(), 120.0, 3),
                new OpeningRating(0.5, 0.5, random.nextBoolean() ? FuseRule.STAY_CLOSED : FuseRule.OPEN_ANYWAY),
                new ReadingRating(0.010, random.nextBoolean() ? 0.05 : 0.2, 1.0, 1.0));
    }

    private static void disturb(ContactorRig rig, Random random, double rate) {
        if (random.nextDouble() > rate) {
            return;
        }
        Contact contact = Contact.values()[1 + random.nextInt(3)];
        switch (random.nextInt(24)) {
            case 0 -> rig.request.close = random.nextInt(4) > 0;
            case 1 -> rig.request.openNow = random.nextInt(3) == 0;
            case 2 -> rig.request.mayClose = random.nextInt(4) > 0;
            case 3 -> rig.request.busHeld = random.nextInt(3) == 0;
            case 4 -> rig.request.joinAllowed = random.nextBoolean();
            case 5 -> rig.packRead = random.nextInt(6) > 0;
            case 6 -> rig.linkRead = random.nextInt(6) > 0;
            case 7 -> rig.currentRead = random.nextInt(6) > 0;
            case 8 -> rig.feedbackRead = random.nextInt(4) > 0;
            case 9 -> rig.sampleArrives = random.nextInt(6) > 0;
            case 10 -> rig.loadA = new double[] {0.0, 0.0, 5.0, 100.0, -100.0, 900.0}[random.nextInt(6)];
            case 11 -> rig.currentSays = random.nextInt(3) > 0 ? Double.NaN : (random.nextDouble() - 0.5) * 1_000.0;
            case 12 -> rig.linkSays = random.nextInt(3) > 0 ? Double.NaN : 400.0 * random.nextDouble();
            case 13 -> rig.feedback.put(contact, ContactState.values()[random.nextInt(3)]);
            case 14 -> rig.feedback.clear();
            case 15 -> rig.weldedPositive = random.nextInt(4) == 0;
            case 16 -> rig.weldedPrecharge = random.nextInt(4) == 0;
            case 17 -> rig.deadNegative = random.nextInt(4) == 0;
            case 18 -> rig.request.reset = random.nextBoolean();
            case 19 -> rig.packV = 300.0 + 100.0 * random.nextDouble();
            case 20 -> rig.ohm = random.nextInt(3) > 0 ? 50.0 : 10.0 + 400.0 * random.nextDouble();
            case 21 -> {
                rig.request.openNow = true;
                rig.loadA = random.nextBoolean() ? -100.0 : 900.0;
            }
            case 22 -> {
                rig.request.close = false;
                rig.loadA = -100.0;
            }
            default -> {
                rig.request.close = true;
                rig.request.mayClose = true;
                rig.request.openNow = false;
                rig.currentSays = Double.NaN;
                rig.linkSays = Double.NaN;
                rig.feedback.clear();
                rig.feedbackRead = true;
                rig.packRead = true;
                rig.linkRead = true;
                rig.currentRead = true;
                rig.sampleArrives = true;
                rig.weldedPositive = false;
                rig.weldedPrecharge = false;
                rig.deadNegative = false;
                rig.request.busHeld = false;
                rig.loadA = 0.0;
                rig.ohm = 50.0;
                rig.control.restore(0.0, 0);
                rig.request.reset = !rig.request.reset;
            }
        }
    }

    private void judge(ContactorRig rig, ContactorState before, String where) {
        ContactorState now = rig.control.state();
        double limitS = rig.control.table().timeoutS(now);
        assertTrue(rig.control.inStateS() < limitS + 1e-9, where + now + " lasts " + rig.control.inStateS());
        ContactorEvent cause = rig.control.cause();
        if (cause != null && rig.control.inStateS() == 0.0) {
            walked.add(new ContactorTransition(before, cause, now));
        }
        if (now == before) {
            return;
        }
        boolean on = (now.positive() && !before.positive())
                || (now.negative() && !before.negative())
                || (now.precharge() && !before.precharge());
        if (on) {
            assertTrue(rig.request.close && rig.request.mayClose && !rig.request.openNow, where + "closes unasked");
            assertTrue(
                    rig.sampleArrives && rig.packRead && rig.linkRead && rig.currentRead,
                    where + "closes blindly onto " + now);
            assertTrue(!rig.control.locked(), where + "closes while locked");
        }
        if (now.positive() && !before.positive()) {
            double linkV = Double.isNaN(rig.linkSays) ? rig.linkV : rig.linkSays;
            double gateV = rig.request.busHeld
                    ? rig.rating.joinV()
                    : rig.rating.precharge().gateV();
            assertTrue(Math.abs(rig.packV - linkV) <= gateV, where + "closes onto " + (rig.packV - linkV) + " V");
            assertTrue(!rig.request.busHeld || rig.request.joinAllowed, where + "joins without leave");
        }
        if (cause == ContactorEvent.BREAK_POSITIVE || cause == ContactorEvent.BREAK_NEGATIVE) {
            double currentA = rig.sample.current().value(0);
            assertTrue(rig.sampleArrives && rig.currentRead && Math.abs(currentA) <= 200.0, where + currentA + " A");
        }
        boolean ready = rig.control.ready();
        assertEquals(ready ? 1.0 : 0.0, rig.control.limitShare(), where);
        assertEquals(ready, now == ContactorState.CLOSED, where);
    }
}
