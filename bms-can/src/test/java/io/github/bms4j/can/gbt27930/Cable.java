package io.github.bms4j.can.gbt27930;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two nodes and the cable between them; frames arrive at once. Allocates nothing while nobody records. */
final class Cable {
    final End vehicle = new End();
    final End charger = new End();

    /** What passed, when somebody records. */
    record Seen(double timeS, String frame) {
        boolean is(GbtMessage message) {
            return frame.startsWith("%08X#".formatted(message.id()));
        }

        String payload() {
            return frame.substring(9);
        }
    }

    final class End implements CanBus {
        private final CanFrame[] ring = new CanFrame[512];
        private int in;
        private int out;
        boolean broken;
        boolean recording = true;
        double nowS;
        final List<Seen> sent = new ArrayList<>();

        private End() {
            for (int i = 0; i < ring.length; i++) {
                ring[i] = new CanFrame();
            }
        }

        @Override
        public void send(CanFrame frame) throws IOException {
            check();
            if (recording) {
                sent.add(new Seen(nowS, frame.toString()));
            }
            (this == vehicle ? charger : vehicle).arrive(frame);
        }

        void arrive(CanFrame frame) {
            if (in - out < ring.length) {
                ring[in++ & ring.length - 1].copyFrom(frame);
            }
        }

        @Override
        public boolean poll(CanFrame into) throws IOException {
            check();
            if (in == out) {
                return false;
            }
            into.copyFrom(ring[out++ & ring.length - 1]);
            return true;
        }

        @Override
        public void close() {}

        private void check() throws IOException {
            if (broken) {
                throw new IOException("cable cut");
            }
        }
    }
}
