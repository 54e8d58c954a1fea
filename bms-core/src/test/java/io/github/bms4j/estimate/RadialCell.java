package io.github.bms4j.estimate;

/**
 * A wound cell as 24 rings of equal thickness under a can, warmed evenly, cooled at the can: the plant that the two nodes of
 * the estimator are held against. Finite volumes, explicit steps of 50 ms.
 */
final class RadialCell {
    private static final int RINGS = 24;
    private static final double STEP_S = 0.05;

    private final double[] tDegC = new double[RINGS];
    private final double[] ringJPerK = new double[RINGS];
    private final double[] shareOfHeat = new double[RINGS];
    private final double[] outwardWPerK = new double[RINGS];
    private final double canJPerK;
    private double canDegC;

    /**
     * @param heatCapacityJPerK of rings and can
     * @param canShare share of it in the can
     * @param coreToSurfaceWPerK steady heat over (middle - can): 4 pi lambda L
     */
    RadialCell(double heatCapacityJPerK, double canShare, double coreToSurfaceWPerK, double startDegC) {
        canJPerK = canShare * heatCapacityJPerK;
        canDegC = startDegC;
        for (int k = 0; k < RINGS; k++) {
            double area = (2.0 * k + 1.0) / (RINGS * RINGS);
            ringJPerK[k] = (1.0 - canShare) * heatCapacityJPerK * area;
            shareOfHeat[k] = area;
            // 2 pi lambda L over ln of the radii, lambda L = K / 4 pi; the last ring reaches its own outer face
            double outer = k + 1.5;
            double ratio = k < RINGS - 1 ? outer / (k + 0.5) : RINGS / (k + 0.5);
            outwardWPerK[k] = 0.5 * coreToSurfaceWPerK / Math.log(ratio);
            tDegC[k] = startDegC;
        }
    }

    void step(double heatW, double lossWPerK, double ambientDegC, double spanS) {
        int steps = (int) Math.round(spanS / STEP_S);
        for (int n = 0; n < steps; n++) {
            double inW = 0.0;
            for (int k = 0; k < RINGS; k++) {
                double next = k < RINGS - 1 ? tDegC[k + 1] : canDegC;
                double outW = outwardWPerK[k] * (tDegC[k] - next);
                tDegC[k] += STEP_S * (heatW * shareOfHeat[k] + inW - outW) / ringJPerK[k];
                inW = outW;
            }
            canDegC += STEP_S * (inW - lossWPerK * (canDegC - ambientDegC)) / canJPerK;
        }
    }

    double coreDegC() {
        return tDegC[0];
    }

    double surfaceDegC() {
        return canDegC;
    }
}
