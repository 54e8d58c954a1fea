package io.github.bms4j.journal;

import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.Peer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the numbers of named constants in a flight record mean: the record brings its own list of names, so that a constant that is added or
 * moved later does not change what an old record says.
 */
final class FlightWords {
    private static final List<Class<? extends Enum<?>>> TYPES = List.of(
            FlightEvent.class,
            FlightTopic.class,
            Restart.Verdict.class,
            ChargePhase.class,
            StopCause.class,
            PackSample.Quantity.class,
            Contact.class,
            ContactState.class,
            Motion.class,
            Peer.class,
            E2eVerdict.class);

    private final Map<Class<?>, Enum<?>[]> words = new HashMap<>();

    /** The words of this version, a line for each type: its name, then its constants by rising number. */
    static String text() {
        StringBuilder to = new StringBuilder();
        for (Class<? extends Enum<?>> type : TYPES) {
            to.append(type.getSimpleName());
            for (Enum<?> constant : type.getEnumConstants()) {
                to.append(' ').append(constant.name());
            }
            to.append('\n');
        }
        return to.toString();
    }

    /** @throws IllegalArgumentException when the text lacks a type, or has a word that this version does not know */
    FlightWords(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != TYPES.size()) {
            throw new IllegalArgumentException(lines.size() + " lists of words instead of " + TYPES.size());
        }
        for (int t = 0; t < TYPES.size(); t++) {
            String[] names = lines.get(t).split(" ", -1);
            Enum<?>[] constants = new Enum<?>[names.length - 1];
            for (int i = 1; i < names.length; i++) {
                constants[i - 1] = constant(TYPES.get(t), names[i]);
            }
            words.put(TYPES.get(t), constants);
        }
    }

    private static Enum<?> constant(Class<? extends Enum<?>> type, String name) {
        for (Enum<?> constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no " + type.getSimpleName() + " " + name);
    }

    /** @throws IllegalArgumentException when the record has no such word */
    <E extends Enum<E>> E word(Class<E> type, int number) {
        Enum<?>[] constants = words.get(type);
        if (constants == null || number >= constants.length) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " with number " + number);
        }
        return type.cast(constants[number]);
    }
}
