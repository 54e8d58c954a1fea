package io.github.bms4j.sim.fault;

import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.protect.Fault;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One row to try on a pack with a battery manager and switchgear of its own: what goes wrong, and the fault that must be found.
 *
 * <p>What is wrong with a contactor does not show before it is moved: the budget runs from the moment at which the control comes into
 * the state in which it shows.
 *
 * @param what what goes wrong, in words
 * @param fault the fault that must be set
 * @param built what the pack is built of
 * @param driven whether the pack is in operation before, or stands with open contactors
 * @param warmupS how long nothing goes wrong, s
 * @param injection what goes wrong, once, and what is asked of the pack then
 * @param shownIn state in which it shows; null for at once
 * @param times how often that state must be entered until then
 * @param laterS how long after that, s
 */
record ContactorCase(
        String what,
        Fault fault,
        PackParts built,
        boolean driven,
        double warmupS,
        Consumer<ManagedPack> injection,
        @Nullable ContactorState shownIn,
        int times,
        double laterS) {
    private static final double WARMUP_S = 20.0;
    private static final double LONGEST_WAIT_S = 400.0;
    private static final double LOAD_SHARE = 0.5;
    private static final double SLACK = 2.0;

    /** On a sound pack, seen at once. */
    ContactorCase(String what, Fault fault, boolean driven, Consumer<ManagedPack> injection) {
        this(what, fault, PackParts.sound(), driven, WARMUP_S, injection, null, 1, 0.0);
    }

    ContactorCase shownIn(ContactorState state) {
        return new ContactorCase(what, fault, built, driven, warmupS, injection, state, times, laterS);
    }

    ContactorCase atTry(int newTimes) {
        return new ContactorCase(what, fault, built, driven, warmupS, injection, shownIn, newTimes, laterS);
    }

    ContactorCase later(double newLaterS) {
        return new ContactorCase(what, fault, built, driven, warmupS, injection, shownIn, times, newLaterS);
    }

    ContactorCase built(PackParts newBuilt) {
        return new ContactorCase(what, fault, newBuilt, driven, warmupS, injection, shownIn, times, laterS);
    }

    ContactorCase atOnce() {
        return new ContactorCase(what, fault, built, driven, 0.0, injection, shownIn, times, laterS);
    }

    MatrixRow run(DriveTape tape, long seed) {
        ManagedPack pack = new ManagedPack(built, seed);
        pack.manager.vehicle().connect = driven;
        long step = 0;
        double startS = pack.nowS();
        while (pack.nowS() - startS < warmupS) {
            pack.step(loadA(tape, step++));
        }
        boolean asMeant = warmupS == 0.0 || pack.control().ready() == driven;
        int before = pack.faults().count() + (asMeant ? 0 : 1);
        double fromS = pack.nowS();
        ContactorState state = shownIn;
        double causeS = state == null ? fromS + laterS : Double.NaN;
        double untilS = state == null ? causeS + SLACK * fault.budgetS() : fromS + LONGEST_WAIT_S;
        if (state != null) {
            pack.await(state, times);
        }
        injection.accept(pack);
        while (pack.nowS() < untilS) {
            pack.step(loadA(tape, step++));
            if (Double.isNaN(causeS) && !Double.isNaN(pack.awaitedAtS())) {
                causeS = pack.awaitedAtS() + laterS;
                untilS = causeS + SLACK * fault.budgetS();
            }
            if (pack.faults().state(fault).stands()) {
                return new MatrixRow(
                        what, fault, before, pack.nowS() - causeS, FaultMatrix.reacts(pack.faults(), fault));
            }
        }
        return new MatrixRow(what, fault, before, Double.NaN, false);
    }

    private static double loadA(DriveTape tape, long step) {
        return LOAD_SHARE * tape.cellA(step) * FaultBench.LAYOUT.parallel();
    }
}
