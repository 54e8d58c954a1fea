package io.github.bms4j.can.gbt27930;

import static io.github.bms4j.can.gbt27930.GbtField.Kind.CODE;
import static io.github.bms4j.can.gbt27930.GbtField.Kind.FLAG;
import static io.github.bms4j.can.gbt27930.GbtField.Kind.NUMBER;
import static io.github.bms4j.can.gbt27930.GbtField.Kind.TEXT;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Every field of every message: where it lies, its scale and what it means; the name begins with its message.
 *
 * <p>Bytes and bits are counted from 1 as the standard's tables do. The unit ends the name. Currents of the loop
 * messages are positive when the battery discharges, so a charging current is negative; the wire happens to count the
 * same way: {@code raw = 4000 + 10 A}, hence {@code A0 0F} is 0 A and {@code DC 05} is -250 A. Limits ({@code MAX_A},
 * {@code MIN_A}) are magnitudes of charging current. A figure that is missing reads NaN, a missing flag
 * {@link GbtFlag#NOT_AVAILABLE}.
 */
public enum GbtField {
    /** Protocol version after the point: 1 of V1.1. */
    CHM_VERSION_MINOR(GbtMessage.CHM, code(1, 8)),
    /** Protocol version before the point: 1 of V1.1. */
    CHM_VERSION_MAJOR(GbtMessage.CHM, code(2, 16)),

    /** Highest total voltage the vehicle bears, for the insulation test. */
    BHM_MAX_TOTAL_V(GbtMessage.BHM, number(1, 16, 10)),

    /** {@link GbtAnswer}: vehicle recognised. */
    CRM_RECOGNISED(GbtMessage.CRM, code(1, 8)),
    /** Charger number. */
    CRM_CHARGER_NUMBER(GbtMessage.CRM, number(2, 32, 1)),
    /** Region code, ASCII. */
    CRM_REGION(GbtMessage.CRM, text(6, 3)),

    /** Protocol version after the point. */
    BRM_VERSION_MINOR(GbtMessage.BRM, code(1, 8)),
    /** Protocol version before the point. */
    BRM_VERSION_MAJOR(GbtMessage.BRM, code(2, 16)),
    /** {@link GbtChemistry} code. */
    BRM_CHEMISTRY(GbtMessage.BRM, code(4, 8)),
    /** Rated capacity. */
    BRM_CAPACITY_AH(GbtMessage.BRM, number(5, 16, 10)),
    /** Rated total voltage. */
    BRM_RATED_V(GbtMessage.BRM, number(7, 16, 10)),
    /** Battery maker, ASCII; optional. */
    BRM_MAKER(GbtMessage.BRM, text(9, 4)),
    /** Battery serial number; optional. */
    BRM_PACK_NUMBER(GbtMessage.BRM, number(13, 32, 1)),
    /** Year of production; optional. */
    BRM_BUILD_YEAR(GbtMessage.BRM, number(17, 8, 1, -1985)),
    /** Month of production, 1 to 12; optional. */
    BRM_BUILD_MONTH(GbtMessage.BRM, number(18, 8, 1)),
    /** Day of production, 1 to 31; optional. */
    BRM_BUILD_DAY(GbtMessage.BRM, number(19, 8, 1)),
    /** How often the battery was charged; optional. */
    BRM_CHARGE_COUNT(GbtMessage.BRM, number(20, 24, 1)),
    /** 0 leased, 1 owned; optional. */
    BRM_OWNED(GbtMessage.BRM, code(23, 8)),
    /** Vehicle identification number, ASCII; optional. */
    BRM_VIN(GbtMessage.BRM, text(25, 17)),
    /** Running number of the vehicle's software version; absent in the 2011 edition. */
    BRM_SOFTWARE_NUMBER(GbtMessage.BRM, number(42, 8, 1)),
    /** Day of the vehicle's software version; absent in the 2011 edition. */
    BRM_SOFTWARE_DAY(GbtMessage.BRM, number(43, 8, 1)),
    /** Month of the vehicle's software version; absent in the 2011 edition. */
    BRM_SOFTWARE_MONTH(GbtMessage.BRM, number(44, 8, 1)),
    /** Year of the vehicle's software version; absent in the 2011 edition. */
    BRM_SOFTWARE_YEAR(GbtMessage.BRM, number(45, 16, 1)),

    /** Highest voltage a cell may reach. */
    BCP_MAX_CELL_V(GbtMessage.BCP, number(1, 16, 100)),
    /** Highest charging current, magnitude. */
    BCP_MAX_A(GbtMessage.BCP, limit(3)),
    /** Nominal energy. */
    BCP_ENERGY_KWH(GbtMessage.BCP, number(5, 16, 10)),
    /** Highest total voltage. */
    BCP_MAX_TOTAL_V(GbtMessage.BCP, number(7, 16, 10)),
    /** Highest battery temperature. */
    BCP_MAX_DEG_C(GbtMessage.BCP, degC(9)),
    /** State of charge in percent. */
    BCP_SOC_PERCENT(GbtMessage.BCP, number(10, 16, 10)),
    /** Present total voltage. */
    BCP_PACK_V(GbtMessage.BCP, number(12, 16, 10)),

    /** Second, two decimal digits as hex; see {@link GbtClock} for the whole clock. */
    CTS_SECOND(GbtMessage.CTS, code(1, 8)),
    /** Minute, two decimal digits as hex. */
    CTS_MINUTE(GbtMessage.CTS, code(2, 8)),
    /** Hour, two decimal digits as hex. */
    CTS_HOUR(GbtMessage.CTS, code(3, 8)),
    /** Day, two decimal digits as hex. */
    CTS_DAY(GbtMessage.CTS, code(4, 8)),
    /** Month, two decimal digits as hex. */
    CTS_MONTH(GbtMessage.CTS, code(5, 8)),
    /** Year, four decimal digits as hex. */
    CTS_YEAR(GbtMessage.CTS, code(6, 16)),

    /** Highest output voltage. */
    CML_MAX_V(GbtMessage.CML, number(1, 16, 10)),
    /** Lowest output voltage. */
    CML_MIN_V(GbtMessage.CML, number(3, 16, 10)),
    /** Highest output current, magnitude. */
    CML_MAX_A(GbtMessage.CML, limit(5)),
    /** Lowest output current, magnitude; absent in the 2011 edition. */
    CML_MIN_A(GbtMessage.CML, limit(7)),

    /** {@link GbtAnswer}: vehicle ready to charge. */
    BRO_READY(GbtMessage.BRO, code(1, 8)),
    /** {@link GbtAnswer}: charger ready to charge. */
    CRO_READY(GbtMessage.CRO, code(1, 8)),

    /** Voltage asked for. */
    BCL_DEMAND_V(GbtMessage.BCL, number(1, 16, 10)),
    /** Current asked for, negative when charging. */
    BCL_DEMAND_A(GbtMessage.BCL, current(3)),
    /** 1 constant voltage, 2 constant current. */
    BCL_MODE(GbtMessage.BCL, code(5, 8)),

    /** Measured total voltage. */
    BCS_PACK_V(GbtMessage.BCS, number(1, 16, 10)),
    /** Measured current, negative when charging. */
    BCS_PACK_A(GbtMessage.BCS, current(3)),
    /** Voltage of the highest cell. */
    BCS_MAX_CELL_V(GbtMessage.BCS, number(5, 12, 100)),
    /** Group that holds the highest cell; counted from 0 by some vehicles, from 1 by others. */
    BCS_MAX_CELL_GROUP(GbtMessage.BCS, code(6, 5, 4)),
    /** State of charge in percent. */
    BCS_SOC_PERCENT(GbtMessage.BCS, number(7, 8, 1)),
    /** Estimated remaining charging time, at most 600. */
    BCS_REMAINING_MIN(GbtMessage.BCS, new Layout(NUMBER, new WireField(56, 16, 1, 0, 600), 0)),

    /** Measured output voltage. */
    CCS_OUTPUT_V(GbtMessage.CCS, number(1, 16, 10)),
    /** Measured output current, negative when charging. */
    CCS_OUTPUT_A(GbtMessage.CCS, current(3)),
    /** Charging time so far. */
    CCS_ELAPSED_MIN(GbtMessage.CCS, number(5, 16, 1)),
    /** YES: charging permitted, NO: pause; absent in the 2011 edition. */
    CCS_PERMITTED(GbtMessage.CCS, flag(7, 1)),

    /** Number of the highest cell, from 1. */
    BSM_MAX_CELL_NUMBER(GbtMessage.BSM, number(1, 8, 1, -1)),
    /** Highest temperature. */
    BSM_MAX_DEG_C(GbtMessage.BSM, degC(2)),
    /** Probe of the highest temperature, from 1. */
    BSM_MAX_PROBE_NUMBER(GbtMessage.BSM, number(3, 8, 1, -1)),
    /** Lowest temperature. */
    BSM_MIN_DEG_C(GbtMessage.BSM, degC(4)),
    /** Probe of the lowest temperature, from 1. */
    BSM_MIN_PROBE_NUMBER(GbtMessage.BSM, number(5, 8, 1, -1)),
    /** Code: cell voltage 0 normal, 1 too high, 2 too low. */
    BSM_CELL_VOLTAGE(GbtMessage.BSM, code(6, 1, 2)),
    /** Code: state of charge 0 normal, 1 too high, 2 too low. */
    BSM_SOC(GbtMessage.BSM, code(6, 3, 2)),
    /** Charging current too high. */
    BSM_OVER_CURRENT(GbtMessage.BSM, flag(6, 5)),
    /** Temperature too high. */
    BSM_OVER_TEMPERATURE(GbtMessage.BSM, flag(6, 7)),
    /** Insulation abnormal. */
    BSM_INSULATION(GbtMessage.BSM, flag(7, 1)),
    /** Connector abnormal. */
    BSM_CONNECTOR(GbtMessage.BSM, flag(7, 3)),
    /** The battery permits charging; NO asks for a pause. */
    BSM_PERMITS_CHARGE(GbtMessage.BSM, flag(7, 5)),

    /** Voltage of one cell. */
    BMV_CELL_V(GbtMessage.BMV, list(NUMBER, 0, 12, 100, 0, 2)),
    /** Group of that cell. */
    BMV_GROUP(GbtMessage.BMV, list(CODE, 12, 4, 1, 0, 2)),
    /** Temperature of one probe. */
    BMT_DEG_C(GbtMessage.BMT, list(NUMBER, 0, 8, 1, 50, 1)),
    /** Byte without a meaning yet. */
    BSP_BYTE(GbtMessage.BSP, list(CODE, 0, 8, 1, 0, 1)),

    /** Reason: wanted state of charge reached. */
    BST_SOC_REACHED(GbtMessage.BST, flag(1, 1)),
    /** Reason: wanted total voltage reached. */
    BST_TOTAL_V_REACHED(GbtMessage.BST, flag(1, 3)),
    /** Reason: wanted cell voltage reached. */
    BST_CELL_V_REACHED(GbtMessage.BST, flag(1, 5)),
    /** Reason: the charger stopped. */
    BST_CHARGER_STOPPED(GbtMessage.BST, flag(1, 7)),
    /** Fault: insulation. */
    BST_INSULATION(GbtMessage.BST, flag(2, 1)),
    /** Fault: connector too hot. */
    BST_CONNECTOR_TEMPERATURE(GbtMessage.BST, flag(2, 3)),
    /** Fault: battery management or its output connector too hot. */
    BST_PARTS_TEMPERATURE(GbtMessage.BST, flag(2, 5)),
    /** Fault: connector. */
    BST_CONNECTOR(GbtMessage.BST, flag(2, 7)),
    /** Fault: battery too hot. */
    BST_PACK_TEMPERATURE(GbtMessage.BST, flag(3, 1)),
    /** Fault: high-voltage relay. */
    BST_RELAY(GbtMessage.BST, flag(3, 3)),
    /** Fault: voltage at detection point 2. */
    BST_DETECTION_POINT(GbtMessage.BST, flag(3, 5)),
    /** Fault: other. */
    BST_OTHER_FAULT(GbtMessage.BST, flag(3, 7)),
    /** Error: current too high. */
    BST_CURRENT(GbtMessage.BST, flag(4, 1)),
    /** Error: voltage abnormal. */
    BST_VOLTAGE(GbtMessage.BST, flag(4, 3)),

    /** Reason: a condition set at the charger was reached. */
    CST_CONDITION_REACHED(GbtMessage.CST, flag(1, 1)),
    /** Reason: stopped by hand. */
    CST_MANUAL(GbtMessage.CST, flag(1, 3)),
    /** Reason: fault. */
    CST_FAULT(GbtMessage.CST, flag(1, 5)),
    /** Reason: the vehicle stopped. */
    CST_VEHICLE_STOPPED(GbtMessage.CST, flag(1, 7)),
    /** Fault: charger too hot. */
    CST_CHARGER_TEMPERATURE(GbtMessage.CST, flag(2, 1)),
    /** Fault: connector. */
    CST_CONNECTOR(GbtMessage.CST, flag(2, 3)),
    /** Fault: charger too hot inside. */
    CST_INTERNAL_TEMPERATURE(GbtMessage.CST, flag(2, 5)),
    /** Fault: the energy cannot be delivered. */
    CST_ENERGY_NOT_DELIVERABLE(GbtMessage.CST, flag(2, 7)),
    /** Fault: emergency stop. */
    CST_EMERGENCY_STOP(GbtMessage.CST, flag(3, 1)),
    /** Fault: other. */
    CST_OTHER_FAULT(GbtMessage.CST, flag(3, 3)),
    /** Error: current does not match the demand. */
    CST_CURRENT_MISMATCH(GbtMessage.CST, flag(4, 1)),
    /** Error: voltage abnormal. */
    CST_VOLTAGE(GbtMessage.CST, flag(4, 3)),

    /** State of charge at the end, percent. */
    BSD_SOC_PERCENT(GbtMessage.BSD, number(1, 8, 1)),
    /** Lowest cell. */
    BSD_MIN_CELL_V(GbtMessage.BSD, number(2, 16, 100)),
    /** Highest cell. */
    BSD_MAX_CELL_V(GbtMessage.BSD, number(4, 16, 100)),
    /** Lowest temperature. */
    BSD_MIN_DEG_C(GbtMessage.BSD, degC(6)),
    /** Highest temperature. */
    BSD_MAX_DEG_C(GbtMessage.BSD, degC(7)),

    /** Charging time. */
    CSD_ELAPSED_MIN(GbtMessage.CSD, number(1, 16, 1)),
    /** Energy delivered. */
    CSD_ENERGY_KWH(GbtMessage.CSD, number(3, 16, 10)),
    /** Charger number; one byte only in the 2011 edition, which therefore reads as missing. */
    CSD_CHARGER_NUMBER(GbtMessage.CSD, number(5, 32, 1)),

    /** The vehicle missed CRM with 00. */
    BEM_CRM_NO(GbtMessage.BEM, flag(1, 1)),
    /** The vehicle missed CRM with AA. */
    BEM_CRM_YES(GbtMessage.BEM, flag(1, 3)),
    /** The vehicle missed CML (and CTS). */
    BEM_CML(GbtMessage.BEM, flag(2, 1)),
    /** The vehicle missed CRO. */
    BEM_CRO(GbtMessage.BEM, flag(2, 3)),
    /** The vehicle missed CCS. */
    BEM_CCS(GbtMessage.BEM, flag(3, 1)),
    /** The vehicle missed CST. */
    BEM_CST(GbtMessage.BEM, flag(3, 3)),
    /** The vehicle missed CSD. */
    BEM_CSD(GbtMessage.BEM, flag(4, 1)),

    /** The charger missed BRM. */
    CEM_BRM(GbtMessage.CEM, flag(1, 1)),
    /** The charger missed BCP. */
    CEM_BCP(GbtMessage.CEM, flag(2, 1)),
    /** The charger missed BRO. */
    CEM_BRO(GbtMessage.CEM, flag(2, 3)),
    /** The charger missed BCS. */
    CEM_BCS(GbtMessage.CEM, flag(3, 1)),
    /** The charger missed BCL. */
    CEM_BCL(GbtMessage.CEM, flag(3, 3)),
    /** The charger missed BST. */
    CEM_BST(GbtMessage.CEM, flag(3, 5)),
    /** The charger missed BSD. */
    CEM_BSD(GbtMessage.CEM, flag(4, 1));

    /** How a field is read. */
    public enum Kind {
        /** A figure with a unit: {@link GbtBody#get(GbtField)}. */
        NUMBER,
        /** A two-bit {@link GbtFlag}: {@link GbtBody#flag}. */
        FLAG,
        /** Bits with a meaning of their own: {@link GbtBody#raw(GbtField)}. */
        CODE,
        /** ASCII: {@link GbtBody#text}. */
        TEXT
    }

    /** Kind, place and, for an entry of a list, the bytes from one entry to the next (0: no list). */
    private record Layout(Kind kind, WireField wire, int stride) {}

    private static final Map<GbtMessage, List<GbtField>> BY_MESSAGE = byMessage();

    private final GbtMessage message;

    @SuppressWarnings("ImmutableEnumChecker") // records of numbers
    private final Layout layout;

    GbtField(GbtMessage message, Layout layout) {
        this.message = message;
        this.layout = layout;
    }

    /** The message the field belongs to. */
    public GbtMessage message() {
        return message;
    }

    /** How the field is read. */
    public Kind kind() {
        return layout.kind;
    }

    /** Bytes from one entry of a list to the next, 0 when the field occurs once. */
    public int stride() {
        return layout.stride;
    }

    /** The fields of a message in wire order. */
    public static List<GbtField> of(GbtMessage message) {
        return BY_MESSAGE.getOrDefault(message, List.of());
    }

    WireField wire() {
        return layout.wire;
    }

    private static Map<GbtMessage, List<GbtField>> byMessage() {
        Map<GbtMessage, List<GbtField>> rows = new EnumMap<>(GbtMessage.class);
        for (GbtField field : values()) {
            rows.computeIfAbsent(field.message, any -> new ArrayList<>()).add(field);
        }
        rows.replaceAll((any, fields) -> List.copyOf(fields));
        return rows;
    }

    private static Layout list(Kind kind, int firstBit, int bits, double rawPerUnit, double zeroRaw, int stride) {
        return new Layout(kind, wire(firstBit, bits, rawPerUnit, zeroRaw), stride);
    }

    private static Layout number(int firstByte, int bits, double rawPerUnit) {
        return number(firstByte, bits, rawPerUnit, 0);
    }

    private static Layout number(int firstByte, int bits, double rawPerUnit, double zeroRaw) {
        return list(NUMBER, 8 * (firstByte - 1), bits, rawPerUnit, zeroRaw, 0);
    }

    private static Layout current(int firstByte) {
        return number(firstByte, 16, 10, 4000);
    }

    private static Layout limit(int firstByte) {
        return number(firstByte, 16, -10, 4000);
    }

    private static Layout degC(int firstByte) {
        return number(firstByte, 8, 1, 50);
    }

    private static Layout code(int firstByte, int bits) {
        return code(firstByte, 1, bits);
    }

    private static Layout code(int inByte, int firstBit, int bits) {
        return list(CODE, 8 * (inByte - 1) + firstBit - 1, bits, 1, 0, 0);
    }

    private static Layout flag(int inByte, int firstBit) {
        return list(FLAG, 8 * (inByte - 1) + firstBit - 1, 2, 1, 0, 0);
    }

    private static Layout text(int firstByte, int bytes) {
        return list(TEXT, 8 * (firstByte - 1), 8 * bytes, 1, 0, 0);
    }

    private static WireField wire(int firstBit, int bits, double rawPerUnit, double zeroRaw) {
        return new WireField(firstBit, bits, rawPerUnit, zeroRaw, bits < 32 ? (1L << bits) - 2 : 0xFFFF_FFFEL);
    }
}
