package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeMode;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The frames a real charger sent, by their time, against our link; the charger dies while charging. */
class GbtReplayTest {
    private static final double STEP_S = 0.01;

    private final Cable cable = new Cable();
    private final GbtLink link = new GbtLink(cable.vehicle, Bench.VEHICLE);
    private final ChargeDemand demand = new ChargeDemand(0, 0);
    private final List<VehiclePhase> phases = new ArrayList<>();
    private double firstChargingS = Double.NaN;
    private double lastCcsS;
    private double highestV;
    private double lowestA;

    private record Frame(double timeS, CanFrame frame) {}

    /** The log knows tenths of a second: frames of one tenth are spread evenly over it. */
    private static List<Frame> recorded() {
        List<String> lines = RecordedMessagesTest.lines("charger-session.candump.txt");
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String tenth = lines.get(i).substring(0, 16);
            int before = 0;
            int all = 0;
            for (int j = Math.max(0, i - 20); j < Math.min(lines.size(), i + 20); j++) {
                boolean same = lines.get(j).startsWith(tenth);
                all += same ? 1 : 0;
                before += same && j < i ? 1 : 0;
            }
            String[] parts = lines.get(i).split("[() #]+", -1);
            byte[] data = HexFormat.of().parseHex(parts[4]);
            frames.add(new Frame(
                    Double.parseDouble(parts[1]) + 0.1 * before / all,
                    new CanFrame().extended(Integer.parseInt(parts[3], 16)).data(data, 0, data.length)));
        }
        return frames;
    }

    @BeforeEach
    void replayAndWaitTenSeconds() {
        demand.ready(true);
        demand.ask(597.0, 3.0, ChargeMode.CONSTANT_CURRENT);
        List<Frame> frames = recorded();
        int next = 0;
        double endS = frames.get(frames.size() - 1).timeS() + 10;
        for (double timeS = frames.get(0).timeS(); timeS < endS; timeS += STEP_S) {
            while (next < frames.size() && frames.get(next).timeS() <= timeS) {
                CanFrame frame = frames.get(next++).frame();
                lastCcsS = frame.id() == GbtMessage.CCS.id() ? timeS : lastCcsS;
                cable.vehicle.arrive(frame);
            }
            cable.vehicle.nowS = timeS;
            StationState state = link.step((long) (timeS * 1e9), demand);
            if (phases.isEmpty() || phases.get(phases.size() - 1) != link.phase()) {
                phases.add(link.phase());
            }
            if (state.phase.energyMayFlow()) {
                firstChargingS = Double.isNaN(firstChargingS) ? timeS : firstChargingS;
                highestV = Double.isNaN(state.presentV) ? highestV : Math.max(highestV, state.presentV);
                lowestA = Double.isNaN(state.presentA) ? lowestA : Math.min(lowestA, state.presentA);
            }
        }
    }

    @Test
    void followsTheChargerUntilItDies() {
        assertEquals(
                List.of(
                        VehiclePhase.HANDSHAKE,
                        VehiclePhase.IDENTIFICATION,
                        VehiclePhase.PARAMETERS,
                        VehiclePhase.READYING,
                        VehiclePhase.AWAITING_CHARGER,
                        VehiclePhase.CHARGING,
                        VehiclePhase.REPORTING,
                        VehiclePhase.RESTARTING),
                phases);
        assertEquals(3258.1, firstChargingS, 0.4);
        assertEquals(540.6, highestV);
        assertEquals(-3.0, lowestA);
        assertFalse(link.edition2011());
        assertEquals("2015-05-16T08:24:36", link.chargerClock().orElseThrow().toString());
        assertEquals(0, link.rejected());
        assertEquals(StopCause.NONE, link.state().stop);
    }

    @Test
    void reportsWhatTheRecordedVehicleReportedAndWhen() {
        List<Cable.Seen> reports = cable.vehicle.sent.stream()
                .filter(seen -> seen.is(GbtMessage.BEM))
                .toList();
        assertEquals(20, reports.size());
        for (Cable.Seen report : reports) {
            assertEquals("081E56F4#F0F0F1FC", report.frame());
        }
        double delayS = reports.get(0).timeS() - lastCcsS;
        assertTrue(delayS >= 1.0 - 1e-6 && delayS <= 1.25, delayS + " s after the last CCS");
        Cable.Seen lastDemand = cable.vehicle.sent.stream()
                .filter(seen -> seen.is(GbtMessage.BCL))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertTrue(lastDemand.timeS() <= reports.get(0).timeS());
    }

    @Test
    void itsTransfersAreUnderstood() {
        List<String> requests = cable.vehicle.sent.stream()
                .map(Cable.Seen::frame)
                .filter(frame -> frame.startsWith("1CEC56F4#10"))
                .toList();
        assertEquals("1CEC56F4#10310007FF000200", requests.get(0));
        assertEquals("1CEC56F4#100D0002FF000600", requests.get(1));
        assertEquals("1CEC56F4#10090002FF001100", requests.get(2));
        assertTrue(requests.size() > 40, requests.size() + " requests");
    }
}
