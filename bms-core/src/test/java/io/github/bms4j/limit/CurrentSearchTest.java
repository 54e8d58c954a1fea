package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.SampleCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search against the slow obvious one: every cell for itself by halving the grid, then the least of all. */
class CurrentSearchTest {
    private static final int PACKS = 40;

    /** The largest sound step of one cell over all horizons up to one. */
    private static int slowly(CellLookahead cells, int c, int d, int horizon, double stepA) {
        int least = CurrentSearch.STEPS;
        for (int h = 0; h <= horizon; h++) {
            int low = 0;
            int high = CurrentSearch.STEPS + 1;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (cells.excess(c, d, h, middle * stepA) <= 0.0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            least = Math.min(least, low);
        }
        return least;
    }

    @ParameterizedTest(name = "SOC {0}, {1} °C")
    @CsvSource({"0.5, 25", "0.08, 12", "0.9, 20", "0.4, -12", "0.6, 50", "0.95, 35", "0.2, 0", "0.03, 30"})
    void givesTheSameBitsAsTheLeastOfAllCells(double soc, double degC) {
        for (int seed = 0; seed < PACKS / 8; seed++) {
            RandomPack pack = new RandomPack(SampleCells.bent(), 21, seed);
            CellLookahead cells = new CellLookahead(pack.type, pack.layout, LimitSettings.standard());
            BlockExtremes extremes = new BlockExtremes(cells.now, 21);
            CellBlocks blocks = new CellBlocks(cells, cells.tables, extremes);
            double dischargeA = pack.type.rating().maxDischargeA();
            double chargeA = pack.type.rating().maxChargeA();
            CurrentSearch search = new CurrentSearch(cells, extremes, blocks, dischargeA, chargeA);
            for (int k = 0; k < 3; k++) { // the later ones begin at what the earlier ones found
                pack.put(soc, degC, 2.0 - 2.0 * k);
                cells.now.load(pack.sample, pack.estimate, 1.0);
                extremes.load();
                for (int d = 0; d < 2; d++) {
                    double mostA = d == 0 ? dischargeA : chargeA;
                    double stepA = mostA / CurrentSearch.STEPS;
                    search.begin();
                    for (int h = 0; h < Horizon.values().length; h++) {
                        int least = CurrentSearch.STEPS;
                        int whose = Limit.WHOLE_PACK;
                        for (int c = 0; c < 21; c++) {
                            int step = slowly(cells, c, d, h, stepA);
                            if (step < least) {
                                least = step;
                                whose = c;
                            }
                        }
                        boolean found = search.run(d, h, mostA);
                        String where = "seed " + seed + " round " + k + " direction " + d + " horizon " + h;
                        assertEquals(whose != Limit.WHOLE_PACK, found, where);
                        if (found) {
                            assertEquals(least * stepA, search.limitA(), where);
                            assertEquals(least, slowly(cells, search.cell(), d, h, stepA), where);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "SOC {0}, {1} °C")
    @CsvSource({"0.5, 25", "0.08, 12", "0.9, 20", "0.4, -12", "0.6, 50", "0.1, 0"})
    void aSoundBlockHoldsNoCellThatBreaksABound(double soc, double degC) {
        int sound = 0;
        int broken = 0;
        for (int seed = 0; seed < 20; seed++) {
            RandomPack pack = new RandomPack(seed % 2 == 0 ? SampleCells.bent() : SampleCells.rich(), 24, seed);
            CellLookahead cells = new CellLookahead(pack.type, pack.layout, LimitSettings.standard());
            BlockExtremes extremes = new BlockExtremes(cells.now, 24);
            CellBlocks blocks = new CellBlocks(cells, cells.tables, extremes);
            pack.put(soc, degC, seed % 5 - 2.0);
            cells.now.load(pack.sample, pack.estimate, 0.0);
            extremes.load();
            for (int d = 0; d < 2; d++) {
                double ratedA = d == 0
                        ? pack.type.rating().maxDischargeA()
                        : pack.type.rating().maxChargeA();
                for (int h = 0; h < Horizon.values().length; h++) {
                    for (int k = 0; k <= 16; k++) {
                        double a = ratedA * k / 16.0;
                        for (int b = 0; b < extremes.size(); b++) {
                            if (!blocks.sound(b, d, h, a)) {
                                broken++;
                                continue;
                            }
                            sound++;
                            for (int c = extremes.first(b); c < extremes.end(b); c++) {
                                double excess = cells.excess(c, d, h, a);
                                assertTrue(excess <= 0.0, "seed " + seed + " cell " + c + " " + excess);
                            }
                        }
                    }
                }
            }
        }
        assertTrue(sound > 50 && broken > 50, sound + " sound, " + broken + " not");
    }

    @ParameterizedTest(name = "SOC {0}, {1} °C")
    @CsvSource({"0.5, 25", "0.85, 20", "0.95, 30", "0.4, 3", "0.6, 50", "0.05, 10"})
    void whatABlockAllowsNoneOfItsCellsIsDenied(double soc, double degC) {
        int allowed = 0;
        int denied = 0;
        for (int seed = 0; seed < 20; seed++) {
            RandomPack pack = new RandomPack(SampleCells.rich(), 24, seed);
            CellLookahead cells = new CellLookahead(pack.type, pack.layout, LimitSettings.standard());
            BlockExtremes extremes = new BlockExtremes(cells.now, 24);
            CellBlocks blocks = new CellBlocks(cells, cells.tables, extremes);
            pack.put(soc, degC, seed % 5 - 2.0);
            cells.load(pack.sample, pack.estimate, 0.0);
            extremes.load();
            for (int k = 0; k < 40; k++) {
                int d = k % 2;
                int some = (7 * k + seed) % 24; // what another cell is allowed is what is asked for
                double platingA = d == 0 ? 0.0 : cells.platingA(some);
                double atOnceA = cells.atOnceA(some, d);
                double windowAh = 0.1 * (k % 8);
                for (int b = 0; b < extremes.size(); b++) {
                    if (!blocks.allows(b, d, 1.0, platingA, atOnceA, windowAh)) {
                        denied++;
                        continue;
                    }
                    allowed++;
                    for (int c = extremes.first(b); c < extremes.end(b); c++) {
                        String where = "seed " + seed + " direction " + d + " cell " + c;
                        double room = d == 0 ? cells.now.likelySoc[c] : 1.0 - cells.now.likelySoc[c];
                        assertTrue(d == 0 || cells.platingA(c) >= platingA, where);
                        assertTrue(cells.atOnceA(c, d) >= atOnceA, where);
                        assertTrue((room - cells.now.socSigma[c]) * cells.now.capacityAh(c) >= windowAh, where);
                    }
                }
            }
        }
        assertTrue(allowed > 20 && denied > 20, allowed + " allowed, " + denied + " not");
    }

    @Test
    void moreCurrentIsAlwaysWorse() {
        for (CellType type : new CellType[] {SampleCells.bent(), SampleCells.rich(), SampleCells.straight()}) {
            for (int seed = 0; seed < 20; seed++) {
                RandomPack pack = new RandomPack(type, 8, seed);
                CellLookahead cells = new CellLookahead(type, pack.layout, LimitSettings.standard());
                pack.put(0.05 + 0.045 * seed, -15.0 + 3.0 * seed, 1.5 - seed % 4);
                cells.now.load(pack.sample, pack.estimate, 0.0);
                for (int d = 0; d < 2; d++) {
                    double ratedA = d == 0
                            ? type.rating().maxDischargeA()
                            : type.rating().maxChargeA();
                    for (int h = 0; h < Horizon.values().length; h++) {
                        double last = Double.NEGATIVE_INFINITY;
                        for (int k = 0; k <= 64; k++) {
                            double excess = cells.excess(seed % 8, d, h, ratedA * k / 64.0);
                            assertTrue(excess >= last - 1e-9, type.name() + " seed " + seed + " h " + h + " step " + k);
                            last = excess;
                        }
                    }
                }
            }
        }
    }
}
