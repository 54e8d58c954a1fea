package io.github.bms4j.balance;

import java.util.Arrays;

/**
 * Which channels have their turn: those with most left to bleed first, as many as the board stands.
 *
 * <p>Greedy: one after the other the cell with most left is taken if its heat still fits and no neighbour is on. What is not taken has
 * more left than the others at the next turn, so nobody waits for ever. Thread: one. Allocation: none after construction.
 */
final class ChannelTurns {
    private final BleedBoard board;
    private final boolean[] chosen;
    private final boolean[] refused;

    ChannelTurns(BleedBoard board, int cells) {
        this.board = board;
        chosen = new boolean[cells];
        refused = new boolean[cells];
    }

    /**
     * Chooses anew.
     *
     * @param leftAh what is left to bleed, Ah; 0 or less for a cell that is not bled
     * @param cellV cell voltages, V
     */
    void choose(double[] leftAh, double[] cellV) {
        Arrays.fill(chosen, false);
        Arrays.fill(refused, false);
        double heatW = 0.0;
        int channels = 0;
        for (int c = most(leftAh); c >= 0 && channels < board.mostChannels(); c = most(leftAh)) {
            double w = cellV[c] * cellV[c] / board.resistanceOhm();
            boolean beside = (c > 0 && chosen[c - 1]) || (c + 1 < chosen.length && chosen[c + 1]);
            if ((beside && !board.neighbours()) || heatW + w > board.mostW()) {
                refused[c] = true;
            } else {
                chosen[c] = true;
                heatW += w;
                channels++;
            }
        }
    }

    /** The cell with most left that was neither chosen nor refused, or -1. */
    private int most(double[] leftAh) {
        int best = -1;
        for (int c = 0; c < leftAh.length; c++) {
            if (!chosen[c] && !refused[c] && leftAh[c] > (best < 0 ? 0.0 : leftAh[best])) {
                best = c;
            }
        }
        return best;
    }

    /** Nobody has a turn. */
    void clear() {
        Arrays.fill(chosen, false);
    }

    /** Whether a channel has its turn. */
    boolean chosen(int c) {
        return chosen[c];
    }

    /** Ends one channel's turn. */
    void end(int c) {
        chosen[c] = false;
    }
}
