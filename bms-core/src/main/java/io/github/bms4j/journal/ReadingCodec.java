package io.github.bms4j.journal;

import java.util.Arrays;

/**
 * Readings of sensors of one kind as few bits, and back to the same bits.
 *
 * <p>Readings come from converters: they are whole multiples k of a step, computed as k·q or k/p in floating point. The codec tries the
 * usual steps and forms; where one gives exactly the reading's bits, only the change of k since the last cycle is written, less the change
 * common to all sensors, in groups of {@value #GROUP} with as many bits as the largest needs. A reading that is no such multiple is written
 * whole. A form that fits badly is chosen anew. Encoder and decoder are two objects that see the same cycles. Thread: one. Allocation: none
 * after construction.
 *
 * <pre>
 * form 6 (63: as before)   common: width 5, that many bits   each group: width 5, its changes; width 31: width 5, then per sensor a tag
 * tag 00 change   01 not offered   10 whole, 64 bits   11 NaN
 * </pre>
 */
final class ReadingCodec {
    private static final int GROUP = 16;
    private static final int SAME_FORM = 63;
    private static final int TAGGED = 31;
    private static final int MOST_WIDTH = 30;
    private static final double MOST_STEPS = 1e8;
    private static final int RECHOOSE_AFTER = 50;
    /** More than one in so many readings written whole is a poor form. */
    private static final int POOR_SHARE = 8;

    private static final long MOST_COMMON = 1L << 28;

    /** k * STEP; then k / PER. The coarsest that fits is the cheapest, so they are tried in this order. */
    private static final double[] STEP = {
        1.0, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.0015, 0.001, 5e-4, 2e-4, 1e-4, 1e-5, 1e-6
    };

    private static final double[] PER = {
        10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0,
        1024.0, 4096.0, 65_536.0
    };

    private static final int FORMS = STEP.length + PER.length;
    private static final byte CHANGE = 0;
    private static final byte ABSENT = 1;
    private static final byte WHOLE = 2;
    private static final byte NAN = 3;
    private static final long NAN_BITS = Double.doubleToRawLongBits(Double.NaN);

    private final int n;
    private final long[] last;
    private final long[] now;
    private final byte[] tag;
    private int form;
    private int cycles;
    private boolean poor;
    private boolean chosen;

    ReadingCodec(int sensors) {
        n = sensors;
        last = new long[n];
        now = new long[n];
        tag = new byte[n];
    }

    /** Most bytes that one cycle takes. */
    static int mostBytes(int sensors) {
        return 8 + sensors * 8 + (sensors / GROUP + 1) * (2 + GROUP / 4 + 1);
    }

    /** Writes one cycle; ends at a whole byte. */
    void write(double[] values, boolean[] offered, int from, BitBuffer to) {
        int before = form;
        boolean first = !chosen;
        if (first || (poor && cycles >= RECHOOSE_AFTER)) {
            choose(values, offered, from);
        }
        cycles++;
        boolean changed = first || form != before;
        to.bits(changed ? form : SAME_FORM, 6);
        if (changed) {
            Arrays.fill(last, 0L);
        }
        int whole = classify(values, offered, from);
        poor = whole * POOR_SHARE > n;
        long common = common();
        writeCommon(common, to);
        for (int g = 0; g < n; g += GROUP) {
            writeGroup(g, Math.min(n, g + GROUP), common, values, from, to);
        }
        to.align();
        keep(common);
    }

    private void choose(double[] values, boolean[] offered, int from) {
        int best = -1;
        int bestFits = 0;
        for (int f = 0; f < FORMS; f++) {
            int fits = 0;
            for (int i = 0; i < n; i++) {
                fits += offered[from + i] && fits(f, values[from + i]) ? 1 : 0;
            }
            if (fits > bestFits) {
                best = f;
                bestFits = fits;
            }
        }
        chosen = chosen || best >= 0;
        form = best >= 0 ? best : form;
        cycles = 0;
    }

    private static boolean fits(int f, double value) {
        return fits(f, value, steps(f, value));
    }

    private static boolean fits(int f, double value, double k) {
        return Math.abs(k) < MOST_STEPS && bits(value(f, (long) k)) == bits(value);
    }

    private static double steps(int f, double value) {
        return Math.rint(f < STEP.length ? value / STEP[f] : value * PER[f - STEP.length]);
    }

    private static double value(int f, long k) {
        return f < STEP.length ? k * STEP[f] : k / PER[f - STEP.length];
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** Sorts the sensors by how they are written; gives how many are written whole. */
    private int classify(double[] values, boolean[] offered, int from) {
        int whole = 0;
        for (int i = 0; i < n; i++) {
            double value = values[from + i];
            double k = steps(form, value);
            if (!offered[from + i]) {
                tag[i] = ABSENT;
            } else if (bits(value) == NAN_BITS) {
                tag[i] = NAN;
            } else if (fits(form, value, k)) {
                tag[i] = CHANGE;
                now[i] = (long) k;
            } else {
                tag[i] = WHOLE;
                whole++;
            }
        }
        return whole;
    }

    /** Rounded mean change of the sensors that have one. */
    private long common() {
        long sum = 0L;
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (tag[i] == CHANGE) {
                sum += now[i] - last[i];
                count++;
            }
        }
        long mean = count == 0 ? 0L : Math.round((double) sum / count);
        return Math.min(MOST_COMMON, Math.max(-MOST_COMMON, mean));
    }

    private static void writeCommon(long common, BitBuffer to) {
        int width = width(BitBuffer.zigzag(common));
        to.bits(width, 5);
        to.bits(BitBuffer.zigzag(common), width);
    }

    private static int width(long unsigned) {
        return 64 - Long.numberOfLeadingZeros(unsigned);
    }

    private void writeGroup(int first, int end, long common, double[] values, int from, BitBuffer to) {
        int width = 0;
        boolean plain = true;
        for (int i = first; i < end; i++) {
            if (tag[i] == CHANGE) {
                int w = width(BitBuffer.zigzag(now[i] - last[i] - common));
                if (w > MOST_WIDTH) {
                    tag[i] = WHOLE; // a leap, as from the first cycle on: no worse than whole
                } else {
                    width = Math.max(width, w);
                }
            }
            plain &= tag[i] == CHANGE;
        }
        if (plain) {
            to.bits(width, 5);
        } else {
            to.bits(TAGGED, 5);
            to.bits(width, 5);
        }
        for (int i = first; i < end; i++) {
            if (!plain) {
                to.bits(tag[i], 2);
            }
            if (tag[i] == CHANGE) {
                to.bits(BitBuffer.zigzag(now[i] - last[i] - common), width);
            } else if (tag[i] == WHOLE) {
                long bits = bits(values[from + i]);
                to.bits(bits >>> 32, 32);
                to.bits(bits & 0xFFFFFFFFL, 32);
            }
        }
    }

    /** What has no change of its own moves on with the others. */
    private void keep(long common) {
        for (int i = 0; i < n; i++) {
            last[i] = tag[i] == CHANGE ? now[i] : last[i] + common;
        }
    }

    /** Reads one cycle. */
    void read(double[] values, boolean[] offered, int from, BitBuffer in) {
        int f = (int) in.bits(6);
        if (f != SAME_FORM) {
            if (f >= FORMS) {
                throw new IllegalArgumentException("form " + f + " must be below " + FORMS);
            }
            form = f;
            Arrays.fill(last, 0L);
        }
        long common = BitBuffer.unzigzag(in.bits((int) in.bits(5)));
        for (int g = 0; g < n; g += GROUP) {
            readGroup(g, Math.min(n, g + GROUP), common, values, offered, from, in);
        }
        in.align();
        keep(common);
    }

    private void readGroup(
            int first, int end, long common, double[] values, boolean[] offered, int from, BitBuffer in) {
        int width = (int) in.bits(5);
        boolean plain = width != TAGGED;
        if (!plain) {
            width = (int) in.bits(5);
        }
        for (int i = first; i < end; i++) {
            tag[i] = plain ? CHANGE : (byte) in.bits(2);
            offered[from + i] = tag[i] != ABSENT;
            switch (tag[i]) {
                case CHANGE -> {
                    now[i] = last[i] + common + BitBuffer.unzigzag(in.bits(width));
                    values[from + i] = value(form, now[i]);
                }
                case WHOLE -> values[from + i] = Double.longBitsToDouble(in.bits(32) << 32 | in.bits(32));
                default -> values[from + i] = Double.NaN;
            }
        }
    }
}
