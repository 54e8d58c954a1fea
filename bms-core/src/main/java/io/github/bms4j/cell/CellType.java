package io.github.bms4j.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything the library knows about one type of cell, checked part against part.
 *
 * <p>Each part is sound by itself; here they must also fit each other: the open-circuit voltages lie in the voltage
 * window and reach near its ends, window and mid-charge voltage are those of the chemistry, the rated charge window does
 * not begin below 0 °C and the charge map allows nothing there (lithium titanate excepted), the map stays inside the
 * rated charge window and current, and the resistance has the magnitude of its capacity. All contradictions are named at once.
 *
 * <p>Load one from a file with {@code io.github.bms4j.config.CellTypes}. Thread: any, immutable.
 *
 * @param name short name, not blank
 * @param chemistry chemistry
 * @param rating rated bounds
 * @param ocv open-circuit voltage
 * @param circuit equivalent circuit
 * @param thermal heat storage and loss
 * @param chargeMap plating-safe charge rates
 * @param error how wrong the model is
 * @param provenance where the figures come from
 */
public record CellType(
        String name,
        Chemistry chemistry,
        CellRating rating,
        OcvCurve ocv,
        Circuit circuit,
        ThermalRating thermal,
        ChargeMap chargeMap,
        ModelError error,
        Provenance provenance) {

    /** Rounding allowed between a voltage table and the rated window. */
    private static final double ROUNDING_V = 0.02;
    /** Iron phosphate rests 0.3 V below its charge voltage; nothing rests 0.5 V below. */
    private static final double MOST_GAP_AT_FULL_V = 0.5;
    /** Tables often end at a rest voltage; 1 V above the lowest allowed voltage the table is another cell's. */
    private static final double MOST_GAP_AT_EMPTY_V = 1.0;
    /** Drop at the one-hour current, 50 % SOC, 25 °C: below 1 mV or above 1 V the unit of the resistance is wrong. */
    private static final double LEAST_DROP_V = 0.001;

    private static final double MOST_DROP_V = 1.0;
    private static final double CHECKED_AT_DEG_C = 25.0;

    /** @throws IllegalArgumentException naming every contradiction, separated by "; " */
    public CellType {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        List<String> findings = contradictions(chemistry, rating, ocv, circuit, chargeMap);
        if (!findings.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", findings));
        }
    }

    /** A type whose model says nothing about its error: {@link ModelError#usual()} is taken. */
    public CellType(
            String name,
            Chemistry chemistry,
            CellRating rating,
            OcvCurve ocv,
            Circuit circuit,
            ThermalRating thermal,
            ChargeMap chargeMap,
            Provenance provenance) {
        this(name, chemistry, rating, ocv, circuit, thermal, chargeMap, ModelError.usual(), provenance);
    }

    /**
     * What contradicts each other among the parts that are there, so that a file of which one part is broken can be told about
     * the others as well; empty if nothing does.
     */
    public static List<String> contradictions(
            @Nullable Chemistry chemistry,
            @Nullable CellRating rating,
            @Nullable OcvCurve ocv,
            @Nullable Circuit circuit,
            @Nullable ChargeMap chargeMap) {
        List<String> findings = new ArrayList<>();
        if (chemistry != null && rating != null) {
            compareWindow(chemistry, rating, findings);
            compareCold(chemistry, rating, findings);
        }
        if (chemistry != null && ocv != null) {
            compareMiddle(chemistry, ocv, findings);
        }
        if (rating != null && ocv != null) {
            double atDegC = ocv.referenceDegC();
            findings.addAll(contradictions(rating, ocv.v(0.0, atDegC), ocv.v(1.0, atDegC)));
        }
        if (rating != null && circuit != null) {
            compareCircuit(rating, circuit, findings);
        }
        if (chemistry != null && rating != null && chargeMap != null) {
            compareChargeMap(chemistry, rating, chargeMap, findings);
        }
        return findings;
    }

    private static void compareWindow(Chemistry chemistry, CellRating rating, List<String> findings) {
        if (rating.minV() < chemistry.leastV() || rating.maxV() > chemistry.mostV()) {
            findings.add(String.format(
                    Locale.ROOT,
                    "voltage window %.3f..%.3f V is not that of %s (within %.3f..%.3f V)",
                    rating.minV(),
                    rating.maxV(),
                    chemistry,
                    chemistry.leastV(),
                    chemistry.mostV()));
        }
    }

    private static void compareCold(Chemistry chemistry, CellRating rating, List<String> findings) {
        double fromDegC = rating.charge().minDegC();
        if (!chemistry.chargesBelowFreezing() && fromDegC < 0.0) {
            findings.add(String.format(
                    Locale.ROOT,
                    "charge temperatures begin at %.1f °C, but charging below 0 °C plates lithium in %s",
                    fromDegC,
                    chemistry));
        }
    }

    private static void compareMiddle(Chemistry chemistry, OcvCurve ocv, List<String> findings) {
        double midV = ocv.v(0.5, ocv.referenceDegC());
        if (midV < chemistry.leastMidOcvV() || midV > chemistry.mostMidOcvV()) {
            findings.add(String.format(
                    Locale.ROOT,
                    "open-circuit voltage %.3f V at 50 %% SOC is not that of %s (within %.3f..%.3f V)",
                    midV,
                    chemistry,
                    chemistry.leastMidOcvV(),
                    chemistry.mostMidOcvV()));
        }
    }

    /** What contradicts a rating in open-circuit voltages that run from {@code emptyV} to {@code fullV}, V. */
    public static List<String> contradictions(CellRating rating, double emptyV, double fullV) {
        List<String> findings = new ArrayList<>();
        if (emptyV < rating.minV() - ROUNDING_V || fullV > rating.maxV() + ROUNDING_V) {
            findings.add(String.format(
                    Locale.ROOT,
                    "open-circuit voltages %.3f..%.3f V leave the voltage window %.3f..%.3f V",
                    emptyV,
                    fullV,
                    rating.minV(),
                    rating.maxV()));
        }
        if (emptyV > rating.minV() + MOST_GAP_AT_EMPTY_V) {
            findings.add(String.format(
                    Locale.ROOT,
                    "open-circuit voltage %.3f V at 0 %% SOC is more than %.1f V above minV %.3f V",
                    emptyV,
                    MOST_GAP_AT_EMPTY_V,
                    rating.minV()));
        }
        if (fullV < rating.maxV() - MOST_GAP_AT_FULL_V) {
            findings.add(String.format(
                    Locale.ROOT,
                    "open-circuit voltage %.3f V at 100 %% SOC is more than %.1f V below maxV %.3f V",
                    fullV,
                    MOST_GAP_AT_FULL_V,
                    rating.maxV()));
        }
        return findings;
    }

    private static void compareCircuit(CellRating rating, Circuit circuit, List<String> findings) {
        double ohm = circuit.r0().ohm(0.5, CHECKED_AT_DEG_C);
        double dropV = ohm * rating.capacityAh();
        if (dropV < LEAST_DROP_V || dropV > MOST_DROP_V) {
            findings.add(String.format(
                    Locale.ROOT,
                    "r0 %.6f Ohm drops %.4f V at the one-hour current %.3f A (expected %.3f..%.1f V; is its unit Ohm?)",
                    ohm,
                    dropV,
                    rating.capacityAh(),
                    LEAST_DROP_V,
                    MOST_DROP_V));
        }
    }

    private static void compareChargeMap(
            Chemistry chemistry, CellRating rating, ChargeMap chargeMap, List<String> findings) {
        if (!chemistry.chargesBelowFreezing() && chargeMap.allowsBetween(Double.NEGATIVE_INFINITY, 0.0)) {
            findings.add(String.format(
                    Locale.ROOT, "charge map allows current below 0 °C, which plates lithium in %s", chemistry));
        }
        TemperatureWindow charge = rating.charge();
        if (chargeMap.allowsBetween(Double.NEGATIVE_INFINITY, charge.minDegC())
                || chargeMap.allowsBetween(charge.maxDegC(), Double.POSITIVE_INFINITY)) {
            findings.add(String.format(
                    Locale.ROOT,
                    "charge map allows current outside the rated charge temperatures %.1f..%.1f °C",
                    charge.minDegC(),
                    charge.maxDegC()));
        }
        double mostA = chargeMap.highestRatePerH() * rating.capacityAh();
        if (mostA > rating.maxChargeA() * 1.000001) {
            findings.add(String.format(
                    Locale.ROOT, "charge map allows %.3f A but maxChargeA is %.3f A", mostA, rating.maxChargeA()));
        }
    }
}
