package io.github.bms4j.limit;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.estimate.PackEstimate;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a cell that need no prediction, for one direction at a time: derating, cold, plating now, voltage at once, and
 * the SOC window; of each the cell that allows least.
 *
 * <p>Currents are those of one cell, A. Thread: one. Allocation: none after construction.
 */
final class CellRules {
    private static final LimitRule[] RULES = {
        LimitRule.TEMPERATURE, LimitRule.SOC_DERATE, LimitRule.HEALTH_DERATE, LimitRule.PLATING, LimitRule.CELL_VOLTAGE
    };
    private static final int TEMPERATURE = 0;
    private static final int PLATING = 3;
    private static final int VOLTAGE = 4;

    private final CellRating rating;
    private final CellLookahead cells;
    private final double windowSigmas;
    private final BlockExtremes extremes;
    private final CellBlocks blocks;
    private final DeratingTable[][] tables;
    private final int[][] ruleOfTable;
    private final double[] leastA = new double[RULES.length];
    private final int[] leastCell = new int[RULES.length];
    private double leastWindowAh;
    private int windowCell;
    private Direction direction = Direction.DISCHARGE;

    CellRules(CellType type, LimitSettings settings, CellLookahead cells, BlockExtremes extremes, CellBlocks blocks) {
        this.rating = type.rating();
        this.cells = cells;
        this.windowSigmas = settings.sigmas().window();
        this.extremes = extremes;
        this.blocks = blocks;
        List<DeratingTable> all = new ArrayList<>(settings.derating());
        double margin = settings.temperatureMarginK();
        double span = settings.derateSpanK();
        all.add(DeratingTable.hot(Direction.CHARGE, rating.charge(), margin, span));
        all.add(DeratingTable.hot(Direction.DISCHARGE, rating.discharge(), margin, span));
        all.add(DeratingTable.cold(Direction.DISCHARGE, rating.discharge(), span));
        tables = new DeratingTable[2][];
        ruleOfTable = new int[2][];
        for (Direction d : Direction.values()) {
            tables[d.ordinal()] = all.stream().filter(t -> t.direction() == d).toArray(DeratingTable[]::new);
            int[] slots = new int[tables[d.ordinal()].length];
            for (int k = 0; k < slots.length; k++) {
                slots[k] = slot(tables[d.ordinal()][k].by().rule());
            }
            ruleOfTable[d.ordinal()] = slots;
        }
    }

    private static int slot(LimitRule rule) {
        int k = 0;
        while (RULES[k] != rule) {
            k++;
        }
        return k;
    }

    /** Looks at all cells for one direction. */
    void look(Direction newDirection, PackEstimate estimate) {
        direction = newDirection;
        int d = direction.ordinal();
        for (int k = 0; k < RULES.length; k++) {
            leastA[k] = Double.POSITIVE_INFINITY;
        }
        leastWindowAh = Double.POSITIVE_INFINITY;
        windowCell = Limit.WHOLE_PACK;
        for (int b = 0; b < extremes.size(); b++) {
            if (!allowsAll(b, d)) {
                int end = extremes.end(b);
                for (int c = extremes.first(b); c < end; c++) {
                    look(c, d, estimate);
                }
            }
        }
    }

    /** Whether no cell of a block lowers what those before it have left. */
    private boolean allowsAll(int b, int d) {
        double coldDegC = extremes.coldDegC[b];
        if (d == 1 && !(coldDegC > rating.charge().minDegC())) {
            return false;
        }
        for (DeratingTable table : tables[d]) {
            boolean all = switch (table.by()) {
                case TEMPERATURE -> table.full(coldDegC, extremes.hotDegC[b]);
                case SOC -> table.full(extremes.lowSoc[d][b], extremes.highSoc[d][b]);
                case SOH_C, SOH_R -> false;
            };
            if (!all) {
                return false;
            }
        }
        return blocks.allows(b, d, windowSigmas, leastA[PLATING], leastA[VOLTAGE], leastWindowAh);
    }

    private void look(int c, int d, PackEstimate estimate) {
        boolean charging = d == 1;
        double mostA = charging ? rating.maxChargeA() : rating.maxDischargeA();
        if (charging) {
            double platingA = cells.platingA(c);
            mostA = Math.min(mostA, platingA);
            if (!(cells.now.coldDegC[c] > rating.charge().minDegC())) {
                lower(TEMPERATURE, 0.0, c);
            }
            lower(PLATING, platingA, c);
        }
        derate(d, c, mostA, estimate);
        lower(VOLTAGE, cells.atOnceA(c, d), c);
        double margin = windowSigmas * cells.now.socSigma[c];
        double room = (charging ? 1.0 - cells.now.likelySoc[c] : cells.now.likelySoc[c]) - margin;
        double roomAh = room * cells.now.capacityAh(c);
        if (!(roomAh >= leastWindowAh)) {
            leastWindowAh = roomAh;
            windowCell = c;
        }
    }

    private void derate(int d, int c, double mostA, PackEstimate estimate) {
        for (int k = 0; k < tables[d].length; k++) {
            DeratingTable table = tables[d][k];
            double share = switch (table.by()) {
                case TEMPERATURE -> Math.min(table.share(cells.now.hotDegC[c]), table.share(cells.now.coldDegC[c]));
                case SOC -> table.share(cells.now.soc[d][c]);
                case SOH_C -> table.share(estimate.health().sohC(c));
                case SOH_R -> table.share(estimate.health().sohR(c));
            };
            if (!(share >= 1.0)) {
                lower(ruleOfTable[d][k], share * mostA, c);
            }
        }
    }

    private void lower(int rule, double candidateA, int c) {
        if (!(candidateA >= leastA[rule])) {
            leastA[rule] = candidateA;
            leastCell[rule] = c;
        }
    }

    /** Starts a limit with what the cells' rules allow in the direction looked at, for a span of time. */
    void lower(Limit limit, double spanS) {
        boolean charging = direction == Direction.CHARGE;
        limit.restart(
                charging ? rating.maxChargeA() : rating.maxDischargeA(), LimitRule.CURRENT_RATING, Limit.WHOLE_PACK);
        for (int k = 0; k < RULES.length; k++) {
            if (!(leastA[k] >= Double.POSITIVE_INFINITY)) {
                limit.lowerTo(leastA[k], RULES[k], leastCell[k]);
            }
        }
        limit.lowerTo(leastWindowAh * 3600.0 / spanS, LimitRule.SOC_WINDOW, windowCell);
    }

    /** Notes what the rule of a limit looked at. */
    void read(Limit limit) {
        int c = limit.cell();
        if (c == Limit.WHOLE_PACK) {
            return;
        }
        switch (limit.rule()) {
            case CELL_VOLTAGE -> limit.reading(cells.now.v[c]);
            case SELF_HEATING -> limit.reading(cells.now.hotDegC[c]);
            case PLATING -> limit.reading(cells.now.coldDegC[c]);
            case TEMPERATURE -> limit.reading(nearerToItsEnd(c));
            case SOC_WINDOW, SOC_DERATE -> limit.reading(100.0 * cells.now.soc[direction.ordinal()][c]);
            default -> {
                // looks at nothing of a cell
            }
        }
    }

    private double nearerToItsEnd(int c) {
        boolean charging = direction == Direction.CHARGE;
        double roomK = (charging ? rating.charge() : rating.discharge()).maxDegC() - cells.now.hotDegC[c];
        double aboveK = cells.now.coldDegC[c] - (charging ? rating.charge() : rating.discharge()).minDegC();
        return roomK < aboveK ? cells.now.hotDegC[c] : cells.now.coldDegC[c];
    }
}
