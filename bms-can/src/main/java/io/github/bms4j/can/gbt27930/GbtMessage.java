package io.github.bms4j.can.gbt27930;

import static io.github.bms4j.can.gbt27930.GbtNode.CHARGER;
import static io.github.bms4j.can.gbt27930.GbtNode.VEHICLE;

import io.github.bms4j.can.frame.CanFrame;
import org.jspecify.annotations.Nullable;

/**
 * The messages: who sends them, under which PGN, how long they are and how often they go out.
 *
 * <p>Lengths are the shortest that is accepted (the 2011 edition, or one entry of a list), the length of the 2015 edition,
 * and the longest. A message of more than 8 bytes travels through the J1939 transport, any other in one frame: the list of
 * a pack with few probes fits one.
 *
 * <p>Source: tables of public charger and vehicle drivers, checked against recorded sessions.
 */
public enum GbtMessage {
    /** Charger handshake: protocol version. */
    CHM(CHARGER, 0x2600, 6, 3, 3, 3, 250),
    /** Vehicle handshake: voltage the insulation test may use. */
    BHM(VEHICLE, 0x2700, 6, 2, 2, 2, 250),
    /** Charger identification: is the vehicle recognised. */
    CRM(CHARGER, 0x0100, 6, 8, 8, 8, 250),
    /** Vehicle and battery identification. */
    BRM(VEHICLE, 0x0200, 7, 41, 49, 49, 250),
    /** Battery charging parameters. */
    BCP(VEHICLE, 0x0600, 7, 13, 13, 13, 500),
    /** Charger's wall clock. */
    CTS(CHARGER, 0x0700, 6, 7, 7, 7, 500),
    /** Charger's output limits. */
    CML(CHARGER, 0x0800, 6, 6, 8, 8, 250),
    /** Vehicle ready to charge. */
    BRO(VEHICLE, 0x0900, 4, 1, 1, 1, 250),
    /** Charger ready to charge. */
    CRO(CHARGER, 0x0A00, 4, 1, 1, 1, 250),
    /** Vehicle's demand of voltage and current. */
    BCL(VEHICLE, 0x1000, 6, 5, 5, 5, 50),
    /** State of the battery while charging. */
    BCS(VEHICLE, 0x1100, 7, 9, 9, 9, 250),
    /** State of the charger while charging. */
    CCS(CHARGER, 0x1200, 6, 6, 8, 8, 50),
    /** Extreme cells and alarms of the battery. */
    BSM(VEHICLE, 0x1300, 6, 7, 7, 7, 250),
    /** All cell voltages; optional. */
    BMV(VEHICLE, 0x1500, 7, 2, 2, 512, 10_000),
    /** All battery temperatures; optional. */
    BMT(VEHICLE, 0x1600, 7, 1, 1, 128, 10_000),
    /** Reserved list; optional. */
    BSP(VEHICLE, 0x1700, 7, 1, 16, 16, 10_000),
    /** Vehicle stops charging. */
    BST(VEHICLE, 0x1900, 4, 4, 4, 4, 10),
    /** Charger stops charging. */
    CST(CHARGER, 0x1A00, 4, 4, 4, 4, 10),
    /** Battery's figures after charging. */
    BSD(VEHICLE, 0x1C00, 6, 7, 7, 7, 250),
    /** Charger's figures after charging. */
    CSD(CHARGER, 0x1D00, 6, 5, 8, 8, 250),
    /** What the vehicle waited for in vain. */
    BEM(VEHICLE, 0x1E00, 2, 4, 4, 4, 250),
    /** What the charger waited for in vain. */
    CEM(CHARGER, 0x1F00, 2, 4, 4, 4, 250);

    private static final GbtMessage[] ALL = values();
    private static final long NANOS_PER_MS = 1_000_000L;

    private final GbtNode sender;
    private final int pgn;
    private final int priority;
    private final int minLength;
    private final int length;
    private final int maxLength;
    private final int periodMs;

    GbtMessage(GbtNode sender, int pgn, int priority, int minLength, int length, int maxLength, int periodMs) {
        this.sender = sender;
        this.pgn = pgn;
        this.priority = priority;
        this.minLength = minLength;
        this.length = length;
        this.maxLength = maxLength;
        this.periodMs = periodMs;
    }

    /** Who sends it. */
    public GbtNode sender() {
        return sender;
    }

    /** J1939 parameter group number, destination byte 0. */
    public int pgn() {
        return pgn;
    }

    /** J1939 priority, 0 highest. */
    public int priority() {
        return priority;
    }

    /** Shortest payload that is accepted, bytes. */
    public int minLength() {
        return minLength;
    }

    /** Payload of the 2015 edition, bytes; for a list the length of its shortest form. */
    public int length() {
        return length;
    }

    /** Longest payload, bytes; what a peer sends beyond is ignored. */
    public int maxLength() {
        return maxLength;
    }

    /** Sending period, ns. */
    public long periodNanos() {
        return periodMs * NANOS_PER_MS;
    }

    /** The 29-bit identifier of its frame; for a message longer than 8 bytes the one it would have. */
    public int id() {
        return (priority << 26) | (pgn << 8) | (sender.peer().address() << 8) | sender.address();
    }

    /** The message with this PGN (destination byte 0), or null. */
    public static @Nullable GbtMessage ofPgn(int pgn) {
        for (GbtMessage message : ALL) {
            if (message.pgn == pgn) {
                return message;
            }
        }
        return null;
    }

    /**
     * The single-frame message in {@code frame}, or null when the frame is none of {@code sender}'s: other node, not
     * extended, remote, error, unknown PGN, packet of a transport. The priority bits are not compared.
     */
    public static @Nullable GbtMessage in(CanFrame frame, GbtNode sender) {
        int id = frame.id();
        boolean ours = frame.extended()
                && !frame.remote()
                && !frame.error()
                && !frame.fd()
                && (id & 0xFFFF) == ((sender.peer().address() << 8) | sender.address());
        GbtMessage message = ours ? ofPgn((id >>> 8) & 0x3FF00) : null;
        return message != null && message.sender == sender ? message : null;
    }
}
