package io.github.bms4j.cell.fit;

/** One uninterrupted run of a record, thinned, as the model walks it. Where its SOC axis lies is found during the fit. */
final class FitTrack {
    private static final double SECONDS_PER_HOUR = 3600.0;

    final int record;
    final FitRecord.Kind kind;
    final double[] timeS;
    final double[] currentA;
    /** Mean current of the step that ends at the row, from the charge moved. */
    final double[] stepA;

    final double[] voltageV;
    final double[] degC;
    /** Charge discharged since the first row by the recorder's counter, Ah. */
    final double[] ah;
    /** Share of an independent observation a row stands for. */
    final double[] weight;
    /** Standard deviation of the model at the row, V. */
    final double[] sigmaV;
    /** SOC the test plan names for the first row; NaN where it does not. */
    final double labelSoc;
    /** Voltage and current of the very first row, before any mean was taken. */
    final double firstV;

    final double firstA;

    /** The row whose SOC is {@link #anchorSoc}. */
    int anchorRow;

    double anchorSoc = 1.0;
    /** Whether that SOC is known; else it is where the fit begins. */
    boolean anchored = true;
    /** Parameter that takes the place of {@link #anchorSoc}, or -1. */
    int startParameter = -1;
    /** Parameter of the counter's error, or -1: SOC per hour in a slow run, share of the charge in a load. */
    int driftParameter = -1;

    private double[] driftBy = new double[0];
    /** First parameter of the record's own voltage offset over SOC, or -1. */
    int offsetParameter = -1;
    /** Hysteresis state at the first row. */
    double startTurn;

    FitTrack(int record, FitRecord.Kind kind, double[][] c, double labelSoc, double firstV, double firstA) {
        this.record = record;
        this.kind = kind;
        this.timeS = c[0];
        this.currentA = c[1];
        this.stepA = c[2];
        this.voltageV = c[3];
        this.degC = c[4];
        this.ah = c[5];
        this.weight = c[6];
        this.sigmaV = new double[timeS.length];
        this.labelSoc = labelSoc;
        this.firstV = firstV;
        this.firstA = firstA;
    }

    int rows() {
        return timeS.length;
    }

    /** Gives the track a counter that is off: by time in a slow run, by charge in a load. */
    void drifts(int parameter, double capacityAh) {
        driftParameter = parameter;
        driftBy = new double[rows()];
        for (int k = 0; k < driftBy.length; k++) {
            driftBy[k] = kind == FitRecord.Kind.OCV
                    ? (timeS[k] - timeS[anchorRow]) / SECONDS_PER_HOUR
                    : (ah[anchorRow] - ah[k]) / capacityAh;
        }
    }

    /** By how much SOC a row moves for a unit of the drift parameter. */
    double driftBy(int row) {
        return driftBy.length == 0 ? 0.0 : driftBy[row];
    }

    /** SOC of a row before drift, for a capacity and an anchor. */
    double soc(int row, double capacityAh) {
        return anchorSoc - (ah[row] - ah[anchorRow]) / capacityAh;
    }
}
