package io.github.bms4j.can.j1939;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Records what was sent as text; nothing ever arrives. */
final class ScriptedBus implements CanBus {
    private final List<String> sent = new ArrayList<>();
    private int accepts = Integer.MAX_VALUE;

    /** What was sent since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Refuses frames after {@code frames} more. */
    void acceptOnly(int frames) {
        accepts = frames;
    }

    @Override
    public void send(CanFrame frame) throws IOException {
        if (accepts == 0) {
            throw new IOException("full");
        }
        accepts--;
        sent.add(frame.toString());
    }

    @Override
    public boolean poll(CanFrame into) {
        return false;
    }

    @Override
    public void close() {
        sent.clear();
    }
}
