package io.github.bms4j.estimate;

import java.util.Arrays;

/** One anchor of every cell: its SOC, both sigmas, and where the count stood then. Thread: one. Allocation: none after construction. */
final class AnchorTable {
    private final double[] soc;
    private final double[] passing;
    private final double[] lasting;
    private final double[] chargeAh;
    private final double[] throughputAh;
    private final double[] timeS;

    AnchorTable(int cells) {
        soc = new double[cells];
        passing = new double[cells];
        lasting = new double[cells];
        chargeAh = new double[cells];
        throughputAh = new double[cells];
        timeS = new double[cells];
        clear();
    }

    void clear() {
        Arrays.fill(soc, Double.NaN);
    }

    void clear(int c) {
        soc[c] = Double.NaN;
    }

    boolean known(int c) {
        return !Double.isNaN(soc[c]);
    }

    void set(int c, SocAnchor anchor, RestWatch watch, double bledAh) {
        soc[c] = anchor.soc();
        passing[c] = anchor.passingSigma();
        lasting[c] = anchor.lastingSigma();
        chargeAh[c] = watch.countedAh() + bledAh;
        throughputAh[c] = watch.throughputAh();
        timeS[c] = watch.elapsedS();
    }

    void take(int c, AnchorTable from) {
        soc[c] = from.soc[c];
        passing[c] = from.passing[c];
        lasting[c] = from.lasting[c];
        chargeAh[c] = from.chargeAh[c];
        throughputAh[c] = from.throughputAh[c];
        timeS[c] = from.timeS[c];
    }

    double soc(int c) {
        return soc[c];
    }

    double passing2(int c) {
        return passing[c] * passing[c];
    }

    double lasting(int c) {
        return lasting[c];
    }

    double sigma(int c) {
        return Math.sqrt(passing[c] * passing[c] + lasting[c] * lasting[c]);
    }

    double chargeAh(int c) {
        return chargeAh[c];
    }

    double throughputAh(int c) {
        return throughputAh[c];
    }

    double timeS(int c) {
        return timeS[c];
    }
}
