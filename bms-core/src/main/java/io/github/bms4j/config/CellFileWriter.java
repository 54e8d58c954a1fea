package io.github.bms4j.config;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes what {@link CellFile} reads: the same keys, numbers with six significant digits, lines of at most 120 characters. */
final class CellFileWriter {
    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
    private static final int LINE = 116;

    private final Appendable out;

    CellFileWriter(Appendable out) {
        this.out = out;
    }

    void write(CellType cell, String comment) throws IOException {
        for (String line : comment.lines().toList()) {
            line(line.isBlank() ? "#" : "# " + printable(line));
        }
        line("cell: 1");
        line("name: " + quoted(cell.name()));
        line("chemistry: " + cell.chemistry());
        rating(cell.rating());
        ocv(cell.ocv());
        line("circuit:");
        line("  r0:");
        resistance("    ", cell.circuit().r0());
        line("  branches:");
        for (RcBranch branch : cell.circuit().branches()) {
            line("    - tauS: " + number(branch.tauS()));
            resistance("      ", branch.resistance());
        }
        ThermalRating thermal = cell.thermal();
        line("thermal:");
        line("  heatCapacityJPerK: " + number(thermal.heatCapacityJPerK()));
        line("  toAmbientWPerK: " + number(thermal.toAmbientWPerK()));
        line("  coreToSurfaceWPerK: " + number(thermal.coreToSurfaceWPerK()));
        chargeMap(cell.chargeMap());
        error(cell.error());
        Provenance from = cell.provenance();
        line("provenance:");
        line("  origin: " + quoted(from.origin()));
        line("  licence: " + quoted(from.licence()));
        line("  method: " + quoted(from.method()));
    }

    private void rating(CellRating rating) throws IOException {
        line("rating:");
        line("  capacityAh: " + number(rating.capacityAh()));
        line("  nominalV: " + number(rating.nominalV()));
        line("  minV: " + number(rating.minV()));
        line("  maxV: " + number(rating.maxV()));
        line("  maxDischargeA: " + number(rating.maxDischargeA()));
        line("  maxChargeA: " + number(rating.maxChargeA()));
        line("  dischargeDegC: " + window(rating.discharge()));
        line("  chargeDegC: " + window(rating.charge()));
        line("  coulombicEfficiency: " + number(rating.coulombicEfficiency()));
    }

    private static String window(TemperatureWindow window) {
        return "[" + number(window.minDegC()) + ", " + number(window.maxDegC()) + "]";
    }

    private void ocv(OcvCurve ocv) throws IOException {
        line("ocv:");
        line("  referenceDegC: " + number(ocv.referenceDegC()));
        list("  soc: ", ocv.socs());
        list("  v: ", ocv.voltages());
        double[] entropics = ocv.entropics();
        boolean anyEntropy = false;
        for (double value : entropics) {
            anyEntropy |= value != 0.0;
        }
        if (anyEntropy) {
            list("  entropicVPerK: ", entropics);
        }
        Hysteresis gap = ocv.hysteresis();
        line("  hysteresis:");
        list("    soc: ", gap.socs());
        list("    halfGapV: ", gap.halfGaps());
        line("    turnPerSoc: " + number(gap.turnPerSoc()));
    }

    private void resistance(String indent, ResistanceMap map) throws IOException {
        list(indent + "soc: ", map.socs());
        list(indent + "temperatureDegC: ", map.temperatures());
        rows(indent + "ohm:", indent, map.ohms());
        line(indent + "activationJPerMol: " + number(map.activationJPerMol()));
    }

    private void chargeMap(ChargeMap map) throws IOException {
        line("chargeMap:");
        list("  soc: ", map.socs());
        list("  temperatureDegC: ", map.temperatures());
        rows("  ratePerH:", "  ", map.rates());
    }

    private void error(ModelError error) throws IOException {
        line("error:");
        list("  temperatureDegC: ", error.temperatures());
        list("  sigmaV: ", error.sigmas());
        line("  resistanceSigma: " + number(error.resistanceSigma()));
        line("  correlationS: " + number(error.correlationS()));
        line("  correlationSoc: " + number(error.correlationSoc()));
        line("  capacitySigma: " + number(error.capacitySigma()));
    }

    private void rows(String key, String indent, double[][] rows) throws IOException {
        line(key);
        for (double[] row : rows) {
            list(indent + "  - ", row);
        }
    }

    private void list(String start, double[] values) throws IOException {
        StringBuilder text = new StringBuilder(start).append('[');
        int lineBegan = 0;
        String indent = " ".repeat(start.length() + 1);
        for (int k = 0; k < values.length; k++) {
            String value = number(values[k]);
            if (text.length() - lineBegan + value.length() + 3 > LINE) {
                text.append('\n');
                lineBegan = text.length();
                text.append(indent);
            } else if (k > 0) {
                text.append(' ');
            }
            text.append(value).append(k < values.length - 1 ? "," : "]");
        }
        line(text.toString());
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }

    /** Six significant digits, in a form YAML reads as a number. */
    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        if (rounded.signum() == 0) {
            return "0.0";
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4) {
            String digits = rounded.unscaledValue().toString();
            int sign = digits.startsWith("-") ? 1 : 0;
            String tail = digits.length() > sign + 1 ? digits.substring(sign + 1) : "0";
            return digits.substring(0, sign + 1) + "." + tail + "e" + exponent;
        }
        String plain = rounded.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static String quoted(String text) {
        return '"' + printable(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String printable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(c -> kept.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return kept.toString();
    }
}
