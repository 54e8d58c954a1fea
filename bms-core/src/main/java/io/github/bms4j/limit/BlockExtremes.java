package io.github.bms4j.limit;

/**
 * Neighbouring cells taken together: of every figure of {@link CellStates} the least and the most that any of a block has.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class BlockExtremes {
    /** Cells of a block. */
    static final int SIZE = 8;

    private final CellStates now;
    private final int n;
    private final int blocks;
    final double[][] lowSoc;
    final double[][] highSoc;
    final double[][] aboveV;
    final double[] lowLikelySoc;
    final double[] aboveLikelyV;
    final double[] lowMiddleSoc;
    final double[] aboveMiddleV;
    final double[] coldDegC;
    final double[] hotDegC;
    final double[] mostPlateSoc;
    final double[] leastPlateDegC;
    final double[] mostPlateDegC;
    final double[] mostSocSigma;
    final double[] highLikelySoc;
    final double[] leastV;
    final double[] mostV;
    final double[] mostCoolW;
    final double[] leastShedW;
    final double[] leastR0;
    final double[] mostR0;
    final double[] mostRatio;
    final double[] mostPairRatio;
    final double[] mostDoubt;
    final double[] mostPairDoubt;
    final double[][] mostR;
    final double[][][] mostRelaxV;
    final double[] mostPairsW;
    final double[] leastWarmingK;
    final boolean[] unknown;
    final double[] leastPerAh;
    final double[] mostPerAh;

    BlockExtremes(CellStates now, int n) {
        this.now = now;
        this.n = n;
        blocks = (n + SIZE - 1) / SIZE;
        lowSoc = new double[2][blocks];
        highSoc = new double[2][blocks];
        aboveV = new double[2][blocks];
        lowLikelySoc = new double[blocks];
        aboveLikelyV = new double[blocks];
        lowMiddleSoc = new double[blocks];
        aboveMiddleV = new double[blocks];
        coldDegC = new double[blocks];
        hotDegC = new double[blocks];
        mostPlateSoc = new double[blocks];
        leastPlateDegC = new double[blocks];
        mostPlateDegC = new double[blocks];
        mostSocSigma = new double[blocks];
        highLikelySoc = new double[blocks];
        leastV = new double[blocks];
        mostV = new double[blocks];
        mostCoolW = new double[blocks];
        leastShedW = new double[blocks];
        leastR0 = new double[blocks];
        mostR0 = new double[blocks];
        mostRatio = new double[blocks];
        mostPairRatio = new double[blocks];
        mostDoubt = new double[blocks];
        mostPairDoubt = new double[blocks];
        mostR = new double[HorizonWeights.PAIRS][blocks];
        mostRelaxV = new double[2][HorizonWeights.PAIRS][blocks];
        mostPairsW = new double[blocks];
        leastWarmingK = new double[blocks];
        unknown = new boolean[blocks];
        leastPerAh = new double[blocks];
        mostPerAh = new double[blocks];
    }

    int size() {
        return blocks;
    }

    int first(int block) {
        return block * SIZE;
    }

    int end(int block) {
        return Math.min(n, (block + 1) * SIZE);
    }

    /** Takes the extremes of what the cells were loaded with. */
    void load() {
        for (int b = 0; b < blocks; b++) {
            int first = first(b);
            int end = end(b);
            for (int d = 0; d < 2; d++) {
                lowSoc[d][b] = least(now.soc[d], first, end);
                highSoc[d][b] = most(now.soc[d], first, end);
            }
            aboveV[0][b] = leastDifference(now.v, now.openV[0], first, end);
            aboveV[1][b] = -leastDifference(now.openV[1], now.v, first, end);
            lowLikelySoc[b] = least(now.likelySoc, first, end);
            aboveLikelyV[b] = leastDifference(now.v, now.likelyOpenV, first, end);
            lowMiddleSoc[b] = least(now.middleSoc, first, end);
            aboveMiddleV[b] = leastDifference(now.v, now.middleOpenV, first, end);
            coldDegC[b] = least(now.coldDegC, first, end);
            hotDegC[b] = most(now.hotDegC, first, end);
            mostPlateSoc[b] = most(now.plateSoc, first, end);
            leastPlateDegC[b] = least(now.plateDegC, first, end);
            mostPlateDegC[b] = most(now.plateDegC, first, end);
            mostSocSigma[b] = most(now.socSigma, first, end);
            highLikelySoc[b] = most(now.likelySoc, first, end);
            leastV[b] = least(now.v, first, end);
            mostV[b] = most(now.v, first, end);
            mostCoolW[b] = most(now.coolW, first, end);
            leastShedW[b] = least(now.shedW, first, end);
            leastR0[b] = least(now.r0, first, end);
            mostR0[b] = most(now.r0, first, end);
            mostRatio[b] = most(now.ratio, first, end);
            mostPairRatio[b] = most(now.pairRatio, first, end);
            mostDoubt[b] = most(now.doubt, first, end);
            mostPairDoubt[b] = most(now.pairDoubt, first, end);
            leastPerAh[b] = least(now.perAh, first, end);
            mostPerAh[b] = most(now.perAh, first, end);
            double sum = 0.0;
            for (int c = first; c < end; c++) {
                sum += now.known(c);
            }
            unknown[b] = Double.isNaN(sum);
            mostPairsW[b] = most(now.pairsW, first, end);
            leastWarmingK[b] = least(now.mostWarmingK, first, end);
            for (int j = 0; j < HorizonWeights.PAIRS; j++) {
                mostR[j][b] = most(now.pairOhm[j], first, end);
                mostRelaxV[0][j][b] = -least(now.pairV[j], first, end);
                mostRelaxV[1][j][b] = most(now.pairV[j], first, end);
            }
        }
    }

    /** A whole block in pairs: eight comparisons that wait for each other take as long as twenty that do not. */
    private static double least(double[] x, int first, int end) {
        if (end - first == SIZE) {
            double p = lower(lower(x[first], x[first + 1]), lower(x[first + 2], x[first + 3]));
            double q = lower(lower(x[first + 4], x[first + 5]), lower(x[first + 6], x[first + 7]));
            return lower(p, q);
        }
        double least = x[first];
        for (int c = first + 1; c < end; c++) {
            least = lower(least, x[c]);
        }
        return least;
    }

    private static double most(double[] x, int first, int end) {
        if (end - first == SIZE) {
            double p = higher(higher(x[first], x[first + 1]), higher(x[first + 2], x[first + 3]));
            double q = higher(higher(x[first + 4], x[first + 5]), higher(x[first + 6], x[first + 7]));
            return higher(p, q);
        }
        double most = x[first];
        for (int c = first + 1; c < end; c++) {
            most = higher(most, x[c]);
        }
        return most;
    }

    private static double lower(double p, double q) {
        return q < p ? q : p;
    }

    private static double higher(double p, double q) {
        return q > p ? q : p;
    }

    private static double leastDifference(double[] x, double[] y, int first, int end) {
        double least = x[first] - y[first];
        for (int c = first + 1; c < end; c++) {
            double difference = x[c] - y[c];
            if (difference < least) {
                least = difference;
            }
        }
        return least;
    }
}
