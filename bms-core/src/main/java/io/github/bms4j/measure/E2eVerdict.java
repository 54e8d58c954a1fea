package io.github.bms4j.measure;

/**
 * What the end-to-end check said about one received message.
 *
 * <p>The check itself (checksum, counter) belongs to the codec of the bus; here is only its result.
 */
public enum E2eVerdict {
    /** The message carries no protection; that it came is all there is to know. */
    NOT_PROTECTED(true),
    /** Checksum right, counter moved on. */
    OK(true),
    /** The counter stands where it stood: the sender sends the same message again. */
    REPEATED(false),
    /** The counter jumped further than allowed. */
    WRONG_SEQUENCE(false),
    /** The checksum does not fit. */
    WRONG_CRC(false);

    private final boolean accepted;

    E2eVerdict(boolean accepted) {
        this.accepted = accepted;
    }

    /** Whether the content may be used. */
    public boolean accepted() {
        return accepted;
    }
}
