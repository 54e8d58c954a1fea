package io.github.bms4j.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a candump log of a GB/T 27930-2015 session from the protocol's byte tables alone; shares no code with the library.
 *
 * <p>Every frame must be one of the table's or part of a J1939-21 transfer with all its rules; what is not goes to
 * {@link #findings}. Times are those of the frames' ends, µs.
 */
final class DemoLogAudit {
    private static final Pattern LINE =
            Pattern.compile("\\((\\d{10})\\.(\\d{6})\\) can0 ([0-9A-F]{8})#([0-9A-F]{0,16})");
    private static final long BMS_CM = 0x1CEC56F4L;
    private static final long CHARGER_CM = 0x1CECF456L;
    private static final long BMS_DT = 0x1CEB56F4L;

    /** T3: from RTS or the last data packet to the answer. T1: between two packets. */
    private static final long T3_MICROS = 1_250_000;

    private static final long T1_MICROS = 750_000;

    /** Identifier, least and most bytes of each message that fits in one frame. */
    private static final Map<Long, Row> SINGLE = Map.ofEntries(
            Map.entry(0x1826F456L, new Row("CHM", 3, 3)),
            Map.entry(0x182756F4L, new Row("BHM", 2, 2)),
            Map.entry(0x1801F456L, new Row("CRM", 8, 8)),
            Map.entry(0x1807F456L, new Row("CTS", 7, 7)),
            Map.entry(0x1808F456L, new Row("CML", 8, 8)),
            Map.entry(0x100956F4L, new Row("BRO", 1, 1)),
            Map.entry(0x100AF456L, new Row("CRO", 1, 1)),
            Map.entry(0x181056F4L, new Row("BCL", 5, 5)),
            Map.entry(0x1812F456L, new Row("CCS", 8, 8)),
            Map.entry(0x181356F4L, new Row("BSM", 7, 7)),
            Map.entry(0x101956F4L, new Row("BST", 4, 4)),
            Map.entry(0x101AF456L, new Row("CST", 4, 4)),
            Map.entry(0x181C56F4L, new Row("BSD", 7, 7)),
            Map.entry(0x181DF456L, new Row("CSD", 8, 8)),
            Map.entry(0x081E56F4L, new Row("BEM", 4, 4)),
            Map.entry(0x081FF456L, new Row("CEM", 4, 4)));

    /** PGN and bytes of each message that needs the transport. */
    private static final Map<Integer, Row> LONG = Map.of(
            0x0200, new Row("BRM", 41, 49),
            0x0600, new Row("BCP", 13, 13),
            0x1100, new Row("BCS", 9, 9),
            0x1500, new Row("BMV", 2, 512),
            0x1600, new Row("BMT", 1, 128));

    private record Row(String name, int least, int most) {}

    /** One message; {@code startMicros} is its first frame's time, {@code endMicros} that of the frame that made it whole. */
    static final class Message {
        private final String name;
        private final long startMicros;
        private final long endMicros;
        private final byte[] data;

        Message(String name, long startMicros, long endMicros, byte[] data) {
            this.name = name;
            this.startMicros = startMicros;
            this.endMicros = endMicros;
            this.data = data;
        }

        String name() {
            return name;
        }

        long startMicros() {
            return startMicros;
        }

        long endMicros() {
            return endMicros;
        }

        byte[] data() {
            return data;
        }

        int u8(int byteFrom1) {
            return data[byteFrom1 - 1] & 0xFF;
        }

        int u16(int byteFrom1) {
            return u8(byteFrom1) | u8(byteFrom1 + 1) << 8;
        }

        /** A current in its wire form, 0.1 A from -400 A; charging is negative. */
        double amperes(int byteFrom1) {
            return u16(byteFrom1) / 10.0 - 400.0;
        }
    }

    /** A transfer that has begun. */
    private static final class Transfer {
        final Row row;
        final int pgn;
        final long startMicros;
        final byte[] data;
        final int packets;
        boolean cleared;
        int received;
        long lastMicros;

        Transfer(Row row, int pgn, long startMicros, int length, int packets) {
            this.row = row;
            this.pgn = pgn;
            this.startMicros = startMicros;
            this.lastMicros = startMicros;
            this.data = new byte[length];
            this.packets = packets;
        }
    }

    private final Map<String, List<Message>> messages = new TreeMap<>();
    private final List<Message> inOrder = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private @Nullable Transfer transfer;
    private long frames;
    private long lastMicros;

    static DemoLogAudit of(Path log) throws IOException {
        DemoLogAudit audit = new DemoLogAudit();
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                audit.line(line);
            }
        }
        if (audit.transfer != null) {
            audit.finding("a transfer of " + audit.transfer.row.name + " never ended");
        }
        return audit;
    }

    /** All messages of a name, in order. */
    List<Message> all(String name) {
        return messages.getOrDefault(name, List.of());
    }

    /** All messages in the order in which they were whole. */
    List<Message> inOrder() {
        return inOrder;
    }

    List<String> findings() {
        return findings;
    }

    long frames() {
        return frames;
    }

    private void finding(String what) {
        findings.add(String.format(Locale.ROOT, "%.6f s: %s", lastMicros * 1e-6, what));
    }

    private void line(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            finding("no candump line: " + line);
            return;
        }
        long micros = Long.parseLong(parts.group(1)) * 1_000_000 + Long.parseLong(parts.group(2));
        if (micros < lastMicros) {
            finding("time runs back at " + line);
        }
        lastMicros = micros;
        frames++;
        long id = Long.parseLong(parts.group(3), 16);
        byte[] data = HexFormat.of().parseHex(parts.group(4));
        Row row = SINGLE.get(id);
        if (row != null) {
            if (data.length < row.least || data.length > row.most) {
                finding(row.name + " of " + data.length + " bytes");
            }
            add(new Message(row.name, micros, micros, data));
        } else if ((id == BMS_CM || id == CHARGER_CM || id == BMS_DT) && data.length == 8) {
            transport(id, micros, data);
        } else {
            finding("a frame of no message: " + line);
        }
    }

    private void transport(long id, long micros, byte[] d) {
        int control = d[0] & 0xFF;
        Transfer open = transfer;
        if (open != null && micros - open.lastMicros > (id == BMS_DT && open.received > 0 ? T1_MICROS : T3_MICROS)) {
            finding("a transfer of " + open.row.name + " waited too long");
        }
        if (id == BMS_CM && control == 0x10) {
            request(micros, d);
        } else if (open == null) {
            finding("a transport frame outside a transfer");
        } else if (id == BMS_DT) {
            packet(open, micros, d);
        } else if (id == CHARGER_CM && control == 0x11) {
            boolean whole = (d[1] & 0xFF) == open.packets && d[2] == 1 && d[3] == -1 && d[4] == -1;
            if (open.cleared || !whole || pgn(d) != open.pgn) {
                finding("a clear-to-send that does not fit " + open.row.name);
            }
            open.cleared = true;
            open.lastMicros = micros;
        } else if (id == CHARGER_CM && control == 0x13) {
            boolean fits = u16(d, 1) == open.data.length && (d[3] & 0xFF) == open.packets && d[4] == -1;
            if (open.received != open.packets || !fits || pgn(d) != open.pgn) {
                finding("an end of message that does not fit " + open.row.name);
            }
            transfer = null;
        } else {
            finding("control byte " + control + " from " + Long.toHexString(id));
        }
    }

    private void request(long micros, byte[] d) {
        int length = u16(d, 1);
        int packets = d[3] & 0xFF;
        Row row = LONG.get(pgn(d));
        if (transfer != null) {
            finding("a transfer begins inside another");
        }
        if (row == null || length < row.least || length > row.most || packets != (length + 6) / 7) {
            finding("a request to send " + length + " bytes in " + packets + " packets of "
                    + Integer.toHexString(pgn(d)));
            return;
        }
        transfer = new Transfer(row, pgn(d), micros, length, packets);
    }

    private void packet(Transfer open, long micros, byte[] d) {
        if (!open.cleared || open.received >= open.packets || (d[0] & 0xFF) != open.received + 1) {
            finding("packet " + d[0] + " of " + open.row.name + " out of turn");
            return;
        }
        for (int i = 1; i < 8; i++) {
            int at = open.received * 7 + i - 1;
            if (at < open.data.length) {
                open.data[at] = d[i];
            } else if (d[i] != -1) {
                finding("the last packet of " + open.row.name + " is not filled with FF");
            }
        }
        open.received++;
        open.lastMicros = micros;
        if (open.received == open.packets) {
            add(new Message(open.row.name, open.startMicros, micros, open.data));
        }
    }

    private void add(Message message) {
        inOrder.add(message);
        messages.computeIfAbsent(message.name, name -> new ArrayList<>()).add(message);
    }

    private static int pgn(byte[] d) {
        return u16(d, 5) | (d[7] & 0xFF) << 16;
    }

    private static int u16(byte[] d, int at) {
        return (d[at] & 0xFF) | (d[at + 1] & 0xFF) << 8;
    }
}
