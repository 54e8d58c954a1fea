package io.github.bms4j.can.j1939;

/**
 * How a transfer ended, and the reason code its abort frame carried if we closed it that way.
 *
 * <p>Codes are those of J1939-21: 3 timeout, 4 clear-to-send during data, 5 retransmission limit, 7 bad sequence number,
 * 9 message too long, 250 any other.
 *
 * @see "Linux kernel, net/can/j1939/transport.c, enum j1939_xtp_abort"
 */
public enum TransportOutcome {
    /** No transfer has ended yet. */
    NONE(0),
    /** The message arrived whole; for a sender, the peer said so. */
    DONE(0),
    /** Sender: the peer did not answer the request-to-send, or a block, within T3 = 1250 ms. */
    NO_CLEAR_TO_SEND(3),
    /** Sender: all packets were sent and no acknowledgement came within T3 = 1250 ms. The peer may have the message. */
    NO_ACKNOWLEDGEMENT(3),
    /** Sender: the peer asked us to hold and did not renew that within T4 = 1050 ms. */
    HOLD_EXPIRED(3),
    /** Sender: our frames could not go out for T1 = 750 ms: the bus refused them or nobody called step. */
    STALLED(3),
    /** Sender: a clear-to-send came in the middle of a block. */
    CLEAR_TO_SEND_DURING_DATA(4),
    /** Sender: a clear-to-send asked for packets that do not exist or skipped some never sent. */
    BAD_CLEAR_TO_SEND(7),
    /** Receiver: no packet followed our clear-to-send within T2 = 1250 ms. */
    NO_DATA(3),
    /** Receiver: the packets stopped within a block for T1 = 750 ms. */
    DATA_STOPPED(3),
    /** Receiver: packets of one message were lost more often than we ask again. */
    RETRANSMIT_LIMIT(5),
    /** Receiver: the announced message is longer than 1785 bytes. */
    TOO_LONG(9),
    /** Receiver: the announced length is 0, or does not fit the announced packet count. */
    BAD_REQUEST(250),
    /** Receiver: the peer began a new message before this one was complete. */
    REPLACED(0),
    /** The peer sent an abort; see {@link J1939Transport#peerAbortCode}. */
    ABORTED_BY_PEER(0);

    private final int abortCode;

    TransportOutcome(int abortCode) {
        this.abortCode = abortCode;
    }

    /** The reason code of the abort frame we send for this outcome; 0 when we send none. */
    public int abortCode() {
        return abortCode;
    }
}
