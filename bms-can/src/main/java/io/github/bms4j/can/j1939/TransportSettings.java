package io.github.bms4j.can.j1939;

/**
 * How a {@link J1939Transport} shares the bus.
 *
 * @param maxPerCts packets per clear-to-send, 1 to 255: what we ask the peer to grant at most (byte 5 of our
 *     request-to-send, 255 = no limit) and what we grant at most
 * @param packetsPerStep data packets one {@link J1939Transport#step} puts on the bus at most, 1 to 255; a real interface
 *     queues few frames, and a slower node needs time to empty its buffers
 */
public record TransportSettings(int maxPerCts, int packetsPerStep) {
    /** No limit per clear-to-send, 8 packets per step: 4.5 ms of bus time at 250 kbit/s, within SocketCAN's queue of 10. */
    public static final TransportSettings DEFAULT = new TransportSettings(255, 8);

    public TransportSettings {
        checkPackets("maxPerCts", maxPerCts);
        checkPackets("packetsPerStep", packetsPerStep);
    }

    private static void checkPackets(String name, int value) {
        if (value < 1 || value > 255) {
            throw new IllegalArgumentException(name + " must be 1 to 255 packets but is " + value);
        }
    }
}
