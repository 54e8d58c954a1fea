package io.github.bms4j.sim.replay;

import io.github.bms4j.estimate.VoltageTrust;
import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The voltages an estimator did not believe while it ran, as findings: per kind the first row and how many there were. */
final class VoltageDoubts {
    private static final Map<VoltageTrust, Kind> KINDS =
            Map.of(VoltageTrust.JUMPED, Kind.OFFSET_JUMP, VoltageTrust.STUCK, Kind.STUCK);

    private final Recording recording;
    private final Map<VoltageTrust, Integer> first = new EnumMap<>(VoltageTrust.class);
    private final Map<VoltageTrust, Integer> count = new EnumMap<>(VoltageTrust.class);

    VoltageDoubts(Recording recording) {
        this.recording = recording;
    }

    /** A row that entered the estimate, and what became of its voltage. */
    void row(int k, VoltageTrust trust) {
        if (KINDS.containsKey(trust)) {
            first.putIfAbsent(trust, k);
            count.merge(trust, 1, Integer::sum);
        }
    }

    /** What was not among the findings before. */
    List<RecordingFinding> beside(List<RecordingFinding> known) {
        List<RecordingFinding> findings = new ArrayList<>();
        first.forEach((trust, row) -> {
            Kind kind = KINDS.get(trust);
            if (kind != null && known.stream().noneMatch(f -> f.kind() == kind)) {
                boolean jumped = trust == VoltageTrust.JUMPED;
                findings.add(new RecordingFinding(
                        kind,
                        recording.name(),
                        recording.line(row),
                        count.getOrDefault(trust, 1),
                        String.format(
                                Locale.ROOT,
                                "voltage_v %s at time_s %s, which the estimator holds for %s",
                                recording.voltageV(row),
                                recording.timeS(row),
                                jumped ? "off from there on" : "standing still"),
                        jumped ? "a voltage that steps only with the current" : "a voltage that answers the current"));
            }
        });
        return findings;
    }
}
