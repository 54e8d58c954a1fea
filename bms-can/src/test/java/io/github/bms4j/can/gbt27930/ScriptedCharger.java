package io.github.bms4j.can.gbt27930;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A charger that answers every message with the next one of the flow; what it withholds is never sent. */
final class ScriptedCharger implements GbtPort.Owner {
    final GbtPort port;
    final Set<GbtMessage> withheld = EnumSet.noneOf(GbtMessage.class);
    final Map<GbtMessage, String> last = new EnumMap<>(GbtMessage.class);
    final List<String> order = new ArrayList<>();
    boolean edition2011;
    boolean permitted = true;
    boolean recording = true;
    double outputA;
    GbtAnswer recognised = GbtAnswer.NO;
    GbtAnswer ready = GbtAnswer.NO;
    private Set<GbtMessage> sends = Set.of(GbtMessage.CHM);

    ScriptedCharger(Cable cable) {
        port = new GbtPort(cable.charger, GbtNode.CHARGER);
    }

    void step(long nowNanos) {
        port.receive(nowNanos, this);
        port.run(sends, nowNanos);
        port.send(nowNanos, this);
    }

    /** The payload heard last, empty when none was. */
    String last(GbtMessage message) {
        return last.getOrDefault(message, "");
    }

    void say(GbtMessage... messages) {
        sends = Set.of(messages);
    }

    @Override
    public void received(GbtBody body, long nowNanos) {
        if (recording) {
            String hex = GbtBodyTest.hex(body);
            if (last.put(body.message(), hex) == null) {
                order.add(body.message().name());
            }
        }
        switch (body.message()) {
            case BHM -> {
                recognised = GbtAnswer.NO;
                sends = CRM;
            }
            case BRM -> {
                recognised = GbtAnswer.YES;
                sends = CRM;
            }
            case BCP -> sends = LIMITS;
            case BRO -> {
                if (body.answer(GbtField.BRO_READY) == GbtAnswer.YES) {
                    ready = sends == CRO ? GbtAnswer.YES : GbtAnswer.NO;
                    sends = CRO;
                }
            }
            case BCL -> {
                outputA = body.get(GbtField.BCL_DEMAND_A);
                sends = sends.contains(GbtMessage.CST) ? sends : CCS;
            }
            case BST -> sends = CST;
            case BSD -> sends = CSD;
            default -> {
                // carries nothing this charger acts on
            }
        }
    }

    private static final Set<GbtMessage> CRM = Set.of(GbtMessage.CRM);
    private static final Set<GbtMessage> LIMITS = Set.of(GbtMessage.CML, GbtMessage.CTS);
    private static final Set<GbtMessage> CRO = Set.of(GbtMessage.CRO);
    private static final Set<GbtMessage> CCS = Set.of(GbtMessage.CCS);
    private static final Set<GbtMessage> CST = Set.of(GbtMessage.CST);
    private static final Set<GbtMessage> CSD = Set.of(GbtMessage.CSD);

    @Override
    public boolean fill(GbtBody body) {
        switch (body.message()) {
            case CHM -> body.setRaw(GbtField.CHM_VERSION_MAJOR, 1).setRaw(GbtField.CHM_VERSION_MINOR, 1);
            case CRM -> body.set(GbtField.CRM_RECOGNISED, recognised);
            case CTS -> body.load(HexFormat.of().parseHex("36240816051520"), 7);
            case CML ->
                body.length(edition2011 ? 6 : 8)
                        .set(GbtField.CML_MAX_V, 700)
                        .set(GbtField.CML_MIN_V, 200)
                        .set(GbtField.CML_MAX_A, 120)
                        .set(GbtField.CML_MIN_A, 2);
            case CRO -> body.set(GbtField.CRO_READY, ready);
            case CCS ->
                body.set(GbtField.CCS_PERMITTED, GbtFlag.of(permitted))
                        .length(edition2011 ? 6 : 8)
                        .set(GbtField.CCS_OUTPUT_V, 400)
                        .set(GbtField.CCS_OUTPUT_A, permitted ? outputA : 0.0)
                        .set(GbtField.CCS_ELAPSED_MIN, 3);
            case CST -> body.clearFlags().set(GbtField.CST_MANUAL, GbtFlag.YES);
            case CSD ->
                body.length(edition2011 ? 5 : 8)
                        .set(GbtField.CSD_ELAPSED_MIN, 17)
                        .set(GbtField.CSD_ENERGY_KWH, 12.3);
            case CEM -> body.clearFlags().set(GbtField.CEM_BCL, GbtFlag.YES);
            default -> throw new IllegalStateException(body.toString());
        }
        return !withheld.contains(body.message());
    }

    @Override
    public void sent(GbtMessage message) {}
}
