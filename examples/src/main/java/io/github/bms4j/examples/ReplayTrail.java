package io.github.bms4j.examples;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.FlightReplay;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The decisions of a replayed record as CSV, a row as each is compared: what was seen, what was decided, and why. */
final class ReplayTrail implements FlightReplay.Watcher {
    private static final String HEADER = "time_s,identical,current_a,cell_v_min,cell_v_max,temperature_min_c,"
            + "temperature_max_c,soc,soc_sigma,charge_10s_a,charge_rule,charge_cell,discharge_10s_a,discharge_rule,"
            + "discharge_cell,demand_a,demand_v,demand_rule,stop";

    private final @Nullable Writer to;
    private @Nullable IOException failure;

    /** Writes to a stream, or nowhere if that is null. */
    ReplayTrail(@Nullable OutputStream out) {
        to = out == null ? null : new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        line(HEADER);
    }

    @Override
    public void decided(BatteryManager manager, PackSample sample, boolean identical) {
        if (to == null) {
            return;
        }
        PackEstimate estimate = manager.estimate();
        Channel cells = sample.cellVoltage();
        Channel temperatures = sample.temperature();
        Limit charge = manager.limits().charge(Horizon.S10);
        Limit discharge = manager.limits().discharge(Horizon.S10);
        ChargeDemand demand = manager.demand();
        boolean plugged = manager.plan() != null;
        line(String.join(
                ",",
                number(sample.nanos() * 1e-9, 1),
                identical ? "yes" : "no",
                number(sample.current().value(0), 3),
                number(at(cells, cells.lowest()), 4),
                number(at(cells, cells.highest()), 4),
                number(at(temperatures, temperatures.lowest()), 2),
                number(at(temperatures, temperatures.highest()), 2),
                number(estimate.packSoc(), 6),
                number(estimate.packSocSigma(), 6),
                number(charge.limitA(), 3),
                charge.rule().name(),
                cell(charge),
                number(discharge.limitA(), 3),
                discharge.rule().name(),
                cell(discharge),
                plugged ? number(demand.chargeA(), 3) : "",
                plugged ? number(demand.targetV(), 2) : "",
                plugged ? manager.cause().name() : "",
                plugged ? demand.stop().name() : ""));
    }

    private static double at(Channel channel, int sensor) {
        return sensor < 0 ? Double.NaN : channel.value(sensor);
    }

    private static String cell(Limit limit) {
        return limit.cell() == Limit.WHOLE_PACK ? "" : Integer.toString(limit.cell());
    }

    private static String number(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "";
    }

    private void line(String text) {
        Writer writer = to;
        if (writer == null || failure != null) {
            return;
        }
        try {
            writer.write(text);
            writer.write('\n');
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Ends the rows; throws what went wrong with any of them. */
    void finish() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (to != null) {
            to.flush();
        }
    }
}
