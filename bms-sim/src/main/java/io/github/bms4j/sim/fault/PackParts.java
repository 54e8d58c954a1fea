package io.github.bms4j.sim.fault;

import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.contactor.SimLink;
import io.github.bms4j.sim.contactor.SimString;
import io.github.bms4j.sim.contactor.SimSwitchgear;
import io.github.bms4j.sim.contactor.TrueFuse;
import io.github.bms4j.sim.run.ShippedData;

/**
 * What a pack with switchgear is really built of, and what its manager is told of it.
 *
 * @param prechargeOhm precharge resistor, Ohm
 * @param linkFarad capacitance of the link, F
 * @param linkOhm resistance across the link, Ohm
 * @param sensorA end of the current sensor's range either way, A; NaN for one that was chosen for the cells
 * @param toldSoc SOC that the manager is told at the start; it is 60 %
 * @param toldSigma how sure it may be
 */
record PackParts(
        double prechargeOhm, double linkFarad, double linkOhm, double sensorA, double toldSoc, double toldSigma) {
    /** Voltage of the pack at 60 %, V. */
    static final double PACK_V = 45.0;

    /** All as the manager believes. */
    static PackParts sound() {
        return new PackParts(
                ManagedPack.rating().precharge().ohm(),
                ManagedPack.rating().precharge().linkFarad(),
                ManagedPack.rating().precharge().bleedOhm(),
                Double.NaN,
                0.6,
                0.1);
    }

    PackParts resistor(double ohm) {
        return new PackParts(ohm, linkFarad, linkOhm, sensorA, toldSoc, toldSigma);
    }

    PackParts link(double farad, double ohm) {
        return new PackParts(prechargeOhm, farad, ohm, sensorA, toldSoc, toldSigma);
    }

    PackParts sensor(double endA) {
        return new PackParts(prechargeOhm, linkFarad, linkOhm, endA, toldSoc, toldSigma);
    }

    PackParts told(double soc, double sigma) {
        return new PackParts(prechargeOhm, linkFarad, linkOhm, sensorA, soc, sigma);
    }

    SimSwitchgear gear() {
        double ratedA =
                FaultBench.LAYOUT.parallel() * ShippedData.cell().rating().maxDischargeA();
        TrueFuse fuse = new TrueFuse(ratedA, 1.6 * ratedA * ratedA);
        return new SimSwitchgear(
                new SimString(PACK_V, 0.080, prechargeOhm, 120.0, 600.0, fuse), new SimLink(linkFarad, linkOhm));
    }

    SensorRange range() {
        SensorRange usual = SensorRange.of(ShippedData.cell().rating(), FaultBench.LAYOUT);
        Plausible current = usual.current();
        return new SensorRange(
                Double.isNaN(sensorA) ? current : new Plausible(-sensorA, sensorA, current.maxJump()),
                usual.packVoltage(),
                usual.cellVoltage(),
                usual.temperature());
    }
}
