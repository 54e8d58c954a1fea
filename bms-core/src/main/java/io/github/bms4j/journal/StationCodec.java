package io.github.bms4j.journal;

import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import java.util.Arrays;

/** What is known of a station, cycle by cycle, to the same bits. Thread: one. Allocation: none after construction. */
final class StationCodec {
    private static final int VALUES = 8;

    static final int MOST_BYTES = 16 + ReadingCodec.mostBytes(VALUES);

    private final ReadingCodec codec = new ReadingCodec(VALUES);
    private final double[] values = new double[VALUES];
    private final boolean[] offered = new boolean[VALUES];

    void write(StationState state, BitBuffer to) {
        to.u8(state.phase.ordinal());
        to.u8(state.stop.ordinal());
        to.u8(state.permitted ? 1 : 0);
        to.varint(state.restarts);
        values[0] = state.maxV;
        values[1] = state.minV;
        values[2] = state.maxA;
        values[3] = state.minA;
        values[4] = state.presentV;
        values[5] = state.presentA;
        values[6] = state.elapsedMin;
        values[7] = state.deliveredWh;
        Arrays.fill(offered, true);
        codec.write(values, offered, 0, to);
    }

    void read(StationState into, FlightWords words, BitBuffer in) {
        into.phase = words.word(ChargePhase.class, in.u8());
        into.stop = words.word(StopCause.class, in.u8());
        into.permitted = in.u8() == 1;
        into.restarts = (int) in.varint();
        codec.read(values, offered, 0, in);
        into.maxV = values[0];
        into.minV = values[1];
        into.maxA = values[2];
        into.minA = values[3];
        into.presentV = values[4];
        into.presentA = values[5];
        into.elapsedMin = values[6];
        into.deliveredWh = values[7];
    }
}
