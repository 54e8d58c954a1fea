package io.github.bms4j.can.log;

import io.github.bms4j.can.frame.CanFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Frames written in tests as candump writes them. */
public final class FrameText {
    private FrameText() {}

    /** A new frame from text such as {@code 1826F456#010100}. */
    public static CanFrame parse(String text) {
        byte[] line = ("(0.0) x " + text).getBytes(StandardCharsets.US_ASCII);
        CanFrame frame = new CanFrame();
        try (CandumpReader reader = new CandumpReader(new ByteArrayInputStream(line), "test")) {
            reader.read(frame);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return frame;
    }
}
