package io.github.bms4j.can.j1939;

/**
 * What a 29-bit identifier says in J1939: priority, parameter group, destination, source.
 *
 * <pre>
 * bit   28-26     25  24  23-16  15-8  7-0
 *       priority  R   DP  PF     PS    source
 * </pre>
 *
 * <p>PF below 240 (PDU1): PS is the destination address and not part of the parameter group number. PF from 240 (PDU2): the
 * message goes to everyone and PS belongs to the number.
 *
 * <p>Bad input: building an identifier checks its parts; taking one apart accepts any {@code int} and looks at its low 29
 * bits. Thread: any. Allocation: none.
 */
public final class J1939Id {
    /** The address that means every node. */
    public static final int GLOBAL_ADDRESS = 0xFF;

    /** Largest parameter group number: 18 bits. */
    public static final int MAX_PGN = 0x3_FFFF;

    private static final int PDU2_FIRST = 240;

    private J1939Id() {}

    /** Priority, 0 (first) to 7. */
    public static int priority(int id) {
        return id >>> 26 & 7;
    }

    /** Parameter group number, 18 bits; its low byte is 0 for PDU1. */
    public static int pgn(int id) {
        int group = id >>> 8 & MAX_PGN;
        return addressed(group) ? group & ~0xFF : group;
    }

    /** Destination address; {@link #GLOBAL_ADDRESS} for PDU2. */
    public static int destination(int id) {
        return addressed(id >>> 8) ? id >>> 8 & 0xFF : GLOBAL_ADDRESS;
    }

    /** Source address. */
    public static int source(int id) {
        return id & 0xFF;
    }

    /**
     * The identifier of a parameter group.
     *
     * @param priority 0 (first) to 7
     * @param pgn 0 to {@link #MAX_PGN}; the low byte must be 0 for PDU1
     * @param destination address 0 to 255; must be {@link #GLOBAL_ADDRESS} for PDU2
     * @param source address 0 to 255
     * @throws IllegalArgumentException for any other value
     */
    public static int of(int priority, int pgn, int destination, int source) {
        check("priority", priority, 7);
        check("pgn", pgn, MAX_PGN);
        check("destination", destination, 0xFF);
        check("source", source, 0xFF);
        if (!addressed(pgn)) {
            if (destination != GLOBAL_ADDRESS) {
                throw new IllegalArgumentException(
                        "destination of PDU2 group 0x%X must be 0xFF but is 0x%X".formatted(pgn, destination));
            }
            return priority << 26 | pgn << 8 | source;
        }
        if ((pgn & 0xFF) != 0) {
            throw new IllegalArgumentException("pgn of PDU1 must end in 00 but is 0x%X".formatted(pgn));
        }
        return priority << 26 | pgn << 8 | destination << 8 | source;
    }

    private static boolean addressed(int pgn) {
        return (pgn >>> 8 & 0xFF) < PDU2_FIRST;
    }

    static void check(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("%s must be within [0x0, 0x%X] but is 0x%X".formatted(name, max, value));
        }
    }
}
