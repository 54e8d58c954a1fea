package io.github.bms4j.thermal;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.util.Locale;

/**
 * What heater and coolant of a pack are to do: a two-point rule for the heater by the coldest cell, a rising flow for the coolant by the
 * hottest, each with hysteresis, least times and a reason.
 *
 * <p>A cell is as hot as the hotter of its sensor and its estimated core, and as cold as the colder, each core taken for worse by its
 * standard deviation. Both never work against each other: while a cell is warm enough to be near the coolant's band nothing is heated. A
 * temperature that is not known, or older than the settings allow, ends all heat at once and gives all the flow there is. What fails
 * first is a cell without a sensor that is colder or hotter than the block it is counted to.
 *
 * <p>Units: °C, W, flow as a share 0…1 of the most. Thread: one. Allocation: none after construction but for {@link #explain}.
 */
public final class ThermalControl {
    private final ThermalSettings settings;
    private final PackLayout layout;

    private final Latch heater;
    private final Latch coolant;
    private boolean timed;
    private long lastNanos;
    private double coldestDegC = Double.NaN;
    private double hottestDegC = Double.NaN;
    private int coldest = -1;
    private int hottest = -1;
    private boolean uneven;
    private double wantedDegC = Double.NaN;
    private double wantedW;
    private boolean warming;
    private double heaterW;
    private double flow;
    private CoolantMode mode = CoolantMode.OFF;
    private ThermalReason heaterReason = ThermalReason.NOT_KNOWN;
    private ThermalReason coolantReason = ThermalReason.NOT_KNOWN;

    /** A switch that keeps its least times: how long it has stood as it stands. */
    private static final class Latch {
        private boolean on;
        private double sinceS = Double.POSITIVE_INFINITY;

        void pass(double dtS) {
            sinceS += dtS;
        }

        void set(boolean to) {
            if (to != on) {
                on = to;
                sinceS = 0.0;
            }
        }
    }

    /** A controller for a pack; heater and coolant are off until the first step. */
    public ThermalControl(PackLayout layout, ThermalSettings settings) {
        this.layout = layout;
        this.settings = settings;
        heater = new Latch();
        coolant = new Latch();
    }

    /**
     * Wants the pack warmer than its band, for a charge that is planned or expected; it holds until it is changed. The heater goes off when the
     * coldest cell is there and on again when it has cooled by 2.5 K.
     *
     * @param toDegC temperature of the coldest cell, °C; NaN for no such wish
     * @param powerW electric power the heater may take for it, W; not above 0 for none
     */
    public void request(double toDegC, double powerW) {
        warming |= Double.isNaN(wantedDegC) && !Double.isNaN(toDegC);
        wantedDegC = toDegC;
        wantedW = powerW;
    }

    /**
     * Decides for one sample.
     *
     * @param sample readings with their time
     * @param estimate core temperatures, where they are estimated; may be unknown
     * @param need what the pack is wanted for
     * @param availableW electric power the heater may take now to keep the band, W; not above 0 or NaN for none
     */
    public void step(PackSample sample, PackEstimate estimate, ThermalNeed need, double availableW) {
        double dtS = timed ? Math.max(0.0, (sample.nanos() - lastNanos) * 1e-9) : 0.0;
        timed = true;
        lastNanos = sample.nanos();
        heater.pass(dtS);
        coolant.pass(dtS);
        if (!look(sample, estimate)) {
            heater.set(false);
            heaterW = 0.0;
            coolant.set(true);
            flow = 1.0;
            mode = CoolantMode.CHILL;
            heaterReason = ThermalReason.NOT_KNOWN;
            coolantReason = ThermalReason.NOT_KNOWN;
            return;
        }
        ThermalBand band = settings.band(need);
        heat(band, availableW);
        cool(band);
    }

    /** Finds the coldest and the hottest cell; false if a temperature is not known. */
    private boolean look(PackSample sample, PackEstimate estimate) {
        coldestDegC = Double.POSITIVE_INFINITY;
        hottestDegC = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < layout.cells(); c++) {
            int sensor = layout.sensorOfCell(c);
            if (!(sample.temperature().ageS(sensor, sample.nanos()) <= settings.maxAgeS())) {
                coldestDegC = Double.NaN;
                hottestDegC = Double.NaN;
                coldest = -1;
                hottest = -1;
                return false;
            }
            double surface = sample.temperature().value(sensor);
            double doubt = settings.coreSigmas() * estimate.coreSigmaK(c);
            double hot = estimate.coreDegC(c) + doubt; // NaN when nobody estimates it
            double cold = estimate.coreDegC(c) - doubt;
            hot = hot > surface ? hot : surface;
            cold = cold < surface ? cold : surface;
            if (hot > hottestDegC) {
                hottestDegC = hot;
                hottest = c;
            }
            if (cold < coldestDegC) {
                coldestDegC = cold;
                coldest = c;
            }
        }
        return true;
    }

    private void heat(ThermalBand band, double availableW) {
        boolean below = coldestDegC < (heater.on ? band.heatToDegC() : band.heatBelowDegC());
        warming = coldestDegC < (warming ? wantedDegC : wantedDegC - ChargeRun.HOLD_K);
        boolean cold = below || warming;
        boolean wish = warming && !(below && availableW > wantedW);
        double grantedW = wish ? wantedW : availableW;
        boolean power = Math.min(settings.heaterW(), grantedW) > 0.0;
        ThermalReason wanted = wish ? ThermalReason.REQUESTED : ThermalReason.COLD;
        if (hottestDegC >= band.coolToDegC() || !power) {
            heater.set(false); // at once
            boolean warm = hottestDegC >= band.coolToDegC();
            heaterReason = !cold ? ThermalReason.IN_BAND : warm ? ThermalReason.ONE_IS_WARM : ThermalReason.NO_POWER;
        } else if (cold == heater.on) {
            heaterReason = cold ? wanted : ThermalReason.IN_BAND;
        } else if (heater.sinceS < (heater.on ? settings.leastOnS() : settings.leastOffS())) {
            heaterReason = heater.on ? ThermalReason.LEAST_ON_TIME : ThermalReason.LEAST_OFF_TIME;
        } else {
            heater.set(cold);
            heaterReason = cold ? wanted : ThermalReason.IN_BAND;
        }
        heaterW = heater.on ? Math.min(settings.heaterW(), grantedW) : 0.0;
    }

    private void cool(ThermalBand band) {
        boolean chilling = coolant.on && mode == CoolantMode.CHILL;
        boolean hot = hottestDegC > (chilling ? band.coolToDegC() : band.coolAboveDegC());
        uneven = hottestDegC - coldestDegC > (uneven ? 0.5 : 1.0) * settings.unevenK();
        boolean carries = heater.on && settings.heaterInCoolant();
        boolean wanted = hot || carries || uneven;
        boolean urgent = carries || hottestDegC >= band.coolFullyDegC();
        boolean held = coolant.sinceS < (coolant.on ? settings.leastOnS() : settings.leastOffS());
        if (wanted == coolant.on || urgent || !held) {
            coolant.set(wanted);
            mode = hot ? CoolantMode.CHILL : wanted ? CoolantMode.CIRCULATE : CoolantMode.OFF;
            coolantReason = hot
                    ? ThermalReason.HOT
                    : carries ? ThermalReason.HEATER_ON : uneven ? ThermalReason.UNEVEN : ThermalReason.IN_BAND;
        } else {
            coolantReason = coolant.on ? ThermalReason.LEAST_ON_TIME : ThermalReason.LEAST_OFF_TIME;
            mode = coolant.on ? CoolantMode.CIRCULATE : CoolantMode.OFF; // nothing is chilled that is cool enough
        }
        double rise = (hottestDegC - band.coolToDegC()) / (band.coolFullyDegC() - band.coolToDegC());
        double least = settings.leastFlow();
        double chill = Math.min(1.0, least + (1.0 - least) * Math.max(0.0, rise));
        flow = !coolant.on ? 0.0 : carries ? 1.0 : mode == CoolantMode.CHILL ? chill : least;
    }

    /** Whether the heater is to be on. */
    public boolean heaterOn() {
        return heater.on;
    }

    /** Power the heater is to take, W; 0 when off. */
    public double heaterW() {
        return heaterW;
    }

    /** Why the heater is on or off. */
    public ThermalReason heaterReason() {
        return heaterReason;
    }

    /** What the coolant is to do. */
    public CoolantMode coolantMode() {
        return mode;
    }

    /** How much of the most the coolant is to flow, 0…1. */
    public double coolantFlow() {
        return flow;
    }

    /** Why the coolant flows or stands. */
    public ThermalReason coolantReason() {
        return coolantReason;
    }

    /** Temperature of the coldest cell, taken for worse, °C; NaN if not known. */
    public double coldestDegC() {
        return coldestDegC;
    }

    /** Temperature of the hottest cell, taken for worse, °C; NaN if not known. */
    public double hottestDegC() {
        return hottestDegC;
    }

    /** The coldest cell, or -1. */
    public int coldest() {
        return coldest;
    }

    /** The hottest cell, or -1. */
    public int hottest() {
        return hottest;
    }

    /** Both in one line, such as {@code heater 2000 W: COLD, cell 3 at -7.2 °C; coolant OFF: IN_BAND, cell 40 at 11.0 °C}; allocates. */
    public String explain() {
        return String.format(
                Locale.ROOT,
                "heater %.0f W: %s, cell %d at %.1f °C; coolant %s %.0f %%: %s, cell %d at %.1f °C",
                heaterW,
                heaterReason,
                coldest,
                coldestDegC,
                mode,
                100.0 * flow,
                coolantReason,
                hottest,
                hottestDegC);
    }
}
